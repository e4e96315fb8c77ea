// SPDX-License-Identifier: Apache-2.0
//
// A whole deduplication of small collections, held against all pairs.
#include "twicetold/dedup/dedup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/dedup/small_dedups.h"
#include "tests/testing/brute_force.h"
#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/record_reader.h"
#include "twicetold/dedup/audit_stage.h"
#include "twicetold/dedup/exact_pairs.h"
#include "twicetold/dedup/forecast.h"

namespace twicetold::testing {
namespace {

// What is kept for each document, by comparing all; itself if it is kept.
std::vector<size_t> KeptFor(const std::vector<Words>& documents, Keep keep) {
  std::vector<WordShingles> sets;
  for (const Words& words : documents) sets.push_back(ShinglesOf(words, 5));
  const auto before = [&](size_t a, size_t b) {
    if (keep == Keep::kLongest && documents[a].size() != documents[b].size()) {
      return documents[a].size() > documents[b].size();
    }
    return keep == Keep::kLast ? a > b : a < b;
  };
  std::vector<size_t> order;
  for (size_t i = 0; i < documents.size(); ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), before);
  std::vector<size_t> kept_for(documents.size());
  std::map<Words, size_t> stands_in;
  std::vector<size_t> kept;
  for (size_t document : order) {
    const auto [at, is_new] =
        stands_in.try_emplace(documents[document], document);
    if (!is_new) {
      kept_for[document] = kept_for[at->second];
      continue;
    }
    kept_for[document] = document;
    double best = 0;
    for (size_t leader : kept) {
      const double jaccard =
          CompareShingles(sets[leader], sets[document]).jaccard();
      if (jaccard < kMinJaccard || jaccard < best) continue;
      if (jaccard == best && leader > kept_for[document]) continue;
      best = jaccard;
      kept_for[document] = leader;
    }
    if (kept_for[document] == document) kept.push_back(document);
  }
  return kept_for;
}

TEST(DedupExact, FindsAllThatComparingAllFinds) {
  const TempTree tree;
  const Collection texts = PutSomeTexts(tree, 17);
  DedupOptions options = OptionsAtMinJaccard();
  options.exact = true;
  // Nothing would be found by sketches.
  options.sketch_size = 16;
  options.recall = .1;
  const std::vector<size_t> expected = KeptFor(WordsOf(texts), Keep::kLongest);
  for (const uint64_t memory : {uint64_t{1} << 30, uint64_t{1} << 10}) {
    options.stage_memory = memory;
    const std::string folder = Numbered("out", memory);
    const auto report = Dedup(InputOf({"a.jsonl"}), options, {.into = folder});
    ASSERT_TRUE(report.ok()) << report.status();
    std::vector<size_t> kept_for(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) kept_for[i] = i;
    for (const auto& line : Lines(folder + "/removed.jsonl")) {
      kept_for[line["document"].get<size_t>()] =
          line["kept"]["document"].get<size_t>();
    }
    EXPECT_EQ(kept_for, expected);
  }
}

TEST(DedupExact, PrefixesAreLongEnough) {
  for (const double t : {.1, .5, .7, .8, .9, .99, 1.}) {
    for (size_t n = 1; n < 2000; ++n) {
      const size_t prefix = PrefixSize(n, t);
      ASSERT_GE(prefix, 1u);
      ASSERT_LE(prefix, n);
      // The least that a set of n may share at the threshold.
      size_t shared = n;
      while (shared > 1 &&
             static_cast<double>(shared - 1) / static_cast<double>(n) >= t) {
        --shared;
      }
      ASSERT_GT(prefix + shared, n) << n << " at " << t;
    }
  }
}

class DedupTest : public ::testing::TestWithParam<Keep> {};

TEST_P(DedupTest, RemovesWhatComparingAllRemoves) {
  const TempTree tree;
  const Collection texts = SomeTexts(3);
  tree.File("a.jsonl", LinesOf(texts, 0, 100));
  tree.File("b.jsonl", LinesOf(texts, 100, texts.size()));
  DedupOptions options = SureOptions();
  options.keep = GetParam();
  const auto report =
      Dedup(InputOf({"a.jsonl", "b.jsonl"}), options, {.into = "out"});
  ASSERT_TRUE(report.ok()) << report.status();
  const std::vector<Words> documents = WordsOf(texts);
  const std::vector<size_t> expected = KeptFor(documents, GetParam());

  std::vector<size_t> kept_for(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) kept_for[i] = i;
  for (const auto& line : Lines("out/removed.jsonl")) {
    const size_t document = line["document"];
    const size_t kept = line["kept"]["document"];
    kept_for[document] = kept;
    EXPECT_EQ(line["key"], KeyOf(document));
    EXPECT_EQ(line["kept"]["key"], KeyOf(kept));
    EXPECT_EQ(line["record"], document < 100 ? document + 1 : document - 99);
    const ExactOverlap overlap = CompareShingles(
        ShinglesOf(documents[document], 5), ShinglesOf(documents[kept], 5));
    EXPECT_DOUBLE_EQ(line["jaccard"], overlap.jaccard());
    EXPECT_DOUBLE_EQ(line["containment_in_kept"],
                     overlap.containment_of_a_in_b());
    const bool same = documents[document] == documents[kept];
    EXPECT_EQ(line["relation"] == "near_duplicate", !same);
    EXPECT_EQ(line["relation"] == "identical",
              texts.text(document) == texts.text(kept));
  }
  EXPECT_EQ(kept_for, expected);
  EXPECT_GT(report->removed, 100u);

  // What is kept is there byte for byte, in order.
  std::string kept_a;
  std::string kept_b;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (expected[i] == i)
      (i < 100 ? kept_a : kept_b) += LinesOf(texts, i, i + 1);
  }
  EXPECT_EQ(ReadAllOf("out/corpus/a.jsonl"), kept_a);
  EXPECT_EQ(ReadAllOf("out/corpus/b.jsonl"), kept_b);

