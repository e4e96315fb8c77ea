// SPDX-License-Identifier: Apache-2.0
//
// What holds for the passages and edits of any two texts, tried on made-up
// ones in many ways of writing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/testing/told_again.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/edits.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using testing::OtherMarks;
using testing::TextPair;
using testing::ToldAgain;
using testing::Writing;

constexpr uint64_t kRounds = 40;  // of each way of writing

std::string Cut(std::string_view text, ByteRange range) {
  return std::string(text.substr(range.begin, range.end - range.begin));
}

auto Key(const Passage& p) {
  return std::tuple(p.a.begin, p.a.end, p.b.begin, p.b.end, p.kind, p.score,
                    p.common_words);
}

void SortByPlace(std::vector<Passage>* passages) {
  std::sort(passages->begin(), passages->end(),
            [](const Passage& x, const Passage& y) { return Key(x) < Key(y); });
}

std::vector<Passage> Mirrored(std::vector<Passage> passages) {
  for (Passage& passage : passages) std::swap(passage.a, passage.b);
  return passages;
}

PassageDiff Mirrored(PassageDiff diff) {
  for (SentencePair& pair : diff.sentences) std::swap(pair.a, pair.b);
  for (Edit& edit : diff.edits) {
    std::swap(edit.a, edit.b);
    if (edit.op == EditOp::kInsert) {
      edit.op = EditOp::kDelete;
    } else if (edit.op == EditOp::kDelete) {
      edit.op = EditOp::kInsert;
    }
  }
  return diff;
}

// Words of both sides matched one to one, and the bits of their rarity among
// all words of the texts: counted the slow way.
std::pair<uint32_t, double> CommonWords(const Passage& passage, const Words& a,
                                        const Words& b, bool within) {
  std::map<uint64_t, uint32_t> all;
  for (const uint64_t hash : a.hashes) ++all[hash];
  double total = a.size();
  if (!within) {
    for (const uint64_t hash : b.hashes) ++all[hash];
    total += b.size();
  }
  std::map<uint64_t, uint32_t> of_a;
  std::map<uint64_t, uint32_t> of_b;
  for (uint32_t i = passage.a.begin; i < passage.a.end; ++i) {
    ++of_a[a.hashes[i]];
  }
  for (uint32_t i = passage.b.begin; i < passage.b.end; ++i) {
    ++of_b[b.hashes[i]];
  }
  uint32_t common = 0;
  double score = 0;
  for (const auto& [hash, count] : of_a) {
    const auto at = of_b.find(hash);
    if (at == of_b.end()) continue;
    const uint32_t both = std::min(count, at->second);
    common += both;
    score += both * std::log2((total + 2) / (all[hash] + 1));
  }
  return {common, score};
}

// A side is words of the text, whole, as a tokenizer of its own finds them.
void ExpectWholeWords(std::string_view text, const Words& words,
                      WordRange side) {
  ASSERT_LT(side.begin, side.end);
  ASSERT_LE(side.end, words.size());
  const ByteRange bytes = words.BytesOf(side);
  ASSERT_LT(bytes.begin, bytes.end);
  ASSERT_LE(bytes.end, text.size());
  const Tokens tokens = Tokenize(text);
  ASSERT_EQ(tokens.ranges.size(), words.size());
  for (uint32_t i = 0; i < words.size(); ++i) {
    const ByteRange word = tokens.ranges[i];
    const bool in_side = side.begin <= i && i < side.end;
    const bool shares_a_character =
        (i > 0 && tokens.ranges[i - 1].end > word.begin) ||
        (i + 1 < words.size() && tokens.ranges[i + 1].begin < word.end);
    if (in_side) {
      EXPECT_TRUE(bytes.begin <= word.begin && word.end <= bytes.end);
    } else if (!shares_a_character) {
      EXPECT_TRUE(word.end <= bytes.begin || bytes.end <= word.begin);
    }
  }
}

void ExpectPassagesAreRight(std::string_view text_a, const Words& a,
                            std::string_view text_b, const Words& b,
                            const std::vector<Passage>& passages, bool within) {
  for (size_t i = 0; i < passages.size(); ++i) {
    const Passage& passage = passages[i];
    ExpectWholeWords(text_a, a, passage.a);
    ExpectWholeWords(text_b, b, passage.b);
    if (within) {
      EXPECT_LE(passage.a.end, passage.b.begin);
    }
    const auto [common, score] = CommonWords(passage, a, b, within);
    EXPECT_EQ(passage.common_words, common);
    EXPECT_NEAR(passage.score, score, 1e-6 * (1 + score));
    if (i == 0) continue;
    EXPECT_LE(passage.score, passages[i - 1].score);
    for (size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(SharedWords(passage.a, passages[j].a) > 0 &&
                   SharedWords(passage.b, passages[j].b) > 0);
    }
  }
}

