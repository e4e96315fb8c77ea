// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words.h"

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
    const ByteRange* const bare = words_->bare_ranges.data();
    ByteRange* const ranges = words_->ranges.data();
    uint8_t* const cuts = words_->cuts.data();
    ranges[0].begin -= LeftCling(0, bare[0].begin);
    for (size_t i = 1; i < n; ++i) {
      const uint32_t begin = bare[i - 1].end;
      // Two words of one character share it.
      if (begin > bare[i].begin) continue;
      const GapMarks gap = Gap(begin, bare[i].begin);
      ranges[i - 1].end = begin + static_cast<uint32_t>(gap.before_space);
      if (gap.has_space) {
        ranges[i].begin = begin + static_cast<uint32_t>(gap.after_space);
      }
      const bool is_cut = gap.sentence_end || gap.newlines > 0;
      cuts[i] = is_cut ? 1 : 0;
      if (is_cut && (gap.sentence_end || StartsLikeSentence(bare[i]))) {
        borders.ends_cell[i - 1] = 1;
      }
    }
    const GapMarks last = Gap(bare[n - 1].end, text_.size());
    ranges[n - 1].end += static_cast<uint32_t>(last.before_space);
    borders.ends_cell[n - 1] = 1;
    return borders;
  }

 private:
  GapMarks Gap(size_t begin, size_t end) const {
    return ReadGap(text_.substr(begin, end - begin));
  }

  // Bytes of punctuation that cling to the first word.
  uint32_t LeftCling(size_t begin, size_t end) const {
    const GapMarks gap = Gap(begin, end);
    if (!gap.has_space) return 0;
    return static_cast<uint32_t>(end - begin - gap.after_space);
  }

  bool StartsLikeSentence(ByteRange word) const {
    return IsCapitalOrDigit(
        DecodeUtf8(text_.data() + word.begin, text_.size() - word.begin)
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

// Numbers stems by hash, in the order in which they are met. A slot is chosen
// by the top bits, so that the table is nearly in the order of the hashes.
class StemTable {
 public:
  StemTable() : slots_(size_t{1} << bits_, kFree) {}

  uint32_t NumberOf(uint64_t hash) {
    const size_t at = SlotOf(hash);
    const uint32_t number = slots_[at];
    if (number != kFree) return number;
    const auto next = static_cast<uint32_t>(hashes_.size());
    slots_[at] = next;
    hashes_.push_back(hash);
    if (2 * hashes_.size() > slots_.size()) Grow();
    return next;
  }

  // By number.
  const std::vector<uint64_t>& hashes() const { return hashes_; }

  // The numbers in the order of their hashes.
  std::vector<uint32_t> Sorted() const {
    std::vector<uint32_t> sorted(hashes_.size() + 1);
    size_t count = 0;
    for (const uint32_t number : slots_) {
      sorted[count] = number;
      count += number != kFree ? 1 : 0;
    }
    sorted.resize(count);
    // By insertion: they are in order but for those of one cluster of slots.
    for (size_t i = 1; i < count; ++i) {
      const uint32_t number = sorted[i];
      size_t to = i;
      for (; to > 0 && hashes_[number] < hashes_[sorted[to - 1]]; --to) {
        sorted[to] = sorted[to - 1];
      }
      sorted[to] = number;
    }
    return sorted;
  }

 private:
  static constexpr uint32_t kFree = 0xffffffff;

  size_t SlotOf(uint64_t hash) const {
    size_t at = hash >> (64 - bits_);
    while (slots_[at] != kFree && hashes_[slots_[at]] != hash) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  void Grow() {
    ++bits_;
    slots_.assign(size_t{1} << bits_, kFree);
    for (uint32_t i = 0; i < hashes_.size(); ++i)
      slots_[SlotOf(hashes_[i])] = i;
  }

  int bits_ = 10;
  std::vector<uint32_t> slots_;
  std::vector<uint64_t> hashes_;
};

// Numbers the distinct stems in the order of their hashes.
void NumberStems(const std::vector<uint64_t>& stems, Words* words) {
  StemTable table;
  words->stems.resize(stems.size());
  for (size_t i = 0; i < stems.size(); ++i) {
    words->stems[i] = table.NumberOf(stems[i]);
  }
  const std::vector<uint32_t> sorted = table.Sorted();
  std::vector<uint32_t> rank(sorted.size());
  words->stem_hashes.resize(sorted.size());
  for (uint32_t i = 0; i < sorted.size(); ++i) {
    rank[sorted[i]] = i;
    words->stem_hashes[i] = table.hashes()[sorted[i]];
  }
  for (uint32_t& stem : words->stems) stem = rank[stem];
}

void CountStems(Words* words) {
  // Of each stem, where in cell_stems it was met last.
  std::vector<uint32_t> met(words->stem_hashes.size(), 0);
  words->stem_cells.assign(words->stem_hashes.size(), 0);
  words->cell_begins.reserve(words->cells.size() + 1);
  words->cell_begins.push_back(0);
  words->cell_stems.resize(words->stems.size());
  StemCount* const counts = words->cell_stems.data();
  uint32_t end = 0;
  for (const WordRange cell : words->cells) {
    const uint32_t begin = end;
    for (uint32_t i = cell.begin; i < cell.end; ++i) {
      const uint32_t stem = words->stems[i];
      const uint32_t at = met[stem];
      if (at >= begin && at < end && counts[at].stem == stem) {
        ++counts[at].count;
        continue;
      }
      met[stem] = end;
      counts[end++] = {stem, 1};
      ++words->stem_cells[stem];
    }
    words->cell_begins.push_back(end);
  }
  words->cell_stems.resize(end);
}

}  // namespace

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
  CountStems(&words);
  return words;
}

}  // namespace twicetold
