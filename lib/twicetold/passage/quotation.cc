// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/quotation.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

// Marks that wait for a partner, at most: deeper nesting is no text.
constexpr size_t kMostOpen = 8;

// U+0060 twice, as TeX has it, and its partner; no characters of Unicode.
constexpr char32_t kTexOpen = 0x110000;
constexpr char32_t kTexClose = 0x110001;

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool IsLetterOrDigit(char32_t c) {
  if (c < 0x80) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

// Letters of scripts without spaces tell nothing of where a word begins.
bool IsSpaceless(char32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK) ==
             U_LB_COMPLEX_CONTEXT ||
         u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0 ||
         (c >= 0x3040 && c <= 0x30ff);
}

bool IsMark(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case 0xab:
    case 0xbb:
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x2039:
    case 0x203a:
    case 0x300a:
    case 0x300b:
    case 0x300c:
    case 0x300d:
    case 0x300e:
    case 0x300f:
    case 0x301d:
    case 0x301e:
    case 0x301f:
    case 0xff02:
    case 0xff62:
    case 0xff63:
    case kTexOpen:
    case kTexClose:
      return true;
    default:
      return false;
  }
}

// Whether `close` is a partner of the mark `open`.
bool Closes(char32_t open, char32_t close) {
  switch (open) {
    case 0x201c:  // “
    case 0x201d:  // ”
      return close == 0x201d;
    case 0x201e:  // „
      return close == 0x201c || close == 0x201d;
    case 0x2018:  // ‘
      return close == 0x2019;
    case 0x201a:  // ‚
      return close == 0x2018 || close == 0x2019;
    case 0xab:  // «
      return close == 0xbb;
    case 0xbb:  // »
      return close == 0xab || close == 0xbb;
    case 0x2039:  // ‹
      return close == 0x203a;
    case 0x203a:  // ›
      return close == 0x2039 || close == 0x203a;
    case 0x300a:  // 《
      return close == 0x300b;
    case 0x300c:  // 「
      return close == 0x300d;
    case 0x300e:  // 『
      return close == 0x300f;
    case 0x301d:  // 〝
      return close == 0x301e || close == 0x301f;
    case 0xff62:  // halfwidth 「
      return close == 0xff63;
    case kTexOpen:
      return close == kTexClose;
    case '"':
    case '\'':
    case 0xff02:  // ＂
      return close == open;
    default:
      return false;
  }
}

// Opens wherever it stands.
bool AlwaysOpens(char32_t mark) {
  return mark == 0x201e || mark == 0x201a || mark == kTexOpen ||
         mark == 0x300a || mark == 0x300c || mark == 0x300e || mark == 0x301d ||
         mark == 0xff62;
}

// A mark with what stands on either side of it; a space at the ends.
struct Mark {
  char32_t code_point = 0;
  char32_t before = ' ';
  char32_t after = ' ';
  ByteRange at;
};

// What stands before a phrase: a space, a bracket, a dash.
bool BeginsPhrase(char32_t before) {
  return IsSpace(before) || before == '(' || before == '[' || before == '{' ||
         before == 0x2013 || before == 0x2014;
}

// Whether a word may begin right behind the mark.
bool MayOpen(const Mark& mark) {
  if (AlwaysOpens(mark.code_point)) return true;
  const bool behind_word =
      IsLetterOrDigit(mark.before) && !IsSpaceless(mark.before);
  if (behind_word) return false;
  switch (mark.code_point) {
    case 0x201c:
    case 0x2018:
    case 0xab:  // « may have a space behind it
    case 0x2039:
      return true;
    case 0x2019:
      return false;
    case 0x201d:
    case 0xbb:
    case 0x203a:
      return !IsSpace(mark.after) && BeginsPhrase(mark.before);
    case '\'':
      return IsLetterOrDigit(mark.after) || IsMark(mark.after);
    case '"':
    case 0xff02:
      return !IsSpace(mark.after);
    default:
      return false;
  }
}

// Whether a word may end right before the mark.
bool MayClose(const Mark& mark) {
  const bool before_word =
      IsLetterOrDigit(mark.after) && !IsSpaceless(mark.after);
  switch (mark.code_point) {
    case '"':
    case '\'':
    case 0x2019:
    case 0x201c:
    case 0x2018:
    case 0xff02:
      return !before_word && !IsSpace(mark.before);
    case 0xab:
    case 0x2039:
      return !IsSpace(mark.before);
    default:
      return true;
  }
}

