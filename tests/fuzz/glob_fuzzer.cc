// SPDX-License-Identifier: Apache-2.0
//
// Any bytes are a glob or none, and any bytes are an ignore file; matching
// ends, and a glob that is written without special bytes matches itself alone.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/corpus/glob.h"
#include "twicetold/corpus/ignore_file.h"

namespace {

using twicetold::CallerGlobs;
using twicetold::Glob;
using twicetold::IgnoreFile;
using twicetold::Verdict;

// `path` with every byte that means something taken literally.
std::string Escaped(std::string_view path) {
  std::string glob;
  for (const char c : path) {
    glob += '\\';
    glob += c;
  }
  return glob;
}

void CheckGlob(std::string_view pattern, std::string_view path) {
  for (const auto braces :
       {Glob::Braces::kLiteral, Glob::Braces::kAlternatives}) {
    const auto glob = Glob::Parse(pattern, braces);
    if (glob.ok()) FUZZ_CHECK(glob->Matches(path) == glob->Matches(path));
    const auto self = Glob::Parse(Escaped(path), braces);
    FUZZ_CHECK(self.ok() && self->Matches(path));
    FUZZ_CHECK(!self->Matches(std::string(path) + "x"));
    const auto all = Glob::Parse("**", braces);
    FUZZ_CHECK(all.ok() && (path.empty() || all->Matches(path)));
  }
}

}  // namespace

// The input: a path, an end of line, and the rules.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text =
      twicetold::testing::TextOf(data, size).substr(0, 1024);
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const std::string_view path = text.substr(0, end);
  const std::string_view rules = text.substr(end + 1);
  CheckGlob(rules, path);

  const IgnoreFile file = IgnoreFile::Parse(rules);
  twicetold::GlobScratch scratch;
  for (const bool is_folder : {false, true}) {
    const Verdict verdict = file.Match(path, is_folder, &scratch);
    FUZZ_CHECK(!file.empty() || verdict == Verdict::kNone);
  }
  const std::vector<std::string> globs = {std::string(rules)};
  const auto caller = CallerGlobs::Parse(globs);
  if (caller.ok()) {
    caller->Match(path, false, &scratch);
    caller->Match(path, true, &scratch);
  }
  return 0;
}
