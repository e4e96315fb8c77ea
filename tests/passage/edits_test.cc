// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/edits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/passage/two_interviews.h"
#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// Two texts with a passage that covers them, or parts of them.
struct Case {
  Case(std::string text_a, std::string text_b)
      : a(std::move(text_a)), b(std::move(text_b)) {
    words_a = MakeWords(a);
    words_b = MakeWords(b);
    passage.a = {0, words_a.size()};
    passage.b = {0, words_b.size()};
  }

  PassageDiff Diff() const {
    return DiffPassage(a, words_a, b, words_b, passage);
  }
  PassageDiff DiffBack() const {
    Passage back = passage;
    std::swap(back.a, back.b);
    return DiffPassage(b, words_b, a, words_a, back);
  }

  std::string a;
  std::string b;
  Words words_a;
  Words words_b;
  Passage passage;
};

std::string Cut(std::string_view text, ByteRange range) {
  return std::string(text.substr(range.begin, range.end - range.begin));
}

// Spells a diff: [removed>added], [~one~other] where folded, and a bar at the
// end of each pair of sentences.
std::string Spell(const Case& c, const PassageDiff& diff) {
  std::string spelled;
  size_t pair = 0;
  for (size_t i = 0; i < diff.edits.size(); ++i) {
    const Edit& edit = diff.edits[i];
    const std::string a = Cut(c.a, edit.a);
    const std::string b = Cut(c.b, edit.b);
    if (edit.op == EditOp::kEqual) {
      spelled += a;
    } else {
      spelled +=
          edit.folded ? "[~" + a + "~" + b + "]" : "[" + a + ">" + b + "]";
    }
    for (; pair < diff.edit_ends.size() && diff.edit_ends[pair] == i + 1;
         ++pair) {
      spelled += "|";
    }
  }
  return spelled;
}

std::string Spell(const std::string& a, const std::string& b) {
  const Case c(a, b);
  return Spell(c, c.Diff());
}

void ExpectEditIsWhatItSays(const Case& c, const Edit& edit) {
  const bool has_a = edit.a.begin < edit.a.end;
  const bool has_b = edit.b.begin < edit.b.end;
  switch (edit.op) {
    case EditOp::kEqual:
      EXPECT_EQ(Cut(c.a, edit.a), Cut(c.b, edit.b));
      EXPECT_TRUE(has_a);
      break;
    case EditOp::kDelete:
      EXPECT_TRUE(has_a && !has_b);
      break;
    case EditOp::kInsert:
      EXPECT_TRUE(!has_a && has_b);
      break;
    case EditOp::kReplace:
      EXPECT_TRUE(has_a && has_b);
      EXPECT_NE(Cut(c.a, edit.a), Cut(c.b, edit.b));
      break;
  }
  EXPECT_TRUE(!edit.folded || edit.op == EditOp::kReplace);
}

bool IsChange(const Edit& e) { return e.op != EditOp::kEqual && !e.folded; }

ByteRange BytesOfPassage(const Words& words, WordRange range) {
  return range.empty() ? ByteRange{} : words.BytesOf(range);
}

