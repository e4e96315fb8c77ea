// SPDX-License-Identifier: Apache-2.0
//
// Shell patterns for paths, as ignore files and ripgrep's -g use them.
//
//   ?        one byte but a slash
//   *        any bytes but slashes, none included
//   [a-c]    one byte of a set; [!a-c] and [^a-c] one that is not in it
//   **/      at the start: any number of leading folders
//   /**/     any number of folders between
//   /**      at the end: everything inside
//   \x       the byte x itself
//   {a,b}    either, may be nested; only if asked for
//
// A pattern must match the whole path. It works on bytes: a path need not be
// UTF-8, and `?` is one byte, as in ripgrep.
//
// Differences from git, all of them ripgrep's: inside [...] a backslash is a
// byte like any other, there are no classes like [:alpha:], a reversed range
// is an error, and a set may hold the slash (so [!a] matches it). An empty
// branch of {...} is no branch: "x{,y}" matches "xy" alone.
//
// Cost: a pattern is a nondeterministic automaton whose states are walked side
// by side (Thompson 1968), at most bytes of the path times bytes of the
// pattern; no pattern makes it exponential. Most patterns are decided by their
// literal end alone. Memory: nothing is allocated for a path but by a scratch
// that has not seen so long a pattern before.
// Thread safety: a Glob is immutable; a GlobScratch is for one thread at a
// time.
#ifndef TWICETOLD_CORPUS_GLOB_H_
#define TWICETOLD_CORPUS_GLOB_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace twicetold {

// Memory that one match leaves to the next, of whatever globs.
class GlobScratch {
 private:
  friend class Glob;

  std::vector<uint32_t> now_;  // states to be in before the next byte
  std::vector<uint32_t> next_;
  std::vector<uint32_t> stack_;
  std::vector<uint64_t> seen_;  // for each state the step that added it last
  uint64_t step_ = 0;           // counts on from match to match
};

class Glob {
 public:
  enum class Braces { kLiteral, kAlternatives };

  // InvalidArgumentError, whose message says what is wrong, if a set or {...}
  // is not closed, a range is reversed, a backslash ends the pattern, or {...}
  // is nested more than 64 deep.
  static absl::StatusOr<Glob> Parse(std::string_view pattern, Braces braces);

  bool Matches(std::string_view path, GlobScratch* scratch) const;
  bool Matches(std::string_view path) const {
    GlobScratch scratch;
    return Matches(path, &scratch);
  }

 private:
  friend class GlobParser;

  enum class Op : uint8_t { kByte, kNotSlash, kAny, kSet, kSplit, kJump, kEnd };

  // kByte: `x` is the byte. kSet: `x` indexes sets_. kSplit: goes on at `x`
  // and at `y`. kJump: goes on at `x`.
  struct Instruction {
    Op op;
    uint32_t x = 0;
    uint32_t y = 0;
  };

  // Adds `state`, and those reached from it without a byte, to `*states`.
  void Add(uint32_t state, GlobScratch* scratch,
           std::vector<uint32_t>* states) const;
  bool Run(std::string_view path, GlobScratch* scratch) const;

  std::vector<Instruction> program_;
  std::vector<std::bitset<256>> sets_;
  std::string suffix_;    // every match ends with this
  bool literal_ = false;  // `suffix_` is all there is to match
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_GLOB_H_
