// SPDX-License-Identifier: Apache-2.0
//
// Runs that go on with others, and the folders that they write to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/dedup/small_dedups.h"
#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/dedup/dedup.h"
#include "twicetold/dedup/folder_lock.h"

namespace twicetold::testing {
namespace {

using ::testing::HasSubstr;

TEST(DedupResume, GoesOnAfterAnyStage) {
  const TempTree tree;
  const Collection texts = SomeTexts(11);
  tree.File("a.jsonl.zst", Zstd(LinesOf(texts, 0, texts.size())));
  const DedupInput input = InputOf({"a.jsonl.zst"});
  DedupOptions options;
  // Too little for the texts: sets are in stage files, too.
  options.stage_memory = 1 << 10;
  ASSERT_TRUE(Dedup(input, options, {.into = "expected"}).ok());
  for (const Stage stage :
       {Stage::kSketch, Stage::kCandidates, Stage::kVerify}) {
    const std::string folder = Numbered("out", static_cast<uint64_t>(stage));
    std::stop_source stop;
    const auto ended = Dedup(
        input, options, {.into = folder},
        [&](const Progress& progress) {
          if (progress.stage == stage) stop.request_stop();
        },
        stop.get_token());
    ASSERT_TRUE(absl::IsCancelled(ended.status())) << ended.status();
    EXPECT_FALSE(fs::exists(folder + "/summary.json"));
    EXPECT_EQ(Dedup(input, options, {.into = folder}).status().code(),
              absl::StatusCode::kFailedPrecondition);
    const auto report = Dedup(input, options, {.into = folder, .resume = true});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_FALSE(report->was_complete);
    EXPECT_EQ(Outputs(folder), Outputs("expected"));
    const auto again = Dedup(input, options, {.into = folder, .resume = true});
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->was_complete);
  }
}

TEST(DedupResume, SaysWhatHasChanged) {
  const TempTree tree;
  const Collection texts = SomeTexts(13);
  tree.File("a.jsonl", LinesOf(texts, 0, 50));
  DedupOptions options;
  ASSERT_TRUE(Dedup(InputOf({"a.jsonl"}), options, {.into = "out"}).ok());
  const DedupTarget target = {.into = "out", .resume = true};
  options.min_jaccard = .9;
  EXPECT_THAT(Dedup(InputOf({"a.jsonl"}), options, target).status().message(),
              HasSubstr("min_jaccard was 0.8 and is 0.9 now"));
  options.min_jaccard = .8;
  tree.File("a.jsonl", LinesOf(texts, 1, 51));
  EXPECT_THAT(Dedup(InputOf({"a.jsonl"}), options, target).status().message(),
              HasSubstr("a.jsonl has changed since"));
  tree.File("b.jsonl", LinesOf(texts, 0, 50));
  EXPECT_THAT(Dedup(InputOf({"b.jsonl"}), options, target).status().message(),
              HasSubstr("b.jsonl instead of a.jsonl"));
}

TEST(DedupTargets, HaveOneRunAtATime) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"text\":\"x\"}\n");
  {
    const auto lock = FolderLock::Take("out");
    ASSERT_TRUE(lock.ok()) << lock.status();
    for (const bool resume : {false, true}) {
      const auto report = Dedup(InputOf({"a.jsonl"}), DedupOptions(),
                                {.into = "out", .resume = resume});
      EXPECT_TRUE(absl::IsFailedPrecondition(report.status()));
      EXPECT_THAT(report.status().message(),
                  HasSubstr("another run is writing to out"));
    }
    EXPECT_TRUE(fs::is_empty("out"));
  }
  EXPECT_TRUE(
      Dedup(InputOf({"a.jsonl"}), DedupOptions(), {.into = "out"}).ok());
}

// Two runs that begin at once: one does its work, and the other is refused.

TEST(DedupTargets, RunsAtOnceDoNotMix) {
  const TempTree tree;
  const Collection texts = PutSomeTexts(tree, 31);
  const DedupInput input = InputOf({"a.jsonl"});
  ASSERT_TRUE(Dedup(input, DedupOptions(), {.into = "expected"}).ok());
  for (uint64_t round = 0; round < 5; ++round) {
    const std::string folder = Numbered("out", round);
    absl::Status statuses[2];
    {
      std::vector<std::jthread> runs;
      for (absl::Status& status : statuses) {
        runs.emplace_back([&] {
          status = Dedup(input, DedupOptions(), {.into = folder}).status();
        });
      }
    }
    EXPECT_NE(statuses[0].ok(), statuses[1].ok());
    EXPECT_EQ(Outputs(folder), Outputs("expected"));
  }
}

TEST(DedupTargets, RefusesWhatWouldBeLost) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"text\":\"x\"}\n");
  tree.File("out/mine.txt");
  const auto report =
      Dedup(InputOf({"a.jsonl"}), DedupOptions(), {.into = "out"});
  EXPECT_THAT(report.status().message(), HasSubstr("out is not empty"));
  DedupInput twice = InputOf({"a.jsonl", "a.jsonl"});
  twice.files[1].path = "b/a.jsonl";
  EXPECT_THAT(Dedup(twice, DedupOptions(), {.into = "new"}).status().message(),
              HasSubstr("would both be written to corpus/a.jsonl"));
}

}  // namespace
}  // namespace twicetold::testing
