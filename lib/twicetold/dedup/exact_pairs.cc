// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/exact_pairs.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/dedup/input_texts.h"
#include "twicetold/dedup/part_file.h"
#include "twicetold/match/buckets.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle_set_maker.h"

namespace twicetold {
namespace {

// Shingles of one counter are counted together; the order is as good as it is
// with many of them, and right with any.
constexpr int kCounterBits = 22;

constexpr size_t kPairsAtOnce = 1 << 16;

class ExactJoin {
 public:
  ExactJoin(const DedupRun& run, const SketchedInput& sketched,
            const SameInput& same, Roles roles, const TakePairs& take)
      : run_(run),
        sketched_(sketched),
        same_(same),
        roles_(roles),
        take_(take),
        counters_(new std::atomic<uint32_t>[size_t{1} << kCounterBits]()),
        sizes_(sketched.numbers) {
    for (int i = 0; i < run.pool->size(); ++i) workers_.emplace_back(run);
  }

  absl::Status Run() {
    absl::Status status = Pass([this](uint32_t, const ShingleSet& set,
                                      Worker*) { CountShingles(set); },
                               [](Worker*) { return absl::OkStatus(); });
    if (!status.ok()) return status;
    uint64_t entries = 0;
    for (uint32_t i = 0; i < sketched_.numbers; ++i) {
      if (TakesPart(i)) entries += Prefix(sketched_.words[i]);
    }
    PartFile parts(run_.StagePath("exact.scratch"), entries, run_.memory / 4);
    status = Pass([this](uint32_t document, const ShingleSet& set,
                         Worker* worker) { TakePrefix(document, set, worker); },
                  [&parts](Worker* worker) {
                    for (const auto& [shingle, document] : worker->prefixes) {
                      absl::Status added = parts.Add(shingle, document);
                      if (!added.ok()) return added;
                    }
                    return absl::OkStatus();
                  });
    for (size_t part = 0; status.ok() && part < parts.part_count(); ++part) {
      status = JoinPart(part, &parts);
    }
    return status;
  }

 private:
  struct Worker {
    explicit Worker(const DedupRun& run)
        : texts(run), set_maker(run.options.shingle_size) {}

    InputTexts texts;
    ShingleSetMaker set_maker;
    std::vector<std::pair<uint32_t, uint64_t>> ordered;   // count, shingle
    std::vector<std::pair<uint64_t, uint32_t>> prefixes;  // shingle, document
    std::vector<uint64_t> pairs;
  };

  bool TakesPart(uint64_t document) const {
    return document < sketched_.numbers && sketched_.words[document] > 0 &&
           same_.stands_in[document] == document;
  }

  size_t Prefix(size_t size) const {
    return PrefixSize(size, run_.options.min_jaccard);
  }

  // Goes through the input and calls `each` for each document that takes part,
  // with its distinct shingles.
  template <typename Each, typename Commit>
  absl::Status Pass(Each each, Commit commit) {
    return ForEachBatch(
        run_.input,
        {.work =
             [&](const InputBatch& batch, int number) {
               Worker& worker = workers_[static_cast<size_t>(number)];
               worker.prefixes.clear();
               worker.texts.ForEach(
                   batch,
                   [this](uint64_t document) { return TakesPart(document); },
                   [&](const InputText& text) {
                     if (text.skip) return true;
                     each(static_cast<uint32_t>(text.document),
                          worker.set_maker.Make(text.tokens), &worker);
                     return true;
                   });
             },
         .commit =
             [&](const InputBatch&, int number) {
               return commit(&workers_[static_cast<size_t>(number)]);
             }},
        run_.pool, run_.stop, run_.cache);
  }

  std::atomic<uint32_t>& CounterOf(uint64_t shingle) const {
    return counters_[shingle >> (64 - kCounterBits)];
  }

