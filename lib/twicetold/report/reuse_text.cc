// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/reuse_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"

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
  const std::string most = HumanPercent(similarity.most) + " in common";
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

// One of the entries that are listed.
struct Listed {
  const ReuseRecord& reuse;
  size_t number = 0;  // from 1
  size_t count = 0;
  size_t most_places = kMostPlacesShown;
};

void PrintReuse(const Result& result, const Listed& listed,
                TextPrinter* printer) {
  const ReuseRecord& reuse = listed.reuse;
  std::string head = absl::StrFormat(
      "Passage %s of %s, in %s: ", HumanCount(listed.number),
      HumanCount(listed.count), HumanCount(reuse.place_count, "place"));
  head += PassageKindName(reuse.kind);
  if (reuse.ignored) head += ", ignored";
  printer->PutLine("", head + ExtentText(result, reuse), 2, Emphasis::kBold);
  const size_t shown = std::min(reuse.places.size(), listed.most_places);
  for (size_t i = 0; i < shown; ++i) {
    const ReuseRecord::Place& place = reuse.places[i];
    const std::string& name = result.documents[place.document].names.front();
    printer->PutLine("  ", Harmless(name) + ", " + LinesText(place.lines), 6);
  }
  if (shown < reuse.place_count) {
    printer->Put(absl::StrFormat("  and %s more\n",
                                 HumanCount(reuse.place_count - shown)));
  }
  printer->Put("\n");
}

}  // namespace

void PrintReuses(const Result& result, TextPrinter* printer) {
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
               printer);
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
