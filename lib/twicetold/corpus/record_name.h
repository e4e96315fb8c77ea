// SPDX-License-Identifier: Apache-2.0
//
// Which part of its file a document is, where one file holds many.
//
// Thread safety: plain values.
#ifndef TWICETOLD_CORPUS_RECORD_NAME_H_
#define TWICETOLD_CORPUS_RECORD_NAME_H_

#include <cstdint>
#include <optional>
#include <string>

namespace twicetold {

struct RecordName {
  uint64_t line = 0;  // of a file of records, from 1; 0 is the whole file
  std::optional<std::string> key = {};
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_NAME_H_
