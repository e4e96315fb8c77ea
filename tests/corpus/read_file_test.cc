// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/read_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/bom.h"
#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {
namespace {

using std::string_view_literals::operator""sv;
using testing::TempTree;

// The reason as a word and the detail, or the text.
std::string Outcome(const ReadResult& result) {
  if (!result.skip) return "text:" + std::string(result.text);
  return std::string(SkipReasonName(result.skip->reason)) + ":" +
         result.skip->detail;
}

FileState StateNow(const std::string& path) {
  struct stat status;
  return StatPath(path, true, &status) ? StateOf(status) : FileState{};
}

// Whether or not the state is known must make no difference.
std::string ReadOutcome(const std::string& path) {
  std::string buffer;
  const std::string outcome = Outcome(ReadFile(path, &buffer));
  EXPECT_EQ(Outcome(ReadFile(path, &buffer, StateNow(path))), outcome);
  return outcome;
}

TEST(BomTest, KnowsEachMark) {
  EXPECT_EQ(BomBytes(""), 0u);
  EXPECT_EQ(BomBytes("abcd"), 0u);
  EXPECT_EQ(BomBytes("\xef\xbb\xbf!"), 3u);
  EXPECT_EQ(BomBytes("\xef\xbb"), 0u);
  EXPECT_EQ(BomBytes("\xff\xfe"sv), 2u);
  EXPECT_EQ(BomBytes("\xfe\xff\0a"sv), 2u);
  EXPECT_EQ(BomBytes("\xff\xfe\0\0"sv), 4u);
  EXPECT_EQ(BomBytes("\xff\xfe\0"sv), 2u);
  EXPECT_EQ(BomBytes("\0\0\xfe\xff"sv), 4u);
}

TEST(ReadFileTest, GivesTheBytesWhateverTheBufferHeldBefore) {
  const TempTree tree;
  std::string buffer;
  for (const size_t size : {1u, 100u, 65535u, 65536u, 65537u, 3000000u, 5u}) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text += static_cast<char>(1 + i % 251);
    tree.File("f", text);
    for (const FileState& expected : {FileState{}, StateNow("f")}) {
      const ReadResult result = ReadFile("f", &buffer, expected);
      ASSERT_FALSE(result.skip) << size;
      EXPECT_TRUE(result.text == text) << size;
    }
  }
}

TEST(ReadFileTest, SaysWhyThereIsNoText) {
  const TempTree tree;
  tree.File("empty", "");
  tree.File("bom", "\xef\xbb\xbf");
  tree.File("bom32", "\0\0\xfe\xff"sv);
  EXPECT_EQ(ReadOutcome("empty"), "empty:");
  EXPECT_EQ(ReadOutcome("bom"), "empty:");
  EXPECT_EQ(ReadOutcome("bom32"), "empty:");
  EXPECT_EQ(ReadOutcome("gone"), "not_found:No such file or directory");
  EXPECT_EQ(ReadOutcome("empty/below"), "not_found:Not a directory");
  EXPECT_EQ(ReadOutcome("."), "unreadable:Is a directory");
  EXPECT_EQ(ReadOutcome("/dev/null"), "device:");
  EXPECT_EQ(ReadOutcome(std::string("bom\0x"sv)),
            "not_found:No such file or directory");
}

TEST(ReadFileTest, GivesWhatIsThereNowWhateverWasExpected) {
  const TempTree tree;
  tree.File("f", "twelve bytes");
  const FileState now = StateNow("f");
  ASSERT_TRUE(now.known());
  FileState later = now;
  ++later.nanoseconds;
  FileState longer = now;
  ++longer.size;
  FileState shorter = now;
  --shorter.size;
  std::string buffer;
  for (const FileState& expected :
       {later, longer, shorter, FileState{.size = 12}}) {
    EXPECT_EQ(Outcome(ReadFile("f", &buffer, expected)), "text:twelve bytes");
  }
  tree.File("f", "");
  EXPECT_EQ(Outcome(ReadFile("f", &buffer, now)), "empty:");
}