// All that the header promises.
void ExpectKept(const Case& c, const PassageDiff& diff) {
  const ByteRange whole_a = BytesOfPassage(c.words_a, c.passage.a);
  const ByteRange whole_b = BytesOfPassage(c.words_b, c.passage.b);
  std::string a;
  std::string b;
  uint32_t at_a = whole_a.begin;
  uint32_t at_b = whole_b.begin;
  size_t edit = 0;
  WordRange words_a = c.passage.a;
  WordRange words_b = c.passage.b;
  ASSERT_EQ(diff.edit_ends.size(), diff.sentences.size());
  for (size_t s = 0; s < diff.sentences.size(); ++s) {
    const SentencePair& pair = diff.sentences[s];
    ASSERT_EQ(pair.a.begin, words_a.begin);
    ASSERT_EQ(pair.b.begin, words_b.begin);
    words_a.begin = pair.a.end;
    words_b.begin = pair.b.end;
    for (const size_t first = edit; edit < diff.edit_ends[s]; ++edit) {
      const Edit& e = diff.edits[edit];
      ExpectEditIsWhatItSays(c, e);
      if (!c.passage.a.empty()) {
        ASSERT_EQ(e.a.begin, at_a);
      }
      if (!c.passage.b.empty()) {
        ASSERT_EQ(e.b.begin, at_b);
      }
      at_a = e.a.end;
      at_b = e.b.end;
      a += Cut(c.a, e.a);
      b += Cut(c.b, e.b);
      if (edit == first) continue;
      const Edit& before = diff.edits[edit - 1];
      EXPECT_FALSE(IsChange(before) && IsChange(e));
      EXPECT_FALSE(before.op == e.op && before.folded == e.folded);
    }
    // The sentence that ends here has the bytes up to its last word.
    if (!pair.a.empty()) {
      EXPECT_GE(at_a, c.words_a.bare_ranges[pair.a.end - 1].end);
    }
    if (!pair.b.empty()) {
      EXPECT_GE(at_b, c.words_b.bare_ranges[pair.b.end - 1].end);
    }
  }
  EXPECT_TRUE(words_a.empty() && words_b.empty());
  EXPECT_EQ(edit, diff.edits.size());
  EXPECT_EQ(a, Cut(c.a, whole_a));
  EXPECT_EQ(b, Cut(c.b, whole_b));
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

// The words of side a that an edit keeps, folded or not.
size_t KeptWords(const Case& c, const PassageDiff& diff) {
  size_t kept = 0;
  for (const Edit& edit : diff.edits) {
    if (IsChange(edit)) continue;
    for (const ByteRange word : c.words_a.bare_ranges) {
      kept += word.begin >= edit.a.begin && word.end <= edit.a.end ? 1 : 0;
    }
  }
  return kept;
}

size_t LongestCommon(const std::vector<uint64_t>& a,
                     const std::vector<uint64_t>& b) {
  std::vector<std::vector<size_t>> best(a.size() + 1,
                                        std::vector<size_t>(b.size() + 1));
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      best[i][j] = a[i - 1] == b[j - 1]
                       ? best[i - 1][j - 1] + 1
                       : std::max(best[i - 1][j], best[i][j - 1]);
    }
  }
  return best[a.size()][b.size()];
}

std::vector<std::string> AllTexts(const std::vector<std::string>& pieces,
                                  size_t most) {
  std::vector<std::string> all = {""};
  size_t begin = 0;
  for (size_t length = 0; length < most; ++length) {
    const size_t end = all.size();
    for (; begin < end; ++begin) {
      for (const std::string& piece : pieces) {
        std::string longer = all[begin];
        longer += piece;
        all.push_back(std::move(longer));
      }
    }
  }
  return all;
}

TEST(EditsTest, EverySmallTextAgainstEveryOther) {
  const auto texts = AllTexts({"x ", "X ", "y", ", ", "\n", "\xff"}, 3);
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      const Case c(a, b);
      const PassageDiff diff = c.Diff();
      ExpectKept(c, diff);
      ASSERT_EQ(c.DiffBack(), Mirrored(diff)) << a << "/" << b;
      // Sentences so short are one, or without partner.
      if (diff.sentences.size() == 1) {
        ASSERT_EQ(KeptWords(c, diff),
                  LongestCommon(c.words_a.hashes, c.words_b.hashes))
            << a << "/" << b << ": " << Spell(c, diff);
      }
      if (HasFailure()) FAIL() << a << "/" << b << ": " << Spell(c, diff);
    }
  }
}

