// SPDX-License-Identifier: Apache-2.0
//
// A whole deduplication of small collections, held against all pairs.
#include "twicetold/dedup/dedup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/testing/brute_force.h"
#include "tests/testing/compress.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/record_reader.h"
#include "twicetold/dedup/audit_stage.h"
#include "twicetold/dedup/exact_pairs.h"
#include "twicetold/dedup/folder_lock.h"

namespace twicetold::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr double kMinJaccard = .7;

std::string ReadAllOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<nlohmann::json> Lines(const fs::path& path) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(ReadAllOf(path));
  for (std::string line; std::getline(text, line);) {
    lines.push_back(nlohmann::json::parse(line));
  }
  return lines;
}

// All files below a folder but run.json, by path.
std::map<std::string, std::string> Outputs(const fs::path& folder) {
  std::map<std::string, std::string> outputs;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "run.json") {
      continue;
    }
    outputs[fs::relative(entry.path(), folder)] = ReadAllOf(entry.path());
  }
  return outputs;
}

// A collection with families of near-duplicates, exact copies of some members,
// and texts that differ in white space only.
Collection SomeTexts(uint64_t seed) {
  Random random(seed);
  Collection families = Families(&random, {.families = 30,
                                           .copies = 5,
                                           .loners = 60,
                                           .least_words = 3,
                                           .most_words = 200,
                                           .most_replaced = .05});
  Collection all;
  for (size_t i = 0; i < families.size(); ++i) {
    all.Add(families.text(i));
    if (i % 7 == 0) all.Add(families.text(i));
    if (i % 11 == 0) all.Add(families.text(i) + "  ");
  }
  return all.Shuffled(&random);
}

// In steps: of a sum, g++ 12 warns where nothing is wrong.
std::string Numbered(std::string name, uint64_t number) {
  name += std::to_string(number);
  return name;
}

std::string KeyOf(size_t document) { return Numbered("key", document); }

std::string LinesOf(const Collection& texts, size_t begin, size_t end) {
  std::string lines;
  for (size_t i = begin; i < end; ++i) {
    const nlohmann::ordered_json record = {{"id", KeyOf(i)},
                                           {"text", texts.text(i)}};
    lines += record.dump() + "\n";
  }
  return lines;
}

DedupInput InputOf(const std::vector<std::string>& paths) {
  DedupInput input;
  for (const std::string& path : paths) {
    const bool records = IsRecordFile(path);
    input.files.push_back(
        {.path = path,
         .output = path,
         .records = records,
         .compression = records ? CompressionOf(path) : Compression::kNone,
         .bytes = fs::file_size(path)});
  }
  return input;
}

// Settings under which hardly anything is missed.
DedupOptions SureOptions() {
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
  options.recall = .9999;
  options.sketch_size = 512;
  options.threads = 2;
  return options;
}

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
  const Collection texts = SomeTexts(17);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
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

TEST(DedupOutput, SameBytesForAnyThreadsAndBudget) {
  const TempTree tree;
  const Collection texts = SomeTexts(5);
  tree.File("a.jsonl", LinesOf(texts, 0, 70));
  tree.File("b.jsonl", LinesOf(texts, 70, texts.size()));
  const DedupInput input = InputOf({"a.jsonl", "b.jsonl"});
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
  ASSERT_TRUE(Dedup(input, options, {.into = "out"}).ok());
  const auto expected = Outputs("out");
  EXPECT_EQ(expected.size(), 5u);
  int run = 0;
  for (const int threads : {1, 2, 5}) {
    // The last one is too little for anything to stay in memory.
    for (const uint64_t memory :
         {uint64_t{1} << 30, uint64_t{1} << 16, uint64_t{1} << 10}) {
      options.threads = threads;
      options.stage_memory = memory;
      const std::string folder = Numbered("out", static_cast<uint64_t>(run++));
      const auto report = Dedup(input, options, {.into = folder});
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_EQ(Outputs(folder), expected)
          << threads << " threads, " << memory << " bytes";
    }
  }
}

