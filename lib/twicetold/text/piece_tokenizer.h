// SPDX-License-Identifier: Apache-2.0
//
// Text to tokens, a piece at a time. Kernels fold and classify a piece and find
// its stretches (kernels/kernels.h). Stretches that kernels have folded are
// keys as they stand; the others go through the Scanner, which writes its keys
// behind the piece, so that all keys of the piece are hashed together, in
// order.
//
// The last stretch of a piece may go on after it. If it has no high byte, the
// next piece begins with it; if it has, or fills the piece, the Scanner follows
// it to where no token is open, and the next piece begins there.
//
// Cost: one pass; at most 100 KB of the stack.
// Thread safety: a PieceTokenizer is for one thread.
#ifndef TWICETOLD_TEXT_PIECE_TOKENIZER_H_
#define TWICETOLD_TEXT_PIECE_TOKENIZER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/text/hash_list.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/key_in_place.h"
#include "twicetold/text/scanner.h"
#include "twicetold/text/token_growth.h"
#include "twicetold/text/token_key.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {

// Where tokens go, and what is wanted of them: hashes always. Where hashes
// alone are wanted, they take the place of what the vector holds.
struct TokenOutput {
  std::vector<uint64_t>* hashes = nullptr;
  std::vector<ByteRange>* ranges = nullptr;
  std::vector<uint64_t>* stems = nullptr;
  std::vector<uint8_t>* lone = nullptr;
};

enum class Wanted { kHashes, kRanges, kStems };  // each includes those before

template <Wanted kWanted>
class PieceTokenizer {
 public:
  PieceTokenizer(const TextKernels& kernels, std::string_view text,
                 TokenOutput output)
      : kernels_(kernels),
        text_(text),
        output_(output),
        list_(output.hashes),
        scanner_(text, &key_, this) {}

  void Run() {
    while (piece_ < text_.size()) piece_ = TakePiece();
    if constexpr (!kRanges) list_.Finish();
  }

  // As the Scanner's sink.
  void Add(KeyInPlace* key, bool lone, size_t begin, size_t end);
  size_t TakeHan(size_t begin, size_t end);

 private:
  static constexpr bool kRanges = kWanted != Wanted::kHashes;
  static constexpr bool kStems = kWanted == Wanted::kStems;

  // A piece, and behind it the keys of the scanner. Offsets have 16 bits.
  static constexpr size_t kFirstKey = kPieceBytes + kBlockBytes;
  static constexpr size_t kFoldedBytes = kFirstKey + size_t{12} * 1024;
  static constexpr size_t kStemRoom = kStemLetters * kMaxUtf8Bytes;
  static constexpr size_t kLastKey =
      kFoldedBytes - kKeyInPlaceRoom - kStemRoom - kKeySlack;
  static constexpr size_t kMaxKeys = kPieceBytes / 2 + 1;
  static constexpr size_t kCopied = 16;  // stretches at a time
  static constexpr size_t kHanBytes = 3;
  static_assert(kCopied >= kHanSlack && kFoldedBytes <= UINT16_MAX);

  // Returns where the next piece begins.
  size_t TakePiece();
  // Stretches `first` to `last` (exclusive) of the piece, all without high
  // bytes.
  void AddStretches(size_t first, size_t last);
  // A stretch with high bytes, by its range in the text.
  void TakeHighStretch(size_t begin, size_t end);
  // Where the stem of a long key ends that a kernel has folded.
  uint16_t StemEnd(uint16_t begin) const;
  // Starts the next key behind the last one.
  void NextKey(char* at);
  // Adds the stem of the key in place, written behind it; returns its end.
  char* AddStem(const KeyInPlace& key);
  // Hashes the keys that have been added and hands them out.
  void Flush() { Flush(key_bounds_.data(), key_count_); }
  void Flush(const uint16_t* bounds, size_t count);
  // With the piece at hand, of which the last tokens may still be to come.
  TokenGrowth growth() const {
    return {.text_bytes = text_.size(),
            .bytes_read = std::min(text_.size(), piece_ + kPieceBytes)};
  }

  // None of the arrays is ever cleared; hence no initializers.
  template <typename T, size_t kSize, bool kExists = true>
  using Array = std::array<T, kExists ? kSize : 0>;

  // Aligned, so that it stands first.
  alignas(kBlockBytes) std::array<char, kFoldedBytes> folded_;
  const TextKernels& kernels_;
  const std::string_view text_;
  const TokenOutput output_;
  HashList list_;  // of hashes, where these are all that is wanted
  KeyInPlace key_;
  Scanner<KeyInPlace, PieceTokenizer> scanner_;
  size_t piece_ = 0;      // where the piece begins in the text
  size_t key_count_ = 0;  // keys added, not yet hashed
  Stretches stretches_;
  std::array<BlockMasks, kPieceBlocks + 1> masks_;
  std::array<uint16_t, 2 * (kMaxKeys + kCopied)> key_bounds_;
  Array<uint64_t, kMaxKeys + kHashSlack, kRanges> hashes_;
  Array<uint32_t, 2 * kMaxKeys, kRanges> range_bounds_;
  Array<uint16_t, 2 * kMaxKeys, kStems> stem_bounds_;
  Array<uint8_t, kMaxKeys, kStems> lone_;
};

