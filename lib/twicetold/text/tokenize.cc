// SPDX-License-Identifier: Apache-2.0
//
// One pass over the text in two gears. Words of ASCII of up to 15 bytes, with
// ASCII around them, are read, folded and hashed in two registers. From the
// first character on that this cannot decide, the scanner takes one code point
// at a time, until no token is open and ASCII follows.
#include "twicetold/text/tokenize.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "twicetold/base/utf8.h"
#include "twicetold/text/ascii_word.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/fold.h"
#include "twicetold/text/token_key.h"

namespace twicetold {

namespace {

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// CharClass and fold of the characters of ASCII, none of which is a mark or a
// letter that stands alone.
struct AsciiChar {
  CharClass char_class = CharClass::kOther;
  char folded = 0;
};

constexpr std::array<AsciiChar, 128> MakeAsciiChars() {
  std::array<AsciiChar, 128> chars = {};
  for (size_t i = 0; i < chars.size(); ++i) {
    const char c = static_cast<char>(i);
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    chars[i].folded = upper ? static_cast<char>(c + ('a' - 'A')) : c;
    chars[i].char_class = word        ? CharClass::kWord
                          : c == '\'' ? CharClass::kApostrophe
                                      : CharClass::kOther;
  }
  return chars;
}

constexpr std::array<AsciiChar, 128> kAsciiChars = MakeAsciiChars();

// `c` must be ASCII.
AsciiChar GetAsciiChar(char c) {
  return kAsciiChars[static_cast<unsigned char>(c)];
}

// A sink takes each token: a short word of ASCII in two registers, or whatever
// a key was built of.
struct HashSink {
  std::vector<uint64_t>* hashes;
  void Add(AsciiWord word, size_t) {
    hashes->push_back(HashShortKey(word.low, word.high));
  }
  void Add(KeyBuilder* key, bool, size_t, size_t) {
    hashes->push_back(key->Finish());
  }
};

struct TokenSink {
  Tokens* tokens;
  void Add(AsciiWord word, size_t begin) {
    Put(HashShortKey(word.low, word.high), begin, begin + word.length);
  }
  void Add(KeyBuilder* key, bool, size_t begin, size_t end) {
    Put(key->Finish(), begin, end);
  }
  void Put(uint64_t hash, size_t begin, size_t end) {
    tokens->hashes.push_back(hash);
    tokens->ranges.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
};

struct StemSink {
  static constexpr uint64_t kStemMask =
      (uint64_t{1} << kStemLetters * 8) - 1;  // letters of ASCII in a register

  StemmedTokens* stemmed;
  void Add(AsciiWord word, size_t begin) {
    stemmed->stems.push_back(HashShortKey(word.low & kStemMask, 0));
    stemmed->lone.push_back(0);
    TokenSink{&stemmed->tokens}.Add(word, begin);
  }
  void Add(KeyBuilder* key, bool lone, size_t begin, size_t end) {
    stemmed->stems.push_back(key->HashStem(kStemLetters));
    stemmed->lone.push_back(lone ? 1 : 0);
    TokenSink{&stemmed->tokens}.Add(key, lone, begin, end);
  }
};

// English has a token in not quite six bytes; growing step by step would cost
// as much as reading the words.
constexpr size_t kBytesPerToken = 5;

template <typename Sink>
class Scanner {
 public:
  Scanner(std::string_view text, Sink sink) : text_(text), sink_(sink) {}

  void Run() {
    while (at_ < text_.size()) {
      RunAscii();
      RunAny();
    }
  }

 private:
  enum class Open { kNone, kWord, kLone };

  // Until the end, or a word (or a character) that needs RunAny. No token is
  // open before or after.
  void RunAscii() {
    while (at_ < text_.size() && IsAscii(text_[at_])) {
      if (GetAsciiChar(text_[at_]).char_class != CharClass::kWord) {
        ++at_;
        continue;
      }
      const AsciiWord word =
          ReadAsciiWord(text_.data() + at_, text_.size() - at_);
      const size_t end = at_ + word.length;
      if (word.length == kMaxAsciiWord || !EndsWord(end)) return;
      sink_.Add(word, at_);
      at_ = end;
    }
  }

  // Whether a word of ASCII surely ends at `end`, which is not before a letter
  // or digit of ASCII.
  bool EndsWord(size_t end) const {
    if (end == text_.size()) return true;
    if (!IsAscii(text_[end])) return false;
    if (text_[end] != '\'' || end + 1 == text_.size()) return true;
    const char next = text_[end + 1];
    return IsAscii(next) && GetAsciiChar(next).char_class != CharClass::kWord;
  }

  // From a place where no token is open until the next such place before ASCII.
  void RunAny() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (IsAscii(c)) {
        TakeAscii(GetAsciiChar(c));
        ++at_;
      } else {
        TakeOne();
      }
      if (open_ == Open::kNone && at_ < text_.size() && IsAscii(text_[at_])) {
        return;
      }
    }
    Close();
  }

