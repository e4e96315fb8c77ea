// SPDX-License-Identifier: Apache-2.0
//
// A comparison for a person to read: each passage with what kind of reuse it
// is, where it stands, what was swapped in it, and its text with the changes
// marked; then one line of totals.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_DIFF_TEXT_H_
#define TWICETOLD_REPORT_DIFF_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "twicetold/report/comparison.h"
#include "twicetold/report/diff_layout.h"
#include "twicetold/report/output.h"
#include "twicetold/report/text.h"

namespace twicetold {

struct DiffTextStyle {
  TextStyle text;
  DiffStyle diff;
  // Passages whose text is shown, those with the highest score.
  size_t most_passages = SIZE_MAX;
  bool show_ignored = false;  // passages of ignored text, too
  uint32_t min_words = 25;    // what was searched for, to say so
};

// False if `output` took no more.
bool WriteDiffText(const Comparison& comparison, const DiffTextStyle& style,
                   const Output& output);

// The last line, without an end: "2 passages: 51.2 % of the words of a.txt,
// 48.9 % of b.txt", or that there is no passage, with a text that is too short
// for one. Those of ignored text are counted by themselves.
std::string DiffTotalsText(const Comparison& comparison, uint32_t min_words);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_DIFF_TEXT_H_
