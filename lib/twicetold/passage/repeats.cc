// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/repeats.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/passage/hash_numbers.h"

namespace twicetold {
namespace {

// A common anchor of the collection.
struct Item {
  uint32_t document = 0;
  uint32_t position = 0;
  uint32_t anchor = 0;
  // The last word of its run is before this.
  uint32_t run_end = 0;
  // Hash of the anchors of the words from here, kLeastRepeatWords of them; 0
  // if the run ends before.
  uint64_t words = 0;
  uint32_t group = 0;    // of the items with the same words
  bool covered = false;  // by a repeat

  uint32_t end() const { return position + kAnchorWords; }
};

class Finder {
 public:
  Finder(const AnchorIndex& index, Roles roles)
      : index_(index), roles_(roles) {}

  Repeats Find() {
    ListItems();
    HashWords();
    ListEqual();
    for (size_t i = 0; i < items_.size(); ++i) {
      if (!items_[i].covered && items_[i].words != 0) Peel(i);
    }
    CountWordsLeft();
    return std::move(result_);
  }

 private:
  void ListItems() {
    items_.reserve(index_.common.size());
    for (uint32_t document = 0; document < index_.documents(); ++document) {
      for (const AnchorAt& at : index_.common.Of(document)) {
        items_.push_back({.document = document,
                          .position = at.position,
                          .anchor = at.anchor,
                          .run_end = at.position + kAnchorWords});
      }
    }
    for (size_t i = items_.size(); i-- > 1;) {
      if (Continues(i)) items_[i - 1].run_end = items_[i].run_end;
    }
  }

  // Whether no anchor that is not common is between item i and the one before.
  bool Continues(size_t i) const {
    return items_[i].document == items_[i - 1].document &&
           items_[i].position - items_[i - 1].position <= index_.options.window;
  }

  void HashWords() {
    for (size_t i = 0; i < items_.size(); ++i) {
      Item& item = items_[i];
      if (item.run_end - item.position < kLeastRepeatWords) continue;
      uint64_t hash = 1;
      for (size_t j = i;; ++j) {
        const uint32_t offset = items_[j].position - item.position;
        hash = Mix(hash ^ (uint64_t{items_[j].anchor} << 32 | offset));
        if (offset + kAnchorWords >= kLeastRepeatWords) break;
      }
      item.words = hash | 1;
    }
  }

