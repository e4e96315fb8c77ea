// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/islands.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace twicetold {
namespace {

constexpr size_t kMostWords = 2;
constexpr size_t kMostLetters = 4;  // of each

size_t CodePoints(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(
      utf8.begin(), utf8.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool IsShort(std::string_view utf8, const Words& words, ByteRange range) {
  auto word = std::lower_bound(
      words.bare_ranges.begin(), words.bare_ranges.end(), range.begin,
      [](ByteRange w, uint32_t begin) { return w.begin < begin; });
  for (size_t count = 0;
       word != words.bare_ranges.end() && word->begin < range.end; ++word) {
    const auto text = utf8.substr(word->begin, word->end - word->begin);
    if (++count > kMostWords || CodePoints(text) > kMostLetters) return false;
  }
  return true;
}

bool IsExchange(const DiffPiece& piece) {
  return !piece.same && !IsEmpty(piece.a) && !IsEmpty(piece.b);
}

// All from `first` to `last` as one change.
DiffPiece Fold(const DiffPiece& first, const DiffPiece& island,
               const DiffPiece& last) {
  const auto fold = [](ByteRange x, ByteRange y, ByteRange z) {
    return ByteRange{IsEmpty(x) ? y.begin : x.begin,
                     IsEmpty(z) ? y.end : z.end};
  };
  return {.same = false,
          .a = fold(first.a, island.a, last.a),
          .b = fold(first.b, island.b, last.b)};
}

}  // namespace

void FoldIslands(std::string_view utf8_a, const Words& words_a,
                 std::vector<DiffPiece>* pieces) {
  std::vector<DiffPiece> folded;
  for (size_t i = 0; i < pieces->size(); ++i) {
    const DiffPiece& piece = (*pieces)[i];
    const bool is_island =
        piece.same && !folded.empty() && i + 1 < pieces->size() &&
        (IsExchange(folded.back()) || IsExchange((*pieces)[i + 1])) &&
        IsShort(utf8_a, words_a, piece.a);
    if (!is_island) {
      folded.push_back(piece);
      continue;
    }
    folded.back() = Fold(folded.back(), piece, (*pieces)[++i]);
  }
  *pieces = std::move(folded);
}

}  // namespace twicetold
