// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_result.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twicetold {
namespace {

// Four documents, of which the second could not be used; the third has two
// names; one input was met and left out before.
class FourDocuments final : public Corpus {
 public:
  size_t size() const override { return names_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return names_[i];
  }
  uint64_t expected_bytes(size_t) const override { return 10; }
  ReadResult Read(size_t, std::string*) const override { return {}; }
  std::span<const SkippedInput> skipped() const override { return skipped_; }

 private:
  std::vector<std::vector<std::string>> names_ = {
      {"a"}, {"b", "b2"}, {"c", "c2"}, {"d"}};
  std::vector<SkippedInput> skipped_ = {{"b1", {SkipReason::kHidden, ""}}};
};

SketchedCorpus Sketched() {
  SketchedCorpus sketched;
  sketched.documents.resize(4);
  sketched.digests.resize(4);
  for (size_t i = 0; i < 4; ++i) {
    sketched.documents[i].bytes = 10 + i;
    sketched.digests[i] = {.words = i, .bytes = {i, i}, .text = {}};
  }
  sketched.documents[1].skip =
      std::make_unique<Skip>(Skip{SkipReason::kBinary, "NUL at byte 3"});
  return sketched;
}

Result Make() {
  const FourDocuments corpus;
  const SketchedCorpus sketched = Sketched();
  const ScanOptions options{.seed = ~uint64_t{0}};
  const BandPlan plan{.rows = 6, .bands = 16, .expected_recall = .5};
  CandidateList candidates;
  candidates.pairs = {{0, 2}, {0, 3}};
  candidates.overfull_buckets = 4;
  candidates.led_buckets = 5;
  candidates.capped = {0, 2, 3};
  MatchedPairs found;
  found.matches = {
      {.a = 0, .b = 2, .overlap = {1, 2, 3}},
      {.a = 2, .b = 3, .relation = Relation::kSameText, .overlap = {}}};
  found.clusters = {{.members = {0, 2, 3},
                     .representative = 0,
                     .min_jaccard = .25,
                     .all_pairs = true}};
  found.verified = 7;
  return MakeResult(
      {.corpus = corpus,
       .sketched = sketched,
       .options = options,
       .plan = plan,
       .candidates = candidates,
       .candidate_pairs = candidates.pairs.size(),
       .changed = {2},
       .found = std::move(found),
       .passages = {
           .windows_left_out = 8, .unreadable = 9, .passed_over = 10}});
}

TEST(MakeResultTest, IdsCountTheDocumentsThatWereUsed) {
  const Result result = Make();
  ASSERT_EQ(result.documents.size(), 3u);
  EXPECT_EQ(result.documents[0].names, std::vector<std::string>{"a"});
  EXPECT_EQ(result.documents[1].names, (std::vector<std::string>{"c", "c2"}));
  EXPECT_EQ(result.documents[1].bytes, 12u);
  EXPECT_EQ(result.documents[1].words, 2u);
  EXPECT_EQ(result.documents[2].digest, (Digest{3, 3}));
  EXPECT_EQ(TotalBytes(result), 10u + 12 + 13);
  ASSERT_EQ(result.matches.size(), 2u);
  EXPECT_EQ(result.matches[0].a, 0u);
  EXPECT_EQ(result.matches[0].b, 1u);
  EXPECT_EQ(result.matches[0].overlap, (Overlap{1, 2, 3}));
  EXPECT_EQ(result.matches[1].a, 1u);
  EXPECT_EQ(result.matches[1].b, 2u);
  ASSERT_EQ(result.clusters.size(), 1u);
  EXPECT_EQ(result.clusters[0].members, (std::vector<uint32_t>{0, 1, 2}));
  EXPECT_EQ(result.clusters[0].min_jaccard, .25);
}

TEST(MakeResultTest, AWindowThatCouldNotBeReadIsAnError) {
  Result result;
  EXPECT_FALSE(HasErrors(result));
  result.notes.windows_unreadable = 1;
  EXPECT_TRUE(HasErrors(result));
}

TEST(MakeResultTest, EveryNameOfWhatIsMissingIsSaid) {
  const Result result = Make();
  std::vector<std::string> paths;
  for (const SkippedInput& input : result.skipped) paths.push_back(input.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"b", "b1", "b2", "c", "c2"}));
  EXPECT_EQ(result.skipped[0].skip.reason, SkipReason::kBinary);
  EXPECT_EQ(result.skipped[1].skip.reason, SkipReason::kHidden);
  EXPECT_EQ(result.skipped[3].skip.reason, SkipReason::kChanged);
  EXPECT_TRUE(HasErrors(result));
}

TEST(MakeResultTest, NotesAndSettings) {
  const Result result = Make();
  EXPECT_EQ(result.notes.rows, 6);
  EXPECT_EQ(result.notes.bands, 16);
  EXPECT_EQ(result.notes.expected_recall, .5);
  EXPECT_EQ(result.notes.candidate_pairs, 2u);
  EXPECT_EQ(result.notes.verified_pairs, 7u);
  EXPECT_EQ(result.notes.overfull_buckets, 4u);
  EXPECT_EQ(result.notes.led_buckets, 5u);
  EXPECT_EQ(result.notes.capped_documents, 3u);
  EXPECT_EQ(result.notes.windows_left_out, 8u);
  EXPECT_EQ(result.notes.windows_unreadable, 9u);
  EXPECT_EQ(result.notes.anchors_passed_over, 10u);
  bool seed_is_exact = false;
  for (const auto& [name, value] : result.settings) {
    EXPECT_NE(name, "threads");
    if (name == "seed") {
      seed_is_exact =
          value == SettingValue(std::string("18446744073709551615"));
    }
  }
  EXPECT_TRUE(seed_is_exact);
}

}  // namespace
}  // namespace twicetold
