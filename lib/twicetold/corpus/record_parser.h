// SPDX-License-Identifier: Apache-2.0
//
// From a line of JSON to the text of a document and its key.
//
// A record is a JSON object (RFC 8259, UTF-8). Its text is a string in the
// field RecordFields::text; its key, if it has one, a string or a number in
// the field RecordFields::id, as text (a number as it is written). A name with
// dots, "meta.url", leads into objects in objects; a field whose own name has
// the dots is found as well, if the other is not there. Of fields of the same
// name the last counts, as in most other readers.
//
// The whole line has to be JSON, not only what is looked at. Differences to
// the letter of RFC 8259, both lenient: a number may be of any size, and half
// of a surrogate pair in an escape (\ud83d) becomes U+FFFD.
//
// The reasons for which a line has no record, with their details:
//   kBadJson    "no object", "a string without end", "byte 17 is no UTF-8",
//               "more than 1000 levels deep", ...
//   kNoText     "no field text", "text is a number, not a string"
//   kTooLarge   a line of 4 GiB or more
//
// Cost: 1 to 3 GB/s a core, less for records of many small fields. The text is
// copied once, with its escapes resolved, or not at all if it has none.
// Memory: what the longest line needs, about six times its length at worst.
// Thread safety: one parser a thread.
#ifndef TWICETOLD_CORPUS_RECORD_PARSER_H_
#define TWICETOLD_CORPUS_RECORD_PARSER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "twicetold/corpus/skip.h"

namespace twicetold {

// Where in a record its parts are.
struct RecordFields {
  std::string text = "text";
  std::string id = "id";  // empty: records have no key
};

// Valid until the parser's next use, and while the line lives.
struct Record {
  std::string_view text;
  std::string_view raw_text;  // as it stands in the line, with its escapes
  std::optional<std::string_view> key;
};

class RecordParser {
 public:
  explicit RecordParser(const RecordFields& fields = {});
  ~RecordParser();
  RecordParser(RecordParser&&) noexcept;
  RecordParser& operator=(RecordParser&&) noexcept;

  // Fills `*record`, or says why there is none. `line` must be readable for
  // kBatchPadding bytes behind its end (record_reader.h), whatever they hold;
  // lines of a RawBatch are.
  std::optional<Skip> Parse(std::string_view line, Record* record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_PARSER_H_
