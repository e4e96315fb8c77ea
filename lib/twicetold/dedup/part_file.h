// SPDX-License-Identifier: Apache-2.0
//
// Entries parted by the top bits of their keys, so that one part after the
// other can be looked at in memory. What does not fit is written to a single
// scratch file in blocks that belong to one part each: one open file, whatever
// the number of parts.
//
// Guarantee: a part gives its entries in the order in which they were added.
// Errors: those of stage_file.h. Thread safety: none.
#ifndef TWICETOLD_DEDUP_PART_FILE_H_
#define TWICETOLD_DEDUP_PART_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/dedup/scratch_file.h"

namespace twicetold {

// A band key and the document that has it; 12 bytes, not 16.
struct BandEntry {
  uint32_t key_high = 0;
  uint32_t key_low = 0;
  uint32_t document = 0;
};

class PartFile {
 public:
  // `entries`: how many there will be; `memory`: bytes that entries, and one
  // part of them with its table, may take.
  PartFile(std::string path, uint64_t entries, uint64_t memory);

  absl::Status Add(uint64_t key, uint32_t document);

  size_t part_count() const { return parts_.size(); }

  // The entries of a part, and frees what it takes.
  absl::Status Take(size_t part, std::vector<uint64_t>* keys,
                    std::vector<uint32_t>* documents);

 private:
  struct Block {
    uint64_t offset;
    size_t entries;
  };
  struct Part {
    std::vector<BandEntry> buffer;
    std::vector<Block> blocks;
    size_t spilled = 0;  // entries
  };

  absl::Status Spill();

  ScratchFile scratch_;
  uint64_t most_buffered_;  // entries
  uint64_t buffered_ = 0;
  int bits_;
  std::vector<Part> parts_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_PART_FILE_H_
