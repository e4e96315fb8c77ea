// SPDX-License-Identifier: Apache-2.0
#include "twicetold/text/token_key.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace twicetold {

void KeyBuilder::FlushMarks() {
  const auto combining_class = [](uint32_t bits) {
    return FoldedChar::FromBits(bits).combining_class();
  };
  if (!std::ranges::is_sorted(marks_, {}, combining_class)) {
    std::ranges::stable_sort(marks_, {}, combining_class);
  }
  for (const uint32_t bits : marks_) {
    Write(FoldedChar::FromBits(bits).code_point());
  }
  marks_.clear();
}

void KeyBuilder::HashBlock() {
  seed_ = HashBytes({block_.data(), kKeyBlock}, seed_);
  has_full_blocks_ = true;
  size_ -= kKeyBlock;
  std::memmove(block_.data(), block_.data() + kKeyBlock, size_);
}

uint64_t KeyBuilder::Finish() {
  if (!marks_.empty()) FlushMarks();
  uint64_t hash;
  if (size_ > kShortKey || has_full_blocks_) {
    hash = HashBytes({block_.data(), size_}, seed_);
  } else {
    uint64_t low_high[2];
    std::memcpy(low_high, block_.data(), sizeof(low_high));
    hash = HashShortKey(low_high[0], low_high[1]);
  }
  std::fill_n(block_.begin(), kShortKey, '\0');
  size_ = 0;
  has_full_blocks_ = false;
  seed_ = 0;
  return hash;
}

}  // namespace twicetold
