// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/file_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;

TEST(FileCorpusTest, HoldsFilesAndStreamsInTheOrderOfNames) {
  const testing::TempTree tree;
  tree.File("a", "one");
  tree.File("c", "three");
  ASSERT_EQ(mkfifo("b", 0600), 0);
  const WalkResult found =
      Walk(std::vector<std::string>{"c", "b", "a", "./b"}, {});
  std::thread writer([] { std::ofstream("b") << "two"; });
  const FileCorpus corpus(found.files, LoadStreams(found.streams));
  writer.join();
  ASSERT_EQ(corpus.size(), 3u);
  std::string buffer;
  // The stream comes first under its other name.
  EXPECT_THAT(corpus.names(0), ElementsAre("./b", "b"));
  for (int times = 0; times < 2; ++times) {
    EXPECT_EQ(corpus.Read(0, &buffer).text, "two");
    EXPECT_EQ(corpus.Read(1, &buffer).text, "one");
    EXPECT_EQ(corpus.Read(2, &buffer).text, "three");
  }
  EXPECT_EQ(corpus.expected_bytes(0), 3u);
  EXPECT_EQ(corpus.expected_bytes(2), 5u);
}

TEST(FileCorpusTest, SaysWhatBecameOfAFile) {
  const testing::TempTree tree;
  tree.File("a", "one");
  const FileCorpus corpus(Walk({}, {}).files);
  ASSERT_EQ(corpus.size(), 1u);
  ASSERT_EQ(unlink("a"), 0);
  std::string buffer;
  const ReadResult result = corpus.Read(0, &buffer);
  ASSERT_TRUE(result.skip);
  EXPECT_EQ(result.skip->reason, SkipReason::kNotFound);
}

TEST(FileCorpusTest, ReadsAFileByAnyNameThatIsLeft) {
  const testing::TempTree tree;
  tree.File("b", "one");
  ASSERT_EQ(link("b", "a"), 0);
  ASSERT_EQ(link("b", "c"), 0);
  const FileCorpus corpus(Walk({}, {}).files);
  ASSERT_EQ(corpus.size(), 1u);
  ASSERT_THAT(corpus.names(0), ElementsAre("a", "b", "c"));
  std::string buffer;
  ASSERT_EQ(unlink("a"), 0);
  EXPECT_EQ(corpus.Read(0, &buffer).text, "one");
  ASSERT_EQ(unlink("b"), 0);
  EXPECT_EQ(corpus.Read(0, &buffer).text, "one");
  ASSERT_EQ(unlink("c"), 0);
  const ReadResult result = corpus.Read(0, &buffer);
  ASSERT_TRUE(result.skip);
  EXPECT_EQ(result.skip->reason, SkipReason::kNotFound);
}

// Enough files for their folder to stay open.
TEST(FileCorpusTest, ReadsTheFilesOfAFolderOfMany) {
  const testing::TempTree tree;
  for (int i = 10; i < 40; ++i) {
    const std::string number = std::to_string(i);
    tree.File(std::string("many/") + number, std::string("text ") + number);
    tree.File(std::string("many/sub/") + number, std::string("sub ") + number);
  }
  tree.File("one/file", "alone");
  for (const std::string& root : {std::string("."), tree.root()}) {
    const FileCorpus corpus(Walk(std::vector<std::string>{root}, {}).files);
    ASSERT_EQ(corpus.size(), 61u);
    std::string buffer;
    for (size_t i = 0; i < 30; ++i) {
      const std::string number = std::to_string(i + 10);
      const std::string text = std::string("text ") + number;
      EXPECT_EQ(corpus.Read(i, &buffer).text, text);
      EXPECT_EQ(corpus.ReadAgain(i, &buffer).text, text);
      EXPECT_EQ(corpus.ReadAgain(30 + i, &buffer).text,
                std::string("sub ") + number);
    }
    EXPECT_EQ(corpus.ReadAgain(60, &buffer).text, "alone");
  }
}

