// SPDX-License-Identifier: Apache-2.0
//
// Quotations: which words of a text stand between quotation marks or in a
// block quote, and which passages are made of such words.
//
// Marks are those of most languages: “…” „…“ „…” ”…” «…» »…« »…» ‹…› ›…‹ ‘…’
// ‚…‘ "…" '…' ``…'' 「…」 『…』 《…》 〝…〟 ＂…＂ ｢…｣. Where a mark may open or
// close, what stands around it decides: an apostrophe or a sign for inches
// opens nothing. Quotations inside others, of the same marks too, belong to
// the outer one.
//
// A quotation ends in its paragraph (an empty line or a form feed ends one) and
// within kMostQuoteBytes, since not every text has paragraphs. A mark without a
// partner there quotes nothing, with one exception, which is how books print
// long quotations: a paragraph that begins with an opening mark and does not
// close it is quoted as a whole if the next one begins with that mark, too.
//
// A line whose first character behind white space is > is a block quote, but
// for the notes that Markdown writes so: > [!NOTE].
//
// Cost: one pass over the text. Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_QUOTATION_H_
#define TWICETOLD_PASSAGE_QUOTATION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// A passage is a quotation if this share of the words of one side is quoted.
inline constexpr double kMinQuotedShare = .9;

// Quotations of fewer words count for nothing: they are names and titles, or
// the strings of a table or a program.
inline constexpr uint32_t kLeastQuoteWords = 8;

// Marks further apart are no partners: in a text without empty lines, as
// scanned books have it, stray ones would quote whole chapters. Some 700 words
// of English, more than a paragraph usually has.
inline constexpr size_t kMostQuoteBytes = 4096;

// What is quoted in `utf8` (less than 4 GiB), with its marks: ascending, not
// overlapping.
std::vector<ByteRange> FindQuotes(std::string_view utf8);

// The words of each of `quotes` that has kLeastQuoteWords, given where each
// word stands: ascending, not overlapping.
std::vector<WordRange> WordsInside(std::span<const ByteRange> quotes,
                                   std::span<const ByteRange> words);

// The share of `range`, which is not empty, that is quoted.
double QuotedShare(const Words& words, WordRange range);

// Makes a passage that is verbatim or light a quotation if one of its sides
// is quoted for the most part.
void LabelQuotation(const Words& a, const Words& b, Passage* passage);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_QUOTATION_H_
