// SPDX-License-Identifier: Apache-2.0
#include "bench/hashing/script_text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "bench/synthetic_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

constexpr size_t kVocabulary = 20'000;

// What words and sentences of a language are made of.
struct Language {
  // Letters about as often as in the language; lower case.
  std::u32string_view letters = {};
  size_t shortest = 1;  // of a frequent word
  size_t longest = 1;   // of a rare one
  // One word in so many begins with a capital, besides those of sentences; 0:
  // there are no capitals.
  size_t capital_every = 0;
  char32_t capital_distance = 0;     // from a letter to its capital
  std::u32string_view between = {};  // words
  std::u32string_view comma = {};
  std::u32string_view stop = {};
};

constexpr Language kGerman = {
    .letters =
        U"eeeeeeeeeeeeeeeeennnnnnnnnniiiiiiiisssssssrrrrrrraaaaaaattttttddddd"
        U"hhhhhuuuullllcccgggmmmooobbwwffkkzzppvj\u00fc\u00fc\u00e4\u00f6"
        U"\u00df",
    .shortest = 2,
    .longest = 14,
    .capital_every = 4,
    .capital_distance = 32,
    .between = U" ",
    .comma = U", ",
    .stop = U". "};

constexpr Language kRussian = {
    .letters =
        U"\u043e\u043e\u043e\u043e\u043e\u043e\u043e\u043e\u043e\u043e\u043e"
        U"\u0435\u0435\u0435\u0435\u0435\u0435\u0435\u0435\u0430\u0430\u0430"
        U"\u0430\u0430\u0430\u0430\u0430\u0438\u0438\u0438\u0438\u0438\u0438"
        U"\u0438\u043d\u043d\u043d\u043d\u043d\u043d\u043d\u0442\u0442\u0442"
        U"\u0442\u0442\u0442\u0441\u0441\u0441\u0441\u0441\u0440\u0440\u0440"
        U"\u0440\u0440\u0432\u0432\u0432\u0432\u043b\u043b\u043b\u043b\u043a"
        U"\u043a\u043a\u043c\u043c\u043c\u0434\u0434\u0434\u043f\u043f\u043f"
        U"\u0443\u0443\u0443\u044f\u044f\u044b\u044b\u044c\u044c\u0433\u0433"
        U"\u0437\u0437\u0431\u0431\u0447\u0439\u0445\u0436\u0448\u044e\u0446",
    .shortest = 1,
    .longest = 12,
    .capital_every = 12,
    .capital_distance = 32,
    .between = U" ",
    .comma = U", ",
    .stop = U". "};

constexpr Language kArabic = {
    .letters =
        U"\u0627\u0627\u0627\u0627\u0627\u0627\u0627\u0627\u0627\u0627\u0627"
        U"\u0627\u0644\u0644\u0644\u0644\u0644\u0644\u0644\u0644\u0644\u0644"
        U"\u064a\u064a\u064a\u064a\u064a\u064a\u0645\u0645\u0645\u0645\u0645"
        U"\u0645\u0648\u0648\u0648\u0648\u0648\u0646\u0646\u0646\u0646\u0646"
        U"\u0631\u0631\u0631\u0631\u062a\u062a\u062a\u062a\u0628\u0628\u0628"
        U"\u0629\u0629\u0629\u0639\u0639\u0639\u062f\u062f\u062f\u0633\u0633"
        U"\u0641\u0641\u0647\u0647\u0647\u0643\u0643\u0642\u0642\u062d\u062d"
        U"\u0623\u0623\u062c\u0634\u0637\u0635\u062e\u0625\u0630\u0632\u0636",
    .shortest = 2,
    .longest = 9,
    .between = U" ",
    .comma = U"\u060c ",
    .stop = U". "};

constexpr Language kChinese = {.comma = U"\uff0c", .stop = U"\u3002"};
constexpr char32_t kFirstHan = 0x4e00;
constexpr size_t kHan = 3'000;

void Append(char32_t c, std::string* text) {
  char bytes[kMaxUtf8Bytes];
  text->append(bytes, EncodeUtf8(c, bytes));
}

void Append(std::u32string_view characters, std::string* text) {
  for (const char32_t c : characters) Append(c, text);
}

// A rank below `count` by Zipf's law.
size_t ZipfRank(size_t count, SmallRandom* random) {
  const double rank =
      std::exp(random->Unit() * std::log(static_cast<double>(count)));
  return std::min(count, static_cast<size_t>(rank)) - 1;
}

