// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "tests/testing/compress.h"
#include "tests/testing/temp_tree.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using testing::Gzip;
using ::testing::IsEmpty;
using testing::TempTree;
using testing::Zstd;

// "file:number@offset:bytes" of each line, and "file:number!reason: detail" of
// each problem, in the order of files and lines.
std::vector<std::string> ReadLines(const std::vector<RecordSource>& sources,
                                   BatchOptions options = {}, int threads = 1) {
  BatchReader reader(sources, options);
  std::mutex mutex;
  using Key = std::tuple<uint32_t, uint64_t, uint64_t>;
  std::map<Key, std::vector<std::string>> batches;
  const auto work = [&] {
    RawBatch batch;
    while (reader.Next(&batch)) {
      std::vector<std::string> found;
      const std::string file = std::to_string(batch.file) + ":";
      RawLine line;
      for (BatchLines lines(batch); lines.Next(&line);) {
        found.push_back(file + std::to_string(line.number) + "@" +
                        std::to_string(line.offset) + ":" +
                        std::string(line.bytes));
      }
      if (batch.problem) {
        found.push_back(
            file + std::to_string(batch.problem->line) + "!" +
            std::string(SkipReasonName(batch.problem->skip.reason)) + ": " +
            batch.problem->skip.detail);
      }
      const std::lock_guard lock(mutex);
      batches[{batch.file, batch.sequence, 0}] = found;
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) workers.emplace_back(work);
  }
  std::vector<std::string> all;
  for (const auto& [key, found] : batches) {
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

class RecordReader : public ::testing::Test {
 protected:
  // Reads one file of these bytes.
  std::vector<std::string> Read(std::string_view bytes, const std::string& name,
                                BatchOptions options = {}) {
    tree_.File(name, bytes);
    return ReadLines({{.path = name, .compression = CompressionOf(name)}},
                     options);
  }
  std::vector<std::string> Plain(std::string_view bytes,
                                 BatchOptions options = {}) {
    return Read(bytes, "a.jsonl", options);
  }

  TempTree tree_;
};

TEST_F(RecordReader, GivesLinesWithNumbersAndOffsets) {
  EXPECT_THAT(Plain("one\ntwo\nthree\n"),
              ElementsAre("0:1@0:one", "0:2@4:two", "0:3@8:three"));
}

TEST_F(RecordReader, TheLastLineMayLackItsEnd) {
  EXPECT_THAT(Plain("one\ntwo"), ElementsAre("0:1@0:one", "0:2@4:two"));
}

TEST_F(RecordReader, EmptyLinesArePassedOverAndCounted) {
  EXPECT_THAT(Plain("\n\none\n  \t\n\r\ntwo\n\n"),
              ElementsAre("0:3@2:one", "0:6@12:two"));
  EXPECT_THAT(Plain(""), IsEmpty());
  EXPECT_THAT(Plain("\n"), IsEmpty());
}

TEST_F(RecordReader, LinesMayEndWithCrLf) {
  EXPECT_THAT(Plain("one\r\ntwo\r\n\r\nthree\r"),
              ElementsAre("0:1@0:one", "0:2@5:two", "0:4@12:three"));
}

TEST_F(RecordReader, AByteOrderMarkAtTheStartIsLeftOut) {
  EXPECT_THAT(Plain("\xef\xbb\xbfone\n\xef\xbb\xbftwo\n"),
              ElementsAre("0:1@3:one", "0:2@7:\xef\xbb\xbftwo"));
  EXPECT_THAT(Plain("\xef\xbb\xbf"), IsEmpty());
}

TEST_F(RecordReader, LinesMayBeLongerThanABatch) {
  const std::string length(100, 'x');
  for (const char* end : {"", "\n", "\nb\n", "\nb"}) {
    const auto lines =
        Plain("a\n" + length + end, {.batch_bytes = 16, .max_line_bytes = 100});
    ASSERT_GE(lines.size(), 2u) << end;
    EXPECT_EQ(lines[0], "0:1@0:a");
    EXPECT_EQ(lines[1], "0:2@2:" + length);
    if (std::string_view(end).size() > 1) {
      ASSERT_EQ(lines.size(), 3u);
      EXPECT_EQ(lines[2], "0:3@103:b");
    }
  }
}

TEST_F(RecordReader, LinesThatAreTooLongAreToldAndPassedOver) {
  const BatchOptions options = {.batch_bytes = 16, .max_line_bytes = 40};
  for (const size_t length : {41u, 48u, 64u, 1000u}) {
    const std::string problem = "0:2!too_large: a line of " +
                                std::to_string(length) + " bytes, over 40";
    const std::string line(length, 'x');
    EXPECT_THAT(Plain("a\n" + line + "\nb\n", options),
                ElementsAre("0:1@0:a", problem,
                            "0:3@" + std::to_string(length + 3) + ":b"));
    EXPECT_THAT(Plain("a\n" + line, options), ElementsAre("0:1@0:a", problem));
    EXPECT_THAT(Plain("a\n" + line + "\n", options),
                ElementsAre("0:1@0:a", problem));
  }
}

TEST_F(RecordReader, ReadsGzipAndZstd) {
  EXPECT_THAT(Read(Gzip("one\ntwo\n"), "a.jsonl.gz"),
              ElementsAre("0:1@0:one", "0:2@4:two"));
  EXPECT_THAT(Read(Zstd("one\ntwo\n"), "a.jsonl.zst"),
              ElementsAre("0:1@0:one", "0:2@4:two"));
  EXPECT_THAT(Read(Gzip(""), "b.jsonl.gz"), IsEmpty());
  EXPECT_THAT(Read(Zstd(""), "b.jsonl.zst"), IsEmpty());
}

TEST_F(RecordReader, ReadsAllMembersAndFrames) {
  EXPECT_THAT(Read(Gzip("one\nt") + Gzip("") + Gzip("wo\n") + Gzip("three"),
                   "a.jsonl.gz"),
              ElementsAre("0:1@0:one", "0:2@4:two", "0:3@8:three"));
  EXPECT_THAT(Read(Zstd("one\nt") + Zstd("") + Zstd("wo\n") + Zstd("three"),
                   "a.jsonl.zst"),
              ElementsAre("0:1@0:one", "0:2@4:two", "0:3@8:three"));
}

TEST_F(RecordReader, ZerosBehindGzipArePadding) {
  EXPECT_THAT(Read(Gzip("one\n") + std::string(512, '\0'), "a.jsonl.gz"),
              ElementsAre("0:1@0:one"));
}

TEST_F(RecordReader, WhatIsNoGzipBehindGzipIsCorrupt) {
  const std::string member = Gzip("one\n");
  const std::string detail = "0:2!corrupt: bytes that are no gzip, from byte " +
                             std::to_string(member.size()) + " of it on";
  EXPECT_THAT(Read(member + "junk", "a.jsonl.gz"),
              ElementsAre("0:1@0:one", detail));
}

std::string ManyLines() {
  std::mt19937 random(1);
  std::string lines;
  for (int i = 0; i < 2000; ++i) {
    lines += std::to_string(random()) + "," + std::to_string(i) + "\n";
  }
  return lines;
}

// Of files that are cut short, all whole lines that were read are given.
void ExpectStart(const std::vector<std::string>& all,
                 const std::vector<std::string>& found, size_t least) {
  ASSERT_FALSE(found.empty());
  ASSERT_GE(found.size(), least);
  ASSERT_LE(found.size() - 1, all.size());
  for (size_t i = 0; i + 1 < found.size(); ++i) ASSERT_EQ(found[i], all[i]);
  EXPECT_THAT(found.back(),
              ::testing::StartsWith("0:" + std::to_string(found.size()) +
                                    "!corrupt: "));
}

TEST_F(RecordReader, TruncatedFilesGiveWhatTheyHave) {
  const std::string lines = ManyLines();
  const auto all = Plain(lines);
  const std::string gzip = Gzip(lines);
  const std::string zstd = Zstd(lines);
  for (const size_t tenths : {0u, 1u, 5u, 9u}) {
    ExpectStart(all,
                Read(gzip.substr(0, gzip.size() * tenths / 10), "a.jsonl.gz"),
                all.size() * tenths / 20);
    ExpectStart(
        all, Read(zstd.substr(0, zstd.size() * tenths / 10), "a.jsonl.zst"), 1);
  }
  // Without its checksum.
  ExpectStart(all, Read(gzip.substr(0, gzip.size() - 3), "a.jsonl.gz"),
              all.size());
  ExpectStart(all, Read(zstd.substr(0, zstd.size() - 3), "a.jsonl.zst"), 1);
}

TEST_F(RecordReader, DamagedFilesGiveWhatIsBeforeTheDamage) {
  const std::string lines = ManyLines();
  std::string gzip = Gzip(lines);
  std::string zstd = Zstd(lines) + Zstd(lines);
  gzip[gzip.size() - 5] ^= 1;  // of the checksum
  const auto with_gzip = Read(gzip, "a.jsonl.gz");
  EXPECT_THAT(with_gzip.back(),
              ::testing::StartsWith(
                  "0:2001!corrupt: its checksum does not match, near byte "));
  zstd[zstd.size() * 3 / 4] ^= 1;
  const auto with_zstd = Read(zstd, "a.jsonl.zst");
  EXPECT_GT(with_zstd.size(), 2000u);
  EXPECT_THAT(with_zstd.back(), ::testing::HasSubstr("!corrupt: "));
  EXPECT_THAT(Read("{\"text\":\"not compressed\"}\n", "b.jsonl.gz"),
              ElementsAre(::testing::StartsWith(
                  "0:1!corrupt: it is no gzip file, near byte ")));
  EXPECT_THAT(Read("{}\n", "b.jsonl.zst"),
              ElementsAre(::testing::StartsWith("0:1!corrupt: ")));
  EXPECT_THAT(Read("", "c.jsonl.gz"),
              ElementsAre("0:1!corrupt: it ends too early"));
  EXPECT_THAT(Read("", "c.jsonl.zst"),
              ElementsAre("0:1!corrupt: it ends too early"));
}

TEST_F(RecordReader, FilesThatAreNotThereAreProblems) {
  tree_.File("b.jsonl", "two\n");
  tree_.Folder("folder.jsonl");
  EXPECT_THAT(
      ReadLines(
          {{.path = "a.jsonl"}, {.path = "b.jsonl"}, {.path = "folder.jsonl"}}),
      ElementsAre("0:1!not_found: No such file or directory", "1:1@0:two",
                  "2:1!unreadable: Is a directory"));
  EXPECT_THAT(ReadLines({}), IsEmpty());
}

// However the bytes are cut, the lines are those of a plain reading.
TEST_F(RecordReader, AnyBatchSizeGivesTheSameLines) {
  std::mt19937 random(7);
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    bytes += std::string(random() % 9 == 0 ? random() % 70 : random() % 5,
                         static_cast<char>('a' + i % 26));
    bytes += random() % 3 == 0 ? "\r\n" : "\n";
  }
  const auto expected = Plain(bytes);
  tree_.File("a.jsonl", bytes);
  tree_.File("a.jsonl.gz",
             Gzip(bytes.substr(0, 333)) + Gzip(bytes.substr(333)));
  tree_.File("a.jsonl.zst",
             Zstd(bytes.substr(0, 333)) + Zstd(bytes.substr(333)));
  for (const char* name : {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"}) {
    for (size_t size = 16; size < 90; ++size) {
      EXPECT_EQ(ReadLines({{.path = name, .compression = CompressionOf(name)}},
                          {.batch_bytes = size}),
                expected)
          << name << " " << size;
    }
  }
}

TEST_F(RecordReader, ThreadsAndFilesAtOnceChangeNothing) {
  std::vector<RecordSource> sources;
  for (int i = 0; i < 7; ++i) {
    const std::string name =
        std::to_string(i) + ".jsonl" + (i % 2 ? ".gz" : "");
    std::string lines;
    for (int n = 0; n < 200 * i; ++n) lines += std::to_string(n * n) + "\n";
    tree_.File(name, i % 2 ? Gzip(lines) : lines);
    sources.push_back({.path = name, .compression = CompressionOf(name)});
  }
  const auto expected = ReadLines(sources);
  for (const int threads : {1, 2, 8}) {
    for (const int files : {1, 2, 10}) {
      EXPECT_EQ(ReadLines(sources, {.batch_bytes = 100, .files_at_once = files},
                          threads),
                expected);
    }
  }
}

TEST_F(RecordReader, OneFileAtATimeComesInOrder) {
  std::vector<RecordSource> sources;
  for (int i = 0; i < 5; ++i) {
    const std::string name = std::to_string(i) + ".jsonl";
    tree_.File(name, i == 2 ? "" : std::string(100, '\n') + "end\n");
    sources.push_back({.path = name});
  }
  BatchReader reader(sources, {.batch_bytes = 16});
  RawBatch batch;
  std::pair<uint32_t, uint64_t> next = {0, 0};
  uint64_t lines = 0;
  size_t last = 0;
  while (reader.Next(&batch)) {
    ASSERT_EQ(std::pair(batch.file, batch.sequence), next);
    next = batch.last ? std::pair(batch.file + 1, uint64_t{0})
                      : std::pair(batch.file, batch.sequence + 1);
    ASSERT_EQ(batch.first_line, lines + 1);
    lines = batch.last ? 0 : lines + batch.line_count;
    last += batch.last ? 1 : 0;
  }
  EXPECT_EQ(last, sources.size());
  EXPECT_FALSE(reader.Next(&batch));
}

TEST_F(RecordReader, StopsWhenAskedTo) {
  tree_.File("a.jsonl", "one\ntwo\n");
  std::stop_source stop;
  const std::vector<RecordSource> sources = {{.path = "a.jsonl"}};
  BatchReader reader(sources, {.stop = stop.get_token()});
  stop.request_stop();
  RawBatch batch;
  EXPECT_FALSE(reader.Next(&batch));
}

}  // namespace
}  // namespace twicetold
