// SPDX-License-Identifier: Apache-2.0
//
// Reads data sets in JSON Lines, plain or compressed with zstd (told by the
// first bytes), one object a line.
//
// Memory: one line and one block of the file at a time.
// Thread safety: a free function without state.
#ifndef TWICETOLD_BENCH_RECORDS_H_
#define TWICETOLD_BENCH_RECORDS_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"

namespace twicetold {

// Called for each record in order; false ends the reading.
using RecordVisitor = std::function<bool(const nlohmann::json& record)>;

// Errors: NotFound if `path` cannot be opened, DataLoss if it cannot be
// decompressed to its end or a line is no object with a string "text".
absl::Status ForEachRecord(const std::string& path, const RecordVisitor& visit);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_RECORDS_H_
