// SPDX-License-Identifier: Apache-2.0
//
// Holds the walk against ripgrep and git on random trees with random rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {
namespace {

using testing::CommandResult;
using testing::HasCommand;
using testing::Quoted;
using testing::RunCommand;
using testing::SplitAt;
using testing::TempTree;

// A small alphabet, so that rules hit often.
class RandomTree {
 public:
  // `for_git`: no patterns that ripgrep and git understand differently. To git
  // a set never holds a slash, and "a**" crosses folders where a lone "**a"
  // does not.
  explicit RandomTree(uint64_t seed, bool for_git = false)
      : random_(seed), for_git_(for_git) {}

  size_t Below(size_t n) { return random_() % n; }
  bool Chance(size_t percent) { return Below(100) < percent; }

  std::string Pick(const std::vector<std::string>& from) {
    return from[Below(from.size())];
  }

  std::string Name() {
    return Pick({"a", "b", "ab", "a.c", "b.c", "ba.h", "c", ".a", ".b.c", "a b",
                 "[a]", "!b", "#c", "a-b", "\xc3\xa9.c", "\\a"});
  }

  std::string Piece() {
    if (for_git_) {
      return Pick({"a",   "b",     "*",   "?",    "*.c",  "[ab]",
                   "a*b", "b.?",   ".*",  "ab",   "*b*",  "**",
                   "c",   "[a-c]", "\\a", "*.*",  "a.c",  "\\#c",
                   "é.c", "\\[a]", "?a*", "a\\*", "[]a]", "*a*b*"});
    }
    return Pick({"a",   "b",     "*",      "?",    "*.c",  "[ab]", "[!a]*",
                 "a*b", "b.?",   "[^b].c", ".*",   "ab",   "*b*",  "**",
                 "c",   "[a-c]", "a**",    "\\a",  "*.*",  "a.c",  "\\#c",
                 "é.c", "\\[a]", "?a*",    "a\\*", "[]a]", "*a*b*"});
  }

  std::string Pattern() {
    std::string pattern = Chance(25) ? "/" : "";
    pattern += Piece();
    while (Chance(30)) pattern += "/" + Piece();
    if (Chance(20)) pattern += "/";
    return pattern;
  }

  std::string Rules() {
    std::string text;
    for (size_t n = 1 + Below(4); n > 0; --n) {
      if (Chance(8)) text += "# a comment\n\n";
      if (Chance(30)) text += "!";
      text += Pattern();
      if (Chance(10)) text += "  ";
      text += Chance(15) ? "\r\n" : "\n";
    }
    return text;
  }

  // Fills the folder `path` ("" or ending with a slash).
  void Fill(const TempTree& tree, const std::string& path, int depth,
            const std::vector<std::string>& ignore_files, bool links) {
    for (const std::string& name : ignore_files) {
      if (Chance(depth == 0 ? 70 : 25)) tree.File(path + name, Rules());
    }
    for (size_t n = 2 + Below(5); n > 0; --n) {
      const std::string entry = path + Name();
      struct stat status;
      if (lstat(entry.c_str(), &status) == 0) continue;
      if (links && Chance(15)) {
        // Not out of the tree, where others write.
        std::string target = Pick({"a", "b", "..", "../a", "a.c", "no", "."});
        if (depth == 0 && target.starts_with("..")) target = "a";
        tree.Link(target, entry);
      } else if (depth < 4 && Chance(45)) {
        tree.Folder(entry);
        Fill(tree, entry + "/", depth + 1, ignore_files, links);
      } else {
        tree.File(entry, std::string(Below(30), 'x'));
      }
    }
  }

