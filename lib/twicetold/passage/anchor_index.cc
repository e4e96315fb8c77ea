// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/anchor_index.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>
#include <utility>

#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

constexpr int kPartBits = 10;
static_assert(AnchorLists::kParts == size_t{1} << kPartBits);

// Anchors of a part added as one piece of memory: 2 KiB.
constexpr size_t kChunk = 128;

constexpr uint32_t kFree = 0xffffffff;

// Documents of a range that one thread lists, at least.
constexpr size_t kLeastRange = 1024;

struct Entry {
  uint64_t key = 0;
  AnchorPlace place;
};

bool ByPosition(const AnchorPlace& x, const AnchorPlace& y) {
  return std::tuple(x.document, x.position) <
         std::tuple(y.document, y.position);
}

// Sorts by position. Numbers of a document's words are small, so that two
// rounds by 11 bits do for most.
void SortByPosition(std::span<AnchorAt> at, std::vector<AnchorAt>* scratch) {
  constexpr int kDigitBits = 11;
  constexpr size_t kFewer = 64;
  const auto less = [](const AnchorAt& x, const AnchorAt& y) {
    return x.position < y.position;
  };
  if (at.size() < kFewer) {
    std::sort(at.begin(), at.end(), less);
    return;
  }
  const uint32_t last = std::max_element(at.begin(), at.end(), less)->position;
  scratch->resize(at.size());
  std::span<AnchorAt> from = at;
  std::span<AnchorAt> to = *scratch;
  for (int shift = 0; shift < 32 && last >> shift != 0; shift += kDigitBits) {
    const auto digit = [shift](const AnchorAt& x) {
      return (x.position >> shift) & ((1u << kDigitBits) - 1);
    };
    std::array<uint32_t, (1u << kDigitBits) + 1> next = {};
    for (const AnchorAt& x : from) ++next[digit(x) + 1];
    for (size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
    for (const AnchorAt& x : from) to[next[digit(x)]++] = x;
    std::swap(from, to);
  }
  if (from.data() != at.data()) std::copy(from.begin(), from.end(), at.begin());
}

// Groups the entries of a part by key.
class Grouper {
 public:
  // Calls visit(key, places) for every key of two places at least. `places`,
  // in any order, may be changed.
  template <typename Visit>
  void Group(std::span<const std::span<const Entry>> pieces,
             const Visit& visit) {
    Count(pieces);
    places_.resize(Starts());
    const uint32_t* key_of = key_of_.data();
    for (const std::span<const Entry> piece : pieces) {
      for (const Entry& entry : piece) {
        Key& key = keys_[*key_of++];
        if (key.count >= 2) places_[key.next++] = entry.place;
      }
    }
    for (const Key& key : keys_) {
      if (key.count < 2) continue;
      // Filling has moved the start to the end.
      visit(key.key,
            std::span(places_).subspan(key.next - key.count, key.count));
    }
  }

 private:
  struct Key {
    uint64_t key = 0;
    uint32_t count = 0;
    uint32_t next = 0;  // where the next place goes
  };

  void Count(std::span<const std::span<const Entry>> pieces) {
    size_t entries = 0;
    for (const std::span<const Entry> piece : pieces) entries += piece.size();
    slots_.assign(std::bit_ceil(2 * entries + 1), kFree);
    keys_.clear();
    key_of_.resize(entries);
    uint32_t* key_of = key_of_.data();
    for (const std::span<const Entry> piece : pieces) {
      for (const Entry& entry : piece) *key_of++ = CountKey(entry.key);
    }
  }

  // Gives the index in keys_.
  uint32_t CountKey(uint64_t key) {
    const size_t mask = slots_.size() - 1;
    // The top bits of the hash chose the part; the low ones are free.
    size_t slot = Mix(key) & mask;
    while (slots_[slot] != kFree && keys_[slots_[slot]].key != key) {
      slot = (slot + 1) & mask;
    }
    if (slots_[slot] == kFree) {
      slots_[slot] = static_cast<uint32_t>(keys_.size());
      keys_.push_back({.key = key, .count = 0, .next = 0});
    }
    ++keys_[slots_[slot]].count;
    return slots_[slot];
  }

  // Gives keys their room; returns how much they take together.
  size_t Starts() {
    uint32_t start = 0;
    for (Key& key : keys_) {
      key.next = start;
      if (key.count >= 2) start += key.count;
    }
    return start;
  }

  std::vector<uint32_t> slots_;   // indices into keys_
  std::vector<Key> keys_;         // in the order of their first entries
  std::vector<uint32_t> key_of_;  // of each entry
  std::vector<AnchorPlace> places_;
};

uint32_t RaritiesOf(uint64_t key, const Rarity& rarity) {
  uint32_t rarities = 0;
  for (uint32_t i = 0; i < kAnchorWords; ++i) {
    const uint64_t cell = WordOfKey(key, i) >> (kWordKeyBits - kRarityCellBits);
    rarities = rarities << 8 | rarity.PartsOfCell(cell);
  }
  return rarities;
}

// Splits `places`, ascending, by the caps: those that stay, and the others.
void SplitByCaps(std::span<const AnchorPlace> places,
                 const AnchorOptions& options, std::vector<AnchorPlace>* kept,
                 std::vector<AnchorPlace>* over) {
  kept->clear();
  over->clear();
  uint32_t documents = 0;
  for (size_t i = 0; i < places.size();) {
    size_t end = i + 1;
    while (end < places.size() && places[end].document == places[i].document) {
      ++end;
    }
    const bool many = end - i > options.most_in_document;
    std::vector<AnchorPlace>* to = many ? over : kept;
    to->insert(to->end(), places.begin() + static_cast<ptrdiff_t>(i),
               places.begin() + static_cast<ptrdiff_t>(end));
    ++documents;
    i = end;
  }
  if (documents <= options.most_documents) return;
  over->assign(places.begin(), places.end());
  kept->clear();
}

}  // namespace

