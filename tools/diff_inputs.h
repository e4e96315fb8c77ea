// SPDX-License-Identifier: Apache-2.0
//
// The files of a diff: in the order in which they are named, and each named
// one taken, other than those of a scan.
#ifndef TWICETOLD_TOOLS_DIFF_INPUTS_H_
#define TWICETOLD_TOOLS_DIFF_INPUTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/flag_values.h"
#include "twicetold/corpus/corpus.h"

namespace twicetold {

// Stdin (-), FIFOs and terminals are read once, here; files when asked for.
class NamedCorpus final : public Corpus {
 public:
  explicit NamedCorpus(std::vector<std::string> paths);

  size_t size() const override { return inputs_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return {&inputs_[i].path, 1};
  }
  uint64_t expected_bytes(size_t i) const override {
    return inputs_[i].read.text.size();
  }
  ReadResult Read(size_t i, std::string* buffer) const override;

 private:
  struct Input {
    std::string path;
    bool is_stream = false;
    std::string buffer;  // of a stream
    ReadResult read;
  };

  std::vector<Input> inputs_;
};

// The file of the first of `paths` that is no path but the name by which scan
// shows a record of JSON Lines ("a.jsonl:17", "a.jsonl:17#key"); empty if none
// is.
std::string FirstFileOfRecord(const std::vector<std::string>& paths);

// The first of `paths` that is a folder; empty if none is.
std::string FirstFolder(const std::vector<std::string>& paths);

// FailedPrecondition if a report would overwrite one of `paths`.
absl::Status CheckOverwrites(const std::vector<std::string>& paths,
                             const std::vector<ReportTarget>& reports);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DIFF_INPUTS_H_
