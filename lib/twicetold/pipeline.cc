// SPDX-License-Identifier: Apache-2.0
#include "twicetold/pipeline.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/base/progress.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/corpus/kept_texts.h"
#include "twicetold/find_contained.h"
#include "twicetold/make_result.h"
#include "twicetold/match/band_plan.h"
#include "twicetold/match/candidates.h"
#include "twicetold/match/join_same.h"
#include "twicetold/match/match_pairs.h"
#include "twicetold/match/same.h"
#include "twicetold/passage/search.h"
#include "twicetold/sketch/shingle_loader.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/sketch/sketch_corpus.h"

namespace twicetold {
namespace {

// 0 if that of one document is not known: a part says nothing of the whole.
uint64_t ExpectedBytes(const Corpus& corpus) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < corpus.size(); ++i) {
    const uint64_t more = corpus.expected_bytes(i);
    if (more == 0) return 0;
    bytes += more;
  }
  return bytes;
}

// Bytes that the second pass has to read.
uint64_t BytesOf(const SketchedCorpus& sketched,
                 std::span<const uint32_t> documents) {
  uint64_t bytes = 0;
  for (uint32_t i : documents) bytes += sketched.documents[i].bytes;
  return bytes;
}

// By document of the corpus; none if all are compared with all.
std::vector<Role> RolesOf(const Corpus& corpus, const ScanOptions& options) {
  std::vector<Role> roles;
  for (size_t i = 0; options.against && i < corpus.size(); ++i) {
    roles.push_back(corpus.role(i));
  }
  return roles;
}

// The part of clusters that the search for passages has to know of, by index
// in the documents that take part.
struct Kinship {
  std::vector<uint32_t> families;         // representative of the cluster
  std::vector<uint32_t> representatives;  // whose text need not be searched
};

// `distinct` ascends. A document of the reference is represented by one of the
// reference only, a new one by itself: what is only in the other role is not
// compared with the same documents.
Kinship KinshipOf(std::span<const Cluster> clusters,
                  std::span<const uint32_t> distinct, Roles roles) {
  Kinship kinship;
  for (uint32_t i = 0; i < distinct.size(); ++i) {
    kinship.families.push_back(i);
  }
  kinship.representatives = kinship.families;
  std::vector<uint32_t> members;  // those of a cluster that take part
  for (const Cluster& cluster : clusters) {
    members.clear();
    for (const uint32_t member : cluster.members) {
      const auto at =
          std::lower_bound(distinct.begin(), distinct.end(), member);
      // The others are the same as one that is among them.
      if (at == distinct.end() || *at != member) continue;
      members.push_back(static_cast<uint32_t>(at - distinct.begin()));
    }
    const auto may_be_represented = [&](uint32_t i) {
      return roles.empty() || roles[distinct[i]] == Role::kReference;
    };
    const auto first =
        std::find_if(members.begin(), members.end(), may_be_represented);
    for (const uint32_t i : members) {
      kinship.families[i] = members.front();
      if (may_be_represented(i)) kinship.representatives[i] = *first;
    }
  }
  return kinship;
}

// Of the texts that passages are looked for in.
constexpr uint64_t kMostKeptBytes = uint64_t{1} << 28;

// The stages, in the order in which they are called.
class ScanRun {
 public:
  ScanRun(const Corpus& corpus, const ScanOptions& options,
          const BandPlan& plan, const ProgressCallback& callback,
          std::stop_token stop)
      : corpus_(corpus),
        options_(options),
        plan_(plan),
        stop_(std::move(stop)),
        roles_(RolesOf(corpus, options)),
        pool_(options.threads),
        progress_(callback),
        sketcher_(options.sketch_size, options.seed) {}

  // Reads, tokenizes, shingles and sketches: every document, once. What is kept
  // for passages counts in all stages as it was then.
  void Sketch() {
    if (options_.passages) kept_.emplace(corpus_, kMostKeptBytes);
    progress_.Begin(Stage::kSketch, corpus_.size(), ExpectedBytes(corpus_));
    sketched_ = SketchCorpus(
        Texts(), options_.shingle_size, sketcher_, &pool_,
        [this](uint64_t documents, uint64_t bytes) {
          progress_.Add(documents, bytes);
        },
        stop_);
  }

  // Sets aside what is the same: it needs no sketch.
  void SetSameAside() { same_ = FindSame(sketched_.digests, roles_, &pool_); }

  // Bands and groups.
  void FindCandidatePairs() {
    progress_.Begin(Stage::kCandidates, same_.distinct.size(), 0);
    candidates_ =
        FindCandidates(Sketches(), plan_, options_.seed, &pool_, stop_);
    AddSamePairs();
    candidate_count_ = candidates_.pairs.size();
    progress_.Add(same_.distinct.size(), 0);
  }

  // Reads again what is in a candidate pair, verifies, clusters, and puts back
  // what was set aside.
  void Verify() {
    const std::vector<uint32_t> paired = DocumentsOf(candidates_.pairs);
    const std::vector<uint32_t> firsts = FirstsOf(same_);
    progress_.Begin(Stage::kVerify, paired.size() + firsts.size(),
                    BytesOf(sketched_, paired) + BytesOf(sketched_, firsts));
    ShingleLoader loader(Texts(), sketched_, options_.shingle_size,
                         pool_.size(),
                         [this](uint64_t bytes) { progress_.Add(1, bytes); });
    found_ = MatchPairs(
        std::move(candidates_.pairs),
        {.sketches = Sketches(),
         .min_jaccard = options_.min_jaccard,
         .least_equal_slots = plan_.least_equal_slots,
         .most_shingles =
             [this](uint32_t i) { return sketched_.digests[i].words; },
         .load = LoadFrom(&loader)},
        &pool_, stop_);
    JoinSame(
        same_, corpus_.size(),
        [&loader](uint32_t document, int worker) {
          return loader.Count(document, worker);
        },
        &pool_, stop_, &found_);
    changed_ = loader.Changed();
  }