TEST(FileStateTest, WhatChangedALittleWhileAgoIsInDoubt) {
  struct stat status {};
  const auto unchanged_since = [&](int64_t now, int64_t changed,
                                   int64_t modified) {
    status.st_ctim.tv_sec = changed;
    status.st_mtim.tv_sec = modified;
    return UnchangedSince(now, status);
  };
  EXPECT_TRUE(unchanged_since(100, 98, 98));
  EXPECT_FALSE(unchanged_since(100, 99, 98));
  EXPECT_FALSE(unchanged_since(100, 98, 99));
  EXPECT_FALSE(unchanged_since(100, 101, 5));
}

TEST(ReadFileTest, ReadsAnOldFileAtOnce) {
  struct stat status;
  const std::string path = "/etc/passwd";
  if (stat(path.c_str(), &status) != 0 || status.st_size == 0) {
    GTEST_SKIP() << "no " << path;
  }
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(ReadOutcome(path), "text:" + text);
}

TEST(ReadFileTest, ReadsTheSameAgain) {
  const TempTree tree;
  std::string buffer;
  for (const size_t size : {1u, 100u, 65535u, 65536u, 65537u, 3000000u}) {
    tree.File("f", std::string(size, 'a'));
    EXPECT_EQ(Outcome(ReadFileAgain("f", &buffer)), ReadOutcome("f"));
  }
  tree.File("f", "");
  tree.Folder("folder");
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  for (const char* path : {"f", "folder", "fifo", "missing"}) {
    EXPECT_EQ(Outcome(ReadFileAgain(path, &buffer)), ReadOutcome(path));
  }
}

TEST(ReadFileTest, TakesNothingFromAFifoThatStandsInForAFile) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  const int fd = open("fifo", O_RDWR | O_NONBLOCK);
  ASSERT_EQ(write(fd, "hello", 5), 5);
  std::string buffer;
  for (const FileState& expected :
       {FileState{.size = 5, .seconds = 1, .nanoseconds = 1}, FileState{}}) {
    EXPECT_EQ(Outcome(ReadFile("fifo", &buffer, expected)), "fifo:");
  }
  char bytes[8];
  EXPECT_EQ(read(fd, bytes, sizeof(bytes)), 5);
  close(fd);
}

TEST(ReadFileTest, FindsTheFirstNul) {
  const TempTree tree;
  for (const size_t at : {0u, 1u, 2u, 3u, 4u, 65535u, 65536u, 70000u}) {
    tree.File("f", std::string(at, 'a') + '\0' + "b" + '\0');
    EXPECT_EQ(ReadOutcome("f"), "binary:NUL at byte " + std::to_string(at));
  }
  tree.File("f", "\0"sv);
  EXPECT_EQ(ReadOutcome("f"), "binary:NUL at byte 0");
}

TEST(ReadFileTest, LetsNulPassAfterAByteOrderMark) {
  const TempTree tree;
  for (const std::string_view text :
       {"\xff\xfe\x61\0"sv, "\xfe\xff\0\x61"sv, "\xff\xfe\0"sv,
        "\0\0\xfe\xff\0\0\0\x61"sv, "\xef\xbb\xbf\0"sv}) {
    tree.File("f", text);
    EXPECT_EQ(ReadOutcome("f"), "text:" + std::string(text));
  }
}

TEST(ReadFileTest, AGigabyteOfZerosCostsAChunk) {
  const TempTree tree;
  tree.File("zeros", "");
  ASSERT_EQ(truncate("zeros", 1 << 30), 0);
  std::string buffer;
  EXPECT_EQ(Outcome(ReadFile("zeros", &buffer)), "binary:NUL at byte 0");
  EXPECT_LE(buffer.size(), size_t{1} << 20);
}

