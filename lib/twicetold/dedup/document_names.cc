// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/document_names.h"

#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "twicetold/base/utf8.h"

namespace twicetold {

std::string JsonLine(const Json& record) {
  std::string line =
      record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  line += '\n';
  return line;
}

void SetPathField(const std::string& path, Json* record) {
  if (CountUtf8(path).bad_bytes == 0) {
    (*record)["path"] = path;
  } else {
    (*record)["path_bytes"] = std::string(absl::Base64Escape(path));
  }
}

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
  const auto end_of = [this](uint64_t row, uint64_t* end) {
    return sketched_.rows.Read(
        row * sizeof(DocumentRow) + offsetof(DocumentRow, key_end),
        {reinterpret_cast<char*>(end), sizeof(*end)});
  };
  uint64_t begin = 0;
  uint64_t end = 0;
  absl::Status status = end_of(document, &end);
  if (status.ok() && document > 0) status = end_of(document - 1, &begin);
  if (!status.ok()) return status;
  if (end < begin) return absl::DataLossError("keys out of order");
  std::string key(static_cast<size_t>(end - begin), '\0');
  status = sketched_.keys.Read(begin, {key.data(), key.size()});
  if (!status.ok()) return status;
  return key;
}

absl::StatusOr<Json> DocumentNames::Describe(uint64_t document) const {
  const DocumentPlace place = PlaceOf(run_.input, sketched_.firsts, document);
  Json record = {{"document", document}};
  SetPathField(run_.input.files[place.file].path, &record);
  if (place.line == 0) return record;
  record["record"] = place.line;
  absl::StatusOr<std::string> key = KeyOf(document);
  if (!key.ok()) return key.status();
  if (!key->empty()) record["key"] = *std::move(key);
  return record;
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
