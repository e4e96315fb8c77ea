// SPDX-License-Identifier: Apache-2.0
#include "twicetold/compare_passage.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/counting_corpus.h"
#include "twicetold/pipeline.h"
#include "twicetold/report/text.h"

namespace twicetold {
namespace {

constexpr char kTale[] =
    "The youngest, who had been given the cat, thought himself poorly served. "
    "He feared that he would starve before the winter was over. Then the cat "
    "asked him for a pair of boots and a bag, and promised to make his fortune "
    "in return for such a modest gift. ";
constexpr char kRetold[] =
    "The youngest, who had been given the hen, thought himself poorly served. "
    "He feared that he would starve before the winter was over. Then the hen "
    "asked him for a pair of shoes and a bag, and promised to make his fortune "
    "in return for such a modest gift. ";
constexpr char kOther[] =
    "Rain at first, then dry, with a light wind from the west, which dies "
    "down towards the evening; tomorrow cold and clear with a touch of frost. ";

class ComparePassageTest : public ::testing::Test {
 protected:
  void ScanTexts() {
    views_.clear();
    for (const std::string& text : texts_) {
      std::string name = "document " + std::to_string(views_.size());
      views_.push_back({std::move(name), text});
    }
    auto result = Scan(MemoryCorpus(views_), {});
    ASSERT_TRUE(result.ok()) << result.status();
    result_ = *std::move(result);
  }

  std::string TextOf(size_t width) {
    const MemoryCorpus corpus(views_);
    PassageComparer comparer(corpus, result_);
    std::string text;
    EXPECT_TRUE(WriteText(
        result_, {.width = width},
        [&text](std::string_view piece) {
          text += piece;
          return true;
        },
        {.compare = [&](uint32_t id) { return comparer.Compare(id); }}));
    return text;
  }

  std::vector<std::string> texts_;
  std::vector<TextView> views_;
  Result result_;
};

TEST_F(ComparePassageTest, GivesThePassageAndWhatWasChanged) {
  texts_ = {std::string(kOther) + kTale, kOther, std::string(kRetold)};
  texts_[1] = "Nothing of the kind.";
  ScanTexts();
  ASSERT_EQ(result_.passages.size(), 1u);
  const MemoryCorpus corpus(views_);
  PassageComparer comparer(corpus, result_);
  for (int times = 0; times < 2; ++times) {
    const Comparison* comparison = comparer.Compare(0);
    ASSERT_NE(comparison, nullptr);
    ASSERT_EQ(comparison->texts.size(), 2u);
    EXPECT_EQ(comparison->a().text.utf8, texts_[0]);
    EXPECT_EQ(comparison->b().text.utf8, texts_[2]);
    ASSERT_EQ(comparison->passages.size(), 1u);
    EXPECT_EQ(comparison->passages[0].a.size(), result_.passages[0].a.words);
    EXPECT_EQ(comparison->passages[0].similarity(),
              result_.passages[0].similarity);
    const ByteRange bytes =
        comparison->a().words.BytesOf(comparison->passages[0].a);
    EXPECT_EQ(bytes, result_.passages[0].a.bytes);
    EXPECT_EQ(comparison->diffs.size(), 1u);
  }
}

TEST_F(ComparePassageTest, KeepsTextsAsLongAsThereIsRoom) {
  const std::string other = "Of other matters there is nothing to be told. ";
  texts_ = {std::string(kOther) + kTale, other + kRetold + other,
            std::string(kRetold) + kOther};
  ScanTexts();
  ASSERT_GE(result_.passages.size(), 3u);
  const MemoryCorpus memory(views_);
  for (const bool room : {true, false}) {
    const testing::CountingCorpus corpus(memory);
    PassageComparer comparer(corpus, result_,
                             room ? PassageComparer::kMostBytes : 0);
    for (int times = 0; times < 3; ++times) {
      for (uint32_t id = 0; id < result_.passages.size(); ++id) {
        const Comparison* comparison = comparer.Compare(id);
        ASSERT_NE(comparison, nullptr);
        const PassageRecord& record = result_.passages[id];
        EXPECT_EQ(comparison->a().text.utf8, texts_[record.a.document]);
        EXPECT_EQ(comparison->b().text.utf8, texts_[record.b.document]);
      }
    }
    EXPECT_GE(corpus.reads, 3);
    EXPECT_EQ(corpus.reads == 3, room);
  }
}

TEST_F(ComparePassageTest, WithinOneDocumentThereIsOneText) {
  texts_ = {std::string(kTale) + kOther + kRetold};
  ScanTexts();
  ASSERT_EQ(result_.passages.size(), 1u);
  const MemoryCorpus corpus(views_);
  PassageComparer comparer(corpus, result_);
  const Comparison* comparison = comparer.Compare(0);
  ASSERT_NE(comparison, nullptr);
  EXPECT_TRUE(comparison->within_one());
  EXPECT_NE(TextOf(80).find("[-cat-]{+hen+}"), std::string::npos) << TextOf(80);
}

TEST_F(ComparePassageTest, ADocumentThatChangedHasNoDiff) {
  texts_ = {std::string(kOther) + kTale, std::string(kRetold)};
  ScanTexts();
  ASSERT_EQ(result_.passages.size(), 1u);
  texts_[1] += "!";
  views_[1].text = texts_[1];
  const MemoryCorpus corpus(views_);
  PassageComparer comparer(corpus, result_);
  EXPECT_EQ(comparer.Compare(0), nullptr);
  EXPECT_NE(TextOf(100).find("no diff"), std::string::npos);
  texts_[1].pop_back();
  views_[1].text = texts_[1];
  EXPECT_NE(comparer.Compare(0), nullptr);
}

// One diff for each entry, of the places that stand first.
TEST_F(ComparePassageTest, OfManyPlacesTheFirstTwoAreCompared) {
  texts_ = {std::string(kOther) + kTale,
            std::string("Other news are these. ") + kRetold,
            std::string(kRetold) + "So much for tales, and now for sports."};
  ScanTexts();
  const std::string text = TextOf(120);
  EXPECT_NE(text.find("Passage 1 of 1, in 3 places: "), std::string::npos)
      << text;
  EXPECT_NE(text.find("  The first two, compared:\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("swapped: cat -> hen (2), boots -> shoes"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace twicetold
