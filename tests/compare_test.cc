// SPDX-License-Identifier: Apache-2.0
#include "twicetold/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "twicetold/make_diff_result.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kTale[] =
    "Once upon a time a miller left his three sons a mill, a donkey and a cat. "
    "The youngest, who had been given the cat, thought himself poorly served "
    "and feared that he would starve before the winter was over. Then the cat "
    "asked him for a pair of boots and a bag, and promised to make his fortune "
    "in return for such a modest present. ";
constexpr char kRetold[] =
    "Once upon a time a miller left his three sons a mill, a donkey and a cat. "
    "The youngest, who had been handed the cat, considered himself poorly "
    "served and feared that he would starve before the winter was over. Then "
    "the cat asked him for a pair of shoes and a bag, and promised to make his "
    "fortune in return for such a modest gift. ";
constexpr char kWeather[] =
    "Rain at first, then dry from the west, where clouds give way to sunshine. "
    "Winds will be light and temperatures near the average of the season. ";

// A document that has no text.
class Unreadable final : public Corpus {
 public:
  explicit Unreadable(Skip skip) : skip_(std::move(skip)) {}
  size_t size() const override { return 1; }
  std::span<const std::string> names(size_t) const override {
    return {&name_, 1};
  }
  uint64_t expected_bytes(size_t) const override { return 0; }
  ReadResult Read(size_t, std::string*) const override {
    return {.text = {}, .skip = skip_};
  }

 private:
  const std::string name_ = "x.txt";
  const Skip skip_;
};

absl::StatusOr<Comparison> CompareTexts(std::vector<std::string_view> texts) {
  std::vector<TextView> views;
  for (const std::string_view text : texts) {
    views.push_back({.name = views.empty() ? "t0" : "t1", .text = text});
  }
  return Compare(views);
}

TEST(CompareTest, FindsWhatTwoTextsShare) {
  const std::string b = std::string(kWeather) + kRetold;
  const auto found = CompareTexts({kTale, b});
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->within_one());
  ASSERT_EQ(found->passages.size(), 1u);
  EXPECT_EQ(found->diffs.size(), 1u);
  const ByteRange at = found->b().words.BytesOf(found->passages[0].b);
  EXPECT_EQ(at.begin, std::string_view(kWeather).size());
}

TEST(CompareTest, FindsWhatOneTextTellsTwice) {
  const std::string text = kTale + std::string(kWeather) + kRetold;
  const auto found = CompareTexts({text});
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found->within_one());
  EXPECT_EQ(&found->a(), &found->b());
  ASSERT_EQ(found->passages.size(), 1u);
  EXPECT_LE(found->passages[0].a.end, found->passages[0].b.begin);
}

TEST(CompareTest, EmptyTextsHaveNothingInCommon) {
  for (const std::vector<std::string_view>& texts :
       std::vector<std::vector<std::string_view>>{
           {""}, {"", ""}, {kTale, ""}, {"", kTale}, {kTale, kWeather}}) {
    const auto found = CompareTexts(texts);
    ASSERT_TRUE(found.ok());
    EXPECT_THAT(found->passages, IsEmpty());
  }
  const auto empty = Compare(Unreadable({SkipReason::kEmpty, ""}));
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty->a().words.size(), 0u);
}

TEST(CompareTest, ErrorsNameTheDocument) {
  using absl::StatusCode;
  const auto status = [](SkipReason reason) {
    return Compare(Unreadable({reason, "the detail"})).status();
  };
  EXPECT_EQ(status(SkipReason::kNotFound).code(), StatusCode::kNotFound);
  EXPECT_EQ(status(SkipReason::kBinary).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(status(SkipReason::kTooLarge).code(),
            StatusCode::kResourceExhausted);
  EXPECT_EQ(status(SkipReason::kUnreadable).code(), StatusCode::kUnavailable);
  EXPECT_EQ(status(SkipReason::kNotFound).message(),
            "x.txt: not found: the detail");
  const auto binary = CompareTexts({kTale, std::string_view("a\0b", 3)});
  EXPECT_EQ(binary.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(binary.status().message(), "t1: binary: NUL at byte 1");
}

TEST(CompareTest, TakesOneTextOrTwo) {
  EXPECT_EQ(CompareTexts({}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(CompareTexts({"", "", ""}).status().message()),
              HasSubstr("not 3"));
}

// UTF-16 with a byte order mark; `ascii` is just that.
std::string AsUtf16(std::string_view ascii) {
  std::string utf16 = "\xff\xfe";
  for (const char c : ascii) utf16 += {c, '\0'};
  return utf16;
}

std::string_view Slice(std::string_view text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

TEST(MakeDiffResultTest, RangesAreThoseOfTheDocumentsAsTheyAre) {
  const std::string b = AsUtf16(std::string(kWeather) + kRetold);
  const auto found = CompareTexts({kTale, b});
  ASSERT_TRUE(found.ok());
  const Result result = MakeDiffResult(*found, PassageOptions());
  ASSERT_EQ(result.documents.size(), 2u);
  EXPECT_EQ(result.documents[1].bytes, b.size());
  EXPECT_EQ(result.documents[1].encoding, Encoding::kUtf16Le);
  EXPECT_THAT(result.documents[1].names, ElementsAre("t1"));
  ASSERT_EQ(result.passages.size(), 1u);
  EXPECT_TRUE(result.has_edits);
  const PassageRecord& passage = result.passages[0];
  EXPECT_EQ(passage.a.document, 0u);
  EXPECT_EQ(passage.b.document, 1u);
  EXPECT_EQ(passage.a.words, found->passages[0].a.size());
  EXPECT_TRUE(Slice(kTale, passage.a.bytes).starts_with("Once upon"));
  EXPECT_TRUE(Slice(b, passage.b.bytes)
                  .starts_with(std::string_view(AsUtf16("Once")).substr(2)));
  // Edits tile both sides.
  uint32_t end_a = passage.a.bytes.begin;
  uint32_t end_b = passage.b.bytes.begin;
  for (const Edit& edit : passage.edits) {
    EXPECT_EQ(edit.a.begin, end_a);
    EXPECT_EQ(edit.b.begin, end_b);
    end_a = edit.a.end;
    end_b = edit.b.end;
    if (edit.op != EditOp::kEqual) continue;
    EXPECT_EQ(AsUtf16(Slice(kTale, edit.a)).substr(2), Slice(b, edit.b));
  }
  EXPECT_EQ(end_a, passage.a.bytes.end);
  EXPECT_EQ(end_b, passage.b.bytes.end);
}

TEST(MakeDiffResultTest, OneDocumentIsListedOnce) {
  const std::string text = kTale + std::string(kWeather) + kRetold;
  const auto found = CompareTexts({text});
  ASSERT_TRUE(found.ok());
  const Result result = MakeDiffResult(*found, PassageOptions());
  EXPECT_EQ(result.documents.size(), 1u);
  ASSERT_EQ(result.passages.size(), 1u);
  EXPECT_EQ(result.passages[0].b.document, 0u);
}

}  // namespace
}  // namespace twicetold
