// SPDX-License-Identifier: Apache-2.0
//
// Data in the layout of the PAN text alignment task: documents (JSON Lines
// with id and text), a table of pairs of a suspicious document and a source,
// with their class, and a table of the passages in them.
//
// Thread safety: a free function and plain values.
#ifndef TWICETOLD_BENCH_QUALITY_PAN_DATA_H_
#define TWICETOLD_BENCH_QUALITY_PAN_DATA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/quality/passage_score.h"

namespace twicetold {

struct PanFiles {
  std::string documents;
  std::string pairs;
  std::string passages;
};

// Of the number in the name of a suspicious document.
enum class Parity { kAll, kEven, kOdd };

struct PanChoice {
  Parity parity = Parity::kAll;
  std::string class_name;  // all if empty
};

struct PanDocument {
  std::string name;
  std::string text;
};

// Side a is the suspicious document, b the source.
struct PanPair {
  uint32_t a = 0;  // index into PanData::documents
  uint32_t b = 0;
  std::string class_name;  // see PanClassName
  std::vector<CharPassage> cases;
};

struct PanData {
  std::vector<PanDocument> documents;  // those of the pairs, by name
  std::vector<PanPair> pairs;          // in the order of the table
};

// The classes of the task by the names that its reports use: "clean" (no
// plagiarism), "none" (no obfuscation), "random", "translation", "summary".
// Another `label` is its own name.
std::string PanClassName(const std::string& label);

// The chosen pairs and what belongs to them. Passages of other pairs are left
// out. Errors: NotFound or DataLoss if a file cannot be read or is not of this
// layout, a document is missing, or a passage is outside of its document.
absl::StatusOr<PanData> LoadPan(const PanFiles& files, const PanChoice& choice);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_PAN_DATA_H_
