// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/glob.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace twicetold {
namespace {

bool Matches(std::string_view pattern, std::string_view path,
             Glob::Braces braces = Glob::Braces::kAlternatives) {
  const absl::StatusOr<Glob> glob = Glob::Parse(pattern, braces);
  EXPECT_TRUE(glob.ok()) << pattern << ": " << glob.status();
  return glob.ok() && glob->Matches(path);
}

// The definition, tried out character by character. Knows `*`, `?`, `**` and
// plain characters.
bool Slow(const std::string& pattern, size_t i, const std::string& path,
          size_t j) {
  if (i == pattern.size()) return j == path.size();
  const bool doubled = pattern.compare(i, 2, "**") == 0;
  const bool alone = doubled && (i == 0 || pattern[i - 1] == '/') &&
                     (i + 2 == pattern.size() || pattern[i + 2] == '/');
  if (alone && i + 2 == pattern.size()) return true;
  if (alone) {
    if (Slow(pattern, i + 3, path, j)) return true;
    for (size_t k = j; k < path.size(); ++k) {
      if (path[k] == '/' && Slow(pattern, i + 3, path, k + 1)) return true;
    }
    return false;
  }
  if (pattern[i] == '*') {
    const size_t after = i + (doubled ? 2 : 1);
    for (size_t k = j;; ++k) {
      if (Slow(pattern, after, path, k)) return true;
      if (k == path.size() || path[k] == '/') return false;
    }
  }
  if (j == path.size()) return false;
  const bool fits = pattern[i] == '?' ? path[j] != '/' : path[j] == pattern[i];
  return fits && Slow(pattern, i + 1, path, j + 1);
}

std::vector<std::string> AllStrings(std::string_view alphabet, size_t longest) {
  std::vector<std::string> all = {""};
  for (size_t from = 0; all.back().size() < longest;) {
    const size_t end = all.size();
    for (; from < end; ++from) {
      for (const char c : alphabet) all.push_back(all[from] + c);
    }
  }
  return all;
}

TEST(GlobTest, AgreesWithTheDefinitionOnAllShortStrings) {
  const std::vector<std::string> paths = AllStrings("ab/", 5);
  size_t matches = 0;
  GlobScratch scratch;  // what one match leaves behind must not tell the next
  for (const std::string& pattern : AllStrings("ab/*?", 5)) {
    const absl::StatusOr<Glob> glob =
        Glob::Parse(pattern, Glob::Braces::kLiteral);
    ASSERT_TRUE(glob.ok());
    for (const std::string& path : paths) {
      const bool expected = Slow(pattern, 0, path, 0);
      ASSERT_EQ(glob->Matches(path, &scratch), expected)
          << pattern << " on " << path;
      matches += expected;
    }
  }
  EXPECT_GT(matches, 10000u);
}

TEST(GlobTest, AlternativesAreTheUnionOfWhatTheyStandFor) {
  const std::vector<std::string> paths = AllStrings("ab/", 5);
  const std::vector<std::string> parts = AllStrings("a/*?", 2);
  for (const std::string& x : parts) {
    for (const std::string& y : parts) {
      // What `**` is depends on where the branch stands: left to ripgrep.
      if (x.find("**") != std::string::npos || x.empty() || y.empty() ||
          y.find("**") != std::string::npos) {
        continue;
      }
      for (const std::string& path : paths) {
        ASSERT_EQ(Matches("a{" + x + "," + y + "}b", path),
                  Matches("a" + x + "b", path) || Matches("a" + y + "b", path))
            << x << " or " << y << " on " << path;
      }
    }
  }
}

TEST(GlobTest, NestsAlternatives) {
  for (const char* path : {"ax.c", "abx.c", "adx.c", "ex.c"}) {
    EXPECT_TRUE(Matches("{a{b,d,},a,e}x.c", path)) << path;
  }
  EXPECT_FALSE(Matches("{a{b,d},e}x.c", "ax.c"));
  EXPECT_TRUE(Matches("{**/a,b}", "x/y/a"));
  EXPECT_TRUE(Matches("a/{**,b}/c", "a/x/c"));
}

TEST(GlobTest, EmptyBranchIsNoBranch) {
  EXPECT_TRUE(Matches("x{,y}", "xy"));
  EXPECT_FALSE(Matches("x{,y}", "x"));
  EXPECT_TRUE(Matches("x{}", "x"));
}

TEST(GlobTest, BracesAreLiteralInIgnoreFiles) {
  EXPECT_TRUE(Matches("{a,b}", "{a,b}", Glob::Braces::kLiteral));
  EXPECT_FALSE(Matches("{a,b}", "a", Glob::Braces::kLiteral));
}

TEST(GlobTest, Sets) {
  EXPECT_TRUE(Matches("[a-c]x", "bx"));
  EXPECT_FALSE(Matches("[a-c]x", "dx"));
  EXPECT_TRUE(Matches("[!a-c]x", "dx"));
  EXPECT_TRUE(Matches("[^a-c]x", "dx"));
  EXPECT_FALSE(Matches("[^a-c]x", "ax"));
  EXPECT_TRUE(Matches("[]a]", "]"));
  EXPECT_TRUE(Matches("[!]a]", "b"));
  EXPECT_FALSE(Matches("[!]a]", "]"));
  EXPECT_TRUE(Matches("[a-]", "-"));
  EXPECT_TRUE(Matches("[--/]", "."));
  EXPECT_TRUE(Matches("[\\]", "\\"));
  EXPECT_TRUE(Matches("[\x80-\xff]", "\xe9"));
}

TEST(GlobTest, BackslashTakesAwayTheMeaning) {
  EXPECT_TRUE(Matches("\\*", "*"));
  EXPECT_FALSE(Matches("\\*", "a"));
  EXPECT_TRUE(Matches("\\a\\[\\{", "a[{"));
}

TEST(GlobTest, WorksOnBytes) {
  EXPECT_TRUE(Matches("a\xff*", "a\xff\xfe\x01"));
  EXPECT_TRUE(Matches("?", "\xff"));
  EXPECT_FALSE(Matches("?", "\xc3\xa9"));
  EXPECT_TRUE(Matches("a*b", "a\nb"));
}

TEST(GlobTest, RefusesWhatIsNoPattern) {
  for (const char* pattern :
       {"[a", "[", "[]", "[!]", "[z-a]", "a\\", "{a", "a}", "{a,{b}", "{a}}"}) {
    EXPECT_FALSE(Glob::Parse(pattern, Glob::Braces::kAlternatives).ok())
        << pattern;
  }
  EXPECT_FALSE(
      Glob::Parse(std::string(100000, '{'), Glob::Braces::kAlternatives).ok());
}

// Would not end in the lifetime of a test if a matcher tried all the ways.
TEST(GlobTest, ManyStarsEnd) {
  std::string pattern;
  std::string alternatives;
  for (int i = 0; i < 60; ++i) {
    pattern += "*a";
    alternatives += "{a,a*,*a}";
  }
  const std::string path(2000, 'a');
  EXPECT_TRUE(Matches(pattern, path));
  EXPECT_FALSE(Matches(pattern + "b", path));
  EXPECT_FALSE(Matches(pattern + "?b*", path));
  EXPECT_FALSE(Matches(alternatives + "b?", path));
  std::string folders;
  for (int i = 0; i < 60; ++i) folders += "**/a/";
  EXPECT_FALSE(Matches(folders + "[b]", path));
}

}  // namespace
}  // namespace twicetold
