// SPDX-License-Identifier: Apache-2.0
//
// A folder with everything a disk can hold that is no plain document: the run
// ends, soon and in little memory, says of every name what became of it, and
// finds what there is to find all the same.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/cli/run_tool.h"
#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

constexpr bool kSmall = TWICETOLD_SANITIZED;
constexpr int kEmptyFiles = kSmall ? 2000 : 100000;
constexpr off_t kSparseBytes = off_t{kSmall ? 64 : 1024} << 20;
constexpr size_t kGrowingBytes = size_t{kSmall ? 20 : 200} << 20;
constexpr long kMostKib = 500L << 10;
constexpr int kMostSeconds = 240;

std::string SomeWords(const std::string& stem) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += stem + std::to_string(i) + ' ';
  return text;
}

// A process that appends to a file until the object goes.
class Grower {
 public:
  explicit Grower(const std::string& path) : pid_(fork()) {
    if (pid_ != 0) return;
    const int fd = open(path.c_str(), O_WRONLY | O_APPEND);
    while (write(fd, "and so on ", 10) == 10) {
    }
    _exit(1);
  }
  ~Grower() {
    kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the file did not grow to the end";
  }

 private:
  const pid_t pid_;
};

// What is expected of each name.
struct Expected {
  std::set<std::string> documents;
  std::map<std::string, std::string> skipped;  // name to reason
};

void AddNames(const TempTree& tree, Expected* expected) {
  const std::string text = SomeWords("tale");
  for (const char* name :
       {"t/plain.txt", "t/caf\xe9.txt", "t/red\x1b[31m.txt", "t/two\nlines.txt",
        "t/gpj.\u202Etxt", "t/-o", "t/ space "}) {
    tree.File(name, text);
    expected->documents.insert(name);
  }
}

void AddLeftOut(const TempTree& tree, Expected* expected) {
  tree.File("t/.hidden", "x");
  tree.File("t/.folder/x", "x");
  tree.File("t/.ignore", "ignored*\n");
  tree.File("t/ignored.txt", "x");
  tree.File("t/ignored-folder/x", "x");
  tree.Link("plain.txt", "t/link");
  tree.Link("..", "t/loop");
  tree.Link("nowhere", "t/dangling");
  expected->skipped.merge(
      std::map<std::string, std::string>{{"t/.hidden", "hidden"},
                                         {"t/.folder/", "hidden"},
                                         {"t/.ignore", "hidden"},
                                         {"t/ignored.txt", "ignored"},
                                         {"t/ignored-folder/", "ignored"},
                                         {"t/link", "symlink"},
                                         {"t/loop", "symlink"},
                                         {"t/dangling", "symlink"},
                                         {"gone.txt", "not_found"}});
}

void AddSpecialFiles(Expected* expected) {
  ASSERT_EQ(mkfifo("t/fifo", 0600), 0);
  expected->skipped["t/fifo"] = "fifo";
  const int listening = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, "t/socket");
  ASSERT_EQ(
      bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
      0);
  close(listening);
  expected->skipped["t/socket"] = "socket";
  // Endless zeros, if they were read; only root may make it, and not always.
  if (mknod("t/device", S_IFCHR | 0600, makedev(1, 5)) == 0) {
    expected->skipped["t/device"] = "device";
  }
}

void AddLarge(const TempTree& tree, Expected* expected) {
  tree.File("t/program", std::string("ELF\0\1", 5));
  expected->skipped["t/program"] = "binary";
  tree.File("t/sparse", "");
  ASSERT_EQ(truncate("t/sparse", kSparseBytes), 0);
  expected->skipped["t/sparse"] = "binary";
  tree.Folder("t/empty");
  for (int i = 0; i < kEmptyFiles; ++i) {
    const std::string name = "t/empty/" + std::to_string(i);
    close(open(name.c_str(), O_CREAT | O_WRONLY, 0600));
    expected->skipped[name] = "empty";
  }
  std::string growing;
  while (growing.size() < kGrowingBytes) growing += "it went on and on ";
  tree.File("t/growing", growing);
  expected->skipped["t/growing"] = "changed";
}