std::vector<std::u32string> MakeVocabulary(const Language& language) {
  SmallRandom random(/*seed=*/11);
  std::vector<std::u32string> words(kVocabulary);
  for (size_t rank = 0; rank < kVocabulary; ++rank) {
    const size_t span = language.longest - language.shortest;
    const size_t most = rank < 30 ? span / 3 : rank < 300 ? span / 2 : span;
    const size_t base = rank < 300 ? 0 : span / 4;
    size_t length = language.shortest + std::max(base, random.Below(most + 1));
    for (; length > 0; --length) {
      words[rank] += language.letters[random.Below(language.letters.size())];
    }
  }
  return words;
}

void AppendWord(const Language& language, std::u32string word, bool first,
                SmallRandom* random, std::string* text) {
  // The sharp s has no such capital, nor does it begin a word.
  if (language.capital_every > 0 && word[0] != U'\u00df' &&
      (first || random->Below(language.capital_every) == 0)) {
    word[0] -= language.capital_distance;
  }
  Append(word, text);
}

std::string WordText(const Language& language, size_t bytes, uint64_t seed) {
  static std::map<const Language*, std::vector<std::u32string>> vocabularies;
  auto [vocabulary, is_new] = vocabularies.try_emplace(&language);
  if (is_new) vocabulary->second = MakeVocabulary(language);
  SmallRandom random(Mix(seed));
  std::string text;
  while (text.size() < bytes) {
    const size_t length = 6 + random.Below(18);
    for (size_t i = 0; i < length; ++i) {
      AppendWord(language, vocabulary->second[ZipfRank(kVocabulary, &random)],
                 i == 0, &random, &text);
      const bool comma = random.Below(10) == 0;
      Append(i + 1 == length ? language.stop
             : comma         ? language.comma
                             : language.between,
             &text);
    }
    if (random.Below(5) == 0) text.back() = '\n';
  }
  return text;
}

std::string ChineseText(size_t bytes, uint64_t seed) {
  SmallRandom random(Mix(seed));
  std::string text;
  while (text.size() < bytes) {
    const size_t length = 8 + random.Below(30);
    for (size_t i = 0; i < length; ++i) {
      const size_t rank = ZipfRank(kHan, &random);
      Append(kFirstHan + static_cast<char32_t>(rank * 6), &text);
      if (random.Below(12) == 0) Append(kChinese.comma, &text);
    }
    Append(kChinese.stop, &text);
    if (random.Below(5) == 0) text += '\n';
  }
  return text;
}

// Puts a curly apostrophe, a pair of curly quotes or an accent in every so
// often, such that one byte in a hundred is not ASCII.
std::string OnePercentText(size_t bytes, uint64_t seed) {
  SmallRandom random(Mix(seed) + 1);
  const std::string plain = SyntheticText(bytes, seed);
  std::string text;
  size_t high = 0;
  bool open = false;
  for (size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    const bool due = high * 100 < i;
    if (due && c == '\'') {
      Append(U'\u2019', &text);
      high += 3;
    } else if (due && c == 'e' && random.Below(20) == 0) {
      Append(U'\u00e9', &text);
      high += 2;
    } else if (due && c == ' ' && random.Below(20) == 0) {
      if (open) Append(U'\u201d', &text);
      text += ' ';
      if (!open) Append(U'\u201c', &text);
      open = !open;
      high += 3;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string_view ScriptName(Script script) {
  switch (script) {
    case Script::kEnglish:
      return "english";
    case Script::kEnglishOnePercent:
      return "english_1%";
    case Script::kGerman:
      return "german";
    case Script::kRussian:
      return "russian";
    case Script::kArabic:
      return "arabic";
    case Script::kChinese:
      return "chinese";
  }
  return "";
}

std::string ScriptText(Script script, size_t bytes, uint64_t seed) {
  std::string text;
  switch (script) {
    case Script::kEnglish:
      text = SyntheticText(bytes, seed);
      break;
    case Script::kEnglishOnePercent:
      text = OnePercentText(bytes, seed);
      break;
    case Script::kGerman:
      text = WordText(kGerman, bytes, seed);
      break;
    case Script::kRussian:
      text = WordText(kRussian, bytes, seed);
      break;
    case Script::kArabic:
      text = WordText(kArabic, bytes, seed);
      break;
    case Script::kChinese:
      text = ChineseText(bytes, seed);
      break;
  }
  size_t size = std::min(bytes, text.size());
  while (size < text.size() && (text[size] & 0xc0) == 0x80) --size;
  text.resize(size);
  return text;
}

const std::vector<std::string>& ScriptTexts(Script script, size_t bytes) {
  static std::map<std::pair<Script, size_t>, std::vector<std::string>> all;
  auto [texts, is_new] = all.try_emplace({script, bytes});
  if (is_new) {
    const size_t count = std::max<size_t>(4, 1'000'000 / bytes);
    for (size_t i = 0; i < count; ++i) {
      texts->second.push_back(ScriptText(script, bytes, i));
    }
  }
  return texts->second;
}

}  // namespace twicetold
