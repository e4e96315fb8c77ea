// SPDX-License-Identifier: Apache-2.0
//
// From a comparison to the result that programs read: where its passages
// stand in the documents as they are, and every edit.
//
// Cost: a pass over both texts, O(n log n) in the edits.
#ifndef TWICETOLD_MAKE_DIFF_RESULT_H_
#define TWICETOLD_MAKE_DIFF_RESULT_H_

#include "twicetold/passage/passage_options.h"
#include "twicetold/report/comparison.h"
#include "twicetold/report/result.h"

namespace twicetold {

// Document 0 is side a, document 1 side b, unless one was compared with
// itself. `options` are those of the comparison.
Result MakeDiffResult(const Comparison& comparison,
                      const PassageOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_MAKE_DIFF_RESULT_H_
