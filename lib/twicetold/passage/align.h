// SPDX-License-Identifier: Apache-2.0
//
// The passages of a pair of texts, or of one text with itself.
//
//   cells -> seeds -> blocks -> borders -> evidence -> neighbours -> summaries
//   -> runs -> whole sentences -> sections -> folding
//
// Guarantee: AlignPair(b, a) gives what AlignPair(a, b) gives with the sides
// exchanged, and nothing else. Passages may share words on one side (one
// section used twice), not on both. What one document says n times is n - 1
// passages (fold.h). Order: highest score first, then by place.
//
// Source: cells as tf-idf vectors, seeds and blocks follow Sanchez-Perez,
// Gelbukh and Sidorov (PAN 2015); borders by maximum-sum segments, evidence
// against chance, runs and summaries are our own. doc/performance.md has what
// each step is worth.
//
// Cost: linear in the words of both texts for text as people write it; each
// step's header says what bounds it on other text.
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_ALIGN_H_
#define TWICETOLD_PASSAGE_ALIGN_H_

#include <memory>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/score.h"
#include "twicetold/passage/words.h"

namespace twicetold {

std::vector<Passage> AlignPair(const Words& a, const Words& b,
                               const PassageOptions& options);

// Side a of each passage stands before side b.
std::vector<Passage> AlignWithin(const Words& words,
                                 const PassageOptions& options);

// Where to look for passages: words of both sides.
struct AlignWindow {
  WordRange a;
  WordRange b;
};

// The same in windows only, ascending, without summaries (which stand in no
// window), scored by `bits`. What stems tell is taken from the whole texts.
// Cost: O(words in windows), and filling four bytes a distinct stem of either
// text. Keeps its memory between calls; one a thread.
class WindowsAligner {
 public:
  // `options` has to outlive the aligner.
  WindowsAligner(const PassageOptions& options, WordBits bits);
  WindowsAligner(WindowsAligner&&) noexcept;
  ~WindowsAligner();

  // `b` is null for one document with itself.
  std::vector<Passage> Align(const Words& a, const Words* b,
                             std::span<const AlignWindow> windows);

 private:
  class Memory;
  WordBits bits_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_ALIGN_H_
