// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "twicetold/corpus/json_string.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

using ::testing::HasSubstr;

// A record with its own bytes, or why there is none.
struct Parsed {
  std::optional<Skip> skip;
  std::string text;
  std::optional<std::string> key;
};

Parsed Parse(std::string_view line, const RecordFields& fields = {}) {
  // What stands behind must not matter: it looks like more of the record.
  std::string padded(line);
  padded.append(kBatchPadding, '}');
  RecordParser parser(fields);
  Record record;
  Parsed parsed;
  parsed.skip = parser.Parse({padded.data(), line.size()}, &record);
  if (parsed.skip) return parsed;
  parsed.text = record.text;
  // The text as it stands in the line is that text, and stands in the line.
  std::string storage;
  EXPECT_EQ(Unescape(record.raw_text, &storage), record.text);
  EXPECT_EQ(record.raw_text.data()[-1], '"');
  EXPECT_GE(record.raw_text.data(), padded.data() + 1);
  EXPECT_LE(record.raw_text.data() + record.raw_text.size(),
            padded.data() + line.size());
  if (record.key) parsed.key = std::string(*record.key);
  return parsed;
}

// Why a line has no record: the reason and the detail.
std::string Why(std::string_view line, const RecordFields& fields = {}) {
  const Parsed parsed = Parse(line, fields);
  if (!parsed.skip) return "it has one";
  return std::string(SkipReasonName(parsed.skip->reason)) + ": " +
         parsed.skip->detail;
}

TEST(RecordParser, TakesTextAndKey) {
  const Parsed parsed = Parse(R"({"id": "a-1", "text": "Hello, world"})");
  EXPECT_FALSE(parsed.skip);
  EXPECT_EQ(parsed.text, "Hello, world");
  EXPECT_EQ(parsed.key, "a-1");
}

TEST(RecordParser, ANumberAsKeyIsTakenAsItIsWritten) {
  EXPECT_EQ(Parse(R"({"text":"x","id":17})").key, "17");
  EXPECT_EQ(Parse(R"({"text":"x","id": -1.50e3 })").key, "-1.50e3");
  EXPECT_EQ(Parse(R"({"text":"x","id":123456789012345678901234567890})").key,
            "123456789012345678901234567890");
}

TEST(RecordParser, WhatIsNoStringOrNumberIsNoKey) {
  for (const char* id : {"null", "true", "{}", "[1]"}) {
    const Parsed parsed = Parse(std::string(R"({"text":"x","id":)") + id + "}");
    EXPECT_FALSE(parsed.skip) << id;
    EXPECT_FALSE(parsed.key) << id;
  }
  EXPECT_FALSE(Parse(R"({"text":"x"})").key);
  EXPECT_FALSE(Parse(R"({"text":"x","":"y"})", {.text = "text", .id = ""}).key);
}

TEST(RecordParser, ResolvesEscapes) {
  EXPECT_EQ(Parse(R"({"text":"\"\\\/\b\f\n\r\t"})").text, "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Parse(R"({"text":"caf\u00e9 \u4E2D\u6587 \u0041"})").text,
            "caf\u00e9 \u4e2d\u6587 A");
  EXPECT_EQ(Parse(R"({"text":"\uD83D\uDE00!"})").text, "\U0001F600!");
  EXPECT_EQ(Parse(R"({"text":"a\u0000b"})").text, std::string("a\0b", 3));
  EXPECT_EQ(Parse(R"({"text":"x","id":"\u0031\"2"})").key, "1\"2");
  EXPECT_EQ(Parse(R"({"te\u0078t":"x"})").text, "x");
}

TEST(RecordParser, HalfASurrogatePairIsReplaced) {
  EXPECT_EQ(Parse(R"({"text":"a\ud83d"})").text, "a\ufffd");
  EXPECT_EQ(Parse(R"({"text":"\ud83d\n"})").text, "\ufffd\n");
  EXPECT_EQ(Parse(R"({"text":"\ude00b"})").text, "\ufffdb");
  EXPECT_EQ(Parse(R"({"text":"\ud83d\ud83d\ude00"})").text, "\ufffd\U0001F600");
}

