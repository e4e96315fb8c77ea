// SPDX-License-Identifier: Apache-2.0
//
// What the stages of a deduplication share: the input, the settings, where
// their files are, the threads. Stages are functions of this and of what the
// stages before left (dedup.h has their order).
//
// Thread safety: a run belongs to one thread; its pool serves the stages.
#ifndef TWICETOLD_DEDUP_DEDUP_RUN_H_
#define TWICETOLD_DEDUP_DEDUP_RUN_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/role.h"
#include "twicetold/dedup/dedup_options.h"
#include "twicetold/dedup/input_stream.h"
#include "twicetold/match/band_plan.h"

namespace twicetold {

struct DedupRun {
  const DedupInput& input;
  const DedupOptions& options;
  BandPlan plan = {};
  std::filesystem::path stages = {};  // folder of the stage files
  uint64_t fingerprint = 0;           // of input and settings
  uint64_t memory = 0;  // bytes of the budget that are left for stages
  ThreadPool* pool = nullptr;
  InputCache* cache = nullptr;
  std::stop_token stop = {};
  std::function<void(uint64_t documents, uint64_t bytes)> progress = {};

  std::string StagePath(const char* name) const { return stages / name; }
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DEDUP_RUN_H_
