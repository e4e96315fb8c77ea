// SPDX-License-Identifier: Apache-2.0
#include "tools/git_excludes.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/testing/temp_tree.h"

namespace twicetold {
namespace {

TEST(ExcludesFileInTest, FindsTheKeyInItsSection) {
  EXPECT_EQ(ExcludesFileIn("[core]\n\texcludesFile = /etc/x\n", "/h"),
            "/etc/x");
  EXPECT_EQ(ExcludesFileIn("[user]\nname = A\n[core]\nexcludesfile=~/x", "/h"),
            "/h/x");
  EXPECT_EQ(ExcludesFileIn("[CORE]\r\nEXCLUDESFILE = \"/a b\"\r\n", "/h"),
            "/a b");
}

// After a section's name the line goes on, with a comment or a key.
TEST(ExcludesFileInTest, SectionAndMoreOnOneLine) {
  EXPECT_EQ(ExcludesFileIn("[core] # mine\nexcludesfile = /x\n", "/h"), "/x");
  EXPECT_EQ(ExcludesFileIn("[core] ; mine\nexcludesfile = /x\n", "/h"), "/x");
  EXPECT_EQ(ExcludesFileIn("[core] excludesFile = /x\n", "/h"), "/x");
  EXPECT_EQ(ExcludesFileIn("[core] # excludesFile = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[core \"a\"] excludesFile = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[user] excludesFile = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[core\nexcludesFile = /x\n", "/h"), "");
}

TEST(ExcludesFileInTest, TheLastOneCounts) {
  EXPECT_EQ(ExcludesFileIn("[core]\nexcludesfile=/a\n[user]\nx=y\n"
                           "[core]\nexcludesfile=/b\n",
                           "/h"),
            "/b");
}

TEST(ExcludesFileInTest, NotInOtherSectionsOrKeys) {
  EXPECT_EQ(ExcludesFileIn("", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[alias]\nexcludesfile = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[core]\nexcludes = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("[core]\n# excludesfile = /x\n", "/h"), "");
  EXPECT_EQ(ExcludesFileIn("excludesfile = /x\n", "/h"), "");
}

TEST(ExcludesFileInTest, OnlyALeadingTildeIsHome) {
  EXPECT_EQ(ExcludesFileIn("[core]\nexcludesfile = /a/~/b\n", "/h"), "/a/~/b");
}

// Sets environment variables for one test.
class GitExcludesFileTest : public ::testing::Test {
 protected:
  GitExcludesFileTest() {
    setenv("HOME", tree_.root().c_str(), 1);
    unsetenv("XDG_CONFIG_HOME");
  }
  ~GitExcludesFileTest() override {
    if (home_before_.empty()) {
      unsetenv("HOME");
    } else {
      setenv("HOME", home_before_.c_str(), 1);
    }
  }

  testing::TempTree tree_;

 private:
  const std::string home_before_ =
      std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
};

TEST_F(GitExcludesFileTest, WithoutAnySetting) {
  EXPECT_EQ(GitExcludesFile(), tree_.root() + "/.config/git/ignore");
  setenv("XDG_CONFIG_HOME", "/xdg", 1);
  EXPECT_EQ(GitExcludesFile(), "/xdg/git/ignore");
  unsetenv("XDG_CONFIG_HOME");
  unsetenv("HOME");
  EXPECT_EQ(GitExcludesFile(), "");
}

TEST_F(GitExcludesFileTest, GitconfigComesFirst) {
  tree_.File(".config/git/config", "[core]\nexcludesfile = /second\n");
  EXPECT_EQ(GitExcludesFile(), "/second");
  tree_.File(".gitconfig", "[core]\nexcludesfile = ~/first\n");
  EXPECT_EQ(GitExcludesFile(), tree_.root() + "/first");
}

}  // namespace
}  // namespace twicetold
