// SPDX-License-Identifier: Apache-2.0
//
// From a list to a set: ascending, each value once.
//
// Cost: O(n log n). Thread safety: none.
#ifndef TWICETOLD_BASE_SORT_DISTINCT_H_
#define TWICETOLD_BASE_SORT_DISTINCT_H_

#include <algorithm>
#include <vector>

namespace twicetold {

template <typename T>
void SortDistinct(std::vector<T>* values) {
  std::sort(values->begin(), values->end());
  values->erase(std::unique(values->begin(), values->end()), values->end());
}

}  // namespace twicetold

#endif  // TWICETOLD_BASE_SORT_DISTINCT_H_
