// SPDX-License-Identifier: Apache-2.0
//
// What a scan can be told.
#ifndef TWICETOLD_SCAN_OPTIONS_H_
#define TWICETOLD_SCAN_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/passage/passage_options.h"

namespace twicetold {

// Which passages are of interest.
enum class PassageScope {
  kAll,
  kWithin,  // inside one document
  kAcross,  // of two documents
};

// What changes the result comes first, then what changes only how it is found.
struct ScanOptions {
  // Tokens a shingle, at least 1. 5 is the field's usual choice for prose.
  int shingle_size = 5;

  // Documents whose shingle sets have at least this Jaccard similarity are
  // near-duplicates; in (0, 1].
  double min_jaccard = .8;

  // The share of near-duplicate pairs at that similarity to be found, in
  // (0, 1). Pairs that are more alike are found more surely.
  double recall = .99;

  // Slots of 32 bits a document's sketch has, from 16 to 4,096.
  int sketch_size = 128;

  // Chooses the random functions behind sketches and buckets.
  uint64_t seed = 0;

  // Whether only new documents and those of a reference set (Corpus::role) are
  // compared: no two new ones, no two of the reference, and none with itself.
  bool against = false;

  // Whether passages are looked for at all, and which.
  bool passages = true;
  PassageScope scope = PassageScope::kAll;
  PassageOptions passage = {};

  // Bits that a passage has to score, at least.
  double min_score = 0;

  // UTF-8. Passages that are made of one of these texts are boilerplate, and
  // marked as ignored (passage/ignored_text.h).
  std::vector<std::string> ignored_texts = {};

  // Whether the result says what was changed in each passage.
  bool edits = false;

  // Threads to work with; 0 means as many as the machine has.
  int threads = 0;
};

// InvalidArgument, naming the option and its range, if one is out of it, or if
// the sketch cannot give the recall, with a size that could.
absl::Status CheckOptions(const ScanOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_SCAN_OPTIONS_H_
