// SPDX-License-Identifier: Apache-2.0
//
// quality_bench revisions: how much rewording the alignment of two texts
// survives. Short answers to a question, written with an original text at hand
// and revised more or less, are aligned with that text.
//
// The data: JSON Lines with id, task, category and text; the category is
// "orig" for the original of a task, else the level of revision.
#ifndef TWICETOLD_BENCH_QUALITY_REVISIONS_H_
#define TWICETOLD_BENCH_QUALITY_REVISIONS_H_

#include <CLI/CLI.hpp>

namespace twicetold {

// Adds the command, which sets `*status` to the exit status: 0, or 2 if the
// data could not be read.
void AddRevisionsCommand(CLI::App* app, int* status);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_REVISIONS_H_
