// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/word_order.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {
namespace {

// So many words that agree are no chance, near by and far away.
constexpr size_t kSureNear = 3;
constexpr int kSureFar = 6;

class Reader {
 public:
  Reader(std::span<const uint64_t> a, std::span<const uint64_t> b)
      : a_(a), b_(b) {}

  uint32_t Count() {
    uint32_t count = 0;
    while (at_a_ < a_.size() && at_b_ < b_.size()) {
      if (a_[at_a_] == b_[at_b_]) {
        ++count;
        ++at_a_;
        ++at_b_;
      } else if (!StepNear() && !StepFar()) {
        break;
      }
    }
    return count;
  }

 private:
  bool Agree(size_t i, size_t j) const {
    const size_t words = std::min({kSureNear, a_.size() - i, b_.size() - j});
    return std::equal(a_.begin() + static_cast<ptrdiff_t>(i),
                      a_.begin() + static_cast<ptrdiff_t>(i + words),
                      b_.begin() + static_cast<ptrdiff_t>(j));
  }

  // To the place that leaves the fewest words out.
  bool StepNear() {
    for (size_t out = 1; out <= 2 * size_t{kNearWords}; ++out) {
      const size_t most = std::min<size_t>(out, kNearWords);
      for (size_t of_a = out - most; of_a <= most; ++of_a) {
        const size_t i = at_a_ + of_a;
        const size_t j = at_b_ + out - of_a;
        if (i >= a_.size() || j >= b_.size() || !Agree(i, j)) continue;
        at_a_ = i;
        at_b_ = j;
        return true;
      }
    }
    return false;
  }

  // To the next run of a that b has once, and further on.
  bool StepFar() {
    if (!has_places_) FindPlaces();
    for (size_t i = at_a_; i < shingles_a_.size(); ++i) {
      const auto place = places_.find(shingles_a_[i]);
      if (place == places_.end() || place->second == kTwice ||
          place->second < at_b_) {
        continue;
      }
      at_a_ = i;
      at_b_ = place->second;
      return true;
    }
    return false;
  }

  void FindPlaces() {
    has_places_ = true;
    if (std::min(a_.size(), b_.size()) < kSureFar) return;
    MakeShingles(a_, kSureFar, &shingles_a_);
    ShingleList of_b;
    MakeShingles(b_, kSureFar, &of_b);
    for (size_t i = 0; i < of_b.size(); ++i) {
      const auto [place, is_new] = places_.try_emplace(of_b[i], i);
      if (!is_new) place->second = kTwice;
    }
  }

  static constexpr size_t kTwice = std::numeric_limits<size_t>::max();

  const std::span<const uint64_t> a_;
  const std::span<const uint64_t> b_;
  size_t at_a_ = 0;
  size_t at_b_ = 0;
  bool has_places_ = false;
  ShingleList shingles_a_;
  absl::flat_hash_map<uint64_t, size_t> places_;  // in b
};

}  // namespace

uint32_t WordsInOrder(std::span<const uint64_t> a,
                      std::span<const uint64_t> b) {
  return Reader(a, b).Count();
}

}  // namespace twicetold
