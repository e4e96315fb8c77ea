// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/base/utf8.h"
#include "twicetold/passage/hash_numbers.h"
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

// Looks at what stands between words.
class GapReader {
 public:
  // `bare` are the words without what clings to them.
  GapReader(std::string_view text, std::span<const ByteRange> bare,
            Words* words)
      : text_(text), bare_(bare), words_(words) {}

  // Fills ranges and cuts; notes of each word whether it ends a cell.
  void Read(std::vector<uint8_t>* ends_cell) {
    const size_t n = bare_.size();
    ends_cell->assign(n, 0);
    words_->ranges.assign(bare_.begin(), bare_.end());
    words_->cuts.assign(n + 1, 0);
    words_->cuts[0] = words_->cuts[n] = 1;
    if (n == 0) return;
    const ByteRange* const bare = bare_.data();
    ByteRange* const ranges = words_->ranges.data();
    uint8_t* const cuts = words_->cuts.data();
    uint8_t* const ends = ends_cell->data();
    ranges[0].begin -= LeftCling(0, bare[0].begin);
    for (size_t i = 1; i < n; ++i) {
      const uint32_t begin = bare[i - 1].end;
      // Most gaps are a space, which clings to nothing and ends nothing.
      if (bare[i].begin - begin == 1 && text_[begin] == ' ') continue;
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
        ends[i - 1] = 1;
      }
    }
    const GapMarks last = Gap(bare[n - 1].end, text_.size());
    ranges[n - 1].end += static_cast<uint32_t>(last.before_space);
    ends[n - 1] = 1;
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
  const std::span<const ByteRange> bare_;
  Words* const words_;
};

void MakeCells(std::span<const uint8_t> ends_cell,
               std::vector<WordRange>* cells) {
  cells->clear();
  const auto n = static_cast<uint32_t>(ends_cell.size());
  uint32_t cell_begin = 0;
  uint32_t part_begin = 0;  // of the sentence, or of a part of a long one
  for (uint32_t i = 0; i < n; ++i) {
    const bool is_last = i + 1 == n;
    if (ends_cell[i] == 0 && i + 1 - part_begin < kMostCellWords && !is_last) {
      continue;
    }
    part_begin = i + 1;
    if (i + 1 - cell_begin < kLeastCellWords && !is_last) continue;
    cells->push_back({cell_begin, i + 1});
    cell_begin = i + 1;
  }
}

// Of a longer text, memory is not kept for the next.
constexpr size_t kMostKept = size_t{1} << 17;  // words

// Copies the values, or, where they are many, hands on the memory in which they
// are, if it is not much too large: what is taken for the first time costs
// as much as to copy.
template <typename T>
void Hand(std::vector<T>* values, std::vector<T>* to) {
  if (values->size() > kMostKept &&
      values->capacity() - values->size() <= values->size() / 4) {
    *to = std::move(*values);
    values->clear();
  } else {
    to->assign(values->begin(), values->end());
  }
}

}  // namespace

// The words of a text in memory that is kept; what they hold is handed out of
// it, as long as it is.
class WordsMaker::Memory {
 public:
  Words Make(std::string_view utf8) {
    TokenizeWithStems(utf8, &stemmed_);
    PairLoneStems(&stemmed_);
    Words words;
    Hand(&stemmed_.tokens.hashes, &words.hashes);
    GapReader(utf8, stemmed_.tokens.ranges, &words).Read(&ends_cell_);
    MakeCells(ends_cell_, &cells_);
    Hand(&cells_, &words.cells);
    NumberStems(&words);
    CountStems(&words);
    words.quoted = WordsInside(FindQuotes(utf8), stemmed_.tokens.ranges);
    return words;
  }

  // Hands out those of the text made last, once.
  void HandBareRanges(std::vector<ByteRange>* ranges) {
    Hand(&stemmed_.tokens.ranges, ranges);
  }

