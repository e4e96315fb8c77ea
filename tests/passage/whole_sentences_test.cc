// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/whole_sentences.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/passage/prose.h"

namespace twicetold {
namespace {

// Two sentences of `a` and `b`, of ten words, are alike; other text around.
struct Texts {
  std::string before_a = "Ink jars stood upon shelves beside seven dusty maps.";
  std::string before_b = "No boat left our harbour during that stormy week.";
  std::string a1 = "The committee met on Tuesday to discuss bridges and tolls.";
  std::string b1 = "The committee met on Friday to discuss bridges and tolls.";
  std::string both = "It was decided that both would wait until next spring.";
  std::string behind_a =
      "Geese fly south when autumn brings colder nights again.";
  std::string behind_b =
      "Two bakers argued loudly about flour, yeast and salt.";
};

// The draft of some words after it was widened, with other drafts.
Draft Widened(const std::string& a, const std::string& b, Draft draft,
              const std::vector<Draft>& others = {}, bool within = false) {
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  const StemPair pair = within ? testing::MakeStemPairWithin(words_a)
                               : testing::MakeStemPair(words_a, words_b);
  EvidenceCounter evidence(pair);
  std::vector<Draft> drafts = {draft};
  drafts.insert(drafts.end(), others.begin(), others.end());
  WidenToSentences(pair, RunOptions(), &evidence, &drafts);
  return drafts[0];
}

Draft RunDraft(WordRange a, WordRange b) {
  return {a, b, DraftSource::kRuns, 1};
}

std::string TextOfA(const Texts& t) {
  return t.before_a + " " + t.a1 + " " + t.both + " " + t.behind_a;
}
std::string TextOfB(const Texts& t) {
  return t.before_b + " " + t.b1 + " " + t.both + " " + t.behind_b;
}

TEST(WholeSentencesTest, ARunIsWidenedToItsSentenceAndNotBeyond) {
  const Texts t;
  // Behind "Tuesday".
  const Draft draft =
      Widened(TextOfA(t), TextOfB(t), RunDraft({14, 29}, {14, 29}));
  EXPECT_EQ(draft.a, (WordRange{9, 29}));
  EXPECT_EQ(draft.b, (WordRange{9, 29}));
  EXPECT_NE(draft.weight, 1);
}

TEST(WholeSentencesTest, AndOverSentencesBesideItThatAreAlike) {
  const Texts t;
  const Draft draft =
      Widened(TextOfA(t), TextOfB(t), RunDraft({19, 29}, {19, 29}));
  EXPECT_EQ(draft.a, (WordRange{9, 29}));
  EXPECT_EQ(draft.b, (WordRange{9, 29}));
}

TEST(WholeSentencesTest, TheSameAtTheEnd) {
  const Texts t;
  const std::string a =
      t.before_a + " " + t.both + " " + t.a1 + " " + t.behind_a;
  const std::string b =
      t.before_b + " " + t.both + " " + t.b1 + " " + t.behind_b;
  for (const uint32_t end : {19, 23}) {
    const Draft draft = Widened(a, b, RunDraft({9, end}, {9, end}));
    EXPECT_EQ(draft.a, (WordRange{9, 29}));
    EXPECT_EQ(draft.b, (WordRange{9, 29}));
  }
}

// The words that both have end in sentences of which all else is different.
TEST(WholeSentencesTest, ARunInOtherSentencesStays) {
  const std::string run =
      "bridges and tolls were the matter of this long evening. ";
  const std::string a = "Herons wade through shallow marshes near " + run;
  const std::string b = "Nobody mentioned taxes yesterday because of " + run;
  const Draft draft = Widened(a, b, RunDraft({6, 16}, {6, 16}));
  EXPECT_EQ(draft.a, (WordRange{6, 16}));
  EXPECT_EQ(draft.b, (WordRange{6, 16}));
}

TEST(WholeSentencesTest, DraftsWithoutRunsStay) {
  const Texts t;
  Draft before = RunDraft({14, 29}, {14, 29});
  before.source = DraftSource::kSeeds;
  const Draft draft = Widened(TextOfA(t), TextOfB(t), before);
  EXPECT_EQ(draft.a, before.a);
  EXPECT_EQ(draft.weight, 1);
}

TEST(WholeSentencesTest, WordsOfAnotherDraftAreNotTaken) {
  const Texts t;
  for (const Draft& other :
       {RunDraft({0, 12}, {34, 38}), RunDraft({34, 38}, {0, 12})}) {
    const Draft draft =
        Widened(TextOfA(t), TextOfB(t), RunDraft({14, 29}, {14, 29}), {other});
    EXPECT_EQ(draft.a, (WordRange{14, 29}));
  }
}

TEST(WholeSentencesTest, SidesOfOneTextStayApart) {
  const Texts t;
  // The sentence before side b is that at the end of side a.
  const std::string text = t.both + " " + t.a1 + " " + t.both + " " + t.b1;
  const Draft draft =
      Widened(text, text, RunDraft({0, 14}, {20, 34}), {}, true);
  EXPECT_EQ(draft.a, (WordRange{0, 20}));
  EXPECT_EQ(draft.b, (WordRange{20, 40}));
}

// Whatever is widened, no two drafts share words that they did not before.
TEST(WholeSentencesTest, NoTwoTakeTheSameWords) {
  testing::Random random(4);
  for (int round = 0; round < 200; ++round) {
    const auto prose = testing::Prose(&random, 12);
    const std::string a = testing::TextOf(prose);
    const std::string b =
        testing::TextOf(testing::Reworded(&random, prose, .1));
    const Words words_a = MakeWords(a);
    const Words words_b = MakeWords(b);
    const StemPair pair = testing::MakeStemPair(words_a, words_b);
    EvidenceCounter evidence(pair);
    std::vector<Draft> drafts;
    uint32_t at = 0;
    while (true) {
      const auto begin = at + static_cast<uint32_t>(random.Below(30));
      const auto end = begin + 1 + static_cast<uint32_t>(random.Below(30));
      if (end > words_a.size()) break;
      drafts.push_back(RunDraft({begin, end}, {begin, end}));
      at = end;
    }
    const std::vector<Draft> before = drafts;
    WidenToSentences(pair, RunOptions(), &evidence, &drafts);
    for (size_t i = 0; i < drafts.size(); ++i) {
      ASSERT_EQ(SharedWords(drafts[i].a, before[i].a), before[i].a.size());
      ASSERT_EQ(SharedWords(drafts[i].b, before[i].b), before[i].b.size());
      if (i == 0) continue;
      ASSERT_EQ(SharedWords(drafts[i - 1].a, drafts[i].a), 0u);
      ASSERT_EQ(SharedWords(drafts[i - 1].b, drafts[i].b), 0u);
    }
  }
}

}  // namespace
}  // namespace twicetold