TEST(ReadFileTest, RefusesMoreThanTheLimit) {
  const TempTree tree;
  tree.File("large", "");
  if (truncate("large", static_cast<off_t>(kMaxDocumentBytes) + 1) != 0) {
    GTEST_SKIP() << "the file system takes no file of 4 GiB";
  }
  EXPECT_EQ(ReadOutcome("large"), "too_large:over 4294967295 bytes");
}

TEST(ReadFileTest, DoesNotWaitForAFifoOrASocket) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  EXPECT_EQ(ReadOutcome("fifo"), "fifo:");
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strcpy(address.sun_path, "socket");
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
            0);
  EXPECT_EQ(ReadOutcome("socket"), "socket:");
  close(fd);
}

TEST(ReadFileTest, ReadsWhatTheSystemSaysHasNoSize) {
  struct stat status;
  if (stat("/proc/self/comm", &status) != 0) GTEST_SKIP() << "no /proc";
  ASSERT_EQ(status.st_size, 0);
  EXPECT_TRUE(ReadOutcome("/proc/self/comm").starts_with("text:corpus"));
}

// Someone appends all the time: reading ends, and what it gives is either
// whole lines as they were at one moment or the news that the file changed.
TEST(ReadFileTest, EndsOnAFileThatGrows) {
  const TempTree tree;
  tree.File("log", std::string(4 << 20, 'a'));
  std::atomic<bool> done = false;
  std::thread writer([&] {
    std::ofstream log("log", std::ios::app);
    const std::string more(100000, 'b');
    for (int i = 0; i < 2000 && !done; ++i) log << more << std::flush;
  });
  int changed = 0;
  std::string buffer;
  for (int i = 0; i < 20 && changed == 0; ++i) {
    const ReadResult result = ReadFile("log", &buffer);
    if (result.skip) {
      EXPECT_EQ(result.skip->reason, SkipReason::kChanged);
      ++changed;
    }
  }
  done = true;
  writer.join();
  EXPECT_GT(changed, 0);
  EXPECT_TRUE(ReadOutcome("log").starts_with("text:aaaa"));
}

TEST(ReadFileTest, UnreadableFileIsAnErrorOfItsOwn) {
  const TempTree tree;
  tree.File("secret", "x");
  ASSERT_EQ(chmod("secret", 0), 0);
  ASSERT_EQ(chmod(".", 0755), 0);
  // In a process of its own, since root may read everything.
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && seteuid(65534) != 0) _exit(2);
    _exit(ReadOutcome("secret") == "unreadable:Permission denied" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  if (WEXITSTATUS(status) == 2) GTEST_SKIP() << "cannot stop being root";
  EXPECT_EQ(status, 0);
}

TEST(ReadStreamTest, ReadsAFifoToItsEnd) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  std::thread writer([] {
    std::ofstream fifo("fifo");
    fifo << std::string(200000, 'a') << std::flush << "end";
  });
  std::string buffer;
  const ReadResult result = ReadStream("fifo", &buffer);
  writer.join();
  ASSERT_FALSE(result.skip);
  EXPECT_TRUE(result.text == std::string(200000, 'a') + "end");
}

TEST(ReadStreamTest, StopsWaitingWhenAsked) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  std::stop_source stop;
  std::string outcome;
  std::thread reader([&] {
    std::string buffer;
    outcome = Outcome(ReadStream("fifo", &buffer, stop.get_token()));
  });
  stop.request_stop();
  reader.join();
  EXPECT_EQ(outcome, "unreadable:interrupted");
}

TEST(ReadStreamTest, EndlessZerosAreBinary) {
  std::string buffer;
  EXPECT_EQ(Outcome(ReadStream("/dev/zero", &buffer)), "binary:NUL at byte 0");
  EXPECT_EQ(Outcome(ReadStream("/dev/null", &buffer)), "empty:");
}

}  // namespace
}  // namespace twicetold
