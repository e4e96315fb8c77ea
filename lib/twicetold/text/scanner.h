// SPDX-License-Identifier: Apache-2.0
//
// The rules of tokenize.h, one character at a time, for any text.
//
// A Key is written as a token goes on (KeyBuilder or KeyInPlace); a Sink takes
// it when the token ends:
//   sink->Add(Key* key, bool lone, size_t begin, size_t end);
// must leave the key empty. `lone` is whether it is a letter of a script
// without spaces, `begin` and `end` are the token's range in the text. A Sink
// for keys in place takes also
//   size_t sink->CountHan(const char* text, size_t size);  as TextKernels has
//   it sink->AddLones(size_t begin, size_t count);
// the latter for letters of three bytes each that are their own keys.
//
// Thread safety: a Scanner is for one thread.
#ifndef TWICETOLD_TEXT_SCANNER_H_
#define TWICETOLD_TEXT_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "twicetold/base/utf8.h"
#include "twicetold/text/ascii_char.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/fold.h"
#include "twicetold/text/key_in_place.h"

namespace twicetold {

template <typename Key, typename Sink>
class Scanner {
 public:
  Scanner(std::string_view text, Key* key, Sink* sink)
      : text_(text), key_(key), sink_(sink) {}

  // The tokens of [begin, end) as if nothing stood around it.
  void Run(size_t begin, size_t end) {
    at_ = begin;
    limit_ = end;
    while (at_ < end) Take();
    Close();
  }

  // The tokens from `begin` on until the end of the text, or a place before
  // ASCII where no token is open, which is returned.
  size_t RunUntilClosed(size_t begin) {
    at_ = begin;
    limit_ = text_.size();
    while (at_ < text_.size()) {
      Take();
      if (open_ == Open::kNone && at_ < text_.size() && IsAscii(text_[at_])) {
        return at_;
      }
    }
    Close();
    return at_;
  }

 private:
  enum class Open { kNone, kWord, kLone };

  static constexpr bool kWritesInPlace = std::is_same_v<Key, KeyInPlace>;

  static constexpr uint32_t kSimpleWord =
      CharInfo::Self(CharClass::kWord, 0).bits();
  static constexpr uint32_t kSimpleLone =
      CharInfo::Self(CharClass::kLone, 0).bits();

  // One character, or as many letters as can be taken at once.
  void Take() {
    if constexpr (kWritesInPlace) {
      // Most characters of three bytes that are in words are below U+3000.
      if (static_cast<unsigned char>(text_[at_]) < 0xe3 && TakeLetters()) {
        return;
      }
    }
    const char c = text_[at_];
    if (IsAscii(c)) {
      TakeAscii(GetAsciiChar(c));
      ++at_;
    } else {
      TakeOne();
    }
  }

  const char* text_end() const { return text_.data() + text_.size(); }

  // Copies or folds letters and digits from `in` to `out` as long as their
  // folds are short, and returns where it stops. `limit` bounds `*out`, but for
  // the last character.
  const char* CopyLetters(const char* in, const char* limit, char** out) const {
    const char* const end = text_end();
    char* to = *out;
    do {
      const auto lead = static_cast<unsigned char>(*in);
      if (lead < 0x80) {
        const AsciiChar c = GetAsciiChar(*in);
        if (c.char_class != CharClass::kWord) break;
        *to++ = c.folded;
        ++in;
        continue;
      }
      const auto available = static_cast<size_t>(end - in);
      if (lead < 0xe0) {
        // Spelt out, since this is most of what text in many scripts is.
        const auto second = static_cast<unsigned char>(in[available > 1]);
        if (lead < 0xc2 || (second & 0xc0) != 0x80) break;
        const uint32_t c = (lead & 0x1fu) << 6 | (second & 0x3fu);
        const uint64_t fold =
            unicode_tables::kTwoByteFolds[c - unicode_tables::kFirstTwoByte];
        if (fold == 0) break;
        const uint64_t bytes = fold >> 8;
        std::memcpy(to, &bytes, sizeof(bytes));
        to += fold & 7;
        in += 2;
        continue;
      }
      const Utf8Char c = DecodeUtf8(in, available);
      if (c.length != 3 || GetCharInfo(c.code_point).bits() != kSimpleWord) {
        break;
      }
      std::memcpy(to, in, 3);
      to += 3;
      in += 3;
    } while (in < end && to <= limit);
    *out = to;
    return in;
  }

  // Takes letters if some follow that continue the open word, or begin one
  // where nothing is open.
  bool TakeLetters() {
    if (open_ == Open::kLone || apostrophe_) return false;
    const char* const in = text_.data() + at_;
    char* out = key_->end();
    const char* const stop = CopyLetters(in, key_->limit(), &out);
    if (stop == in) return false;
    if (open_ == Open::kNone) {
      open_ = Open::kWord;
      begin_ = at_;
    }
    key_->AdvanceTo(out);
    at_ = end_ = static_cast<size_t>(stop - text_.data());
    return true;
  }

  // From a letter of three bytes that stands alone and folds to itself to the
  // last of those that directly follow; that one stays open, the others are
  // tokens.
  void TakeLones() {
    Close();
    at_ += sink_->TakeHan(at_, limit_);
    while (true) {
      const char* const in = text_.data() + at_;
      const auto available = static_cast<size_t>(text_end() - in);
      if (available < 3) return;
      const Utf8Char c = DecodeUtf8(in, available);
      if (c.length != 3 || GetCharInfo(c.code_point).bits() != kSimpleLone) {
        return;
      }
      Close();
      std::memcpy(key_->end(), in, 3);
      key_->AdvanceTo(key_->end() + 3);
      open_ = Open::kLone;
      begin_ = at_;
      end_ = at_ += 3;
    }
  }

  void TakeAscii(AsciiChar c) {
    switch (c.char_class) {
      case CharClass::kWord:
        JoinWord(1);
        key_->AppendAscii(c.folded);
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
        if constexpr (kWritesInPlace) {
          if (c.length == 3) {
            at_ += c.length;
            return TakeLones();
          }
        }
        break;
      case CharClass::kWord:
        JoinWord(c.length);
        AppendFold(c.code_point, info);
        break;
      case CharClass::kLone:
        if constexpr (kWritesInPlace) {
          if (c.length == 3 && info.bits() == kSimpleLone) return TakeLones();
        }
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
      key_->AppendAscii('\'');
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
      if (open_ != Open::kNone) key_->Append(f);
    });
  }

  void AppendFold(char32_t c, CharInfo info) {
    ForEachFolded(c, info, [this](FoldedChar f) { key_->Append(f); });
  }

  // Ends the open token, if there is one.
  void Close() {
    if (open_ != Open::kNone) {
      sink_->Add(key_, open_ == Open::kLone, begin_, end_);
    }
    open_ = Open::kNone;
    apostrophe_ = false;
  }

  const std::string_view text_;
  Key* const key_;
  Sink* const sink_;
  size_t at_ = 0;
  size_t limit_ = 0;  // where to stop
  Open open_ = Open::kNone;
  bool apostrophe_ = false;  // one was read after the open token, undecided
  size_t begin_ = 0;         // of the open token
  size_t end_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_SCANNER_H_