// What one thread has added.
class AnchorIndexBuilder::Worker {
 public:
  void Add(uint32_t document, std::span<const uint64_t> hashes,
           std::span<const WordRange> left_out, uint32_t window) {
    counts.Add(hashes);
    uint32_t begin = 0;
    const auto add = [&](uint32_t end) {
      if (begin >= end) return;
      MinimizerBlocks blocks(hashes.subspan(begin, end - begin), begin, window);
      for (std::span<const Minimizer> block; blocks.Next(&block);) {
        for (const Minimizer& m : block) {
          Push(Mix(m.key) >> (64 - kPartBits),
               {m.key, {.document = document, .position = m.position}});
        }
      }
    };
    for (const WordRange& range : left_out) {
      add(range.begin);
      begin = range.end;
    }
    add(static_cast<uint32_t>(hashes.size()));
  }

  // Adds the entries of a part to `*pieces`, in order.
  void List(size_t part, std::vector<std::span<const Entry>>* pieces) const {
    const Chunks& chunks = parts_[part];
    for (size_t i = 0; i < chunks.full.size(); ++i) {
      const size_t size = i + 1 < chunks.full.size() ? kChunk : chunks.filled;
      pieces->push_back({chunks.full[i].get(), size});
    }
  }

  // Gives their memory back.
  void Drop(size_t part) { parts_[part] = {}; }

  WordCounts counts;

 private:
  struct Chunks {
    std::vector<std::unique_ptr<Entry[]>> full;  // but for the last
    size_t filled = kChunk;                      // entries of the last
  };

  void Push(size_t part, const Entry& entry) {
    Chunks& chunks = parts_[part];
    if (chunks.filled == kChunk) {
      chunks.full.emplace_back(new Entry[kChunk]);
      chunks.filled = 0;
    }
    chunks.full.back()[chunks.filled++] = entry;
  }

  std::array<Chunks, AnchorLists::kParts> parts_;
};

bool AnchorLists::Append(size_t part, std::span<const AnchorPlace> places,
                         uint32_t rarities) {
  std::vector<AnchorPlace>& all = parts_[part];
  if (all.size() >= size_t{1} << kHeadBits) return false;
  const bool twice_in_one =
      std::adjacent_find(places.begin(), places.end(),
                         [](const AnchorPlace& x, const AnchorPlace& y) {
                           return x.document == y.document;
                         }) != places.end();
  all.push_back({.document = static_cast<uint32_t>(places.size()),
                 .position = rarities | (twice_in_one ? kTwiceInOne : 0)});
  all.insert(all.end(), places.begin(), places.end());
  return true;
}

void AnchorLists::ListByDocument(uint32_t documents, ThreadPool* pool,
                                 std::stop_token stop) {
  begins_.assign(size_t{documents} + 1, 0);
  // Every thread goes through all places and takes those of its documents.
  const size_t range = std::max(
      kLeastRange, size_t{documents} / static_cast<size_t>(pool->size()) + 1);
  const auto for_each = [&](size_t begin, size_t end, const auto& visit) {
    for (uint32_t part = 0; part < kParts; ++part) {
      const std::vector<AnchorPlace>& places = parts_[part];
      for (size_t head = 0; head < places.size();) {
        const auto number = part << kHeadBits | static_cast<uint32_t>(head);
        const size_t last = head + places[head].document;
        for (size_t i = head + 1; i <= last; ++i) {
          const size_t document = places[i].document;
          if (document >= begin && document < end) visit(places[i], number);
        }
        head = last + 1;
      }
    }
  };
  pool->For(
      documents, range,
      [&](size_t begin, size_t end, int) {
        for_each(begin, end, [&](const AnchorPlace& place, uint32_t) {
          ++begins_[place.document + 1];
        });
      },
      stop);
  for (size_t i = 0; i < documents; ++i) begins_[i + 1] += begins_[i];
  at_.resize(begins_.back());
  pool->For(
      documents, range,
      [&](size_t begin, size_t end, int) {
        std::vector<uint64_t> next(
            begins_.begin() + static_cast<ptrdiff_t>(begin),
            begins_.begin() + static_cast<ptrdiff_t>(end));
        for_each(begin, end, [&](const AnchorPlace& place, uint32_t number) {
          at_[next[place.document - begin]++] = {.position = place.position,
                                                 .anchor = number};
        });
        std::vector<AnchorAt> scratch;
        for (size_t i = begin; i < end; ++i) {
          SortByPosition(
              std::span(at_).subspan(begins_[i], begins_[i + 1] - begins_[i]),
              &scratch);
        }
      },
      stop);
}

