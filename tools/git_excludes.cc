// SPDX-License-Identifier: Apache-2.0
#include "tools/git_excludes.h"

#include <cctype>
#include <fstream>
#include <iterator>

#include "tools/environment.h"

namespace twicetold {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string_view Strip(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lower;
}

std::string Unquoted(std::string_view value, const std::string& home) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  if (value.substr(0, 2) != "~/") return std::string(value);
  return home + std::string(value.substr(1));
}

}  // namespace

std::string ExcludesFileIn(std::string_view git_config,
                           const std::string& home) {
  std::string found;
  bool in_core = false;
  while (!git_config.empty()) {
    const size_t end = git_config.find('\n');
    std::string_view line = Strip(git_config.substr(0, end));
    git_config.remove_prefix(end == std::string_view::npos ? git_config.size()
                                                           : end + 1);
    if (!line.empty() && line.front() == '[') {
      const size_t close = line.find(']');
      if (close == std::string_view::npos) continue;
      in_core = LowerCase(Strip(line.substr(1, close - 1))) == "core";
      line = Strip(line.substr(close + 1));
    }
    const size_t equals = line.find('=');
    if (!in_core || equals == std::string_view::npos) continue;
    if (LowerCase(Strip(line.substr(0, equals))) != "excludesfile") continue;
    found = Unquoted(Strip(line.substr(equals + 1)), home);
  }
  return found;
}

std::string GitExcludesFile() {
  const std::string home = Environment("HOME");
  std::string config = Environment("XDG_CONFIG_HOME");
  if (config.empty() && !home.empty()) config = home + "/.config";
  if (config.empty()) return "";
  for (const std::string& path :
       {home + "/.gitconfig", config + "/git/config"}) {
    std::string excludes = ExcludesFileIn(ReadText(path), home);
    if (!excludes.empty()) return excludes;
  }
  return config + "/git/ignore";
}

}  // namespace twicetold