  // Looks at what stands for itself, and once more at what has passages.
  void FindPassages() {
    if (!options_.passages) return;
    const Kinship kinship = KinshipOf(found_.clusters, same_.distinct, roles_);
    std::vector<Role> roles;
    for (size_t i = 0; options_.against && i < same_.distinct.size(); ++i) {
      roles.push_back(roles_[same_.distinct[i]]);
    }
    progress_.Begin(Stage::kPassages, same_.distinct.size(),
                    BytesOf(sketched_, same_.distinct));
    const IgnoredText ignored(options_.ignored_texts);
    passages_ = SearchPassages(
        {.corpus = Texts(),
         .documents = same_.distinct,
         .representatives = kinship.representatives,
         .families = kinship.families,
         .within = options_.scope != PassageScope::kAcross && !options_.against,
         .across = options_.scope != PassageScope::kWithin,
         .roles = roles,
         .min_score = options_.min_score,
         .options = options_.passage,
         .ignored = ignored,
         .read = [this](uint64_t documents,
                        uint64_t bytes) { progress_.Add(documents, bytes); }},
        &pool_, stop_);
  }

  // Reads once more what is contained in another document.
  void FindContainedPairs() {
    ShingleLoader loader(Texts(), sketched_, options_.shingle_size,
                         pool_.size(), [](uint64_t) {});
    const std::vector<Match> contained = FindContained(
        {.passages = passages_.passages,
         .matches = found_.matches,
         .words = [this](uint32_t i) { return sketched_.digests[i].words; },
         .load = LoadFrom(&loader)},
        &pool_, stop_);
    std::vector<Match>& matches = found_.matches;
    matches.insert(matches.end(), contained.begin(), contained.end());
    std::sort(matches.begin(), matches.end(), ByDocuments);
    const std::vector<uint32_t> changed = loader.Changed();
    changed_.insert(changed_.end(), changed.begin(), changed.end());
    SortDistinct(&changed_);
  }

  // Reads once more what has passages.
  void Locate() {
    located_ =
        LocatePassages(Texts(), passages_, options_.edits, &pool_, stop_);
  }

  Result Finish() {
    // Giving back the memory of the sketches takes about as long.
    Result result;
    pool_.For(2, 1,
              [&](size_t begin, size_t /*end*/, int /*worker*/) {
                if (begin == 0) {
                  result = MakeAll();
                } else {
                  sketched_.slots.reset();
                }
              },
              {});
    return result;
  }

 private:
  Result MakeAll() {
    return MakeResult({.corpus = Texts(),
                       .sketched = sketched_,
                       .options = options_,
                       .plan = plan_,
                       .candidates = candidates_,
                       .candidate_pairs = candidate_count_,
                       .changed = std::move(changed_),
                       .stand_ins = same_.stand_ins,
                       .found = std::move(found_),
                       .passages = std::move(passages_),
                       .located = std::move(located_)});
  }

  const Corpus& Texts() const { return kept_ ? *kept_ : corpus_; }

  static LoadShingleSet LoadFrom(ShingleLoader* loader) {
    return [loader](uint32_t document, int worker, ShingleSet* set) {
      return loader->Load(document, worker, set);
    };
  }

  // Documents that stand for one text on either side are verified with the
  // others, so that their cluster is.
  void AddSamePairs() {
    if (roles_.empty()) return;
    const auto is_distinct = [this](uint32_t document) {
      return std::binary_search(same_.distinct.begin(), same_.distinct.end(),
                                document);
    };
    for (const SamePair& pair : same_.pairs) {
      if (!is_distinct(pair.a) || !is_distinct(pair.b)) continue;
      candidates_.pairs.push_back({pair.a, pair.b});
    }
    SortDistinct(&candidates_.pairs);
  }

  SketchTable Sketches() const {
    return {.slots = {sketched_.slots.get(), corpus_.size() * sketcher_.size()},
            .size = sketcher_.size(),
            .documents = same_.distinct,
            .roles = roles_};
  }

  const Corpus& corpus_;
  const ScanOptions& options_;
  const BandPlan& plan_;
  const std::stop_token stop_;
  const std::vector<Role> roles_;
  ThreadPool pool_;
  ProgressMeter progress_;
  const Sketcher sketcher_;
  SketchedCorpus sketched_;
  SameDocuments same_;
  CandidateList candidates_;  // the pairs are gone once they are verified
  size_t candidate_count_ = 0;
  MatchedPairs found_;
  // For passages, which read documents three times more.
  std::optional<KeptTexts> kept_;
  FoundPassages passages_;
  LocatedPassages located_;
  std::vector<uint32_t> changed_;  // between the two readings
};

}  // namespace

absl::StatusOr<Result> Scan(const Corpus& corpus, const ScanOptions& options,
                            const ProgressCallback& progress,
                            std::stop_token stop) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  const absl::StatusOr<BandPlan> plan =
      PlanBands(options.sketch_size, options.min_jaccard, options.recall);
  if (!plan.ok()) return plan.status();

  ScanRun run(corpus, options, *plan, progress, stop);
  for (const auto stage :
       {&ScanRun::Sketch, &ScanRun::SetSameAside, &ScanRun::FindCandidatePairs,
        &ScanRun::Verify, &ScanRun::FindPassages, &ScanRun::FindContainedPairs,
        &ScanRun::Locate}) {
    (run.*stage)();
    if (stop.stop_requested()) return absl::CancelledError("interrupted");
  }
  return run.Finish();
}

}  // namespace twicetold
