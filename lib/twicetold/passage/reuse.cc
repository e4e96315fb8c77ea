// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/reuse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "twicetold/passage/place_set.h"

namespace twicetold {
namespace {

constexpr uint32_t kNone = 0xffffffff;

// A pair that so many entries did not take is an entry of its own.
constexpr uint8_t kMostRefusals = 8;

// How much a kind says that text was used again as one's own.
int WeightOf(PassageKind kind) {
  switch (kind) {
    case PassageKind::kBoilerplate:
      return 0;
    case PassageKind::kQuotation:
      return 1;
    default:
      return 2;
  }
}

// The places of one entry, none of which holds most of another: of sides that
// overlap, the one that comes first is the place.
class DistinctPlaces {
 public:
  void Clear() { ends_.clear(); }
  void Add(const Place& place) {
    ends_[{place.document, place.words.begin}] = place.words.end;
  }

  // Whether `place` and one that was added share most of the shorter.
  bool HoldsMostOf(const Place& place) const {
    const WordRange words = place.words;
    const auto shares_most = [&](const auto& entry) {
      const WordRange other = {entry.first.second, entry.second};
      return entry.first.first == place.document &&
             2 * uint64_t{SharedWords(words, other)} >
                 std::min(words.size(), other.size());
    };
    // Of those that begin before it the last is enough: it ends behind all
    // others, since none holds another.
    auto at = ends_.lower_bound({place.document, words.begin});
    if (at != ends_.begin()) --at;
    for (; at != ends_.end() && at->first.first <= place.document &&
           (at->first.first < place.document || at->first.second < words.end);
         ++at) {
      if (shares_most(*at)) return true;
    }
    return false;
  }

 private:
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> ends_;
};

// A share of the representative, as words of it.
struct Part {
  double begin = 0;
  double end = 0;
};

// What of the representative the range `to` stands for, given that `from`
// stands for `part` of it: that of the words they share.
Part PartOf(WordRange from, Part part, WordRange to) {
  const double scale = (part.end - part.begin) / from.size();
  const uint32_t begin = std::clamp(to.begin, from.begin, from.end);
  const uint32_t end = std::clamp(to.end, from.begin, from.end);
  return {part.begin + scale * (begin - from.begin),
          part.begin + scale * (end - from.begin)};
}

class Joiner {
 public:
  explicit Joiner(std::span<const PlacePair> pairs) : pairs_(pairs) {}

  std::vector<ReuseEntry> Join() {
    NumberPlaces();
    ListPairsOfPlaces();
    std::vector<ReuseEntry> entries;
    for (uint32_t pair : ByEarlierSide()) {
      if (!taken_[pair]) entries.push_back(Grow(pair));
    }
    std::sort(entries.begin(), entries.end(),
              [](const ReuseEntry& x, const ReuseEntry& y) {
                if (x.score != y.score) return x.score > y.score;
                return std::lexicographical_compare(
                    x.places.begin(), x.places.end(), y.places.begin(),
                    y.places.end(), ByPlace);
              });
    return entries;
  }

 private:
  const Place& Side(uint32_t pair, bool b) const {
    return b ? pairs_[pair].b : pairs_[pair].a;
  }
  const Place& Earlier(uint32_t pair) const {
    return std::min(pairs_[pair].a, pairs_[pair].b, ByPlace);
  }
  const Place& Later(uint32_t pair) const {
    return std::max(pairs_[pair].a, pairs_[pair].b, ByPlace);
  }

  // Pairs that are equal but for their index are told apart by nothing.
  bool ByScore(uint32_t x, uint32_t y) const {
    if (pairs_[x].score != pairs_[y].score) {
      return pairs_[x].score > pairs_[y].score;
    }
    if (Earlier(x) != Earlier(y)) return ByPlace(Earlier(x), Earlier(y));
    if (Later(x) != Later(y)) return ByPlace(Later(x), Later(y));
    return pairs_[x].kind < pairs_[y].kind;
  }

  // With what decides nearly always beside each pair, not behind an index.
  void SortByScore() {
    struct Scored {
      double score = 0;
      uint32_t pair = 0;
    };
    std::vector<Scored> scored(pairs_.size());
    for (uint32_t i = 0; i < pairs_.size(); ++i) {
      scored[i] = {pairs_[i].score, i};
    }
    std::sort(scored.begin(), scored.end(),
              [this](const Scored& x, const Scored& y) {
                return x.score != y.score ? x.score > y.score
                                          : ByScore(x.pair, y.pair);
              });
    by_score_.resize(scored.size());
    for (size_t i = 0; i < scored.size(); ++i) by_score_[i] = scored[i].pair;
  }

