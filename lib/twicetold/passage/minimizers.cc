// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/minimizers.h"

#include <algorithm>

namespace twicetold {
namespace {

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

MinimizerBlocks::MinimizerBlocks(std::span<const uint64_t> words,
                                 uint32_t first, uint32_t window)
    : words_(words),
      first_(first),
      window_(std::clamp<uint32_t>(window, 1, kMostWindow)) {
  const size_t words_of_window = window_ + kAnchorWords - 1;
  if (words.size() >= words_of_window) {
    windows_ = words.size() - words_of_window + 1;
  }
}

bool MinimizerBlocks::Next(std::span<const Minimizer>* block) {
  if (begin_ >= windows_) return false;
  const size_t begin = begin_;
  const size_t count = std::min(kBlock, windows_ - begin);
  uint64_t key = AppendToKey(AppendToKey(0, words_[begin]), words_[begin + 1]);
  for (size_t i = 0; i < count + window_ - 1; ++i) {
    key = AppendToKey(key, words_[begin + i + kAnchorWords - 1]);
    keys_[i] = key;
    values_[i] = Value(key, static_cast<uint32_t>(begin + i));
  }
  SlideMinimum(window_, count, values_.data());
  // Without a branch: which windows choose anew follows no rule.
  size_t size = 0;
  uint64_t last = last_;
  bool any = any_;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t value = values_[i];
    const bool stays =
        any && value >> 32 == last >> 32 && PositionOf(last) >= begin + i;
    const uint32_t position = PositionOf(value);
    chosen_[size] = {.key = keys_[position - begin],
                     .position = first_ + position};
    size += stays ? 0 : 1;
    last = stays ? last : value;
    any = true;
  }
  last_ = last;
  any_ = any;
  begin_ += count;
  *block = std::span(chosen_).first(size);
  return true;
}

void AppendMinimizers(std::span<const uint64_t> words, uint32_t first,
                      uint32_t window, std::vector<Minimizer>* minimizers) {
  MinimizerBlocks blocks(words, first, window);
  for (std::span<const Minimizer> block; blocks.Next(&block);) {
    minimizers->insert(minimizers->end(), block.begin(), block.end());
  }
}

}  // namespace twicetold
