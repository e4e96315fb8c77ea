// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/windows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <memory>
#include <tuple>
#include <utility>

namespace twicetold {
namespace {

// Words of a document whose anchors are looked at together, and how many of
// them two neighbours share.
constexpr uint32_t kSlabWords = 4096;
constexpr uint32_t kSlabOverlap = 256;

// Diagonals that are counted as one before anything is sorted.
constexpr int kBandBits = 5;

// Clusters of a pair of documents that an anchor may join, at most.
constexpr size_t kMostOpen = 32;

// Words between the begins of two places of one document, at least.
constexpr uint32_t kLeastApart = 20;

// Words that are counted as one where most_windows is held.
constexpr uint32_t kDepthWords = 64;

constexpr size_t kLeastAnchors = 3;
constexpr size_t kPrefetch = 12;
constexpr size_t kDocumentGrain = 8;

// An anchor of a slab.
struct SlabAnchor {
  uint32_t position = 0;
  uint32_t anchor = 0;
  std::array<uint8_t, kAnchorWords> rarity = {};
  // Anchors that it stands for: those before it too that have hits where it
  // has them.
  uint8_t count = 1;
};

// One of the two places that share an anchor is in the document at hand (side
// b), the other in one before it, or earlier in the same (side a).
struct Hit {
  uint32_t other = 0;
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t index = 0;  // of the anchor in the slab

  int64_t diagonal() const { return int64_t{b} - a; }
};

class Cluster {
 public:
  explicit Cluster(const Hit& hit)
      : other_(hit.other), a_{hit.a, hit.a}, b_{hit.b, hit.b} {}

  void Add(const Hit& hit, const SlabAnchor& anchor, uint32_t within_words) {
    last_a_ = hit.a;
    last_b_ = hit.b;
    const uint32_t fresh =
        std::min(kAnchorWords, hit.b + kAnchorWords - b_.end);
    a_ = {std::min(a_.begin, hit.a), std::max(a_.end, hit.a + kAnchorWords)};
    b_.end = hit.b + kAnchorWords;
    anchors_ += anchor.count;
    // Three in a row: the two before it, or those that it stands for.
    const uint32_t third = anchor.count >= 2 ? begins_[1] : begins_[0];
    if (anchors_ >= kLeastAnchors &&
        (anchor.count >= kLeastAnchors || b_.end - third <= within_words)) {
      dense_ = true;
    }
    begins_ = {begins_[1], hit.b};
    // Words that are told over and over count once.
    if (anchor.anchor == recent_[0] || anchor.anchor == recent_[1]) return;
    recent_ = {recent_[1], anchor.anchor};
    for (uint32_t i = kAnchorWords - fresh; i < kAnchorWords; ++i) {
      parts_ += anchor.rarity[i];
    }
  }

  uint32_t last_a() const { return last_a_; }
  uint32_t last_b() const { return last_b_; }
  int64_t diagonal() const { return int64_t{last_b_} - last_a_; }
  bool dense() const { return dense_; }
  double score() const {
    return static_cast<double>(parts_) / Rarity::kPartsOfBit;
  }
  PassageWindow window(uint32_t document) const {
    return {.document_a = other_,
            .document_b = document,
            .a = a_,
            .b = b_,
            .anchors = anchors_,
            .score = score()};
  }

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  uint32_t other_;
  WordRange a_;
  WordRange b_;
  uint32_t last_a_ = 0;
  uint32_t last_b_ = 0;
  uint32_t anchors_ = 0;
  std::array<uint32_t, 2> begins_ = {};  // of the last two, on side b
  std::array<uint32_t, 2> recent_ = {kNone, kNone};
  uint32_t parts_ = 0;
  bool dense_ = false;
};

// Of text that is told in other words, anchors of which some are left out cover
// less: the fewer there are, the less is asked for.
double MinScore(const AnchorIndex& index, const WindowOptions& options) {
  const double share = 2.0 / (index.options.window + 1);
  return options.min_score * index.rarity.bits_of_total() * (1 + share) / 2;
}

// The windows of one document with those before it and with itself.
class DocumentWindows {
 public:
  DocumentWindows(const AnchorIndex& index, const WindowOptions& options,
                  std::span<const uint32_t> families)
      : index_(index),
        options_(options),
        families_(families),
        min_score_(MinScore(index, options)),
        hits_of_(index.documents()) {}

