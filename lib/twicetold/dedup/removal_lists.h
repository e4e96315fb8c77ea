// SPDX-License-Identifier: Apache-2.0
//
// The lists of what is removed: removed.jsonl, a line a document, and
// clusters.jsonl, a line a cluster. doc/result-format.md has their fields.
//
// Cost: a look at every number, and n log n in what is removed. Memory: eight
// bytes for each, beside a buffer. Once a stop is requested, Cancelled.
// Thread safety: free functions; AddRemovedLine may be called on many
// threads, each with `lines` of its own.
#ifndef TWICETOLD_DEDUP_REMOVAL_LISTS_H_
#define TWICETOLD_DEDUP_REMOVAL_LISTS_H_

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

#include "absl/status/status.h"
#include "twicetold/dedup/decisions.h"
#include "twicetold/dedup/document_names.h"

namespace twicetold {

// Appends the line of `document`, which is removed.
absl::Status AddRemovedLine(const Decisions& decisions,
                            const DocumentNames& names, uint64_t document,
                            std::string* lines);

// Writes the lines of all that are removed, ascending, to removed.jsonl in
// `folder`. `numbers` as in SketchedInput, here and below.
absl::Status WriteRemoved(const Decisions& decisions, uint64_t numbers,
                          const DocumentNames& names,
                          const std::filesystem::path& folder,
                          const std::stop_token& stop);

// Writes clusters.jsonl: clusters in the order of the documents that are kept.
absl::Status WriteClusters(const Decisions& decisions, uint64_t numbers,
                           const DocumentNames& names,
                           const std::filesystem::path& folder,
                           const std::stop_token& stop);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_REMOVAL_LISTS_H_
