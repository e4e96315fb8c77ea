// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/search.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <tuple>
#include <utility>

#include "twicetold/corpus/text_reader.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/anchor_index.h"
#include "twicetold/passage/score.h"
#include "twicetold/passage/windows.h"
#include "twicetold/passage/words_cache.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/shingle_table.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

// Text that a near-duplicate shares with its representative, in shingles of
// so many words, is looked for once.
constexpr int kSharedShingle = 5;

// Reads the words of documents for the index, keeping its memory.
class HashReader {
 public:
  explicit HashReader(const Corpus& corpus) : corpus_(corpus) {}

  // False if it cannot be read.
  bool Read(uint32_t document) {
    const DecodedText* text = reader_.Read(corpus_, document);
    if (text == nullptr) return false;
    bytes_read_ = text->source.size();
    TokenHashes(text->utf8, &hashes_);
    return true;
  }
  const std::vector<uint64_t>& hashes() const { return hashes_; }
  uint64_t bytes_read() const { return bytes_read_; }

 private:
  const Corpus& corpus_;
  TextReader reader_;
  std::vector<uint64_t> hashes_;
  uint64_t bytes_read_ = 0;
};

// What of a near-duplicate its representative has, too.
class SharedText {
 public:
  // Reads what is held against others, by a reader that other documents are
  // read with before and after.
  void Load(uint32_t representative, HashReader* reader) {
    if (loaded_ && of_ == representative) return;
    loaded_ = true;
    of_ = representative;
    shingles_.clear();
    if (reader->Read(representative)) {
      MakeShingles(reader->hashes(), kSharedShingle, &shingles_);
    }
    of_representative_.MakeDistinct(&shingles_);
    of_representative_.Build(shingles_);
  }

  // Ranges of `hashes` that are covered by shingles of what was loaded last.
  std::vector<WordRange> In(const std::vector<uint64_t>& hashes) {
    MakeShingles(hashes, kSharedShingle, &shingles_);
    of_representative_.MarkPresent(shingles_, &is_shared_);
    std::vector<WordRange> ranges;
    for (uint32_t i = 0; i < shingles_.size(); ++i) {
      if (is_shared_[i] == 0) continue;
      const uint32_t end = static_cast<uint32_t>(
          std::min<size_t>(hashes.size(), i + kSharedShingle));
      if (!ranges.empty() && ranges.back().end >= i) {
        ranges.back().end = end;
      } else {
        ranges.push_back({i, end});
      }
    }
    return ranges;
  }

 private:
  bool loaded_ = false;
  uint32_t of_ = 0;
  ShingleTable of_representative_;
  ShingleList shingles_;
  std::vector<uint8_t> is_shared_;
};

AnchorIndex IndexAnchors(const PassageRequest& request, ThreadPool* pool,
                         std::stop_token stop) {
  const auto count = static_cast<uint32_t>(request.documents.size());
  AnchorIndexBuilder builder(count, pool->size(), {});
  // Near-duplicates one after the other, so that what they are held against
  // is loaded once.
  std::vector<uint32_t> order(count);
  for (uint32_t i = 0; i < count; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t x, uint32_t y) {
    return std::tuple(request.representatives[x], x) <
           std::tuple(request.representatives[y], y);
  });
  const auto workers = static_cast<size_t>(pool->size());
  std::deque<HashReader> readers;
  for (size_t i = 0; i < workers; ++i) readers.emplace_back(request.corpus);
  std::vector<SharedText> shared_texts(workers);
  pool->For(
      count, 8,
      [&](size_t begin, size_t end, int worker) {
        HashReader& reader = readers[static_cast<size_t>(worker)];
        uint64_t bytes = 0;
        for (size_t i = begin; i < end; ++i) {
          const uint32_t document = order[i];
          const uint32_t representative = request.representatives[document];
          SharedText& shared = shared_texts[static_cast<size_t>(worker)];
          if (representative != document) {
            shared.Load(request.documents[representative], &reader);
          }
          if (!reader.Read(request.documents[document])) continue;
          bytes += reader.bytes_read();
          std::vector<WordRange> left_out;
          if (representative != document) {
            left_out = shared.In(reader.hashes());
          }
          builder.Add(document, worker, reader.hashes(), left_out);
        }
        request.read(end - begin, bytes);
      },
      stop);
  return builder.Build(pool, stop);
}

