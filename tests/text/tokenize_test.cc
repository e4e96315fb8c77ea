// SPDX-License-Identifier: Apache-2.0
//
// What tokens are, by example. tokenize_oracle_test.cc holds the tokenizer
// against a second one on very many texts.
#include "twicetold/text/tokenize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/text/token_key.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint64_t> Hashes(std::string_view text) {
  std::vector<uint64_t> hashes;
  TokenHashes(text, &hashes);
  return hashes;
}

// The bytes of `text` that each token takes.
std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  for (const ByteRange& range : Tokenize(text).ranges) {
    words.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return words;
}

std::vector<uint64_t> HashesOfKeys(const std::vector<std::string>& keys) {
  std::vector<uint64_t> hashes;
  for (const std::string& key : keys) hashes.push_back(HashToken(key));
  return hashes;
}

TEST(TokenizeTest, EmptyTextHasNoTokens) {
  EXPECT_THAT(Words(""), IsEmpty());
  EXPECT_THAT(Words(" \t\r\n.,;"), IsEmpty());
}

TEST(TokenizeTest, WordsAreLettersAndDigits) {
  EXPECT_THAT(Words("One, two_three 4x4!"),
              ElementsAre("One", "two", "three", "4x4"));
}

TEST(TokenizeTest, KeysAreFolded) {
  EXPECT_EQ(Hashes("Straße ﬁne ＡＢＣ İ Ⅷ ½ ①"),
            HashesOfKeys({"strasse", "fine", "abc", "i\u0307", "viii",
                          "1\u20442", "1"}));
}

TEST(TokenizeTest, DotlessIIsALetterOfItsOwn) {
  EXPECT_NE(Hashes("ı"), Hashes("i"));
  EXPECT_NE(Hashes("İ"), Hashes("i"));
}

TEST(TokenizeTest, CapitalSharpSIsTwoS) {
  EXPECT_EQ(Hashes("STRAẞE"), Hashes("strasse"));
}

TEST(TokenizeTest, InnerApostrophesBelongToTheWord) {
  EXPECT_THAT(Words("'don't' rock'n'roll dogs' o''clock '90s"),
              ElementsAre("don't", "rock'n'roll", "dogs", "o", "clock", "90s"));
}

TEST(TokenizeTest, ApostrophesAreTheSameHoweverWritten) {
  for (const char* apostrophe : {"’", "‘", "‛", "ʼ", "ʻ", "＇"}) {
    EXPECT_EQ(Hashes("don" + std::string(apostrophe) + "t"), Hashes("don't"))
        << apostrophe;
    EXPECT_EQ(Hashes(apostrophe + std::string("don") + apostrophe),
              Hashes("don"))
        << apostrophe;
  }
}

TEST(TokenizeTest, ApostrophesJoinNoScriptWithoutSpaces) {
  EXPECT_THAT(Words("ก'ก a'ก ก'a"), ElementsAre("ก", "ก", "a", "ก", "ก", "a"));
}

TEST(TokenizeTest, SymbolsAndEmojiAreNoWords) {
  EXPECT_THAT(Words("Acme™ 👩🏽‍💻 € a+b ©"),
              ElementsAre("Acme", "a", "b"));
}

TEST(TokenizeTest, ComposedAndDecomposedAreTheSame) {
  EXPECT_EQ(Hashes("caf\u00e9 \u1e69"), Hashes("cafe\u0301 s\u0307\u0323"));
  EXPECT_EQ(Hashes("s\u0323\u0307"), Hashes("s\u0307\u0323"));
  EXPECT_NE(Hashes("a\u0301\u0300"), Hashes("a\u0300\u0301"));
}

TEST(TokenizeTest, MarksStayWithTheirLetter) {
  EXPECT_THAT(Words("cafe\u0301s \u0301x"), ElementsAre("cafe\u0301s", "x"));
}

TEST(TokenizeTest, IgnorableCharactersChangeNothing) {
  const std::string plain = "soft hyphen don't";
  const std::string strewn =
      "\u00adso\u00adft\u200d \ufeffhyp\u200chen don\u2060'\u00adt\u200e";
  EXPECT_EQ(Hashes(strewn), Hashes(plain));
  EXPECT_THAT(Words(strewn), ElementsAre("so\u00adft\u200d", "hyp\u200chen",
                                         "don\u2060'\u00adt\u200e"));
}

TEST(TokenizeTest, ZeroWidthSpacePartsWords) {
  EXPECT_THAT(Words("zero\u200bwidth"), ElementsAre("zero", "width"));
}

TEST(TokenizeTest, BadBytesEndTokens) {
  EXPECT_THAT(Words("ab\xff"
                    "cd \xc3(e\xe2\x80"),
              ElementsAre("ab", "cd", "e"));
}

TEST(TokenizeTest, NulIsNoWord) {
  EXPECT_THAT(Words(std::string_view("a\0b", 3)), ElementsAre("a", "b"));
}