  void Find(uint32_t document, PassageWindows* all) {
    document_ = document;
    found_.clear();
    std::span<const AnchorAt> rest = index_.shared.Of(document);
    uint32_t begin = 0;
    seen_end_ = 0;
    while (!rest.empty()) {
      // Not from where nothing is.
      begin = std::max(begin, rest.front().position);
      const auto position_less = [](const AnchorAt& at, uint32_t position) {
        return at.position < position;
      };
      const auto end =
          std::lower_bound(rest.begin(), rest.end(),
                           SaturatedSum(begin, kSlabWords), position_less);
      const auto size = static_cast<size_t>(end - rest.begin());
      FindInSlab(rest.first(size));
      if (size == rest.size()) break;
      seen_end_ = begin + kSlabWords;
      begin += kSlabWords - kSlabOverlap;
      const auto next =
          std::lower_bound(rest.begin(), rest.end(), begin, position_less);
      rest = rest.subspan(static_cast<size_t>(next - rest.begin()));
    }
    MergeFound();
    all->left_out += DropDeepest();
    all->passed_over += std::exchange(passed_over_, 0);
    all->windows.insert(all->windows.end(), found_.begin(), found_.end());
  }

 private:
  static uint32_t SaturatedSum(uint32_t x, uint32_t y) {
    return x + y < x ? 0xffffffff : x + y;
  }

  bool Compares(uint32_t other) const {
    return options_.across && AreCompared(options_.roles, other, document_) &&
           (families_.empty() || families_[other] != families_[document_]);
  }

  // Bands of neighbouring diagonals are neighbours.
  static size_t BandOf(const Hit& hit) {
    return static_cast<size_t>(hit.other) * 0x9e3779b1u +
           static_cast<size_t>(hit.diagonal() >> kBandBits);
  }

  void FindInSlab(std::span<const AnchorAt> slab) {
    Gather(slab);
    DropLoneHits();
    if (hits_.size() < kLeastAnchors) return;
    SortByOther();
    for (size_t i = 0; i < sorted_.size();) {
      size_t end = i + 1;
      while (end < sorted_.size() && sorted_[end].other == sorted_[i].other) {
        ++end;
      }
      if (end - i >= kLeastAnchors) {
        ClusterPair(std::span(sorted_).subspan(i, end - i));
      }
      i = end;
    }
  }

  // All hits of the slab, ascending by b, then by other document and a.
  //
  // Text that is used again word for word has the same hits, shifted, from
  // anchor to anchor. Of a run of such the first and the last are enough, and
  // between them one every kAnchorWords.
  void Gather(std::span<const AnchorAt> slab) {
    anchors_.clear();
    hits_.clear();
    uint32_t begin = 0;   // of the run: a position
    uint32_t before = 0;  // anchors of the run not gathered
    bool follows = false;
    for (size_t i = 0; i < slab.size(); ++i) {
      if (i + kPrefetch < slab.size()) {
        index_.shared.Prefetch(slab[i + kPrefetch].anchor);
      }
      const bool goes_on = i + 1 < slab.size() && Follows(slab[i], slab[i + 1]);
      if (!follows) begin = slab[i].position;
      if (follows && goes_on &&
          (slab[i].position - begin) % kAnchorWords != 0) {
        ++before;
      } else {
        GatherAnchor(slab[i], before + 1);
        before = 0;
      }
      follows = goes_on;
    }
  }

