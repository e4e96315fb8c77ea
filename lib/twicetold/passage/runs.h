// SPDX-License-Identifier: Apache-2.0
//
// Runs of equal words: what was taken over to the letter, but for case and
// punctuation.
//
// Runs of six words of one side are looked up in a table of those of the
// other and extended both ways. Of six words that stand in the side with the
// table more than kMostOccurrences times, the first place in either side is
// looked up with all of the other, the rest with the first only: n places make
// n - 1 runs then, not n (n - 1) / 2. Within one document words that are said
// over and over without a break are cut into rounds.
//
// Cost: O(words of both sides) and the length of the runs, each diagonal once.
// Thread safety: free functions without state; one finder a thread.
#ifndef TWICETOLD_PASSAGE_RUNS_H_
#define TWICETOLD_PASSAGE_RUNS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/evidence.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

inline constexpr uint32_t kMostOccurrences = 16;

// Words that are looked up together.
inline constexpr uint32_t kRunShingle = 6;
// Side a is looked up at every kRunStride-th word: a run that is long enough to
// be kept has a shingle there.
inline constexpr uint32_t kRunStride = 4;

// A number for the words that `word` and those behind it are hashes of. Hashes
// are as good as random; shifts make the order count.
inline uint64_t RunKey(const uint64_t* word) {
  static_assert(kRunShingle == 6);
  return word[0] ^ (word[1] >> 5) ^ (word[2] >> 10) ^ (word[3] >> 15) ^
         (word[4] >> 20) ^ (word[5] >> 25);
}

// Words [a, a + length) of side a are words [b, b + length) of side b.
struct Run {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t length = 0;

  WordRange side_a() const { return {a, a + length}; }
  WordRange side_b() const { return {b, b + length}; }
  friend bool operator==(const Run&, const Run&) = default;
};

inline bool ByPlace(const Run& x, const Run& y) {
  return x.a != y.a ? x.a < y.a : x.b < y.b;
}

// Keeps its memory between calls.
class RunFinder {
 public:
  RunFinder();
  RunFinder(RunFinder&&) noexcept;
  ~RunFinder();

  // The longest runs in the ranges that have min_chars on side a, ascending by
  // (a, b). Within one document a + length <= b. Valid until the next call.
  std::span<const Run> Find(const StemPair& pair, WordRange range_a,
                            WordRange range_b, const RunOptions& options);

 private:
  class Memory;
  class Search;
  std::unique_ptr<Memory> memory_;
};

// Brings drafts and runs together: a draft that its runs cover well enough
// gives way to them and to what is shared as densely between them, one with
// less is widened to them, runs in no draft become drafts. Drafts without a run
// are kept if they share `beside_factor` times `min_mass`.
std::vector<Draft> JoinRuns(std::span<const Draft> drafts,
                            std::span<const Run> runs, bool within,
                            double min_mass, const RunOptions& options,
                            EvidenceCounter* evidence);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_RUNS_H_
