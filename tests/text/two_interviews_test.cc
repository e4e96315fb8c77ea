// SPDX-License-Identifier: Apache-2.0
//
// The article that started the project, measured: its two interviews share
// few shingles of any useful length. The counts were found with another
// tokenizer (a regular expression).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using ShingleSet = std::set<std::vector<uint64_t>>;

std::string DataFolder() {
  const char* folder = std::getenv("TWICETOLD_DATA");
  return folder != nullptr ? folder : TWICETOLD_DATA_DIR;
}

std::vector<uint64_t> Hashes(std::string_view text) {
  std::vector<uint64_t> hashes;
  TokenHashes(text, &hashes);
  return hashes;
}

ShingleSet Shingles(const std::vector<uint64_t>& tokens, size_t k) {
  ShingleSet shingles;
  for (size_t i = 0; i + k <= tokens.size(); ++i) {
    const auto begin = tokens.begin() + static_cast<ptrdiff_t>(i);
    shingles.emplace(begin, begin + static_cast<ptrdiff_t>(k));
  }
  return shingles;
}

size_t CountShared(const ShingleSet& a, const ShingleSet& b) {
  size_t shared = 0;
  for (const auto& shingle : a) shared += b.count(shingle);
  return shared;
}

TEST(TwoInterviewsTest, TokensAndShinglesAreAsMeasured) {
  const std::string path = DataFolder() + "/two-interviews.txt";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    GTEST_SKIP() << "no " << path
                 << "; set TWICETOLD_DATA to the folder that holds it";
  }
  const std::string text(std::istreambuf_iterator<char>(file), {});
  ASSERT_EQ(text.size(), 17608u);
  const std::string_view view = text;
  // "recycled_section" of two-interviews.truth.json.
  const auto a = Hashes(view.substr(5662, 11596 - 5662));
  const auto b = Hashes(view.substr(11597, 17608 - 11597));
  EXPECT_EQ(Hashes(text).size(), 2494u);
  ASSERT_EQ(a.size(), 820u);
  ASSERT_EQ(b.size(), 836u);

  struct Expected {
    size_t k, in_a, in_b, shared;
    double jaccard;
  };
  for (const Expected& expected : {Expected{1, 358, 387, 266, .56},
                                   {2, 715, 742, 338, .30},
                                   {3, 793, 811, 242, .18},
                                   {4, 810, 828, 166, .11},
                                   {5, 813, 832, 120, .079},
                                   {8, 813, 829, 39, .02}}) {
    const ShingleSet of_a = Shingles(a, expected.k);
    const ShingleSet of_b = Shingles(b, expected.k);
    const size_t shared = CountShared(of_a, of_b);
    EXPECT_EQ(of_a.size(), expected.in_a) << expected.k;
    EXPECT_EQ(of_b.size(), expected.in_b) << expected.k;
    EXPECT_EQ(shared, expected.shared) << expected.k;
    const auto all = static_cast<double>(of_a.size() + of_b.size() - shared);
    EXPECT_NEAR(static_cast<double>(shared) / all, expected.jaccard, .005);
  }
}

}  // namespace
}  // namespace twicetold
