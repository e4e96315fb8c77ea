// SPDX-License-Identifier: Apache-2.0
//
// The name of a document where a person reads, and what it was compared as.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_SHOWN_NAME_H_
#define TWICETOLD_REPORT_SHOWN_NAME_H_

#include <string>

#include "twicetold/report/display.h"
#include "twicetold/report/result.h"

namespace twicetold {

// "a.txt"; "a.jsonl:17#key", line and key of a record, if it has one.
inline std::string ShownName(const std::string& path,
                             const RecordName& record) {
  std::string name = path;
  if (record.line > 0) name.append(":").append(std::to_string(record.line));
  if (record.key) name.append("#").append(*record.key);
  return Harmless(name);
}

// The same; "a.txt (reference)" where new documents were held against it.
inline std::string ShownName(const DocumentRecord& document) {
  std::string name = ShownName(document.names.front(), document.record);
  if (document.role == Role::kReference) name += " (reference)";
  if (document.role == Role::kBoth) name += " (new, and reference)";
  return name;
}

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_SHOWN_NAME_H_
