// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/audit_stage.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "twicetold/dedup/input_texts.h"
#include "twicetold/dedup/shingle_sets.h"
#include "twicetold/dedup/stage_file.h"
#include "twicetold/match/binomial.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle_set_maker.h"

namespace twicetold {
namespace {

constexpr char kCounts[] = "audit.counts";

// Half of what a 95 % interval leaves out.
constexpr double kTail = .025;
constexpr int kBisections = 60;

// P(Binomial(n, p) >= k).
double UpperTail(uint64_t k, uint64_t n, double p) {
  double sum = 0;
  for (uint64_t i = k; i <= n; ++i) {
    sum +=
        BinomialProbability(static_cast<double>(i), static_cast<double>(n), p);
  }
  return std::min(1., sum);
}

// The share at which P(Binomial >= k) is `wanted`; it grows with the share.
double ShareAt(uint64_t k, uint64_t n, double wanted) {
  double low = 0;
  double high = 1;
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2;
    (UpperTail(k, n, middle) < wanted ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Numbers of documents, as random as their hashes.
std::vector<bool> Sample(const DedupRun& run, const SketchedInput& sketched,
                         Roles roles) {
  std::vector<std::pair<uint64_t, uint32_t>> chosen;
  const size_t most = static_cast<size_t>(run.options.audit);
  const auto trim = [&] {
    std::sort(chosen.begin(), chosen.end());
    if (chosen.size() > most) chosen.resize(most);
  };
  for (uint32_t i = 0; i < sketched.numbers; ++i) {
    if (sketched.words[i] == 0) continue;
    if (!roles.empty() && roles[i] != Role::kNew) continue;
    chosen.emplace_back(Mix(Mix(run.options.seed ^ 0xa0d17) + i), i);
    if (chosen.size() >= 2 * most + 1024) trim();
  }
  trim();
  std::vector<bool> sample(sketched.numbers);
  for (const auto& [hash, document] : chosen) sample[document] = true;
  return sample;
}

// Which documents of the sample have a shingle.
class SampleIndex {
 public:
  absl::Status Add(const ShingleSets& sets) {
    ShingleSetReader reader(sets);
    std::vector<std::pair<uint64_t, uint32_t>> entries;
    for (uint32_t i = 0; i < sets.documents().size(); ++i) {
      const auto set = reader.Read(sets.documents()[i]);
      if (!set.ok()) return set.status();
      sizes_.push_back(static_cast<uint32_t>(set->size()));
      for (uint64_t shingle : *set) entries.emplace_back(shingle, i);
    }
    std::sort(entries.begin(), entries.end());
    for (size_t i = 0; i < entries.size(); ++i) {
      members_.push_back(entries[i].second);
      if (i == 0 || entries[i].first != entries[i - 1].first) {
        starts_[entries[i].first] = {static_cast<uint32_t>(i), 0};
      }
      ++starts_[entries[i].first].second;
    }
    return absl::OkStatus();
  }

  // The number of shingles of the document at `place` in the sample.
  uint32_t SizeOf(uint32_t place) const { return sizes_[place]; }

  std::span<const uint32_t> With(uint64_t shingle) const {
    const auto at = starts_.find(shingle);
    if (at == starts_.end()) return {};
    return std::span(members_).subspan(at->second.first, at->second.second);
  }

 private:
  absl::flat_hash_map<uint64_t, std::pair<uint32_t, uint32_t>> starts_;
  std::vector<uint32_t> members_;  // places in the sample
  std::vector<uint32_t> sizes_;    // of the sets
};

class Audit {
 public:
  Audit(const DedupRun& run, const SketchedInput& sketched,
        const Decisions& decisions, Roles roles, const ShingleSets& sets)
      : run_(run),
        sketched_(sketched),
        decisions_(decisions),
        roles_(roles),
        sets_(sets),
        fates_(sets.documents().size()) {
    for (int i = 0; i < run.pool->size(); ++i) workers_.emplace_back(run);
  }

  absl::StatusOr<AuditCounts> Count() {
    absl::Status status = index_.Add(sets_);
    if (!status.ok()) return status;
    status = ForEachBatch(run_.input,
                          {.work = [this](const InputBatch& batch,
                                          int worker) { Work(batch, worker); },
                           .commit =
                               [this](const InputBatch&, int worker) {
                                 Commit(&workers_[static_cast<size_t>(worker)]);
                                 return absl::OkStatus();
                               }},
                          run_.pool, run_.stop, run_.cache);
    if (!status.ok()) return status;
    counts_.documents = fates_.size();
    for (const Fate& fate : fates_) {
      counts_.with_near_duplicates += fate.has_any ? 1 : 0;
      counts_.with_none_left += fate.has_any && !fate.is_left ? 1 : 0;
    }
    return counts_;
  }

 private:
  struct Worker {
    explicit Worker(const DedupRun& run)
        : texts(run), set_maker(run.options.shingle_size) {}

    InputTexts texts;
    ShingleSetMaker set_maker;
    std::vector<uint32_t> shared;                      // by place in the sample
    std::vector<uint32_t> touched;                     // places with any
    std::vector<std::pair<uint32_t, uint32_t>> found;  // place, document
  };
  // Of a document of the sample.
  struct Fate {
    bool has_any = false;  // near-duplicates
    bool is_left = false;  // kept, and one of them, too
  };

  void Work(const InputBatch& batch, int number) {
    Worker& worker = workers_[static_cast<size_t>(number)];
    worker.found.clear();
    worker.shared.resize(fates_.size());
    worker.texts.ForEach(
        batch, [this](uint64_t document) { return IsCompared(document); },
        [&](const InputText& text) {
          if (!text.skip) Compare(text, &worker);
          return true;
        });
  }

  bool IsCompared(uint64_t document) const {
    return document < sketched_.numbers &&
           (roles_.empty() || roles_[document] != Role::kNew);
  }

  void Compare(const InputText& text, Worker* worker) const {
    const ShingleSet& set = worker->set_maker.Make(text.tokens);
    const uint32_t document = static_cast<uint32_t>(text.document);
    for (uint64_t shingle : set) {
      for (uint32_t place : index_.With(shingle)) {
        if (worker->shared[place]++ == 0) worker->touched.push_back(place);
      }
    }
    for (uint32_t place : worker->touched) {
      const uint32_t sampled = sets_.documents()[place];
      const Overlap overlap = {.shared = worker->shared[place],
                               .shingles_a = index_.SizeOf(place),
                               .shingles_b = set.size()};
      worker->shared[place] = 0;
      if (sampled == document) continue;
      if (overlap.jaccard() >= run_.options.min_jaccard) {
        worker->found.emplace_back(place, document);
      }
    }
    worker->touched.clear();
  }

  void Commit(Worker* worker) {
    for (const auto& [place, document] : worker->found) {
      const bool is_left = !decisions_.IsRemoved(sets_.documents()[place]) &&
                           !decisions_.IsRemoved(document);
      ++counts_.pairs;
      counts_.pairs_with_one_removed += is_left ? 0 : 1;
      fates_[place].has_any = true;
      fates_[place].is_left = fates_[place].is_left || is_left;
    }
  }

  const DedupRun& run_;
  const SketchedInput& sketched_;
  const Decisions& decisions_;
  const Roles roles_;
  const ShingleSets& sets_;
  SampleIndex index_;
  std::vector<Worker> workers_;
  std::vector<Fate> fates_;
  AuditCounts counts_;
};

}  // namespace

ShareInterval ClopperPearson(uint64_t successes, uint64_t trials) {
  if (trials == 0) return {};
  ShareInterval interval;
  if (successes > 0) interval.low = ShareAt(successes, trials, kTail);
  if (successes < trials) {
    interval.high = ShareAt(successes + 1, trials, 1 - kTail);
  }
  return interval;
}

absl::Status RunAuditStage(const DedupRun& run, const SketchedInput& sketched,
                           const Decisions& decisions, Roles roles) {
  const auto sets =
      MakeShingleSets(run, sketched, Sample(run, sketched, roles), "audit");
  if (!sets.ok()) return sets.status();
  const auto counts = Audit(run, sketched, decisions, roles, *sets).Count();
  if (!counts.ok()) return counts.status();
  auto writer = StageWriter::Create(run.StagePath(kCounts), run.fingerprint);
  if (!writer.ok()) return writer.status();
  writer->WriteItem(*counts);
  return writer->Commit();
}

absl::StatusOr<AuditCounts> OpenAuditStage(const DedupRun& run, bool verify) {
  auto reader =
      StageReader::Open(run.StagePath(kCounts), run.fingerprint, verify);
  if (!reader.ok()) return reader.status();
  const auto counts = reader->ReadItems<AuditCounts>();
  if (!counts.ok()) return counts.status();
  if (counts->size() != 1) return absl::DataLossError("no counts");
  return counts->front();
}

}  // namespace twicetold
