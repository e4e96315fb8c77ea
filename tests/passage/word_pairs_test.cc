// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/word_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// A letter a word; capitals fold.
std::vector<WordKey> KeysOf(const std::string& letters) {
  std::vector<WordKey> keys;
  for (const char c : letters) {
    keys.push_back(
        {static_cast<uint64_t>(std::tolower(c)), static_cast<uint64_t>(c)});
  }
  return keys;
}

std::vector<WordPair> Pair(const std::string& a, const std::string& b,
                           uint64_t most = kMostWordPairs) {
  return PairWords(KeysOf(a), KeysOf(b), most);
}

// How good a list of pairs is: pairs, then neighbours, then spelling.
using Merit = std::vector<int>;

Merit MeritOf(const std::string& a, const std::string& b,
              const std::vector<WordPair>& pairs) {
  Merit merit = {static_cast<int>(pairs.size()), 0, 0};
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (i > 0 && pairs[i - 1].a + 1 == pairs[i].a &&
        pairs[i - 1].b + 1 == pairs[i].b) {
      ++merit[1];
    }
    if (a[pairs[i].a] == b[pairs[i].b]) ++merit[2];
  }
  return merit;
}

// Every common subsequence, one by one.
void BestFrom(const std::string& a, const std::string& b,
              std::vector<WordPair>* pairs, Merit* best) {
  *best = std::max(*best, MeritOf(a, b, *pairs));
  const uint32_t i0 = pairs->empty() ? 0 : pairs->back().a + 1;
  const uint32_t j0 = pairs->empty() ? 0 : pairs->back().b + 1;
  for (uint32_t i = i0; i < a.size(); ++i) {
    for (uint32_t j = j0; j < b.size(); ++j) {
      if (std::tolower(a[i]) != std::tolower(b[j])) continue;
      pairs->push_back({i, j});
      BestFrom(a, b, pairs, best);
      pairs->pop_back();
    }
  }
}

void ExpectCommonSubsequence(const std::string& a, const std::string& b,
                             const std::vector<WordPair>& pairs) {
  for (size_t i = 0; i < pairs.size(); ++i) {
    ASSERT_LT(pairs[i].a, a.size());
    ASSERT_LT(pairs[i].b, b.size());
    ASSERT_EQ(std::tolower(a[pairs[i].a]), std::tolower(b[pairs[i].b]));
    if (i == 0) continue;
    ASSERT_LT(pairs[i - 1].a, pairs[i].a);
    ASSERT_LT(pairs[i - 1].b, pairs[i].b);
  }
}

std::vector<std::string> AllStrings(const std::string& alphabet, size_t most) {
  std::vector<std::string> all = {""};
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].size() == most) continue;
    for (const char c : alphabet) all.push_back(all[i] + c);
  }
  return all;
}

TEST(WordPairsTest, AsGoodAsTheBestOfAll) {
  const std::vector<std::string> all = AllStrings("aAb", 4);
  for (const std::string& a : all) {
    for (const std::string& b : all) {
      const auto pairs = Pair(a, b);
      ExpectCommonSubsequence(a, b, pairs);
      Merit best = {0, 0, 0};
      std::vector<WordPair> none;
      BestFrom(a, b, &none, &best);
      // Words that are equal one by one are paired as they stand.
      ASSERT_EQ(MeritOf(a, b, pairs), best) << a << " " << b;
    }
  }
}

TEST(WordPairsTest, AboveTheBoundStillACommonSubsequence) {
  for (const std::string& a : AllStrings("abc", 4)) {
    for (const std::string& b : AllStrings("abc", 4)) {
      for (const uint64_t most : {0, 1, 4}) {
        ExpectCommonSubsequence(a, b, Pair(a, b, most));
      }
    }
  }
}

TEST(WordPairsTest, WordsThatOccurOnceDivideWhatIsTooLong) {
  // x and y stand once; the bound leaves nothing else but ends.
  EXPECT_EQ(Pair("aabxbbayab", "bbxaby", 1),
            (std::vector<WordPair>{{2, 1}, {3, 2}, {7, 5}}));
}

TEST(WordPairsTest, WordsThatStandTogether) {
  // The first a has the same length, but no neighbour.
  EXPECT_EQ(Pair("acab", "ab"), (std::vector<WordPair>{{2, 0}, {3, 1}}));
  EXPECT_EQ(Pair("ab", "abcb"), (std::vector<WordPair>{{0, 0}, {1, 1}}));
}

TEST(WordPairsTest, ALongOneTakesItsTime) {
  std::string a;
  std::string b;
  testing::Random random(1);
  for (int i = 0; i < 200000; ++i) {
    a += static_cast<char>('a' + random.Below(3));
    b += static_cast<char>('a' + random.Below(3));
  }
  ExpectCommonSubsequence(a, b, Pair(a, b));
  EXPECT_EQ(Pair(a, a).size(), a.size());
}

}  // namespace
}  // namespace twicetold
