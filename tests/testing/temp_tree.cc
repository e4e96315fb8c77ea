// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/temp_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace twicetold::testing {
namespace {

namespace fs = std::filesystem;

// Whether `name` in `fd` is an empty folder or no folder, and is gone now.
bool RemoveOne(int fd, const std::string& name) {
  return unlinkat(fd, name.c_str(), 0) == 0 ||
         unlinkat(fd, name.c_str(), AT_REMOVEDIR) == 0;
}

std::vector<std::string> NamesIn(int fd) {
  std::vector<std::string> names;
  DIR* folder = fdopendir(openat(fd, ".", O_RDONLY | O_DIRECTORY));
  if (folder == nullptr) return names;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(folder);
  return names;
}

}  // namespace

// Moves what is in a subfolder up until nothing is nested, so that depth needs
// neither stack nor long paths.
void RemoveAllIn(int fd) {
  unsigned long moved = 0;
  for (;;) {
    const std::vector<std::string> names = NamesIn(fd);
    if (names.empty()) return;
    for (const std::string& name : names) {
      if (RemoveOne(fd, name)) continue;
      fchmodat(fd, name.c_str(), 0700, 0);
      const int below = openat(fd, name.c_str(), O_RDONLY | O_DIRECTORY);
      if (below < 0) return;
      for (const std::string& inner : NamesIn(below)) {
        if (RemoveOne(below, inner)) continue;
        const std::string fresh = "moved-" + std::to_string(moved++);
        renameat(below, inner.c_str(), fd, fresh.c_str());
      }
      close(below);
    }
  }
}

TempTree::TempTree() : before_(open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  std::string pattern = (fs::temp_directory_path() / "twicetold-XXXXXX");
  if (mkdtemp(pattern.data()) == nullptr || chdir(pattern.c_str()) != 0) {
    ADD_FAILURE() << "cannot create " << pattern;
  }
  root_ = fs::canonical(pattern);
}

TempTree::~TempTree() {
  Clear();
  EXPECT_EQ(fchdir(before_), 0);
  close(before_);
  EXPECT_EQ(rmdir(root_.c_str()), 0) << root_;
}

void TempTree::Clear() const {
  const int fd = open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  RemoveAllIn(fd);
  close(fd);
}

void TempTree::File(const std::string& path, std::string_view bytes) const {
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty()) Folder(parent);
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  EXPECT_TRUE(file.good()) << path;
}

void TempTree::Folder(const std::string& path) const {
  std::error_code error;
  fs::create_directories(path, error);
  EXPECT_FALSE(error) << path;
}

void TempTree::Link(const std::string& target, const std::string& path) const {
  EXPECT_EQ(symlink(target.c_str(), path.c_str()), 0) << path;
}

bool HasCommand(const std::string& name) {
  return RunCommand("command -v " + name).status == 0;
}

CommandResult RunCommand(const std::string& command) {
  CommandResult result;
  const std::string line =
      "exec 2>/dev/null; unset RIPGREP_CONFIG_PATH GIT_DIR GIT_WORK_TREE; "
      "export HOME=/nonexistent XDG_CONFIG_HOME=${TEST_XDG:-/nonexistent} "
      "GIT_CONFIG_NOSYSTEM=1; " +
      command;
  FILE* pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) return result;
  char chunk[4096];
  for (size_t n; (n = fread(chunk, 1, sizeof(chunk), pipe)) > 0;) {
    result.output.append(chunk, n);
  }
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

std::string Quoted(std::string_view word) {
  std::string result = "'";
  for (const char c : word) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

}  // namespace twicetold::testing
