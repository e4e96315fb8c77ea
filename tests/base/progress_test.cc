// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/progress.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace twicetold {
namespace {

TEST(ProgressTest, EveryStageHasItsName) {
  EXPECT_EQ(StageName(Stage::kSketch), "sketching");
  EXPECT_EQ(StageName(Stage::kCandidates), "comparing sketches");
  EXPECT_EQ(StageName(Stage::kVerify), "verifying");
}

TEST(ProgressTest, AddsUpAndStartsAgainWithEachStage) {
  std::vector<Progress> told;
  const ProgressCallback callback = [&](const Progress& p) {
    told.push_back(p);
  };
  ProgressMeter meter(callback);
  meter.Begin(Stage::kSketch, 3, 100);
  meter.Add(1, 30);
  meter.Add(2, 70);
  meter.Begin(Stage::kVerify, 1, 0);
  ASSERT_EQ(told.size(), 4u);
  EXPECT_EQ(told[0].documents_done, 0u);
  EXPECT_EQ(told[0].documents, 3u);
  EXPECT_EQ(told[0].bytes, 100u);
  EXPECT_EQ(told[1].documents_done, 1u);
  EXPECT_EQ(told[1].bytes_done, 30u);
  EXPECT_EQ(told[2].documents_done, 3u);
  EXPECT_EQ(told[2].bytes_done, 100u);
  EXPECT_EQ(told[3].stage, Stage::kVerify);
  EXPECT_EQ(told[3].documents_done, 0u);
  EXPECT_EQ(told[3].bytes_done, 0u);
}

TEST(ProgressTest, CallsFromOneThreadAtATime) {
  Progress last;  // not atomic on purpose
  const ProgressCallback callback = [&](const Progress& p) { last = p; };
  ProgressMeter meter(callback);
  meter.Begin(Stage::kSketch, 4000, 8000);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 1000; ++i) meter.Add(1, 2);
      });
    }
  }
  EXPECT_EQ(last.documents_done, 4000u);
  EXPECT_EQ(last.bytes_done, 8000u);
}

TEST(ProgressTest, NoCallbackIsFine) {
  const ProgressCallback none = nullptr;
  ProgressMeter meter(none);
  meter.Begin(Stage::kSketch, 1, 1);
  meter.Add(1, 1);
}

}  // namespace
}  // namespace twicetold
