// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace twicetold {
namespace {

// A terminal of our own, and a file that is none.
class TerminalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    controller_ = posix_openpt(O_RDWR | O_NOCTTY);
    if (controller_ < 0 || grantpt(controller_) != 0 ||
        unlockpt(controller_) != 0) {
      GTEST_SKIP() << "this system gives no pseudo terminal";
    }
    terminal_ = open(ptsname(controller_), O_RDWR | O_NOCTTY);
    ASSERT_GE(terminal_, 0);
  }
  void TearDown() override {
    for (const int fd : {terminal_, controller_, file_}) close(fd);
    unsetenv("NO_COLOR");
  }

  int controller_ = -1;
  int terminal_ = -1;
  const int file_ = open("/dev/null", O_RDWR);
};

TEST_F(TerminalTest, ColorOnlyOnATerminal) {
  EXPECT_TRUE(UseColor(ColorChoice::kAuto, terminal_));
  EXPECT_FALSE(UseColor(ColorChoice::kAuto, file_));
}

TEST_F(TerminalTest, NoColorCountsUnlessEmpty) {
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(UseColor(ColorChoice::kAuto, terminal_));
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(UseColor(ColorChoice::kAuto, terminal_));
}

TEST_F(TerminalTest, ADumbTerminalHasNoColor) {
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(UseColor(ColorChoice::kAuto, terminal_));
}

TEST_F(TerminalTest, LinesAreRewrittenOnATerminalThatIsNotDumb) {
  EXPECT_TRUE(CanRewrite(terminal_));
  EXPECT_FALSE(CanRewrite(file_));
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(CanRewrite(terminal_));
}

TEST_F(TerminalTest, WhatIsSaidOutrightIsDone) {
  setenv("NO_COLOR", "1", 1);
  setenv("TERM", "dumb", 1);
  EXPECT_TRUE(UseColor(ColorChoice::kAlways, terminal_));
  EXPECT_TRUE(UseColor(ColorChoice::kAlways, file_));
  unsetenv("NO_COLOR");
  setenv("TERM", "xterm", 1);
  EXPECT_FALSE(UseColor(ColorChoice::kNever, terminal_));
}

TEST_F(TerminalTest, WidthIsThatOfTheTerminal) {
  winsize size{};
  size.ws_col = 77;
  ASSERT_EQ(ioctl(terminal_, TIOCSWINSZ, &size), 0);
  EXPECT_EQ(TerminalWidth(terminal_), 77u);
  EXPECT_EQ(TerminalWidth(file_), 100u);
  size.ws_col = 0;  // a terminal that does not know
  ASSERT_EQ(ioctl(terminal_, TIOCSWINSZ, &size), 0);
  EXPECT_EQ(TerminalWidth(terminal_), 100u);
}

}  // namespace
}  // namespace twicetold
