// SPDX-License-Identifier: Apache-2.0
//
// The rules of one ignore file, and those that a caller gives as -g.
//
// A line is a rule, as gitignore(5) has it: `#` starts a comment, `!` takes
// back what earlier rules ignore, a slash at the end is for folders only, a
// slash elsewhere ties the rule to the folder of the file, and the last rule
// that matches a path decides. Paths are relative to that folder, without
// "./" and without a slash at the end.
//
// What is ripgrep's and not git's: all white space is cut off at the end of a
// line, tabs included, unless the line ends with a backslash and a space; the
// patterns differ as said in glob.h. What is git's and not that of every
// ripgrep: {a,b} in an ignore file is literal, a byte order mark before the
// first line is skipped, and lines that are not UTF-8 are rules all the same.
// A line that is no valid pattern is no rule.
//
// An ignore file comes with the documents and may be hostile: it has at most
// kMaxRules rules of kMaxPatternBytes bytes a line (ripgrep and git have no
// such bounds). Parse() says what is not heeded.
//
// Cost: every rule is tried on every path, latest first; most fail at their
// literal end.
// Thread safety: immutable after parsing; a scratch is for one thread at a
// time.
#ifndef TWICETOLD_CORPUS_IGNORE_FILE_H_
#define TWICETOLD_CORPUS_IGNORE_FILE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/corpus/glob.h"

namespace twicetold {

enum class Verdict {
  kNone,    // no rule speaks of the path
  kIgnore,  // leave it out
  kKeep,    // use it, whatever weaker rules say, even if it is hidden
};

class IgnoreFile {
 public:
  IgnoreFile() = default;

  static constexpr size_t kMaxRules = 10000;
  static constexpr size_t kMaxPatternBytes = 4096;

  // The first kMaxRules rules, without lines that are longer than
  // kMaxPatternBytes. If that leaves out anything, `*limits`, unless null,
  // says so to a person: "only its first 10,000 rules are heeded".
  static IgnoreFile Parse(std::string_view bytes,
                          std::string* limits = nullptr);

  Verdict Match(std::string_view path, bool is_folder,
                GlobScratch* scratch) const;

  bool empty() const { return rules_.empty(); }

 private:
  friend class CallerGlobs;

  struct Rule {
    Glob glob;
    bool keep = false;
    bool folders_only = false;
  };

  // Adds the rule of one line, if there is one in it.
  absl::Status AddLine(std::string_view line, Glob::Braces braces);

  std::vector<Rule> rules_;
};

// The globs of a caller (-g), by ripgrep's rules: written like the lines of an
// ignore file, but turned round. A glob names what to use; with `!` in front,
// what to leave out; the last one that matches decides and is stronger than
// all ignore files. If there is a glob without `!`, a file that none matches
// is left out. {a,b} are alternatives. Paths are relative to the current
// folder, or as they were reached if they are not below it.
class CallerGlobs {
 public:
  CallerGlobs() = default;

  // InvalidArgumentError names the first glob that cannot be parsed.
  static absl::StatusOr<CallerGlobs> Parse(std::span<const std::string> globs);

  Verdict Match(std::string_view path, bool is_folder,
                GlobScratch* scratch) const;

  bool empty() const { return rules_.empty(); }

 private:
  IgnoreFile rules_;
  bool any_positive_ = false;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_IGNORE_FILE_H_
