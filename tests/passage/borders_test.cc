// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/borders.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/told_again.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::MakeStemPairWithin;
using testing::Random;
using testing::ToldAgain;

// The rule, word by word and with every segment tried.
class Oracle {
 public:
  Oracle(const StemPair& pair, const BorderOptions& options, bool move_b,
         WordRange moving, WordRange limits, WordRange fixed)
      : pair_(pair),
        options_(options),
        moving_side_(move_b ? pair.side_b() : pair.a),
        fixed_side_(move_b ? pair.a : pair.side_b()),
        moving_(moving),
        limits_(limits),
        fixed_(fixed) {}

  // The sum of the best segment, and of a segment.
  double Best() {
    double best = 0;
    const WordRange reach = Reach();
    for (uint32_t begin = reach.begin; begin <= reach.end; ++begin) {
      if (!MayCut(begin)) continue;
      double sum = 0;
      for (uint32_t end = begin; end <= reach.end; ++end) {
        if (MayCut(end)) best = std::max(best, sum);
        if (end < reach.end) sum += Score(end);
      }
    }
    return best;
  }
  double SumOf(WordRange range) {
    double sum = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) sum += Score(i);
    return sum;
  }
  bool MayCut(uint32_t word) const {
    const WordRange reach = Reach();
    return word == reach.begin || word == reach.end ||
           moving_side_.words->cuts[word] != 0;
  }

  // As far as options say, then on to the next cut, twice as far at most.
  WordRange Reach() const {
    const auto& cuts = moving_side_.words->cuts;
    const int64_t reach = options_.reach_words;
    int64_t begin = std::max<int64_t>(limits_.begin, moving_.begin - reach);
    while (begin > limits_.begin && cuts[static_cast<size_t>(begin)] == 0 &&
           moving_.begin - begin < 2 * reach) {
      --begin;
    }
    int64_t end = std::min<int64_t>(limits_.end, moving_.end + reach);
    while (end < limits_.end && cuts[static_cast<size_t>(end)] == 0 &&
           end - moving_.end < 2 * reach) {
      ++end;
    }
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

 private:
  double Score(uint32_t word) {
    const auto at = scores_.find(word);
    if (at != scores_.end()) return at->second;
    const uint32_t stem = moving_side_.StemOf(word);
    const int64_t width = options_.window_words;
    const WordRange reach = Reach();
    double core = 0;
    double outside = 0;
    for (uint32_t i = reach.begin; i < reach.end; ++i) {
      if (std::abs(int64_t{i} - word) > width) continue;
      if (moving_side_.StemOf(i) != stem) continue;
      (In(i, moving_) ? core : outside) += 1;
    }
    const double slope = static_cast<double>(fixed_.size()) /
                         std::max<uint32_t>(1, moving_.size());
    const double centre =
        fixed_.begin + (static_cast<double>(word) - moving_.begin) * slope;
    const auto bound = [&](double x) {
      return static_cast<uint32_t>(
          std::clamp<double>(x, fixed_.begin, fixed_.end));
    };
    double partners = 0;
    const uint32_t last = bound(centre + static_cast<double>(width) + 1);
    for (uint32_t i = bound(centre - static_cast<double>(width)); i < last;
         ++i) {
      partners += fixed_side_.StemOf(i) == stem ? 1 : 0;
    }
    const double share = In(word, moving_)
                             ? std::min(1.0, partners / std::max(1.0, core))
                             : std::min(1.0, std::max(0.0, partners - core) /
                                                 std::max(1.0, outside));
    const double penalty =
        pair_.within ? options_.penalty_within : options_.penalty;
    return scores_[word] = pair_.idf[stem] * (share - penalty * (1 - share));
  }
  static bool In(uint32_t word, WordRange range) {
    return range.begin <= word && word < range.end;
  }

  const StemPair& pair_;
  const BorderOptions& options_;
  const PairSide& moving_side_;
  const PairSide& fixed_side_;
  const WordRange moving_;
  const WordRange limits_;
  const WordRange fixed_;
  std::map<uint32_t, double> scores_;
};