  // Whether `next` is the anchor one word on and, to judge from the number and
  // the first, stands wherever `at` does.
  bool Follows(const AnchorAt& at, const AnchorAt& next) const {
    if (next.position != at.position + 1) return false;
    const auto places = index_.shared.Get(at.anchor).places;
    const auto others = index_.shared.Get(next.anchor).places;
    return places.size() == others.size() &&
           places[0].document == others[0].document &&
           places[0].position + 1 == others[0].position;
  }

  // Hits with the first of the places before, and with those in this document.
  void GatherAnchor(const AnchorAt& at, uint32_t count) {
    const SharedAnchor anchor = index_.shared.Get(at.anchor);
    const auto index = static_cast<uint32_t>(anchors_.size());
    anchors_.push_back({.position = at.position,
                        .anchor = at.anchor,
                        .rarity = anchor.rarity,
                        .count = static_cast<uint8_t>(count)});
    const auto add = [&](const AnchorPlace& place) {
      hits_.push_back({.other = place.document,
                       .a = place.position,
                       .b = at.position,
                       .index = index});
    };
    auto place = anchor.places.begin();
    for (uint32_t left = options_.most_places;
         place != anchor.places.end() && place->document < document_; ++place) {
      if (!Compares(place->document)) continue;
      if (left == 0) break;
      --left;
      add(*place);
    }
    const bool passes_over =
        place != anchor.places.end() && place->document < document_;
    passed_over_ += passes_over ? 1 : 0;
    if (!anchor.twice_in_one || !options_.within) return;
    if (passes_over) {
      place = std::lower_bound(place, anchor.places.end(), document_,
                               [](const AnchorPlace& x, uint32_t document) {
                                 return x.document < document;
                               });
    }
    for (; place != anchor.places.end() && place->document == document_ &&
           place->position + kLeastApart <= at.position;
         ++place) {
      add(*place);
    }
  }

  // Drops hits with less than two others in their band and those beside it.
  // The counters may count bands together that are not the same: then less is
  // dropped.
  void DropLoneHits() {
    const size_t cells = std::clamp(std::bit_ceil(4 * hits_.size() + 1),
                                    size_t{1} << 8, size_t{1} << 18);
    const size_t mask = cells - 1;
    in_band_.assign(cells, 0);
    for (const Hit& hit : hits_) {
      uint8_t& count = in_band_[BandOf(hit) & mask];
      count = static_cast<uint8_t>(count + (count < kLeastAnchors ? 1 : 0));
    }
    // Without a branch: which stay follows no rule.
    size_t kept = 0;
    for (const Hit& hit : hits_) {
      const size_t band = BandOf(hit);
      const size_t near_by = size_t{in_band_[(band - 1) & mask]} +
                             in_band_[band & mask] +
                             in_band_[(band + 1) & mask];
      hits_[kept] = hit;
      kept += near_by >= kLeastAnchors ? 1 : 0;
    }
    hits_.resize(kept);
  }

  // A stable counting sort of the hits by other document.
  void SortByOther() {
    others_.clear();
    for (const Hit& hit : hits_) {
      if (hits_of_[hit.other]++ == 0) others_.push_back(hit.other);
    }
    std::sort(others_.begin(), others_.end());
    uint32_t next = 0;
    for (uint32_t other : others_) {
      const uint32_t count = hits_of_[other];
      hits_of_[other] = next;
      next += count;
    }
    sorted_.resize(hits_.size());
    for (const Hit& hit : hits_) sorted_[hits_of_[hit.other]++] = hit;
    for (uint32_t other : others_) hits_of_[other] = 0;
  }

