// SPDX-License-Identifier: Apache-2.0
//
// A corpus: a fixed list of documents that can be read any number of times.
//
// The pipeline reads every document once, and those in a candidate pair a
// second time, so that memory does not grow with the text.
#ifndef TWICETOLD_CORPUS_CORPUS_H_
#define TWICETOLD_CORPUS_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/corpus/record_name.h"
#include "twicetold/corpus/role.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

// What reading one document gave: its bytes, or why there are none.
struct ReadResult {
  std::string_view text;  // meaningful only without `skip`
  std::optional<Skip> skip;
  // Whether it is known to be no binary by the rule of encoding.h.
  bool is_text = false;
};

class Corpus {
 public:
  virtual ~Corpus() = default;

  virtual size_t size() const = 0;

  // Every name by which document `i` was reached; at least one, the one that
  // stands for it first.
  virtual std::span<const std::string> names(size_t i) const = 0;

  // Which record of a file with these names document `i` is, if it is not the
  // whole file.
  virtual RecordName record(size_t /*i*/) const { return {}; }

  // What document `i` is where new ones are compared with a reference set
  // (ScanOptions::against).
  virtual Role role(size_t /*i*/) const { return Role::kNew; }

  // Bytes that document `i` is expected to have, for progress; 0 if that is
  // not known.
  virtual uint64_t expected_bytes(size_t i) const = 0;

  // The bytes of document `i`, unmodified. They may live in `*buffer`, which
  // the caller owns and passes in again to save allocations: valid until the
  // next use of `*buffer` and while the corpus lives. Safe to call from many
  // threads at once, each with a buffer of its own.
  virtual ReadResult Read(size_t i, std::string* buffer) const = 0;

  // The same for who compares the bytes with those that Read() gave: of bytes
  // that are others, it may give some that never stood there at one moment, or
  // that are no text. That may cost less.
  virtual ReadResult ReadAgain(size_t i, std::string* buffer) const {
    return Read(i, buffer);
  }

  // What was met and left out when the corpus was put together.
  virtual std::span<const SkippedInput> skipped() const { return {}; }
};

// A text in memory, for callers that have no files. The bytes are not copied
// and must outlive every use.
struct TextView {
  std::string name;
  std::string_view text;
  Role role = Role::kNew;
};

class MemoryCorpus final : public Corpus {
 public:
  explicit MemoryCorpus(std::span<const TextView> texts) : texts_(texts) {}

  size_t size() const override { return texts_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return {&texts_[i].name, 1};
  }
  Role role(size_t i) const override { return texts_[i].role; }
  uint64_t expected_bytes(size_t i) const override {
    return texts_[i].text.size();
  }
  ReadResult Read(size_t i, std::string* buffer) const override;

 private:
  std::span<const TextView> texts_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_CORPUS_H_
