// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/minimizers.h"

#include <algorithm>
#include <array>

namespace twicetold {
namespace {

// Windows that are looked at together.
constexpr size_t kBlock = 512;

// The top half of a shingle's hash, then its position from the right, so that
// of equal hashes the last is least.
uint64_t Value(uint64_t key, uint32_t position) {
  return (Mix(key) >> 32 << 32) | (0xffffffff - position);
}
uint32_t PositionOf(uint64_t value) {
  return 0xffffffff - static_cast<uint32_t>(value);
}

// Sets values[i] to the least of values[i .. i + window) for i below `count`,
// by doubling.
void SlideMinimum(uint32_t window, size_t count, uint64_t* values) {
  size_t length = 1;
  for (; 2 * length <= window; length *= 2) {
    const size_t left = count + window - 2 * length;
    for (size_t i = 0; i < left; ++i) {
      values[i] = std::min(values[i], values[i + length]);
    }
  }
  const size_t rest = window - length;
  for (size_t i = 0; i < count; ++i) {
    values[i] = std::min(values[i], values[i + rest]);
  }
}

}  // namespace

void AppendMinimizers(std::span<const uint64_t> words, uint32_t first,
                      uint32_t window, std::vector<Minimizer>* minimizers) {
  window = std::clamp<uint32_t>(window, 1, kMostWindow);
  if (words.size() < window + kAnchorWords - 1) return;
  const size_t windows = words.size() - (window + kAnchorWords - 1) + 1;
  std::array<uint64_t, kBlock + kMostWindow> keys;
  std::array<uint64_t, kBlock + kMostWindow> values;
  std::array<Minimizer, kBlock> chosen;
  uint64_t last = 0;
  bool any = false;
  for (size_t begin = 0; begin < windows; begin += kBlock) {
    const size_t count = std::min(kBlock, windows - begin);
    uint64_t key = AppendToKey(AppendToKey(0, words[begin]), words[begin + 1]);
    for (size_t i = 0; i < count + window - 1; ++i) {
      key = AppendToKey(key, words[begin + i + kAnchorWords - 1]);
      keys[i] = key;
      values[i] = Value(key, static_cast<uint32_t>(begin + i));
    }
    SlideMinimum(window, count, values.data());
    // Without a branch: which windows choose anew follows no rule.
    size_t size = 0;
    for (size_t i = 0; i < count; ++i) {
      const uint64_t value = values[i];
      const bool stays =
          any && value >> 32 == last >> 32 && PositionOf(last) >= begin + i;
      const uint32_t position = PositionOf(value);
      chosen[size] = {.key = keys[position - begin],
                      .position = first + position};
      size += stays ? 0 : 1;
      last = stays ? last : value;
      any = true;
    }
    minimizers->insert(minimizers->end(), chosen.begin(),
                       chosen.begin() + static_cast<ptrdiff_t>(size));
  }
}

}  // namespace twicetold
