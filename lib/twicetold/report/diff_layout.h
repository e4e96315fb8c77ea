// SPDX-License-Identifier: Apache-2.0
//
// How the text of a passage and what was changed in it is laid out.
#ifndef TWICETOLD_REPORT_DIFF_LAYOUT_H_
#define TWICETOLD_REPORT_DIFF_LAYOUT_H_

#include <cstddef>
#include <optional>

namespace twicetold {

enum class DiffLayout {
  kAuto,        // side by side where there is room, else inline
  kSideBySide,  // two columns
  kInline,      // one running text
  kChanges,     // only the sentences that differ
};

// From this width on, kAuto means side by side.
inline constexpr size_t kSideBySideColumns = 100;

struct DiffStyle {
  DiffLayout layout = DiffLayout::kAuto;
  // Sentences shown at either end of a row of sentences that are the same. By
  // default all, or one where few sentences differ.
  std::optional<size_t> context = {};
};

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_DIFF_LAYOUT_H_
