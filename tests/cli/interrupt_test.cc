// SPDX-License-Identifier: Apache-2.0
//
// A run that is interrupted says so and ends soon, with a status of its own.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/cli/run_tool.h"
#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

// From the moment it looks for documents, the tool blocks SIGINT and awaits it.
bool BlocksInterrupts(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("SigBlk:")) continue;
    const uint64_t blocked = std::stoull(line.substr(7), nullptr, 16);
    const auto has = [blocked](int signal) {
      return (blocked >> (signal - 1) & 1) != 0;
    };
    // Starting a thread blocks all signals for a moment.
    return has(SIGINT) && has(SIGTERM) && !has(SIGHUP);
  }
  return false;
}

void Pause() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

void ExpectInterrupted(const std::vector<std::string>& args, int signal) {
  const pid_t pid = StartTool(args, "out", "err");
  for (int i = 0; i < 20000 && !BlocksInterrupts(pid); ++i) Pause();
  kill(pid, signal);
  const ToolResult result = WaitForTool(pid, "out", "err", 120);
  EXPECT_EQ(result.status, 130);
  EXPECT_EQ(result.err, "twicetold: interrupted\n");
  EXPECT_EQ(result.out, "");
}

class InterruptTest : public ::testing::TestWithParam<int> {};

TEST_P(InterruptTest, EndsWith130) {
  const TempTree tree;
  tree.Folder("docs");
  // Much work on little disk: sparse files that a byte order mark makes text
  // to their end.
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "docs/" + std::to_string(i);
    tree.File(name, "\xef\xbb\xbfword");
    ASSERT_EQ(truncate(name.c_str(), off_t{64} << 20), 0);
  }
  ExpectInterrupted({"scan", "-j", "2", "docs"}, GetParam());
}

// A pipe that nobody ever writes to.
TEST_P(InterruptTest, EndsWith130WhileItWaitsForAPipe) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  // Held open for writing, so that the reader does not see its end.
  const int writer = open("pipe", O_RDWR | O_CLOEXEC);
  ASSERT_GE(writer, 0);
  ExpectInterrupted({"scan", "pipe"}, GetParam());
  ExpectInterrupted({"scan", "--files-from", "pipe"}, GetParam());
  close(writer);
}

// Once documents are compared, a signal has its usual effect, so that nobody
// waits for a report that nobody reads.
TEST_P(InterruptTest, EndsTheProcessWhileItWritesAReport) {
  const TempTree tree;
  tree.Folder("docs");
  for (int i = 0; i < 2000; ++i) {
    tree.File("docs/" + std::to_string(i), "word " + std::to_string(i));
  }
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  const int reader = open("pipe", O_RDWR | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  const pid_t pid =
      StartTool({"scan", "-o", "jsonl:pipe", "docs"}, "out", "err");
  int written = 0;
  for (int i = 0; i < 20000 && written == 0; ++i) {
    Pause();
    ASSERT_EQ(ioctl(reader, FIONREAD, &written), 0);
  }
  EXPECT_GT(written, 0);
  kill(pid, GetParam());
  int status = 0;
  for (int i = 0; i < 20000 && waitpid(pid, &status, WNOHANG) == 0; ++i)
    Pause();
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), GetParam());
  if (!WIFSIGNALED(status)) kill(pid, SIGKILL);
  close(reader);
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptTest,
                         ::testing::Values(SIGINT, SIGTERM));

}  // namespace
}  // namespace twicetold::testing