TEST(RecordParser, ReadsFieldsInFields) {
  const RecordFields fields = {.text = "doc.body.text", .id = "meta.id"};
  const Parsed parsed = Parse(
      R"({"text":"no","meta":{"id":3},"doc":{"body":{"text":"yes"},"id":1}})",
      fields);
  EXPECT_EQ(parsed.text, "yes");
  EXPECT_EQ(parsed.key, "3");
  EXPECT_EQ(Why(R"({"doc":{"body":"yes"}})", fields),
            "no_text: no field \"doc.body.text\"");
  EXPECT_EQ(
      Why(R"({"body":{"text":"x"},"x":{"doc":{"body":{"text":"x"}}}})", fields),
      "no_text: no field \"doc.body.text\"");
}

TEST(RecordParser, AFieldMayHaveDotsInItsName) {
  const RecordFields fields = {.text = "a.b", .id = "a.b"};
  EXPECT_EQ(Parse(R"({"a.b":"dots"})", fields).text, "dots");
  EXPECT_EQ(Parse(R"({"a":{"b":"deep"},"a.b":"dots"})", fields).text, "deep");
  EXPECT_EQ(Parse(R"({"a.b":"dots","a":{"b":"deep"}})", fields).key, "deep");
}

TEST(RecordParser, TextAndKeyMayBeOneField) {
  const Parsed parsed =
      Parse(R"({"url":"a\tb"})", {.text = "url", .id = "url"});
  EXPECT_EQ(parsed.text, "a\tb");
  EXPECT_EQ(parsed.key, "a\tb");
}

TEST(RecordParser, TheLastFieldOfANameCounts) {
  EXPECT_EQ(Parse(R"({"text":"a\n","text":"b\n","id":1,"id":2})").text, "b\n");
  EXPECT_EQ(Parse(R"({"text":"a","text":"b","id":1,"id":"2"})").key, "2");
  EXPECT_THAT(Why(R"({"text":"a","text":1})"), HasSubstr("is a number"));
  const RecordFields deep = {.text = "a.b", .id = ""};
  EXPECT_EQ(Why(R"({"a":{"b":"x"},"a":{}})", deep),
            "no_text: no field \"a.b\"");
  EXPECT_EQ(Why(R"({"a":{"b":"x"},"a":3})", deep), "no_text: no field \"a.b\"");
  EXPECT_EQ(Parse(R"({"a":3,"a":{"b":"x"}})", deep).text, "x");
}

TEST(RecordParser, SaysWhatIsThereInsteadOfText) {
  EXPECT_EQ(Why(R"({"content":"x"})"), "no_text: no field \"text\"");
  EXPECT_EQ(Why(R"({"text":12})"),
            "no_text: \"text\" is a number, not a string");
  EXPECT_EQ(Why(R"({"text":null})"), "no_text: \"text\" is null, not a string");
  EXPECT_EQ(Why(R"({"text":false})"),
            "no_text: \"text\" is true or false, not a string");
  EXPECT_EQ(Why(R"({"text":["x"]})"),
            "no_text: \"text\" is an array, not a string");
  EXPECT_EQ(Why(R"({"text":{"x":1}})"),
            "no_text: \"text\" is an object, not a string");
}

TEST(RecordParser, TakesWhatIsJsonWhereverItStands) {
  for (const char* line : {
           R"({"text":"x","a":[],"b":{},"c":[1,[2,{"d":null}]],"e":true})",
           R"( { "text" : "x" , "a" : [ 1 , 2 ] } )",
           R"({"a":-0,"b":0.5,"c":1E+2,"d":1e-2,"e":10,"text":"x"})",
           R"({"text":"x","a":1e999})",
           "{\"a\":\t1,\r\"text\":\"x\"}\r",
           "{\"\":\"\u00e9\",\"text\":\"x\"}",
       }) {
    EXPECT_EQ(Parse(line).text, "x") << line << Why(line);
  }
}

