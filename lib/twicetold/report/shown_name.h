// SPDX-License-Identifier: Apache-2.0
//
// The name of a document where a person reads, and what it was compared as.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_SHOWN_NAME_H_
#define TWICETOLD_REPORT_SHOWN_NAME_H_

#include <string>

#include "twicetold/report/display.h"
#include "twicetold/report/result.h"

namespace twicetold {

// "a.txt"; "a.txt (reference)" where new documents were held against it.
inline std::string ShownName(const DocumentRecord& document) {
  std::string name = Harmless(document.names.front());
  if (document.role == Role::kReference) name += " (reference)";
  if (document.role == Role::kBoth) name += " (new, and reference)";
  return name;
}

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_SHOWN_NAME_H_
