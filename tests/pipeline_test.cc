// SPDX-License-Identifier: Apache-2.0
//
// The pipeline as a whole on small collections; pipeline_changed_test.cc has
// documents that change under it, pipeline_skew_test.cc large and lopsided
// collections.
#include "twicetold/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/testing/brute_force.h"
#include "tests/testing/synthetic.h"
#include "twicetold/report/jsonl.h"

namespace twicetold {
namespace {

using testing::Collection;
using testing::Random;

Result MustScan(const Corpus& corpus, const ScanOptions& options = {}) {
  absl::StatusOr<Result> result = Scan(corpus, options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : Result{};
}

// Everything that is in a result.
std::string Dump(const Result& result) {
  std::string text;
  WriteJsonl(result, "scan", [&](std::string_view piece) {
    text += piece;
    return true;
  });
  const SearchNotes& notes = result.notes;
  for (uint64_t note :
       {notes.candidate_pairs, notes.verified_pairs, notes.overfull_buckets,
        notes.led_buckets, notes.capped_documents}) {
    text += std::to_string(note) + ' ';
  }
  return text;
}

using Pair = std::pair<uint32_t, uint32_t>;

// Exact overlaps of the pairs of a collection at or above the threshold.
std::map<Pair, testing::ExactOverlap> Oracle(const Collection& collection,
                                             const ScanOptions& options) {
  std::map<Pair, testing::ExactOverlap> pairs;
  for (const testing::ExactPair& pair : testing::AllPairs(
           testing::WordsOf(collection),
           static_cast<size_t>(options.shingle_size), options.min_jaccard)) {
    pairs[{pair.a, pair.b}] = pair.overlap;
  }
  return pairs;
}

// The documents that are the first with their text.
std::set<uint32_t> FirstOfText(const Collection& collection) {
  std::set<std::string> texts;
  std::set<uint32_t> first;
  for (uint32_t i = 0; i < collection.size(); ++i) {
    if (texts.insert(collection.text(i)).second) first.insert(i);
  }
  return first;
}

// Every match is a pair of the oracle, to the last shingle; gives the pairs.
std::set<Pair> CheckMatches(
    const Result& result, const Collection& collection,
    const std::map<Pair, testing::ExactOverlap>& exact) {
  std::set<Pair> found;
  for (const Match& match : result.matches) {
    if (match.relation == Relation::kContained) continue;
    EXPECT_LT(match.a, match.b);
    EXPECT_TRUE(found.insert({match.a, match.b}).second);
    const auto at = exact.find({match.a, match.b});
    if (at == exact.end()) {
      ADD_FAILURE() << match.a << " and " << match.b << " are not alike";
      continue;
    }
    EXPECT_EQ(match.overlap.shared, at->second.shared);
    EXPECT_EQ(match.overlap.shingles_a, at->second.shingles_a);
    EXPECT_EQ(match.overlap.shingles_b, at->second.shingles_b);
    EXPECT_EQ(match.jaccard(), at->second.jaccard());
    EXPECT_EQ(match.relation == Relation::kIdentical,
              collection.text(match.a) == collection.text(match.b));
  }
  return found;
}

// Clusters are what the matches connect, and hold every pair of different
// texts that is similar enough.
void CheckClusters(const Result& result, const Collection& collection,
                   const std::map<Pair, testing::ExactOverlap>& exact,
                   const std::set<Pair>& found) {
  std::vector<CandidatePair> edges;
  for (const auto& [a, b] : found) edges.push_back({a, b});
  const auto expected = ConnectedComponents(edges, collection.size());
  ASSERT_EQ(result.clusters.size(), expected.size());
  std::map<uint32_t, size_t> cluster_of;
  for (size_t c = 0; c < expected.size(); ++c) {
    EXPECT_EQ(result.clusters[c].members, expected[c].members);
    EXPECT_EQ(result.clusters[c].representative, expected[c].members[0]);
    EXPECT_TRUE(result.clusters[c].all_pairs);
    for (uint32_t member : expected[c].members) cluster_of[member] = c;
  }
  const std::set<uint32_t> first = FirstOfText(collection);
  for (const auto& [pair, overlap] : exact) {
    const auto [a, b] = pair;
    if (first.count(a) == 0 || first.count(b) == 0) continue;
    const auto at_a = cluster_of.find(a);
    const auto at_b = cluster_of.find(b);
    if (at_a == cluster_of.end() || at_b == cluster_of.end()) continue;
    if (at_a->second != at_b->second) continue;
    EXPECT_EQ(found.count(pair), 1u) << a << ' ' << b;
  }
}

TEST(PipelineTest, AgainstTheOracle) {
  Random random(1);
  size_t planted = 0;
  size_t recalled = 0;
  for (int k : {1, 3, 5}) {
    for (double min_jaccard : {.5, .7, .8, .95}) {
      Collection collection = testing::Families(&random, {});
      const ScanOptions options{.shingle_size = k,
                                .min_jaccard = min_jaccard,
                                .seed = random.Bits(),
                                .threads = 2};
      const Result result = MustScan(collection.corpus(), options);
      const auto exact = Oracle(collection, options);
      const std::set<Pair> found = CheckMatches(result, collection, exact);
      CheckClusters(result, collection, exact, found);
      const std::set<uint32_t> first = FirstOfText(collection);
      for (const auto& [pair, overlap] : exact) {
        if (first.count(pair.first) == 0 || first.count(pair.second) == 0) {
          continue;
        }
        ++planted;
        recalled += found.count(pair);
      }
    }
  }
  EXPECT_GT(planted, 600u);
  EXPECT_GE(static_cast<double>(recalled), .99 * static_cast<double>(planted));
}

// Pairs at the threshold itself, where the promise is tightest: 300 words of
// which a run is exchanged, so that the similarity is what is wanted.
TEST(PipelineTest, RecallAtTheThreshold) {
  Random random(2);
  for (const auto& [min_jaccard, recall] :
       {std::pair(.5, .9), std::pair(.8, .9), std::pair(.8, .99),
        std::pair(.9, .99)}) {
    constexpr size_t kPairs = 4000;
    constexpr size_t kWords = 304;  // 300 shingles
    Collection collection;
    for (size_t i = 0; i < kPairs; ++i) {
      testing::Words words = testing::RandomWords(&random, kWords);
      collection.Add(testing::Join(words));
      // Of n shingles d change: (n - d) / (n + d) is the similarity. A run of
      // r words at the end changes r shingles.
      const size_t run = static_cast<size_t>(
          300 * (1 - min_jaccard) / (1 + min_jaccard) + 1e-9);
      const testing::Words other =
          testing::ReplaceWords(&random, testing::Words(run), 1);
      std::copy(other.begin(), other.end(),
                words.end() - static_cast<ptrdiff_t>(run));
      collection.Add(testing::Join(words));
    }
    const ScanOptions options{
        .min_jaccard = min_jaccard, .recall = recall, .threads = 1};
    const Result result = MustScan(collection.corpus(), options);
    for (const Match& match : result.matches) {
      ASSERT_EQ(match.a / 2, match.b / 2);
      ASSERT_GE(match.jaccard(), min_jaccard);
      ASSERT_LE(match.jaccard(), min_jaccard + .02);
    }
    EXPECT_GE(result.notes.expected_recall, recall);
    EXPECT_GE(static_cast<double>(result.matches.size()),
              result.notes.expected_recall * kPairs)
        << min_jaccard;
  }
}

TEST(PipelineTest, SameDocumentsAreOneRelationEach) {
  Collection collection;
  const std::string text = "It was told once and it was told again.";
  for (int i = 0; i < 5; ++i) collection.Add(text);
  collection.Add("it was told once -- and it was TOLD again");
  collection.Add("it was told once -- and it was TOLD again");
  const Result result = MustScan(collection.corpus());
  ASSERT_EQ(result.matches.size(), 6u);
  for (uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(result.matches[i].a, 0u);
    EXPECT_EQ(result.matches[i].b, i + 1);
    EXPECT_EQ(result.matches[i].relation, Relation::kIdentical);
  }
  EXPECT_EQ(result.matches[4].relation, Relation::kSameText);
  EXPECT_EQ(result.matches[4].b, 5u);
  EXPECT_EQ(result.matches[5].relation, Relation::kIdentical);
  EXPECT_EQ(result.matches[5].a, 5u);
  for (const Match& match : result.matches) {
    EXPECT_EQ(match.jaccard(), 1);
    EXPECT_EQ(match.overlap, (Overlap{5, 5, 5}));
  }
  ASSERT_EQ(result.clusters.size(), 1u);
  EXPECT_EQ(result.clusters[0].members.size(), 7u);
  EXPECT_EQ(result.clusters[0].min_jaccard, 1);
}

TEST(PipelineTest, DocumentsWithoutTokensMatchNothing) {
  Collection collection;
  collection.Add("... --- ...");
  collection.Add("... --- ...");
  collection.Add("!");
  collection.Add("");
  collection.Add("");
  collection.Add(std::string("a\0b", 3));
  collection.Add(std::string("a\0b", 3));
  collection.Add("word");
  collection.Add("Word!");
  const Result result = MustScan(collection.corpus());
  EXPECT_EQ(result.documents.size(), 5u);
  EXPECT_EQ(result.skipped.size(), 4u);
  ASSERT_EQ(result.matches.size(), 1u);
  EXPECT_EQ(result.matches[0].relation, Relation::kSameText);
  EXPECT_EQ(result.documents[result.matches[0].a].names[0], "0000007");
  EXPECT_EQ(result.documents[result.matches[0].b].names[0], "0000008");
}

TEST(PipelineTest, EmptyCorpus) {
  Collection collection;
  const Result result = MustScan(collection.corpus());
  EXPECT_TRUE(result.documents.empty());
  EXPECT_TRUE(result.matches.empty());
  EXPECT_TRUE(result.clusters.empty());
}

TEST(PipelineTest, SameResultForAnyNumberOfThreads) {
  Random random(3);
  Collection collection =
      testing::Families(&random, {.families = 30, .copies = 80, .loners = 300});
  collection.Add("");
  collection.Add(collection.text(7));
  const std::string one = Dump(MustScan(collection.corpus(), {.threads = 1}));
  for (int threads : {2, 8}) {
    EXPECT_EQ(Dump(MustScan(collection.corpus(), {.threads = threads})), one);
  }
}

// Near-duplicates by name, with what each side holds.
std::map<std::pair<std::string, std::string>, double> ByName(
    const Result& result) {
  std::map<std::pair<std::string, std::string>, double> relations;
  for (const Match& match : result.matches) {
    // Of many places of a text the first ones are compared for passages.
    if (match.relation == Relation::kContained) continue;
    std::string a = result.documents[match.a].names[0];
    std::string b = result.documents[match.b].names[0];
    double in = match.containment_of_a_in_b();
    if (b < a) {
      std::swap(a, b);
      in = match.containment_of_b_in_a();
    }
    relations[{a, b}] = match.jaccard() + 10 * in;
  }
  return relations;
}

TEST(PipelineTest, OrderOfDocumentsDoesNotMatter) {
  Random random(4);
  const Collection families =
      testing::Families(&random, {.families = 60, .most_replaced = .015});
  Collection collection;  // each text once
  for (uint32_t i : FirstOfText(families)) {
    collection.Add(families.name(i), families.text(i));
  }
  const auto relations = ByName(MustScan(collection.corpus()));
  EXPECT_GT(relations.size(), 100u);
  for (int trial = 0; trial < 3; ++trial) {
    Collection shuffled = collection.Shuffled(&random);
    EXPECT_EQ(ByName(MustScan(shuffled.corpus())), relations);
  }
}

TEST(PipelineTest, OptionsOutOfRangeAreErrors) {
  Collection collection;
  collection.Add("word");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const ScanOptions& options : std::vector<ScanOptions>{
           {.shingle_size = 0},
           {.shingle_size = -1},
           {.min_jaccard = 0},
           {.min_jaccard = -.5},
           {.min_jaccard = 1.0001},
           {.min_jaccard = nan},
           {.recall = 0},
           {.recall = 1},
           {.recall = nan},
           {.sketch_size = 15},
           {.sketch_size = 4097},
           {.sketch_size = -1},
           {.min_jaccard = .1, .recall = .99, .sketch_size = 16}}) {
    const auto result = Scan(collection.corpus(), options);
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(PipelineTest, ThresholdItselfIsAMatch) {
  Collection collection;
  collection.Add("a b c d e");
  collection.Add("a b c d");  // 4 of 5
  collection.Add("a b c");    // 3 of 4 and 3 of 5
  const Result result =
      MustScan(collection.corpus(), {.shingle_size = 1, .min_jaccard = .8});
  ASSERT_EQ(result.matches.size(), 1u);
  EXPECT_EQ(result.matches[0].jaccard(), .8);
  EXPECT_EQ(result.matches[0].containment_of_b_in_a(), 1);
}

TEST(PipelineTest, ThresholdOfOneFindsEqualSetsOnly) {
  Collection collection;
  collection.Add("a b c a b c a b c");
  collection.Add("a b c a b c a b c a b c");  // the same shingles, once more
  collection.Add("a b c a b c a b d");
  const Result result =
      MustScan(collection.corpus(), {.shingle_size = 3, .min_jaccard = 1});
  ASSERT_EQ(result.matches.size(), 1u);
  EXPECT_EQ(result.matches[0].relation, Relation::kNearDuplicate);
  EXPECT_EQ(result.matches[0].overlap, (Overlap{3, 3, 3}));
}

TEST(PipelineTest, ProgressReachesTheTotalsOfEveryStage) {
  Random random(5);
  Collection collection = testing::Families(&random, {});
  for (size_t i = 0; i < 10; ++i) collection.Add(collection.text(5 * i));
  std::vector<Progress> last;
  const auto result =
      Scan(collection.corpus(), {.threads = 2}, [&](const Progress& progress) {
        if (last.empty() || last.back().stage != progress.stage) {
          last.emplace_back();
        }
        last.back() = progress;
        EXPECT_LE(progress.documents_done, progress.documents);
        EXPECT_LE(progress.bytes_done, progress.bytes);
      });
  ASSERT_TRUE(result.ok());
  const Stage stages[] = {Stage::kSketch, Stage::kCandidates, Stage::kVerify,
                          Stage::kPassages};
  ASSERT_EQ(last.size(), std::size(stages));
  for (size_t i = 0; i < last.size(); ++i) {
    EXPECT_EQ(last[i].stage, stages[i]);
    EXPECT_GT(last[i].documents, 0u);
    EXPECT_EQ(last[i].documents_done, last[i].documents);
    EXPECT_EQ(last[i].bytes_done, last[i].bytes);
  }
}

TEST(PipelineTest, StopCancelsInEveryStage) {
  Random random(6);
  Collection collection = testing::Families(&random, {});
  for (Stage stage :
       {Stage::kSketch, Stage::kCandidates, Stage::kVerify, Stage::kPassages}) {
    std::stop_source stop;
    const auto result = Scan(
        collection.corpus(), {.threads = 2},
        [&](const Progress& progress) {
          if (progress.stage == stage) stop.request_stop();
        },
        stop.get_token());
    EXPECT_EQ(result.status().code(), absl::StatusCode::kCancelled);
  }
}

}  // namespace
}  // namespace twicetold