// The lines of a file of records, whatever its compression.
std::string TextOf(const std::string& path) {
  const std::vector<RecordSource> sources = {
      {.path = path,
       .compression = CompressionOf(path),
       .bytes = fs::file_size(path)}};
  BatchReader reader(sources);
  std::string text;
  RawBatch batch;
  while (reader.Next(&batch)) {
    EXPECT_FALSE(batch.problem) << path;
    text += batch.text;
  }
  return text;
}

TEST(DedupOutput, HasTheCompressionOfTheInput) {
  const TempTree tree;
  const Collection texts = SomeTexts(19);
  const std::string lines = LinesOf(texts, 0, texts.size());
  tree.File("a.jsonl", lines);
  tree.File("a.jsonl.gz", Gzip(lines));
  tree.File("a.jsonl.zst", Zstd(lines));
  std::string expected;
  for (const std::string& name :
       std::vector<std::string>{"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"}) {
    const std::string folder = std::string("out.").append(name);
    // The second file holds only what the first has: nothing of it is left.
    const std::string copy = std::string("copy.").append(name);
    fs::copy_file(name, copy);
    const auto report =
        Dedup(InputOf({name, copy}), DedupOptions(), {.into = folder});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(TextOf(fs::path(folder) / "corpus" / copy), "");
    const std::string kept = TextOf(fs::path(folder) / "corpus" / name);
    if (expected.empty()) expected = kept;
    EXPECT_FALSE(kept.empty());
    EXPECT_EQ(kept, expected);
  }
}

TEST(DedupOutput, LevelsOfCompressionHoldTheSame) {
  const TempTree tree;
  const Collection texts = SomeTexts(23);
  const std::string lines = LinesOf(texts, 0, texts.size());
  tree.File("a.jsonl.gz", Gzip(lines));
  tree.File("b.jsonl.zst", Zstd(lines));
  for (const std::string& name :
       std::vector<std::string>{"a.jsonl.gz", "b.jsonl.zst"}) {
    std::string expected;
    std::vector<uint64_t> sizes;
    for (const int level : {1, 3, 19}) {
      DedupOptions options;
      options.compression_level = level;
      const std::string folder = Numbered(name, static_cast<uint64_t>(level));
      const auto report = Dedup(InputOf({name}), options, {.into = folder});
      ASSERT_TRUE(report.ok()) << report.status();
      const std::string path = fs::path(folder) / "corpus" / name;
      const std::string kept = TextOf(path);
      if (expected.empty()) expected = kept;
      EXPECT_EQ(kept, expected) << name << ", level " << level;
      sizes.push_back(fs::file_size(path));
    }
    EXPECT_LT(sizes[2], sizes[0]) << name;
  }
  DedupOptions options;
  options.compression_level = 0;
  EXPECT_THAT(CheckDedup(InputOf({"a.jsonl.gz"}), options).message(),
              HasSubstr("compression_level has to be from 1 to 19"));
}