// Bytes with which a mark begins, or a line ends.
constexpr std::array<uint8_t, 256> MakeStarts() {
  std::array<uint8_t, 256> starts{};
  for (const unsigned char c : {'"', '\'', '`', '\n', '\r', '\f'}) {
    starts[c] = 1;
  }
  for (const unsigned char c : {0xc2, 0xe2, 0xe3, 0xef}) starts[c] = 1;
  return starts;
}
constexpr std::array<uint8_t, 256> kStarts = MakeStarts();

class QuoteFinder {
 public:
  explicit QuoteFinder(std::string_view text) : text_(text) {}

  std::vector<ByteRange> Find() {
    size_t at = BeginLine(0);
    BeginParagraph(at);
    for (at = SkipOthers(at); at < text_.size(); at = SkipOthers(at)) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte == '\n' || byte == '\r' || byte == '\f') {
        at = EndLine(at);
      } else {
        at = ReadMark(at);
      }
    }
    EndBlockQuote(text_.size());
    return Merged();
  }

 private:
  // To the next byte with which a mark begins or a line ends.
  size_t SkipOthers(size_t at) const {
    const auto starts = [this](size_t i) {
      return kStarts[static_cast<unsigned char>(text_[i])];
    };
    const size_t size = text_.size();
    while (at + 4 <= size && (starts(at) | starts(at + 1) | starts(at + 2) |
                              starts(at + 3)) == 0) {
      at += 4;
    }
    while (at < size && starts(at) == 0) ++at;
    return at;
  }

  char32_t At(size_t at) const {
    return at < text_.size()
               ? DecodeUtf8(text_.data() + at, text_.size() - at).code_point
               : U' ';
  }
  char32_t Before(size_t at) const {
    size_t begin = at;
    while (begin > 0 && at - begin < kMaxUtf8Bytes) {
      --begin;
      if ((static_cast<unsigned char>(text_[begin]) & 0xc0) != 0x80) break;
    }
    return begin < at ? At(begin) : U' ';
  }

  // Notes whether the line is a block quote; gives where its text begins.
  size_t BeginLine(size_t at) {
    const size_t line = at;
    at = SkipBlanks(at);
    const bool is_block = at < text_.size() && text_[at] == '>';
    while (at < text_.size() && text_[at] == '>') at = SkipBlanks(at + 1);
    if (is_block && !block_) {
      block_ = line;
      is_note_ = text_.substr(at).starts_with("[!");
    }
    if (!is_block) EndBlockQuote(line);
    return at;
  }
  size_t SkipBlanks(size_t at) const {
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    return at;
  }
  void EndBlockQuote(size_t end) {
    if (block_ && !is_note_) Add(*block_, end);
    block_.reset();
  }

  // Goes on at the text of the next line that has any.
  size_t EndLine(size_t at) {
    const size_t end = at;
    bool ends_paragraph = false;
    while (at < text_.size() && IsLineEnd(text_[at])) {
      if (text_[at] == '\f') ends_paragraph = true;
      const bool is_crlf =
          text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
      at = BeginLine(at + (is_crlf ? 2 : 1));
      if (at < text_.size() && IsLineEnd(text_[at])) ends_paragraph = true;
    }
    if (ends_paragraph) {
      EndParagraph(end, at);
      BeginParagraph(at);
    }
    return at;
  }
  static bool IsLineEnd(char c) { return c == '\n' || c == '\r' || c == '\f'; }

  void BeginParagraph(size_t at) { paragraph_ = at; }

  // `next` is where the text goes on.
  void EndParagraph(size_t end, size_t next) {
    if (open_count_ > 0 && open_[0].at.begin == paragraph_ &&
        ReadCodePoint(next).code_point == open_[0].code_point) {
      Add(paragraph_, end);
    }
    open_count_ = 0;
  }

  struct ReadPoint {
    char32_t code_point = 0;
    size_t length = 1;
  };
  // The mark or other character at `at`.
  ReadPoint ReadCodePoint(size_t at) const {
    if (at >= text_.size()) return {};
    const char c = text_[at];
    if ((c == '`' || c == '\'') && at + 1 < text_.size() &&
        text_[at + 1] == c) {
      return {c == '`' ? kTexOpen : kTexClose, 2};
    }
    const Utf8Char read = DecodeUtf8(text_.data() + at, text_.size() - at);
    return {read.code_point, std::max<size_t>(read.length, 1)};
  }

  size_t ReadMark(size_t at) {
    const ReadPoint read = ReadCodePoint(at);
    const size_t end = at + read.length;
    if (!IsMark(read.code_point)) return end;
    const Mark mark = {
        .code_point = read.code_point,
        .before = Before(at),
        .after = At(end),
        .at = {static_cast<uint32_t>(at), static_cast<uint32_t>(end)}};
    DropStale(end);
    if (!Close(mark) && MayOpen(mark)) Open(mark);
    return end;
  }

  // Forgets marks that are too far behind `at` to have a partner there.
  void DropStale(size_t at) {
    size_t stale = 0;
    while (stale < open_count_ &&
           at - open_[stale].at.begin > kMostQuoteBytes) {
      ++stale;
    }
    if (stale == 0) return;
    std::move(open_.begin() + stale, open_.begin() + open_count_,
              open_.begin());
    open_count_ -= stale;
  }

  void Open(const Mark& mark) {
    if (open_count_ == kMostOpen) {
      std::move(open_.begin() + 1, open_.end(), open_.begin());
      --open_count_;
    }
    open_[open_count_++] = mark;
  }

  // Closes the nearest mark that this one is a partner of.
  bool Close(const Mark& mark) {
    if (open_count_ == 0 || !MayClose(mark)) return false;
    for (size_t i = open_count_; i-- > 0;) {
      if (!Closes(open_[i].code_point, mark.code_point)) continue;
      Add(open_[i].at.begin, mark.at.end);
      open_count_ = i;
      return true;
    }
    return false;
  }

  void Add(size_t begin, size_t end) {
    quotes_.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  std::vector<ByteRange> Merged() {
    std::sort(quotes_.begin(), quotes_.end(), [](ByteRange x, ByteRange y) {
      return x.begin != y.begin ? x.begin < y.begin : x.end < y.end;
    });
    std::vector<ByteRange> merged;
    for (const ByteRange quote : quotes_) {
      if (!merged.empty() && quote.begin <= merged.back().end) {
        merged.back().end = std::max(merged.back().end, quote.end);
      } else {
        merged.push_back(quote);
      }
    }
    return merged;
  }

  const std::string_view text_;
  std::optional<size_t> block_;  // where the block quote began
  bool is_note_ = false;         // it is no quotation
  size_t paragraph_ = 0;         // where the text of the paragraph begins
  std::array<Mark, kMostOpen> open_;
  size_t open_count_ = 0;
  std::vector<ByteRange> quotes_;
};

}  // namespace

