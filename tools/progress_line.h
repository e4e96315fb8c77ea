// SPDX-License-Identifier: Apache-2.0
//
// One line on stderr that says how far the run has come, rewritten in place:
// stage, share done, time left, documents/s, MB/s. Shown only on a terminal
// that can rewrite a line.
//
// Thread safety: Show may be called from one thread at a time.
#ifndef TWICETOLD_TOOLS_PROGRESS_LINE_H_
#define TWICETOLD_TOOLS_PROGRESS_LINE_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "twicetold/base/progress.h"

namespace twicetold {

// The line for `progress` after `seconds` in its stage; at most `width`
// columns.
std::string ProgressText(const Progress& progress, double seconds,
                         size_t width);

class ProgressLine {
 public:
  // Shows nothing, ever, if `quiet`.
  explicit ProgressLine(bool quiet);
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Rewrites the line if the last time is a tenth of a second ago.
  void Show(const Progress& progress);
  // Rewrites the line at once.
  void Show(std::string_view text);
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  const bool shows_;
  bool shown_ = false;
  Stage stage_ = Stage::kSketch;
  Clock::time_point stage_start_;
  Clock::time_point last_shown_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_PROGRESS_LINE_H_
