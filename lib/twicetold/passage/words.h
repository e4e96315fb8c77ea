// SPDX-License-Identifier: Apache-2.0
//
// A text prepared for alignment: its words, its sentences, and which words it
// is made of.
//
// A word is a token (twicetold/text/tokenize.h). Its stem is its first five
// letters, folded and without marks: "invest", "investor" and "Investing" have
// one stem, which makes up for a stemmer in any language with word endings.
//
// A cell is a sentence, as far as punctuation and lines tell: it ends after
// . ! ? (and what stands for them in other scripts) with the quotes and
// brackets behind it and white space, at an empty line, and at the end of a
// line if the next word begins with a capital or a digit. Cells of less than
// kLeastCellWords are joined to the next, longer ones than kMostCellWords are
// cut. A cut, where a passage may begin or end, is finer: before the first
// word, after each sentence, at each line.
//
// Source: cells, cuts and stems are those of the passage recipe on which the
// values in passage_options.h were tuned.
//
// Cost: one pass over the text and one over its words; about 60 bytes a word.
// Thread safety: a free function; Words is plain data; one maker a thread.
#ifndef TWICETOLD_PASSAGE_WORDS_H_
#define TWICETOLD_PASSAGE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/passage.h"

namespace twicetold {

inline constexpr uint32_t kLeastCellWords = 4;
inline constexpr uint32_t kMostCellWords = 60;

// A stem, and how often it stands in a cell.
struct StemCount {
  uint32_t stem = 0;  // index into Words::stem_hashes
  uint32_t count = 0;
};

struct Words {
  // One entry a word.
  std::vector<uint64_t> hashes;  // of the folded word
  std::vector<uint32_t> stems;   // indices into stem_hashes
  // Of the word with the punctuation that clings to it: up to white space or
  // the next word. Ranges of utf8 text, ascending, not overlapping.
  std::vector<ByteRange> ranges;
  std::vector<ByteRange> bare_ranges;  // of the word alone, inside the above

  // One entry a word and one at the end: 1 where a passage may begin or end
  // before this word.
  std::vector<uint8_t> cuts;

  // Sentences, in order; together they tile all words.
  std::vector<WordRange> cells;
  // The stems of cell i, in the order in which they are met:
  // cell_stems[cell_begins[i]] up to cell_begins[i + 1].
  std::vector<StemCount> cell_stems;
  std::vector<size_t> cell_begins;

  // The distinct stems, ascending by hash, and how many cells have each.
  std::vector<uint64_t> stem_hashes;
  std::vector<uint32_t> stem_cells;
  // Where the stems begin whose hashes have the same top bits, all but the
  // lower `stem_shift`; with one more entry. By these bits, of which there are
  // so many values that few have two stems.
  std::vector<uint32_t> stem_starts;
  int stem_shift = 0;

  // What is quoted (quotation.h): ascending, not overlapping.
  std::vector<WordRange> quoted;

  uint32_t size() const { return static_cast<uint32_t>(hashes.size()); }
  uint64_t memory() const;  // bytes that the vectors take

  std::span<const StemCount> StemsOf(size_t cell) const {
    return std::span(cell_stems)
        .subspan(cell_begins[cell], cell_begins[cell + 1] - cell_begins[cell]);
  }
  // The bytes of a range of words, which is not empty.
  ByteRange BytesOf(WordRange range) const {
    return {ranges[range.begin].begin, ranges[range.end - 1].end};
  }
};

// The words of `utf8` (less than 4 GiB; bad bytes end words).
Words MakeWords(std::string_view utf8);

// The same of one text after another, without bare_ranges. Keeps the memory
// that it works in between texts, so that a text takes only what its words do.
class WordsMaker {
 public:
  WordsMaker();
  WordsMaker(WordsMaker&&) noexcept;
  WordsMaker& operator=(WordsMaker&&) noexcept;
  ~WordsMaker();

  Words Make(std::string_view utf8);

 private:
  friend Words MakeWords(std::string_view utf8);
  class Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WORDS_H_
