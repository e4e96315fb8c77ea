// SPDX-License-Identifier: Apache-2.0
//
// What `diff` and `scan --edits` print of passages, in every encoding: ranges
// are those of the documents as they are, on borders of characters; applying
// the edits to side a gives side b; and the number of threads changes nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/cli/run_tool.h"
#include "tests/testing/temp_tree.h"
#include "tests/testing/told_again.h"

namespace twicetold::testing {
namespace {

enum class Form { kUtf8, kUtf8Mark, kUtf16Le, kUtf16Be, kUtf32Le, kLatin };
constexpr std::array kForms = {Form::kUtf8,    Form::kUtf8Mark, Form::kUtf16Le,
                               Form::kUtf16Be, Form::kUtf32Le,  Form::kLatin};
constexpr std::array<std::string_view, 6> kFormNames = {
    "utf-8",    "utf-8 with mark", "utf-16le",
    "utf-16be", "utf-32le",        "windows-1252"};

struct Character {
  uint32_t code = 0;
  size_t bytes = 0;  // of UTF-8
};

// The character at the begin of valid UTF-8.
Character FirstOf(std::string_view utf8) {
  const auto byte = [utf8](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(utf8[i]));
  };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xe0) return {(byte(0) & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  return {(byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
}

std::string Encode(std::string_view utf8, uint32_t code, Form form) {
  const auto low = static_cast<char>(code & 0xff);
  const auto high = static_cast<char>(code >> 8);
  switch (form) {
    case Form::kUtf8:
    case Form::kUtf8Mark:
      return std::string(utf8);
    case Form::kUtf16Le:
      return {low, high};
    case Form::kUtf16Be:
      return {high, low};
    case Form::kUtf32Le:
      return {low, high, '\0', '\0'};
    case Form::kLatin:
      if (code == 0x201c) return "\x93";
      if (code == 0x201d) return "\x94";
      if (code == 0x2013) return "\x96";
      EXPECT_LT(code, 0x100u);
      return {low};
  }
  return "";
}

// A text in some encoding, and where each of its characters is in UTF-8.
struct Document {
  std::string utf8;
  std::string bytes;
  std::map<size_t, size_t> utf8_at;  // by where it begins in `bytes`
  std::map<size_t, size_t> char_at;  // likewise: how many are before

  Document(std::string text, Form form) : utf8(std::move(text)) {
    if (form != Form::kUtf8 && form != Form::kLatin) {
      bytes = Encode("\ufeff", 0xfeff, form);
    }
    size_t characters = 0;
    for (size_t i = 0; i < utf8.size();) {
      utf8_at[bytes.size()] = i;
      char_at[bytes.size()] = characters++;
      const Character c = FirstOf(std::string_view(utf8).substr(i));
      bytes += Encode(utf8.substr(i, c.bytes), c.code, form);
      i += c.bytes;
    }
    utf8_at[bytes.size()] = utf8.size();
    char_at[bytes.size()] = characters;
  }

  // The text of a range of bytes, which has to begin and end with characters.
  std::string Text(const nlohmann::json& range) const {
    const auto begin = utf8_at.find(range[0].get<size_t>());
    const auto end = utf8_at.find(range[1].get<size_t>());
    EXPECT_TRUE(begin != utf8_at.end() && end != utf8_at.end()) << range;
    if (begin == utf8_at.end() || end == utf8_at.end()) return "";
    return utf8.substr(begin->second, end->second - begin->second);
  }
};

using Documents = std::vector<const Document*>;

void ExpectPlace(const nlohmann::json& side, const Document& document) {
  const std::string text = document.Text(side["bytes"]);
  EXPECT_FALSE(text.empty());
  const size_t begin = side["bytes"][0];
  const size_t end = side["bytes"][1];
  EXPECT_EQ(side["chars"][0], document.char_at.at(begin));
  EXPECT_EQ(side["chars"][1], document.char_at.at(end));
  const std::string before =
      document.utf8.substr(0, document.utf8_at.at(begin));
  const auto lines = 1 + std::count(before.begin(), before.end(), '\n');
  EXPECT_EQ(side["lines"][0], lines);
  EXPECT_EQ(side["lines"][1],
            lines + std::count(text.begin(), text.end(), '\n'));
}

void ExpectEdits(const nlohmann::json& passage, const Document& a,
                 const Document& b) {
  size_t at_a = passage["a"]["bytes"][0];
  size_t at_b = passage["b"]["bytes"][0];
  std::string told;
  for (const nlohmann::json& edit : passage["edits"]) {
    ASSERT_EQ(edit["a"][0], at_a);
    ASSERT_EQ(edit["b"][0], at_b);
    at_a = edit["a"][1];
    at_b = edit["b"][1];
    const std::string of_a = a.Text(edit["a"]);
    const std::string of_b = b.Text(edit["b"]);
    EXPECT_EQ(edit["op"] == "equal", of_a == of_b);
    EXPECT_EQ(edit["op"] == "insert", of_a.empty());
    EXPECT_EQ(edit["op"] == "delete", of_b.empty());
    told += edit["op"] == "equal" ? of_a : of_b;
  }
  EXPECT_EQ(at_a, passage["a"]["bytes"][1]);
  EXPECT_EQ(at_b, passage["b"]["bytes"][1]);
  EXPECT_EQ(told, b.Text(passage["b"]["bytes"]));
}

// Checks all passages of a result; `of` is by id. Returns how many there are.
size_t ExpectPassages(const std::string& jsonl, const Documents& of) {
  size_t count = 0;
  for (const nlohmann::json& record : Records(jsonl)) {
    if (record["type"] != "passage") continue;
    ++count;
    const size_t a = record["a"]["document"];
    const size_t b = record["b"]["document"];
    EXPECT_TRUE(a < of.size() && b < of.size());
    if (a >= of.size() || b >= of.size()) continue;
    ExpectPlace(record["a"], *of[a]);
    ExpectPlace(record["b"], *of[b]);
    ExpectEdits(record, *of[a], *of[b]);
    if (a == b) {
      EXPECT_LE(record["a"]["bytes"][1], record["b"]["bytes"][0]);
    }
  }
  return count;
}

std::string OutputOf(const std::vector<std::string>& args) {
  const ToolResult result = RunTool(args);
  EXPECT_EQ(result.status, 0) << result.err;
  return result.out;
}

// What all encodings have.
TextPair PairOf(uint64_t seed) {
  constexpr std::array kWritings = {Writing::kLatin1, Writing::kCrlf,
                                    Writing::kProse};
  return ToldAgain(seed, kWritings[seed % 3]);
}

TEST(PrintedEditsTest, DiffInEveryEncoding) {
  const TempTree tree;
  size_t passages = 0;
  uint64_t seed = 0;
  for (const Form form_a : kForms) {
    for (const Form form_b : kForms) {
      const TextPair texts = PairOf(seed++);
      const Document a(texts.a, form_a);
      const Document b(texts.b, form_b);
      tree.File("a.txt", a.bytes);
      tree.File("b.txt", b.bytes);
      passages += ExpectPassages(
          OutputOf({"diff", "-o", "jsonl", "a.txt", "b.txt"}), {&a, &b});
      if (HasFailure()) {
        FAIL() << kFormNames[static_cast<size_t>(form_a)] << ", "
               << kFormNames[static_cast<size_t>(form_b)];
      }
    }
  }
  EXPECT_GE(passages, kForms.size() * kForms.size() / 2);
}

TEST(PrintedEditsTest, DiffOfOneDocumentInEveryEncoding) {
  const TempTree tree;
  size_t passages = 0;
  for (const Form form : kForms) {
    const TextPair texts = PairOf(100 + static_cast<uint64_t>(form));
    const Document both(texts.a + texts.b, form);
    tree.File("a.txt", both.bytes);
    passages += ExpectPassages(OutputOf({"diff", "-o", "jsonl", "a.txt"}),
                               {&both, &both});
    if (HasFailure()) FAIL() << kFormNames[static_cast<size_t>(form)];
  }
  EXPECT_GE(passages, kForms.size() / 2);
}

TEST(PrintedEditsTest, ScanInEveryEncoding) {
  const TempTree tree;
  std::vector<Document> documents;
  for (size_t i = 0; i < 4 * kForms.size(); ++i) {
    const TextPair texts = PairOf(200 + i);
    documents.emplace_back(texts.a, kForms[i % kForms.size()]);
    documents.emplace_back(texts.b, kForms[(i + i / 6) % kForms.size()]);
  }
  // Numbered in the order of their names.
  Documents of;
  for (size_t i = 0; i < documents.size(); ++i) {
    tree.File("texts/" + std::to_string(100 + i), documents[i].bytes);
    of.push_back(&documents[i]);
  }
  const std::string one =
      OutputOf({"scan", "--edits", "-o", "jsonl", "-j", "1", "texts"});
  EXPECT_GE(ExpectPassages(one, of), documents.size() / 4);
  for (const char* threads : {"2", "5"}) {
    EXPECT_EQ(
        OutputOf({"scan", "--edits", "-o", "jsonl", "-j", threads, "texts"}),
        one);
  }
}

}  // namespace
}  // namespace twicetold::testing