template <Wanted kWanted>
size_t PieceTokenizer<kWanted>::TakePiece() {
  const size_t size = std::min(text_.size() - piece_, kPieceBytes);
  // The text ends with something that ends a token. What follows a piece may be
  // anything; a letter keeps the last stretch open.
  const bool is_last = size < kPieceBytes;
  const size_t blocks = is_last ? size / kBlockBytes + 1 : kPieceBlocks;
  kernels_.classify(text_.data() + piece_, size, blocks, folded_.data(),
                    masks_.data());
  masks_[blocks] = {
      .word = is_last ? uint64_t{0} : 1, .apostrophe = 0, .high = 0};
  kernels_.find_stretches(masks_.data(), blocks, &stretches_);

  const size_t whole = stretches_.bound_count / 2;
  if (!kRanges && stretches_.high_count == 0) {
    Flush(stretches_.bounds, whole);
  } else {
    NextKey(folded_.data() + kFirstKey);
    size_t first = 0;
    for (size_t i = 0; i < stretches_.high_count; ++i) {
      const size_t stretch = stretches_.high[i];
      AddStretches(first, stretch);
      TakeHighStretch(piece_ + stretches_.bounds[2 * stretch],
                      piece_ + stretches_.bounds[2 * stretch + 1]);
      first = stretch + 1;
    }
    AddStretches(first, whole);
    Flush();
  }
  if (stretches_.bound_count % 2 == 0) return piece_ + size;
  const size_t open = stretches_.bounds[2 * whole];
  if (open > 0 && !stretches_.open_is_high) return piece_ + open;
  NextKey(folded_.data() + kFirstKey);
  const size_t next = scanner_.RunUntilClosed(piece_ + open);
  Flush();
  return next;
}

template <Wanted kWanted>
void PieceTokenizer<kWanted>::TakeHighStretch(size_t begin, size_t end) {
  const size_t size =
      kernels_.fold_word(text_.data() + begin, end - begin, key_.end());
  if (size == 0) return scanner_.Run(begin, end);
  key_.AdvanceTo(key_.end() + size);
  Add(&key_, false, begin, end);
}

template <Wanted kWanted>
void PieceTokenizer<kWanted>::AddStretches(size_t first, size_t last) {
  const size_t count = last - first;
  if (key_count_ + count >= kMaxKeys) Flush();
  const uint16_t* const bounds = stretches_.bounds + 2 * first;
  const size_t at = key_count_;
  // In steps of a fixed size, which are not calls.
  for (size_t i = 0; i < count; i += kCopied) {
    std::memcpy(key_bounds_.data() + 2 * (at + i), bounds + 2 * i,
                kCopied * 2 * sizeof(*bounds));
  }
  key_count_ += count;
  if constexpr (kRanges) {
    const auto base = static_cast<uint32_t>(piece_);
    for (size_t i = 0; i < 2 * count; ++i) {
      range_bounds_[2 * at + i] = base + bounds[i];
    }
  }
  if constexpr (kStems) {
    std::memset(lone_.data() + at, 0, count);
    for (size_t i = 0; i < count; ++i) {
      stem_bounds_[2 * (at + i)] = bounds[2 * i];
      stem_bounds_[2 * (at + i) + 1] =
          std::min(bounds[2 * i + 1], StemEnd(bounds[2 * i]));
    }
  }
}

template <Wanted kWanted>
uint16_t PieceTokenizer<kWanted>::StemEnd(uint16_t begin) const {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  constexpr uint64_t kStemMask = (uint64_t{1} << kStemLetters * 8) - 1;
  uint64_t head;
  std::memcpy(&head, folded_.data() + begin, sizeof(head));
  if ((head & kHighBits & kStemMask) == 0) {
    return static_cast<uint16_t>(begin + kStemLetters);
  }
  size_t at = begin;
  for (size_t letter = 0; letter < kStemLetters; ++letter) {
    // Kernels fold nothing of more than two bytes, and no marks.
    at += IsAscii(folded_[at]) ? 1 : 2;
  }
  return static_cast<uint16_t>(at);
}

template <Wanted kWanted>
void PieceTokenizer<kWanted>::NextKey(char* at) {
  if (at > folded_.data() + kLastKey) {
    Flush();
    at = folded_.data() + kFirstKey;
  }
  key_.StartAt(at);
}

