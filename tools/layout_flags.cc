// SPDX-License-Identifier: Apache-2.0
#include "tools/layout_flags.h"

#include "tools/add_options.h"
#include "tools/flag_values.h"

namespace twicetold {

void LayoutOptions::AddTo(CLI::App* command) {
  AddValue(command, "--layout", &layout_,
           "side-by-side, inline or changes [side-by-side\nfrom 100 columns "
           "on, else inline]")
      ->option_text("--layout LAYOUT")
      ->check(OneOf({"side-by-side", "inline", "changes"}))
      ->group("Layout");
  AddValue(command, "--context", &context_,
           "Of sentences in a row that are the same, show\nN at each end [all "
           "where much was changed, else 1]")
      ->option_text("--context N")
      ->transform(WholeNumber(0, 1'000'000))
      ->group("Layout");
  AddValue(command, "--width", &width_,
           "Columns to fill [the terminal's, or else 100]")
      ->option_text("--width N")
      ->transform(WholeNumber(20, 10'000))
      ->group("Layout");
}

std::string LayoutOptions::Complete(LayoutFlags* flags) const {
  flags->diff.layout = ParseLayout(layout_).value_or(DiffLayout::kAuto);
  if (context_ >= 0) flags->diff.context = static_cast<size_t>(context_);
  if (width_ > 0) flags->width = static_cast<size_t>(width_);
  if (flags->diff.context && flags->diff.layout == DiffLayout::kChanges) {
    return "--context has nothing to say in --layout changes, which shows "
           "only what differs";
  }
  return "";
}

std::string LayoutOptions::GivenForDiff() const {
  if (!layout_.empty()) return "--layout";
  return context_ >= 0 ? "--context" : "";
}

}  // namespace twicetold
