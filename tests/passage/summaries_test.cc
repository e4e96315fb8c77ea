// SPDX-License-Identifier: Apache-2.0
//
// A long text and a short one that tells it in a few words of each section.
#include "twicetold/passage/summaries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/passage/align.h"

namespace twicetold {
namespace {

using testing::Random;
using testing::Words;

std::string Sentence(Words words) {
  words[0][0] = static_cast<char>(words[0][0] - 'a' + 'A');
  return testing::Join(words) + ". ";
}

// Words of its own for each text, so that little is shared by chance.
Words WordsOf(Random* random, size_t count, uint64_t vocabulary) {
  Words words;
  for (size_t i = 0; i < count; ++i) {
    words.push_back(testing::WordFor(vocabulary + random->Below(4000)));
  }
  return words;
}

struct Texts {
  std::string long_text;
  std::string short_text;  // other text, the summary, other text
  ByteRange summary;
};

// `shared` words of one sentence of each section in the summary.
Texts MakeTexts(uint64_t seed, size_t sections) {
  Random random(seed);
  Texts texts;
  std::string summary;
  for (size_t i = 0; i < sections; ++i) {
    Words told;
    for (int sentence = 0; sentence < 12; ++sentence) {
      const Words words = WordsOf(&random, 12, 100'000);
      if (sentence == 5) told = words;
      texts.long_text += Sentence(words);
    }
    texts.long_text += "\n\n";
    told.resize(10);
    random.Shuffle(&told);
    summary += Sentence(told);
  }
  const auto other = [&] {
    std::string text;
    for (int i = 0; i < 30; ++i)
      text += Sentence(WordsOf(&random, 12, 200'000));
    return text;
  };
  texts.short_text = other() + "\n\n";
  texts.summary.begin = static_cast<uint32_t>(texts.short_text.size());
  texts.short_text += summary;
  texts.summary.end = static_cast<uint32_t>(texts.short_text.size() - 1);
  texts.short_text += "\n\n" + other();
  return texts;
}

TEST(SummariesTest, AreFoundOnEitherSide) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const Texts texts = MakeTexts(seed, 12);
    const auto long_words = MakeWords(texts.long_text);
    const auto short_words = MakeWords(texts.short_text);
    const auto passages = AlignPair(long_words, short_words, {});
    const auto at = std::find_if(
        passages.begin(), passages.end(),
        [](const Passage& p) { return p.kind == PassageKind::kSummary; });
    ASSERT_TRUE(at != passages.end()) << "seed " << seed;
    const ByteRange found = short_words.BytesOf(at->b);
    EXPECT_LE(found.begin, texts.summary.begin + 150) << "seed " << seed;
    EXPECT_GE(found.end + 150, texts.summary.end) << "seed " << seed;
    EXPECT_GE(found.begin + 150, texts.summary.begin) << "seed " << seed;
    EXPECT_LE(found.end, texts.summary.end + 150) << "seed " << seed;
    EXPECT_GE(at->a.size(), 4 * at->b.size());
    const auto back = AlignPair(short_words, long_words, {});
    EXPECT_TRUE(std::any_of(back.begin(), back.end(), [&](const Passage& p) {
      return p.kind == PassageKind::kSummary && p.a == at->b && p.b == at->a;
    }));
  }
}

TEST(SummariesTest, UnrelatedTextsHaveNone) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const auto long_words = MakeWords(MakeTexts(seed, 12).long_text);
    const auto short_words = MakeWords(MakeTexts(seed + 100, 3).short_text);
    for (const Passage& passage : AlignPair(long_words, short_words, {})) {
      EXPECT_NE(passage.kind, PassageKind::kSummary) << "seed " << seed;
    }
  }
}

// What is told in one place is a passage of another kind.
TEST(SummariesTest, ACopyOfOneSectionIsNone) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const Texts texts = MakeTexts(seed, 12);
    const size_t end = texts.long_text.find("\n\n");
    const auto long_words = MakeWords(texts.long_text);
    const auto short_words = MakeWords(MakeTexts(seed + 100, 3).short_text +
                                       texts.long_text.substr(0, end));
    const auto passages = AlignPair(long_words, short_words, {});
    ASSERT_EQ(passages.size(), 1u) << "seed " << seed;
    EXPECT_EQ(passages[0].kind, PassageKind::kVerbatim);
  }
}

}  // namespace
}  // namespace twicetold
