// SPDX-License-Identifier: Apache-2.0
//
// The anchors of a collection: shingles of 3 words, minimizers of their text
// (minimizers.h), that stand in two places at least.
//
// An anchor in more than `most_in_document` places of a document is left out
// there, and one in more than `most_documents` documents everywhere: such are
// common anchors, which repeats.h looks into. Those of one place only are
// forgotten.
//
// Guarantee: the index does not depend on threads nor on the order of adding.
// Cost: linear. Memory: 16 bytes an anchor while adding, that is some 6.5
// bytes a word at a window of 4; then 16 for each that is kept, 8 a document.
//
// Thread safety: Add may be called from many threads with a worker each; an
// index is constant.
#ifndef TWICETOLD_PASSAGE_ANCHOR_INDEX_H_
#define TWICETOLD_PASSAGE_ANCHOR_INDEX_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/passage/minimizers.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/rarity.h"

namespace twicetold {

struct AnchorOptions {
  uint32_t window = 4;  // shingles of which one becomes an anchor
  uint32_t most_in_document = 8;
  uint32_t most_documents = 100;
};

// The window for a collection of so many words: every shingle as long as that
// takes little, then fewer. What is left out costs nothing where text was used
// again word for word, and where it was told in other words a share of it.
constexpr uint32_t AnchorWindowFor(uint64_t words) {
  if (words <= uint64_t{4} << 20) return 1;
  if (words <= uint64_t{16} << 20) return 2;
  return 4;
}

// Where an anchor begins.
struct AnchorPlace {
  uint32_t document = 0;
  uint32_t position = 0;
  friend bool operator==(const AnchorPlace&, const AnchorPlace&) = default;
};

// An anchor with all its places, ascending.
struct SharedAnchor {
  std::span<const AnchorPlace> places;
  bool twice_in_one = false;  // two places in one document somewhere
  std::array<uint8_t, kAnchorWords> rarity = {};  // Rarity::kPartsOfBit, a word
};

// Where an anchor stands in a document. Those with equal `anchor` are one.
struct AnchorAt {
  uint32_t position = 0;
  uint32_t anchor = 0;
  friend bool operator==(const AnchorAt&, const AnchorAt&) = default;
};

// Anchors by number, and by the documents in which they stand.
class AnchorLists {
 public:
  static constexpr size_t kParts = 1024;

  // Ascending by position.
  std::span<const AnchorAt> Of(uint32_t document) const {
    return std::span(at_).subspan(begins_[document],
                                  begins_[document + 1] - begins_[document]);
  }
  uint64_t size() const { return at_.size(); }
  SharedAnchor Get(uint32_t anchor) const {
    const AnchorPlace* head = HeadOf(anchor);
    return {.places = {head + 1, head->document},
            .twice_in_one = (head->position & kTwiceInOne) != 0,
            .rarity = {static_cast<uint8_t>(head->position >> 16),
                       static_cast<uint8_t>(head->position >> 8),
                       static_cast<uint8_t>(head->position)}};
  }
  void Prefetch(uint32_t anchor) const { __builtin_prefetch(HeadOf(anchor)); }

 private:
  friend class AnchorIndexBuilder;
  // A part's anchors one after the other, each a head (the number of places
  // in `document`, rarities in `position`) and its places. An anchor's number
  // is its part and where its head is.
  static constexpr int kHeadBits = 22;
  static constexpr uint32_t kTwiceInOne = 1u << 24;
  const AnchorPlace* HeadOf(uint32_t anchor) const {
    return parts_[anchor >> kHeadBits].data() +
           (anchor & ((uint32_t{1} << kHeadBits) - 1));
  }
  // False if there is no number left for it.
  bool Append(size_t part, std::span<const AnchorPlace> places,
              uint32_t rarities);
  void ListByDocument(uint32_t documents, ThreadPool* pool,
                      std::stop_token stop);

  std::vector<std::vector<AnchorPlace>> parts_ =
      std::vector<std::vector<AnchorPlace>>(kParts);
  std::vector<uint64_t> begins_;  // of each document in at_; one more
  std::vector<AnchorAt> at_;
};

struct AnchorIndex {
  AnchorOptions options;
  std::vector<uint32_t> words;  // of each document
  Rarity rarity;                // among all words of the collection
  AnchorLists shared;           // below the caps, in two places at least
  AnchorLists common;           // above a cap
  // Places for which there was no number left: none below 10^10 words.
  uint64_t dropped = 0;

  uint32_t documents() const { return static_cast<uint32_t>(words.size()); }
};

class AnchorIndexBuilder {
 public:
  // `workers` threads may add, documents are numbered from 0.
  AnchorIndexBuilder(uint32_t documents, int workers,
                     const AnchorOptions& options);
  ~AnchorIndexBuilder();

  // Adds a document, once, given the hashes of its words. Words in `left_out`
  // (ascending, apart) are counted but make no anchors.
  void Add(uint32_t document, int worker, std::span<const uint64_t> hashes,
           std::span<const WordRange> left_out = {});

  // Once. `stop` ends the work early with an incomplete index.
  AnchorIndex Build(ThreadPool* pool, std::stop_token stop);

 private:
  class Worker;
  class Room;
  void BuildPart(size_t part, Room* room, AnchorIndex* index,
                 uint64_t* dropped);

  AnchorOptions options_;
  std::vector<uint32_t> words_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

// Sets `*hashes` to the hashes of a document's words; false if it cannot be
// had any more. Called from many threads at once.
using LoadWordHashes = std::function<bool(uint32_t document, int worker,
                                          std::vector<uint64_t>* hashes)>;

// The index of `documents` documents; one that cannot be had has no words.
AnchorIndex BuildAnchorIndex(uint32_t documents, const AnchorOptions& options,
                             const LoadWordHashes& load, ThreadPool* pool,
                             std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_ANCHOR_INDEX_H_
