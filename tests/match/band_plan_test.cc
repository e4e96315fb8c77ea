// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/band_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// The curve, for the values that are published for it.
TEST(BandPlanTest, KnownAnswers) {
  EXPECT_NEAR(CandidateChance(.8, 6, 16), .992, .0005);
  EXPECT_NEAR(CandidateChance(.8, 6, 18), .996, .0005);
  EXPECT_NEAR(CandidateChance(.8, 13, 9), .40, .005);
  EXPECT_NEAR(CandidateChance(.8, 8, 16), .947, .0005);
  EXPECT_EQ(CandidateChance(1, 8, 16), 1);
  EXPECT_EQ(CandidateChance(0, 8, 16), 0);
}

TEST(BandPlanTest, CurveIsWhatThrowingCoinsGives) {
  testing::Random random(1);
  constexpr int kTrials = 40'000;
  for (double jaccard : {.2, .5, .8, .9}) {
    for (const auto& [rows, bands] : {std::pair(1, 5), std::pair(3, 10),
                                      std::pair(6, 16), std::pair(13, 9)}) {
      int found = 0;
      for (int trial = 0; trial < kTrials; ++trial) {
        bool any = false;
        for (int band = 0; band < bands && !any; ++band) {
          int row = 0;
          while (row < rows && random.Unit() < jaccard) ++row;
          any = row == rows;
        }
        if (any) ++found;
      }
      const double chance = CandidateChance(jaccard, rows, bands);
      const double error = std::sqrt(chance * (1 - chance) / kTrials);
      EXPECT_NEAR(found / double{kTrials}, chance, 4 * error + 1e-9)
          << jaccard << ", " << bands << " x " << rows;
    }
  }
}

// P(Binomial(n, p) < m), summed up from products.
double ChanceBelow(int n, double p, size_t m) {
  std::vector<double> chance = {1};  // of each count so far
  for (int i = 0; i < n; ++i) {
    chance.push_back(0);
    for (size_t k = chance.size() - 1; k > 0; --k) {
      chance[k] = chance[k] * (1 - p) + chance[k - 1] * p;
    }
    chance[0] *= 1 - p;
  }
  double sum = 0;
  for (size_t k = 0; k < m; ++k) sum += chance[k];
  return sum;
}

// The chance of a pair at `t` if every bucket is over-full: outer and inner
// bands lie over different slots, so both have to agree somewhere.
double Recall(double t, int rows, int bands, int inner_rows, int inner_bands) {
  return CandidateChance(t, rows, bands) *
         CandidateChance(t, inner_rows, inner_bands) * (1 - kScreenMiss);
}

struct Shape {
  int rows, bands, inner_rows, inner_bands;
};

// The documented choice, by trying everything.
std::optional<Shape> BestShape(int slots, double t, double recall) {
  for (int rows = std::min(32, slots); rows >= 1; --rows) {
    for (int bands = 1; bands * rows < slots; ++bands) {
      const int left = slots - bands * rows;
      for (int inner = std::min(32, left); inner >= 1; --inner) {
        if (Recall(t, rows, bands, inner, left / inner) >= recall) {
          return Shape{rows, bands, inner, left / inner};
        }
      }
    }
  }
  return std::nullopt;
}

TEST(BandPlanTest, IsTheDocumentedChoiceAndReachesTheRecall) {
  int plans = 0;
  for (int slots : {16, 64, 100, 128, 256}) {
    for (double t : {.1, .3, .5, .7, .8, .9, .95, 1.}) {
      for (double recall : {.5, .9, .99, .999}) {
        SCOPED_TRACE(testing::Join({std::to_string(slots), std::to_string(t),
                                    std::to_string(recall)}));
        const auto plan = PlanBands(slots, t, recall);
        const auto best = BestShape(slots, t, recall);
        ASSERT_EQ(plan.ok(), best.has_value());
        if (!best) {
          EXPECT_EQ(plan.status().code(), absl::StatusCode::kInvalidArgument);
          continue;
        }
        ++plans;
        EXPECT_EQ(plan->rows, best->rows);
        EXPECT_EQ(plan->bands, best->bands);
        EXPECT_EQ(plan->inner_rows, best->inner_rows);
        EXPECT_EQ(plan->inner_bands, best->inner_bands);
        EXPECT_GE(plan->expected_recall, recall);
        EXPECT_DOUBLE_EQ(plan->expected_recall, FindChance(*plan, t));
        EXPECT_LE(
            plan->rows * plan->bands + plan->inner_rows * plan->inner_bands,
            slots);
        EXPECT_LE(ChanceBelow(slots, t, plan->least_equal_slots), kScreenMiss);
        EXPECT_LE(plan->least_equal_slots, static_cast<size_t>(slots));
        if (t < 1) {
          EXPECT_GT(ChanceBelow(slots, t, plan->least_equal_slots + 1),
                    kScreenMiss);
        }
      }
    }
  }
  EXPECT_GT(plans, 80);
}

TEST(BandPlanTest, FindsMoreAlikePairsMoreSurely) {
  const auto plan = PlanBands(128, .8, .99);
  ASSERT_TRUE(plan.ok());
  double before = 0;
  for (int percent = 0; percent <= 100; percent += 5) {
    const double chance = FindChance(*plan, percent / 100.);
    EXPECT_GE(chance, before);
    EXPECT_LE(chance, 1);
    before = chance;
  }
}

TEST(BandPlanTest, SaysWhatCanBeHadAtMost) {
  for (const auto& [slots, t, recall] :
       {std::tuple(16, .3, .999), std::tuple(64, .01, .9),
        std::tuple(128, 1., .99999), std::tuple(16, 1e-9, .5)}) {
    const auto plan = PlanBands(slots, t, recall);
    ASSERT_FALSE(plan.ok());
    EXPECT_EQ(plan.status().code(), absl::StatusCode::kInvalidArgument);
    const std::string message(plan.status().message());
    const size_t at = message.find('(');
    ASSERT_NE(at, std::string::npos) << message;
    const double most = std::stod(message.substr(at + 1));
    EXPECT_LT(most, recall + 5e-5);
    // Which is so: it can be had, but for rounding.
    if (most > .01) {
      EXPECT_TRUE(PlanBands(slots, t, most - 1e-4).ok()) << message;
    }
  }
}

}  // namespace
}  // namespace twicetold
