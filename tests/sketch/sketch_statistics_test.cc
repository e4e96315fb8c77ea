// SPDX-License-Identifier: Apache-2.0
//
// What sketches promise on the average. Every trial draws on a fixed seed, so
// that a test passes always or never; the bounds are wide enough that a sketch
// of true min-hashes passes: 4 standard errors for a mean, 1.05 for a variance
// whose own error is below 1.5 %. Every kernel that this machine can run.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/testing/brute_force.h"
#include "tests/testing/synthetic.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using testing::Random;
using testing::SetPair;
using testing::Words;

constexpr double kMostVariance = 1.05;
constexpr double kJaccards[] = {.1, .3, .5, .8, .9, .95};

struct Trial {
  SetPair sets;
  double jaccard = 0;
};

// Sums over trials of estimates against truth.
class Statistics {
 public:
  explicit Statistics(size_t slots) : agreed_(slots) {}

  void Add(double jaccard, std::span<const uint32_t> a,
           std::span<const uint32_t> b) {
    const double error = EstimateJaccard(a, b) - jaccard;
    ++trials_;
    error_ += error;
    square_ += error * error;
    expected_ += jaccard;
    variance_ += jaccard * (1 - jaccard) / static_cast<double>(a.size());
    for (size_t i = 0; i < a.size(); ++i) agreed_[i] += a[i] == b[i] ? 1 : 0;
  }

  // Of k-permutation MinHash.
  double StandardError() const { return std::sqrt(variance_) / trials_; }
  double Bias() const { return error_ / trials_; }
  double VarianceRatio() const { return square_ / variance_; }

  // About chi-square with as many degrees of freedom as slots: whether single
  // slots agree as often as they should.
  double SlotChiSquare() const {
    const double slots = static_cast<double>(agreed_.size());
    double sum = 0;
    for (double agreed : agreed_) {
      sum += (agreed - expected_) * (agreed - expected_);
    }
    return sum / (variance_ * slots);
  }

  void Check(const std::string& what) const {
    SCOPED_TRACE(what);
    EXPECT_LE(std::abs(Bias()), 4 * StandardError());
    EXPECT_LE(std::abs(Bias()), .002);
    EXPECT_LE(VarianceRatio(), kMostVariance);
    const double slots = static_cast<double>(agreed_.size());
    EXPECT_LE(SlotChiSquare(), slots + 5 * std::sqrt(2 * slots));
  }

 private:
  double trials_ = 0;
  double error_ = 0;
  double square_ = 0;
  double expected_ = 0;
  double variance_ = 0;
  std::vector<double> agreed_;
};

Statistics MeasureWith(const SketchKernels& kernels, size_t trials, int size,
                       const std::function<uint64_t(size_t)>& seed_of,
                       const std::function<const Trial&(size_t)>& trial_of) {
  Statistics statistics(static_cast<size_t>(size));
  std::vector<uint32_t> a(static_cast<size_t>(size));
  std::vector<uint32_t> b(static_cast<size_t>(size));
  for (size_t t = 0; t < trials; ++t) {
    const Sketcher sketcher(size, seed_of(t), kernels);
    const Trial& trial = trial_of(t);
    sketcher.Sketch(trial.sets.a, a);
    sketcher.Sketch(trial.sets.b, b);
    statistics.Add(trial.jaccard, a, b);
  }
  return statistics;
}

// The number of shared members that gives sets of `size` about that Jaccard
// similarity.
size_t SharedFor(size_t size, double jaccard) {
  return static_cast<size_t>(
      std::lround(2 * static_cast<double>(size) * jaccard / (1 + jaccard)));
}

Trial RandomTrial(Random* random, size_t size, size_t shared) {
  return {testing::RandomSets(random, size, shared),
          static_cast<double>(shared) / static_cast<double>(2 * size - shared)};
}

std::string Name(size_t size, double jaccard, int slots) {
  return "sets of " + std::to_string(size) + ", J " + std::to_string(jaccard) +
         ", K " + std::to_string(slots);
}

size_t TrialsFor(size_t set_size) { return set_size > 500 ? 10'000 : 20'000; }

class SketchStatisticsTest : public ::testing::TestWithParam<KernelTier> {
 protected:
  static const SketchKernels& kernels() { return SketchKernelsOf(GetParam()); }
  static Statistics Measure(
      size_t trials, int size, const std::function<uint64_t(size_t)>& seed_of,
      const std::function<const Trial&(size_t)>& trial_of) {
    return MeasureWith(kernels(), trials, size, seed_of, trial_of);
  }
};

// Many pairs of sets, one seed: what one run over a collection sees.
TEST_P(SketchStatisticsTest, RandomSetsOneSeed) {
  Random random(11);
  for (size_t size : {4u, 10u, 60u, 128u, 300u, 1000u, 5000u}) {
    for (double jaccard : kJaccards) {
      const size_t shared = SharedFor(size, jaccard);
      if (shared == 0 || shared == size) continue;
      Trial trial;
      Measure(
          TrialsFor(size), 128, [](size_t) { return 42; },
          [&](size_t) -> const Trial& {
            return trial = RandomTrial(&random, size, shared);
          })
          .Check(Name(size, jaccard, 128));
    }
  }
}

