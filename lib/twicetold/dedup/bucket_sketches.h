// SPDX-License-Identifier: Apache-2.0
//
// The sketches of one bucket after another for BucketSearch: from memory if
// all are there, else read for each bucket, and one by one where a bucket is
// too large for that.
//
// Thread safety: one object a worker.
#ifndef TWICETOLD_DEDUP_BUCKET_SKETCHES_H_
#define TWICETOLD_DEDUP_BUCKET_SKETCHES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/corpus/role.h"
#include "twicetold/dedup/stage_file.h"

namespace twicetold {

class BucketSketches {
 public:
  struct Source {
    std::span<const uint32_t> in_memory;  // all slots, by number, or none
    const StageReader* on_disk = nullptr;
    size_t sketch_size = 0;
    Roles roles = {};
    uint64_t memory = 0;  // bytes that the sketches of a bucket may take
  };

  explicit BucketSketches(const Source& source) : source_(source) {}

  // Makes `documents` the members.
  void Load(std::span<const uint32_t> documents) {
    documents_ = documents;
    members_.resize(documents.size());
    std::iota(members_.begin(), members_.end(), 0u);
    loaded_ = false;
    if (!source_.in_memory.empty()) return;
    if (documents.size() * bytes() > source_.memory) return;
    slots_.resize(documents.size() * size());
    for (size_t i = 0; i < documents.size(); ++i) {
      Read(documents[i], std::span(slots_).subspan(i * size(), size()));
    }
    loaded_ = true;
  }

  std::span<const uint32_t> members() const { return members_; }
  // The first error of reading; sketches are then of nothing.
  const absl::Status& status() const { return status_; }

  // For BucketSearch.
  size_t size() const { return source_.sketch_size; }
  uint32_t document(uint32_t member) const { return documents_[member]; }
  bool has_all() const { return !source_.in_memory.empty(); }
  std::span<const uint32_t> sketch_of(uint32_t document) const {
    return source_.in_memory.subspan(size_t{document} * size(), size());
  }
  bool has_roles() const { return !source_.roles.empty(); }
  Role role(uint32_t member) const { return source_.roles[document(member)]; }
  std::span<const uint32_t> sketch(uint32_t member, int side) {
    if (!source_.in_memory.empty()) {
      return source_.in_memory.subspan(size_t{document(member)} * size(),
                                       size());
    }
    if (loaded_) return std::span(slots_).subspan(member * size(), size());
    std::vector<uint32_t>& one = single_[static_cast<size_t>(side)];
    if (last_[static_cast<size_t>(side)] != document(member) || one.empty()) {
      one.resize(size());
      Read(document(member), one);
      last_[static_cast<size_t>(side)] = document(member);
    }
    return one;
  }

 private:
  size_t bytes() const { return size() * sizeof(uint32_t); }

  void Read(uint32_t document, std::span<uint32_t> sketch) {
    status_.Update(source_.on_disk->Read(
        document * uint64_t{bytes()},
        {reinterpret_cast<char*>(sketch.data()), bytes()}));
  }

  Source source_;
  std::span<const uint32_t> documents_;
  std::vector<uint32_t> members_;
  bool loaded_ = false;
  std::vector<uint32_t> slots_;  // of all members, if loaded
  std::array<std::vector<uint32_t>, 2> single_;
  std::array<uint32_t, 2> last_ = {};
  absl::Status status_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_BUCKET_SKETCHES_H_