// With room for the decompressed text of both files, of one of them (the
// first takes it), and of none.
TEST(DedupOutput, SameBytesWhateverOfTheInputIsKept) {
  const TempTree tree;
  const Collection texts = SomeTexts(29);
  // More than a batch each, of lines that are left out, too.
  std::string filler = "{\"text\":\"";
  for (int i = 0; i < 5000; ++i) filler.append(Numbered("w", i)).append(" ");
  filler.append("\"}\n\nno record\n");
  std::string lines[2];
  for (size_t part : {size_t{0}, size_t{1}}) {
    const size_t half = texts.size() / 2;
    lines[part] = LinesOf(texts, part * half, part * half + half);
    while (lines[part].size() < 3 << 20) lines[part].append(filler);
  }
  tree.File("a.jsonl.gz", Gzip(lines[0]));
  tree.File("b.jsonl.zst", Zstd(lines[1]));
  tree.File("c.jsonl", lines[0]);
  const DedupInput input = InputOf({"a.jsonl.gz", "b.jsonl.zst", "c.jsonl"});
  std::map<std::string, std::string> expected;
  for (const uint64_t megabytes : {100, 18, 1}) {
    for (const int threads : {1, 3}) {
      DedupOptions options;
      options.threads = threads;
      options.stage_memory = megabytes << 20;
      const std::string folder =
          Numbered("out", megabytes * 10 + static_cast<uint64_t>(threads));
      const auto report = Dedup(input, options, {.into = folder});
      ASSERT_TRUE(report.ok()) << report.status();
      if (expected.empty()) expected = Outputs(folder);
      EXPECT_EQ(Outputs(folder), expected) << megabytes << " MB";
    }
  }
}

TEST(DedupOutput, AnnotatesEveryRecord) {
  const TempTree tree;
  const Collection texts = SomeTexts(7);
  const std::string lines = LinesOf(texts, 0, texts.size());
  tree.File("a.jsonl", lines + "\n{\"text\": 1}\nnothing\r\n{\"text\":\"\"} ");
  const DedupInput input = InputOf({"a.jsonl"});
  DedupOptions options = SureOptions();
  ASSERT_TRUE(Dedup(input, options, {.into = "filtered"}).ok());
  options.mode = DedupMode::kAnnotate;
  ASSERT_TRUE(Dedup(input, options, {.into = "out"}).ok());
  EXPECT_EQ(ReadAllOf("out/removed.jsonl"),
            ReadAllOf("filtered/removed.jsonl"));
  std::map<size_t, nlohmann::json> removed;
  for (auto& line : Lines("out/removed.jsonl")) {
    removed[line["document"]] = line;
  }
  std::istringstream annotated(ReadAllOf("out/corpus/a.jsonl"));
  std::string line;
  for (size_t i = 0; i < texts.size(); ++i) {
    ASSERT_TRUE(std::getline(annotated, line));
    const auto record = nlohmann::json::parse(line);
    EXPECT_EQ(record["text"], texts.text(i));
    EXPECT_EQ(record["keep"], !removed.contains(i)) << i;
    if (!removed.contains(i)) {
      EXPECT_TRUE(record["duplicate_of"].is_null());
      continue;
    }
    EXPECT_EQ(record["duplicate_of"], removed[i]["kept"]["key"]);
    EXPECT_EQ(record["jaccard"], removed[i]["jaccard"]);
    EXPECT_TRUE(record["cluster"].is_number());
  }
  const std::string rest{std::istreambuf_iterator<char>(annotated), {}};
  EXPECT_EQ(rest,
            "\n{\"text\": 1}\nnothing\r\n{\"text\":\"\",\"cluster\":null,"
            "\"keep\":true,\"duplicate_of\":null,\"jaccard\":null} ");
}

