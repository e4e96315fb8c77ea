// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/temp_tree.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using testing::TempTree;

TEST(RecordFiles, AreToldByTheEndOfTheirNames) {
  for (const char* name : {"a.jsonl", "x/a.ndjson", "a.jsonl.gz",
                           "a.ndjson.zst", "A.JSONL.GZ", ".jsonl"}) {
    EXPECT_TRUE(IsRecordFile(name)) << name;
  }
  for (const char* name : {"a.json", "a.jsonl.bz2", "jsonl", "a.gz",
                           "a.jsonl/b", "a.jsonl.gz.gz", ""}) {
    EXPECT_FALSE(IsRecordFile(name)) << name;
  }
}

TEST(RecordFiles, CompressionIsToldByTheEndAlone) {
  EXPECT_EQ(CompressionOf("a.jsonl"), Compression::kNone);
  EXPECT_EQ(CompressionOf("a.txt.GZ"), Compression::kGzip);
  EXPECT_EQ(CompressionOf("a.zst"), Compression::kZstd);
}

TEST(RecordFiles, AreTakenOutOfWhatAWalkFound) {
  std::vector<FoundFile> files = {{.names = {"a.txt"}},
                                  {.names = {"b", "c.jsonl.gz"}, .size = 7},
                                  {.names = {"d.md"}},
                                  {.names = {"e.jsonl"}}};
  const std::vector<FoundFile> taken = TakeRecordFiles(&files);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].names[0], "a.txt");
  EXPECT_EQ(files[1].names[0], "d.md");
  ASSERT_EQ(taken.size(), 2u);
  const RecordSource source = SourceOf(taken[0]);
  EXPECT_EQ(source.path, "c.jsonl.gz");
  EXPECT_EQ(source.compression, Compression::kGzip);
  EXPECT_EQ(source.bytes, 7u);
  EXPECT_EQ(SourceOf(taken[1]).path, "e.jsonl");
}

TEST(RecordFiles, GlobsAreThoseOfAShell) {
  const TempTree tree;
  for (const char* path : {"b.jsonl", "a.jsonl", ".c.jsonl", "[x].jsonl",
                           "d.txt", "sub/a.jsonl"}) {
    tree.File(path);
  }
  EXPECT_THAT(ExpandGlob("*.jsonl"),
              ElementsAre("[x].jsonl", "a.jsonl", "b.jsonl"));
  EXPECT_THAT(ExpandGlob("*/a.jsonl"), ElementsAre("sub/a.jsonl"));
  EXPECT_THAT(ExpandGlob("[ab].jsonl"), ElementsAre("a.jsonl", "b.jsonl"));
  // A path that is there is taken as it is.
  EXPECT_THAT(ExpandGlob("[x].jsonl"), ElementsAre("[x].jsonl"));
  EXPECT_THAT(ExpandGlob("none*.jsonl"), ElementsAre("none*.jsonl"));
}

}  // namespace
}  // namespace twicetold
