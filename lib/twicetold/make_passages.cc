// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_passages.h"

#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace twicetold {
namespace {

constexpr uint32_t kNoId = std::numeric_limits<uint32_t>::max();

LocatedSide SideOf(uint32_t id, const Location& location, WordRange words) {
  return {.document = id,
          .bytes = location.bytes,
          .chars = location.chars,
          .lines = location.lines,
          .words = words.size(),
          .first_word = words.begin};
}

// Gives the id of each passage of `found`, kNoId of those that have none.
std::vector<uint32_t> AddRecords(const FoundPassages& found,
                                 LocatedPassages* located,
                                 std::span<const uint32_t> ids,
                                 Result* result) {
  std::vector<uint32_t> id_of(found.passages.size(), kNoId);
  for (size_t i = 0; i < located->named.size(); ++i) {
    const auto& [a, b] = located->sides[i];
    if (!a || !b) continue;
    const FoundPassage& from = found.passages[located->named[i]];
    id_of[located->named[i]] = static_cast<uint32_t>(result->passages.size());
    result->passages.push_back(
        {.a = SideOf(ids[from.document_a], *a, from.passage.a),
         .b = SideOf(ids[from.document_b], *b, from.passage.b),
         .score = from.passage.score,
         .similarity = from.passage.similarity(),
         .common_words = from.passage.common_words,
         .kind = from.passage.kind,
         .edits = located->edits.empty() ? std::vector<Edit>()
                                         : std::move(located->edits[i])});
  }
  return id_of;
}

ReuseRecord RecordOf(const FoundReuse& reuse,
                     std::span<const LocatedPassages::Where> places,
                     std::span<const uint32_t> ids,
                     std::span<const uint32_t> id_of) {
  ReuseRecord record{.kind = reuse.kind,
                     .score = reuse.score,
                     .place_count = reuse.place_count,
                     .ignored = reuse.ignored};
  for (size_t i = 0; i < reuse.places.size(); ++i) {
    const LocatedPassages::Where& place = places[i];
    if (!place) continue;
    record.places.push_back({.document = ids[reuse.places[i].document],
                             .bytes = place->bytes,
                             .lines = place->lines});
  }
  for (const uint32_t passage : reuse.passages) {
    if (id_of[passage] != kNoId) record.passages.push_back(id_of[passage]);
  }
  return record;
}

}  // namespace

void AddPassages(const FoundPassages& found, LocatedPassages located,
                 std::span<const uint32_t> ids, Result* result) {
  const std::vector<uint32_t> id_of = AddRecords(found, &located, ids, result);
  for (size_t i = 0; i < found.reuses.size(); ++i) {
    ReuseRecord record =
        RecordOf(found.reuses[i], located.places[i], ids, id_of);
    if (!record.places.empty()) result->reuses.push_back(std::move(record));
  }
}

}  // namespace twicetold
