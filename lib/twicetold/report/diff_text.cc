// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/diff_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/passage_diff.h"
#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {
namespace {

std::string NameOf(const ComparedText& text) {
  return Harmless(text.names.front());
}

// "line 7", "lines 20-41".
std::string LinesText(const PassageSide& side) {
  const uint32_t first = side.FirstLine();
  const uint32_t last = side.LastLine();
  if (first == last) return "line " + HumanCount(first);
  return absl::StrFormat("lines %s-%s", HumanCount(first), HumanCount(last));
}

// The share of the words of a text that stand in a passage.
double ShareTold(const Words& words, std::vector<WordRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](WordRange x, WordRange y) { return x.begin < y.begin; });
  uint64_t told = 0;
  uint32_t end = 0;
  for (const WordRange range : ranges) {
    const uint32_t begin = std::max(range.begin, end);
    if (range.end > begin) told += range.end - begin;
    end = std::max(end, range.end);
  }
  return static_cast<double>(told) / std::max<uint32_t>(words.size(), 1);
}

uint64_t CountIgnored(const Comparison& comparison) {
  return static_cast<uint64_t>(std::count_if(
      comparison.passages.begin(), comparison.passages.end(),
      [](const Passage& passage) { return IsIgnored(passage.kind); }));
}

// What of the texts themselves says why there is no passage, or that there
// might be: evidence of a few sentences does not make one. Nothing otherwise.
std::string RemarkOnTexts(const Comparison& comparison, uint32_t min_words) {
  for (const ComparedText& text : comparison.texts) {
    if (text.words.size() >= min_words) continue;
    return NameOf(text) + " has " +
           (text.words.size() == 0
                ? "no word."
                : "only " + HumanCount(text.words.size(), "word") + ".");
  }
  if (!comparison.within_one() &&
      comparison.a().words.hashes == comparison.b().words.hashes) {
    return "But both have the same words.";
  }
  return "";
}

class DiffPrinter {
 public:
  DiffPrinter(const Comparison& comparison, const DiffTextStyle& style,
              TextPrinter* printer)
      : comparison_(comparison), style_(style), printer_(printer) {}

  // Passage i is `number` of `count`.
  void PrintPassage(size_t i, size_t number, size_t count) {
    const PassageView view = MakePassageView(comparison_, i);
    printer_->PutLine("", Head(i, number, count, view), 2, Emphasis::kBold);
    PrintPassageDiff(comparison_, i, view, style_.diff, printer_);
  }

 private:
  std::string Head(size_t i, size_t number, size_t count,
                   const PassageView& view) const {
    const Passage& passage = comparison_.passages[i];
    const std::string other =
        comparison_.within_one() ? "" : NameOf(comparison_.b()) + " ";
    return absl::StrFormat(
        "Passage %s of %s, %s: %s %s and %s%s, %s and %s words, %s in common",
        HumanCount(number), HumanCount(count), PassageKindName(passage.kind),
        NameOf(comparison_.a()), LinesText(view.a), other, LinesText(view.b),
        HumanCount(passage.a.size()), HumanCount(passage.b.size()),
        HumanPercent(passage.similarity()));
  }

  const Comparison& comparison_;
  const DiffTextStyle& style_;
  TextPrinter* const printer_;
};

}  // namespace

std::string DiffTotalsText(const Comparison& comparison, uint32_t min_words) {
  const std::string a = NameOf(comparison.a());
  const std::string b = NameOf(comparison.b());
  const uint64_t ignored = CountIgnored(comparison);
  const std::string of_ignored =
      ignored == 0 ? "" : "; " + HumanCount(ignored) + " of ignored text";
  if (comparison.passages.size() == ignored) {
    std::string none =
        "No passage of " + HumanCount(min_words, "word") + " or more stands ";
    none += comparison.within_one() ? "twice in " + a
                                    : "in both " + a + " and " + b;
    if (ignored > 0) return none + of_ignored;
    const std::string remark = RemarkOnTexts(comparison, min_words);
    return none + "." + (remark.empty() ? "" : " ") + remark;
  }
  std::vector<WordRange> ranges_a;
  std::vector<WordRange> ranges_b;
  for (const Passage& passage : comparison.passages) {
    if (IsIgnored(passage.kind)) continue;
    ranges_a.push_back(passage.a);
    (comparison.within_one() ? ranges_a : ranges_b).push_back(passage.b);
  }
  std::string totals = absl::StrFormat(
      "%s: %s of the words of %s",
      HumanCount(comparison.passages.size() - ignored, "passage"),
      HumanPercent(ShareTold(comparison.a().words, ranges_a)), a);
  if (!comparison.within_one()) {
    totals += absl::StrFormat(
        ", %s of %s", HumanPercent(ShareTold(comparison.b().words, ranges_b)),
        b);
  }
  return totals + of_ignored;
}

bool WriteDiffText(const Comparison& comparison, const DiffTextStyle& style,
                   const Output& output) {
  TextPrinter printer(style.text, output);
  DiffPrinter diff(comparison, style, &printer);
  std::vector<size_t> listed;
  for (size_t i = 0; i < comparison.passages.size(); ++i) {
    if (style.show_ignored || !IsIgnored(comparison.passages[i].kind)) {
      listed.push_back(i);
    }
  }
  const size_t shown = std::min(listed.size(), style.most_passages);
  for (size_t i = 0; i < shown && printer.open(); ++i) {
    diff.PrintPassage(listed[i], i + 1, listed.size());
  }
  if (shown < listed.size()) {
    printer.PutLine(
        "",
        absl::StrFormat("%s more of lower score (--all shows them)",
                        HumanCount(listed.size() - shown, "passage")),
        2);
    printer.Put("\n");
  }
  printer.PutLine("", DiffTotalsText(comparison, style.min_words), 2);
  return printer.open();
}

}  // namespace twicetold