TEST(EditsTest, RandomTexts) {
  testing::Random random(3);
  const std::vector<std::string> pieces = {
      "alpha ", "beta ",   "Beta ", "gamma", ". ",     ".\n\n",   "\r\n",
      "“",      "’s ",     "\xe2",  "\xff",  "\u30ff", "中文",    "。",
      "é ",     "e\u0301", "ﬁn ",   "fin ",  "\u00ad", "deltas ", "-"};
  for (int round = 0; round < 4000; ++round) {
    std::string a;
    for (size_t n = random.Below(40); n > 0; --n) {
      a += pieces[random.Below(pieces.size())];
    }
    std::string b;
    for (size_t n = random.Below(40); n > 0; --n) {
      b += pieces[random.Below(pieces.size())];
    }
    if (round % 2 == 0) b = a.substr(0, a.size() / 2) + b;
    Case c(a, b);
    for (WordRange* side : {&c.passage.a, &c.passage.b}) {
      const auto words = side->size();
      side->begin = static_cast<uint32_t>(random.Below(words + 1));
      side->end = side->begin +
                  static_cast<uint32_t>(random.Below(words - side->begin + 1));
    }
    const PassageDiff diff = c.Diff();
    ExpectKept(c, diff);
    ASSERT_EQ(c.DiffBack(), Mirrored(diff)) << a << "/" << b;
    if (HasFailure()) FAIL() << a << "/" << b << ": " << Spell(c, diff);
  }
}

TEST(EditsTest, WholeWords) {
  EXPECT_EQ(Spell("Dr. Sharma said the investment is big.",
                  "Dr. Reed said this commitment is big."),
            "Dr. [Sharma>Reed] said [the investment>this commitment] is big.|");
  EXPECT_EQ(Spell("a very big red house", "a red house"),
            "a [very big >]red house|");
  EXPECT_EQ(Spell("a big, very red house", "a big red house"),
            "a big[, very>] red house|");
}

TEST(EditsTest, FoldedWords) {
  EXPECT_EQ(Spell("while the ﬁne CAT sleeps", "While the fine cat sleeps"),
            "[~while~While] the [~ﬁne~fine] [~CAT~cat] sleeps|");
  EXPECT_EQ(Spell("STOP THAT now please", "stop that now please"),
            "[~STOP~stop] [~THAT~that] now please|");
}

TEST(EditsTest, OnlyPunctuation) {
  EXPECT_EQ(Spell("Yes, we can do it.", "Yes we can – do it!"),
            "Yes[,>] we can [>– ]do it[.>!]|");
  EXPECT_EQ(Spell("he said “go on now”", "he said \"go on now\""),
            "he said [“>\"]go on now[”>\"]|");
}

TEST(EditsTest, OnlyWhiteSpace) {
  EXPECT_EQ(Spell("one two\nthree.Four five", "one  two three. Four five"),
            "one[~ ~  ]two[~\n~ ]three[~.~. ]Four five|");
  EXPECT_EQ(Spell("日本 語です", "日本語です"), "日本[ >]語です|");
}

TEST(EditsTest, Nothing) {
  EXPECT_EQ(Spell("", ""), "");
  EXPECT_EQ(Spell("", "One two three four."), "[>One two three four.]|");
  EXPECT_EQ(Spell("One two three four.", "..."), "[One two three four.>]|");
  // Where a side without words stands in its text.
  Case c("One two three four.", "One two three four.");
  c.passage.b = {2, 2};
  EXPECT_EQ(c.Diff().edits,
            (std::vector<Edit>{{EditOp::kDelete, false, {0, 19}, {8, 8}}}));
}

TEST(EditsTest, EditsEndWithTheSentence) {
  EXPECT_EQ(
      Spell("Herons wade through shallow marshes. Nobody mentioned taxes "
            "yesterday evening. Trains leave punctually every morning.",
            "Herons wade in shallow marshes.\n\nTrains leave punctually every "
            "evening."),
      "Herons wade [through>in] shallow marshes[~. ~.\n\n]|"
      "[Nobody mentioned taxes yesterday evening. >]|"
      "Trains leave punctually every [morning>evening].|");
}

TEST(EditsTest, BadBytesAreKept) {
  EXPECT_EQ(Spell("one \xff two three four", "one \xfe two three four"),
            "one [\xff>\xfe] two three four|");
}

TEST(EditsTest, TheSameTextTwiceInOne) {
  const std::string part = "We are what we are, they said to us. ";
  Case c(part + part, part + part);
  c.passage.a = {0, 9};
  c.passage.b = {9, 18};
  const PassageDiff diff = c.Diff();
  ExpectKept(c, diff);
  ASSERT_EQ(diff.edits.size(), 1u);
  EXPECT_EQ(diff.edits[0].op, EditOp::kEqual);
}

