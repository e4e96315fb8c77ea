// SPDX-License-Identifier: Apache-2.0
//
// quality_bench bible: reworded passages of known place, across two documents
// and within one, and pairs of documents without any (bible_cases.h).
//
// What books really have in common (the Gospels, Kings and Chronicles, lists
// that repeat themselves) counts as false here, so precision is a lower bound.
#ifndef TWICETOLD_BENCH_QUALITY_BIBLE_H_
#define TWICETOLD_BENCH_QUALITY_BIBLE_H_

#include <CLI/CLI.hpp>

namespace twicetold {

// Adds the command, which sets `*status` to the exit status: 0, or 2 if the
// data could not be read.
void AddBibleCommand(CLI::App* app, int* status);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_BIBLE_H_
