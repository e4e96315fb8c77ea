// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/input_texts.h"

#include "twicetold/corpus/read_file.h"

namespace twicetold {

InputText InputTexts::Parse(const RawLine& line, uint32_t file,
                            uint64_t document) {
  InputText text = {.document = document, .file = file, .line = line.number};
  Record record;
  text.skip = parser_.Parse(line.bytes, &record);
  if (text.skip) return text;
  tokens_.TakeUtf8(record.text);
  text.bytes = record.text;
  text.offset = line.offset + static_cast<uint64_t>(record.raw_text.data() -
                                                    line.bytes.data());
  text.raw_bytes = static_cast<uint32_t>(record.raw_text.size());
  text.key = record.key;
  text.tokens = tokens_.hashes();
  return text;
}

InputText InputTexts::Read(uint32_t file, uint64_t document) {
  InputText text = {.document = document, .file = file};
  const ReadResult read = ReadFile(input_.files[file].path, &buffer_);
  text.skip = read.skip;
  if (!text.skip) text.skip = tokens_.Take(read.text);
  if (text.skip) return text;
  text.bytes = read.text;
  text.tokens = tokens_.hashes();
  return text;
}

}  // namespace twicetold