template <Wanted kWanted>
char* PieceTokenizer<kWanted>::AddStem(const KeyInPlace& key) {
  const char* const end = key.begin() + key.size();
  char* const stem = key_.end();
  char* to = stem;
  size_t letters = kStemLetters;
  for (const char* at = key.begin(); at < end && letters > 0;) {
    const Utf8Char c = DecodeUtf8(at, static_cast<size_t>(end - at));
    if (GetCharInfo(c.code_point).char_class() != CharClass::kMark) {
      std::memcpy(to, at, c.length);
      to += c.length;
      --letters;
    }
    at += c.length;
  }
  stem_bounds_[2 * key_count_] = static_cast<uint16_t>(stem - folded_.data());
  stem_bounds_[2 * key_count_ + 1] = static_cast<uint16_t>(to - folded_.data());
  return to;
}

template <Wanted kWanted>
void PieceTokenizer<kWanted>::Add(KeyInPlace* key, bool lone, size_t begin,
                                  size_t end) {
  if (key->is_spilled()) [[unlikely]] {
    Flush();
    if constexpr (kRanges) {
      output_.ranges->push_back(
          {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    }
    if constexpr (kStems) {
      output_.stems->push_back(key->spilled()->HashStem(kStemLetters));
      output_.lone->push_back(lone ? 1 : 0);
    }
    const uint64_t hash = key->spilled()->Finish();
    if constexpr (kRanges) {
      output_.hashes->push_back(hash);
    } else {
      list_.Add(hash, growth());
    }
    key->StartAt(folded_.data() + kFirstKey);
    return;
  }
  const size_t at = key_count_;
  const auto offset = static_cast<uint16_t>(key->begin() - folded_.data());
  key_bounds_[2 * at] = offset;
  key_bounds_[2 * at + 1] = static_cast<uint16_t>(offset + key->size());
  if constexpr (kRanges) {
    range_bounds_[2 * at] = static_cast<uint32_t>(begin);
    range_bounds_[2 * at + 1] = static_cast<uint32_t>(end);
  }
  char* next = key->end();
  if constexpr (kStems) {
    lone_[at] = lone ? 1 : 0;
    next = AddStem(*key);
  }
  ++key_count_;
  if (key_count_ == kMaxKeys) Flush();
  NextKey(next);
}

template <Wanted kWanted>
size_t PieceTokenizer<kWanted>::TakeHan(size_t begin, size_t end) {
  size_t taken_bytes = 0;
  while (true) {
    char* const place = key_.end();
    const size_t at = key_count_;
    const size_t room = static_cast<size_t>(folded_.data() + kLastKey - place);
    const size_t rest = end - begin;
    const size_t size = std::min({rest, room, kHanBytes * (kMaxKeys - at)});
    const auto offset = static_cast<uint16_t>(place - folded_.data());
    uint16_t* const bounds = key_bounds_.data() + 2 * at;
    const TakenHan taken =
        kernels_.take_han(text_.data() + begin, size, place, offset, bounds);
    if constexpr (kRanges) {
      const size_t to_range = begin - offset;
      for (size_t i = 0; i < 2 * taken.keys; ++i) {
        range_bounds_[2 * at + i] = static_cast<uint32_t>(bounds[i] + to_range);
      }
    }
    if constexpr (kStems) {
      std::copy_n(bounds, 2 * taken.keys, stem_bounds_.data() + 2 * at);
      std::memset(lone_.data() + at, 1, taken.keys);
    }
    key_count_ += taken.keys;
    taken_bytes += taken.bytes;
    begin += taken.bytes;
    NextKey(place + taken.bytes);
    // An ideograph may be left although it ended for lack of room.
    const bool lacks_room = size < rest && taken.bytes + 2 * kHanBytes > size;
    if (!lacks_room || place == folded_.data() + kFirstKey) return taken_bytes;
    Flush();
    NextKey(folded_.data() + kFirstKey);
  }
}

template <Wanted kWanted>
void PieceTokenizer<kWanted>::Flush(const uint16_t* bounds, size_t count) {
  if constexpr (!kRanges) {
    kernels_.hash_keys(folded_.data(), bounds, count,
                       list_.Room(count + kHashSlack, growth()));
    list_.Take(count);
    key_count_ = 0;
    return;
  }
  const auto hand_out = [&](const uint16_t* keys, std::vector<uint64_t>* out) {
    growth().Reserve(out->size() + count, out);
    kernels_.hash_keys(folded_.data(), keys, count, hashes_.data());
    out->insert(out->end(), hashes_.data(), hashes_.data() + count);
  };
  hand_out(bounds, output_.hashes);
  if constexpr (kRanges) {
    const size_t before = output_.ranges->size();
    growth().Reserve(before + count, output_.ranges);
    output_.ranges->resize(before + count);
    for (size_t i = 0; i < count; ++i) {
      (*output_.ranges)[before + i] = {range_bounds_[2 * i],
                                       range_bounds_[2 * i + 1]};
    }
  }
  if constexpr (kStems) {
    hand_out(stem_bounds_.data(), output_.stems);
    growth().Reserve(output_.lone->size() + count, output_.lone);
    output_.lone->insert(output_.lone->end(), lone_.data(),
                         lone_.data() + count);
  }
  key_count_ = 0;
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_PIECE_TOKENIZER_H_
