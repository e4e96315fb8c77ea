// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/candidate_stage.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "twicetold/base/union_find.h"
#include "twicetold/dedup/bucket_sketches.h"
#include "twicetold/dedup/exact_pairs.h"
#include "twicetold/dedup/external_sort.h"
#include "twicetold/dedup/part_file.h"
#include "twicetold/match/bucket_search.h"
#include "twicetold/match/buckets.h"
#include "twicetold/match/seen_pairs.h"

namespace twicetold {
namespace {

constexpr char kPairs[] = "candidates.pairs";
constexpr char kCounts[] = "candidates.counts";

// Pairs that a worker gathers before it hands them over.
constexpr size_t kPairsAtOnce = 1 << 16;

struct Counts {
  uint64_t pairs = 0;
  uint64_t overfull_buckets = 0;
  uint64_t led_buckets = 0;
  uint64_t capped = 0;
};

using Search = BucketSearch<BucketSketches>;

uint64_t Packed(const CandidatePair& pair) {
  const auto [a, b] = std::minmax(pair.a, pair.b);
  return uint64_t{a} << 32 | b;
}

class CandidateSearch {
 public:
  CandidateSearch(const DedupRun& run, const SketchedInput& sketched,
                  const SameInput& same, const Preference& preference)
      : run_(run),
        sketched_(sketched),
        same_(same),
        preference_(preference),
        pairs_(run.StagePath("pairs.scratch"), run.memory / 6) {}

  absl::Status Run() {
    if (run_.options.exact) {
      absl::Status found =
          FindExactPairs(run_, sketched_, same_, preference_.roles,
                         [this](std::span<const uint64_t> pairs) {
                           return pairs_.Add(pairs);
                         });
      return found.ok() ? Write() : found;
    }
    absl::Status status = LoadSketches();
    PartFile parts(run_.StagePath("bands.scratch"),
                   same_.distinct * static_cast<uint64_t>(run_.plan.bands),
                   run_.memory / 4);
    if (status.ok()) status = AddBandKeys(&parts);
    // Some have many candidates, most have none.
    seen_ = std::make_unique<SeenPairs>(8 * same_.distinct, run_.memory / 16);
    MakeSearches();
    for (size_t part = 0; status.ok() && part < parts.part_count(); ++part) {
      status = SearchPart(part, &parts);
    }
    if (status.ok() && run_.stop.stop_requested()) {
      status = absl::CancelledError("interrupted");
    }
    if (!status.ok()) return status;
    in_memory_ = {};
    slots_.reset();
    searches_.clear();
    seen_.reset();
    std::vector<uint64_t>().swap(part_keys_);
    std::vector<uint32_t>().swap(part_documents_);
    grouping_ = {};
    return Write();
  }

 private:
  bool TakesPart(uint32_t document) const {
    return sketched_.words[document] > 0 &&
           same_.stands_in[document] == document;
  }

  size_t sketch_size() const {
    return static_cast<size_t>(run_.options.sketch_size);
  }

  // All of them, if they fit.
  absl::Status LoadSketches() {
    if (sketched_.sketches.size() > run_.memory / 4) {
      return absl::OkStatus();
    }
    const size_t bytes = static_cast<size_t>(sketched_.sketches.size());
    // Not initialized: all of it is read.
    slots_.reset(new uint32_t[bytes / sizeof(uint32_t)]);
    in_memory_ = {slots_.get(), bytes / sizeof(uint32_t)};
    return sketched_.sketches.Read(
        0, {reinterpret_cast<char*>(slots_.get()), bytes});
  }

