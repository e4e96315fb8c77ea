// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/longest_ascending.h"

#include <algorithm>

namespace twicetold {

std::vector<uint32_t> LongestAscending(std::span<const uint32_t> values) {
  std::vector<uint32_t> tops;  // of piles of cards, an index each
  std::vector<uint32_t> below(values.size());
  for (uint32_t i = 0; i < values.size(); ++i) {
    const auto pile = std::partition_point(
        tops.begin(), tops.end(),
        [&](uint32_t top) { return values[top] < values[i]; });
    below[i] = pile == tops.begin() ? i : *(pile - 1);
    if (pile == tops.end()) {
      tops.push_back(i);
    } else {
      *pile = i;
    }
  }
  std::vector<uint32_t> list;
  if (tops.empty()) return list;
  for (uint32_t i = tops.back();; i = below[i]) {
    list.push_back(i);
    if (below[i] == i) break;
  }
  std::reverse(list.begin(), list.end());
  return list;
}

}  // namespace twicetold