// The windows of one pair of documents.
struct PairWindows {
  uint32_t a = 0;  // indices in PassageRequest::documents
  uint32_t b = 0;
  std::span<const AlignWindow> windows;
};

// `all` takes the windows, and has to outlive the pairs.
std::vector<PairWindows> GroupByPair(std::span<const PassageWindow> windows,
                                     std::vector<AlignWindow>* all) {
  all->clear();
  all->reserve(windows.size());
  for (const PassageWindow& window : windows) {
    all->push_back({window.a, window.b});
  }
  std::vector<PairWindows> pairs;
  for (size_t begin = 0; begin < windows.size();) {
    const uint32_t a = windows[begin].document_a;
    const uint32_t b = windows[begin].document_b;
    size_t end = begin + 1;
    while (end < windows.size() && windows[end].document_a == a &&
           windows[end].document_b == b) {
      ++end;
    }
    pairs.push_back({a, b, std::span(*all).subspan(begin, end - begin)});
    begin = end;
  }
  return pairs;
}

// Aligns the windows of each pair.
class WindowAligner {
 public:
  WindowAligner(const PassageRequest& request, const WordBits& bits,
                int workers)
      : request_(request), cache_(request.corpus, request.cache_bytes) {
    for (int i = 0; i < workers; ++i) {
      aligners_.emplace_back(request.options, bits);
    }
  }

  // Keeps the words of documents that `repeats` have listed.
  std::vector<FoundPassage> Align(const std::vector<PairWindows>& pairs,
                                  const Repeats& repeats, ThreadPool* pool,
                                  std::stop_token stop) {
    CountUses(pairs, repeats);
    std::vector<std::vector<FoundPassage>> found(pairs.size());
    pool->For(
        pairs.size(), 1,
        [&](size_t begin, size_t end, int worker) {
          WindowsAligner& aligner = aligners_[static_cast<size_t>(worker)];
          for (size_t i = begin; i < end; ++i) {
            found[i] = AlignOne(pairs[i], &aligner);
            EndUse(pairs[i].a);
            EndUse(pairs[i].b);
          }
        },
        stop);
    std::vector<FoundPassage> all;
    size_t count = 0;
    for (const auto& of_pair : found) count += of_pair.size();
    all.reserve(count);
    for (const std::vector<FoundPassage>& of_pair : found) {
      all.insert(all.end(), of_pair.begin(), of_pair.end());
    }
    return all;
  }

  uint64_t unreadable() const { return unreadable_; }
  WordsCache* cache() { return &cache_; }

 private:
  void CountUses(std::span<const PairWindows> pairs, const Repeats& repeats) {
    uses_ = std::vector<std::atomic<uint32_t>>(request_.documents.size());
    for (const PairWindows& pair : pairs) {
      ++uses_[pair.a];
      ++uses_[pair.b];
    }
    for (const Repeat& repeat : repeats.repeats) {
      for (const Place& place : repeat.listed) ++uses_[place.document];
    }
  }

  void EndUse(uint32_t document) {
    if (--uses_[document] == 0) cache_.Drop(request_.documents[document]);
  }

  std::vector<FoundPassage> AlignOne(const PairWindows& pair,
                                     WindowsAligner* aligner) {
    const uint32_t document_a = request_.documents[pair.a];
    const uint32_t document_b = request_.documents[pair.b];
    const bool within = pair.a == pair.b;
    const std::shared_ptr<const Words> a = cache_.Get(document_a);
    const std::shared_ptr<const Words> b = within ? a : cache_.Get(document_b);
    if (a == nullptr || b == nullptr || !Fits(pair, *a, *b)) {
      unreadable_ += pair.windows.size();
      return {};
    }
    std::vector<FoundPassage> found;
    for (Passage& passage :
         aligner->Align(*a, within ? nullptr : b.get(), pair.windows)) {
      if (passage.score < request_.min_score) continue;
      LabelIgnored(request_.ignored, *a, *b, &passage);
      found.push_back({document_a, document_b, passage, a->BytesOf(passage.a),
                       b->BytesOf(passage.b)});
    }
    return found;
  }

