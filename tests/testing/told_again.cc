// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/told_again.h"

#include <algorithm>
#include <utility>

namespace twicetold::testing {
namespace {

using Sentence = std::vector<std::string>;
using Section = std::vector<Sentence>;

std::string Han(uint64_t number) {
  const auto code = static_cast<uint32_t>(0x4e00 + number % 900);
  return {static_cast<char>(0xe0 | code >> 12),
          static_cast<char>(0x80 | (code >> 6 & 0x3f)),
          static_cast<char>(0x80 | (code & 0x3f))};
}

std::string Katakana(uint64_t number) {
  // U+30FF is KO and TO in one.
  constexpr std::array<std::string_view, 8> kLetters = {
      "\u30a2", "\u30ab", "\u30b5", "\u30bf",
      "\u30ca", "\u30cf", "\u30de", "\u30ff"};
  return std::string(kLetters[number % 8]) +
         std::string(kLetters[number / 8 % 8]) +
         std::string(kLetters[number / 64 % 8]);
}

std::string Accented(std::string word, uint64_t number) {
  constexpr std::array<std::string_view, 4> kEndings = {"é", "ü", "ñ", "ø"};
  return number % 3 == 0 ? word + std::string(kEndings[number / 3 % 4]) : word;
}

class Writer {
 public:
  Writer(Random* random, Writing writing)
      : random_(*random), writing_(writing) {}

  std::string Word() {
    // As in prose, but for a smaller vocabulary.
    const uint64_t rank = random_.Below(1 + random_.Below(3000));
    switch (writing_) {
      case Writing::kNoSpaces:
        return Han(rank);
      case Writing::kTwoInOne:
        return Katakana(rank);
      case Writing::kLatin1:
        return Accented(WordFor(rank), rank);
      default:
        return WordFor(rank);
    }
  }

  Section NewSection() {
    Section section(3 + random_.Below(9));
    for (Sentence& sentence : section) {
      for (size_t n = 4 + random_.Below(20); n > 0; --n) {
        sentence.push_back(Word());
      }
    }
    return section;
  }

  // Words exchanged, left out and doubled.
  void Reword(Section* section, double chance) {
    for (Sentence& sentence : *section) {
      Sentence other;
      for (std::string& word : sentence) {
        const double at = random_.Unit() / chance;
        if (at < .6) {
          other.push_back(Word());
        } else if (at >= .8) {
          other.push_back(std::move(word));
        } else if (at >= .7) {
          other.push_back(word);
          other.push_back(Word());
        }
      }
      sentence = std::move(other);
    }
  }

  std::string Text(const std::vector<Section>& sections) {
    std::string text;
    for (const Section& section : sections) {
      for (const Sentence& sentence : section) Append(sentence, &text);
      if (HasMarks()) text += Newline() + Newline();
    }
    return text;
  }

 private:
  bool HasMarks() const {
    return writing_ != Writing::kNoMarks && writing_ != Writing::kLinesOnly;
  }
  bool HasSpaces() const {
    return writing_ != Writing::kNoSpaces && writing_ != Writing::kTwoInOne;
  }
  std::string Newline() const {
    return writing_ == Writing::kCrlf ? "\r\n" : "\n";
  }

  void Append(const Sentence& sentence, std::string* text) {
    const bool quoted = HasMarks() && HasSpaces() && random_.Below(8) == 0;
    if (quoted) *text += "“";
    for (size_t i = 0; i < sentence.size(); ++i) {
      if (i > 0) *text += Between();
      AppendWord(sentence[i], i == 0, text);
    }
    *text += quoted ? "”" : "";
    *text += After();
  }

  void AppendWord(const std::string& word, bool first, std::string* text) {
    const size_t at = text->size();
    *text += word;
    char& letter = (*text)[at];
    if (HasMarks() && (first || random_.Below(20) == 0) && letter >= 'a' &&
        letter <= 'z') {
      letter = static_cast<char>(letter - 'a' + 'A');
    }
    if (writing_ == Writing::kBadBytes && random_.Below(15) == 0) {
      *text += random_.Below(2) == 0 ? "\xff" : "\xe2\x80";
    }
  }

  std::string Between() {
    if (!HasSpaces()) return random_.Below(30) == 0 ? "、" : "";
    if (!HasMarks()) return " ";
    const size_t chance = random_.Below(40);
    if (chance == 0) return " – ";
    if (chance == 1) return Newline();
    if (chance < 5) return ", ";
    return " ";
  }

  std::string After() {
    switch (writing_) {
      case Writing::kNoMarks:
        return " ";
      case Writing::kLinesOnly:
        return "\n";
      case Writing::kNoSpaces:
      case Writing::kTwoInOne:
        return random_.Below(3) == 0 ? "" : "。";
      default:
        return std::string(random_.Below(6) == 0 ? "?" : ".") +
               (random_.Below(6) == 0 ? Newline() : " ");
    }
  }

  Random& random_;
  const Writing writing_;
};

}  // namespace

std::string_view NameOf(Writing writing) {
  constexpr std::array<std::string_view, 8> kNames = {
      "prose",     "CRLF",       "no marks", "no spaces",
      "bad bytes", "two in one", "Latin-1",  "lines only"};
  return kNames[static_cast<size_t>(writing)];
}

TextPair ToldAgain(uint64_t seed, Writing writing) {
  Random random(seed * 8 + static_cast<uint64_t>(writing));
  Writer writer(&random, writing);
  std::vector<Section> a;
  std::vector<Section> b;
  for (size_t n = 2 + random.Below(6); n > 0; --n) {
    Section section = writer.NewSection();
    a.push_back(section);
    // A section without partner, one that stands twice, or one told again.
    const size_t chance = random.Below(10);
    if (chance == 0) continue;
    if (chance == 1) b.push_back(section);
    if (chance == 2) a.push_back(section);
    if (chance < 7) writer.Reword(&section, .1 * static_cast<double>(chance));
    if (random.Below(4) == 0) random.Shuffle(&section);
    b.push_back(std::move(section));
    if (random.Below(3) == 0) b.push_back(writer.NewSection());
  }
  if (random.Below(3) == 0) random.Shuffle(&b);
  return {writer.Text(a), writer.Text(b)};
}

TextPair OtherMarks(uint64_t seed) {
  Random random(seed);
  Words words = RandomWords(&random, 60 + random.Below(200));
  // Some of it twice or three times, so that there is a choice of partners.
  for (size_t n = random.Below(3); n > 0; --n) {
    const size_t begin = random.Below(words.size() - 40);
    const Words again(words.begin() + static_cast<ptrdiff_t>(begin),
                      words.begin() + static_cast<ptrdiff_t>(begin + 40));
    words.insert(words.end(), again.begin(), again.end());
  }
  TextPair pair;
  for (std::string* text : {&pair.a, &pair.b}) {
    for (const std::string& word : words) {
      *text += word;
      const size_t chance = random.Below(12);
      *text += chance == 0 ? ". " : chance == 1 ? "\n\n" : " ";
    }
  }
  return pair;
}

}  // namespace twicetold::testing
