// SPDX-License-Identifier: Apache-2.0
//
// The spine of a comparison: from two documents, or one, to the passages they
// share and what was changed in them, one call a stage.
#ifndef TWICETOLD_COMPARE_H_
#define TWICETOLD_COMPARE_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/report/comparison.h"

namespace twicetold {

// Reads, decodes and takes apart document `i` of `corpus`; an empty one has no
// words. Errors are those of Compare.
absl::StatusOr<ComparedText> ReadComparedText(const Corpus& corpus, size_t i);

// Compares the two documents of `corpus`, the first of which is side a, or the
// only one with itself. An empty document is one without passages. What
// `corpus` holds in memory is not copied: it has to outlive the comparison.
// Errors, which name the document: NotFound; InvalidArgument if it is binary,
// or if `corpus` has another number of documents; ResourceExhausted if it is
// too large; Unavailable if it could not be read.
// `ignored_texts` are UTF-8: passages made of one of them are boilerplate
// (passage/ignored_text.h).
// Cost: linear in the texts and the passages. Thread safety: may be called
// from many threads at once.
absl::StatusOr<Comparison> Compare(
    const Corpus& corpus, const PassageOptions& options = {},
    std::span<const std::string> ignored_texts = {});

// The same for one or two texts in memory, which have to outlive the
// comparison.
absl::StatusOr<Comparison> Compare(
    std::span<const TextView> texts, const PassageOptions& options = {},
    std::span<const std::string> ignored_texts = {});

}  // namespace twicetold

#endif  // TWICETOLD_COMPARE_H_
