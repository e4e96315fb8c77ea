// SPDX-License-Identifier: Apache-2.0
#include "tools/suggest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twicetold {
namespace {

const std::vector<std::string> kWords = {"--hidden", "--follow", "--seed",
                                         "scan", "scam"};

TEST(NearestTest, OneMistakeOfEachKind) {
  EXPECT_EQ(Nearest("--hiden", kWords), "--hidden");    // one too few
  EXPECT_EQ(Nearest("--hiddden", kWords), "--hidden");  // one too many
  EXPECT_EQ(Nearest("--hodden", kWords), "--hidden");   // another letter
  EXPECT_EQ(Nearest("--hidedn", kWords), "--hidden");   // neighbours swapped
}

TEST(NearestTest, TheWordItself) {
  for (const std::string& word : kWords) EXPECT_EQ(Nearest(word, kWords), word);
}

TEST(NearestTest, TheFirstOfSeveral) {
  EXPECT_EQ(Nearest("scar", kWords), "scan");
  EXPECT_EQ(Nearest("sca", kWords), "scan");
}

TEST(NearestTest, NothingIsNear) {
  EXPECT_EQ(Nearest("--quite-another-thing", kWords), "");
  EXPECT_EQ(Nearest("diff", kWords), "");
  EXPECT_EQ(Nearest("", kWords), "");
  EXPECT_EQ(Nearest("scan", {}), "");
}

TEST(NearestTest, AThirdOfTheWordMayBeWrong) {
  const std::vector<std::string> words = {"abcdef"};
  EXPECT_EQ(Nearest("abcdxy", words), "abcdef");
  EXPECT_EQ(Nearest("abcxyz", words), "");
  // At least one mistake is forgiven: two letters are not a third.
  EXPECT_EQ(Nearest("ax", std::vector<std::string>{"ab"}), "ab");
}

}  // namespace
}  // namespace twicetold