  std::map<size_t, std::set<size_t>> clusters;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (expected[i] != i) clusters[expected[i]].insert(i);
  }
  size_t id = 0;
  for (const auto& line : Lines("out/clusters.jsonl")) {
    EXPECT_EQ(line["cluster"], id++);
    const size_t kept = line["kept"]["document"];
    EXPECT_EQ(line["removed"].get<std::set<size_t>>(), clusters[kept]);
    EXPECT_EQ(line["size"], clusters[kept].size() + 1);
  }
  EXPECT_EQ(id, clusters.size());
}

INSTANTIATE_TEST_SUITE_P(Keeps, DedupTest,
                         ::testing::Values(Keep::kLongest, Keep::kFirst,
                                           Keep::kLast));

TEST(DedupAgainst, RemovesOnlyWhatTheReferenceHas) {
  const TempTree tree;
  const Collection texts = SomeTexts(9);
  const size_t half = texts.size() / 2;
  tree.File("new.jsonl", LinesOf(texts, 0, half));
  tree.File("old.jsonl", LinesOf(texts, half, texts.size()));
  DedupInput input = InputOf({"new.jsonl", "old.jsonl"});
  input.files[1].role = Role::kReference;
  const auto report = Dedup(input, SureOptions(), {.into = "out"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(fs::exists("out/corpus/old.jsonl"));
  std::map<size_t, size_t> removed;
  for (const auto& line : Lines("out/removed.jsonl")) {
    EXPECT_EQ(line["kept"]["path"], "old.jsonl");
    removed[line["document"]] = line["kept"]["document"];
  }
  const std::vector<Words> documents = WordsOf(texts);
  std::vector<WordShingles> sets;
  for (const Words& words : documents) sets.push_back(ShinglesOf(words, 5));
  for (size_t i = 0; i < half; ++i) {
    double best = 0;
    for (size_t j = half; j < texts.size(); ++j) {
      best = std::max(best, CompareShingles(sets[i], sets[j]).jaccard());
    }
    ASSERT_EQ(removed.contains(i), best >= kMinJaccard) << i;
    if (removed.contains(i)) {
      EXPECT_EQ(CompareShingles(sets[i], sets[removed[i]]).jaccard(), best);
    }
  }
  EXPECT_GT(removed.size(), 20u);
}

std::set<uint32_t> NearDuplicatesOf(const std::string& folder) {
  std::set<uint32_t> removed;
  for (const auto& line : Lines(folder + "/removed.jsonl")) {
    if (line["relation"] != "near_duplicate") continue;
    removed.insert(line["document"].get<uint32_t>());
  }
  return removed;
}

// bench/recall_coverage.py asks as much of 100 seeds.
TEST(DedupRecall, IsHeldByItsInterval) {
  const TempTree tree;
  const Collection texts = PutSomeTexts(tree, 16);
  DedupOptions options = OptionsAtMinJaccard();
  options.exact = true;
  ASSERT_TRUE(Dedup(InputOf({"a.jsonl"}), options, {.into = "exact"}).ok());
  const std::set<uint32_t> all = NearDuplicatesOf("exact");
  options.exact = false;
  options.recall = .3;
  int held = 0;
  for (options.seed = 1; options.seed <= 10; ++options.seed) {
    const std::string into = "out" + std::to_string(options.seed);
    ASSERT_TRUE(Dedup(InputOf({"a.jsonl"}), options, {.into = into}).ok());
    uint64_t found = 0;
    for (uint32_t document : NearDuplicatesOf(into))
      found += all.count(document);
    const double recall =
        static_cast<double>(found) / static_cast<double>(all.size());
    const auto estimated = nlohmann::json::parse(
        ReadAllOf(into + "/summary.json"))["recall"]["estimated"];
    const double low = estimated["interval"]["low"];
    const double high = estimated["interval"]["high"];
    EXPECT_LT(low, estimated["recall"]);
    EXPECT_LT(estimated["recall"], high);
    held += low <= recall && recall <= high ? 1 : 0;
  }
  EXPECT_GE(held, 9);
}

TEST(DedupAudit, CountsWhatComparingAllFinds) {
  const TempTree tree;
  const Collection texts = PutSomeTexts(tree, 15);
  DedupOptions options = OptionsAtMinJaccard();
  // A recall so low that something is left.
  options.recall = .3;
  options.audit = texts.size();
  ASSERT_TRUE(Dedup(InputOf({"a.jsonl"}), options, {.into = "out"}).ok());
  std::set<uint32_t> removed;
  for (const auto& line : Lines("out/removed.jsonl")) {
    removed.insert(line["document"].get<uint32_t>());
  }
  std::set<uint32_t> with_any;
  std::set<uint32_t> with_left;
  uint64_t pairs = 0;
  for (const ExactPair& pair : AllPairs(WordsOf(texts), 5, kMinJaccard)) {
    ++pairs;
    with_any.insert({pair.a, pair.b});
    if (removed.contains(pair.a) || removed.contains(pair.b)) continue;
    with_left.insert({pair.a, pair.b});
  }
  ASSERT_GT(with_left.size(), 2u);
  const auto audit =
      nlohmann::json::parse(ReadAllOf("out/summary.json"))["recall"]["audit"];
  EXPECT_EQ(audit["documents"], texts.size());
  // From either side.
  EXPECT_EQ(audit["pairs"], 2 * pairs);
  EXPECT_EQ(audit["with_near_duplicates"], with_any.size());
  EXPECT_EQ(audit["with_none_left"], with_any.size() - with_left.size());
}

TEST(DedupForecast, BelievesCompressedFilesWithinReason) {
  const TempTree tree;
  const std::string text(300'000, 'x');
  tree.File("plain.jsonl", text);
  tree.File("packed.jsonl.zst", Zstd(text));
  tree.File("packed.jsonl.gz", Gzip(text));
  const auto text_bytes = [](const std::string& path) {
    return Forecast(InputOf({path}), DedupOptions()).text_bytes;
  };
  EXPECT_EQ(text_bytes("plain.jsonl"), text.size());
  EXPECT_EQ(text_bytes("packed.jsonl.gz"), text.size());
  // So much is hardly in so few bytes.
  EXPECT_EQ(text_bytes("packed.jsonl.zst"),
            1000 * fs::file_size("packed.jsonl.zst"));
  // What ends with fewer bytes than it begins with.
  tree.File("packed.jsonl.gz", Gzip(text) + Gzip("x"));
  EXPECT_EQ(text_bytes("packed.jsonl.gz"),
            4 * fs::file_size("packed.jsonl.gz"));
}

TEST(DedupAudit, IntervalsAreThoseOfTheTables) {
  // Known values, as of binom.test of R.
  EXPECT_NEAR(ClopperPearson(8, 10).low, .4439045, 1e-6);
  EXPECT_NEAR(ClopperPearson(8, 10).high, .9747893, 1e-6);
  EXPECT_NEAR(ClopperPearson(0, 20).high, .1684335, 1e-6);
  EXPECT_EQ(ClopperPearson(0, 20).low, 0);
  EXPECT_NEAR(ClopperPearson(20, 20).low, .8315665, 1e-6);
  EXPECT_EQ(ClopperPearson(20, 20).high, 1);
}

}  // namespace
}  // namespace twicetold::testing
