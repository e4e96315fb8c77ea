// SPDX-License-Identifier: Apache-2.0
//
// Disjoint sets of numbers in which the least member stands for its set, so
// that the outcome does not depend on the order of unions.
//
// Cost: amortized O(log n) a call (path halving, union by least member;
// Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms",
// 1984). Thread safety: none.
#ifndef TWICETOLD_BASE_UNION_FIND_H_
#define TWICETOLD_BASE_UNION_FIND_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace twicetold {

class UnionFind {
 public:
  explicit UnionFind(size_t n) : parent_(n) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }

  // The least member of the set that holds `x`.
  uint32_t Find(uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }

  void Union(uint32_t x, uint32_t y) {
    x = Find(x);
    y = Find(y);
    if (x > y) std::swap(x, y);
    parent_[y] = x;
  }

 private:
  std::vector<uint32_t> parent_;
};

}  // namespace twicetold

#endif  // TWICETOLD_BASE_UNION_FIND_H_
