// SPDX-License-Identifier: Apache-2.0
//
// Reads data sets line by line, plain or compressed with zstd (told by the
// first bytes): JSON Lines, one object a line, or lines as they are.
//
// Memory: one line and one block of the file at a time.
// Thread safety: free functions without state.
#ifndef TWICETOLD_BENCH_RECORDS_H_
#define TWICETOLD_BENCH_RECORDS_H_

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace twicetold {

// Called for each line in order, without its LF, and its number from 1. An
// error ends the reading and is returned; so does false, without an error.
using LineVisitor =
    std::function<absl::StatusOr<bool>(std::string_view line, uint64_t number)>;

// Errors: NotFound if `path` cannot be opened, DataLoss if it cannot be
// decompressed to its end, and those of `visit`.
absl::Status ForEachLine(const std::string& path, const LineVisitor& visit);

// Called for each line of a table below its header, split at tabs.
using RowVisitor =
    std::function<absl::Status(const std::vector<std::string_view>& columns)>;

// Errors: as ForEachLine; DataLoss if the first line is not `header`, or
// another has not as many columns. Empty lines are passed over.
absl::Status ForEachRow(const std::string& path, std::string_view header,
                        const RowVisitor& visit);

// Called for each record in order; false ends the reading.
using RecordVisitor = std::function<bool(const nlohmann::json& record)>;

// Errors: NotFound if `path` cannot be opened, DataLoss if it cannot be
// decompressed to its end or a line is no object with a string "text".
absl::Status ForEachRecord(const std::string& path, const RecordVisitor& visit);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_RECORDS_H_
