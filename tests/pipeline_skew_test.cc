// SPDX-License-Identifier: Apache-2.0
//
// Collections on which all-pairs work would run away: the work stays linear
// and nothing is lost unsaid.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/testing/brute_force.h"
#include "tests/testing/synthetic.h"
#include "twicetold/pipeline.h"

namespace twicetold {
namespace {

using testing::Collection;
using testing::Random;
using testing::Words;

Result MustScan(Collection* collection, const ScanOptions& options = {}) {
  absl::StatusOr<Result> result = Scan(collection->corpus(), options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : Result{};
}

// One cluster of all documents, tied together by one match a member.
void ExpectOneSpannedCluster(const Result& result, size_t documents) {
  ASSERT_EQ(result.clusters.size(), 1u);
  EXPECT_EQ(result.clusters[0].members.size(), documents);
  EXPECT_EQ(result.clusters[0].representative, 0u);
  EXPECT_EQ(result.matches.size(), documents - 1);
  std::vector<CandidatePair> edges;
  for (const Match& match : result.matches) {
    edges.push_back({match.a, match.b});
  }
  const auto joined = ConnectedComponents(edges, documents);
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].members.size(), documents);
}

TEST(PipelineSkewTest, NearCopiesThatDifferInANumber) {
  Random random(1);
  constexpr size_t kCopies = 20'000;
  Words form = testing::RandomWords(&random, 100);
  Collection collection;
  for (size_t i = 0; i < kCopies; ++i) {
    form[50] = std::to_string(i);
    collection.Add(testing::Join(form));
  }
  const Result result = MustScan(&collection);
  ExpectOneSpannedCluster(result, kCopies);
  EXPECT_FALSE(result.clusters[0].all_pairs);
  // 5 of 96 shingles hold the number, unless words of the form repeat.
  EXPECT_NEAR(result.clusters[0].min_jaccard, 91. / 101, 1e-9);
  EXPECT_LE(result.notes.candidate_pairs, 40 * kCopies);
  EXPECT_LE(result.notes.verified_pairs, 40 * kCopies);
  EXPECT_EQ(result.notes.capped_documents, 0u);
  EXPECT_GT(result.notes.led_buckets, 0u);
}

TEST(PipelineSkewTest, IdenticalDocuments) {
  Random random(2);
  constexpr size_t kCopies = 20'000;
  const std::string text = testing::Join(testing::RandomWords(&random, 100));
  Collection collection;
  for (size_t i = 0; i < kCopies; ++i) collection.Add(text);
  const Result result = MustScan(&collection);
  ExpectOneSpannedCluster(result, kCopies);
  EXPECT_EQ(result.clusters[0].min_jaccard, 1);
  EXPECT_EQ(result.notes.candidate_pairs, 0u);
  for (const Match& match : result.matches) {
    ASSERT_EQ(match.a, 0u);
    ASSERT_EQ(match.relation, Relation::kIdentical);
  }
}

// `words` with `count` of them, from `at` on, exchanged for new ones.
Words Revised(Random* random, Words words, size_t at, size_t count) {
  const Words fresh = testing::RandomWords(random, count);
  std::copy(fresh.begin(), fresh.end(),
            words.begin() + static_cast<ptrdiff_t>(at));
  return words;
}

// A text, many revisions of it that a leader stands for, and some revisions of
// single ones of those that are like them but not like the leader.
TEST(PipelineSkewTest, RevisionsOfWhatALeaderStandsFor) {
  constexpr size_t kFamilies = 8;
  constexpr size_t kRevisions = 250;
  constexpr size_t kSecondRevisions = 40;
  Random random(7);
  Collection collection;
  for (size_t family = 0; family < kFamilies; ++family) {
    const Words text = testing::RandomWords(&random, 300);
    collection.Add(testing::Join(text));
    Collection second;
    for (size_t i = 0; i < kRevisions; ++i) {
      // 13 of 296 shingles: Jaccard .92.
      const Words revision = Revised(&random, text, 5 + random.Below(130), 9);
      collection.Add(testing::Join(revision));
      if (i >= kSecondRevisions) continue;
      // 25 more of 296: .84 to the revision, .77 to the text.
      second.Add(testing::Join(
          Revised(&random, revision, 150 + random.Below(120), 21)));
    }
    for (size_t i = 0; i < second.size(); ++i) collection.Add(second.text(i));
  }
  for (uint64_t seed : {0, 1, 2}) {
    const Result result = MustScan(&collection, {.seed = seed});
    EXPECT_GT(result.notes.led_buckets, 0u);
    ASSERT_EQ(result.clusters.size(), kFamilies);
    size_t members = 0;
    for (const Cluster& cluster : result.clusters) {
      members += cluster.members.size();
    }
    // The recall that was asked for, of what only one pair ties to the rest.
    constexpr size_t kAll = kFamilies * (1 + kRevisions + kSecondRevisions);
    EXPECT_GE(members, kAll - kFamilies * kSecondRevisions / 100);
  }
}

struct Bomb {
  size_t documents = 0;
  size_t shared_words = 0;
  size_t own_words = 0;
};

// Documents that share a paragraph and nothing else; each tenth has a
// near-copy right after it.
Collection MakeBomb(Random* random, const Bomb& bomb) {
  const Words paragraph = testing::RandomWords(random, bomb.shared_words);
  Collection collection;
  for (size_t i = 0; i < bomb.documents; ++i) {
    Words words = testing::RandomWords(random, bomb.own_words);
    words.insert(words.end(), paragraph.begin(), paragraph.end());
    collection.Add(testing::Join(words));
    if (i % 10 != 0) continue;
    words[0] = "other";
    words[1] = "beginning";
    collection.Add(testing::Join(words));
  }
  return collection;
}

TEST(PipelineSkewTest, SharedParagraph) {
  Random random(3);
  constexpr size_t kDocuments = 5000;
  for (size_t shared_words : {100u, 220u}) {
    Collection collection = MakeBomb(&random, {.documents = kDocuments,
                                               .shared_words = shared_words,
                                               .own_words = 100});
    const Result result = MustScan(&collection);
    EXPECT_GT(result.notes.overfull_buckets, 0u);
    // Near-copies are found, and nothing else.
    EXPECT_EQ(result.matches.size(), kDocuments / 10);
    for (const Match& match : result.matches) {
      EXPECT_EQ(match.b, match.a + 1);
      EXPECT_GE(match.jaccard(), .9);
    }
    EXPECT_LE(result.notes.verified_pairs, 20 * collection.size());
  }
}

// Most of each document is boilerplate: there are more kinds of documents in a
// bucket than leaders, and that is said.
TEST(PipelineSkewTest, LeadersRunOutAndThatIsSaid) {
  Random random(4);
  Collection collection = MakeBomb(
      &random, {.documents = 2000, .shared_words = 300, .own_words = 100});
  const Result result = MustScan(&collection, {.min_jaccard = .9});
  EXPECT_GT(result.notes.led_buckets, 0u);
  EXPECT_GT(result.notes.capped_documents, 0u);
  EXPECT_LE(result.notes.capped_documents, collection.size());
  EXPECT_LE(result.notes.verified_pairs, 20 * collection.size());
}

// The worst case for the screen: filled-in forms that are just less alike than
// the threshold, 70 %, so that sketches of any two of them nearly pass for
// matches. The price is some hundred verified pairs a document, no more the
// more documents there are; the copies among them are found all the same.
TEST(PipelineSkewTest, FormsJustBelowTheThreshold) {
  Random random(6);
  constexpr size_t kForms = 600;
  constexpr size_t kCopies = 5;
  const Words form = testing::RandomWords(&random, 200);
  const auto fill_in = [&](Words words, const std::vector<size_t>& places) {
    for (size_t place : places) words[place] = testing::WordFor(random.Bits());
    return words;
  };
  Collection collection;
  for (size_t i = 0; i < kForms; ++i) {
    const Words filled = fill_in(form, {0, 10, 20, 30, 40});
    for (size_t copy = 0; copy < kCopies; ++copy) {
      collection.Add(testing::Join(fill_in(filled, {100, 199})));
    }
  }
  const Result result = MustScan(&collection);
  EXPECT_GT(result.notes.capped_documents, 0u);
  EXPECT_LE(result.notes.verified_pairs, 600 * collection.size());
  EXPECT_EQ(result.clusters.size(), kForms);
  EXPECT_EQ(result.matches.size(), kForms * kCopies * (kCopies - 1) / 2);
  for (const Match& match : result.matches) {
    ASSERT_EQ(match.a / kCopies, match.b / kCopies);
  }
}

// A window sliding over a text: each document is 85 % like the next, and far
// ones are not alike at all.
TEST(PipelineSkewTest, Chain) {
  Random random(5);
  constexpr size_t kLinks = 3000;
  constexpr size_t kWindow = 204;  // 200 shingles
  constexpr size_t kStep = 16;     // (200 - 16) / (200 + 16) = .85
  const Words words = testing::RandomWords(&random, kLinks * kStep + kWindow);
  Collection collection;
  for (size_t i = 0; i < kLinks; ++i) {
    const auto begin = words.begin() + static_cast<ptrdiff_t>(i * kStep);
    collection.Add(testing::Join(Words(begin, begin + kWindow)));
  }
  const Result result =
      MustScan(&collection, {.recall = .9995, .sketch_size = 256});
  ExpectOneSpannedCluster(result, kLinks);
  EXPECT_FALSE(result.clusters[0].all_pairs);
  EXPECT_LT(result.clusters[0].min_jaccard, .05);
  for (const Match& match : result.matches) {
    ASSERT_EQ(match.b, match.a + 1);
    ASSERT_GE(match.jaccard(), .8);
  }
  EXPECT_LE(result.notes.candidate_pairs, 5 * kLinks);
}

}  // namespace
}  // namespace twicetold
