// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/verify_stage.h"

#include <algorithm>
#include <span>
#include <utility>

#include "twicetold/dedup/external_sort.h"
#include "twicetold/dedup/shingle_sets.h"

namespace twicetold {
namespace {

constexpr char kRemoved[] = "verified.removed";
constexpr char kCounts[] = "verified.counts";

// Pairs of small components that are decided together, each component by one
// thread; a component of as many pairs is decided by all threads.
constexpr size_t kBatchPairs = size_t{1} << 15;

// Sketching the sample under all seeds costs about as much as sketching the
// input once more.
constexpr uint64_t kLeastSampleShingles = uint64_t{1} << 18;

class Verification {
 public:
  Verification(const DedupRun& run, const ShingleSets& sets,
               const CandidateInput& candidates, const Preference& preference)
      : run_(run),
        sets_(sets),
        candidates_(candidates),
        curve_(run.options.exact ? FindCurve::OfAll()
                                 : FindCurve(run.plan, run.options.sketch_size,
                                             candidates.overfull_buckets > 0)),
        removed_(run.StagePath("removed.scratch"), run.memory / 8) {
    for (int i = 0; i < run.pool->size(); ++i) {
      workers_.emplace_back(
          LeaderClustering(
              sets, preference, run.options.min_jaccard,
              run.memory / 2 / static_cast<uint64_t>(run.pool->size())),
          curve_);
    }
  }

  absl::Status Run(uint64_t input_words) {
    absl::Status status = DecideAll();
    if (!status.ok()) return status;
    VerifyCounts counts;
    FoundPairs found(curve_);
    for (const Worker& worker : workers_) {
      counts.compared += worker.compared;
      found.Merge(worker.found);
    }
    counts.matches = found.count();
    counts.estimated_recall = found.EstimatedRecall();
    if (run_.options.exact) return Write(counts);
    const auto interval = SpreadOverSeeds(
        found.Sample(), sets_, run_.plan, curve_, run_.options.sketch_size,
        run_.options.seed,
        std::max(kLeastSampleShingles, input_words / kFreshSeeds), run_.pool);
    if (!interval.ok()) return interval.status();
    counts.interval = *interval;
    if (interval->pairs == 0) return Write(counts);
    // Which pairs met in over-full buckets only is not known: at worst all.
    if (candidates_.overfull_buckets > 0) {
      counts.interval.low =
          std::min(counts.interval.low, counts.estimated_recall);
    }
    counts.estimated_recall = interval->mean;
    return Write(counts);
  }

 private:
  struct Worker {
    Worker(LeaderClustering leader_clustering, const FindCurve& curve)
        : clustering(std::move(leader_clustering)), found(curve) {}

    LeaderClustering clustering;
    std::vector<RemovedRow> removed;
    FoundPairs found;
    uint64_t compared = 0;
    absl::Status status;
  };

  absl::Status DecideAll() {
    StageItems<ComponentPair> items(candidates_.pairs);
    std::vector<ComponentPair> pairs;
    std::vector<size_t> ends;  // of components
    for (ComponentPair pair; items.Next(&pair);) {
      if (!pairs.empty() && pair.component != pairs.back().component) {
        ends.push_back(pairs.size());
        if (pairs.size() >= kBatchPairs) {
          absl::Status status = DecideBatch(pairs, ends);
          if (!status.ok()) return status;
          pairs.clear();
          ends.clear();
        }
      }
      pairs.push_back(pair);
    }
    if (!items.status().ok()) return items.status();
    if (!pairs.empty()) ends.push_back(pairs.size());
    return DecideBatch(pairs, ends);
  }

