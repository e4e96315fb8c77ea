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

TEST(StageFile, GivesTheSameFromMemory) {
  const TempTree tree;
  WriteNumbers(Numbers(1000));
  auto reader = StageReader::Open("stage", 5, true);
  ASSERT_TRUE(reader.ok()) << reader.status();
  const auto second = [&reader] {
    uint64_t number = 0;
    EXPECT_TRUE(reader->Read(8, {reinterpret_cast<char*>(&number), 8}).ok());
    return number;
  };
  // What is too large stays on disk, where this changes it.
  const auto change = [](char to) {
    std::fstream file("stage", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8);
    file.put(to);
  };
  ASSERT_TRUE(reader->Load(7999).ok());
  change(1);
  EXPECT_EQ(second(), 1u);
  ASSERT_TRUE(reader->Load(8000).ok());
  change(2);
  EXPECT_EQ(second(), 1u);
  // Behind the end there is nothing, from memory as well.
  std::vector<char> beyond(9000);
  EXPECT_FALSE(reader->Read(0, beyond).ok());
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
