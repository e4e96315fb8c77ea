// SPDX-License-Identifier: Apache-2.0
//
// Numbers of the stems of two texts, against texts looked at with maps; and an
// aligner that keeps its memory against new ones.
#include "twicetold/passage/stem_pair.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

using testing::Random;

std::string MakeText(Random* random, size_t words, size_t vocabulary) {
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    text += testing::WordFor(random->Below(1 + random->Below(vocabulary)));
    text += random->Below(12) == 0 ? ". " : " ";
  }
  return text;
}

uint64_t StemHash(const Words& words, uint32_t word) {
  return words.stem_hashes[words.stems[word]];
}

// Cells of the text that hold each stem.
std::map<uint64_t, size_t> CellsWith(const Words& words) {
  std::map<uint64_t, size_t> cells;
  for (const WordRange cell : words.cells) {
    std::map<uint64_t, bool> seen;
    for (uint32_t i = cell.begin; i < cell.end; ++i) {
      if (!seen[StemHash(words, i)]) ++cells[StemHash(words, i)];
      seen[StemHash(words, i)] = true;
    }
  }
  return cells;
}

WordRange AnyRange(const Words& words, Random* random) {
  const auto x = static_cast<uint32_t>(random->Below(words.size() + 1));
  const auto y = static_cast<uint32_t>(random->Below(words.size() + 1));
  return {std::min(x, y), std::max(x, y)};
}

// Every word has its own stem's number, one stem one number, and the
// idf of whole texts.
void ExpectAsSlow(const StemPair& pair, const Words& a, const Words& b) {
  std::map<uint64_t, size_t> in_a = CellsWith(a);
  std::map<uint64_t, size_t> in_b = CellsWith(b);
  std::map<uint64_t, uint32_t> number_of;
  std::map<uint32_t, uint64_t> stem_of;
  const auto check = [&](const PairSide& side) {
    for (uint32_t i = 0; i < side.words->size(); ++i) {
      const uint64_t stem = StemHash(*side.words, i);
      const uint32_t number = side.StemOf(i);
      ASSERT_LT(number, pair.idf.size());
      ASSERT_EQ(number_of.try_emplace(stem, number).first->second, number);
      ASSERT_EQ(stem_of.try_emplace(number, stem).first->second, stem);
      ASSERT_EQ(pair.least_cells[number], std::min(in_a[stem], in_b[stem]));
      const size_t df = in_a[stem] + (pair.within ? 0 : in_b[stem]);
      ASSERT_DOUBLE_EQ(pair.idf[number],
                       std::log(static_cast<double>(pair.cells)) -
                           std::log(static_cast<double>(df)));
      ASSERT_EQ(side.number[side.words->stems[i]], number);
    }
  };
  check(pair.a);
  check(pair.b);
}

TEST(StemPairTest, AnyTwoTexts) {
  Random random(1);
  StemPairMaker maker;  // keeps its memory over all of them
  for (int round = 0; round < 40; ++round) {
    const Words a = MakeWords(MakeText(&random, random.Below(600), 300));
    const Words b = MakeWords(MakeText(&random, random.Below(600), 300));
    const bool within = round % 4 == 3;
    const Words& other = within ? a : b;
    maker.Start(a, within ? nullptr : &b);
    ExpectAsSlow(maker.pair(), a, other);
  }
}

// Two texts with a part in common, of which a word in ten differs.
struct Told {
  Words a;
  Words b;
};

Told MakeTold(Random* random) {
  const std::string before = MakeText(random, random->Below(400), 3000);
  const std::string shared = MakeText(random, 200, 3000);
  std::string again;
  size_t begin = 0;
  while (begin < shared.size()) {
    const size_t end = shared.find(' ', begin) + 1;
    again +=
        random->Below(10) == 0 ? "other " : shared.substr(begin, end - begin);
    begin = end;
  }
  return {MakeWords(before + shared + MakeText(random, 300, 3000)),
          MakeWords(MakeText(random, 300, 3000) + again)};
}

TEST(WindowsAlignerTest, KeepsNothingOfWhatCameBefore) {
  Random random(3);
  const PassageOptions options;
  const WordBits bits = [](uint64_t) { return 8.0; };
  WindowsAligner used(options, bits);
  size_t found = 0;
  for (int round = 0; round < 30; ++round) {
    const Told told = MakeTold(&random);
    std::vector<AlignWindow> windows = {
        {{0, told.a.size()}, {0, told.b.size()}}};
    if (round % 3 == 1) {
      windows = {{AnyRange(told.a, &random), AnyRange(told.b, &random)},
                 {AnyRange(told.a, &random), AnyRange(told.b, &random)}};
    }
    const auto passages = used.Align(told.a, &told.b, windows);
    EXPECT_EQ(passages,
              WindowsAligner(options, bits).Align(told.a, &told.b, windows));
    found += passages.size();
    if (round % 3 != 0) continue;
    // A window of everything is the pair, as far as places go.
    const auto pair = AlignPair(told.a, told.b, options);
    ASSERT_EQ(passages.size(), pair.size());
    for (size_t i = 0; i < pair.size(); ++i) {
      EXPECT_EQ(passages[i].a, pair[i].a);
      EXPECT_EQ(passages[i].b, pair[i].b);
    }
  }
  EXPECT_GE(found, 10u);
}

}  // namespace
}  // namespace twicetold