// Words of a text, every `length`-th with a full stop; of none if it is 0.
testing::Words WithStops(testing::Words words, size_t length) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (length > 0 && (i + 1) % length == 0) words[i] += '.';
  }
  return words;
}

// Two tellings of a text behind other text, so that cells are cut elsewhere.
Case ToldTwice(const testing::Words& a, const testing::Words& b,
               testing::Random* random) {
  const auto text_of = [](uint32_t shift, const testing::Words& words) {
    return testing::Join(testing::Words(shift, "before")) + " " +
           testing::Join(words);
  };
  const auto shift_a = static_cast<uint32_t>(random->Below(70));
  const auto shift_b = static_cast<uint32_t>(random->Below(70));
  Case c(text_of(shift_a, a), text_of(shift_b, b));
  c.passage.a.begin = shift_a;
  c.passage.b.begin = shift_b;
  return c;
}

// Of both sides.
size_t ChangedWords(const Case& c, const PassageDiff& diff) {
  size_t changed = 0;
  for (const Edit& edit : diff.edits) {
    if (!IsChange(edit)) continue;
    for (const ByteRange word : c.words_a.bare_ranges) {
      changed += word.begin >= edit.a.begin && word.end <= edit.a.end ? 1 : 0;
    }
    for (const ByteRange word : c.words_b.bare_ranges) {
      changed += word.begin >= edit.b.begin && word.end <= edit.b.end ? 1 : 0;
    }
  }
  return changed;
}

constexpr size_t kSentenceLengths[] = {0,  1,  3,  7,   20, 59,
                                       60, 61, 62, 100, 300};

TEST(EditsTest, SidesThatAreTheSameHaveNoChanges) {
  testing::Random random(11);
  for (const size_t length : kSentenceLengths) {
    for (const size_t words : {1, 4, 59, 100, 300, 1000, 10000}) {
      const auto text = WithStops(testing::RandomWords(&random, words), length);
      const Case c = ToldTwice(text, text, &random);
      const PassageDiff diff = c.Diff();
      ExpectKept(c, diff);
      for (const Edit& edit : diff.edits) {
        ASSERT_EQ(edit.op, EditOp::kEqual) << words << " by " << length;
      }
      for (const SentencePair& pair : diff.sentences) {
        ASSERT_LE(pair.a.size(), 2 * kMostCellWords);
      }
    }
  }
}

// The same words over and over are in no order of their own.
TEST(EditsTest, TheSameWordsOverAndOverHaveNoChanges) {
  testing::Random random(12);
  for (const size_t period : {1, 2, 7, 60, 61}) {
    testing::Words words;
    for (size_t i = 0; i < 2000; ++i) {
      words.push_back(testing::WordFor(i % period));
    }
    for (const size_t length : kSentenceLengths) {
      const auto text = WithStops(words, length);
      const Case c = ToldTwice(text, text, &random);
      for (const Edit& edit : c.Diff().edits) {
        ASSERT_EQ(edit.op, EditOp::kEqual) << period << " by " << length;
      }
    }
  }
}

TEST(EditsTest, OtherPunctuationChangesNoWords) {
  testing::Random random(15);
  for (const size_t length_a : kSentenceLengths) {
    for (const size_t length_b : kSentenceLengths) {
      const auto words = testing::RandomWords(&random, 1000);
      const Case c = ToldTwice(WithStops(words, length_a),
                               WithStops(words, length_b), &random);
      const PassageDiff diff = c.Diff();
      ExpectKept(c, diff);
      EXPECT_EQ(c.DiffBack(), Mirrored(diff));
      EXPECT_EQ(ChangedWords(c, diff), 0) << length_a << ", " << length_b;
    }
  }
}

TEST(EditsTest, FewChangedWordsAreFewEdits) {
  testing::Random random(13);
  for (const size_t length : kSentenceLengths) {
    for (const size_t words : {100, 1000, 10000}) {
      const auto a = WithStops(testing::RandomWords(&random, words), length);
      testing::Words b;
      size_t changes = 0;
      for (const std::string& word : a) {
        const size_t chance = random.Below(150);
        changes += chance < 3 ? 1 : 0;
        if (chance != 0) b.push_back(word);        // 0: left out
        if (chance == 1) b.emplace_back("added");  // 1: one more
        if (chance == 2) b.back() = "exchanged";   // 2: another one
      }
      const Case c = ToldTwice(a, b, &random);
      const PassageDiff diff = c.Diff();
      ExpectKept(c, diff);
      // Exchanged words count on both sides.
      EXPECT_LE(ChangedWords(c, diff), 2 * changes)
          << words << " by " << length << ": " << changes;
    }
  }
}

