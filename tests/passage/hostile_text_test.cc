// SPDX-License-Identifier: Apache-2.0
//
// What is right for texts that make a search work hard, at a size at which it
// can be looked at. How time grows is measured in bench/passage_growth_bench.
#include "tests/testing/hostile_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/compare.h"
#include "twicetold/pipeline.h"

namespace twicetold {
namespace {

using testing::ShuffledTexts;

Result ScanOf(const std::vector<std::string>& texts) {
  std::vector<TextView> views;
  const std::vector<std::string> names = {"a", "b", "c"};
  for (size_t i = 0; i < texts.size(); ++i) {
    views.push_back({.name = names[i], .text = texts[i]});
  }
  ScanOptions options;
  options.threads = 1;
  auto result = Scan(MemoryCorpus(views), options);
  EXPECT_TRUE(result.ok());
  return *std::move(result);
}

Comparison CompareOf(std::string_view a, std::string_view b) {
  const std::vector<TextView> views = {{.name = "a", .text = a},
                                       {.name = "b", .text = b}};
  auto found = Compare(views);
  EXPECT_TRUE(found.ok());
  return *std::move(found);
}

Comparison CompareWithin(std::string_view text) {
  const std::vector<TextView> views = {{.name = "a", .text = text}};
  auto found = Compare(views);
  EXPECT_TRUE(found.ok());
  return *std::move(found);
}

// The share of the words of a text that stand in side a of passages.
double CoverOfA(const Comparison& found) {
  std::set<uint32_t> words;
  for (const Passage& passage : found.passages) {
    for (uint32_t i = passage.a.begin; i < passage.a.end; ++i) words.insert(i);
  }
  return static_cast<double>(words.size()) / found.a().words.size();
}

std::string TextOf(const Comparison& found, bool b, WordRange words) {
  const ComparedText& side = b ? found.b() : found.a();
  const ByteRange bytes = side.words.BytesOf(words);
  return std::string(
      side.text.utf8.substr(bytes.begin, bytes.end - bytes.begin));
}

// --- one paragraph over and over

TEST(HostileTextTest, AParagraphFiveThousandTimesIsOneEntry) {
  constexpr size_t kTimes = 5000;
  const Result result = ScanOf({testing::ParagraphOverAndOver(kTimes)});
  EXPECT_TRUE(result.passages.empty());
  ASSERT_EQ(result.reuses.size(), 1u);
  EXPECT_EQ(result.reuses[0].kind, PassageKind::kRepeated);
  EXPECT_EQ(result.reuses[0].place_count, kTimes);
  EXPECT_EQ(result.reuses[0].places.size(), 100u);  // the first
  const size_t bytes = testing::ParagraphOverAndOver(1).size();
  // A period apart, and nearly touching: places are exact but for three words.
  const auto& places = result.reuses[0].places;
  EXPECT_LE(places[0].bytes.begin, bytes / 10);
  for (size_t i = 1; i < places.size(); ++i) {
    EXPECT_EQ(places[i].bytes.begin - places[i - 1].bytes.begin, bytes);
    EXPECT_LE(places[i - 1].bytes.end, places[i].bytes.begin);
    EXPECT_GE(places[i - 1].bytes.end + 30, places[i].bytes.begin);
  }
}

TEST(HostileTextTest, TwoDocumentsOfOneParagraphAreOneEntryToo) {
  const Result result =
      ScanOf({testing::ParagraphOverAndOver(300) + "One.",
              "Other. " + testing::ParagraphOverAndOver(200)});
  ASSERT_EQ(result.reuses.size(), 1u);
  EXPECT_GE(result.reuses[0].place_count, 300u);
}

// n places are n - 1 pairs with the first.
TEST(HostileTextTest, WithinOneTextAParagraphIsOnePairAPlace) {
  for (const size_t times : {2u, 3u, 4u, 5u, 10u, 20u, 100u, 1000u}) {
    const std::string text = testing::ParagraphOverAndOver(times);
    const Comparison found = CompareWithin(text);
    ASSERT_EQ(found.passages.size(), times - 1);
    std::set<uint32_t> places;
    for (const Passage& passage : found.passages) {
      EXPECT_EQ(passage.a, (WordRange{0, testing::kParagraphWords}));
      EXPECT_EQ(passage.b.begin % testing::kParagraphWords, 0u);
      EXPECT_EQ(passage.b.size(), testing::kParagraphWords);
      places.insert(passage.b.begin);
    }
    EXPECT_EQ(places.size(), times - 1);
  }
}

// However it is told: not by more passages than there are paragraphs.
TEST(HostileTextTest, WithinOneTextAParagraphDoesNotExplode) {
  for (const size_t times : {2u, 5u, 16u, 17u, 80u, 81u, 5000u}) {
    EXPECT_LE(
        CompareWithin(testing::ParagraphOverAndOver(times)).passages.size(),
        times + 1);
  }
}

TEST(HostileTextTest, TwoTextsOfOneParagraphAreOnePassage) {
  const Comparison found = CompareOf(testing::ParagraphOverAndOver(1000),
                                     testing::ParagraphOverAndOver(2000));
  ASSERT_FALSE(found.passages.empty());
  EXPECT_LE(found.passages.size(), 1000u);
  EXPECT_EQ(found.passages[0].a,
            (WordRange{0, 1000 * testing::kParagraphWords}));
  EXPECT_EQ(found.passages[0].b.size(), found.passages[0].a.size());
}

// --- the same sentences in another order

TEST(HostileTextTest, SectionsInAnotherOrderAreOnePassageEach) {
  constexpr size_t kSections = 60;
  constexpr uint32_t kWords = 120;
  const ShuffledTexts texts = testing::ShuffledSentences(kSections, kWords, 1);
  const Comparison found = CompareOf(texts.a, texts.b);
  ASSERT_GE(found.passages.size(), kSections * 8 / 10);
  EXPECT_LE(found.passages.size(), kSections);
  size_t alone = 0;
  for (const Passage& passage : found.passages) {
    EXPECT_EQ(passage.a.begin % kWords, 0u);
    EXPECT_EQ(passage.b.begin % kWords, 0u);
    EXPECT_GE(passage.similarity(), .5);
    if (passage.a.size() != kWords || passage.b.size() != kWords) continue;
    ++alone;
    EXPECT_EQ(passage.kind, PassageKind::kVerbatim);
    EXPECT_EQ(TextOf(found, false, passage.a), TextOf(found, true, passage.b));
  }
  // Some stand near each other on both sides by chance.
  EXPECT_GE(alone, kSections * 8 / 10);
  EXPECT_GE(CoverOfA(found), .95);
}

// Eight sentences of 15 words, a fifth of which is exchanged in b.
std::pair<std::string, std::string> RewordedSection(testing::Random* random) {
  std::pair<std::string, std::string> sides;
  for (int sentence = 0; sentence < 8; ++sentence) {
    testing::Words words = testing::RandomWords(random, 15);
    words[0][0] = static_cast<char>(words[0][0] - 'a' + 'A');
    sides.first += testing::Join(words) + ". ";
    sides.second +=
        testing::Join(testing::ReplaceWords(random, words, .2)) + ". ";
  }
  return sides;
}

// Neighbours in a are far from each other in b, and the other way round.
TEST(HostileTextTest, RewordedSectionsInAnotherOrderAreOnePassageEach) {
  testing::Random random(4);
  constexpr size_t kSections = 61;
  std::vector<std::pair<std::string, std::string>> sections;
  for (size_t i = 0; i < kSections; ++i) {
    sections.push_back(RewordedSection(&random));
  }
  std::string a;
  std::string b;
  for (size_t i = 0; i < kSections; ++i) {
    a += sections[i].first + "\n\n";
    b += sections[i * 23 % kSections].second + "\n\n";
  }
  const Comparison found = CompareOf(a, b);
  EXPECT_EQ(found.passages.size(), kSections);
  EXPECT_GE(CoverOfA(found), .97);
  for (const Passage& passage : found.passages) {
    EXPECT_LE(passage.a.size(), 140u);
  }
}

TEST(HostileTextTest, SentencesInAnotherOrderAreFoundByAScan) {
  constexpr size_t kSentences = 1500;
  constexpr size_t kWords = 30;
  const ShuffledTexts texts = testing::ShuffledSentences(kSentences, kWords, 1);
  const Result result = ScanOf({texts.a, texts.b});
  // Now and then two of them stand near each other on both sides by chance.
  EXPECT_GE(result.passages.size(), kSentences * 98 / 100);
  EXPECT_LE(result.passages.size(), kSentences);
  std::vector<uint8_t> covered(texts.a.size());
  for (const PassageRecord& passage : result.passages) {
    std::fill(covered.begin() + passage.a.bytes.begin,
              covered.begin() + passage.a.bytes.end, 1);
  }
  EXPECT_GE(std::count(covered.begin(), covered.end(), 1),
            static_cast<ptrdiff_t>(texts.a.size() * 99 / 100));
}

// One run of equal words must not silence the sentences without.
TEST(HostileTextTest, ALongQuotationHidesNoOther) {
  const ShuffledTexts texts = testing::ShuffledSentences(300, 32, 1);
  const ShuffledTexts quotation = testing::ShuffledSentences(1, 100, 2);
  const size_t without = CompareOf(texts.a, texts.b).passages.size();
  const size_t with =
      CompareOf(texts.a + "\n" + quotation.a, quotation.b + "\n" + texts.b)
          .passages.size();
  EXPECT_GE(with, without * 9 / 10);
}

// --- text with nothing to be found in it, or always the same

TEST(HostileTextTest, ATableOfNumbersHasNone) {
  for (const size_t rows : {20u, 100u, 3000u}) {
    const std::string table = testing::TableOfNumbers(rows, 1);
    EXPECT_TRUE(CompareWithin(table).passages.empty());
    const std::string other = testing::TableOfNumbers(rows, 2);
    EXPECT_TRUE(CompareOf(table, other).passages.empty());
    const Result result = ScanOf({table, other});
    EXPECT_TRUE(result.passages.empty());
    EXPECT_TRUE(result.reuses.empty());
  }
}

TEST(HostileTextTest, OneWordIsOneRepeat) {
  constexpr size_t kTimes = 100'000;
  const std::string text = testing::OneWordOverAndOver(kTimes);
  const Result result = ScanOf({text});
  EXPECT_TRUE(result.passages.empty());
  ASSERT_EQ(result.reuses.size(), 1u);
  EXPECT_EQ(result.reuses[0].kind, PassageKind::kRepeated);
  EXPECT_LE(CompareWithin(text).passages.size(), kTimes / 50);
  // As a pair it is the same text.
  const Comparison pair = CompareOf(text, text);
  ASSERT_EQ(pair.passages.size(), 1u);
  EXPECT_EQ(pair.passages[0].a, (WordRange{0, kTimes}));
}

TEST(HostileTextTest, TwoSentencesInTurnAreOneRepeat) {
  constexpr size_t kTimes = 2000;
  const std::string text = testing::TwoSentencesInTurn(kTimes);
  const Result result = ScanOf({text});
  EXPECT_TRUE(result.passages.empty());
  ASSERT_EQ(result.reuses.size(), 1u);
  EXPECT_EQ(result.reuses[0].kind, PassageKind::kRepeated);
  EXPECT_GE(result.reuses[0].place_count, kTimes / 2);
  EXPECT_LE(result.reuses[0].place_count, kTimes);
  for (const size_t times : {2u, 10u, 40u, 2000u}) {
    EXPECT_LE(CompareWithin(testing::TwoSentencesInTurn(times)).passages.size(),
              times);
  }
}

}  // namespace
}  // namespace twicetold