WordRange RandomRange(Random* random, WordRange in) {
  const auto begin = in.begin + static_cast<uint32_t>(random->Below(in.size()));
  return {begin, begin + 1 +
                     static_cast<uint32_t>(random->Below(
                         std::min<uint32_t>(in.end - begin, 90)))};
}

void ExpectBest(const StemPair& pair, const BorderOptions& options, bool move_b,
                WordRange moving, WordRange limits, WordRange fixed,
                std::optional<WordRange> found) {
  Oracle oracle(pair, options, move_b, moving, limits, fixed);
  const double best = oracle.Best();
  if (!found) {
    EXPECT_NEAR(best, 0, 1e-9);
    return;
  }
  EXPECT_TRUE(oracle.MayCut(found->begin) && oracle.MayCut(found->end));
  EXPECT_GE(found->begin, limits.begin);
  EXPECT_LE(found->end, limits.end);
  EXPECT_NEAR(oracle.SumOf(*found), best, 1e-6 * (1 + best));
}

TEST(BordersTest, AreThoseOfTheBestSegmentOfAll) {
  Random random(1);
  size_t found_count = 0;
  for (uint64_t round = 0; round < 160; ++round) {
    const auto texts = ToldAgain(round % 40, testing::kAllWritings[round % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    const StemPair pair = MakeStemPair(a, b);
    const BorderOptions options = {
        .reach_words = static_cast<uint32_t>(random.Below(60)),
        .window_words = static_cast<uint32_t>(random.Below(100))};
    BorderFinder finder(pair, options);
    // Twice with one finder: nothing may be left of the first.
    for (int move = 0; move < 4; ++move) {
      const bool move_b = move % 2 == 0;
      const WordRange all_a = {0, a.size()};
      const WordRange all_b = {0, b.size()};
      const WordRange fixed = RandomRange(&random, move_b ? all_a : all_b);
      const WordRange limits = move_b ? all_b : all_a;
      const WordRange moving = RandomRange(&random, limits);
      const auto found = move_b ? finder.MoveB(moving, limits, fixed)
                                : finder.MoveA(moving, limits, fixed);
      ExpectBest(pair, options, move_b, moving, limits, fixed, found);
      found_count += found ? 1 : 0;
    }
    if (HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GE(found_count, 100u);
}

TEST(BordersTest, StayInsideTheirLimits) {
  Random random(2);
  for (uint64_t round = 0; round < 60; ++round) {
    const auto texts = ToldAgain(round, testing::kAllWritings[round % 8]);
    const Words words = MakeWords(texts.a + texts.b);
    const StemPair pair = MakeStemPairWithin(words);
    const BorderOptions options;
    BorderFinder finder(pair, options);
    const WordRange all = {0, words.size()};
    const WordRange fixed = RandomRange(&random, {0, words.size() / 2});
    const WordRange limits = {fixed.end, all.end};
    const WordRange moving = RandomRange(&random, limits);
    ExpectBest(pair, options, true, moving, limits, fixed,
               finder.MoveB(moving, limits, fixed));
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST(BordersTest, GrowToTheSentencesThatAreShared) {
  const std::string shared =
      "Herons wade through shallow marshes at dawn. Nobody mentioned taxes "
      "yesterday evening. Trains leave punctually every single morning. ";
  const std::string a = "Some other opening line stands here. " + shared +
                        "Unrelated closing remarks about gardening.";
  const std::string b = "Entirely different words begin this text. " + shared +
                        "Football scores fill its last part.";
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  const StemPair pair = MakeStemPair(words_a, words_b);
  const BorderOptions options;
  BorderFinder finder(pair, options);
  // From its middle sentence alone, on either side.
  const auto found = finder.MoveB({13, 18}, {0, words_b.size()}, {6, 24});
  ASSERT_TRUE(found);
  const ByteRange bytes = words_b.BytesOf(*found);
  EXPECT_EQ(b.substr(bytes.begin, bytes.end - bytes.begin) + " ", shared);
}

}  // namespace
}  // namespace twicetold
