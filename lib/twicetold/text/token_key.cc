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
  if (!has_full_blocks_)
    std::copy_n(block_.begin(), head_.size(), head_.begin());
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

uint64_t KeyBuilder::HashStem(size_t letters) {
  if (!marks_.empty()) FlushMarks();
  const char* bytes = has_full_blocks_ ? head_.data() : block_.data();
  const size_t size = has_full_blocks_ ? head_.size() : size_;
  std::array<char, kMaxStem* kMaxUtf8Bytes> stem = {};
  size_t stem_size = 0;
  for (size_t at = 0; at < size && letters > 0;) {
    const Utf8Char c = DecodeUtf8(bytes + at, size - at);
    if (c.length == 0) break;  // a character that head_ cuts
    at += c.length;
    if (GetCharInfo(c.code_point).char_class() == CharClass::kMark) continue;
    stem_size += EncodeUtf8(c.code_point, stem.data() + stem_size);
    --letters;
  }
  if (stem_size > kShortKey) return HashBytes({stem.data(), stem_size});
  uint64_t low_high[2];
  std::memcpy(low_high, stem.data(), sizeof(low_high));
  return HashShortKey(low_high[0], low_high[1]);
}

}  // namespace twicetold