// A long part that only one side has, in a sentence without end.
TEST(EditsTest, LongInsertionsChangeNothingElse) {
  testing::Random random(14);
  for (const size_t inserted : {40, 100, 1000}) {
    const auto a = testing::RandomWords(&random, 500);
    auto b = a;
    for (size_t i = 0; i < inserted; ++i) {
      b.insert(b.begin() + 250, testing::WordFor(1000000 + i));
    }
    const Case c = ToldTwice(a, b, &random);
    EXPECT_EQ(ChangedWords(c, c.Diff()), inserted);
  }
}

// Web text often lacks the blank behind a full stop, so that sentences are one,
// and too long. It is cut where a sentence of the other side ends, or begins.
TEST(EditsTest, ALongSentenceIsCutWhereTheOtherSideEndsOne) {
  testing::Random random(16);
  const auto rest = testing::RandomWords(&random, 2 * kMostCellWords);
  const std::string before = testing::Join(
      testing::Words(rest.begin(), rest.begin() + kMostCellWords));
  const std::string behind =
      testing::Join(testing::Words(rest.begin() + kMostCellWords, rest.end()));
  const std::string diff = Spell(
      before +
          " which has a place in the market,not only buying tools but as a "
          "provider of them for others who build trains " +
          behind + ".",
      before +
          " which has a place in the market. They are not only buying tools; "
          "they will be the leading provider of them for many who build "
          "trains " +
          behind + ".");
  EXPECT_THAT(diff, ::testing::HasSubstr(
                        "in the market[,>. ]|[>They are ]not only buying "
                        "tools"));
}

TEST(EditsTest, AWordBetweenTwoStretchesIsNoSentence) {
  testing::Random random(17);
  const auto words = testing::RandomWords(&random, 90);
  const std::string before =
      testing::Join(testing::Words(words.begin(), words.begin() + 45));
  const std::string behind =
      testing::Join(testing::Words(words.begin() + 45, words.end()));
  const std::string diff =
      Spell(before + ".Zebra " + behind, before + ". " + behind);
  EXPECT_THAT(diff, ::testing::HasSubstr("|[Zebra >]" + behind + "|"));
}

// One sentence without end, one word without end, and no word in common or
// only a few.
TEST(EditsTest, HostileTextsTakeTheirTime) {
  testing::Random random(5);
  std::string few;
  std::string other;
  for (int i = 0; i < 200000; ++i) {
    few += random.Below(2) == 0 ? "x " : "y ";
    other += random.Below(2) == 0 ? "x " : "z ";
  }
  for (const auto& [a, b] :
       {std::pair(few, other),
        {std::string(1 << 20, 'w'), few},
        {std::string(1 << 20, '.') + "a", std::string(1 << 20, ',') + "a"}}) {
    const Case c(a, b);
    ExpectKept(c, c.Diff());
  }
}

TEST(EditsTest, TheTwoInterviews) {
  const auto data = testing::LoadTwoInterviews();
  if (!data) GTEST_SKIP() << testing::NoTwoInterviews();
  Case c(data->text, data->text);
  c.passage.a = testing::WordsIn(c.words_a, data->a);
  c.passage.b = testing::WordsIn(c.words_b, data->b);
  const PassageDiff diff = c.Diff();
  ExpectKept(c, diff);
  EXPECT_EQ(c.DiffBack(), Mirrored(diff));
  const std::string spelled = Spell(c, diff);
  EXPECT_NE(spelled.find("It’s a high-stakes gamble. |"), std::string::npos);
  EXPECT_NE(spelled.find("Dr. [Sharma>Reed]: [“>]Thank you for having me. |"),
            std::string::npos);
}

}  // namespace
}  // namespace twicetold
