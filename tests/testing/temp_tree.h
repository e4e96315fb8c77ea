// SPDX-License-Identifier: Apache-2.0
//
// A folder of its own for one test, and what is needed to fill it.
#ifndef TWICETOLD_TESTS_TESTING_TEMP_TREE_H_
#define TWICETOLD_TESTS_TESTING_TEMP_TREE_H_

#include <string>
#include <string_view>
#include <vector>

namespace twicetold::testing {

// Creates an empty folder and makes it the current one; goes back and removes
// it at the end. Paths are relative to it. Failures fail the test.
class TempTree {
 public:
  TempTree();
  ~TempTree();
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  const std::string& root() const { return root_; }

  // Creates the folders above as well.
  void File(const std::string& path, std::string_view bytes = "x\n") const;
  void Folder(const std::string& path) const;
  void Link(const std::string& target, const std::string& path) const;

  // Removes all that is in it, whatever the depth.
  void Clear() const;

 private:
  std::string root_;
  int before_;  // the folder to go back to
};

// The folder open as `fd` and all below it, in constant stack and paths of any
// length.
void RemoveAllIn(int fd);

bool HasCommand(const std::string& name);

struct CommandResult {
  int status = -1;
  std::string output;  // standard output
};

// Runs `command` (shell words) without any settings of the user's, with
// standard error thrown away.
CommandResult RunCommand(const std::string& command);

// `word` for a shell, whatever bytes it has.
std::string Quoted(std::string_view word);

// What stands before each `separator`.
std::vector<std::string> SplitAt(std::string_view text, char separator);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_TEMP_TREE_H_
