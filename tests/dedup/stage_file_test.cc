// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/stage_file.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <vector>

#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

std::vector<uint64_t> Numbers(size_t n) {
  std::vector<uint64_t> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 7u);
  return numbers;
}

void WriteNumbers(const std::vector<uint64_t>& numbers) {
  std::filesystem::remove("stage");
  auto writer = StageWriter::Create("stage", 5);
  ASSERT_TRUE(writer.ok());
  writer->WriteItems(std::span<const uint64_t>(numbers));
  EXPECT_FALSE(std::filesystem::exists("stage"));
  ASSERT_TRUE(writer->Commit().ok());
}

TEST(StageFile, GivesBackWhatWasWritten) {
  const TempTree tree;
  // One block and more, and just one block.
  for (const size_t n : {size_t{0}, size_t{1}, kChecksumBlock / 8,
                         kChecksumBlock / 8 + 3, size_t{300'000}}) {
    WriteNumbers(Numbers(n));
    const auto reader = StageReader::Open("stage", 5, true);
    ASSERT_TRUE(reader.ok()) << reader.status();
    EXPECT_EQ(*reader->ReadItems<uint64_t>(), Numbers(n));
    std::vector<uint64_t> one_by_one;
    StageItems<uint64_t> items(*reader);
    for (uint64_t item = 0; items.Next(&item);) one_by_one.push_back(item);
    EXPECT_TRUE(items.status().ok());
    EXPECT_EQ(one_by_one, Numbers(n));
  }
}

TEST(StageFile, TellsDamage) {
  const TempTree tree;
  WriteNumbers(Numbers(200'000));
  EXPECT_TRUE(absl::IsDataLoss(StageReader::Open("stage", 6, false).status()));
  EXPECT_TRUE(absl::IsNotFound(StageReader::Open("other", 5, false).status()));
  const auto size = std::filesystem::file_size("stage");
  for (const uint64_t at : {uint64_t{0}, uint64_t{1'200'000}, size - 1}) {
    WriteNumbers(Numbers(200'000));
    std::fstream file("stage", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file.put('\x7f');
    file.close();
    EXPECT_TRUE(absl::IsDataLoss(StageReader::Open("stage", 5, true).status()))
        << at;
  }
  WriteNumbers(Numbers(200'000));
  std::filesystem::resize_file("stage", size - 1000);
  EXPECT_TRUE(absl::IsDataLoss(StageReader::Open("stage", 5, false).status()));
}

TEST(StageFile, SaysThatTheDiskIsFull) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  const TempTree tree;
  tree.Link("/dev/full", "stage.tmp");
  auto writer = StageWriter::Create("stage", 5);
  ASSERT_TRUE(writer.ok());
  writer->WriteItems(std::span<const uint64_t>(Numbers(10)));
  const absl::Status status = writer->Commit();
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  EXPECT_FALSE(std::filesystem::exists("stage"));
}

}  // namespace
}  // namespace twicetold::testing
