// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/file_list.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace twicetold {

std::vector<std::string> ParseFileList(std::string_view bytes,
                                       bool nul_separated) {
  std::vector<std::string> paths;
  const char separator = nul_separated ? '\0' : '\n';
  while (!bytes.empty()) {
    const size_t end = bytes.find(separator);
    std::string_view path = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (!nul_separated && path.ends_with('\r')) path.remove_suffix(1);
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

}  // namespace twicetold
