// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/told_again.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::MakeStemPairWithin;
using testing::Random;

// In a test, Run is something else.
using EqualRun = twicetold::Run;

// From so many words on a run is found wherever it begins.
constexpr uint32_t kSureWords = 9;

// `finder` has found others before.
std::vector<EqualRun> RunsOf(const Words& a, const Words& b, uint32_t min_chars,
                             RunFinder* finder) {
  const RunOptions options = {.min_chars = min_chars};
  const StemPair pair = MakeStemPair(a, b);
  const auto runs = finder->Find(pair, {0, a.size()}, {0, b.size()}, options);
  return {runs.begin(), runs.end()};
}

// All runs that can be made longer at neither end, by looking at every pair of
// words.
std::vector<EqualRun> SlowRuns(const Words& a, const Words& b,
                               uint32_t min_chars) {
  std::vector<EqualRun> runs;
  const auto equal = [&](uint32_t i, uint32_t j) {
    return i < a.size() && j < b.size() && a.hashes[i] == b.hashes[j];
  };
  for (uint32_t i = 0; i < a.size(); ++i) {
    for (uint32_t j = 0; j < b.size(); ++j) {
      if (!equal(i, j) || (i > 0 && j > 0 && equal(i - 1, j - 1))) continue;
      uint32_t length = 0;
      while (equal(i + length, j + length)) ++length;
      const ByteRange bytes = a.BytesOf({i, i + length});
      if (length >= kSureWords && bytes.end - bytes.begin >= min_chars) {
        runs.push_back({i, j, length});
      }
    }
  }
  return runs;
}

TEST(RunsTest, AreTheLongestOfAllPairsOfPlaces) {
  size_t count = 0;
  RunFinder finder;
  for (uint64_t seed = 0; seed < 80; ++seed) {
    const auto texts =
        testing::ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    for (const uint32_t min_chars : {60u, 256u}) {
      std::vector<EqualRun> found = RunsOf(a, b, min_chars, &finder);
      EXPECT_TRUE(std::is_sorted(
          found.begin(), found.end(),
          [](const EqualRun& x, const EqualRun& y) { return ByPlace(x, y); }));
      std::erase_if(
          found, [](const EqualRun& run) { return run.length < kSureWords; });
      EXPECT_EQ(found, SlowRuns(a, b, min_chars)) << "seed " << seed;
      count += found.size();
    }
  }
  EXPECT_GE(count, 100u);
}

TEST(RunsTest, WithinOneTextAreApart) {
  size_t count = 0;
  for (uint64_t seed = 0; seed < 80; ++seed) {
    const auto texts =
        testing::ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words words = MakeWords(texts.a + texts.b + texts.a);
    const RunOptions options = {.min_chars = 60};
    RunFinder finder;
    const auto found = finder.Find(MakeStemPairWithin(words), {0, words.size()},
                                   {0, words.size()}, options);
    for (const EqualRun& run : found) {
      EXPECT_LE(run.a + run.length, run.b);
      for (uint32_t i = 0; i < run.length; ++i) {
        EXPECT_EQ(words.hashes[run.a + i], words.hashes[run.b + i]);
      }
    }
    count += found.size();
  }
  EXPECT_GE(count, 80u);
}

// Periodic text has not as many runs as pairs of places, nor are they as long.
TEST(RunsTest, PeriodicTextHasFew) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "round and round the garden goes ";
  const Words words = MakeWords(text);
  const StemPair pair = MakeStemPair(words, words);
  RunFinder finder;
  const std::span<const EqualRun> runs = finder.Find(
      pair, {0, words.size()}, {0, words.size()}, {.min_chars = 60});
  EXPECT_LE(runs.size(), 1000u);
  uint64_t sum = 0;
  for (const EqualRun& run : runs) sum += run.length;
  EXPECT_LE(sum, 10 * words.size());
  EXPECT_EQ(runs[0], (EqualRun{0, 0, words.size()}));
}

// --- drafts and runs brought together

RunOptions SmallOptions() { return {.min_cover = .5, .gap_words = 10}; }

// Drafts whose words are not shared, so that nothing but `strong` and the runs
// speak for them.
std::vector<Draft> Joined(const std::vector<Draft>& drafts,
                          const std::vector<EqualRun>& runs, bool strong) {
  std::string a;
  std::string b;
  for (int i = 0; i < 5000; ++i) {
    a += "a" + std::to_string(i) + " ";
    b += "b" + std::to_string(i) + " ";
  }
  static const Words words_a = MakeWords(a);
  static const Words words_b = MakeWords(b);
  static const StemPair pair = MakeStemPair(words_a, words_b);
  static EvidenceCounter evidence(pair);
  return JoinRuns(drafts, runs, /*within=*/false,
                  /*min_mass=*/strong ? 0 : 1, SmallOptions(), &evidence);
}

