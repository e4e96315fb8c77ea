// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets of the documents of one component after another: all of
// them in memory if they fit, so that each is made once; else each whenever it
// is asked for.
//
// Thread safety: Load() by one thread; Get() by the workers of the pool that
// was given, each with its number.
#ifndef TWICETOLD_DEDUP_COMPONENT_SETS_H_
#define TWICETOLD_DEDUP_COMPONENT_SETS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/base/parallel.h"
#include "twicetold/dedup/shingle_sets.h"

namespace twicetold {

class ComponentSets {
 public:
  // `words`: of documents, by number; a set has no more shingles than its
  // document has words. `memory`: bytes that sets may take. Both have to
  // outlive it.
  ComponentSets(const ShingleSets& sets, std::span<const uint32_t> words,
                uint64_t memory)
      : sets_(&sets),
        words_(words),
        most_(static_cast<size_t>(memory / sizeof(uint64_t))) {}

  // Takes the documents of the next component, which have to stay where they
  // are. `pool`, which may be null, shares the work.
  absl::Status Load(std::span<const uint32_t> documents, ThreadPool* pool);

  // The set of the document at `place`; valid until the same worker's next
  // call, or the next Load().
  absl::StatusOr<std::span<const uint64_t>> Get(size_t place, int worker);

 private:
  absl::Status LoadSome(size_t begin, size_t end, ShingleSetReader* reader);

  const ShingleSets* sets_;
  std::span<const uint32_t> words_;
  size_t most_;
  std::vector<ShingleSetReader> readers_;  // of workers
  std::span<const uint32_t> documents_;
  bool loaded_ = false;
  std::vector<size_t> begins_;   // of each set in shingles_
  std::vector<uint32_t> sizes_;  // of each set
  size_t capacity_ = 0;
  std::unique_ptr<uint64_t[]> shingles_;  // not initialized beyond sets
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_COMPONENT_SETS_H_
