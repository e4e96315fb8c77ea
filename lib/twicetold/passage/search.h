// SPDX-License-Identifier: Apache-2.0
//
// The passages of a collection: over all documents, and inside each.
//
//   words -> anchors -> windows -> alignment -> passages -> reuse
//
// Every document is read once for its anchors, and again if it has a candidate
// window. A near-duplicate takes part with the text that its representative
// does not have.
//
// Guarantee: the outcome does not depend on the number of threads.
// Cost: linear in the text and in the windows, which FindWindows bounds.
// Memory: the index of anchors (anchor_index.h), then at most `cache_bytes` of
// words. Thread safety: may be called from many threads with a pool each.
#ifndef TWICETOLD_PASSAGE_SEARCH_H_
#define TWICETOLD_PASSAGE_SEARCH_H_

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/passage/ignored_text.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/place.h"
#include "twicetold/passage/repeats.h"
#include "twicetold/passage/reuse.h"

namespace twicetold {

struct PassageRequest {
  const Corpus& corpus;
  // That take part, ascending: one for each distinct text.
  std::span<const uint32_t> documents;
  // Of each of `documents`: the index in `documents` of the one that stands
  // for its cluster of near-duplicates; its own index if none does.
  std::span<const uint32_t> representatives;
  // Of each of `documents`: the same for all of a cluster. Two of one family
  // have no passages with each other.
  std::span<const uint32_t> families;
  // Which pairs are of interest: one document with itself, and two that
  // `roles`, by index in `documents`, compare.
  bool within = true;
  bool across = true;
  Roles roles = {};
  double min_score = 0;  // of a passage, in bits
  const PassageOptions& options;
  const IgnoredText& ignored;
  uint64_t cache_bytes = uint64_t{1} << 30;
  // Told of work done, from many threads at once.
  std::function<void(uint64_t documents, uint64_t bytes)> read;
};

// Documents by number in the corpus, a <= b; within one, a before b.
struct FoundPassage {
  uint32_t document_a = 0;
  uint32_t document_b = 0;
  Passage passage;
  ByteRange utf8_a;  // of the decoded texts
  ByteRange utf8_b;
};

struct FoundPlace {
  uint32_t document = 0;
  WordRange words;
  ByteRange utf8;
};

// Text in many places. Of `passages`, indices in FoundPassages::passages.
struct FoundReuse {
  PassageKind kind = PassageKind::kReworded;
  double score = 0;
  uint64_t place_count = 0;             // all there are
  std::vector<FoundPlace> places = {};  // of repeats the first
  std::vector<uint32_t> passages = {};
  bool ignored = false;  // all its passages are ignored text
};

struct FoundPassages {
  std::vector<FoundPassage> passages = {};
  std::vector<FoundReuse> reuses = {};  // best score first
  uint64_t windows = 0;                 // aligned
  uint64_t windows_left_out = 0;        // beyond the most over one word
  uint64_t unreadable = 0;   // windows whose documents could not be read again
  uint64_t passed_over = 0;  // anchors with more places than are looked at
};

FoundPassages SearchPassages(const PassageRequest& request, ThreadPool* pool,
                             std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEARCH_H_
