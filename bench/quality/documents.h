// SPDX-License-Identifier: Apache-2.0
//
// quality_bench documents: recall and precision of the search for
// near-duplicate documents, against a comparison of all pairs.
//
// The records of a data set become files, which are scanned as the tool scans
// a folder; what is scored is the JSON Lines text that comes out.
#ifndef TWICETOLD_BENCH_QUALITY_DOCUMENTS_H_
#define TWICETOLD_BENCH_QUALITY_DOCUMENTS_H_

#include <CLI/CLI.hpp>

namespace twicetold {

// Adds the command, which sets `*status` to the exit status: 0 if the result
// is as good as asked for, 1 if not, 2 if it could not be measured.
void AddDocumentsCommand(CLI::App* app, int* status);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_DOCUMENTS_H_
