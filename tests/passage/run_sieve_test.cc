// SPDX-License-Identifier: Apache-2.0
//
// What the sieve says against the runs that are there.
#include "twicetold/passage/run_sieve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/told_again.h"
#include "twicetold/passage/runs.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::MakeStemPairWithin;
using testing::Random;

// In a test, Run is something else.
using EqualRun = twicetold::Run;

WordRange AnyRange(const Words& words, Random* random) {
  const auto begin = static_cast<uint32_t>(random->Below(words.size() + 1));
  const auto size =
      static_cast<uint32_t>(random->Below(words.size() - begin + 1));
  return {begin, begin + size};
}

uint32_t WordsInRuns(std::span<const EqualRun> runs) {
  std::set<uint32_t> words;
  for (const EqualRun& run : runs) {
    for (uint32_t i = 0; i < run.length; ++i) words.insert(run.a + i);
  }
  return static_cast<uint32_t>(words.size());
}

struct Tally {
  size_t with_runs = 0;
  size_t passed = 0;
  size_t all = 0;
};

// `b` is null for one text with itself.
void Check(const Words& a, const Words* b, Random* random, RunSieve* sieve,
           Tally* tally) {
  const StemPair pair =
      b == nullptr ? MakeStemPairWithin(a) : MakeStemPair(a, *b);
  const Words& other = b == nullptr ? a : *b;
  for (const uint32_t min_chars : {0u, 40u, 100u, 256u}) {
    const WordRange range_a = AnyRange(a, random);
    const WordRange range_b = AnyRange(other, random);
    RunFinder finder;
    const auto runs =
        finder.Find(pair, range_a, range_b, {.min_chars = min_chars});
    const bool passes =
        sieve->MayHaveRuns(a, range_a, other, range_b, min_chars);
    ++tally->all;
    tally->passed += passes ? 1 : 0;
    tally->with_runs += runs.empty() ? 0 : 1;
    EXPECT_TRUE(passes || runs.empty()) << min_chars;
    EXPECT_LE(WordsInRuns(runs),
              sieve->MostWordsInRuns(a, range_a, other, range_b));
  }
}

TEST(RunSieveTest, LosesNoRun) {
  Random random(21);
  RunSieve sieve;  // keeps its memory over all of them
  Tally tally;
  for (uint64_t seed = 0; seed < 160; ++seed) {
    const auto texts =
        testing::ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    Check(a, &b, &random, &sieve, &tally);
    const Words both = MakeWords(texts.a + "\n\n" + texts.b);
    Check(both, nullptr, &random, &sieve, &tally);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(tally.with_runs, 100u);
}

TEST(RunSieveTest, LosesNoRunOfWordsThatAreSaidOverAndOver) {
  Random random(22);
  RunSieve sieve;
  Tally tally;
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
      text += testing::WordFor(random.Below(1 + round % 4)) + " ";
    }
    Check(MakeWords(text), nullptr, &random, &sieve, &tally);
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GE(tally.with_runs, 100u);
}

TEST(RunSieveTest, LetsNextToNothingPassWithoutRuns) {
  Random random(23);
  RunSieve sieve;
  Tally tally;
  for (int round = 0; round < 100; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      for (int i = 0; i < 400; ++i) {
        text += testing::WordFor(random.Below(1000)) + " ";
      }
    }
    const Words a = MakeWords(texts[0]);
    const Words b = MakeWords(texts[1]);
    ++tally.all;
    tally.passed +=
        sieve.MayHaveRuns(a, {0, a.size()}, b, {0, b.size()}, 256) ? 1 : 0;
  }
  EXPECT_LE(tally.passed, tally.all / 20);
}

}  // namespace
}  // namespace twicetold
