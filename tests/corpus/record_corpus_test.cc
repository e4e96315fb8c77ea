// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/file_corpus.h"
#include "twicetold/corpus/joined_corpus.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using testing::Gzip;
using ::testing::IsEmpty;
using testing::TempTree;
using testing::Zstd;

constexpr char kLines[] =
    "{\"id\":\"first\",\"text\":\"One.\\nTwo.\"}\r\n"
    "\n"
    "{\"text\":\"\"}\n"
    "{\"id\":7,\"text\":\"Three \\u00e9\"}";

std::unique_ptr<RecordCorpus> Corpus(const std::vector<std::string>& paths,
                                     RecordIndexOptions options = {}) {
  std::vector<RecordFile> files;
  for (const std::string& path : paths) {
    files.push_back(
        {.file = {.names = {path}},
         .source = {.path = path, .compression = CompressionOf(path)}});
  }
  options.temp_folder = ".";
  auto index = IndexRecords(std::move(files), options);
  EXPECT_TRUE(index.ok()) << index.status();
  if (!index.ok()) return nullptr;
  return std::make_unique<RecordCorpus>(*std::move(index));
}

// "path:line#key=text" of each document.
std::vector<std::string> Documents(const twicetold::Corpus& corpus) {
  std::vector<std::string> all;
  std::string buffer;
  for (size_t i = 0; i < corpus.size(); ++i) {
    const RecordName name = corpus.record(i);
    std::string document = corpus.names(i).front();
    if (name.line > 0) document += ":" + std::to_string(name.line);
    if (name.key) document += "#" + *name.key;
    const ReadResult read = corpus.Read(i, &buffer);
    document += "=";
    document += read.skip
                    ? "(" + std::string(SkipReasonName(read.skip->reason)) + ")"
                    : std::string(read.text);
    all.push_back(document);
  }
  return all;
}

std::vector<std::string> Skipped(const twicetold::Corpus& corpus) {
  std::vector<std::string> all;
  for (const SkippedInput& input : corpus.skipped()) {
    all.push_back(input.path + ":" + std::to_string(input.record.line) + " " +
                  std::string(SkipReasonName(input.skip.reason)) + " " +
                  input.skip.detail);
  }
  return all;
}

TEST(RecordCorpus, ReadsRecordsOfAnyFile) {
  const TempTree tree;
  tree.File("a.jsonl", kLines);
  tree.File("b.jsonl.gz", Gzip(kLines));
  tree.File("c.jsonl.zst", Zstd(kLines));
  for (const char* name : {"a.jsonl", "b.jsonl.gz", "c.jsonl.zst"}) {
    const auto corpus = Corpus({name});
    ASSERT_NE(corpus, nullptr);
    const std::string path = name;
    EXPECT_THAT(Documents(*corpus),
                ElementsAre(path + ":1#first=One.\nTwo.", path + ":3=(empty)",
                            path + ":4#7=Three \u00e9"));
    EXPECT_THAT(Skipped(*corpus), IsEmpty());
    EXPECT_EQ(corpus->expected_bytes(0), 9u);
  }
}

TEST(RecordCorpus, FilesAreInTheOrderOfNames) {
  const TempTree tree;
  tree.File("b.jsonl", "{\"text\":\"b1\"}\n{\"text\":\"b2\"}\n");
  tree.File("a.jsonl", "{\"text\":\"a1\"}\n");
  tree.File("c.jsonl.gz", Gzip("{\"text\":\"c1\"}\n"));
  const auto corpus = Corpus({"c.jsonl.gz", "b.jsonl", "a.jsonl"});
  EXPECT_THAT(Documents(*corpus),
              ElementsAre("a.jsonl:1=a1", "b.jsonl:1=b1", "b.jsonl:2=b2",
                          "c.jsonl.gz:1=c1"));
}

TEST(RecordCorpus, SaysWhatIsWrongWithWhichLine) {
  const TempTree tree;
  tree.File("a.jsonl",
            "{\"text\":\"x\"}\n{\"text\":\n{\"id\":1}\n\n{\"text\":\"y\"}\n");
  const auto corpus = Corpus({"a.jsonl", "none.jsonl"});
  EXPECT_THAT(Documents(*corpus), ElementsAre("a.jsonl:1=x", "a.jsonl:5=y"));
  EXPECT_THAT(Skipped(*corpus),
              ElementsAre("a.jsonl:2 bad_json an object or array without end",
                          "a.jsonl:3 no_text no field \"text\"",
                          "none.jsonl:0 not_found No such file or directory"));
}

TEST(RecordCorpus, AFileWithoutRecordsIsOneEntry) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"a\":1}\n{\"a\":2}\n{\n");
  tree.File("b.jsonl", "\n\n");
  tree.File("c.jsonl", "no\n");
  const auto corpus = Corpus({"a.jsonl", "b.jsonl", "c.jsonl"});
  EXPECT_THAT(Skipped(*corpus),
              ElementsAre("a.jsonl:0 no_text none of its 3 lines is a record; "
                          "line 1: no field \"text\"",
                          "b.jsonl:0 empty ", "c.jsonl:1 bad_json no object"));
}

