// SPDX-License-Identifier: Apache-2.0
//
// Which of the files that were found are read as records, and the corpus of
// these and of the others.
//
// By --format auto those with a name of JSON Lines (corpus/record_files.h) are,
// whether they were named or found in a folder. A plain one that was found in a
// folder and has no record with the text field is one text after all: it may be
// somebody's test data in a folder of sources.
#ifndef TWICETOLD_TOOLS_RECORD_INPUTS_H_
#define TWICETOLD_TOOLS_RECORD_INPUTS_H_

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/record_flags.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/record_index.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {

// Moves what is to be read as records out of `*found`.
std::vector<RecordFile> TakeRecordInputs(const RecordFlags& flags,
                                         WalkResult* found);

// Moves the files that are one text after all from `*index` to `*found`.
// `named` are the paths that the caller gave.
void GiveBackTexts(const RecordFlags& flags,
                   const std::vector<std::string>& named, RecordIndex* index,
                   WalkResult* found);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_RECORD_INPUTS_H_