 private:
  std::mt19937_64 random_;
  bool for_git_;
};

using Strings = std::vector<std::string>;

std::vector<std::string> NamesOf(const WalkResult& result) {
  std::vector<std::string> names;
  for (const auto* list : {&result.files, &result.streams}) {
    for (const FoundFile& file : *list) {
      names.insert(names.end(), file.names.begin(), file.names.end());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct Variant {
  bool hidden = false;
  bool no_ignore = false;
  bool follow = false;
  std::vector<std::string> globs;
  std::vector<std::string> roots;
  int64_t max_filesize = -1;
};

std::string RipgrepCommand(const Variant& variant) {
  std::string command = "rg --files --null --no-config";
  if (variant.hidden) command += " --hidden";
  if (variant.no_ignore) command += " --no-ignore";
  if (variant.follow) command += " --follow";
  if (variant.max_filesize >= 0) {
    command += " --max-filesize " + std::to_string(variant.max_filesize);
  }
  for (const std::string& glob : variant.globs) {
    command += " -g " + Quoted(glob);
  }
  command += " --";
  for (const std::string& root : variant.roots) command += " " + Quoted(root);
  return command;
}

std::vector<std::string> Ripgrep(const Variant& variant) {
  std::vector<std::string> names =
      SplitAt(RunCommand(RipgrepCommand(variant)).output, '\0');
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

WalkResult Ours(const Variant& variant) {
  WalkOptions options;
  options.hidden = variant.hidden;
  options.no_ignore = variant.no_ignore;
  options.follow = variant.follow;
  if (variant.max_filesize >= 0) options.max_filesize = variant.max_filesize;
  auto globs = CallerGlobs::Parse(variant.globs);
  EXPECT_TRUE(globs.ok()) << globs.status();
  if (globs.ok()) options.globs = *globs;
  return Walk(variant.roots, options);
}

// All rules that are in the tree, for a failure message.
std::string Tree() {
  return RunCommand(
             "find . -not -path './.git/*' | sort; for f in $(find . "
             "-name .gitignore -o -name .ignore -o -name .rgignore); "
             "do echo \"== $f\"; cat -A $f; done")
      .output;
}

// What only one of two sorted lists has.
std::string Difference(const std::vector<std::string>& ours,
                       const std::vector<std::string>& theirs) {
  std::vector<std::string> only;
  std::string text;
  std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(only));
  for (const std::string& name : only) text += "only ours: " + name + "\n";
  only.clear();
  std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(),
                      std::back_inserter(only));
  for (const std::string& name : only) text += "only theirs: " + name + "\n";
  return text;
}

Variant RandomVariant(RandomTree* random) {
  Variant variant;
  variant.hidden = random->Chance(50);
  variant.no_ignore = random->Chance(15);
  variant.follow = random->Chance(40);
  if (random->Chance(15)) variant.max_filesize = 15;
  while (random->Chance(35)) {
    std::string glob = random->Chance(50) ? "!" : "";
    glob += random->Chance(20) ? random->Pick({"{a,b}*", "*.{c,h}", "a/{b,**}",
                                               "**/{a,b*}/*", "{*/,}a*"})
                               : random->Pattern();
    variant.globs.push_back(glob);
  }
  if (random->Chance(30)) {
    variant.roots = {random->Pick({".", "a", "./a", "a/", "b", "a.c"})};
    if (random->Chance(30)) variant.roots.push_back("b");
    // See the test of parent folders for why.
    if (variant.roots != Strings{"."}) variant.no_ignore = true;
  }
  return variant;
}

TEST(WalkOracleTest, FindsWhatRipgrepFinds) {
  if (!HasCommand("rg")) GTEST_SKIP() << "ripgrep is not installed";
  size_t found = 0;
  for (uint64_t seed = 0; seed < 300 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TempTree tree;
    RandomTree random(seed);
    if (random.Chance(70)) tree.Folder(".git/info");
    if (random.Chance(20)) tree.Folder("a/.git");
    random.Fill(tree, "", 0, {".gitignore", ".ignore", ".rgignore"}, true);
    if (random.Chance(30)) tree.File(".git/info/exclude", random.Rules());
    for (int i = 0; i < 6 && !HasFailure(); ++i) {
      const Variant variant = RandomVariant(&random);
      const std::vector<std::string> names = NamesOf(Ours(variant));
      found += names.size();
      ASSERT_EQ(Difference(names, Ripgrep(variant)), "")
          << RipgrepCommand(variant) << "\n"
          << Tree();
    }
  }
  EXPECT_GT(found, 1000u);
}

// The walk starts below folders that have rules of their own. ripgrep is run
// inside the folder: version 13 forgets anchored rules of the parents of a
// folder that is given as a relative path.
TEST(WalkOracleTest, ReadsTheRulesOfParentFoldersAsRipgrepDoes) {
  if (!HasCommand("rg")) GTEST_SKIP() << "ripgrep is not installed";
  for (uint64_t seed = 1000; seed < 1100 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TempTree tree;
    RandomTree random(seed);
    if (random.Chance(70)) tree.Folder(".git");
    if (random.Chance(20)) tree.Folder("a/.git");
    tree.Folder("a/b");
    random.Fill(tree, "a/b/", 2, {".gitignore", ".ignore", ".rgignore"}, false);
    random.Fill(tree, "a/", 2, {".gitignore", ".ignore", ".rgignore"}, false);
    random.Fill(tree, "", 2, {".gitignore", ".ignore", ".rgignore"}, false);
    for (const std::string root : {"a/b", "a"}) {
      Variant variant;
      variant.hidden = true;
      std::vector<std::string> theirs = SplitAt(
          RunCommand("cd " + root + "; " + RipgrepCommand(variant)).output,
          '\0');
      for (std::string& name : theirs) name.insert(0, root + "/");
      std::sort(theirs.begin(), theirs.end());
      variant.roots = {root};
      ASSERT_EQ(Difference(NamesOf(Ours(variant)), theirs), "") << root << "\n"
                                                                << Tree();
    }
  }
}

TEST(WalkOracleTest, IgnoresWhatGitIgnores) {
  if (!HasCommand("git")) GTEST_SKIP() << "git is not installed";
  size_t ignored = 0;
  for (uint64_t seed = 5000; seed < 5200 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TempTree tree;
    RandomTree random(seed, true);
    if (RunCommand("git init -q .").status != 0) GTEST_SKIP() << "no git init";
    random.Fill(tree, "", 0, {".gitignore"}, false);
    if (random.Chance(30)) tree.File(".git/info/exclude", random.Rules());
    Variant all;
    all.hidden = true;
    all.no_ignore = true;
    all.globs = {"!/.git"};
    const std::vector<std::string> every_file = NamesOf(Ours(all));
    std::string list;
    for (const std::string& name : every_file) list += name + '\0';
    tree.File(".git/list", list);
    const CommandResult git =
        RunCommand("git check-ignore -z --no-index --stdin <.git/list");
    std::vector<std::string> by_git = SplitAt(git.output, '\0');
    std::sort(by_git.begin(), by_git.end());
    Variant rules = all;
    rules.no_ignore = false;
    const std::vector<std::string> kept = NamesOf(Ours(rules));
    std::vector<std::string> by_us;
    std::set_difference(every_file.begin(), every_file.end(), kept.begin(),
                        kept.end(), std::back_inserter(by_us));
    ignored += by_us.size();
    ASSERT_EQ(Difference(by_us, by_git), "") << Tree();
  }
  EXPECT_GT(ignored, 100u);
}

}  // namespace
}  // namespace twicetold
