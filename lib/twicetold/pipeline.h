// SPDX-License-Identifier: Apache-2.0
//
// The spine: from a corpus to a result, one call a stage.
#ifndef TWICETOLD_PIPELINE_H_
#define TWICETOLD_PIPELINE_H_

#include <stop_token>

#include "absl/status/statusor.h"
#include "twicetold/base/progress.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/report/result.h"
#include "twicetold/scan_options.h"

namespace twicetold {

// Finds identical, same-text and near-duplicate documents, and passages.
// Errors: InvalidArgument for options out of range or a recall that the
// sketch cannot give; Cancelled once `stop` is requested. Documents that
// cannot be read are no error: they are in the result, as skipped.
// Memory: 4 x sketch_size bytes and about 500 more a document, and the shingle
// sets of one batch of documents in candidate pairs, 8 bytes a shingle: 16 MiB
// or the largest connected component of candidate pairs, whichever is more.
// With passages 256 MiB of texts besides, and up to 1 GiB of words.
// Thread safety: may be called from many threads at once.
absl::StatusOr<Result> Scan(const Corpus& corpus, const ScanOptions& options,
                            const ProgressCallback& progress = nullptr,
                            std::stop_token stop = {});

}  // namespace twicetold

#endif  // TWICETOLD_PIPELINE_H_
