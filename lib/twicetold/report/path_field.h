// SPDX-License-Identifier: Apache-2.0
//
// How a path stands in a record: in "path" if it is UTF-8, else its bytes in
// base64 in "path_bytes".
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_PATH_FIELD_H_
#define TWICETOLD_REPORT_PATH_FIELD_H_

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "twicetold/base/utf8.h"
#include "twicetold/report/json_line.h"

namespace twicetold {

struct PathField {
  const char* name;
  std::string value;
};

inline PathField PathFieldOf(const std::string& path) {
  if (CountUtf8(path).bad_bytes == 0) return {.name = "path", .value = path};
  return {.name = "path_bytes", .value = absl::Base64Escape(path)};
}

// `Json`: of nlohmann/json.
template <typename Json>
void SetPathField(const std::string& path, Json* record) {
  PathField field = PathFieldOf(path);
  (*record)[field.name] = std::move(field.value);
}

inline void SetPathField(const std::string& path, JsonLine* line) {
  const PathField field = PathFieldOf(path);
  line->Text(field.name, field.value);
}

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_PATH_FIELD_H_