  // By where the earlier side begins, then by score.
  std::vector<uint32_t> ByEarlierSide() const {
    struct Begin {
      uint64_t place = 0;
      uint32_t rank = 0;  // by score
    };
    std::vector<Begin> begins(pairs_.size());
    for (uint32_t rank = 0; rank < by_score_.size(); ++rank) {
      const Place& side = Earlier(by_score_[rank]);
      begins[rank] = {uint64_t{side.document} << 32 | side.words.begin, rank};
    }
    std::sort(begins.begin(), begins.end(), [](const Begin& x, const Begin& y) {
      return x.place != y.place ? x.place < y.place : x.rank < y.rank;
    });
    std::vector<uint32_t> order(begins.size());
    for (size_t i = 0; i < begins.size(); ++i) {
      order[i] = by_score_[begins[i].rank];
    }
    return order;
  }

  // Each side once, ascending; of each pair, in `indices`, where its sides are
  // among them.
  std::vector<Place> SortSides(
      std::vector<std::pair<uint32_t, uint32_t>>* indices) const {
    struct SideAt {
      uint64_t begin = 0;  // and the document before it
      uint32_t end = 0;
      uint32_t number = 0;  // twice the pair, and one more for side b
    };
    const auto side_of = [](const Place& place, size_t number) {
      return SideAt{uint64_t{place.document} << 32 | place.words.begin,
                    place.words.end, static_cast<uint32_t>(number)};
    };
    std::vector<SideAt> sides;
    sides.reserve(2 * pairs_.size());
    for (size_t i = 0; i < pairs_.size(); ++i) {
      sides.push_back(side_of(pairs_[i].a, 2 * i));
      sides.push_back(side_of(pairs_[i].b, 2 * i + 1));
    }
    std::sort(sides.begin(), sides.end(), [](const SideAt& x, const SideAt& y) {
      return x.begin != y.begin ? x.begin < y.begin : x.end < y.end;
    });
    indices->resize(pairs_.size());
    std::vector<Place> places;
    for (const SideAt& side : sides) {
      const bool is_b = side.number % 2 != 0;
      const Place& place = Side(side.number / 2, is_b);
      if (places.empty() || places.back() != place) places.push_back(place);
      auto& [a, b] = (*indices)[side.number / 2];
      (is_b ? b : a) = static_cast<uint32_t>(places.size() - 1);
    }
    return places;
  }

  void NumberPlaces() {
    SortByScore();
    PlaceSet places(SortSides(&place_of_));
    for (const uint32_t pair : by_score_) {
      auto& [a, b] = place_of_[pair];
      // The earlier side first: which is a does not matter.
      if (b < a) {
        b = places.Add(b);
        a = places.Add(a);
      } else {
        a = places.Add(a);
        b = places.Add(b);
      }
    }
    place_count_ = places.size();
  }

  void ListPairsOfPlaces() {
    begins_.assign(place_count_ + 1, 0);
    for (const auto& [a, b] : place_of_) {
      if (a == b) continue;
      ++begins_[a + 1];
      ++begins_[b + 1];
    }
    for (size_t i = 0; i < place_count_; ++i) begins_[i + 1] += begins_[i];
    std::vector<size_t> next(begins_.begin(), begins_.end() - 1);
    pairs_of_.resize(begins_.back());
    for (uint32_t pair : by_score_) {
      const auto [a, b] = place_of_[pair];
      if (a == b) continue;
      pairs_of_[next[a]++] = pair;
      pairs_of_[next[b]++] = pair;
    }
    ends_ = std::move(next);
    taken_.assign(pairs_.size(), 0);
    refused_.assign(pairs_.size(), 0);
    in_entry_.assign(place_count_, kNone);
  }

  // A place of the entry that grows.
  struct Member {
    uint32_t place = 0;
    Place side;           // of the pair by which it came in
    uint32_t number = 0;  // of that side: twice the pair, one more for b
    Part part;
    uint32_t pair = kNone;
  };

  static uint32_t NumberOf(uint32_t pair, bool b) {
    return 2 * pair + (b ? 1 : 0);
  }

  ReuseEntry Grow(uint32_t seed) {
    members_.clear();
    distinct_.Clear();
    ReuseEntry entry;
    const bool swapped = ByPlace(pairs_[seed].b, pairs_[seed].a);
    const Place& first = Side(seed, swapped);
    const double words = first.words.size();
    const auto [place_a, place_b] = place_of_[seed];
    Enter({.place = swapped ? place_b : place_a,
           .side = first,
           .number = NumberOf(seed, swapped),
           .part = {0, words},
           .pair = kNone});
    Take(seed, &entry);
    if (place_a != place_b) {
      Enter({.place = swapped ? place_a : place_b,
             .side = Side(seed, !swapped),
             .number = NumberOf(seed, !swapped),
             .part = {0, words},
             .pair = seed});
    } else {
      // Two sides that are one place: an entry by itself.
      members_.push_back({.place = place_a,
                          .side = Side(seed, !swapped),
                          .number = NumberOf(seed, !swapped),
                          .part = {0, words},
                          .pair = seed});
    }
    if (place_a != place_b && refused_[seed] < kMostRefusals) {
      for (size_t i = 0; i < members_.size(); ++i) Expand(i, words, &entry);
    }
    Finish(&entry);
    return entry;
  }