TEST(FileCorpusTest, FilesGoneFromAnOpenFolderAreNotFound) {
  const testing::TempTree tree;
  for (int i = 10; i < 40; ++i) {
    tree.File(std::string("many/") + std::to_string(i), "one");
  }
  ASSERT_EQ(link("many/10", "other"), 0);
  const FileCorpus corpus(Walk({}, {}).files);
  ASSERT_EQ(corpus.size(), 30u);
  std::string buffer;
  EXPECT_EQ(corpus.Read(1, &buffer).text, "one");
  ASSERT_EQ(unlink("many/10"), 0);
  ASSERT_EQ(unlink("many/11"), 0);
  EXPECT_EQ(corpus.Read(0, &buffer).text, "one");
  EXPECT_EQ(corpus.ReadAgain(0, &buffer).text, "one");
  for (const ReadResult& result :
       {corpus.Read(1, &buffer), corpus.ReadAgain(1, &buffer)}) {
    ASSERT_TRUE(result.skip);
    EXPECT_EQ(result.skip->reason, SkipReason::kNotFound);
  }
}

TEST(FileCorpusTest, FoldersThatCannotStayOpenMakeNoDifference) {
  const testing::TempTree tree;
  for (int folder = 100; folder < 300; ++folder) {
    for (int i = 10; i < 27; ++i) {
      tree.File(std::to_string(folder) + "/" + std::to_string(i),
                std::to_string(folder * 100 + i));
    }
  }
  const FileCorpus corpus(Walk({}, {}).files);
  ASSERT_EQ(corpus.size(), size_t{200} * 17);
  std::string buffer;
  for (size_t i = 0; i < corpus.size(); ++i) {
    EXPECT_EQ(corpus.Read(i, &buffer).text,
              std::to_string((100 + i / 17) * 100 + 10 + i % 17));
  }
}

TEST(FileCorpusTest, AnEmptyStreamHasAReason) {
  const FileCorpus corpus(
      {}, LoadStreams(Walk(std::vector<std::string>{"/dev/null"}, {}).streams));
  ASSERT_EQ(corpus.size(), 1u);
  std::string buffer;
  const ReadResult result = corpus.Read(0, &buffer);
  ASSERT_TRUE(result.skip);
  EXPECT_EQ(result.skip->reason, SkipReason::kEmpty);
}

// A file of both sides is one document; what either left out is skipped.
TEST(FileCorpusTest, TwoWalksAreNewDocumentsAndAReference) {
  const testing::TempTree tree;
  tree.File("new/a", "one");
  tree.File("new/b", "two");
  tree.File("old/c", "three");
  tree.File("old/.hidden", "four");
  ASSERT_EQ(link("new/b", "old/also-b"), 0);
  const std::vector<std::string> fresh = {"new", "missing"};
  const std::vector<std::string> reference = {"old", "new/b", "missing"};
  const FileCorpus corpus = [&] {
    WalkResult found = JoinWalks(Walk(fresh, {}), Walk(reference, {}));
    return FileCorpus(found.files, {}, found.skipped);
  }();
  ASSERT_EQ(corpus.size(), 3u);
  EXPECT_THAT(corpus.names(0), ElementsAre("new/a"));
  EXPECT_THAT(corpus.names(1), ElementsAre("new/b", "old/also-b"));
  EXPECT_THAT(corpus.names(2), ElementsAre("old/c"));
  EXPECT_EQ(corpus.role(0), Role::kNew);
  EXPECT_EQ(corpus.role(1), Role::kBoth);
  EXPECT_EQ(corpus.role(2), Role::kReference);
  ASSERT_EQ(corpus.skipped().size(), 2u);
  EXPECT_EQ(corpus.skipped()[0].path, "missing");
  EXPECT_EQ(corpus.skipped()[1].path, "old/.hidden");
}

}  // namespace
}  // namespace twicetold