TEST(TokenizeTest, LettersOfScriptsWithoutSpacesStandAlone) {
  EXPECT_THAT(Words("漢字かなカナー々"),
              ElementsAre("漢", "字", "か", "な", "カ", "ナ", "ー", "々"));
  EXPECT_THAT(Words("ກຂ ကခ កខ"), ElementsAre("ກ", "ຂ", "က", "ခ", "ក", "ខ"));
  EXPECT_THAT(Words("abc漢def"), ElementsAre("abc", "漢", "def"));
}

TEST(TokenizeTest, DigitsOfScriptsWithoutSpacesMakeNumbers) {
  EXPECT_THAT(Words("ก๑๒๓ก"), ElementsAre("ก", "๑๒๓", "ก"));
}

TEST(TokenizeTest, ThaiVowelsAboveAndBelowStayWithTheLetter) {
  EXPECT_THAT(Words("ที่นี่"), ElementsAre("ที่", "นี่"));
}

TEST(TokenizeTest, ThaiAmIsAMarkAndALetter) {
  EXPECT_THAT(Words("น้ำ"), ElementsAre("น้", "ำ"));
  EXPECT_EQ(Hashes("น\u0e49\u0e33"), Hashes("น\u0e49\u0e4d\u0e32"));
  EXPECT_EQ(Hashes("ນ\u0eb3"), Hashes("ນ\u0ecd\u0eb2"));
}

TEST(TokenizeTest, SignsForTwoLettersAreTwoTokensInTheSamePlace) {
  const std::string koto = "a\u30ff";
  EXPECT_EQ(Hashes(koto), Hashes("aコト"));
  EXPECT_THAT(Tokenize(koto).ranges,
              ElementsAre(ByteRange{0, 1}, ByteRange{1, 4}, ByteRange{1, 4}));
}

TEST(TokenizeTest, ParenthesizedLettersAreAsIfWrittenOut) {
  EXPECT_EQ(Hashes("㈠㈡"), Hashes("(一)(二)"));
  EXPECT_EQ(Hashes("㈠\u0301"), Hashes("(一)\u0301"));
  EXPECT_THAT(Words("㈠\u0301"), ElementsAre("㈠"));
}

TEST(TokenizeTest, HalfwidthKatakanaIsKatakana) {
  EXPECT_THAT(Words("ｶﾞｷﾟｰ"), ElementsAre("ｶﾞ", "ｷﾟ", "ｰ"));
  EXPECT_EQ(Hashes("ｶﾞｷﾟｰ"), Hashes("ガキ\u309aー"));
}

TEST(TokenizeTest, HangulIsTheSameInSyllablesAndInJamo) {
  EXPECT_EQ(Hashes("한국어 가"),
            Hashes("\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 "
                   "\u1100\u1161"));
  EXPECT_THAT(Words("한국어 가"), ElementsAre("한국어", "가"));
}

TEST(TokenizeTest, ClustersOfDevanagariAreOneWord) {
  EXPECT_THAT(Words("क्षत्रिय हिन्दी।"), ElementsAre("क्षत्रिय", "हिन्दी"));
  EXPECT_EQ(Hashes("क्\u200dष"), Hashes("क्ष"));
  EXPECT_EQ(Hashes("\u0958"), Hashes("\u0915\u093c"));
}

TEST(TokenizeTest, ArabicKeepsTatweelAndVowelSigns) {
  EXPECT_THAT(Words("مُحَمَّد، مـحمد"), ElementsAre("مُحَمَّد", "مـحمد"));
  EXPECT_NE(Hashes("مـحمد"), Hashes("محمد"));
  EXPECT_EQ(Hashes("ﻻ"), Hashes("لا"));
}

// Every length around those at which the way of hashing changes.
TEST(TokenizeTest, WordsOfAnyLengthHashAsTheirKey) {
  for (size_t length = 1; length < 3 * kKeyBlock; ++length) {
    if (length == 40) length = kKeyBlock - 20;
    if (length == kKeyBlock + 20) length = 2 * kKeyBlock - 20;
    if (length == 2 * kKeyBlock + 20) break;
    std::string word;
    for (size_t i = 0; i < length; ++i) word += static_cast<char>('a' + i % 23);
    std::string upper = word;
    for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
    const std::string text = "." + upper + ".";
    EXPECT_THAT(Hashes(text), ElementsAre(HashToken(word))) << length;
    EXPECT_THAT(Words(text), ElementsAre(upper)) << length;
    // At the very end of the text there is nothing more to read.
    const std::vector<char> exact(upper.begin(), upper.end());
    EXPECT_THAT(Hashes({exact.data(), exact.size()}),
                ElementsAre(HashToken(word)))
        << length;
  }
}