// Edits turn side a into side b, byte for byte.
void ExpectEditsTell(std::string_view text_a, const Words& a,
                     std::string_view text_b, const Words& b,
                     const Passage& passage, const PassageDiff& diff) {
  const ByteRange whole_a = a.BytesOf(passage.a);
  const ByteRange whole_b = b.BytesOf(passage.b);
  uint32_t at_a = whole_a.begin;
  uint32_t at_b = whole_b.begin;
  std::string told;
  for (const Edit& edit : diff.edits) {
    ASSERT_EQ(edit.a.begin, at_a);
    ASSERT_EQ(edit.b.begin, at_b);
    at_a = edit.a.end;
    at_b = edit.b.end;
    const std::string of_a = Cut(text_a, edit.a);
    const std::string of_b = Cut(text_b, edit.b);
    switch (edit.op) {
      case EditOp::kEqual:
        EXPECT_EQ(of_a, of_b);
        EXPECT_FALSE(of_a.empty());
        told += of_a;
        break;
      case EditOp::kReplace:
        EXPECT_TRUE(of_a != of_b && !of_a.empty() && !of_b.empty());
        told += of_b;
        break;
      case EditOp::kInsert:
        EXPECT_TRUE(of_a.empty() && !of_b.empty());
        told += of_b;
        break;
      case EditOp::kDelete:
        EXPECT_TRUE(!of_a.empty() && of_b.empty());
        break;
    }
  }
  EXPECT_EQ(at_a, whole_a.end);
  EXPECT_EQ(at_b, whole_b.end);
  EXPECT_EQ(told, Cut(text_b, whole_b));
}

// All that holds for a pair; returns how many passages it has.
size_t CheckPair(const TextPair& texts) {
  const Words a = MakeWords(texts.a);
  const Words b = MakeWords(texts.b);
  std::vector<Passage> passages = AlignPair(a, b, {});
  std::vector<Passage> back = AlignPair(b, a, {});
  ExpectPassagesAreRight(texts.a, a, texts.b, b, passages, false);
  ExpectPassagesAreRight(texts.b, b, texts.a, a, back, false);
  SortByPlace(&passages);
  back = Mirrored(back);
  SortByPlace(&back);
  EXPECT_EQ(passages, back);
  for (const Passage& passage : passages) {
    const PassageDiff diff = DiffPassage(texts.a, a, texts.b, b, passage);
    ExpectEditsTell(texts.a, a, texts.b, b, passage, diff);
    const Passage swapped = Mirrored(std::vector<Passage>{passage})[0];
    const PassageDiff diff_back = DiffPassage(texts.b, b, texts.a, a, swapped);
    ExpectEditsTell(texts.b, b, texts.a, a, swapped, diff_back);
    EXPECT_EQ(diff_back, Mirrored(diff));
  }
  return passages.size();
}

size_t CheckWithin(const std::string& text) {
  const Words words = MakeWords(text);
  const std::vector<Passage> passages = AlignWithin(words, {});
  ExpectPassagesAreRight(text, words, text, words, passages, true);
  for (const Passage& passage : passages) {
    ExpectEditsTell(text, words, text, words, passage,
                    DiffPassage(text, words, text, words, passage));
  }
  return passages.size();
}

class AnyTextsTest : public ::testing::TestWithParam<Writing> {};

INSTANTIATE_TEST_SUITE_P(Writings, AnyTextsTest,
                         ::testing::ValuesIn(testing::kAllWritings),
                         [](const ::testing::TestParamInfo<Writing>& which) {
                           std::string name(testing::NameOf(which.param));
                           std::erase_if(name, [](char c) {
                             return c == ' ' || c == '-';
                           });
                           return name;
                         });

TEST_P(AnyTextsTest, PairsAreRightAndMirrored) {
  size_t passages = 0;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    passages += CheckPair(ToldAgain(seed, GetParam()));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(passages, kRounds / 2);  // or this would prove nothing
}

