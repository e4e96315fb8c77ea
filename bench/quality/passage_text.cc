// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/passage_text.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/base/byte_range.h"

namespace twicetold {
namespace {

constexpr uint64_t kExcerptChars = 300;

bool StartsChar(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

CharRange InChars(ByteRange bytes, std::string_view utf8) {
  const uint64_t begin = CountChars(utf8.substr(0, bytes.begin));
  return {begin, begin + CountChars(utf8.substr(bytes.begin,
                                                bytes.end - bytes.begin))};
}

// The byte at which character `number` begins.
size_t ByteOfChar(std::string_view utf8, uint64_t number) {
  size_t byte = 0;
  for (; byte < utf8.size(); ++byte) {
    if (StartsChar(utf8[byte]) && number-- == 0) break;
  }
  return byte;
}

std::string Excerpt(std::string_view utf8, CharRange range) {
  const bool cut = range.size() > kExcerptChars;
  const size_t begin = ByteOfChar(utf8, range.begin);
  const size_t end =
      ByteOfChar(utf8, cut ? range.begin + kExcerptChars : range.end);
  std::string text(utf8.substr(begin, end - begin));
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  if (cut) text += "...";
  return absl::StrFormat("%d-%d: %s", range.begin, range.end, text);
}

}  // namespace

uint64_t CountChars(std::string_view utf8) {
  return static_cast<uint64_t>(
      std::count_if(utf8.begin(), utf8.end(), StartsChar));
}

std::vector<CharPassage> InChars(std::span<const Passage> passages,
                                 std::string_view utf8_a, const Words& a,
                                 std::string_view utf8_b, const Words& b) {
  std::vector<CharPassage> in_chars;
  in_chars.reserve(passages.size());
  for (const Passage& passage : passages) {
    in_chars.push_back({.a = InChars(a.BytesOf(passage.a), utf8_a),
                        .b = InChars(b.BytesOf(passage.b), utf8_b)});
  }
  return in_chars;
}

std::string Excerpts(const CharPassage& passage, std::string_view utf8_a,
                     std::string_view utf8_b) {
  return "  a " + Excerpt(utf8_a, passage.a) + "\n  b " +
         Excerpt(utf8_b, passage.b) + "\n";
}

void FindingList::Add(double score, std::string name, std::string excerpts) {
  if (shown_ == 0) return;
  findings_.push_back({score, std::move(name), std::move(excerpts)});
}

void FindingList::Print() {
  if (findings_.empty()) return;
  std::stable_sort(
      findings_.begin(), findings_.end(),
      [](const Finding& x, const Finding& y) { return x.score > y.score; });
  std::printf("\n%s: %zu\n", title_.c_str(), findings_.size());
  for (size_t i = 0; i < std::min(shown_, findings_.size()); ++i) {
    const Finding& finding = findings_[i];
    std::printf("%.1f  %s\n%s", finding.score, finding.name.c_str(),
                finding.excerpts.c_str());
  }
}

}  // namespace twicetold