TEST(DedupOutput, WhatIsNoDocumentIsKeptAndSaid) {
  const TempTree tree;
  tree.File("a.jsonl",
            "{\"text\":\"one two three four five six\"}\r\n\n[1]\n"
            "{\"text\":\"one two three four five six\"}\r\n{\"text\":\"\"}\n"
            "{\"text\":\"\"}");
  const auto report =
      Dedup(InputOf({"a.jsonl"}), DedupOptions(), {.into = "out"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->removed, 1u);
  EXPECT_EQ(report->documents, 4u);
  EXPECT_EQ(report->skipped, 1u);
  EXPECT_TRUE(report->has_errors);
  EXPECT_EQ(ReadAllOf("out/corpus/a.jsonl"),
            "{\"text\":\"one two three four five six\"}\r\n\n[1]\n"
            "{\"text\":\"\"}\n{\"text\":\"\"}");
  const auto summary = nlohmann::json::parse(ReadAllOf("out/summary.json"));
  EXPECT_EQ(summary["skipped"]["named"][0]["record"], 3);
  EXPECT_EQ(summary["removed_by_relation"]["identical"], 1);
}

TEST(DedupStrict, EndsWithTheFirstThatCannotBeRead) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"text\":\"one two three\"}\n\n[1]\nnone\n");
  tree.File("b.jsonl", "{\"text\":\"one two three\"}\n");
  DedupOptions strict;
  strict.strict = true;
  const auto error = [&](const DedupInput& input, const DedupTarget& target) {
    return std::string(Dedup(input, strict, target).status().message());
  };
  EXPECT_TRUE(Dedup(InputOf({"b.jsonl"}), strict, {.into = "b"}).ok());
  EXPECT_EQ(error(InputOf({"b.jsonl", "a.jsonl"}), {.into = "out"}),
            "a.jsonl:3: bad json: no object");
  EXPECT_FALSE(fs::exists("out/summary.json"));
  // One that was not strict stops behind the stage that reads, and goes on.
  DedupOptions little;
  little.memory = 1;
  EXPECT_FALSE(Dedup(InputOf({"a.jsonl"}), little, {.into = "on"}).ok());
  EXPECT_EQ(error(InputOf({"a.jsonl"}), {.into = "on", .resume = true}),
            "a.jsonl:3: bad json: no object");
  DedupInput missing = InputOf({"b.jsonl"});
  missing.skipped.push_back(
      {.path = "c", .skip = {SkipReason::kNotFound, "gone"}});
  EXPECT_EQ(error(missing, {.into = "c"}), "c: not found: gone");
}

TEST(DedupOutput, FilesAreCopiedOrNot) {
  const TempTree tree;
  tree.File("d/a.txt", "The quick brown fox jumps over the lazy dog today.\n");
  tree.File("d/b/c.txt", "the quick brown fox jumps over the lazy dog, today");
  tree.File("d/b/d.txt", "another text of a few words that is not like it");
  tree.File("d/e.bin", std::string("a\0b", 3));
  DedupInput input = InputOf({"d/a.txt", "d/b/c.txt", "d/b/d.txt", "d/e.bin"});
  const auto report = Dedup(input, DedupOptions(), {.into = "out"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->removed, 1u);
  EXPECT_EQ(ReadAllOf("out/corpus/d/a.txt"), ReadAllOf("d/a.txt"));
  EXPECT_EQ(ReadAllOf("out/corpus/d/b/d.txt"), ReadAllOf("d/b/d.txt"));
  EXPECT_EQ(ReadAllOf("out/corpus/d/e.bin"), ReadAllOf("d/e.bin"));
  EXPECT_FALSE(fs::exists("out/corpus/d/b/c.txt"));
}

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

TEST(DedupResume, GoesOnAfterAnyStage) {
  const TempTree tree;
  const Collection texts = SomeTexts(11);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
  const DedupInput input = InputOf({"a.jsonl"});
  DedupOptions options;
  // So that sets are in stage files, too.
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
  const Collection texts = SomeTexts(16);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
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
  const Collection texts = SomeTexts(15);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
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

TEST(DedupAudit, IntervalsAreThoseOfTheTables) {
  // Known values, as of binom.test of R.
  EXPECT_NEAR(ClopperPearson(8, 10).low, .4439045, 1e-6);
  EXPECT_NEAR(ClopperPearson(8, 10).high, .9747893, 1e-6);
  EXPECT_NEAR(ClopperPearson(0, 20).high, .1684335, 1e-6);
  EXPECT_EQ(ClopperPearson(0, 20).low, 0);
  EXPECT_NEAR(ClopperPearson(20, 20).low, .8315665, 1e-6);
  EXPECT_EQ(ClopperPearson(20, 20).high, 1);
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
  const Collection texts = SomeTexts(31);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
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