  absl::Status AddKeysOf(uint32_t document, std::span<const uint32_t> sketch,
                         PartFile* parts) {
    const size_t rows = static_cast<size_t>(run_.plan.rows);
    for (size_t band = 0; band < static_cast<size_t>(run_.plan.bands); ++band) {
      const uint64_t key = HashWords(sketch.subspan(band * rows, rows),
                                     Mix(run_.options.seed + band));
      absl::Status status = parts->Add(key, document);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status AddBandKeys(PartFile* parts) {
    StageItems<uint32_t> slots(sketched_.sketches);
    std::vector<uint32_t> sketch(sketch_size());
    for (uint32_t document = 0; document < sketched_.numbers; ++document) {
      if (!in_memory_.empty()) {
        if (!TakesPart(document)) continue;
        absl::Status status = AddKeysOf(
            document,
            in_memory_.subspan(document * sketch_size(), sketch_size()), parts);
        if (!status.ok()) return status;
        continue;
      }
      for (uint32_t& slot : sketch) slots.Next(&slot);
      if (!slots.status().ok()) return slots.status();
      if (!TakesPart(document)) continue;
      absl::Status status = AddKeysOf(document, sketch, parts);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  void MakeSearches() {
    const uint64_t memory =
        run_.memory / 8 / static_cast<uint64_t>(run_.pool->size());
    for (int i = 0; i < run_.pool->size(); ++i) {
      searches_.emplace_back(BucketSketches({.in_memory = in_memory_,
                                             .on_disk = &sketched_.sketches,
                                             .sketch_size = sketch_size(),
                                             .roles = preference_.roles,
                                             .memory = memory}),
                             run_.plan, run_.options.seed, seen_.get());
    }
  }

  absl::Status SearchPart(size_t part, PartFile* parts) {
    std::vector<uint32_t>& documents = part_documents_;
    absl::Status status = parts->Take(part, &part_keys_, &documents);
    if (!status.ok()) return status;
    std::vector<std::vector<uint32_t>> members_of(searches_.size());
    ForEachBucket(
        part_keys_, run_.pool, run_.stop,
        [&](std::span<const uint32_t> entries, int worker) {
          const auto w = static_cast<size_t>(worker);
          std::vector<uint32_t>& members = members_of[w];
          members.clear();
          for (uint32_t entry : entries) members.push_back(documents[entry]);
          SearchBucket(&searches_[w], &members);
        },
        &grouping_);
    for (Search& search : searches_) {
      search.Finish();
      HandOver(&search);
    }
    for (Search& search : searches_) {
      status.Update(search.sketches()->status());
    }
    status.Update(pair_status_);
    return status;
  }

  void SearchBucket(Search* search, std::vector<uint32_t>* members) {
    // All pairs of a smaller one are looked at, in whatever order.
    if (members->size() > kFullBucket) {
      std::sort(members->begin(), members->end(), preference_);
    }
    search->sketches()->Load(*members);
    search->Search(search->sketches()->members());
    if (search->found()->pairs.size() >= kPairsAtOnce) HandOver(search);
  }

  // Moves what a worker found to what all found.
  void HandOver(Search* search) {
    CandidateList found = std::exchange(*search->found(), {});
    std::vector<uint64_t> packed;
    packed.reserve(found.pairs.size());
    for (const CandidatePair& pair : found.pairs)
      packed.push_back(Packed(pair));
    std::lock_guard lock(mutex_);
    counts_.overfull_buckets += found.overfull_buckets;
    counts_.led_buckets += found.led_buckets;
    counts_.capped += found.capped.size();
    if (pair_status_.ok()) pair_status_ = pairs_.Add(packed);
  }

  static void Join(uint64_t pair, UnionFind* components) {
    components->Union(static_cast<uint32_t>(pair >> 32),
                      static_cast<uint32_t>(pair));
  }

  absl::Status AddTied(uint64_t pair, UnionFind* components,
                       ExternalSort<ComponentPair>* sorted) const {
    uint32_t a = static_cast<uint32_t>(pair >> 32);
    uint32_t b = static_cast<uint32_t>(pair);
    const uint32_t component = components->Find(a);
    if (preference_(b, a)) std::swap(a, b);
    const ComponentPair tied = {
        .component = component, .first = a, .second = b};
    return sorted->Add({&tied, 1});
  }

  // Joins the pairs into components and writes them in their order.
  // Components are known once all pairs were seen, so these pass twice.
  absl::Status Write() {
    UnionFind components(sketched_.numbers);
    ExternalSort<ComponentPair> sorted(run_.StagePath("components.scratch"),
                                       run_.memory / 6);
    if (const std::vector<uint64_t>* all = pairs_.InMemory()) {
      for (uint64_t pair : *all) Join(pair, &components);
      for (uint64_t pair : *all) {
        absl::Status status = AddTied(pair, &components, &sorted);
        if (!status.ok()) return status;
      }
      pairs_.Clear();
      return WriteSorted(&sorted);
    }
    auto raw =
        StageWriter::Create(run_.StagePath("pairs.raw"), run_.fingerprint);
    if (!raw.ok()) return raw.status();
    absl::Status status = pairs_.Merge([&](const uint64_t& pair) {
      Join(pair, &components);
      raw->WriteItem(pair);
      return raw->status();
    });
    if (status.ok()) status = raw->Commit();
    if (!status.ok()) return status;
    auto reader =
        StageReader::Open(run_.StagePath("pairs.raw"), run_.fingerprint, false);
    if (!reader.ok()) return reader.status();
    StageItems<uint64_t> items(*reader);
    for (uint64_t pair = 0; items.Next(&pair);) {
      status = AddTied(pair, &components, &sorted);
      if (!status.ok()) return status;
    }
    if (!items.status().ok()) return items.status();
    status = WriteSorted(&sorted);
    std::error_code ignored;
    std::filesystem::remove(run_.StagePath("pairs.raw"), ignored);
    return status;
  }

  absl::Status WriteSorted(ExternalSort<ComponentPair>* sorted) {
    auto writer = StageWriter::Create(run_.StagePath(kPairs), run_.fingerprint);
    if (!writer.ok()) return writer.status();
    absl::Status status = sorted->Merge([&](const ComponentPair& pair) {
      ++counts_.pairs;
      writer->WriteItem(pair);
      return writer->status();
    });
    if (status.ok()) status = writer->Commit();
    if (!status.ok()) return status;
    auto counts =
        StageWriter::Create(run_.StagePath(kCounts), run_.fingerprint);
    if (!counts.ok()) return counts.status();
    counts->WriteItem(counts_);
    return counts->Commit();
  }

  const DedupRun& run_;
  const SketchedInput& sketched_;
  const SameInput& same_;
  const Preference& preference_;
  std::unique_ptr<uint32_t[]> slots_;
  std::span<const uint32_t> in_memory_;  // all slots, or nothing
  std::unique_ptr<SeenPairs> seen_;
  std::vector<Search> searches_;  // one a worker
  // Of the part at hand, and kept for the next.
  std::vector<uint64_t> part_keys_;
  std::vector<uint32_t> part_documents_;
  GroupingMemory grouping_;
  std::mutex mutex_;
  ExternalSort<uint64_t> pairs_;  // guarded by mutex_, as what follows
  absl::Status pair_status_;
  Counts counts_;
};

}  // namespace

absl::Status RunCandidateStage(const DedupRun& run,
                               const SketchedInput& sketched,
                               const SameInput& same,
                               const Preference& preference) {
  return CandidateSearch(run, sketched, same, preference).Run();
}

absl::StatusOr<CandidateInput> OpenCandidateStage(const DedupRun& run,
                                                  bool verify) {
  auto counts =
      StageReader::Open(run.StagePath(kCounts), run.fingerprint, verify);
  if (!counts.ok()) return counts.status();
  auto pairs =
      StageReader::Open(run.StagePath(kPairs), run.fingerprint, verify);
  if (!pairs.ok()) return pairs.status();
  const auto values = counts->ReadItems<Counts>();
  if (!values.ok()) return values.status();
  if (values->size() != 1) return absl::DataLossError("no counts");
  return CandidateInput{.pairs = *std::move(pairs),
                        .pair_count = values->front().pairs,
                        .overfull_buckets = values->front().overfull_buckets,
                        .led_buckets = values->front().led_buckets,
                        .capped = values->front().capped};
}

}  // namespace twicetold
