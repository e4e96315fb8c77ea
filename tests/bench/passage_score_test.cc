// SPDX-License-Identifier: Apache-2.0
//
// The measure of passages, against cases computed by hand.
#include "bench/quality/passage_score.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace twicetold {
namespace {

using Passages = std::vector<CharPassage>;

CharPassage At(CharRange a, CharRange b) { return {a, b}; }

PairCoverage CompareAll(const Passages& cases, const Passages& detections) {
  return Compare(cases, detections);
}

PassageScore ScoreOf(const Passages& cases, const Passages& detections) {
  PassageScore score;
  score.Add(CompareAll(cases, detections));
  return score;
}

TEST(PassageScoreTest, Perfect) {
  const Passages cases = {At({10, 110}, {0, 80}), At({200, 300}, {90, 190})};
  const PassageScore score = ScoreOf(cases, cases);
  EXPECT_EQ(score.recall(), 1);
  EXPECT_EQ(score.precision(), 1);
  EXPECT_EQ(score.granularity(), 1);
  EXPECT_EQ(score.plagdet(), 1);
  EXPECT_EQ(score.cases(), 2u);
  EXPECT_EQ(score.detections(), 2u);
  EXPECT_EQ(score.false_detections(), 0u);
}

TEST(PassageScoreTest, NoneFound) {
  const PassageScore score = ScoreOf({At({10, 110}, {0, 80})}, {});
  EXPECT_EQ(score.recall(), 0);
  EXPECT_EQ(score.granularity(), 1);
  EXPECT_EQ(score.plagdet(), 0);
}

TEST(PassageScoreTest, OneOfTwoFound) {
  const Passages cases = {At({10, 110}, {0, 80}), At({200, 300}, {90, 190})};
  const PassageScore score = ScoreOf(cases, {cases[1]});
  EXPECT_DOUBLE_EQ(score.recall(), .5);
  EXPECT_DOUBLE_EQ(score.precision(), 1);
  EXPECT_DOUBLE_EQ(score.plagdet(), 2. / 3);
}

// 100 + 300 characters; of those, 50 + 150 are found, with 100 + 0 more.
TEST(PassageScoreTest, HalfOfOneFound) {
  const PassageScore score =
      ScoreOf({At({100, 200}, {0, 300})}, {At({0, 150}, {150, 300})});
  EXPECT_DOUBLE_EQ(score.recall(), 200. / 400);
  EXPECT_DOUBLE_EQ(score.precision(), 200. / 300);
  EXPECT_DOUBLE_EQ(score.granularity(), 1);
  EXPECT_DOUBLE_EQ(score.plagdet(), 4. / 7);
}

// Shares are those of both sides together, not means of two sides' shares.
TEST(PassageScoreTest, LongerSideCountsMore) {
  const PassageScore score =
      ScoreOf({At({0, 100}, {0, 900})}, {At({0, 100}, {0, 100})});
  EXPECT_DOUBLE_EQ(score.recall(), .2);
  EXPECT_DOUBLE_EQ(score.precision(), 1);
}

TEST(PassageScoreTest, OneCaseInTwoDetections) {
  const PassageScore score =
      ScoreOf({At({0, 100}, {0, 100})},
              {At({0, 50}, {0, 50}), At({50, 100}, {50, 100})});
  EXPECT_DOUBLE_EQ(score.recall(), 1);
  EXPECT_DOUBLE_EQ(score.precision(), 1);
  EXPECT_DOUBLE_EQ(score.granularity(), 2);
  EXPECT_DOUBLE_EQ(score.plagdet(), 1 / std::log2(3));
}

// What two detections share counts once: 80 + 100 of 200.
TEST(PassageScoreTest, DetectionsThatOverlap) {
  const PassageScore score =
      ScoreOf({At({0, 100}, {0, 100})},
              {At({20, 80}, {0, 70}), At({0, 60}, {30, 100})});
  EXPECT_DOUBLE_EQ(score.recall(), 180. / 200);
  EXPECT_DOUBLE_EQ(score.granularity(), 2);
}

// Granularity is over the cases that are found: 2 and 1 detections, and none.
TEST(PassageScoreTest, GranularityOfFoundCases) {
  const PassageScore score =
      ScoreOf({At({0, 100}, {0, 100}), At({200, 300}, {200, 300}),
               At({400, 500}, {400, 500})},
              {At({0, 50}, {0, 50}), At({50, 100}, {50, 100}),
               At({200, 300}, {200, 300})});
  EXPECT_DOUBLE_EQ(score.granularity(), 1.5);
  EXPECT_DOUBLE_EQ(score.recall(), 2. / 3);
}

TEST(PassageScoreTest, OverlapOnOneSideOnlyDetectsNothing) {
  const PassageScore score =
      ScoreOf({At({0, 100}, {0, 100})},
              {At({0, 100}, {100, 200}), At({100, 200}, {0, 100})});
  EXPECT_EQ(score.recall(), 0);
  EXPECT_EQ(score.precision(), 0);
  EXPECT_EQ(score.plagdet(), 0);
  EXPECT_EQ(score.false_detections(), 2u);
}

// What meets a detection on side b only must not count towards it on side a.
TEST(PassageScoreTest, OnlyCasesThatAreMetCount) {
  const PairCoverage pair =
      CompareAll({At({0, 50}, {0, 50}), At({50, 100}, {500, 550})},
                 {At({0, 100}, {0, 100})});
  ASSERT_EQ(pair.detections.size(), 1u);
  EXPECT_EQ(pair.detections[0].meets, 1u);
  EXPECT_DOUBLE_EQ(pair.detections[0].share, 100. / 200);
  EXPECT_EQ(pair.cases[1].meets, 0u);
}

// 40 + 40 and 40 + 40 characters of 100 + 100.
TEST(PassageScoreTest, TwoCasesInOneDetection) {
  const PassageScore score =
      ScoreOf({At({0, 40}, {0, 40}), At({60, 100}, {60, 100})},
              {At({0, 100}, {0, 100})});
  EXPECT_DOUBLE_EQ(score.recall(), 1);
  EXPECT_DOUBLE_EQ(score.precision(), .8);
  EXPECT_DOUBLE_EQ(score.granularity(), 1);
  EXPECT_DOUBLE_EQ(score.plagdet(), 1.6 / 1.8);
}

TEST(PassageScoreTest, FalseDetectionInCleanPair) {
  const Passages cases = {At({0, 100}, {0, 100})};
  PassageScore score = ScoreOf(cases, cases);
  score.Add(CompareAll({}, cases));
  score.Add(CompareAll({}, {}));
  EXPECT_EQ(score.pairs(), 3u);
  EXPECT_EQ(score.false_detections(), 1u);
  EXPECT_DOUBLE_EQ(score.recall(), 1);
  EXPECT_DOUBLE_EQ(score.precision(), .5);
  EXPECT_DOUBLE_EQ(score.plagdet(), 2. / 3);
}

TEST(PassageScoreTest, NothingToFindAndNothingFound) {
  EXPECT_EQ(ScoreOf({}, {}).plagdet(), 1);
  EXPECT_EQ(ScoreOf({}, {At({0, 9}, {0, 9})}).plagdet(), 0);
}

TEST(PassageScoreTest, EmptyRangesMeetNothing) {
  const PairCoverage pair =
      CompareAll({At({5, 5}, {0, 100})}, {At({0, 100}, {0, 100})});
  EXPECT_EQ(pair.cases[0].meets, 0u);
  EXPECT_EQ(pair.cases[0].share, 0);
}

// Mirrored sides, mirrored result.
TEST(PassageScoreTest, SidesAreAlike) {
  const PairCoverage one =
      CompareAll({At({0, 100}, {300, 500})}, {At({50, 200}, {250, 350})});
  const PairCoverage other =
      CompareAll({At({300, 500}, {0, 100})}, {At({250, 350}, {50, 200})});
  EXPECT_DOUBLE_EQ(one.cases[0].share, 100. / 300);
  EXPECT_DOUBLE_EQ(other.cases[0].share, 100. / 300);
  EXPECT_DOUBLE_EQ(one.detections[0].share, 100. / 250);
  EXPECT_DOUBLE_EQ(other.detections[0].share, 100. / 250);
}

}  // namespace
}  // namespace twicetold
