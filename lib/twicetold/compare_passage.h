// SPDX-License-Identifier: Apache-2.0
//
// The texts of the passages of a scan, read again one after another, and what
// was changed in them.
//
// Cost of a passage: reading its documents, unless they have been read and
// there was room to keep them, and a diff of it alone.
// Memory: two documents, and up to `most_bytes` of those that came before.
// Thread safety: none.
#ifndef TWICETOLD_COMPARE_PASSAGE_H_
#define TWICETOLD_COMPARE_PASSAGE_H_

#include <array>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>

#include "twicetold/corpus/corpus.h"
#include "twicetold/report/comparison.h"
#include "twicetold/report/result.h"

namespace twicetold {

class PassageComparer {
 public:
  static constexpr uint64_t kMostBytes = uint64_t{1} << 30;

  // `result` is of a scan of `corpus`. Both have to outlive this.
  PassageComparer(const Corpus& corpus, const Result& result,
                  uint64_t most_bytes = kMostBytes)
      : corpus_(corpus), result_(result), most_bytes_(most_bytes) {}

  // A comparison with passage `id` alone, valid until the next call; null if a
  // document of it cannot be read any more or has changed.
  const Comparison* Compare(uint32_t id);

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  struct Kept {
    uint32_t document = 0;
    ComparedText text;
  };

  void KeepTexts();
  void DropOldest();
  std::optional<ComparedText> Take(uint32_t document);
  std::optional<ComparedText> Read(uint32_t document) const;

  const Corpus& corpus_;
  const Result& result_;
  const uint64_t most_bytes_;
  uint64_t kept_bytes_ = 0;
  std::list<Kept> kept_;  // latest first
  std::unordered_map<uint32_t, std::list<Kept>::iterator> kept_at_;
  // Of the texts in comparison_, by id.
  std::array<uint32_t, 2> documents_ = {kNone, kNone};
  Comparison comparison_;
};

}  // namespace twicetold

#endif  // TWICETOLD_COMPARE_PASSAGE_H_
