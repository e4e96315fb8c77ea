// SPDX-License-Identifier: Apache-2.0
//
// What a deduplication writes: the same bytes whatever it may use, in the shape
// of the input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/dedup/small_dedups.h"
#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/record_reader.h"
#include "twicetold/dedup/dedup.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold::testing {
namespace {

using ::testing::HasSubstr;

TEST(DedupOutput, SameBytesForAnyThreadsAndBudget) {
  const TempTree tree;
  const Collection texts = SomeTexts(5);
  tree.File("a.jsonl", LinesOf(texts, 0, 70));
  tree.File("b.jsonl", LinesOf(texts, 70, texts.size()));
  const DedupInput input = InputOf({"a.jsonl", "b.jsonl"});
  DedupOptions options = OptionsAtMinJaccard();
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

// The same lists, and nothing else. Inputs that would be written to one place
// may be listed.
TEST(DedupOutput, ListsWhatIsRemovedWithoutDocuments) {
  const TempTree tree;
  const Collection texts = SomeTexts(9);
  tree.File("x/a.jsonl", LinesOf(texts, 0, 70));
  tree.File("b.jsonl", LinesOf(texts, 70, texts.size()));
  tree.File("c.txt", texts.text(3));
  DedupInput input = InputOf({"x/a.jsonl", "b.jsonl", "c.txt"});
  DedupOptions options = SureOptions();
  ASSERT_TRUE(Dedup(input, options, {.into = "filtered"}).ok());
  options.mode = DedupMode::kList;
  for (DedupFile& file : input.files) file.output = "one place";
  const auto report = Dedup(input, options, {.into = "out"});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_GT(report->removed, 5u);
  EXPECT_FALSE(fs::exists("out/corpus"));
  for (const std::string name : {"removed.jsonl", "clusters.jsonl"}) {
    EXPECT_EQ(ReadAllOf("out/" + name), ReadAllOf("filtered/" + name));
  }
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

TEST(DedupStrict, FindsAnErrorBehindManySkipped) {
  const TempTree tree;
  std::vector<std::string> paths;
  for (size_t i = 0; i <= kMostSkippedNamed; ++i) {
    paths.push_back(Numbered("binary", i));
    tree.File(paths.back(), std::string(1, '\0'));
  }
  DedupInput input = InputOf(paths);
  input.files.push_back({.path = "gone.txt", .output = "gone.txt"});
  DedupOptions little;
  little.memory = 1;
  EXPECT_FALSE(Dedup(input, little, {.into = "out"}).ok());
  DedupOptions strict;
  strict.strict = true;
  EXPECT_THAT(
      Dedup(input, strict, {.into = "out", .resume = true}).status().message(),
      HasSubstr("gone.txt: not found"));
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

}  // namespace
}  // namespace twicetold::testing
