// SPDX-License-Identifier: Apache-2.0
//
// The last step of the pipeline: from document numbers of the corpus to the
// records and ids of the result.
#ifndef TWICETOLD_MAKE_RESULT_H_
#define TWICETOLD_MAKE_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/corpus/corpus.h"
#include "twicetold/locate_passages.h"
#include "twicetold/match/band_plan.h"
#include "twicetold/match/candidates.h"
#include "twicetold/match/match_pairs.h"
#include "twicetold/match/same.h"
#include "twicetold/passage/search.h"
#include "twicetold/report/result.h"
#include "twicetold/scan_options.h"
#include "twicetold/sketch/sketch_corpus.h"

namespace twicetold {

// What the stages gave, documents numbered as in the corpus.
struct Findings {
  const Corpus& corpus;
  const SketchedCorpus& sketched;
  const ScanOptions& options;
  const BandPlan& plan;
  const CandidateList& candidates;  // its pairs are not looked at
  size_t candidate_pairs = 0;
  std::vector<uint32_t> changed;  // documents that could not be read again
  std::vector<StandIn> stand_ins = {};
  MatchedPairs found = {};
  FoundPassages passages = {};
  LocatedPassages located = {};
};

// Documents that were used get ids in corpus order, the rest become skipped
// inputs. A document that changed after it was read stays a document, as it
// was then, and is listed as skipped besides: what needed its text again is
// missing.
Result MakeResult(Findings findings);

}  // namespace twicetold

#endif  // TWICETOLD_MAKE_RESULT_H_
