// SPDX-License-Identifier: Apache-2.0
//
// The same documents and options give the same bytes, whatever the number of
// threads and the order in which the system lists the files.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "tests/cli/run_tool.h"
#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesOfCorpus() {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(TWICETOLD_CORPUS_DIR)) {
    if (entry.is_regular_file()) {
      files.push_back(fs::relative(entry.path(), TWICETOLD_CORPUS_DIR));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Copies `files` to the folder `to` in their order.
void Copy(const std::vector<fs::path>& files, const fs::path& to) {
  for (const fs::path& file : files) {
    fs::create_directories((to / file).parent_path());
    fs::copy_file(fs::path(TWICETOLD_CORPUS_DIR) / file, to / file);
  }
}

// Files as a mail merge makes them, which fill whole buckets: the letter with
// one other number in each, and the same letter a hundred times.
constexpr int kNearCopies = 300;
constexpr int kCopies = 100;

void WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  ASSERT_TRUE(file.flush()) << path;
}

std::string Letter(int number) {
  std::string text;
  for (int i = 0; i < 150; ++i) {
    text += "word" + std::to_string(i * i % 97) + (i % 9 == 8 ? ".\n" : " ");
    if (i == 75) text += std::to_string(100000 + number) + " ";
  }
  return text;
}

// Writes them to the folder `to`, in an order told by `random`.
void WriteLetters(std::mt19937* random, const fs::path& to) {
  fs::create_directories(to);
  std::vector<int> numbers(kNearCopies + kCopies);
  std::iota(numbers.begin(), numbers.end(), 0);
  std::shuffle(numbers.begin(), numbers.end(), *random);
  for (const int i : numbers) {
    const bool copy = i >= kNearCopies;
    WriteFile(to / ((copy ? "copy" : "near") + std::to_string(i) + ".txt"),
              Letter(copy ? -1 : i));
  }
}

std::string Scan(std::vector<std::string> args) {
  args.insert(args.begin(), {"scan", "corpus"});
  const ToolResult result = RunTool(args);
  EXPECT_EQ(result.status, 0) << result.err;
  return result.out;
}

class DeterminismTest : public ::testing::TestWithParam<const char*> {};

TEST_P(DeterminismTest, SameBytesForAnyThreadsAndOrder) {
  const TempTree tree;
  std::vector<fs::path> files = FilesOfCorpus();
  ASSERT_GT(files.size(), 80u);
  std::mt19937 random(7);
  Copy(files, "corpus");
  WriteLetters(&random, "corpus/letters");
  // Far more pairs than corpus/ has by itself: .2 joins documents that share
  // no more than a passage.
  const std::vector<std::string> wide = {"-o", GetParam(),  "--min-jaccard",
                                         ".2", "--shingle", "2"};
  const auto with_threads = [&wide](const char* threads) {
    std::vector<std::string> args = wide;
    args.insert(args.end(), {"-j", threads});
    return Scan(args);
  };
  const std::string expected = with_threads("1");
  EXPECT_GT(expected.size(), 2000u);
  for (const char* threads : {"2", "8", "0"}) {
    EXPECT_EQ(with_threads(threads), expected) << "-j " << threads;
  }
  for (int round = 0; round < 2; ++round) {
    fs::remove_all("corpus");
    std::shuffle(files.begin(), files.end(), random);
    Copy(files, "corpus");
    WriteLetters(&random, "corpus/letters");
    EXPECT_EQ(with_threads("8"), expected) << "in another order";
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, DeterminismTest,
                         ::testing::Values("jsonl", "text"));

}  // namespace
}  // namespace twicetold::testing