  // Hits of one other document, ascending by b.
  void ClusterPair(std::span<const Hit> hits) {
    open_.clear();
    for (const Hit& hit : hits) {
      CloseBefore(hit.b);
      Cluster* nearest = nullptr;
      int64_t least_drift = options_.most_drift;
      bool counted = false;
      for (Cluster& cluster : open_) {
        const int64_t drift = std::abs(hit.diagonal() - cluster.diagonal());
        if (drift > least_drift) continue;
        // Two places of one anchor do not support each other.
        if (cluster.last_b() == hit.b || cluster.last_a() == hit.a) {
          counted = true;
          continue;
        }
        least_drift = drift;
        nearest = &cluster;
      }
      if (nearest == nullptr) {
        if (counted) continue;
        if (open_.size() == kMostOpen) {
          Close(open_.front());
          open_.erase(open_.begin());
        }
        nearest = &open_.emplace_back(hit);
      }
      nearest->Add(hit, anchors_[hit.index], options_.within_words);
    }
    for (const Cluster& cluster : open_) Close(cluster);
  }

  void CloseBefore(uint32_t position) {
    size_t kept = 0;
    for (size_t i = 0; i < open_.size(); ++i) {
      if (position - open_[i].last_b() > options_.within_words) {
        Close(open_[i]);
      } else {
        if (kept != i) open_[kept] = open_[i];
        ++kept;
      }
    }
    open_.erase(open_.begin() + static_cast<ptrdiff_t>(kept), open_.end());
  }

  void Close(const Cluster& cluster) {
    if (!cluster.dense() || cluster.score() < min_score_) return;
    // What ends in the overlap was found in the slab before.
    if (cluster.last_b() < seen_end_) return;
    PassageWindow window = cluster.window(document_);
    const bool within = window.document_a == document_;
    if (within) window.a.end = std::min(window.a.end, window.b.begin);
    const uint32_t middle = window.a.end + (window.b.begin - window.a.end) / 2;
    AddMargin(index_.words[window.document_a], &window.a);
    AddMargin(index_.words[document_], &window.b);
    if (within) {
      window.a.end = std::min(window.a.end, middle);
      window.b.begin = std::max(window.b.begin, middle);
    }
    found_.push_back(window);
  }

  void AddMargin(uint32_t words, WordRange* range) const {
    range->begin -= std::min(range->begin, options_.margin_words);
    range->end =
        std::min(words, SaturatedSum(range->end, options_.margin_words));
  }

  // What a window was found by, or its middle where a border is near.
  WordRange WithoutMargin(WordRange range) const {
    const uint32_t most = (range.size() - 1) / 2;
    const uint32_t margin = std::min(options_.margin_words, most);
    return {range.begin + margin, range.end - margin};
  }

  static bool Overlap(WordRange x, WordRange y) {
    return x.begin < y.end && y.begin < x.end;
  }

  // Joins windows of a pair of documents that overlap on both sides.
  void MergeFound() {
    std::sort(found_.begin(), found_.end(),
              [](const PassageWindow& x, const PassageWindow& y) {
                return std::tuple(x.document_a, x.b.begin, x.a.begin, x.b.end,
                                  x.a.end) < std::tuple(y.document_a, y.b.begin,
                                                        y.a.begin, y.b.end,
                                                        y.a.end);
              });
    std::vector<PassageWindow> merged;
    size_t open = 0;  // those before end before the window at hand
    for (PassageWindow window : found_) {
      const auto passed = [&](const PassageWindow& w) {
        return w.document_a != window.document_a || w.b.end <= window.b.begin;
      };
      const auto first_open = std::stable_partition(
          merged.begin() + static_cast<ptrdiff_t>(open), merged.end(), passed);
      open = static_cast<size_t>(first_open - merged.begin());
      for (size_t i = open; i < merged.size();) {
        if (Join(merged[i], &window)) {
          merged.erase(merged.begin() + static_cast<ptrdiff_t>(i));
          i = open;  // the greater window may overlap what it did not before
        } else {
          ++i;
        }
      }
      merged.push_back(window);
    }
    found_ = std::move(merged);
  }

