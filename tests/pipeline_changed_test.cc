// SPDX-License-Identifier: Apache-2.0
//
// Documents that are not the same any more when the pipeline reads them a
// second time.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/corpus/other_corpus.h"
#include "twicetold/pipeline.h"

namespace twicetold {
namespace {

using testing::Collection;
using testing::Random;
using Pair = std::pair<uint32_t, uint32_t>;

Result MustScan(const Corpus& corpus) {
  absl::StatusOr<Result> result = Scan(corpus, {});
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : Result{};
}

// A corpus of which some documents are others, or gone, when they are read
// again.
class ChangingCorpus final : public OtherCorpus {
 public:
  ChangingCorpus(const Corpus& corpus, std::set<size_t> other,
                 std::set<size_t> gone)
      : OtherCorpus(corpus),
        other_(std::move(other)),
        gone_(std::move(gone)),
        reads_(corpus.size()) {}

  ReadResult Read(size_t i, std::string* buffer) const override {
    const bool again = reads_[i]++ > 0;
    if (again && gone_.count(i) > 0) {
      return {.text = {}, .skip = Skip{SkipReason::kNotFound, "vanished"}};
    }
    if (again && other_.count(i) > 0) {
      *buffer = "something else altogether stands here now";
      return {.text = *buffer, .skip = std::nullopt};
    }
    return OtherCorpus::Read(i, buffer);
  }

 private:
  const std::set<size_t> other_;
  const std::set<size_t> gone_;
  mutable std::vector<std::atomic<int>> reads_;
};

TEST(PipelineChangedTest, ChangedDocumentsAreSaidAndNothingElseIsLost) {
  Random random(7);
  // Families of five, the first of which changes in every third and vanishes
  // in the next; the last is the same as the one before it.
  Collection collection;
  std::set<size_t> other;
  std::set<size_t> gone;
  for (int family = 0; family < 60; ++family) {
    const auto words = testing::RandomWords(&random, 300);
    if (family % 3 == 0) other.insert(collection.size());
    if (family % 3 == 1) gone.insert(collection.size());
    for (size_t i = 0; i < 4; ++i) {
      testing::Words copy = words;
      copy[50 * i + 20] = "edited";
      collection.Add(testing::Join(copy));
    }
    collection.Add(collection.text(collection.size() - 1));
  }
  const Result before = MustScan(collection.corpus());
  const Result after =
      MustScan(ChangingCorpus(collection.corpus(), other, gone));

  std::vector<Pair> expected;
  for (const Match& match : before.matches) {
    if (other.count(match.a) + gone.count(match.a) > 0) continue;
    expected.emplace_back(match.a, match.b);
  }
  std::vector<Pair> found;
  for (const Match& match : after.matches) found.emplace_back(match.a, match.b);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(before.matches.size() - expected.size(), 40u * 3);

  EXPECT_EQ(after.documents.size(), collection.size());
  ASSERT_EQ(after.skipped.size(), other.size() + gone.size());
  EXPECT_TRUE(HasErrors(after));
  for (const SkippedInput& input : after.skipped) {
    EXPECT_EQ(input.skip.reason, SkipReason::kChanged);
    const size_t i = std::stoul(input.path);
    EXPECT_EQ(other.count(i) + gone.count(i), 1u);
  }
}

TEST(PipelineChangedTest, CopiesOfAChangedDocumentStayItsCopies) {
  Collection collection;
  for (int i = 0; i < 3; ++i) collection.Add("told once and told again");
  const Result result = MustScan(ChangingCorpus(collection.corpus(), {0}, {}));
  ASSERT_EQ(result.matches.size(), 2u);
  for (const Match& match : result.matches) {
    EXPECT_EQ(match.a, 0u);
    EXPECT_EQ(match.relation, Relation::kIdentical);
    EXPECT_EQ(match.jaccard(), 1);
  }
  ASSERT_EQ(result.skipped.size(), 1u);
  EXPECT_EQ(result.skipped[0].path, "0000000");
}

}  // namespace
}  // namespace twicetold