  // Whether the documents are still as long as the windows need.
  static bool Fits(const PairWindows& pair, const Words& a, const Words& b) {
    return std::all_of(pair.windows.begin(), pair.windows.end(),
                       [&](const AlignWindow& window) {
                         return window.a.end <= a.size() &&
                                window.b.end <= b.size();
                       });
  }

  const PassageRequest& request_;
  WordsCache cache_;
  std::vector<WindowsAligner> aligners_;     // one a worker
  std::vector<std::atomic<uint32_t>> uses_;  // to come, of each document
  std::atomic<uint64_t> unreadable_{0};
};

std::vector<FoundReuse> ReusesOf(std::span<const FoundPassage> passages) {
  std::vector<PlacePair> pairs;
  pairs.reserve(passages.size());
  for (const FoundPassage& found : passages) {
    pairs.push_back({.a = {found.document_a, found.passage.a},
                     .b = {found.document_b, found.passage.b},
                     .kind = found.passage.kind,
                     .score = found.passage.score});
  }
  std::vector<FoundReuse> reuses;
  for (ReuseEntry& entry : JoinReuse(pairs)) {
    FoundReuse reuse{.kind = entry.kind,
                     .score = entry.score,
                     .place_count = entry.places.size()};
    reuse.places.reserve(entry.places.size());
    for (size_t i = 0; i < entry.places.size(); ++i) {
      const FoundPassage& found = passages[entry.sides[i] / 2];
      const bool is_b = entry.sides[i] % 2 != 0;
      reuse.places.push_back({entry.places[i].document, entry.places[i].words,
                              is_b ? found.utf8_b : found.utf8_a});
    }
    reuse.passages = std::move(entry.pairs);
    reuse.ignored = entry.ignored;
    reuses.push_back(std::move(reuse));
  }
  return reuses;
}

void AddRepeats(const PassageRequest& request, const Repeats& repeats,
                WordsCache* cache, std::vector<FoundReuse>* reuses) {
  for (const Repeat& repeat : repeats.repeats) {
    const bool within = repeat.kind == PassageKind::kRepeated;
    if (!(within ? request.within : request.across)) continue;
    if (repeat.score < request.min_score) continue;
    FoundReuse reuse{.kind = repeat.kind,
                     .score = repeat.score,
                     .place_count = repeat.places};
    for (const Place& place : repeat.listed) {
      const uint32_t document = request.documents[place.document];
      const std::shared_ptr<const Words> words = cache->Get(document);
      if (words == nullptr || place.words.end > words->size()) continue;
      reuse.places.push_back(
          {document, place.words, words->BytesOf(place.words)});
      if (reuse.places.size() == 1) {
        reuse.ignored = request.ignored.Covers(
            std::span(words->hashes)
                .subspan(place.words.begin, place.words.size()));
      }
    }
    if (reuse.ignored) reuse.kind = PassageKind::kBoilerplate;
    if (!reuse.places.empty()) reuses->push_back(std::move(reuse));
  }
}

}  // namespace

FoundPassages SearchPassages(const PassageRequest& request, ThreadPool* pool,
                             std::stop_token stop) {
  FoundPassages found;
  AnchorIndex index = IndexAnchors(request, pool, stop);
  const Repeats repeats = FindRepeats(index, request.roles);
  const PassageWindows windows = FindWindows(index,
                                             {.within = request.within,
                                              .across = request.across,
                                              .roles = request.roles},
                                             request.families, pool, stop);
  const Rarity rarity = std::move(index.rarity);
  index = {};  // makes room for words
  found.windows_left_out = windows.left_out;
  found.passed_over = windows.passed_over;
  WindowAligner aligner(
      request, [&rarity](uint64_t hash) { return rarity.BitsOf(hash); },
      pool->size());
  std::vector<AlignWindow> all;
  const std::vector<PairWindows> pairs = GroupByPair(windows.windows, &all);
  for (const PairWindows& pair : pairs) found.windows += pair.windows.size();
  found.passages = aligner.Align(pairs, repeats, pool, stop);
  found.unreadable = aligner.unreadable();
  found.reuses = ReusesOf(found.passages);
  AddRepeats(request, repeats, aligner.cache(), &found.reuses);
  std::stable_sort(found.reuses.begin(), found.reuses.end(),
                   [](const FoundReuse& x, const FoundReuse& y) {
                     return x.score > y.score;
                   });
  return found;
}

}  // namespace twicetold
