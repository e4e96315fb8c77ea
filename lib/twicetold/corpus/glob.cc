// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/glob.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace twicetold {

// Turns a pattern into a program in one pass. `**` needs to know what stands
// on both sides of it, so slashes before it are emitted late.
class GlobParser {
 public:
  GlobParser(std::string_view pattern, Glob::Braces braces)
      : pattern_(pattern), braces_(braces == Glob::Braces::kAlternatives) {}

  absl::StatusOr<Glob> Parse() {
    while (at_ < pattern_.size()) {
      if (!Step()) return absl::InvalidArgumentError(error_);
    }
    if (!groups_.empty()) {
      return absl::InvalidArgumentError("unclosed alternatives; missing '}'");
    }
    FlushSlash();
    Emit(Glob::Op::kEnd);
    FindSuffix();
    return std::move(glob_);
  }

 private:
  // A {...} that is open. Its branches end in jumps to its end.
  struct Group {
    size_t entry = 0;          // the branch's kSplit
    std::vector<size_t> ends;  // kJump of each branch
    bool empty_so_far = true;  // no branch has any instruction
  };

  bool Fail(const char* what) {
    error_ = what;
    return false;
  }

  size_t Emit(Glob::Op op, size_t x = 0, size_t y = 0) {
    glob_.program_.push_back(
        {op, static_cast<uint32_t>(x), static_cast<uint32_t>(y)});
    return glob_.program_.size() - 1;
  }

  size_t Here() const { return glob_.program_.size(); }

  bool Step() {
    const char c = pattern_[at_++];
    if (c == '*') {
      ParseStar();
      return true;
    }
    if (braces_ && c == '{') return OpenGroup();
    if (braces_ && c == '}') return CloseGroup();
    if (braces_ && c == ',' && !groups_.empty()) {
      EndBranch();
      StartBranch();
      return true;
    }
    FlushSlash();
    branch_empty_ = false;
    switch (c) {
      case '/':
        slash_pending_ = true;
        return true;
      case '?':
        Emit(Glob::Op::kNotSlash);
        break;
      case '[':
        return ParseSet();
      case '\\':
        if (at_ == pattern_.size()) return Fail("nothing after a backslash");
        EmitByte(pattern_[at_++]);
        break;
      default:
        EmitByte(c);
    }
    last_ = Last::kOther;
    return true;
  }

  void EmitByte(char c) { Emit(Glob::Op::kByte, static_cast<uint8_t>(c)); }

  void FlushSlash() {
    if (!slash_pending_) return;
    slash_pending_ = false;
    EmitByte('/');
    last_ = Last::kOther;
  }

  // Zero or more of `op`.
  void EmitLoop(Glob::Op op) {
    const size_t split = Emit(Glob::Op::kSplit);
    Emit(op);
    Emit(Glob::Op::kJump, split);
    glob_.program_[split].x = static_cast<uint32_t>(split + 1);
    glob_.program_[split].y = static_cast<uint32_t>(Here());
  }

  // Nothing, or anything that ends in a slash.
  void EmitFolders() {
    const size_t split = Emit(Glob::Op::kSplit);
    EmitLoop(Glob::Op::kAny);
    EmitByte('/');
    glob_.program_[split].x = static_cast<uint32_t>(split + 1);
    glob_.program_[split].y = static_cast<uint32_t>(Here());
  }

  // True where the pattern, or the branch of {...} that is being read, ends.
  bool AtEnd() const {
    return at_ == pattern_.size() ||
           (!groups_.empty() && (pattern_[at_] == ',' || pattern_[at_] == '}'));
  }

  void ParseStar() {
    const bool doubled = at_ < pattern_.size() && pattern_[at_] == '*';
    if (!doubled) {
      FlushSlash();
      branch_empty_ = false;
      EmitLoop(Glob::Op::kNotSlash);
      last_ = Last::kOther;
      return;
    }
    ++at_;
    const bool slash_after = at_ < pattern_.size() && pattern_[at_] == '/';
    // After "**/" a further "**/" adds nothing.
    const bool after_folders = last_ == Last::kFolders && !slash_pending_;
    const bool slash_before = branch_empty_ || slash_pending_ || after_folders;
    // At the start of a branch only "**/" and a lone "**" cross folders.
    const bool end_after = branch_empty_ ? at_ == pattern_.size() : AtEnd();
    if (!slash_before || !(slash_after || end_after)) {
      FlushSlash();
      branch_empty_ = false;
      EmitLoop(Glob::Op::kNotSlash);
      last_ = Last::kOther;
      return;
    }
    FlushSlash();
    branch_empty_ = false;
    if (slash_after) {
      ++at_;
      if (!after_folders) EmitFolders();
      last_ = Last::kFolders;
    } else {
      EmitLoop(Glob::Op::kAny);
      last_ = Last::kOther;
    }
  }

  bool ParseSet() {
    std::bitset<256> set;
    const bool negated =
        at_ < pattern_.size() && (pattern_[at_] == '!' || pattern_[at_] == '^');
    if (negated) ++at_;
    const size_t first = at_;
    for (;; ++at_) {
      if (at_ >= pattern_.size()) return Fail("unclosed set; missing ']'");
      const uint8_t low = static_cast<uint8_t>(pattern_[at_]);
      if (low == ']' && at_ > first) break;
      uint8_t high = low;
      if (at_ + 2 < pattern_.size() && pattern_[at_ + 1] == '-' &&
          pattern_[at_ + 2] != ']') {
        high = static_cast<uint8_t>(pattern_[at_ + 2]);
        at_ += 2;
      }
      if (high < low) return Fail("reversed range");
      for (unsigned byte = low; byte <= high; ++byte) set.set(byte);
    }
    ++at_;
    if (negated) set.flip();
    Emit(Glob::Op::kSet, glob_.sets_.size());
    glob_.sets_.push_back(set);
    last_ = Last::kOther;
    return true;
  }

