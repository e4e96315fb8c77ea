// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/removal_lists.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/dedup/output_file.h"
#include "twicetold/report/json_line.h"

namespace twicetold {
namespace {

// Lines are written so many bytes at a time.
constexpr size_t kWriteBytes = size_t{1} << 18;

absl::Status WriteIfMany(const std::stop_token& stop, OutputFile* file,
                         std::string* lines) {
  if (lines->size() < kWriteBytes) return absl::OkStatus();
  if (stop.stop_requested()) return absl::CancelledError("interrupted");
  absl::Status status = file->Write(*lines);
  lines->clear();
  return status;
}

}  // namespace

absl::Status AddRemovedLine(const Decisions& decisions,
                            const DocumentNames& names, uint64_t document,
                            std::string* lines) {
  const Removal removal = decisions.RemovalOf(static_cast<uint32_t>(document));
  JsonLine line(lines);
  absl::Status status = names.Describe(document, &line);
  const absl::StatusOr<std::string> kept = names.Description(removal.kept);
  status.Update(kept.status());
  if (!status.ok()) return status;
  line.Raw("kept", *kept)
      .Text("relation", RelationName(removal.relation))
      .Fraction("jaccard", removal.jaccard())
      .Fraction("containment_in_kept", removal.containment_of_removed_in_kept())
      .Fraction("containment_of_kept",
                removal.containment_of_kept_in_removed());
  if (removal.relation == Relation::kNearDuplicate) {
    line.Count("shared", removal.overlap.shared)
        .Count("shingles", removal.overlap.shingles_a)
        .Count("shingles_of_kept", removal.overlap.shingles_b);
  }
  line.End();
  return absl::OkStatus();
}

absl::Status WriteRemoved(const Decisions& decisions, uint64_t numbers,
                          const DocumentNames& names,
                          const std::filesystem::path& folder,
                          const std::stop_token& stop) {
  auto file = OutputFile::Create(folder / "removed.jsonl");
  if (!file.ok()) return file.status();
  std::string lines;
  for (uint32_t i = 0; i < numbers; ++i) {
    if (!decisions.IsRemoved(i)) continue;
    absl::Status status = AddRemovedLine(decisions, names, i, &lines);
    if (status.ok()) status = WriteIfMany(stop, &*file, &lines);
    if (!status.ok()) return status;
  }
  return file->Write(lines);
}

absl::Status WriteClusters(const Decisions& decisions, uint64_t numbers,
                           const DocumentNames& names,
                           const std::filesystem::path& folder,
                           const std::stop_token& stop) {
  auto file = OutputFile::Create(folder / "clusters.jsonl");
  if (!file.ok()) return file.status();
  std::vector<std::pair<uint32_t, uint32_t>> members;  // cluster, document
  members.reserve(decisions.removed());
  for (uint32_t i = 0; i < numbers; ++i) {
    if (!decisions.IsRemoved(i)) continue;
    members.emplace_back(static_cast<uint32_t>(decisions.ClusterOf(i)), i);
  }
  std::sort(members.begin(), members.end());
  std::string lines;
  std::vector<uint32_t> removed;
  for (size_t begin = 0, end = 0; begin < members.size(); begin = end) {
    const uint32_t cluster = members[begin].first;
    removed.clear();
    double min_jaccard = 1;
    for (; end < members.size() && members[end].first == cluster; ++end) {
      removed.push_back(members[end].second);
      min_jaccard = std::min(
          min_jaccard, decisions.RemovalOf(members[end].second).jaccard());
    }
    const auto kept = names.Description(decisions.leaders()[cluster]);
    if (!kept.ok()) return kept.status();
    JsonLine(&lines)
        .Count("cluster", cluster)
        .Raw("kept", *kept)
        .Count("size", end - begin + 1)
        .Fraction("min_jaccard", min_jaccard)
        .Counts("removed", removed)
        .End();
    absl::Status status = WriteIfMany(stop, &*file, &lines);
    if (!status.ok()) return status;
  }
  return file->Write(lines);
}

}  // namespace twicetold
