// SPDX-License-Identifier: Apache-2.0
//
// What a run of dedup was started with, so that another one can tell whether
// it may go on with what that left: the settings, and of each input its size,
// time of change and a digest of its first and last bytes.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_DEDUP_RUN_STATE_H_
#define TWICETOLD_DEDUP_RUN_STATE_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_options.h"

namespace twicetold {

// Keeps the order in which fields are set.
using Json = nlohmann::ordered_json;

// Settings that change the output, by the names of the options.
Json SettingsJson(const DedupOptions& options);

// {"settings":{...},"inputs":[...]}. Errors: those of stage_file.h where an
// input cannot be looked at; such an input is described as missing.
Json StateOf(const DedupInput& input, const DedupOptions& options);

uint64_t FingerprintOf(const Json& state);

// FailedPrecondition, with what differs, unless a run of state `now` may go on
// with what one of state `before` left.
absl::Status CompareStates(const Json& before, const Json& now);

// A JSON file as a whole; NotFound, or DataLoss if it is none.
absl::StatusOr<Json> ReadJsonFile(const std::string& path);
// Replaces it, all at once.
absl::Status WriteJsonFile(const std::string& path, const Json& value);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_RUN_STATE_H_
