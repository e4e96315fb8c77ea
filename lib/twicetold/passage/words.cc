// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/base/utf8.h"
#include "twicetold/passage/quotation.h"
#include "twicetold/passage/sentence_marks.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

// In scripts without spaces a letter says too little: the stem of one is that
// of it and the letter right behind it.
void PairLoneStems(StemmedTokens* stemmed) {
  const std::vector<ByteRange>& ranges = stemmed->tokens.ranges;
  for (size_t i = 0; i + 1 < stemmed->stems.size(); ++i) {
    if (stemmed->lone[i] == 0 || stemmed->lone[i + 1] == 0) continue;
    if (ranges[i].end < ranges[i + 1].begin) continue;
    stemmed->stems[i] = Mix(stemmed->stems[i] + 3 * stemmed->stems[i + 1]);
  }
}

// Which words end a cell is noted one by one, cells are made of that.
struct Borders {
  std::vector<uint8_t> ends_cell;  // one entry a word
};

// Looks at what stands between words.
class GapReader {
 public:
  GapReader(std::string_view text, Words* words) : text_(text), words_(words) {}

  Borders Read() {
    const size_t n = words_->bare_ranges.size();
    Borders borders{std::vector<uint8_t>(n, 0)};
    words_->ranges = words_->bare_ranges;
    words_->cuts.assign(n + 1, 0);
    words_->cuts[0] = words_->cuts[n] = 1;
    if (n == 0) return borders;
    Cling(0, 0);
    for (size_t i = 1; i < n; ++i) {
      const GapMarks gap = Cling(words_->bare_ranges[i - 1].end, i);
      if (gap.sentence_end || gap.newlines > 0) words_->cuts[i] = 1;
      if (gap.sentence_end || (gap.newlines > 0 && StartsLikeSentence(i))) {
        borders.ends_cell[i - 1] = 1;
      }
    }
    Cling(words_->bare_ranges[n - 1].end, n);
    borders.ends_cell[n - 1] = 1;
    return borders;
  }

 private:
  // Gives the punctuation between `begin` and word `next` to the words that it
  // clings to, and says what the gap means.
  GapMarks Cling(size_t begin, size_t next) {
    std::vector<ByteRange>& ranges = words_->ranges;
    const bool is_last = next == ranges.size();
    const size_t end = is_last ? text_.size() : ranges[next].begin;
    // Two words of one character share it.
    if (begin > end) return {};
    const GapMarks gap = ReadGap(text_.substr(begin, end - begin));
    if (next > 0) {
      ranges[next - 1].end = static_cast<uint32_t>(begin + gap.before_space);
    }
    if (!is_last && gap.has_space) {
      ranges[next].begin = static_cast<uint32_t>(begin + gap.after_space);
    }
    return gap;
  }

  bool StartsLikeSentence(size_t word) const {
    const ByteRange range = words_->bare_ranges[word];
    return IsCapitalOrDigit(
        DecodeUtf8(text_.data() + range.begin, text_.size() - range.begin)
            .code_point);
  }

  const std::string_view text_;
  Words* const words_;
};

void MakeCells(const Borders& borders, Words* words) {
  const uint32_t n = words->size();
  uint32_t cell_begin = 0;
  uint32_t part_begin = 0;  // of the sentence, or of a part of a long one
  for (uint32_t i = 0; i < n; ++i) {
    const bool is_last = i + 1 == n;
    if (borders.ends_cell[i] == 0 && i + 1 - part_begin < kMostCellWords &&
        !is_last) {
      continue;
    }
    part_begin = i + 1;
    if (i + 1 - cell_begin < kLeastCellWords && !is_last) continue;
    words->cells.push_back({cell_begin, i + 1});
    cell_begin = i + 1;
  }
}

// Stems by hash. A slot is chosen by the top bits, so that the table is nearly
// in the order of the hashes.
class StemTable {
 public:
  struct Stem {
    uint64_t hash = 0;
    uint32_t number = kNone;  // in the order of first occurrence
  };

  StemTable() : slots_(size_t{1} << bits_) {}

  uint32_t NumberOf(uint64_t hash) {
    Stem& slot = Slot(hash);
    if (slot.number != kNone) return slot.number;
    const uint32_t number = count_++;
    slot = {hash, number};
    if (2 * size_t{count_} > slots_.size()) Grow();
    return number;
  }