  // Groups the items by the words from them, each group in text order.
  void ListEqual() {
    HashNumbers numbers;
    numbers.Clear();
    for (Item& item : items_) {
      if (item.words != 0) item.group = numbers.NumberOf(item.words);
    }
    const size_t groups = numbers.hashes().size();
    group_ends_.assign(groups + 1, 0);
    for (const Item& item : items_) {
      if (item.words != 0) ++group_ends_[item.group + 1];
    }
    for (size_t i = 0; i < groups; ++i) {
      group_ends_[i + 1] += group_ends_[i];
    }
    equal_.resize(group_ends_.back());
    // Moves the begins of the groups to their ends.
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].words != 0) equal_[group_ends_[items_[i].group]++] = i;
    }
  }

  // Items, ascending.
  std::span<const size_t> GroupOf(const Item& item) const {
    const size_t begin = item.group == 0 ? 0 : group_ends_[item.group - 1];
    return std::span(equal_).subspan(begin, group_ends_[item.group] - begin);
  }

  // A place of the repeat in the making.
  struct Growing {
    size_t first = 0;    // item
    size_t next = 0;     // item after those that agree
    uint32_t limit = 0;  // where the next place of the document begins
    uint32_t end = 0;    // word
    bool grows = true;
  };

  // Makes a repeat of all places of the words from item `first` on.
  void Peel(size_t first) {
    const std::span<const size_t> group = GroupOf(items_[first]);
    // Those before it are covered, or it would have been peeled with them.
    const auto begin = std::lower_bound(group.begin(), group.end(), first);
    places_.clear();
    for (auto at = begin; at != group.end(); ++at) AddPlace(*at);
    if (places_.size() >= 2) {
      Extend();
      Emit();
    }
    // Once is enough: it has two places no more.
    for (auto at = begin; at != group.end(); ++at) items_[*at].words = 0;
  }

  void AddPlace(size_t first) {
    const Item& item = items_[first];
    if (item.covered) return;
    const bool follows = !places_.empty() &&
                         items_[places_.back().first].document == item.document;
    if (follows && item.position - items_[places_.back().first].position <
                       kLeastRepeatWords) {
      return;
    }
    Growing place = {.first = first,
                     .next = first,
                     .limit = item.run_end,
                     .end = item.position + kLeastRepeatWords};
    while (place.next < items_.size() &&
           items_[place.next].document == item.document &&
           items_[place.next].end() <= place.end) {
      if (items_[place.next].covered) return;
      ++place.next;
    }
    if (follows) {
      places_.back().limit = std::min(places_.back().limit, item.position);
    }
    places_.push_back(place);
  }

  // Lets the places grow to the right as long as half of them agree with the
  // first.
  void Extend() {
    for (;;) {
      const Growing first = places_.front();
      size_t agree = 0;
      if (!CanGrow(first)) break;
      for (const Growing& place : places_) {
        if (place.grows && Agrees(place, first)) ++agree;
      }
      if (2 * agree < places_.size() || agree < 2) break;
      for (Growing& place : places_) {
        if (!place.grows) continue;
        place.grows = Agrees(place, first);
        if (!place.grows) continue;
        place.end = std::min(items_[place.next].end(), place.limit);
        ++place.next;
      }
      // The dead are many at most once: they are less than half.
    }
  }

  bool CanGrow(const Growing& place) const {
    return place.next < items_.size() &&
           items_[place.next].document == items_[place.first].document &&
           !items_[place.next].covered &&
           items_[place.next].position < place.limit;
  }

  bool Agrees(const Growing& place, const Growing& first) const {
    return CanGrow(place) &&
           items_[place.next].anchor == items_[first.next].anchor &&
           items_[place.next].position - items_[place.first].position ==
               items_[first.next].position - items_[first.first].position;
  }

  void Emit() {
    Repeat repeat;
    uint32_t last = 0;
    for (const Growing& place : places_) {
      const Item& item = items_[place.first];
      if (repeat.places == 0 || item.document != last) ++repeat.documents;
      last = item.document;
      ++repeat.places;
      List({.document = item.document, .words = {item.position, place.end}});
      for (size_t i = place.first;
           i < items_.size() && items_[i].document == item.document &&
           items_[i].position < place.end;
           ++i) {
        items_[i].covered = true;
      }
    }
    if (!TakeListed(repeat.documents, &repeat.listed)) return;
    repeat.kind = repeat.documents == 1 ? PassageKind::kRepeated
                                        : PassageKind::kBoilerplate;
    repeat.score = ScoreOf(places_.front());
    result_.repeats.push_back(std::move(repeat));
  }

  // New documents and others apart, the first of each.
  void List(const Place& place) {
    const bool is_new = roles_.empty() || IsNew(roles_[place.document]);
    has_reference_ = has_reference_ ||
                     (!roles_.empty() && IsReference(roles_[place.document]));
    std::vector<Place>& list = is_new ? listed_new_ : listed_others_;
    if (list.size() < kMostListedPlaces) list.push_back(place);
  }

  // Moves what was listed to `*listed`; false if it is of no interest.
  bool TakeListed(uint64_t documents, std::vector<Place>* listed) {
    const bool wanted =
        roles_.empty() ||
        (documents > 1 && !listed_new_.empty() && has_reference_);
    const auto room = [](size_t others) {
      return kMostListedPlaces - std::min(others, kMostListedPlaces / 2);
    };
    const size_t most_new = room(listed_others_.size());
    const size_t most_others = room(listed_new_.size());
    listed_new_.resize(std::min(listed_new_.size(), most_new));
    listed_others_.resize(std::min(listed_others_.size(), most_others));
    listed->resize(listed_new_.size() + listed_others_.size());
    std::merge(listed_new_.begin(), listed_new_.end(), listed_others_.begin(),
               listed_others_.end(), listed->begin(), ByPlace);
    listed_new_.clear();
    listed_others_.clear();
    has_reference_ = false;
    return wanted;
  }

  double ScoreOf(const Growing& place) const {
    uint64_t parts = 0;
    uint32_t end = 0;
    for (size_t i = place.first; i < place.next; ++i) {
      const SharedAnchor anchor = index_.common.Get(items_[i].anchor);
      for (uint32_t word = 0; word < kAnchorWords; ++word) {
        if (items_[i].position + word < end) continue;
        parts += anchor.rarity[word];
      }
      end = items_[i].end();
    }
    return static_cast<double>(parts) / Rarity::kPartsOfBit;
  }

  void CountWordsLeft() {
    uint32_t document = 0;
    uint32_t end = 0;  // of what is counted in the document
    for (const Item& item : items_) {
      if (item.document != document) end = 0;
      document = item.document;
      if (item.covered) continue;
      result_.words_left += item.end() - std::max(item.position, end);
      end = item.end();
    }
  }

  const AnchorIndex& index_;
  const Roles roles_;
  std::vector<Place> listed_new_;  // of the repeat in the making
  std::vector<Place> listed_others_;
  bool has_reference_ = false;      // that repeat
  std::vector<Item> items_;         // in text order
  std::vector<size_t> equal_;       // items, by group
  std::vector<size_t> group_ends_;  // of each group in equal_
  std::vector<Growing> places_;
  Repeats result_;
};

}  // namespace

Repeats FindRepeats(const AnchorIndex& index, Roles roles) {
  return Finder(index, roles).Find();
}

}  // namespace twicetold