  bool Join(const PassageWindow& other, PassageWindow* window) const {
    if (!Overlap(other.a, window->a) || !Overlap(other.b, window->b)) {
      return false;
    }
    const WordRange a = {std::min(other.a.begin, window->a.begin),
                         std::max(other.a.end, window->a.end)};
    const WordRange b = {std::min(other.b.begin, window->b.begin),
                         std::max(other.b.end, window->b.end)};
    if (window->document_a == document_ && a.end > b.begin) return false;
    window->a = a;
    window->b = b;
    window->anchors += other.anchors;
    window->score += other.score;
    return true;
  }

  // Keeps the windows of best score over any part of the document; returns how
  // many others there were.
  uint64_t DropDeepest() {
    if (found_.size() <= options_.most_windows) return 0;
    std::sort(found_.begin(), found_.end(),
              [](const PassageWindow& x, const PassageWindow& y) {
                return std::tuple(-x.score, x.document_a, x.b.begin,
                                  x.a.begin) <
                       std::tuple(-y.score, y.document_a, y.b.begin, y.a.begin);
              });
    depth_.assign(index_.words[document_] / kDepthWords + 1, 0);
    const size_t before = found_.size();
    std::erase_if(found_, [this](const PassageWindow& window) {
      const WordRange core = WithoutMargin(window.b);
      const size_t begin = core.begin / kDepthWords;
      const size_t end = (core.end - 1) / kDepthWords + 1;
      size_t deep = 0;
      for (size_t i = begin; i < end; ++i) {
        deep += depth_[i] >= options_.most_windows ? 1 : 0;
      }
      if (2 * deep > end - begin) return true;
      for (size_t i = begin; i < end; ++i) ++depth_[i];
      return false;
    });
    return before - found_.size();
  }

  const AnchorIndex& index_;
  const WindowOptions& options_;
  const std::span<const uint32_t> families_;
  const double min_score_;

  uint32_t document_ = 0;
  uint64_t passed_over_ = 0;
  uint32_t seen_end_ = 0;            // of the anchors in the slab before
  std::vector<SlabAnchor> anchors_;  // those gathered of the slab
  std::vector<Hit> hits_;
  std::vector<Hit> sorted_;
  std::vector<uint8_t> in_band_;
  std::vector<uint32_t> others_;
  std::vector<uint32_t> hits_of_;  // each document; all 0 between slabs
  std::vector<Cluster> open_;
  std::vector<PassageWindow> found_;
  std::vector<uint32_t> depth_;
};

}  // namespace

PassageWindows FindWindows(const AnchorIndex& index,
                           const WindowOptions& options,
                           std::span<const uint32_t> families, ThreadPool* pool,
                           std::stop_token stop) {
  struct Worker {
    std::unique_ptr<DocumentWindows> finder;
    PassageWindows found;
  };
  std::vector<Worker> workers(static_cast<size_t>(pool->size()));
  pool->For(
      index.documents(), kDocumentGrain,
      [&](size_t begin, size_t end, int worker) {
        auto& [finder, found] = workers[static_cast<size_t>(worker)];
        if (finder == nullptr) {
          finder = std::make_unique<DocumentWindows>(index, options, families);
        }
        for (size_t i = begin; i < end; ++i) {
          finder->Find(static_cast<uint32_t>(i), &found);
        }
      },
      stop);
  PassageWindows all;
  for (Worker& worker : workers) {
    all.left_out += worker.found.left_out;
    all.passed_over += worker.found.passed_over;
    all.windows.insert(all.windows.end(), worker.found.windows.begin(),
                       worker.found.windows.end());
    worker.found.windows = {};
  }
  const auto key = [](const PassageWindow& w) {
    return std::tuple(w.document_a, w.document_b, w.a.begin, w.b.begin, w.a.end,
                      w.b.end);
  };
  std::sort(all.windows.begin(), all.windows.end(),
            [&](const PassageWindow& x, const PassageWindow& y) {
              return key(x) < key(y);
            });
  return all;
}

}  // namespace twicetold