  absl::Status DecideBatch(std::span<const ComponentPair> pairs,
                           std::span<const size_t> ends) {
    const auto component = [&](size_t i) {
      const size_t begin = i == 0 ? 0 : ends[i - 1];
      return pairs.subspan(begin, ends[i] - begin);
    };
    for (size_t i = 0; i < ends.size(); ++i) {
      if (component(i).size() >= kBatchPairs) {
        Decide(component(i), run_.pool, &workers_[0]);
      }
    }
    run_.pool->For(
        ends.size(), 1,
        [&](size_t begin, size_t end, int number) {
          for (size_t i = begin; i < end; ++i) {
            if (component(i).size() >= kBatchPairs) continue;
            Decide(component(i), nullptr,
                   &workers_[static_cast<size_t>(number)]);
          }
        },
        run_.stop);
    if (run_.stop.stop_requested()) return absl::CancelledError("interrupted");
    for (Worker& worker : workers_) {
      if (!worker.status.ok()) return worker.status;
      absl::Status status = removed_.Add(worker.removed);
      if (!status.ok()) return status;
      worker.removed.clear();
    }
    return absl::OkStatus();
  }

  static void Decide(std::span<const ComponentPair> pairs, ThreadPool* pool,
                     Worker* worker) {
    LeaderClustering& clustering = worker->clustering;
    worker->status.Update(clustering.Decide(pairs, pool));
    worker->removed.insert(worker->removed.end(), clustering.removed().begin(),
                           clustering.removed().end());
    worker->compared += clustering.compared();
    for (const RemovedRow& row : clustering.removed()) worker->found.Add(row);
  }

  absl::Status Write(const VerifyCounts& counts) {
    auto rows = StageWriter::Create(run_.StagePath(kRemoved), run_.fingerprint);
    if (!rows.ok()) return rows.status();
    absl::Status status = removed_.Merge([&](const RemovedRow& row) {
      rows->WriteItem(row);
      return rows->status();
    });
    if (status.ok()) status = rows->Commit();
    if (!status.ok()) return status;
    auto writer =
        StageWriter::Create(run_.StagePath(kCounts), run_.fingerprint);
    if (!writer.ok()) return writer.status();
    writer->WriteItem(counts);
    return writer->Commit();
  }

  const DedupRun& run_;
  const ShingleSets& sets_;
  const CandidateInput& candidates_;
  const FindCurve curve_;
  std::vector<Worker> workers_;
  ExternalSort<RemovedRow> removed_;
};

std::vector<bool> PairedDocuments(const SketchedInput& sketched,
                                  const CandidateInput& candidates,
                                  absl::Status* status) {
  std::vector<bool> paired(sketched.numbers);
  StageItems<ComponentPair> items(candidates.pairs);
  for (ComponentPair pair; items.Next(&pair);) {
    paired[pair.first] = true;
    paired[pair.second] = true;
  }
  *status = items.status();
  return paired;
}

}  // namespace

absl::Status RunVerifyStage(const DedupRun& run, const SketchedInput& sketched,
                            const CandidateInput& candidates,
                            const Preference& preference) {
  absl::Status status;
  const std::vector<bool> paired =
      PairedDocuments(sketched, candidates, &status);
  if (!status.ok()) return status;
  const auto sets = MakeShingleSets(run, sketched, paired, "sets");
  if (!sets.ok()) return sets.status();
  uint64_t words = 0;
  for (uint32_t count : sketched.words) words += count;
  return Verification(run, *sets, candidates, preference).Run(words);
}

absl::StatusOr<VerifiedInput> OpenVerifyStage(const DedupRun& run,
                                              bool verify) {
  auto rows =
      StageReader::Open(run.StagePath(kRemoved), run.fingerprint, verify);
  if (!rows.ok()) return rows.status();
  auto counts =
      StageReader::Open(run.StagePath(kCounts), run.fingerprint, verify);
  if (!counts.ok()) return counts.status();
  auto removed = rows->ReadItems<RemovedRow>();
  if (!removed.ok()) return removed.status();
  auto values = counts->ReadItems<VerifyCounts>();
  if (!values.ok()) return values.status();
  if (values->size() != 1) return absl::DataLossError("no counts");
  return VerifiedInput{.counts = values->front(),
                       .removed = *std::move(removed)};
}

}  // namespace twicetold
