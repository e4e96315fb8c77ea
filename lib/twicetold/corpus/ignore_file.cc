// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/ignore_file.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "twicetold/corpus/glob.h"

namespace twicetold {
namespace {

std::string_view TrimEnd(std::string_view line) {
  if (line.ends_with("\\ ")) return line;
  const size_t last = line.find_last_not_of(" \t\r\v\f");
  return line.substr(0, last + 1);
}

// The glob that has to match a whole path: one without a slash inside matches
// the name in any folder, and "x/**" is what is inside x but not x itself.
std::string WholePathGlob(std::string_view line, bool anchored) {
  std::string glob(line);
  if (!anchored && glob.find('/') == std::string::npos && glob != "**") {
    glob.insert(0, "**/");
  }
  if (glob.ends_with("/**")) glob += "/*";
  return glob;
}

void AddText(std::string_view text, std::string* texts) {
  if (!texts->empty()) *texts += "; ";
  *texts += text;
}

static_assert(IgnoreFile::kMaxRules == 10000 &&
                  IgnoreFile::kMaxPatternBytes == 4096,
              "they are part of texts below");

}  // namespace

IgnoreFile IgnoreFile::Parse(std::string_view bytes, std::string* limits) {
  IgnoreFile file;
  bool long_lines = false;
  bool many_rules = false;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('#')) continue;
    if (line.size() > kMaxPatternBytes) {
      long_lines = true;
      continue;
    }
    // What is not a pattern matches nothing, in git as well.
    file.AddLine(line, Glob::Braces::kLiteral).IgnoreError();
    if (file.rules_.size() > kMaxRules) {
      file.rules_.pop_back();
      many_rules = true;
      break;
    }
  }
  if (limits == nullptr) return file;
  if (many_rules) AddText("only its first 10,000 rules are heeded", limits);
  if (long_lines) {
    AddText("patterns of more than 4,096 bytes are not heeded", limits);
  }
  return file;
}

absl::Status IgnoreFile::AddLine(std::string_view line, Glob::Braces braces) {
  if (line.starts_with('#')) return absl::OkStatus();
  line = TrimEnd(line);
  if (line.empty()) return absl::OkStatus();
  bool keep = false;
  bool anchored = false;
  if (line.starts_with("\\!") || line.starts_with("\\#")) {
    line.remove_prefix(1);
  } else {
    if (line.starts_with('!')) {
      keep = true;
      line.remove_prefix(1);
    }
    if (line.starts_with('/')) {
      anchored = true;
      line.remove_prefix(1);
    }
  }
  const bool folders_only = line.ends_with('/');
  if (folders_only) line.remove_suffix(1);
  if (line.empty()) return absl::OkStatus();
  absl::StatusOr<Glob> glob =
      Glob::Parse(WholePathGlob(line, anchored), braces);
  if (!glob.ok()) return glob.status();
  rules_.push_back({*std::move(glob), keep, folders_only});
  return absl::OkStatus();
}

Verdict IgnoreFile::Match(std::string_view path, bool is_folder,
                          GlobScratch* scratch) const {
  for (size_t i = rules_.size(); i-- > 0;) {
    const Rule& rule = rules_[i];
    if (rule.folders_only && !is_folder) continue;
    if (rule.glob.Matches(path, scratch)) {
      return rule.keep ? Verdict::kKeep : Verdict::kIgnore;
    }
  }
  return Verdict::kNone;
}

absl::StatusOr<CallerGlobs> CallerGlobs::Parse(
    std::span<const std::string> globs) {
  CallerGlobs result;
  for (const std::string& glob : globs) {
    absl::Status status =
        result.rules_.AddLine(glob, Glob::Braces::kAlternatives);
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "invalid glob '%s': %s", glob, std::string(status.message())));
    }
  }
  for (const IgnoreFile::Rule& rule : result.rules_.rules_) {
    if (!rule.keep) result.any_positive_ = true;
  }
  return result;
}

Verdict CallerGlobs::Match(std::string_view path, bool is_folder,
                           GlobScratch* scratch) const {
  switch (rules_.Match(path, is_folder, scratch)) {
    case Verdict::kIgnore:
      return Verdict::kKeep;
    case Verdict::kKeep:
      return Verdict::kIgnore;
    case Verdict::kNone:
      break;
  }
  // Folders are gone through: what matches may be further down.
  return any_positive_ && !is_folder ? Verdict::kIgnore : Verdict::kNone;
}

}  // namespace twicetold
