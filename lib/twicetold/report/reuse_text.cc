// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/reuse_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/report/human.h"
#include "twicetold/report/passage_diff.h"
#include "twicetold/report/passage_view.h"
#include "twicetold/report/shown_name.h"

namespace twicetold {
namespace {

template <typename T>
struct Span {
  T least;
  T most;
  void Add(T value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

// "697 words", "697 to 716 words".
std::string WordsText(Span<uint64_t> words) {
  if (words.least == words.most) return HumanCount(words.least, "word");
  return HumanCount(words.least) + " to " + HumanCount(words.most, "word");
}

// "72.0 % in common", "67.0 to 71.7 % in common".
std::string CommonText(Span<double> similarity) {
  std::string most = HumanPercent(similarity.most) + " in common";
  std::string least = HumanPercent(similarity.least);
  if (similarity.least == similarity.most) return most;
  return least.substr(0, least.find(' ')) + " to " + most;
}

// What the passages of an entry say of it; nothing where it has none.
std::string ExtentText(const Result& result, const ReuseRecord& reuse) {
  if (reuse.passages.empty()) return "";
  const PassageRecord& first = result.passages[reuse.passages.front()];
  Span<uint64_t> words{first.a.words, first.a.words};
  Span<double> similarity{first.similarity, first.similarity};
  for (const uint32_t id : reuse.passages) {
    const PassageRecord& passage = result.passages[id];
    words.Add(passage.a.words);
    words.Add(passage.b.words);
    similarity.Add(passage.similarity);
  }
  return ", " + WordsText(words) + ", " + CommonText(similarity);
}

std::string LinesText(LineRange lines) {
  if (lines.first == lines.last) return absl::StrFormat("line %d", lines.first);
  return absl::StrFormat("lines %d-%d", lines.first, lines.last);
}

// Whether `side` has half of the place: it is the same place in another pair.
bool IsPlaceOf(const ReuseRecord::Place& place, const LocatedSide& side) {
  if (place.document != side.document) return false;
  const uint32_t begin = std::max(place.bytes.begin, side.bytes.begin);
  const uint32_t end = std::min(place.bytes.end, side.bytes.end);
  return end > begin &&
         2 * uint64_t{end - begin} >= place.bytes.end - place.bytes.begin;
}

// Where the text stands: the sides of `first`, if there is one, before others.
std::vector<ReuseRecord::Place> PlacesOf(const ReuseRecord& reuse,
                                         const PassageRecord* first) {
  std::vector<ReuseRecord::Place> places = reuse.places;
  if (first == nullptr) return places;
  std::erase_if(places, [&](const ReuseRecord::Place& place) {
    return IsPlaceOf(place, first->a) || IsPlaceOf(place, first->b);
  });
  const auto place_of = [](const LocatedSide& side) {
    return ReuseRecord::Place{
        .document = side.document, .bytes = side.bytes, .lines = side.lines};
  };
  places.insert(places.begin(), {place_of(first->a), place_of(first->b)});
  return places;
}

void PrintDiff(const PassageDiffs& diffs, uint32_t passage, bool of_many,
               TextPrinter* printer) {
  if (of_many) printer->PutLine("  ", "The first two, compared:", 4);
  const Comparison* comparison = diffs.compare(passage);
  if (comparison == nullptr) {
    printer->PutLine("  ", "A document has changed since: no diff.", 4);
    printer->Put("\n");
    return;
  }
  PrintPassageDiff(*comparison, 0, MakePassageView(*comparison, 0), diffs.style,
                   printer);
}

// One of the entries that are listed.
struct Listed {
  const ReuseRecord& reuse;
  size_t number = 0;  // from 1
  size_t count = 0;
  size_t most_places = kMostPlacesShown;
};

void PrintReuse(const Result& result, const Listed& listed,
                const PassageDiffs& diffs, TextPrinter* printer) {
  const ReuseRecord& reuse = listed.reuse;
  std::string head = absl::StrFormat(
      "Passage %s of %s, in %s: ", HumanCount(listed.number),
      HumanCount(listed.count), HumanCount(reuse.place_count, "place"));
  head += PassageKindName(reuse.kind);
  if (reuse.ignored) head += ", ignored";
  printer->PutLine("", head + ExtentText(result, reuse), 2, Emphasis::kBold);
  const bool has_diff = diffs.compare && !reuse.passages.empty();
  const std::vector<ReuseRecord::Place> places = PlacesOf(
      reuse, has_diff ? &result.passages[reuse.passages.front()] : nullptr);
  const size_t shown = std::min(places.size(), listed.most_places);
  for (size_t i = 0; i < shown; ++i) {
    printer->PutLine("  ",
                     ShownName(result.documents[places[i].document]) + ", " +
                         LinesText(places[i].lines),
                     6);
  }
  if (shown < reuse.place_count) {
    printer->Put(absl::StrFormat("  and %s more\n",
                                 HumanCount(reuse.place_count - shown)));
  }
  if (has_diff) {
    PrintDiff(diffs, reuse.passages.front(), places.size() > 2, printer);
  } else {
    printer->Put("\n");
  }
}

}  // namespace

void PrintReuses(const Result& result, const PassageDiffs& diffs,
                 TextPrinter* printer) {
  const bool all = printer->all();
  std::vector<const ReuseRecord*> listed;
  for (const ReuseRecord& reuse : result.reuses) {
    if (all || !reuse.ignored) listed.push_back(&reuse);
  }
  const size_t shown =
      all ? listed.size() : std::min(listed.size(), kMostReusesShown);
  for (size_t i = 0; i < shown && printer->open(); ++i) {
    PrintReuse(result,
               {.reuse = *listed[i],
                .number = i + 1,
                .count = listed.size(),
                .most_places = all ? SIZE_MAX : kMostPlacesShown},
               diffs, printer);
  }
  if (shown == listed.size()) return;
  printer->Put(
      absl::StrFormat("and %s (--all shows them)\n\n",
                      HumanCount(listed.size() - shown, "more passage")));
}

uint64_t CountIgnored(const Result& result) {
  return static_cast<uint64_t>(
      std::count_if(result.reuses.begin(), result.reuses.end(),
                    [](const ReuseRecord& reuse) { return reuse.ignored; }));
}

}  // namespace twicetold
