// SPDX-License-Identifier: Apache-2.0
//
// The texts of a batch, one after the other, with their tokens: what every
// pass that looks into documents goes through.
//
// Thread safety: one a thread.
#ifndef TWICETOLD_DEDUP_INPUT_TEXTS_H_
#define TWICETOLD_DEDUP_INPUT_TEXTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/record_reader.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/sketch/text_tokens.h"

namespace twicetold {

// A line of records that is not empty, or a file. Views are valid until the
// next one.
struct InputText {
  uint64_t document = 0;          // its number
  uint32_t file = 0;              // index in the input
  uint64_t line = 0;              // from 1; 0 for a file
  uint64_t offset = 0;            // of the text in the file, decompressed
  uint32_t raw_bytes = 0;         // of the text there, with escapes
  std::optional<Skip> skip = {};  // why it is no text: there is nothing below
  std::string_view bytes = {};    // of the record's text, or of the file
  std::optional<std::string_view> key = {};
  std::span<const uint64_t> tokens = {};
};

class InputTexts {
 public:
  explicit InputTexts(const DedupRun& run)
      : input_(run.input), parser_(run.options.fields) {}

  // Calls `visit(text)` for all of the batch for whose number `wants(number)`
  // holds, in order, until it gives false. Others are not parsed.
  template <typename Wants, typename Visit>
  void ForEach(const InputBatch& batch, Wants wants, Visit visit) {
    if (batch.records) {
      RawLine line;
      for (BatchLines lines(batch.raw); lines.Next(&line);) {
        const uint64_t document = batch.document_of(line.number);
        if (!wants(document)) continue;
        if (!visit(Parse(line, batch.file, document))) return;
      }
      return;
    }
    for (uint32_t i = 0; i < batch.file_count; ++i) {
      const uint64_t document = batch.first_document + i;
      if (!wants(document)) continue;
      if (!visit(Read(batch.file + i, document))) return;
    }
  }

 private:
  InputText Parse(const RawLine& line, uint32_t file, uint64_t document);
  InputText Read(uint32_t file, uint64_t document);

  const DedupInput& input_;
  RecordParser parser_;
  TextTokens tokens_;
  std::string buffer_;  // of a file
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_INPUT_TEXTS_H_