TEST(RecordCorpus, ManyBadLinesAreCounted) {
  const TempTree tree;
  std::string lines = "{\"text\":\"x\"}\n";
  for (size_t i = 0; i < kMostSkippedLines + 7; ++i) lines += "no\n";
  tree.File("a.jsonl", lines);
  const auto skipped = Skipped(*Corpus({"a.jsonl"}));
  ASSERT_EQ(skipped.size(), kMostSkippedLines + 1);
  EXPECT_EQ(skipped[kMostSkippedLines - 1], "a.jsonl:1001 bad_json no object");
  EXPECT_EQ(skipped.back(), "a.jsonl:0 bad_json 7 more lines without a record");
}

TEST(RecordCorpus, ATruncatedFileGivesWhatItHas) {
  const TempTree tree;
  std::string lines;
  for (int i = 0; i < 5000; ++i) {
    lines += "{\"text\":\"" + std::to_string(i * 7919) + "\"}\n";
  }
  const std::string gzip = Gzip(lines);
  tree.File("a.jsonl.gz", gzip.substr(0, gzip.size() / 2));
  const auto corpus = Corpus({"a.jsonl.gz"});
  const size_t records = corpus->size();
  EXPECT_GT(records, 1000u);
  EXPECT_LT(records, 5000u);
  EXPECT_THAT(Skipped(*corpus),
              ElementsAre("a.jsonl.gz:0 corrupt it ends too early; read up to "
                          "line " +
                          std::to_string(records)));
  EXPECT_EQ(Documents(*corpus)[1], "a.jsonl.gz:2=7919");
}

TEST(RecordCorpus, APlainFileMayHaveChanged) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
  const auto corpus = Corpus({"a.jsonl"});
  tree.File("a.jsonl", "{\"text\":\"ONE\"}\n{\"text");
  EXPECT_THAT(Documents(*corpus),
              ElementsAre("a.jsonl:1=ONE", "a.jsonl:2=(changed)"));
  unlink("a.jsonl");
  EXPECT_THAT(Documents(*corpus),
              ElementsAre("a.jsonl:1=(not_found)", "a.jsonl:2=(not_found)"));
}

TEST(RecordCorpus, TheTemporaryFolderHasToBeThere) {
  const TempTree tree;
  tree.File("a.jsonl.gz", Gzip(kLines));
  const auto index = IndexRecords(
      {{.file = {.names = {"a.jsonl.gz"}},
        .source = {.path = "a.jsonl.gz", .compression = Compression::kGzip}}},
      {.temp_folder = "none"});
  EXPECT_EQ(index.status().message(),
            "no temporary file in none: No such file or directory");
}

TEST(RecordCorpus, ThreadsChangeNothing) {
  const TempTree tree;
  std::string lines;
  for (int i = 0; i < 60000; ++i) {
    lines += i % 97 == 0 ? std::string("bad\n")
                         : "{\"id\":" + std::to_string(i) + ",\"text\":\"" +
                               std::string(static_cast<size_t>(i % 120), 'x') +
                               "y\"}\n";
  }
  tree.File("a.jsonl", lines);
  tree.File("b.jsonl.zst", Zstd(lines));
  const auto one = Corpus({"a.jsonl", "b.jsonl.zst"}, {.threads = 1});
  const auto four = Corpus({"a.jsonl", "b.jsonl.zst"}, {.threads = 4});
  const std::vector<std::string> expected = Documents(*one);
  EXPECT_EQ(Documents(*four), expected);
  EXPECT_EQ(Skipped(*four), Skipped(*one));
  // Reading from many threads.
  std::vector<std::string> texts(four->size());
  {
    std::vector<std::jthread> workers;
    for (size_t w = 0; w < 4; ++w) {
      workers.emplace_back([&, w] {
        std::string buffer;
        for (size_t i = w; i < texts.size(); i += 4) {
          texts[i] = four->Read(i, &buffer).text;
        }
      });
    }
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    ASSERT_TRUE(expected[i].ends_with("=" + texts[i])) << expected[i];
  }
}

TEST(JoinedCorpus, IsInTheOrderOfNames) {
  const TempTree tree;
  tree.File("a.txt", "A");
  tree.File("m.txt", "M");
  tree.File("b.jsonl", "{\"text\":\"b1\"}\n{\"text\":\"b2\"}\n{}\n");
  tree.File("z.jsonl", "{\"text\":\"z\"}\n");
  auto files = std::make_unique<FileCorpus>(
      std::vector<FoundFile>{{.names = {"m.txt"}, .size = 1},
                             {.names = {"a.txt"}, .size = 1}},
      std::vector<LoadedStream>{},
      std::vector<SkippedInput>{{"x.bin", {SkipReason::kBinary, ""}}});
  const JoinedCorpus joined(std::move(files), Corpus({"b.jsonl", "z.jsonl"}));
  EXPECT_THAT(Documents(joined),
              ElementsAre("a.txt=A", "b.jsonl:1=b1", "b.jsonl:2=b2", "m.txt=M",
                          "z.jsonl:1=z"));
  EXPECT_THAT(
      Skipped(joined),
      ElementsAre("x.bin:0 binary ", "b.jsonl:3 no_text no field \"text\""));
  EXPECT_EQ(joined.expected_bytes(1), 2u);
}

}  // namespace
}  // namespace twicetold