  void Enter(const Member& member) {
    in_entry_[member.place] = static_cast<uint32_t>(members_.size());
    members_.push_back(member);
    distinct_.Add(member.side);
  }

  void Take(uint32_t pair, ReuseEntry* entry) {
    taken_[pair] = 1;
    ++entry->all_pairs;
    const PassageKind kind = pairs_[pair].kind;
    const double score = pairs_[pair].score;
    const int weight = WeightOf(kind);
    const int known = WeightOf(entry->kind);
    if (entry->all_pairs == 1 || weight > known ||
        (weight == known && score > kind_score_)) {
      entry->kind = kind;
      kind_score_ = score;
    }
    entry->score =
        entry->all_pairs == 1 ? score : std::max(entry->score, score);
  }

  // Goes along the pairs of member i. Each pair that is looked at is taken,
  // refused or off the list, so that all entries together cost no more.
  void Expand(size_t i, double words, ReuseEntry* entry) {
    const Member member = members_[i];
    const double scale =
        (member.part.end - member.part.begin) / member.side.words.size();
    size_t kept = begins_[member.place];
    const size_t end = ends_[member.place];
    for (size_t at = kept; at < end; ++at) {
      const uint32_t pair = pairs_of_[at];
      if (taken_[pair] || refused_[pair] >= kMostRefusals) continue;
      const auto [place_a, place_b] = place_of_[pair];
      const bool here_is_b = place_b == member.place;
      const WordRange here = Side(pair, here_is_b).words;
      const Part part = PartOf(member.side.words, member.part, here);
      if (2 * (part.end - part.begin) < std::max(words, scale * here.size())) {
        ++refused_[pair];
        pairs_of_[kept++] = pair;
        continue;
      }
      const uint32_t other = here_is_b ? place_a : place_b;
      // Those with a pair with the representative all come in by it, as it is
      // the first to be gone from.
      const Place& side = Side(pair, !here_is_b);
      if (in_entry_[other] == kNone && !distinct_.HoldsMostOf(side)) {
        Enter({.place = other,
               .side = side,
               .number = NumberOf(pair, !here_is_b),
               .part = part,
               .pair = pair});
      }
      Take(pair, entry);
    }
    ends_[member.place] = kept;
  }

  void Finish(ReuseEntry* entry) {
    entry->places.reserve(members_.size());
    entry->sides.reserve(members_.size());
    entry->pairs.reserve(members_.size() - 1);
    for (const Member& member : members_) {
      in_entry_[member.place] = kNone;
      if (member.pair != kNone) entry->pairs.push_back(member.pair);
    }
    std::sort(members_.begin() + 1, members_.end(),
              [](const Member& x, const Member& y) {
                return ByPlace(x.side, y.side);
              });
    for (const Member& member : members_) {
      entry->places.push_back(member.side);
      entry->sides.push_back(member.number);
    }
    entry->ignored = IsIgnored(entry->kind);
    LabelMany(entry);
  }

  static void LabelMany(ReuseEntry* entry) {
    if (entry->kind != PassageKind::kVerbatim &&
        entry->kind != PassageKind::kLight) {
      return;
    }
    size_t documents = 1;  // the places are sorted
    for (size_t i = 1; i < entry->places.size(); ++i) {
      if (entry->places[i].document != entry->places[i - 1].document) {
        ++documents;
      }
    }
    if (documents == 1 && entry->places.size() >= kLeastRepeatedPlaces) {
      entry->kind = PassageKind::kRepeated;
    } else if (documents >= kLeastBoilerplateDocuments) {
      entry->kind = PassageKind::kBoilerplate;
    }
  }

  const std::span<const PlacePair> pairs_;
  std::vector<uint32_t> by_score_;
  std::vector<std::pair<uint32_t, uint32_t>> place_of_;  // a and b of each pair
  size_t place_count_ = 0;
  std::vector<size_t> begins_;  // of each place in pairs_of_; one more
  std::vector<size_t> ends_;    // of the pairs that are left of each
  std::vector<uint32_t> pairs_of_;
  std::vector<uint8_t> taken_;
  std::vector<uint8_t> refused_;
  std::vector<uint32_t> in_entry_;  // index into members_ of each place
  std::vector<Member> members_;
  DistinctPlaces distinct_;  // of them
  double kind_score_ = 0;    // of the pair that gave the entry its kind
};

}  // namespace

std::vector<ReuseEntry> JoinReuse(std::span<const PlacePair> pairs) {
  return Joiner(pairs).Join();
}

}  // namespace twicetold