  // Ascending by hash. The table is of no use afterwards.
  std::vector<Stem> TakeSorted() {
    std::erase_if(slots_, [](const Stem& s) { return s.number == kNone; });
    const auto less = [](const Stem& x, const Stem& y) {
      return x.hash < y.hash;
    };
    // By insertion: they are in order but for those of one cluster of slots.
    for (size_t i = 1; i < slots_.size(); ++i) {
      const Stem stem = slots_[i];
      size_t to = i;
      for (; to > 0 && less(stem, slots_[to - 1]); --to) {
        slots_[to] = slots_[to - 1];
      }
      slots_[to] = stem;
    }
    return std::move(slots_);
  }

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  Stem& Slot(uint64_t hash) {
    size_t at = hash >> (64 - bits_);
    while (slots_[at].number != kNone && slots_[at].hash != hash) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at];
  }

  void Grow() {
    ++bits_;
    const std::vector<Stem> before =
        std::exchange(slots_, std::vector<Stem>(size_t{1} << bits_));
    for (const Stem& stem : before) {
      if (stem.number != kNone) Slot(stem.hash) = stem;
    }
  }

  int bits_ = 10;
  uint32_t count_ = 0;
  std::vector<Stem> slots_;
};

// Numbers the distinct stems in the order of their hashes.
void NumberStems(const std::vector<uint64_t>& stems, Words* words) {
  StemTable table;
  words->stems.resize(stems.size());
  for (size_t i = 0; i < stems.size(); ++i) {
    words->stems[i] = table.NumberOf(stems[i]);
  }
  const std::vector<StemTable::Stem> sorted = table.TakeSorted();
  std::vector<uint32_t> rank(sorted.size());
  words->stem_hashes.reserve(sorted.size());
  for (uint32_t i = 0; i < sorted.size(); ++i) {
    rank[sorted[i].number] = i;
    words->stem_hashes.push_back(sorted[i].hash);
  }
  for (uint32_t& stem : words->stems) stem = rank[stem];
}

// Of `count` stems, some two share their top bits: so many.
int StemBits(size_t count) {
  return std::max(1, static_cast<int>(std::bit_width(count)) - 1);
}

void IndexStems(Words* words) {
  const std::vector<uint64_t>& hashes = words->stem_hashes;
  if (hashes.empty()) return;
  const int bits = StemBits(hashes.size());
  words->stem_begins.assign((size_t{1} << bits) + 1, 0);
  for (const uint64_t hash : hashes) {
    ++words->stem_begins[(hash >> (64 - bits)) + 1];
  }
  for (size_t i = 1; i < words->stem_begins.size(); ++i) {
    words->stem_begins[i] += words->stem_begins[i - 1];
  }
}

void CountStems(Words* words) {
  words->stem_cells.assign(words->stem_hashes.size(), 0);
  words->cell_begins.reserve(words->cells.size() + 1);
  words->cell_stems.reserve(words->stems.size());
  words->cell_begins.push_back(0);
  std::vector<uint32_t> of_cell;
  for (const WordRange cell : words->cells) {
    of_cell.assign(words->stems.begin() + cell.begin,
                   words->stems.begin() + cell.end);
    std::sort(of_cell.begin(), of_cell.end());
    for (size_t i = 0; i < of_cell.size(); ++i) {
      if (i > 0 && of_cell[i] == of_cell[i - 1]) {
        ++words->cell_stems.back().count;
        continue;
      }
      words->cell_stems.push_back({of_cell[i], 1});
      ++words->stem_cells[of_cell[i]];
    }
    words->cell_begins.push_back(words->cell_stems.size());
  }
}

}  // namespace

uint32_t Words::FindStem(uint64_t hash) const {
  if (stem_begins.empty()) return kNoStem;
  const size_t top = hash >> (64 - StemBits(stem_hashes.size()));
  const auto end =
      stem_hashes.begin() + static_cast<ptrdiff_t>(stem_begins[top + 1]);
  const auto at = std::lower_bound(
      stem_hashes.begin() + static_cast<ptrdiff_t>(stem_begins[top]), end,
      hash);
  if (at == end || *at != hash) return kNoStem;
  return static_cast<uint32_t>(at - stem_hashes.begin());
}

Words MakeWords(std::string_view utf8) {
  StemmedTokens stemmed = TokenizeWithStems(utf8);
  PairLoneStems(&stemmed);
  Words words;
  words.hashes = std::move(stemmed.tokens.hashes);
  words.bare_ranges = std::move(stemmed.tokens.ranges);
  words.quoted = WordsInside(FindQuotes(utf8), words.bare_ranges);
  const Borders borders = GapReader(utf8, &words).Read();
  MakeCells(borders, &words);
  NumberStems(stemmed.stems, &words);
  IndexStems(&words);
  CountStems(&words);
  return words;
}

}  // namespace twicetold
