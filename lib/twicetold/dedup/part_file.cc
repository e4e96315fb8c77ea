// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/part_file.h"

#include <algorithm>
#include <span>
#include <utility>

namespace twicetold {
namespace {

// What looking at a part takes an entry: keys and documents, and the copy of
// both that ForEachBucket makes.
constexpr uint64_t kBytesAnEntry = 12 + 16;

constexpr int kMostBits = 12;

// However much memory there is, looking at a part costs least where what that
// takes is used again for the next one instead of being had from the system.
constexpr uint64_t kMostEntriesAPart = uint64_t{1} << 20;

int BitsFor(uint64_t entries, uint64_t memory) {
  int bits = 0;
  while (bits < kMostBits && ((entries >> bits) > kMostEntriesAPart ||
                              (entries >> bits) * kBytesAnEntry > memory / 2)) {
    ++bits;
  }
  return bits;
}

}  // namespace

PartFile::PartFile(std::string path, uint64_t entries, uint64_t memory)
    : scratch_(std::move(path)),
      most_buffered_(std::max<uint64_t>(memory / 2 / sizeof(BandEntry), 4096)),
      bits_(BitsFor(entries, memory)),
      parts_(size_t{1} << bits_) {
  // Keys are mixed: parts become about as large as each other.
  const uint64_t expected = std::min(entries, most_buffered_) >> bits_;
  for (Part& part : parts_) {
    part.buffer.reserve(static_cast<size_t>(expected + expected / 64 + 64));
  }
}

absl::Status PartFile::Add(uint64_t key, uint32_t document) {
  Part& part = parts_[bits_ == 0 ? 0 : key >> (64 - bits_)];
  part.buffer.push_back({.key_high = static_cast<uint32_t>(key >> 32),
                         .key_low = static_cast<uint32_t>(key),
                         .document = document});
  if (++buffered_ < most_buffered_ || parts_.size() == 1) {
    return absl::OkStatus();
  }
  return Spill();
}

absl::Status PartFile::Spill() {
  for (Part& part : parts_) {
    if (part.buffer.empty()) continue;
    const absl::StatusOr<uint64_t> offset =
        scratch_.Append(std::as_bytes(std::span(part.buffer)));
    if (!offset.ok()) return offset.status();
    part.blocks.push_back({*offset, part.buffer.size()});
    part.spilled += part.buffer.size();
    // Vectors that have grown would not shrink by themselves.
    std::vector<BandEntry>().swap(part.buffer);
  }
  buffered_ = 0;
  return absl::OkStatus();
}

absl::Status PartFile::Take(size_t number, std::vector<uint64_t>* keys,
                            std::vector<uint32_t>* documents) {
  Part& part = parts_[number];
  keys->clear();
  documents->clear();
  keys->reserve(part.spilled + part.buffer.size());
  documents->reserve(part.spilled + part.buffer.size());
  const auto add = [&](std::span<const BandEntry> entries) {
    for (const BandEntry& entry : entries) {
      keys->push_back(uint64_t{entry.key_high} << 32 | entry.key_low);
      documents->push_back(entry.document);
    }
  };
  std::vector<BandEntry> block;
  for (const Block& at : part.blocks) {
    block.resize(at.entries);
    absl::Status status =
        scratch_.Read(at.offset, std::as_writable_bytes(std::span(block)));
    if (!status.ok()) return status;
    add(block);
  }
  add(part.buffer);
  buffered_ -= part.buffer.size();
  std::vector<BandEntry>().swap(part.buffer);
  return absl::OkStatus();
}

}  // namespace twicetold
