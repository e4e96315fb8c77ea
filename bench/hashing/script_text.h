// SPDX-License-Identifier: Apache-2.0
//
// Made-up text in several scripts, to a tokenizer like real text of them: words
// of the letters and lengths of the language that recur by Zipf's law, in
// sentences with its punctuation. English is SyntheticText.
//
// Guarantee: a pure function of its arguments, the same on every machine.
// Thread safety: free functions.
#ifndef TWICETOLD_BENCH_HASHING_SCRIPT_TEXT_H_
#define TWICETOLD_BENCH_HASHING_SCRIPT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twicetold {

enum class Script {
  kEnglish,
  kEnglishOnePercent,  // 1 % of the bytes are not ASCII: accents, curly quotes
  kGerman,
  kRussian,
  kArabic,
  kChinese,
};

inline constexpr Script kAllScripts[] = {
    Script::kEnglish, Script::kEnglishOnePercent,
    Script::kGerman,  Script::kRussian,
    Script::kArabic,  Script::kChinese};

std::string_view ScriptName(Script script);

// At most `bytes` bytes of valid UTF-8, and no more than three fewer.
std::string ScriptText(Script script, size_t bytes, uint64_t seed);

// Texts to be taken in turn, so that no branch predictor learns one by heart:
// about 1 MB of them, four at least. Made once for each pair of arguments.
const std::vector<std::string>& ScriptTexts(Script script, size_t bytes);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_HASHING_SCRIPT_TEXT_H_
