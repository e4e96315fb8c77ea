// SPDX-License-Identifier: Apache-2.0
//
// From passages of words to the records of the result.
#ifndef TWICETOLD_MAKE_PASSAGES_H_
#define TWICETOLD_MAKE_PASSAGES_H_

#include <cstdint>
#include <span>

#include "twicetold/locate_passages.h"
#include "twicetold/passage/search.h"
#include "twicetold/report/result.h"

namespace twicetold {

// Adds the passages and reuses of `found`, which stand where `located` says, to
// `result`; `ids` has the id of each document of the corpus. What has no
// location is left out. Takes the edits.
void AddPassages(const FoundPassages& found, LocatedPassages located,
                 std::span<const uint32_t> ids, Result* result);

}  // namespace twicetold

#endif  // TWICETOLD_MAKE_PASSAGES_H_
