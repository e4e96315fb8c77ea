// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/fold.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

#include "twicetold/base/union_find.h"

namespace twicetold {
namespace {

// The share of a draft's words that has to be tied already.
constexpr double kTold = .8;
// Weights of one class are about the same.
constexpr double kWeightClass = 1.25;

int ClassOf(const Draft& draft) {
  return static_cast<int>(std::floor(std::log(std::max(draft.weight, 1.0)) /
                                     std::log(kWeightClass)));
}

class Folder {
 public:
  explicit Folder(std::span<const WordRange> cells)
      : cells_(cells), tied_(cells.size()) {}

  // Ties the cells of the draft, unless most of them are tied already.
  bool Tie(const Draft& draft) {
    uint32_t told = 0;
    uint32_t all = 0;
    ties_.clear();
    for (const bool from_a : {true, false}) {
      const WordRange from = from_a ? draft.a : draft.b;
      const WordRange to = from_a ? draft.b : draft.a;
      for (size_t i = CellAt(from.begin);
           i < cells_.size() && cells_[i].begin < from.end; ++i) {
        const uint32_t words = SharedWords(cells_[i], from);
        const uint32_t middle =
            std::max(cells_[i].begin, from.begin) - from.begin + words / 2;
        const auto other = static_cast<uint32_t>(CellAt(
            to.begin +
            static_cast<uint32_t>(uint64_t{middle} * to.size() / from.size())));
        all += words;
        if (tied_.Find(static_cast<uint32_t>(i)) == tied_.Find(other)) {
          told += words;
        }
        ties_.emplace_back(static_cast<uint32_t>(i), other);
      }
    }
    if (told >= kTold * all) return false;
    for (const auto& [x, y] : ties_) tied_.Union(x, y);
    return true;
  }

 private:
  size_t CellAt(uint32_t word) const {
    const auto at = std::partition_point(
        cells_.begin(), cells_.end(),
        [word](WordRange cell) { return cell.end <= word; });
    return static_cast<size_t>(at - cells_.begin());
  }

  std::span<const WordRange> cells_;
  UnionFind tied_;
  std::vector<std::pair<uint32_t, uint32_t>> ties_;
};

}  // namespace

std::vector<Draft> FoldRepeats(std::vector<Draft> drafts,
                               std::span<const WordRange> cells) {
  const auto by_place = [](const Draft& x, const Draft& y) {
    return std::tuple(x.a.begin, x.b.begin, x.a.end, x.b.end) <
           std::tuple(y.a.begin, y.b.begin, y.a.end, y.b.end);
  };
  std::sort(drafts.begin(), drafts.end(), by_place);
  if (drafts.size() < 3) return drafts;
  std::vector<std::pair<int, size_t>> order;  // the negative class, the index
  for (size_t i = 0; i < drafts.size(); ++i) {
    order.emplace_back(-ClassOf(drafts[i]), i);
  }
  std::sort(order.begin(), order.end());
  Folder folder(cells);
  std::vector<Draft> kept;
  for (const auto& [weight_class, index] : order) {
    if (folder.Tie(drafts[index])) kept.push_back(drafts[index]);
  }
  std::sort(kept.begin(), kept.end(), by_place);
  return kept;
}

}  // namespace twicetold