TEST(RecordParser, RefusesWhatIsNoJson) {
  for (const char* line : {
           "{",
           "}",
           "[]",
           "\"text\"",
           "1",
           "{]",
           "{\"text\":\"x\"",
           R"({"text":"x"}})",
           R"({"text":"x"} {"text":"y"})",
           R"({"text":"x"}x)",
           R"({"text":"x",})",
           R"({,"text":"x"})",
           R"({"text":"a":"b"})",
           R"({"text":"x","a":["b":1]})",
           R"({"text" "x"})",
           R"({"text":"x" "a":1})",
           R"({text:"x"})",
           R"({'text':'x'})",
           R"({"text":"x","a":})",
           R"({"text":"x","a"})",
           R"({"text":"x","a":01})",
           R"({"text":"x","a":1.})",
           R"({"text":"x","a":.5})",
           R"({"text":"x","a":1e})",
           R"({"text":"x","a":+1})",
           R"({"text":"x","a":-})",
           R"({"text":"x","a":0x1})",
           R"({"text":"x","a":1 2})",
           R"({"text":"x","a":nul})",
           R"({"text":"x","a":truex})",
           R"({"text":"x","a":NaN})",
           R"({"text":"x","a":[1,]})",
           R"({"text":"x","a":[1 2]})",
           R"({"text":"x","a":[1})",
           R"({"text":"x","a":{"b":1})",
           R"({"text":"x","a":[1}])",
           R"({"text":"x","a":"b"c})",
           R"({"text":"x","a":"\x"})",
           R"({"text":"x\u12"})",
           R"({"text":"\u12g4"})",
           R"({"text":"x\)",
           R"({"text":"x)",
           R"({"te\xt":1,"text":"x"})",
           R"({"text":"x"},)",
           "{\"text\":\"a\tb\"}",
           "{\"text\":\"x\",\"a\":\"\x01\"}",
       }) {
    EXPECT_THAT(Why(line), ::testing::StartsWith("bad_json: ")) << line;
  }
}

TEST(RecordParser, SaysWhereAByteIsNoUtf8) {
  EXPECT_EQ(Why("{\"text\":\"caf\xe9\"}"), "bad_json: byte 12 is no UTF-8");
  EXPECT_EQ(Why("{\"text\":\"x\",\"a\":\"\xed\xa0\x80\"}"),
            "bad_json: byte 17 is no UTF-8");
}

TEST(RecordParser, IsNotToBeNestedTooDeep) {
  const auto nested = [](size_t levels) {
    return R"({"text":"x","a":)" + std::string(levels, '[') +
           std::string(levels, ']') + "}";
  };
  EXPECT_EQ(Parse(nested(999)).text, "x");
  EXPECT_EQ(Why(nested(1000)), "bad_json: more than 1000 levels deep");
  EXPECT_EQ(Why(nested(1000000)), "bad_json: more than 1000 levels deep");
  std::string objects;
  for (int i = 0; i < 1001; ++i) objects += R"({"a":)";
  EXPECT_THAT(Why(objects), HasSubstr("bad_json"));
}

TEST(RecordParser, HugeLines) {
  std::string text;
  while (text.size() < (size_t{8} << 20)) text += "All work and no play. \\n";
  const Parsed parsed = Parse("{\"text\":\"" + text + "\"}");
  ASSERT_FALSE(parsed.skip);
  EXPECT_EQ(parsed.text.size(), text.size() / 24 * 23);
}

TEST(RecordParser, CanBeUsedAgainAfterABadLine) {
  RecordParser parser;
  const auto parse = [&](std::string line) {
    const size_t size = line.size();
    line.append(kBatchPadding, ' ');
    Record record;
    const auto skip = parser.Parse({line.data(), size}, &record);
    return skip ? std::string(SkipReasonName(skip->reason))
                : std::string(record.text);
  };
  EXPECT_EQ(parse(R"({"text":"a","id":1})"), "a");
  EXPECT_EQ(parse(R"({"text":"a")"), "bad_json");
  EXPECT_EQ(parse(R"({"id":1})"), "no_text");
  EXPECT_EQ(parse(R"({"text":"b"})"), "b");
}

}  // namespace
}  // namespace twicetold
