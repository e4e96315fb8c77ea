// SPDX-License-Identifier: Apache-2.0
//
// Candidate windows: where in a collection passages may be, to be aligned.
//
// A cluster is made of anchors that stand within `within_words` of each other
// in both documents and drift (the one distance less the other) by at most
// `most_drift`. One with three anchors within `within_words` and a score
// above chance makes a window: its words, and `margin_words` around them on
// both sides. Windows of a pair of documents that overlap on both sides are
// one.
//
// The score is the rarity of the words of its distinct anchors, in bits. By
// chance a pair of places shares n bits once in 2^n; there are total^2 pairs,
// so log2(total) is the measure, and `min_score` counts in it. It is above 2
// because words do not follow each other independently: stock phrases.
//
// Every document is held against those before it and against itself, so that
// the anchors of all pairs never exist at once. Of the places that an anchor
// has before a document the first `most_places` are looked at: what is used
// again and again meets the earliest places of it, which is what an entry of
// reuse (reuse.h) is held against. Guarantee: a document's words
// are in `most_windows` windows with documents before it at most, but for
// borders and margins (sentences in another order have a window each, most of
// which is margin); those left out are the ones of least score, and are
// counted. The outcome does not depend on threads.
//
// Cost: linear in the pairs of places that share an anchor, which the caps of
// the index bound. Memory: the windows, and 4 bytes a document and thread.
// Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_WINDOWS_H_
#define TWICETOLD_PASSAGE_WINDOWS_H_

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/role.h"
#include "twicetold/passage/anchor_index.h"
#include "twicetold/passage/passage.h"

namespace twicetold {

struct WindowOptions {
  uint32_t within_words = 60;
  uint32_t most_drift = 24;
  uint32_t margin_words = 100;
  uint32_t most_places = 8;   // of an anchor in documents before
  double min_score = 4;       // times log2 of the words of the collection
  uint32_t most_windows = 4;  // over any word of a document, and before it
  // Which windows are of interest: inside one document, and of two that the
  // roles, by document, compare.
  bool within = true;
  bool across = true;
  Roles roles = {};
};

// Documents a < b; or a == b, the sides apart and a before b.
struct PassageWindow {
  uint32_t document_a = 0;
  uint32_t document_b = 0;
  WordRange a;
  WordRange b;
  uint32_t anchors = 0;
  double score = 0;
  friend bool operator==(const PassageWindow&, const PassageWindow&) = default;
};

struct PassageWindows {
  // Ascending by (document_a, document_b, a.begin, b.begin).
  std::vector<PassageWindow> windows;
  uint64_t left_out = 0;  // windows beyond most_windows
  // Times an anchor had more than most_places before a document.
  uint64_t passed_over = 0;
};

// `families` is empty, or gives each document's family: two documents of one
// family (near-duplicates) have no windows with each other, but with
// themselves. `stop` ends the work early with an incomplete outcome.
PassageWindows FindWindows(const AnchorIndex& index,
                           const WindowOptions& options,
                           std::span<const uint32_t> families, ThreadPool* pool,
                           std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WINDOWS_H_