 private:
  // Numbers the distinct stems in the order of their hashes.
  void NumberStems(Words* words) {
    const std::span<const uint64_t> stems = stemmed_.stems;
    table_.Clear();
    words->stems.resize(stems.size());
    for (size_t i = 0; i < stems.size(); ++i) {
      words->stems[i] = table_.NumberOf(stems[i]);
    }
    const std::span<const uint32_t> sorted = table_.Sorted();
    rank_.resize(sorted.size());
    words->stem_hashes.resize(sorted.size());
    for (uint32_t i = 0; i < sorted.size(); ++i) {
      rank_[sorted[i]] = i;
      words->stem_hashes[i] = table_.hashes()[sorted[i]];
    }
    for (uint32_t& stem : words->stems) stem = rank_[stem];
    FindStarts(words);
  }

  static void FindStarts(Words* words) {
    const std::span<const uint64_t> hashes = words->stem_hashes;
    const int bits =
        std::max(1, static_cast<int>(std::bit_width(hashes.size())));
    words->stem_shift = 64 - bits;
    std::vector<uint32_t>& starts = words->stem_starts;
    starts.resize((size_t{1} << bits) + 1);
    size_t bucket = 0;
    for (uint32_t i = 0; i < hashes.size(); ++i) {
      const size_t own = hashes[i] >> words->stem_shift;
      while (bucket <= own) starts[bucket++] = i;
    }
    while (bucket < starts.size()) {
      starts[bucket++] = static_cast<uint32_t>(hashes.size());
    }
  }

  void CountStems(Words* words) {
    // Of each stem, where in counts_ it was met last.
    met_.assign(words->stem_hashes.size(), 0);
    words->stem_cells.assign(words->stem_hashes.size(), 0);
    words->cell_begins.reserve(words->cells.size() + 1);
    words->cell_begins.push_back(0);
    // Written for the first time cell by cell, as far as it is used.
    counts_.clear();
    counts_.reserve(words->stems.size());
    uint32_t end = 0;
    for (const WordRange cell : words->cells) {
      const uint32_t begin = end;
      counts_.resize(end + cell.size());
      StemCount* const counts = counts_.data();
      for (uint32_t i = cell.begin; i < cell.end; ++i) {
        const uint32_t stem = words->stems[i];
        const uint32_t at = met_[stem];
        if (at >= begin && at < end && counts[at].stem == stem) {
          ++counts[at].count;
          continue;
        }
        met_[stem] = end;
        counts[end++] = {stem, 1};
        ++words->stem_cells[stem];
      }
      words->cell_begins.push_back(end);
    }
    counts_.resize(end);
    Hand(&counts_, &words->cell_stems);
  }

  StemmedTokens stemmed_;
  std::vector<uint8_t> ends_cell_;
  std::vector<WordRange> cells_;
  HashNumbers table_;
  std::vector<uint32_t> rank_;
  std::vector<uint32_t> met_;
  std::vector<StemCount> counts_;
};

WordsMaker::WordsMaker() : memory_(std::make_unique<Memory>()) {}
WordsMaker::WordsMaker(WordsMaker&&) noexcept = default;
WordsMaker& WordsMaker::operator=(WordsMaker&&) noexcept = default;
WordsMaker::~WordsMaker() = default;

Words WordsMaker::Make(std::string_view utf8) { return memory_->Make(utf8); }

uint64_t Words::memory() const {
  const auto bytes = [](const auto&... vectors) {
    return (uint64_t{0} + ... + (vectors.capacity() * sizeof(vectors[0])));
  };
  return bytes(hashes, stems, ranges, bare_ranges, cuts, cells, cell_stems,
               cell_begins, stem_hashes, stem_cells, stem_starts, quoted);
}

Words MakeWords(std::string_view utf8) {
  WordsMaker maker;
  Words words = maker.Make(utf8);
  maker.memory_->HandBareRanges(&words.bare_ranges);
  return words;
}

}  // namespace twicetold
