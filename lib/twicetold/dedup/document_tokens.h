// SPDX-License-Identifier: Apache-2.0
//
// The tokens of any document of the input, read again from its place. A pass
// over the whole input reads faster, but has to leave what it makes somewhere;
// where texts are in memory anyway this takes less.
//
// Guarantee: tokens are those of the text that was sketched, told by its
// digest.
// Errors: Aborted for a document that has another text by now, and what the
// system says of a file that it does not read.
// Thread safety: one a thread.
#ifndef TWICETOLD_DEDUP_DOCUMENT_TOKENS_H_
#define TWICETOLD_DEDUP_DOCUMENT_TOKENS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/sketch/text_tokens.h"

namespace twicetold {

// Whether texts can be read in any order at the cost of reading them in turn:
// what is compressed is in the cache, and what is not takes so little of the
// machine's memory that the system has kept it there.
bool TextsAreAtHand(const DedupRun& run);

// What is said of a document with another text than before.
absl::Status ChangedDuringRun(const DedupInput& input, uint32_t file,
                              uint64_t line);

class DocumentTokens {
 public:
  // Both have to outlive it.
  DocumentTokens(const DedupRun& run, const SketchedInput& sketched)
      : run_(run), sketched_(sketched) {}

  // Valid until the next call. Only where TextsAreAtHand.
  absl::StatusOr<std::span<const uint64_t>> Read(uint32_t document);

 private:
  // Few, so that runs of many threads over many files have few open.
  static constexpr size_t kMostOpen = 8;

  struct OpenFile {
    uint32_t file = 0;
    UniqueFd fd;
  };

  absl::Status Take(const DocumentRow& row, const DocumentPlace& place);
  absl::StatusOr<std::string_view> ReadRaw(uint32_t file,
                                           const DocumentRow& row);
  absl::StatusOr<int> Open(uint32_t file);

  const DedupRun& run_;
  const SketchedInput& sketched_;
  std::array<OpenFile, kMostOpen> open_;  // by file modulo their number
  std::string raw_;
  std::string text_;  // without escapes, or of a file
  TextTokens tokens_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DOCUMENT_TOKENS_H_
