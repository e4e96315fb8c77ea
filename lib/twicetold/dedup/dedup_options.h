// SPDX-License-Identifier: Apache-2.0
//
// What a deduplication can be told, and what it is done to.
//
// Thread safety: plain values.
#ifndef TWICETOLD_DEDUP_DEDUP_OPTIONS_H_
#define TWICETOLD_DEDUP_DEDUP_OPTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/role.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

// Which of documents that are alike is kept: the one with the most words, or
// that of the least or the greatest number. Of equals the first.
enum class Keep : uint8_t { kLongest, kFirst, kLast };

enum class DedupMode : uint8_t {
  kFilter,    // documents that are kept, as they were
  kAnnotate,  // all records, each with what became of it
  kList,      // no documents, only the lists of what is removed
};

// "longest", "first", "last"; "filter", "annotate", "list".
std::string_view KeepName(Keep keep);
std::string_view ModeName(DedupMode mode);

struct DedupOptions {
  // As in ScanOptions, where they are described.
  int shingle_size = 5;
  double min_jaccard = .8;
  double recall = .99;
  int sketch_size = 128;
  uint64_t seed = 0;

  // Whether all pairs at or above the threshold are found, by a join of the
  // shingles themselves (exact_pairs.h).
  bool exact = false;

  // Documents, chosen at random, that are compared with all others, to see how
  // many near-duplicates were missed; costs two more passes.
  uint64_t audit = 0;

  Keep keep = Keep::kLongest;
  DedupMode mode = DedupMode::kFilter;
  RecordFields fields = {};

  // How hard compressed output is compressed: level 1 of zstd and gzip costs
  // less than finding what is alike. Of gzip there are nine levels, and what
  // is above is the ninth. Changes compressed bytes only.
  int compression_level = 1;  // kLeast- to kMostCompressionLevel

  // What follows changes nothing in the output.

  // Whether the first input that cannot be read as it should ends the run.
  bool strict = false;

  uint64_t memory = uint64_t{2} << 30;  // bytes
  uint64_t stage_memory = 0;  // what of it stages may take; 0: the rest
  int threads = 0;            // 0: as many as the machine has
};

inline constexpr int kLeastCompressionLevel = 1;
inline constexpr int kMostCompressionLevel = 19;

// A file of records or, otherwise, one document.
struct DedupFile {
  std::string path;
  std::string output;  // where it goes below the folder of what is kept
  bool records = false;
  Compression compression = Compression::kNone;
  uint64_t bytes = 0;  // on disk
  Role role = Role::kNew;
};

struct DedupInput {
  // Files of records first; documents are numbered in this order.
  std::vector<DedupFile> files;
  std::vector<SkippedInput> skipped;  // by the walk

  bool has_reference() const {
    for (const DedupFile& file : files) {
      if (file.role != Role::kNew) return true;
    }
    return false;
  }
};

// InvalidArgument, naming the option, if one is out of its range, and for a
// strict run the first input that the walk could not read.
absl::Status CheckDedup(const DedupInput& input, const DedupOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DEDUP_OPTIONS_H_