std::vector<ByteRange> FindQuotes(std::string_view utf8) {
  return QuoteFinder(utf8).Find();
}

std::vector<WordRange> WordsInside(std::span<const ByteRange> quotes,
                                   std::span<const ByteRange> words) {
  std::vector<WordRange> inside;
  auto word = words.begin();
  for (const ByteRange quote : quotes) {
    word = std::partition_point(word, words.end(), [quote](ByteRange w) {
      return w.begin < quote.begin;
    });
    const auto begin = static_cast<uint32_t>(word - words.begin());
    word = std::partition_point(
        word, words.end(), [quote](ByteRange w) { return w.end <= quote.end; });
    const auto end = static_cast<uint32_t>(word - words.begin());
    if (end - begin >= kLeastQuoteWords) inside.push_back({begin, end});
  }
  return inside;
}

double QuotedShare(const Words& words, WordRange range) {
  auto quote = std::partition_point(
      words.quoted.begin(), words.quoted.end(),
      [range](WordRange q) { return q.end <= range.begin; });
  uint32_t quoted = 0;
  for (; quote != words.quoted.end() && quote->begin < range.end; ++quote) {
    quoted += SharedWords(*quote, range);
  }
  return static_cast<double>(quoted) / range.size();
}

void LabelQuotation(const Words& a, const Words& b, Passage* passage) {
  if (passage->kind != PassageKind::kVerbatim &&
      passage->kind != PassageKind::kLight) {
    return;
  }
  if (QuotedShare(a, passage->a) >= kMinQuotedShare ||
      QuotedShare(b, passage->b) >= kMinQuotedShare) {
    passage->kind = PassageKind::kQuotation;
  }
}

}  // namespace twicetold
