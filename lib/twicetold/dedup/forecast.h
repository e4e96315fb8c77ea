// SPDX-License-Identifier: Apache-2.0
//
// What a deduplication takes: what is known before it, and what of its budget
// no stage can have.
//
// Cost: a look at the end of each compressed file. Thread safety: functions of
// their arguments.
#ifndef TWICETOLD_DEDUP_FORECAST_H_
#define TWICETOLD_DEDUP_FORECAST_H_

#include <cstdint>

#include "twicetold/dedup/dedup_options.h"

namespace twicetold {

// Bytes a number that are held whatever the budget (words, what stands in,
// components, what it is kept for, the place of its set, and flags), and what
// else a run takes.
inline constexpr uint64_t kBytesANumber = 24;
inline constexpr uint64_t kBytesOtherwise = uint64_t{48} << 20;
inline constexpr uint64_t kCacheShare = 4;  // a quarter, for decompressed text

// What a run is expected to take, from the sizes of the inputs alone; of
// compressed ones, that which they say they have (corpus/unpacked_size.h), and
// four times their own at least.
struct DedupForecast {
  uint64_t text_bytes = 0;
  uint64_t documents = 0;
  uint64_t memory_bytes = 0;
  uint64_t disk_bytes = 0;  // besides the output
  double cpu_seconds = 0;
};
DedupForecast Forecast(const DedupInput& input, const DedupOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_FORECAST_H_
