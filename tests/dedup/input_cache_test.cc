// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/input_cache.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

using testing::TempTree;

// The batches of files of so many lines of 100 bytes, 10 lines in a batch.
std::vector<RawBatch> BatchesOfFiles(const TempTree& tree,
                                     const std::vector<int>& lines) {
  std::vector<RecordSource> sources;
  for (const int count : lines) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text.append(99, static_cast<char>('a' + i % 26)).append("\n");
    }
    sources.push_back({.path = std::to_string(sources.size())});
    tree.File(sources.back().path, text);
  }
  BatchReader reader(sources, {.batch_bytes = 1000});
  std::vector<RawBatch> batches;
  for (RawBatch batch; reader.Next(&batch);) {
    batch.Shrink();
    batches.push_back(std::move(batch));
  }
  return batches;
}

uint64_t MemoryOf(const std::vector<RawBatch>& batches, uint32_t file) {
  uint64_t memory = 0;
  for (const RawBatch& batch : batches) {
    if (batch.file == file) memory += batch.memory();
  }
  return memory;
}

std::string TextOf(std::span<const RawBatch> batches) {
  std::string text;
  for (const RawBatch& batch : batches) text += batch.text;
  return text;
}

std::string TextOf(const std::vector<RawBatch>& batches, uint32_t file) {
  std::string text;
  for (const RawBatch& batch : batches) {
    if (batch.file == file) text += batch.text;
  }
  return text;
}

void KeepAll(const TempTree& tree, const std::vector<int>& lines,
             InputCache* cache) {
  for (RawBatch& batch : BatchesOfFiles(tree, lines)) {
    const uint32_t file = batch.file;
    cache->Keep(file, std::move(batch));
  }
}

TEST(InputCache, GivesWholeFilesOnceThePassHasEnded) {
  const TempTree tree;
  const std::vector<int> lines = {35, 0, 10};
  const std::vector<RawBatch> read = BatchesOfFiles(tree, lines);
  InputCache cache(1 << 20);
  EXPECT_TRUE(cache.is_open());
  KeepAll(tree, lines, &cache);
  EXPECT_TRUE(cache.BatchesOf(0).empty()) << "the pass goes on";
  cache.Close();
  EXPECT_FALSE(cache.is_open());
  EXPECT_GE(cache.BatchesOf(0).size(), 4u);
  // One without a line has a batch as well: it is not the same as none.
  EXPECT_EQ(cache.BatchesOf(1).size(), 1u);
  uint64_t memory = 0;
  for (const uint32_t file : {0, 1, 2}) {
    EXPECT_EQ(TextOf(cache.BatchesOf(file)), TextOf(read, file)) << file;
    EXPECT_TRUE(cache.BatchesOf(file).back().last);
    memory += MemoryOf(read, file);
  }
  EXPECT_EQ(cache.bytes(), memory);
  EXPECT_TRUE(cache.BatchesOf(3).empty());
}

// The one in the middle does not fit, and leaves its room to the next one.
TEST(InputCache, LetsAFileGoThatDoesNotFit) {
  const TempTree tree;
  const std::vector<int> lines = {20, 60, 20};
  const std::vector<RawBatch> read = BatchesOfFiles(tree, lines);
  const uint64_t room = MemoryOf(read, 0) + MemoryOf(read, 2);
  InputCache cache(room);
  KeepAll(tree, lines, &cache);
  cache.Close();
  EXPECT_EQ(TextOf(cache.BatchesOf(0)), TextOf(read, 0));
  EXPECT_TRUE(cache.BatchesOf(1).empty());
  EXPECT_EQ(TextOf(cache.BatchesOf(2)), TextOf(read, 2));
  EXPECT_EQ(cache.bytes(), room);
  InputCache little(room - 1);
  KeepAll(tree, lines, &little);
  little.Close();
  EXPECT_TRUE(little.BatchesOf(2).empty()) << "a byte is missing";
  EXPECT_EQ(little.bytes(), MemoryOf(read, 0));
}

TEST(InputCache, AFileThatWasNotReadToItsEndIsNone) {
  const TempTree tree;
  std::vector<RawBatch> read = BatchesOfFiles(tree, {30});
  ASSERT_GT(read.size(), 2u);
  InputCache cache(1 << 20);
  cache.Keep(0, std::move(read[0]));
  cache.Keep(0, std::move(read[1]));
  cache.Close();
  EXPECT_TRUE(cache.BatchesOf(0).empty());
}

}  // namespace
}  // namespace twicetold