TEST_P(AnyTextsTest, WithinOneDocumentSidesAreApart) {
  size_t passages = 0;
  for (uint64_t seed = 0; seed < kRounds; ++seed) {
    const TextPair texts = ToldAgain(seed, GetParam());
    passages += CheckWithin(texts.a + texts.b);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(passages, kRounds / 2);
}

// Where only the marks differ, nothing but the cells tells the sides apart.
TEST(AlignAnyPairTest, SameWordsInOtherSentencesAreMirroredToo) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    CheckPair(OtherMarks(seed));
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(AlignAnyPairTest, ATextWithItselfIsOnePassage) {
  for (const Writing writing : testing::kAllWritings) {
    const std::string text = ToldAgain(1, writing).b;
    const Words words = MakeWords(text);
    const std::vector<Passage> passages = AlignPair(words, words, {});
    ASSERT_FALSE(passages.empty()) << NameOf(writing);
    EXPECT_EQ(passages[0].a, passages[0].b) << NameOf(writing);
    EXPECT_EQ(passages[0].kind, PassageKind::kVerbatim) << NameOf(writing);
    EXPECT_GE(passages[0].a.size(), .95 * words.size()) << NameOf(writing);
  }
}

TEST(AlignAnyPairTest, AShortOrEmptyTextHasNone) {
  const Words empty = MakeWords("");
  const Words word = MakeWords("word");
  const Words text = MakeWords(ToldAgain(1, Writing::kProse).a);
  for (const Words* a : {&empty, &word, &text}) {
    for (const Words* b : {&empty, &word}) {
      EXPECT_TRUE(AlignPair(*a, *b, {}).empty());
      EXPECT_TRUE(AlignPair(*b, *a, {}).empty());
    }
    if (a != &text) {
      EXPECT_TRUE(AlignWithin(*a, {}).empty());
    }
  }
}

std::vector<Passage> AlignWindows(const Words& a, const Words* b,
                                  std::span<const AlignWindow> windows,
                                  const PassageOptions& options,
                                  const WordBits& bits) {
  return WindowsAligner(options, bits).Align(a, b, windows);
}

// Windows that hold everything are no limit.
TEST(AlignAnyWindowsTest, OneWindowOfAllIsThePair) {
  PassageOptions options;
  options.summary.min_mass = 1e9;  // windows have no summaries
  for (const Writing writing : testing::kAllWritings) {
    for (uint64_t seed = 0; seed < 10; ++seed) {
      const TextPair texts = ToldAgain(seed, writing);
      const Words a = MakeWords(texts.a);
      const Words b = MakeWords(texts.b);
      const AlignWindow all = {{0, a.size()}, {0, b.size()}};
      EXPECT_EQ(AlignWindows(a, &b, {&all, 1}, options, RarityAmong(a, &b)),
                AlignPair(a, b, options))
          << NameOf(writing) << ", seed " << seed;
      const AlignWindow within = {{0, a.size()}, {0, a.size()}};
      EXPECT_EQ(AlignWindows(a, nullptr, {&within, 1}, options,
                             RarityAmong(a, nullptr)),
                AlignWithin(a, options))
          << NameOf(writing) << ", seed " << seed;
    }
  }
}

std::vector<AlignWindow> RandomWindows(testing::Random* random, uint32_t a,
                                       uint32_t b) {
  std::vector<AlignWindow> windows;
  const auto range = [random](uint32_t words) {
    const auto begin = static_cast<uint32_t>(random->Below(words));
    return WordRange{
        begin, begin + 1 + static_cast<uint32_t>(random->Below(words - begin))};
  };
  for (size_t n = random->Below(5); n > 0; --n) {
    windows.push_back({range(a), range(b)});
  }
  std::sort(windows.begin(), windows.end(),
            [](const AlignWindow& x, const AlignWindow& y) {
              return std::tuple(x.a.begin, x.b.begin) <
                     std::tuple(y.a.begin, y.b.begin);
            });
  return windows;
}

TEST(AlignAnyWindowsTest, AnyWindowsAreRightAndMirrored) {
  testing::Random random(5);
  size_t passages = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const TextPair texts = ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    const WordBits bits = RarityAmong(a, &b);
    auto windows = RandomWindows(&random, a.size(), b.size());
    std::vector<Passage> found = AlignWindows(a, &b, windows, {}, bits);
    ExpectPassagesAreRight(texts.a, a, texts.b, b, found, false);
    passages += found.size();
    for (AlignWindow& window : windows) std::swap(window.a, window.b);
    std::vector<Passage> back =
        Mirrored(AlignWindows(b, &a, windows, {}, bits));
    SortByPlace(&found);
    SortByPlace(&back);
    EXPECT_EQ(found, back);
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(passages, 50u);
}

TEST(AlignAnyWindowsTest, WithinOneDocumentSidesAreApart) {
  testing::Random random(6);
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const TextPair texts = ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const std::string text = texts.a + texts.b;
    const Words words = MakeWords(text);
    const WordBits bits = RarityAmong(words, nullptr);
    auto windows = RandomWindows(&random, words.size(), words.size());
    // As FindWindows makes them: a before b.
    std::erase_if(windows, [](const AlignWindow& window) {
      return window.a.end > window.b.begin;
    });
    ExpectPassagesAreRight(text, words, text, words,
                           AlignWindows(words, nullptr, windows, {}, bits),
                           true);
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
}

}  // namespace
}  // namespace twicetold
