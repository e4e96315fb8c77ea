// SPDX-License-Identifier: Apache-2.0
//
// Numbers hashes in the order in which they are met.
//
// A slot is chosen by the top bits, so that the table is nearly in the order of
// the hashes. It grows with the distinct ones: of text that says the same over
// and over they are few. Hashes have to be mixed well, their top bits above
// all.
//
// Cost: O(1) a hash, expected. Memory: 16 to 24 bytes a distinct one.
// Thread safety: none.
#ifndef TWICETOLD_PASSAGE_HASH_NUMBERS_H_
#define TWICETOLD_PASSAGE_HASH_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

class HashNumbers {
 public:
  // Forgets all hashes.
  void Clear() {
    bits_ = kLeastBits;
    slots_.assign(size_t{1} << bits_, kFree);
    hashes_.clear();
  }

  uint32_t NumberOf(uint64_t hash) {
    const size_t at = SlotOf(hash);
    const uint32_t number = slots_[at];
    if (number != kFree) return number;
    const auto next = static_cast<uint32_t>(hashes_.size());
    slots_[at] = next;
    hashes_.push_back(hash);
    if (2 * hashes_.size() > slots_.size()) Grow();
    return next;
  }

  // By number.
  const std::vector<uint64_t>& hashes() const { return hashes_; }

  // The numbers in the order of their hashes; valid until the next call.
  std::span<const uint32_t> Sorted() {
    std::vector<uint32_t>& sorted = sorted_;
    sorted.resize(hashes_.size() + 1);
    size_t count = 0;
    for (const uint32_t number : slots_) {
      sorted[count] = number;
      count += number != kFree ? 1 : 0;
    }
    // By insertion: they are in order but for those of one cluster of slots.
    for (size_t i = 1; i < count; ++i) {
      const uint32_t number = sorted[i];
      size_t to = i;
      for (; to > 0 && hashes_[number] < hashes_[sorted[to - 1]]; --to) {
        sorted[to] = sorted[to - 1];
      }
      sorted[to] = number;
    }
    return std::span(sorted).first(count);
  }

 private:
  static constexpr uint32_t kFree = 0xffffffff;
  static constexpr int kLeastBits = 10;

  size_t SlotOf(uint64_t hash) const {
    size_t at = hash >> (64 - bits_);
    while (slots_[at] != kFree && hashes_[slots_[at]] != hash) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  void Grow() {
    ++bits_;
    slots_.assign(size_t{1} << bits_, kFree);
    for (uint32_t i = 0; i < hashes_.size(); ++i)
      slots_[SlotOf(hashes_[i])] = i;
  }

  int bits_ = kLeastBits;
  std::vector<uint32_t> slots_;
  std::vector<uint64_t> hashes_;
  std::vector<uint32_t> sorted_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_HASH_NUMBERS_H_