  void TakeAscii(AsciiChar c) {
    switch (c.char_class) {
      case CharClass::kWord:
        JoinWord(1);
        key_.AppendAscii(c.folded);
        break;
      case CharClass::kApostrophe:
        TakeApostrophe();
        break;
      default:
        Close();
    }
  }

  void TakeOne() {
    const Utf8Char c = DecodeUtf8(text_.data() + at_, text_.size() - at_);
    if (c.length == 0) {
      Close();
      ++at_;
      return;
    }
    const CharInfo info = GetCharInfo(c.code_point);
    switch (info.char_class()) {
      case CharClass::kOther:
        Close();
        break;
      case CharClass::kWord:
        JoinWord(c.length);
        AppendFold(c.code_point, info);
        break;
      case CharClass::kLone:
        TakeLone(c, info);
        break;
      case CharClass::kMark:
        if (apostrophe_) Close();  // no letter came after it
        if (open_ == Open::kNone) break;
        AppendFold(c.code_point, info);
        end_ = at_ + c.length;
        break;
      case CharClass::kIgnorable:
        if (!apostrophe_) end_ = at_ + c.length;
        break;
      case CharClass::kApostrophe:
        TakeApostrophe();
        break;
    }
    at_ += c.length;
  }

  // Makes the open token one that a kWord character of `length` bytes at `at_`
  // continues, or starts one there.
  void JoinWord(size_t length) {
    if (open_ != Open::kWord) {
      Close();
      open_ = Open::kWord;
      begin_ = at_;
    } else if (apostrophe_) {
      key_.AppendAscii('\'');
      apostrophe_ = false;
    }
    end_ = at_ + length;
  }

  void TakeApostrophe() {
    if (open_ != Open::kWord || apostrophe_) {
      Close();
    } else {
      apostrophe_ = true;
    }
  }

  // Every letter of the fold is a token, so that signs which stand for two
  // letters are both, and marks before the first letter belong to what is
  // open, as if they were written by themselves (Thai and Lao AM).
  void TakeLone(Utf8Char c, CharInfo info) {
    if (apostrophe_) Close();
    ForEachFolded(c.code_point, info, [&](FoldedChar f) {
      const CharClass part = GetCharInfo(f.code_point()).char_class();
      if (part == CharClass::kLone) {
        Close();
        open_ = Open::kLone;
        begin_ = at_;
        end_ = at_ + c.length;
      } else if (part != CharClass::kMark) {
        Close();
      }
      if (open_ != Open::kNone) key_.Append(f);
    });
  }

  void AppendFold(char32_t c, CharInfo info) {
    ForEachFolded(c, info, [this](FoldedChar f) { key_.Append(f); });
  }

  // Ends the open token, if there is one.
  void Close() {
    if (open_ != Open::kNone) {
      sink_.Add(&key_, open_ == Open::kLone, begin_, end_);
    }
    open_ = Open::kNone;
    apostrophe_ = false;
  }

  const std::string_view text_;
  Sink sink_;
  size_t at_ = 0;
  Open open_ = Open::kNone;
  bool apostrophe_ = false;  // one was read after the open token, undecided
  size_t begin_ = 0;         // of the open token
  size_t end_ = 0;
  KeyBuilder key_;
};

}  // namespace

Tokens Tokenize(std::string_view utf8) {
  Tokens tokens;
  tokens.hashes.reserve(utf8.size() / kBytesPerToken);
  tokens.ranges.reserve(utf8.size() / kBytesPerToken);
  Scanner(utf8, TokenSink{&tokens}).Run();
  return tokens;
}

void TokenHashes(std::string_view utf8, std::vector<uint64_t>* hashes) {
  hashes->clear();
  Scanner(utf8, HashSink{hashes}).Run();
}

StemmedTokens TokenizeWithStems(std::string_view utf8) {
  StemmedTokens stemmed;
  stemmed.tokens.hashes.reserve(utf8.size() / kBytesPerToken);
  stemmed.tokens.ranges.reserve(utf8.size() / kBytesPerToken);
  stemmed.stems.reserve(utf8.size() / kBytesPerToken);
  stemmed.lone.reserve(utf8.size() / kBytesPerToken);
  Scanner(utf8, StemSink{&stemmed}).Run();
  return stemmed;
}

uint64_t HashToken(std::string_view key) {
  if (key.size() <= kShortKey) {
    uint64_t low_high[2] = {};
    std::copy(key.begin(), key.end(), reinterpret_cast<char*>(low_high));
    return HashShortKey(low_high[0], low_high[1]);
  }
  uint64_t hash = 0;
  for (; !key.empty(); key.remove_prefix(std::min(key.size(), kKeyBlock))) {
    hash = HashBytes(key.substr(0, kKeyBlock), hash);
  }
  return hash;
}

std::string_view UnicodeVersion() { return unicode_tables::kVersion; }

}  // namespace twicetold