  bool OpenGroup() {
    if (groups_.size() == kMaxNesting) return Fail("nested too deep");
    FlushSlash();
    outer_empty_.push_back(branch_empty_);
    groups_.emplace_back();
    StartBranch();
    return true;
  }

  void StartBranch() {
    groups_.back().entry = Emit(Glob::Op::kSplit);
    branch_empty_ = true;
    last_ = Last::kOther;
  }

  // An empty branch is taken back: it is no branch.
  void EndBranch() {
    FlushSlash();
    Group& group = groups_.back();
    if (Here() == group.entry + 1) {
      glob_.program_.pop_back();
      return;
    }
    group.empty_so_far = false;
    group.ends.push_back(Emit(Glob::Op::kJump));
    glob_.program_[group.entry].x = static_cast<uint32_t>(group.entry + 1);
    glob_.program_[group.entry].y = static_cast<uint32_t>(Here());
  }

  bool CloseGroup() {
    if (groups_.empty()) return Fail("unopened alternatives; missing '{'");
    EndBranch();
    const Group group = std::move(groups_.back());
    groups_.pop_back();
    const bool outer_empty = outer_empty_.back();
    outer_empty_.pop_back();
    branch_empty_ = outer_empty && group.empty_so_far;
    last_ = Last::kOther;
    if (group.empty_so_far) return true;
    // Where no branch is left to try, an empty set lets nothing pass.
    Emit(Glob::Op::kSet, glob_.sets_.size());
    glob_.sets_.emplace_back();
    for (size_t end : group.ends) {
      glob_.program_[end].x = static_cast<uint32_t>(Here());
    }
    return true;
  }

  // The literal bytes before the end: a program's tail that nothing jumps into
  // the middle of can only be reached through its first byte.
  void FindSuffix() {
    const std::vector<Glob::Instruction>& program = glob_.program_;
    size_t start = program.size() - 1;
    while (start > 0 && program[start - 1].op == Glob::Op::kByte) --start;
    size_t latest_target = 0;
    for (const Glob::Instruction& i : program) {
      if (i.op == Glob::Op::kSplit || i.op == Glob::Op::kJump) {
        latest_target = std::max<size_t>(latest_target, i.x);
      }
      if (i.op == Glob::Op::kSplit) {
        latest_target = std::max<size_t>(latest_target, i.y);
      }
    }
    start = std::max(start, latest_target);
    for (size_t i = start; i + 1 < program.size(); ++i) {
      glob_.suffix_ += static_cast<char>(program[i].x);
    }
    glob_.literal_ = start == 0;
  }

  static constexpr size_t kMaxNesting = 64;

  enum class Last { kOther, kFolders };

  std::string_view pattern_;
  bool braces_;
  size_t at_ = 0;
  Glob glob_;
  std::vector<Group> groups_;
  std::vector<bool> outer_empty_;  // branch_empty_ outside each open group
  bool branch_empty_ = true;       // nothing read yet in this branch
  bool slash_pending_ = false;     // a slash that is not emitted yet
  Last last_ = Last::kOther;
  const char* error_ = "";
};

absl::StatusOr<Glob> Glob::Parse(std::string_view pattern, Braces braces) {
  return GlobParser(pattern, braces).Parse();
}

bool Glob::Matches(std::string_view path, GlobScratch* scratch) const {
  if (literal_) return path == suffix_;
  return path.ends_with(suffix_) && Run(path, scratch);
}

void Glob::Add(uint32_t state, GlobScratch* scratch,
               std::vector<uint32_t>* states) const {
  std::vector<uint32_t>& stack = scratch->stack_;
  stack.push_back(state);
  while (!stack.empty()) {
    const uint32_t s = stack.back();
    stack.pop_back();
    if (scratch->seen_[s] == scratch->step_) continue;
    scratch->seen_[s] = scratch->step_;
    const Instruction& i = program_[s];
    if (i.op == Op::kSplit) stack.push_back(i.y);
    if (i.op == Op::kSplit || i.op == Op::kJump) {
      stack.push_back(i.x);
    } else {
      states->push_back(s);
    }
  }
}

bool Glob::Run(std::string_view path, GlobScratch* scratch) const {
  // Each state is in at most once. Steps of earlier matches are all less than
  // those of this one, so nothing needs to be cleared.
  std::vector<uint32_t>& now = scratch->now_;
  std::vector<uint32_t>& next = scratch->next_;
  if (scratch->seen_.size() < program_.size()) {
    scratch->seen_.resize(program_.size(), 0);
  }
  ++scratch->step_;
  now.clear();
  Add(0, scratch, &now);
  for (const char c : path) {
    ++scratch->step_;
    next.clear();
    const uint8_t byte = static_cast<uint8_t>(c);
    for (const uint32_t s : now) {
      const Instruction& i = program_[s];
      const bool passes = (i.op == Op::kByte && i.x == byte) ||
                          (i.op == Op::kNotSlash && byte != '/') ||
                          i.op == Op::kAny ||
                          (i.op == Op::kSet && sets_[i.x][byte]);
      if (passes) Add(s + 1, scratch, &next);
    }
    if (next.empty()) return false;
    now.swap(next);
  }
  for (const uint32_t s : now) {
    if (program_[s].op == Op::kEnd) return true;
  }
  return false;
}

}  // namespace twicetold
