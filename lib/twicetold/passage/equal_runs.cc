// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/equal_runs.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "twicetold/base/hash.h"
#include "twicetold/passage/longest_ascending.h"

namespace twicetold {
namespace {

// Words of an anchor, in the order in which anchors are looked for.
constexpr uint32_t kAnchorWords[] = {8, 3};

class RunFinder {
 public:
  RunFinder(std::span<const uint64_t> a, std::span<const uint64_t> b)
      : a_(a), b_(b) {}

  std::vector<EqualRun> Find() {
    std::vector<EqualRun> runs = FindEnds();
    for (const uint32_t words : kAnchorWords) runs = FillGaps(runs, words);
    return runs;
  }

  std::vector<EqualRun> FindEnds() const {
    const auto size_a = static_cast<uint32_t>(a_.size());
    const auto size_b = static_cast<uint32_t>(b_.size());
    const uint32_t most = std::min(size_a, size_b);
    uint32_t head = 0;
    while (head < most && a_[head] == b_[head]) ++head;
    uint32_t tail = 0;
    while (head + tail < most &&
           a_[size_a - 1 - tail] == b_[size_b - 1 - tail]) {
      ++tail;
    }
    std::vector<EqualRun> runs;
    Add({0, 0, head}, &runs);
    Add({size_a - tail, size_b - tail, tail}, &runs);
    return runs;
  }

 private:
  // A part of both sides.
  struct Gap {
    uint32_t a_begin = 0;
    uint32_t a_end = 0;
    uint32_t b_begin = 0;
    uint32_t b_end = 0;
  };

  // How often words that stand together were met, and where.
  struct Met {
    uint32_t in_a = 0;
    uint32_t in_b = 0;
    uint32_t b = 0;
  };

  // What touches the run before on both sides is part of it.
  static void Add(const EqualRun& run, std::vector<EqualRun>* runs) {
    if (run.length == 0) return;
    if (!runs->empty() && runs->back().a_end() == run.a &&
        runs->back().b_end() == run.b) {
      runs->back().length += run.length;
    } else {
      runs->push_back(run);
    }
  }

  std::vector<EqualRun> FillGaps(const std::vector<EqualRun>& runs,
                                 uint32_t words) {
    std::vector<EqualRun> filled;
    uint32_t at_a = 0;
    uint32_t at_b = 0;
    for (const EqualRun& run : runs) {
      FindIn({at_a, run.a, at_b, run.b}, words, &filled);
      Add(run, &filled);
      at_a = run.a_end();
      at_b = run.b_end();
    }
    FindIn({at_a, static_cast<uint32_t>(a_.size()), at_b,
            static_cast<uint32_t>(b_.size())},
           words, &filled);
    return filled;
  }

  void FindIn(const Gap& gap, uint32_t words, std::vector<EqualRun>* runs) {
    EqualRun last = {gap.a_begin, gap.b_begin, 0};
    for (const EqualRun& anchor : AnchorsIn(gap, words)) {
      if (anchor.a < last.a_end() || anchor.b < last.b_end()) continue;
      EqualRun run = anchor;
      while (run.a > last.a_end() && run.b > last.b_end() &&
             a_[run.a - 1] == b_[run.b - 1]) {
        --run.a;
        --run.b;
        ++run.length;
      }
      while (run.a_end() < gap.a_end && run.b_end() < gap.b_end &&
             a_[run.a_end()] == b_[run.b_end()]) {
        ++run.length;
      }
      Add(run, runs);
      last = run;
    }
  }

  // Ascending on both sides; they may overlap.
  std::vector<EqualRun> AnchorsIn(const Gap& gap, uint32_t words) {
    std::vector<EqualRun> anchors;
    if (gap.a_end - gap.a_begin < words || gap.b_end - gap.b_begin < words) {
      return anchors;
    }
    absl::flat_hash_map<uint64_t, Met> met;
    for (uint32_t i = gap.a_begin; i + words <= gap.a_end; ++i) {
      ++met[KeyOf(a_, i, words)].in_a;
    }
    for (uint32_t j = gap.b_begin; j + words <= gap.b_end; ++j) {
      const auto at = met.find(KeyOf(b_, j, words));
      if (at == met.end()) continue;
      ++at->second.in_b;
      at->second.b = j;
    }
    std::vector<uint32_t> in_b;
    for (uint32_t i = gap.a_begin; i + words <= gap.a_end; ++i) {
      const Met& once = met[KeyOf(a_, i, words)];
      if (once.in_a != 1 || once.in_b != 1) continue;
      anchors.push_back({i, once.b, words});
      in_b.push_back(once.b);
    }
    std::vector<EqualRun> chain;
    for (const uint32_t i : LongestAscending(in_b)) {
      chain.push_back(anchors[i]);
    }
    return chain;
  }

  static uint64_t KeyOf(std::span<const uint64_t> side, uint32_t at,
                        uint32_t words) {
    uint64_t key = 0;
    for (uint32_t i = 0; i < words; ++i) key = Mix(key * 3 + side[at + i]);
    return key;
  }

  const std::span<const uint64_t> a_;
  const std::span<const uint64_t> b_;
};

}  // namespace

std::vector<EqualRun> FindEqualRuns(std::span<const uint64_t> a,
                                    std::span<const uint64_t> b) {
  return RunFinder(a, b).Find();
}

std::vector<EqualRun> FindEqualEnds(std::span<const uint64_t> a,
                                    std::span<const uint64_t> b) {
  return RunFinder(a, b).FindEnds();
}

}  // namespace twicetold
