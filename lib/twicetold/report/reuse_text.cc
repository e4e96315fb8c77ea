// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/reuse_text.h"

#include <algorithm>
#include <string>

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

void PrintReuse(const Result& result, size_t index, TextPrinter* printer) {
  const ReuseRecord& reuse = result.reuses[index];
  const std::string head = absl::StrFormat(
      "Passage %s of %s, in %s: ", HumanCount(index + 1),
      HumanCount(result.reuses.size()), HumanCount(reuse.place_count, "place"));
  printer->PutLine("",
                   head + std::string(PassageKindName(reuse.kind)) +
                       ExtentText(result, reuse),
                   2, Emphasis::kBold);
  const size_t shown = std::min(reuse.places.size(), kMostPlacesShown);
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
  const size_t shown = std::min(result.reuses.size(), kMostReusesShown);
  for (size_t i = 0; i < shown && printer->open(); ++i) {
    PrintReuse(result, i, printer);
  }
  if (shown == result.reuses.size()) return;
  printer->Put(absl::StrFormat(
      "and %s (-o jsonl has all)\n\n",
      HumanCount(result.reuses.size() - shown, "more passage")));
}

}  // namespace twicetold
