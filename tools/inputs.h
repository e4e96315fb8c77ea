// SPDX-License-Identifier: Apache-2.0
//
// From the inputs named on the command line to a corpus.
#ifndef TWICETOLD_TOOLS_INPUTS_H_
#define TWICETOLD_TOOLS_INPUTS_H_

#include <memory>
#include <stop_token>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/scan_flags.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/walk.h"
#include "twicetold/report/result.h"

namespace twicetold {

// Paths with globs that the shell has left alone, as those that match.
std::vector<std::string> ExpandGlobs(const std::vector<std::string>& paths);

// How the paths are to be walked. Errors: InvalidArgument for a glob that is
// none.
absl::StatusOr<WalkOptions> WalkOptionsOf(const InputFlags& flags, int threads);

// Walks the paths, those of the reference too, reads lists of files and stdin.
// Files that `reports` go to are no inputs; `threads`, as in WalkOptions, look
// at files and read records. Errors: InvalidArgument for a glob that is none,
// NotFound for a list that cannot be read, FailedPrecondition for a report that
// would overwrite an input, Cancelled once `stop` is requested, and those of
// IndexRecords. Inputs that cannot be read are in the corpus, as skipped.
absl::StatusOr<std::unique_ptr<Corpus>> FindInputs(
    const InputFlags& flags, const std::vector<ReportTarget>& reports,
    int threads, std::stop_token stop);

// Adds what decided which files were taken to the settings of a result.
void AddInputSettings(const InputFlags& flags, Result* result);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_INPUTS_H_