Draft SeedDraft(WordRange a, WordRange b) {
  return {a, b, DraftSource::kSeeds, 1};
}

TEST(JoinRunsTest, ADraftWithoutRunsStaysIfItIsStrong) {
  const std::vector<Draft> drafts = {SeedDraft({0, 100}, {200, 300})};
  const std::vector<EqualRun> runs = {{500, 500, 60}};
  EXPECT_EQ(Joined(drafts, runs, false).size(), 1u);  // the run
  const auto both = Joined(drafts, runs, true);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[1].a, drafts[0].a);
  EXPECT_EQ(both[1].source, DraftSource::kSeeds);
}

TEST(JoinRunsTest, RunsThatCoverADraftAreItsBorders) {
  const auto joined = Joined({SeedDraft({0, 100}, {200, 300})},
                             {{5, 207, 40}, {50, 250, 45}}, true);
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].a, (WordRange{5, 95}));
  EXPECT_EQ(joined[0].b, (WordRange{207, 295}));
  EXPECT_EQ(joined[0].source, DraftSource::kRuns);
}

TEST(JoinRunsTest, ARunInADraftWidensIt) {
  const auto joined =
      Joined({SeedDraft({10, 100}, {200, 300})}, {{4, 195, 20}}, true);
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].a, (WordRange{4, 100}));
  EXPECT_EQ(joined[0].b, (WordRange{195, 300}));
  EXPECT_EQ(joined[0].source, DraftSource::kBoth);
}

TEST(JoinRunsTest, ARunInNoDraftIsOne) {
  const auto joined = Joined({}, {{4, 195, 20}}, true);
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].a, (WordRange{4, 24}));
  EXPECT_EQ(joined[0].b, (WordRange{195, 215}));
}

// Sections that begin with the same words, in another order.
TEST(JoinRunsTest, OfTwoRunsThatOverlapOnBothSidesTheLaterIsCut) {
  const auto joined = Joined({SeedDraft({0, 200}, {0, 200})},
                             {{0, 98, 102}, {100, 0, 100}}, true);
  ASSERT_EQ(joined.size(), 2u);
  EXPECT_EQ(joined[0].a, (WordRange{0, 102}));
  EXPECT_EQ(joined[0].b, (WordRange{98, 200}));
  EXPECT_EQ(joined[1].a, (WordRange{102, 200}));
  EXPECT_EQ(joined[1].b, (WordRange{2, 100}));
}

TEST(JoinRunsTest, NoRunIsLost) {
  Random random(9);
  for (int round = 0; round < 200; ++round) {
    std::vector<Draft> drafts;
    for (size_t n = random.Below(20); n > 0; --n) {
      const auto a = static_cast<uint32_t>(random.Below(3000));
      const auto b = static_cast<uint32_t>(random.Below(3000));
      const auto size = 30 + static_cast<uint32_t>(random.Below(600));
      drafts.push_back(SeedDraft({a, a + size}, {b, b + size}));
    }
    std::vector<EqualRun> runs;
    for (size_t n = 1 + random.Below(40); n > 0; --n) {
      EqualRun run = {static_cast<uint32_t>(random.Below(3500)),
                      static_cast<uint32_t>(random.Below(3500)),
                      20 + static_cast<uint32_t>(random.Below(60))};
      if (!drafts.empty() && random.Below(2) == 0) {
        const Draft& in = drafts[random.Below(drafts.size())];
        run.a = in.a.begin + static_cast<uint32_t>(random.Below(20));
        run.b = in.b.begin + static_cast<uint32_t>(random.Below(20));
      }
      runs.push_back(run);
    }
    std::sort(
        runs.begin(), runs.end(),
        [](const EqualRun& x, const EqualRun& y) { return ByPlace(x, y); });
    const auto joined = Joined(drafts, runs, true);
    for (const EqualRun& run : runs) {
      // One that overlaps others on both sides may have been cut, by half at
      // most.
      const auto meets = [&run](const EqualRun& other) {
        return !(other == run) &&
               SharedWords(other.side_a(), run.side_a()) > 0 &&
               SharedWords(other.side_b(), run.side_b()) > 0;
      };
      const bool cut = std::any_of(runs.begin(), runs.end(), meets);
      const uint32_t least = cut ? run.length / 2 : run.length;
      const auto holds = [&run, least](const Draft& draft) {
        return SharedWords(draft.a, run.side_a()) >= least &&
               SharedWords(draft.b, run.side_b()) >= least;
      };
      EXPECT_TRUE(std::any_of(joined.begin(), joined.end(), holds));
    }
  }
}

}  // namespace
}  // namespace twicetold
