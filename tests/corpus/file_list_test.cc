// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/file_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace twicetold {
namespace {

using std::string_view_literals::operator""sv;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FileListTest, OneAPathALine) {
  EXPECT_THAT(ParseFileList("a\nb c \r\n\n\r\n\xff/d", false),
              ElementsAre("a", "b c ", "\xff/d"));
  EXPECT_THAT(ParseFileList("a\r\r\n", false), ElementsAre("a\r"));
  EXPECT_THAT(ParseFileList("", false), IsEmpty());
  EXPECT_THAT(ParseFileList("\n\n", false), IsEmpty());
}

TEST(FileListTest, NulsLeaveLineEndsAlone) {
  EXPECT_THAT(ParseFileList("a\nb\0c\r\0\0d"sv, true),
              ElementsAre("a\nb", "c\r", "d"));
}

}  // namespace
}  // namespace twicetold