TEST(TokenizeTest, LongWordsOfOtherLettersHashAsTheirKey) {
  std::string word, key;
  for (size_t i = 0; i < 5000; ++i) {
    word += "\u0416\u00c9";
    key += "\u0436e\u0301";
  }
  EXPECT_THAT(Hashes(word), ElementsAre(HashToken(key)));
}

TEST(TokenizeTest, ALongWordLeavesNothingBehind) {
  const std::string giant(kKeyBlock + 20, 'g');
  const std::string thirty(30, 't');
  const std::string accented = "e\u0301";
  const std::string text = giant + " \u00c9 " + giant + " " + thirty + " " +
                           giant + "'" + giant + " \u00e9";
  EXPECT_EQ(Hashes(text), HashesOfKeys({giant, accented, giant, thirty,
                                        giant + "'" + giant, accented}));
}

// Accents of the same class keep their order among themselves, however many.
TEST(TokenizeTest, SortingMarksIsStable) {
  std::string text = "a", above, below;
  for (int i = 0; i < 200; ++i) {
    const char* const one_above = i % 3 == 0 ? "\u0301" : "\u0300";
    const char* const one_below = i % 7 == 0 ? "\u0323" : "\u0316";
    text += one_above;
    text += one_below;
    above += one_above;
    below += one_below;
  }
  EXPECT_EQ(Hashes(text), HashesOfKeys({"a" + below + above}));
}

TEST(TokenizeTest, MarksAreSortedUpToALimit) {
  const auto hashes = [](size_t pairs, const char* pair) {
    std::string text = "a";
    for (size_t i = 0; i < pairs; ++i) text += pair;
    return Hashes(text);
  };
  std::string sorted = "a";
  for (size_t i = 0; i < kMaxMarks / 2; ++i) sorted += "\u0323";
  for (size_t i = 0; i < kMaxMarks / 2; ++i) sorted += "\u0301";
  EXPECT_EQ(hashes(kMaxMarks / 2, "\u0301\u0323"),
            (std::vector{HashToken(sorted)}));
  EXPECT_EQ(hashes(kMaxMarks / 2, "\u0323\u0301"),
            (std::vector{HashToken(sorted)}));
  // Beyond it, each part is sorted by itself, and nothing is lost.
  EXPECT_EQ(hashes(kMaxMarks / 2 + 1, "\u0301\u0323"),
            (std::vector{HashToken(sorted + "\u0323\u0301")}));
}

TEST(TokenHashesTest, OverwritesWhatWasThere) {
  std::vector<uint64_t> hashes = {1, 2, 3};
  TokenHashes("one", &hashes);
  EXPECT_THAT(hashes, ElementsAre(HashToken("one")));
}

TEST(HashTokenTest, TheValuesAreForAllTime) {
  EXPECT_EQ(HashToken("a"), HashShortKey('a', 0));
  EXPECT_EQ(HashToken("abcdefghi"), HashShortKey(0x6867666564636261u, 'i'));
  EXPECT_EQ(HashToken("twice"), 9817128202199661159u);
  EXPECT_EQ(HashToken("told-and-told-as"), 5330631445455457243u);
  EXPECT_EQ(HashToken("told-and-told-aga"), 7382218374866198867u);
}

// Keys that differ as words do: numbered, or in single letters anywhere.
TEST(HashTokenTest, KeysThatLookAlikeDoNotCollide) {
  std::vector<uint64_t> hashes;
  for (int i = 0; i < 200000; ++i) {
    const std::string number = std::to_string(i);
    hashes.push_back(HashToken(number));
    for (const char* word :
         {"section", "abcdefgh", "abcdefghi", "subsection"}) {
      hashes.push_back(HashToken(word + number));
      hashes.push_back(HashToken(number + word));
    }
  }
  for (int i = 0; i < 1 << 16; ++i) {
    std::string key;
    for (int bit = 0; bit < 16; ++bit) key += i >> bit & 1 ? 'z' : 'y';
    hashes.push_back(HashToken(key));
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
}

// Flipping any one bit of the input flips each bit of the output about half
// of the time.
TEST(HashTokenTest, EveryBitOfAShortKeyReachesEveryBit) {
  std::mt19937_64 random(1);
  constexpr int kTrials = 4000;
  for (int in = 0; in < 128; ++in) {
    std::vector<int> flips(64);
    for (int trial = 0; trial < kTrials; ++trial) {
      const uint64_t low = random(), high = random();
      const uint64_t bit = uint64_t{1} << (in % 64);
      const uint64_t change =
          HashShortKey(low, high) ^
          HashShortKey(in < 64 ? low ^ bit : low, in < 64 ? high : high ^ bit);
      for (int out = 0; out < 64; ++out) {
        flips[static_cast<size_t>(out)] += change >> out & 1;
      }
    }
    for (const int count : flips) {
      EXPECT_GT(count, kTrials * 2 / 5) << in;
      EXPECT_LT(count, kTrials * 3 / 5) << in;
    }
  }
}

}  // namespace
}  // namespace twicetold
