// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/passage_diff.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "twicetold/passage/swaps.h"
#include "twicetold/passage/word_frequency.h"
#include "twicetold/report/changes_diff.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/inline_diff.h"
#include "twicetold/report/side_by_side.h"

namespace twicetold {
namespace {

// Named for each passage.
constexpr size_t kMostSwaps = 6;

// Where few sentences differ, the others are in the way.
size_t DefaultContext(PassageKind kind) {
  switch (kind) {
    case PassageKind::kReworded:
    case PassageKind::kSummary:
      return SIZE_MAX;
    default:
      return 1;
  }
}

DiffLayout LayoutFor(DiffLayout layout, size_t width) {
  if (layout != DiffLayout::kAuto) return layout;
  return width >= kSideBySideColumns ? DiffLayout::kSideBySide
                                     : DiffLayout::kInline;
}

// Function words are named if there is room and they recur.
void PrintSwaps(const Comparison& comparison, size_t i, TextPrinter* printer) {
  const PassageDiff& diff = comparison.diffs[i];
  const bool has_replaces =
      std::any_of(diff.edits.begin(), diff.edits.end(),
                  [](const Edit& edit) { return edit.op == EditOp::kReplace; });
  if (!has_replaces) return;
  const auto text = [](const ComparedText& side) -> SwapText {
    return {side.text.utf8, side.words, side.frequency()};
  };
  std::string swapped;
  size_t shown = 0;
  for (const Swap& swap :
       FindSwaps(text(comparison.a()), text(comparison.b()), diff)) {
    if (shown == kMostSwaps) break;
    if (swap.function_words && swap.count == 1) continue;
    if (++shown > 1) swapped += ", ";
    swapped += Harmless(swap.a) + " -> " + Harmless(swap.b);
    if (swap.count > 1) swapped += " (" + HumanCount(swap.count) + ")";
  }
  if (shown > 0) printer->PutLine("  swapped: ", swapped, 4);
}

}  // namespace

void PrintPassageDiff(const Comparison& comparison, size_t i,
                      const PassageView& view, const DiffStyle& style,
                      TextPrinter* printer) {
  PrintSwaps(comparison, i, printer);
  printer->Put("\n");
  const size_t context =
      style.context.value_or(DefaultContext(comparison.passages[i].kind));
  switch (LayoutFor(style.layout, printer->width())) {
    case DiffLayout::kAuto:
    case DiffLayout::kSideBySide:
      PrintSideBySide(view, context, printer);
      break;
    case DiffLayout::kInline:
      PrintInline(view, context, printer);
      break;
    case DiffLayout::kChanges:
      PrintChanges(view, printer);
      break;
  }
  printer->Put("\n");
}

}  // namespace twicetold
