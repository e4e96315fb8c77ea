// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/document_names.h"

#include <cstddef>
#include <span>

#include "absl/strings/str_format.h"
#include "twicetold/report/path_field.h"

namespace twicetold {

bool DocumentNames::IsDocument(uint64_t document) const {
  if (document >= sketched_.numbers) return false;
  // Most have words, and need no look at their row.
  if (sketched_.words[document] > 0) return true;
  uint32_t has_document = 0;
  return sketched_.rows
             .Read(
                 document * sizeof(DocumentRow) +
                     offsetof(DocumentRow, has_document),
                 {reinterpret_cast<char*>(&has_document), sizeof(has_document)})
             .ok() &&
         has_document != 0;
}

absl::StatusOr<std::string> DocumentNames::KeyOf(uint64_t document) const {
  // Its row and the one before it, at whose end the key begins.
  DocumentRow rows[2];
  const uint64_t first = document == 0 ? 0 : document - 1;
  const std::span<DocumentRow> wanted =
      std::span(rows).last(static_cast<size_t>(document - first + 1));
  absl::Status status = sketched_.rows.Read(
      first * sizeof(DocumentRow),
      {reinterpret_cast<char*>(wanted.data()), wanted.size_bytes()});
  if (!status.ok()) return status;
  const uint64_t begin = rows[0].key_end;
  const uint64_t end = rows[1].key_end;
  if (end < begin) return absl::DataLossError("keys out of order");
  std::string key(static_cast<size_t>(end - begin), '\0');
  status = sketched_.keys.Read(begin, {key.data(), key.size()});
  if (!status.ok()) return status;
  return key;
}

absl::Status DocumentNames::Describe(uint64_t document, JsonLine* line) const {
  const DocumentPlace place = PlaceOf(run_.input, sketched_.firsts, document);
  line->Count("document", document);
  SetPathField(run_.input.files[place.file].path, line);
  if (place.line == 0) return absl::OkStatus();
  line->Count("record", place.line);
  const absl::StatusOr<std::string> key = KeyOf(document);
  if (key.ok() && !key->empty()) line->Text("key", *key);
  return key.status();
}

absl::StatusOr<std::string> DocumentNames::Description(
    uint64_t document) const {
  std::string object;
  JsonLine line(&object);
  if (absl::Status status = Describe(document, &line); !status.ok()) {
    return status;
  }
  line.EndObject();
  return object;
}

absl::StatusOr<std::string> DocumentNames::ShortName(uint64_t document) const {
  const DocumentPlace place = PlaceOf(run_.input, sketched_.firsts, document);
  const std::string& path = run_.input.files[place.file].path;
  if (place.line == 0) return path;
  absl::StatusOr<std::string> key = KeyOf(document);
  if (!key.ok() || !key->empty()) return key;
  return absl::StrFormat("%s:%d", path, place.line);
}

}  // namespace twicetold