AnchorIndexBuilder::AnchorIndexBuilder(uint32_t documents, int workers,
                                       const AnchorOptions& options)
    : options_(options), words_(documents) {
  for (int i = 0; i < workers; ++i) {
    workers_.push_back(std::make_unique<Worker>());
  }
}

AnchorIndexBuilder::~AnchorIndexBuilder() = default;

void AnchorIndexBuilder::Add(uint32_t document, int worker,
                             std::span<const uint64_t> hashes,
                             std::span<const WordRange> left_out) {
  words_[document] = static_cast<uint32_t>(hashes.size());
  workers_[static_cast<size_t>(worker)]->Add(document, hashes, left_out,
                                             options_.window);
}

// What one thread builds parts with.
class AnchorIndexBuilder::Room {
 public:
  std::vector<std::span<const Entry>> pieces;
  std::vector<AnchorPlace> kept;
  std::vector<AnchorPlace> over;
  Grouper grouper;
};

void AnchorIndexBuilder::BuildPart(size_t part, Room* room, AnchorIndex* index,
                                   uint64_t* dropped) {
  std::vector<std::span<const Entry>>& pieces = room->pieces;
  std::vector<AnchorPlace>& kept = room->kept;
  std::vector<AnchorPlace>& over = room->over;
  pieces.clear();
  for (const auto& worker : workers_) worker->List(part, &pieces);
  room->grouper.Group(pieces, [&](uint64_t key, std::span<AnchorPlace> places) {
    // Those of one thread are sorted; those of several one after the other.
    if (!std::is_sorted(places.begin(), places.end(), ByPosition)) {
      std::sort(places.begin(), places.end(), ByPosition);
    }
    const uint32_t rarities = RaritiesOf(key, index->rarity);
    std::span<const AnchorPlace> shared = places;
    if (places.size() > options_.most_in_document ||
        places.size() > options_.most_documents) {
      // Of one document all are over: they need not be copied.
      std::span<const AnchorPlace> common = places;
      if (places.front().document != places.back().document) {
        SplitByCaps(places, options_, &kept, &over);
        common = over;
        shared = kept;
      } else if (places.size() > options_.most_in_document ||
                 options_.most_documents == 0) {
        shared = {};
      } else {
        common = {};  // more places than documents are wanted
      }
      if (!common.empty() && !index->common.Append(part, common, rarities)) {
        *dropped += common.size();
      }
    }
    if (shared.size() >= 2 && !index->shared.Append(part, shared, rarities)) {
      *dropped += shared.size();
    }
  });
  for (const auto& worker : workers_) worker->Drop(part);
  index->shared.parts_[part].shrink_to_fit();
  index->common.parts_[part].shrink_to_fit();
}

AnchorIndex AnchorIndexBuilder::Build(ThreadPool* pool, std::stop_token stop) {
  AnchorIndex index;
  index.options = options_;
  WordCounts counts;
  for (const auto& worker : workers_) counts.Add(worker->counts);
  index.rarity = Rarity(counts);
  std::vector<uint64_t> dropped(AnchorLists::kParts);
  std::vector<Room> rooms(static_cast<size_t>(pool->size()));
  pool->For(
      AnchorLists::kParts, 1,
      [&](size_t begin, size_t end, int worker) {
        Room* const room = &rooms[static_cast<size_t>(worker)];
        for (size_t part = begin; part < end; ++part) {
          BuildPart(part, room, &index, &dropped[part]);
        }
      },
      stop);
  for (uint64_t places : dropped) index.dropped += places;
  rooms.clear();
  workers_.clear();
  const auto documents = static_cast<uint32_t>(words_.size());
  index.shared.ListByDocument(documents, pool, stop);
  index.common.ListByDocument(documents, pool, stop);
  index.words = std::move(words_);
  return index;
}

AnchorIndex BuildAnchorIndex(uint32_t documents, const AnchorOptions& options,
                             const LoadWordHashes& load, ThreadPool* pool,
                             std::stop_token stop) {
  AnchorIndexBuilder builder(documents, pool->size(), options);
  std::vector<std::vector<uint64_t>> hashes(static_cast<size_t>(pool->size()));
  pool->For(
      documents, 16,
      [&](size_t begin, size_t end, int worker) {
        std::vector<uint64_t>& words = hashes[static_cast<size_t>(worker)];
        for (size_t i = begin; i < end; ++i) {
          const auto document = static_cast<uint32_t>(i);
          if (load(document, worker, &words)) {
            builder.Add(document, worker, words);
          }
        }
      },
      stop);
  return builder.Build(pool, stop);
}

}  // namespace twicetold