  void CountShingles(const ShingleSet& set) {
    for (uint64_t shingle : set) {
      CounterOf(shingle).fetch_add(1, std::memory_order_relaxed);
    }
  }

  void TakePrefix(uint32_t document, const ShingleSet& set, Worker* worker) {
    auto& ordered = worker->ordered;
    ordered.clear();
    for (uint64_t shingle : set) {
      ordered.emplace_back(CounterOf(shingle).load(std::memory_order_relaxed),
                           shingle);
    }
    sizes_[document] = static_cast<uint32_t>(ordered.size());
    const size_t prefix = Prefix(ordered.size());
    std::nth_element(ordered.begin(),
                     ordered.begin() + static_cast<ptrdiff_t>(prefix - 1),
                     ordered.end());
    for (size_t i = 0; i < prefix; ++i) {
      worker->prefixes.emplace_back(ordered[i].second, document);
    }
  }

  absl::Status JoinPart(size_t part, PartFile* parts) {
    std::vector<uint64_t> keys;
    std::vector<uint32_t> documents;
    absl::Status status = parts->Take(part, &keys, &documents);
    if (!status.ok()) return status;
    ForEachBucket(keys, run_.pool, run_.stop,
                  [&](std::span<const uint32_t> members, int worker) {
                    JoinBucket(members, documents,
                               &workers_[static_cast<size_t>(worker)]);
                  });
    for (Worker& worker : workers_) HandOver(&worker);
    if (run_.stop.stop_requested()) return absl::CancelledError("interrupted");
    std::lock_guard lock(mutex_);
    return status_;
  }

  void JoinBucket(std::span<const uint32_t> members,
                  std::span<const uint32_t> documents, Worker* worker) {
    for (size_t i = 0; i < members.size(); ++i) {
      const uint32_t a = documents[members[i]];
      if (worker->pairs.size() >= kPairsAtOnce && !HandOver(worker)) return;
      for (size_t j = i + 1; j < members.size(); ++j) {
        const uint32_t b = documents[members[j]];
        if (!AreCompared(roles_, a, b) ||
            !SizesAllow(sizes_[a], sizes_[b], run_.options.min_jaccard)) {
          continue;
        }
        worker->pairs.push_back(uint64_t{a} << 32 | b);
      }
    }
  }

  // False once something has gone wrong.
  bool HandOver(Worker* worker) {
    const uint64_t count = worker->pairs.size();
    SortDistinct(&worker->pairs);
    std::lock_guard lock(mutex_);
    found_ += count;
    if (status_.ok() && found_ > kMostExactPairs) {
      status_ = absl::ResourceExhaustedError(absl::StrFormat(
          "--exact would have to compare more than %d pairs: too much is alike",
          kMostExactPairs));
    }
    if (status_.ok()) status_ = take_(worker->pairs);
    worker->pairs.clear();
    return status_.ok();
  }

  const DedupRun& run_;
  const SketchedInput& sketched_;
  const SameInput& same_;
  const Roles roles_;
  const TakePairs& take_;
  const std::unique_ptr<std::atomic<uint32_t>[]> counters_;
  std::vector<uint32_t> sizes_;  // distinct shingles, by number
  std::vector<Worker> workers_;
  std::mutex mutex_;
  uint64_t found_ = 0;  // guarded by mutex_, as what follows
  absl::Status status_;
};

}  // namespace

size_t PrefixSize(size_t size, double min_jaccard) {
  // A little less than the product, so that rounding loses no pair.
  const double needed =
      std::ceil(min_jaccard * static_cast<double>(size) * (1 - 1e-12) - 1e-9);
  return size - std::min(size, static_cast<size_t>(std::max(needed, 1.))) + 1;
}

absl::Status FindExactPairs(const DedupRun& run, const SketchedInput& sketched,
                            const SameInput& same, Roles roles,
                            const TakePairs& take) {
  return ExactJoin(run, sketched, same, roles, take).Run();
}

}  // namespace twicetold