// One pair of sets, many seeds: what one pair sees over many runs.
TEST_P(SketchStatisticsTest, OnePairManySeeds) {
  Random random(12);
  for (size_t size : {4u, 60u, 128u, 300u, 2000u}) {
    for (double jaccard : kJaccards) {
      const size_t shared = SharedFor(size, jaccard);
      if (shared == 0 || shared == size) continue;
      const Trial trial = RandomTrial(&random, size, shared);
      Measure(
          TrialsFor(size), 128, [](size_t t) { return t; },
          [&](size_t) -> const Trial& { return trial; })
          .Check(Name(size, jaccard, 128));
    }
  }
}

TEST_P(SketchStatisticsTest, OtherSketchSizes) {
  Random random(13);
  for (int slots : {16, 100, 1000}) {
    for (size_t size : {4u, 60u, 300u, 2000u}) {
      for (double jaccard : {.3, .8}) {
        const size_t shared = SharedFor(size, jaccard);
        if (shared == size) continue;
        Trial trial;
        Measure(
            slots < 1000 ? 20'000 : 4'000, slots, [](size_t t) { return t; },
            [&](size_t) -> const Trial& {
              return trial = RandomTrial(&random, size, shared);
            })
            .Check(Name(size, jaccard, slots));
      }
    }
  }
}

ShingleSet ShinglesOf(const Words& words, int k) {
  std::vector<uint64_t> tokens;
  TokenHashes(testing::Join(words), &tokens);
  ShingleSet set;
  MakeShingles(tokens, k, &set);
  MakeShingleSet(&set);
  return set;
}

Trial TextTrial(const Words& a, const Words& b, int k) {
  Trial trial{{ShinglesOf(a, k), ShinglesOf(b, k)}};
  trial.jaccard = CompareSets(trial.sets.a, trial.sets.b).jaccard();
  return trial;
}

// Shingles of texts that differ by exchanged words: neighbours in the text
// come and go together, which only hurts if hashes are related.
TEST_P(SketchStatisticsTest, TextsWithReplacedWords) {
  Random random(14);
  for (size_t length : {20u, 150u, 600u}) {
    for (double replaced : {.01, .05, .2}) {
      Trial trial;
      Measure(
          10'000, 128, [](size_t t) { return t / 100; },
          [&](size_t) -> const Trial& {
            const Words words = testing::RandomWords(&random, length);
            return trial = TextTrial(
                       words, testing::ReplaceWords(&random, words, replaced),
                       5);
          })
          .Check("words " + std::to_string(length) + ", replaced " +
                 std::to_string(replaced));
    }
  }
}

TEST_P(SketchStatisticsTest, OneTextPairManySeeds) {
  Random random(15);
  for (double replaced : {.01, .05, .2}) {
    const Words words = testing::RandomWords(&random, 400);
    const Trial trial =
        TextTrial(words, testing::ReplaceWords(&random, words, replaced), 5);
    Measure(
        20'000, 128, [](size_t t) { return t; },
        [&](size_t) -> const Trial& { return trial; })
        .Check("replaced " + std::to_string(replaced));
  }
}

// A form in which only numbers differ, counted up: the tokens themselves are
// as regular as they come. k = 1 leaves all mixing to the token hash.
TEST_P(SketchStatisticsTest, FilledInForms) {
  Random random(16);
  for (int k : {1, 3, 5}) {
    const Words form = testing::RandomWords(&random, 200);
    const auto filled_in = [&](size_t number) {
      Words words = form;
      for (size_t i = 7; i < words.size(); i += 20) {
        words[i] = std::to_string(number + i);
      }
      return words;
    };
    Trial trial;
    Measure(
        10'000, 128, [](size_t t) { return t; },
        [&](size_t t) -> const Trial& {
          return trial = TextTrial(filled_in(1000 * t),
                                   filled_in(1000 * t + 500), k);
        })
        .Check("form, k " + std::to_string(k));
  }
}

// Neither rounds nor fallback make slots agree that share no shingle.
TEST_P(SketchStatisticsTest, UnrelatedSetsDoNotAgree) {
  Random random(17);
  const Sketcher sketcher(128, 5, kernels());
  std::vector<uint32_t> a(128);
  std::vector<uint32_t> b(128);
  size_t equal = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    const SetPair sets = testing::RandomSets(&random, 100, 0);
    sketcher.Sketch(sets.a, a);
    sketcher.Sketch(sets.b, b);
    equal += EqualSlots(a, b);
  }
  // 2.56 million comparisons, of minima of up to 100 values of 30 bits: a
  // collision has a chance of some 1e-7.
  EXPECT_LE(equal, 6u);
}

INSTANTIATE_TEST_SUITE_P(, SketchStatisticsTest,
                         ::testing::ValuesIn(RunnableKernelTiers()),
                         [](const auto& instance) {
                           return std::string(KernelTierName(instance.param));
                         });

}  // namespace
}  // namespace twicetold
