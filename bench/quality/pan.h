// SPDX-License-Identifier: Apache-2.0
//
// quality_bench pan: the alignment of two texts against labelled passages, by
// the measure and in the layout of the PAN text alignment task. Also its speed
// on one core.
#ifndef TWICETOLD_BENCH_QUALITY_PAN_H_
#define TWICETOLD_BENCH_QUALITY_PAN_H_

#include <CLI/CLI.hpp>

namespace twicetold {

// Adds the command, which sets `*status` to the exit status: 0, or 2 if the
// data could not be read.
void AddPanCommand(CLI::App* app, int* status);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_PAN_H_
