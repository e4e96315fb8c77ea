// SPDX-License-Identifier: Apache-2.0
//
// Where what was found stands in the documents as they are, and what was
// changed in it.
#ifndef TWICETOLD_LOCATE_PASSAGES_H_
#define TWICETOLD_LOCATE_PASSAGES_H_

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/locate.h"
#include "twicetold/passage/search.h"

namespace twicetold {

struct LocatedPassages {
  // Nothing if the document cannot be read any more, or not to there.
  using Where = std::optional<Location>;
  struct Sides {
    Where a;
    Where b;
  };
  // The passages that entries of reuse name, best first: indices in
  // FoundPassages::passages. The vectors behind it are in the same order.
  std::vector<uint32_t> named = {};
  std::vector<Sides> sides = {};
  std::vector<std::vector<Edit>> edits = {};  // empty unless asked for
  // Of each place of each of FoundPassages::reuses.
  std::vector<std::vector<Where>> places = {};
};

// Documents in passages are read once more, and with edits prepared for
// alignment again (make_edits.h), of which up to 1 GiB is kept meanwhile.
// Thread safety: a free function. The outcome does not depend on threads;
// `stop` ends the work early with an incomplete one.
LocatedPassages LocatePassages(const Corpus& corpus, const FoundPassages& found,
                               bool with_edits, ThreadPool* pool,
                               std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_LOCATE_PASSAGES_H_
