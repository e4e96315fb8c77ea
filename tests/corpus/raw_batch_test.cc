// SPDX-License-Identifier: Apache-2.0
//
// Batches themselves: how many lines they have, views of them, and their
// memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

using testing::TempTree;

// The first batch of a file of these bytes.
RawBatch BatchOf(const TempTree& tree, std::string_view bytes,
                 BatchOptions options = {}) {
  tree.File("a.jsonl", bytes);
  const std::vector<RecordSource> sources = {{.path = "a.jsonl"}};
  BatchReader reader(sources, options);
  RawBatch batch;
  EXPECT_TRUE(reader.Next(&batch));
  return batch;
}

// Lines are counted 64 bytes at a time, and 255 times that at the most before
// counters of a byte would run over.
TEST(RawBatch, CountsLinesOfAnyLength) {
  const TempTree tree;
  std::minstd_rand random(1);
  const size_t most = 64 * 255;
  for (const size_t size :
       {size_t{1}, size_t{63}, size_t{64}, size_t{65}, most - 1, most, most + 1,
        most + 64, 2 * most, 2 * most + 63, 3 * most + 64 * 17 + 5}) {
    for (const uint32_t one_in : {1, 2, 50}) {
      std::string text;
      while (text.size() < size) text += random() % one_in == 0 ? '\n' : '\r';
      text.back() = '\n';
      const RawBatch batch = BatchOf(tree, text);
      ASSERT_EQ(batch.text, text);
      EXPECT_EQ(batch.line_count, static_cast<uint64_t>(std::count(
                                      text.begin(), text.end(), '\n')))
          << size << " bytes, one in " << one_in;
    }
  }
}

TEST(RawBatch, TheLastLineCountsWithoutItsEnd) {
  const TempTree tree;
  EXPECT_EQ(BatchOf(tree, "one\ntwo").line_count, 2u);
  EXPECT_EQ(BatchOf(tree, "one\ntwo\n").line_count, 2u);
  EXPECT_EQ(BatchOf(tree, "").line_count, 0u);
}

TEST(RawBatch, AViewIsTheSameBatchWithTheSameBytes) {
  const TempTree tree;
  tree.File("a.jsonl", "one\ntwo\n" + std::string(40, 'x') + "\nthree\n");
  const std::vector<RecordSource> sources = {{.path = "none"},
                                             {.path = "a.jsonl"}};
  BatchReader reader(sources, {.batch_bytes = 4, .max_line_bytes = 20});
  bool any_problem = false;
  uint64_t most_sequence = 0;
  for (RawBatch batch; reader.Next(&batch);) {
    const RawBatch view = batch.View();
    EXPECT_EQ(view.file, batch.file);
    EXPECT_EQ(view.sequence, batch.sequence);
    EXPECT_EQ(view.first_line, batch.first_line);
    EXPECT_EQ(view.line_count, batch.line_count);
    EXPECT_EQ(view.offset, batch.offset);
    EXPECT_EQ(view.text.data(), batch.text.data());
    EXPECT_EQ(view.text.size(), batch.text.size());
    EXPECT_EQ(view.last, batch.last);
    ASSERT_EQ(view.problem.has_value(), batch.problem.has_value());
    if (view.problem) {
      any_problem = true;
      EXPECT_EQ(view.problem->line, batch.problem->line);
      EXPECT_EQ(view.problem->skip.reason, batch.problem->skip.reason);
    }
    EXPECT_EQ(view.memory(), sizeof(RawBatch));
    most_sequence = std::max(most_sequence, batch.sequence);
  }
  EXPECT_TRUE(any_problem);
  EXPECT_GT(most_sequence, 1u);
}

TEST(RawBatch, ShrinksWhereMuchIsNotUsed) {
  const TempTree tree;
  RawBatch batch = BatchOf(tree, "one\ntwo\n");
  const size_t before = batch.memory();
  batch.Shrink();
  EXPECT_LT(batch.memory(), before);
  EXPECT_EQ(batch.memory(), sizeof(RawBatch) + 8 + kBatchPadding);
  EXPECT_EQ(batch.text, "one\ntwo\n");
  EXPECT_EQ(batch.line_count, 2u);
  // What simdjson reads behind the end is there.
  const std::string padded(batch.text.data(),
                           batch.text.size() + kBatchPadding);
  EXPECT_EQ(padded.size(), 8 + kBatchPadding);
  const char* const bytes = batch.text.data();
  batch.Shrink();
  EXPECT_EQ(batch.text.data(), bytes) << "there was nothing to gain";
  const RawBatch moved = std::move(batch);
  EXPECT_EQ(moved.text, "one\ntwo\n");
}

}  // namespace
}  // namespace twicetold
