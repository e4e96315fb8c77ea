// SPDX-License-Identifier: Apache-2.0
//
// The texts of the passages of a scan, read again one after another, and what
// was changed in them.
//
// Cost of a passage: reading its documents, unless they are those of the one
// before, and a diff of it alone. Memory: two documents.
// Thread safety: none.
#ifndef TWICETOLD_COMPARE_PASSAGE_H_
#define TWICETOLD_COMPARE_PASSAGE_H_

#include <array>
#include <cstdint>
#include <optional>

#include "twicetold/corpus/corpus.h"
#include "twicetold/report/comparison.h"
#include "twicetold/report/result.h"

namespace twicetold {

class PassageComparer {
 public:
  // `result` is of a scan of `corpus`. Both have to outlive this.
  PassageComparer(const Corpus& corpus, const Result& result)
      : corpus_(corpus), result_(result) {}

  // A comparison with passage `id` alone, valid until the next call; null if a
  // document of it cannot be read any more or has changed.
  const Comparison* Compare(uint32_t id);

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  std::optional<ComparedText> Take(uint32_t document);

  const Corpus& corpus_;
  const Result& result_;
  // Of the texts in comparison_, by id.
  std::array<uint32_t, 2> documents_ = {kNone, kNone};
  Comparison comparison_;
};

}  // namespace twicetold

#endif  // TWICETOLD_COMPARE_PASSAGE_H_
