// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a line: what RecordParser takes and gives is what nlohmann::json
// takes and gives, but for numbers of any size and halves of surrogate pairs.
#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "tests/fuzz/check.h"
#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/record_reader.h"

namespace {

using nlohmann::json;

// What nlohmann::json says of a line: the object, or why there is none.
struct Oracle {
  json value;
  bool lenient = false;  // refused for what RecordParser allows
};

Oracle Ask(std::string_view line) {
  Oracle oracle;
  oracle.value = json::value_t::discarded;
  // To it the text ends at a NUL, which JSON does not know outside of escapes.
  if (line.find('\0') != line.npos) return oracle;
  try {
    oracle.value = json::parse(line);
  } catch (const json::exception& error) {
    const std::string_view why = error.what();
    // By its words for: half of a surrogate pair, a number that is too large.
    oracle.lenient = why.find("surrogate") != why.npos ||
                     why.find("out_of_range.406") != why.npos;
  }
  return oracle;
}

// The value that a path leads to, or null.
const json* Find(const json& object, std::string_view path) {
  const json* at = &object;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('.', begin), path.size());
    if (!at->is_object()) return nullptr;
    const auto found = at->find(std::string(path.substr(begin, end - begin)));
    if (found == at->end()) return nullptr;
    at = &*found;
    begin = end + 1;
  }
  return at;
}

void Compare(std::string_view line, const twicetold::RecordFields& fields) {
  std::string padded(line);
  padded.append(twicetold::kBatchPadding, line.size() % 2 == 0 ? '}' : '"');
  static std::array<twicetold::RecordParser, 2> parsers = {
      twicetold::RecordParser(),
      twicetold::RecordParser({.text = "a.b", .id = "a.c"})};
  twicetold::Record record;
  const std::optional<twicetold::Skip> skip =
      parsers[fields.text == "text" ? 0 : 1].Parse({padded.data(), line.size()},
                                                   &record);
  const Oracle oracle = Ask(line);
  if (oracle.lenient) return;
  if (!oracle.value.is_object()) {
    FUZZ_CHECK(skip && skip->reason == twicetold::SkipReason::kBadJson);
    return;
  }
  const json* text = Find(oracle.value, fields.text);
  if (text == nullptr && fields.text != "text") {
    const auto literal = oracle.value.find(fields.text);
    if (literal != oracle.value.end()) text = &*literal;
  }
  if (text == nullptr || !text->is_string()) {
    FUZZ_CHECK(skip && skip->reason == twicetold::SkipReason::kNoText);
    return;
  }
  FUZZ_CHECK(!skip);
  FUZZ_CHECK(record.text == text->get_ref<const std::string&>());
  const json* id = Find(oracle.value, fields.id);
  if (id == nullptr && fields.id != "id") {
    const auto literal = oracle.value.find(fields.id);
    if (literal != oracle.value.end()) id = &*literal;
  }
  const bool has_key = id != nullptr && (id->is_string() || id->is_number());
  FUZZ_CHECK(record.key.has_value() == has_key);
  if (!has_key) return;
  if (id->is_string()) {
    FUZZ_CHECK(*record.key == id->get_ref<const std::string&>());
  } else {
    FUZZ_CHECK(json::parse(*record.key) == *id);
  }
}

// A line of the tokens that lines are made of: right ones are not rare.
std::string FromTokens(std::string_view bytes) {
  constexpr std::array<std::string_view, 32> kTokens = {
      "{",        "}",       "[",     "]",        ",",          ":",
      "\"text\"", "\"a\"",   "\"b\"", "\"id\"",   "\"a.b\"",    "\"c\"",
      "1",        "-2.5e3",  "0",     "true",     "false",      "null",
      "\"x\"",    "\"\\n\"", " ",     "\\u0041",  "\"",         "\\",
      "\\ud83d",  "\\ude00", "\r",    "\xc3\xa9", "{\"text\":", "\"a\":{",
      "\"b\":",   "}}",
  };
  std::string line;
  for (const char byte : bytes) {
    line += kTokens[static_cast<unsigned char>(byte) % kTokens.size()];
  }
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view line = twicetold::testing::TextOf(data, size);
  // A line, as the reader gives it: no mark, which the oracle would pass over.
  if (line.starts_with("\xef\xbb\xbf")) return 0;
  Compare(line, {});
  Compare(line, {.text = "a.b", .id = "a.c"});
  const std::string tokens = FromTokens(line);
  Compare(tokens, {});
  Compare(tokens, {.text = "a.b", .id = "a.c"});
  // What is likely to be met, with any text.
  std::string wrapped = R"({"a":{"b":")";
  wrapped.append(line);
  wrapped += R"(","c":1},"id":"x","text":")";
  wrapped.append(line);
  wrapped += "\"}";
  Compare(wrapped, {});
  Compare(wrapped, {.text = "a.b", .id = "a.c"});
  return 0;
}
