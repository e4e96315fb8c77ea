// SPDX-License-Identifier: Apache-2.0
//
// From the inputs of `twicetold dedup` to the files that it reads, and where
// each goes below the folder of what is kept: a file named as INPUT by its own
// name, one in a folder by its path below it.
#ifndef TWICETOLD_TOOLS_DEDUP_INPUTS_H_
#define TWICETOLD_TOOLS_DEDUP_INPUTS_H_

#include <stop_token>

#include "absl/status/statusor.h"
#include "tools/dedup_flags.h"
#include "twicetold/dedup/dedup_options.h"

namespace twicetold {

// Nothing of the folder that is written to is an input. Errors: InvalidArgument
// for a glob that is none or an input that can be read only once, NotFound if
// there is nothing to read, Cancelled once `stop` is requested.
absl::StatusOr<DedupInput> FindDedupInputs(const DedupFlags& flags,
                                           std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DEDUP_INPUTS_H_
