// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/same_stage.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace twicetold {
namespace {

struct DigestEntry {
  Digest text;
  uint64_t bytes_low = 0;  // of the digest of the bytes
  uint32_t document = 0;
};

// One class of documents with the same text.
void PlaceClass(std::span<const DigestEntry> members,
                const Preference& preference, SameInput* same) {
  const auto best = [&](const DigestEntry& a, const DigestEntry& b) {
    return preference(a.document, b.document);
  };
  // With a reference it is one of its documents, if it has any.
  const DigestEntry first =
      *std::min_element(members.begin(), members.end(), best);
  for (const DigestEntry& member : members) {
    same->stands_in[member.document] = first.document;
    same->identical[member.document] = member.bytes_low == first.bytes_low;
  }
}

}  // namespace

absl::StatusOr<SameInput> FindSameInput(const DedupRun& run,
                                        const SketchedInput& sketched,
                                        const Preference& preference) {
  SameInput same;
  same.stands_in.resize(sketched.numbers);
  std::iota(same.stands_in.begin(), same.stands_in.end(), 0u);
  same.identical.resize(sketched.numbers);
  const uint64_t memory = std::max<uint64_t>(run.memory / 3, 1 << 20);
  const uint64_t passes = sketched.documents * sizeof(DigestEntry) / memory + 1;
  std::vector<DigestEntry> entries;
  for (uint64_t pass = 0; pass < passes; ++pass) {
    if (run.stop.stop_requested()) return absl::CancelledError("interrupted");
    entries.clear();
    StageItems<DocumentRow> rows(sketched.rows);
    uint32_t document = 0;
    for (DocumentRow row; rows.Next(&row); ++document) {
      // The high half chooses the pass.
      if (row.words == 0 || row.text.high % passes != pass) continue;
      entries.push_back({row.text, row.bytes.low, document});
    }
    if (!rows.status().ok()) return rows.status();
    std::sort(entries.begin(), entries.end(),
              [](const DigestEntry& a, const DigestEntry& b) {
                return std::tuple(a.text, a.document) <
                       std::tuple(b.text, b.document);
              });
    for (size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      while (end < entries.size() && entries[end].text == entries[begin].text) {
        ++end;
      }
      ++same.distinct;
      if (end - begin == 1) continue;
      PlaceClass(std::span(entries).subspan(begin, end - begin), preference,
                 &same);
    }
  }
  return same;
}

}  // namespace twicetold