// A document below folders whose names make up a path of `length` bytes.
void AddDeep(size_t length, Expected* expected) {
  const std::string folder(199, 'd');
  std::string path = "t";
  int fd = open("t", O_RDONLY | O_DIRECTORY);
  while (path.size() + folder.size() + 1 < length) {
    const bool made = mkdirat(fd, folder.c_str(), 0700) == 0;
    ASSERT_TRUE(made || errno == EEXIST);
    const int below = openat(fd, folder.c_str(), O_RDONLY | O_DIRECTORY);
    ASSERT_GE(below, 0);
    close(fd);
    fd = below;
    path += '/' + folder;
  }
  const std::string name(length - path.size() - 1, 'f');
  const int file = openat(fd, name.c_str(), O_CREAT | O_WRONLY, 0600);
  const std::string text = SomeWords("deep");
  ASSERT_EQ(write(file, text.data(), text.size()),
            static_cast<ssize_t>(text.size()));
  close(file);
  close(fd);
  expected->documents.insert(path + '/' + name);
}

std::string Unbase64(const std::string& text) {
  const std::string digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<unsigned>(digits.find(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

std::string PathOf(const nlohmann::json& record) {
  if (record.contains("path")) return record["path"];
  return Unbase64(record["path_bytes"]);
}

TEST(HostileTest, EveryNameIsAccountedFor) {
  const TempTree tree;
  Expected expected;
  AddNames(tree, &expected);
  AddLeftOut(tree, &expected);
  AddSpecialFiles(&expected);
  AddLarge(tree, &expected);
  AddDeep(4000, &expected);
  AddDeep(6000, &expected);  // more than the system takes as one path
  if (HasFatalFailure()) return;
  tree.File("list", "gone.txt\n");

  ToolResult result;
  {
    const Grower grower("t/growing");
    result = RunTool({"scan", "-o", "jsonl", "t", "--files-from", "list"},
                     kMostSeconds);
  }
  EXPECT_EQ(result.status, 3) << result.err;
  if (!kSmall) {
    EXPECT_LT(result.peak_kib, kMostKib);
  }

  std::set<std::string> documents;
  std::map<std::string, std::string> skipped;
  std::set<std::pair<int, int>> pairs;
  for (const nlohmann::json& record : Records(result.out)) {
    if (record["type"] == "document") documents.insert(PathOf(record));
    if (record["type"] == "match") pairs.emplace(record["a"], record["b"]);
    if (record["type"] != "skipped") continue;
    EXPECT_TRUE(skipped.emplace(PathOf(record), record["reason"]).second)
        << record;
    EXPECT_EQ(record["error"].get<bool>(),
              record["reason"] == "not_found" || record["reason"] == "changed")
        << record;
  }
  EXPECT_EQ(documents, expected.documents);
  // Element by element: 100,000 of them would be no message.
  for (const auto& [name, reason] : expected.skipped) {
    EXPECT_EQ(skipped[name], reason) << name;
  }
  EXPECT_EQ(skipped.size(), expected.skipped.size());
  // Seven documents with one text, and two.
  EXPECT_EQ(pairs.size(), 7u);
  EXPECT_THAT(result.err, ::testing::HasSubstr("gone.txt: not found"));
  EXPECT_THAT(result.err, ::testing::HasSubstr("t/growing: changed"));
}

TEST(HostileTest, TheTextReportShowsNoByteThatATerminalObeys) {
  const TempTree tree;
  Expected expected;
  AddNames(tree, &expected);
  tree.File("t/\x1b]0;title\x07.bin", std::string(1, '\0'));
  const ToolResult result = RunTool({"scan", "t", "gone\x1b[2J"});
  EXPECT_EQ(result.status, 3);
  for (const char c : result.out + result.err) {
    const auto byte = static_cast<unsigned char>(c);
    EXPECT_TRUE(byte >= 0x20 || c == '\n') << int{byte};
  }
  EXPECT_EQ(result.out.find("\u202E"), std::string::npos);
}

TEST(HostileTest, LinksThatLeadIntoEachOtherEnd) {
  const TempTree tree;
  tree.File("t/a/doc", SomeWords("tale"));
  tree.Folder("t/b");
  for (const char* from : {"a", "b"}) {
    for (int i = 0; i < 3; ++i) {
      for (const char* to : {"a", "b"}) {
        tree.Link(std::string("../") + to,
                  std::string("t/") + from + "/" + to + std::to_string(i));
      }
    }
  }
  const ToolResult result = RunTool({"scan", "--follow", "-o", "jsonl", "t"});
  EXPECT_EQ(result.status, 0) << result.err;
  int documents = 0;
  int loops = 0;
  for (const nlohmann::json& record : Records(result.out)) {
    if (record["type"] == "document") ++documents;
    if (record["type"] == "skipped") {
      EXPECT_EQ(record["reason"], "symlink_loop") << record;
      ++loops;
    }
  }
  EXPECT_EQ(documents, 1);
  EXPECT_GT(loops, 0);
}

}  // namespace
}  // namespace twicetold::testing
