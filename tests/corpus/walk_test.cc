// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/temp_tree.h"
#include "twicetold/corpus/ignore.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/read_file.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TempTree;

using Strings = std::vector<std::string>;

Strings Names(const std::vector<FoundFile>& files) {
  Strings names;
  for (const FoundFile& file : files) {
    std::string all;
    for (const std::string& name : file.names) {
      all += (all.empty() ? "" : " = ") + name;
    }
    names.push_back(all);
  }
  return names;
}

Strings Skips(const WalkResult& result) {
  Strings skips;
  for (const SkippedInput& input : result.skipped) {
    skips.push_back(input.path + " " +
                    std::string(SkipReasonName(input.skip.reason)));
  }
  return skips;
}

WalkOptions Following() {
  WalkOptions options;
  options.follow = true;
  return options;
}

void MakeSocket(const char* path) {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strcpy(address.sun_path, path);
  EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
            0);
  close(fd);
}

TEST(WalkTest, NamesAreRootsJoinedWithWhatIsBelow) {
  const TempTree tree;
  tree.File("a/f");
  EXPECT_THAT(Names(Walk({}, {}).files), ElementsAre("a/f"));
  for (const auto& [root, name] : {std::pair{".", "./a/f"},
                                   {"a", "a/f"},
                                   {"a/", "a/f"},
                                   {"./a", "./a/f"},
                                   {"a//", "a//f"},
                                   {"./a/f", "./a/f"}}) {
    EXPECT_THAT(Names(Walk(Strings{root}, {}).files), ElementsAre(name));
  }
  const std::string absolute = tree.root() + "/a";
  EXPECT_THAT(Names(Walk(Strings{absolute}, {}).files),
              ElementsAre(absolute + "/f"));
}

TEST(WalkTest, RecordsWhateverIsNotUsed) {
  const TempTree tree;
  tree.Folder(".git");
  tree.File(".gitignore", "*.log\nbuild/\n");
  tree.File("build/deep/f");
  tree.File("a.log");
  tree.File("b.txt");
  tree.File("c.txt", std::string(100, 'x'));
  tree.File("d.bin");
  tree.File(".hidden/f");
  tree.Link("b.txt", "link");
  tree.Link("nothing", "dangling");
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  MakeSocket("socket");
  WalkOptions options;
  options.max_filesize = 50;
  options.globs = *CallerGlobs::Parse(Strings{"!*.bin"});
  const WalkResult result = Walk({}, options);
  EXPECT_THAT(Names(result.files), ElementsAre("b.txt"));
  EXPECT_THAT(
      Skips(result),
      ElementsAre(".git/ hidden", ".gitignore hidden", ".hidden/ hidden",
                  "a.log ignored", "build/ ignored", "c.txt too_large",
                  "d.bin excluded", "dangling symlink", "fifo fifo",
                  "link symlink", "socket socket"));
}

TEST(WalkTest, FindsTheSameOnAnyNumberOfThreads) {
  const TempTree tree;
  for (int i = 0; i < 1200; ++i) {
    tree.File("d" + std::to_string(i % 7) + "/" + std::to_string(i),
              std::string(static_cast<size_t>(i % 90), 'x'));
  }
  ASSERT_EQ(link("d0/0", "d1/another-name"), 0);
  ASSERT_EQ(link("d3/3", "a-name-that-comes-first"), 0);
  const auto walk = [](int threads) {
    WalkOptions options;
    options.max_filesize = 80;
    options.threads = threads;
    return Walk({}, options);
  };
  const WalkResult one = walk(1);
  const WalkResult many = walk(4);
  EXPECT_EQ(Names(one.files), Names(many.files));
  ASSERT_EQ(one.files.size(), many.files.size());
  for (size_t i = 0; i < one.files.size(); ++i) {
    EXPECT_EQ(one.files[i].state, many.files[i].state);
    EXPECT_EQ(one.files[i].inode, many.files[i].inode);
  }
  EXPECT_EQ(one.skipped.size(), many.skipped.size());
  EXPECT_GT(one.skipped.size(), 0u);
}

// What folders tell of their files is as good as looking at each.
TEST(WalkTest, FindsTheSameFilesWithoutTheirStates) {
  const TempTree tree;
  for (int i = 0; i < 40; ++i) {
    tree.File("d" + std::to_string(i % 3) + "/" + std::to_string(i));
  }
  ASSERT_EQ(link("d0/0", "d1/another-name"), 0);
  ASSERT_EQ(link("d0/0", "named"), 0);
  tree.Link("../d2/2", "d0/link");
  const auto walk = [](const Strings& roots, bool follow, bool states) {
    WalkOptions options;
    options.follow = follow;
    options.states = states;
    return Walk(roots, options);
  };
  for (const bool follow : {false, true}) {
    for (const Strings& roots :
         {Strings{}, Strings{"d0", "d1"}, Strings{".", "d1", "named"},
          Strings{"d2/2", "d0", "d2"}}) {
      const WalkResult with = walk(roots, follow, true);
      const WalkResult without = walk(roots, follow, false);
      EXPECT_EQ(Names(without.files), Names(with.files));
      EXPECT_EQ(Skips(without), Skips(with));
      ASSERT_EQ(without.files.size(), with.files.size());
      for (size_t i = 0; i < with.files.size(); ++i) {
        EXPECT_EQ(without.files[i].device, with.files[i].device);
        EXPECT_EQ(without.files[i].inode, with.files[i].inode);
        const bool known = without.files[i].state.known();
        EXPECT_TRUE(!known || without.files[i].state == with.files[i].state);
        // Whatever has several names was looked at.
        EXPECT_TRUE(known || without.files[i].names.size() == 1);
      }
    }
  }
  EXPECT_FALSE(walk({"d1"}, false, false).files[0].state.known());
}

TEST(WalkTest, SizesAreKnownWhereTheyCount) {
  const TempTree tree;
  tree.File("a", "12");
  tree.File("b", "123");
  WalkOptions options;
  options.states = false;
  options.max_filesize = 2;
  const WalkResult result = Walk({}, options);
  EXPECT_THAT(Names(result.files), ElementsAre("a"));
  EXPECT_THAT(Skips(result), ElementsAre("b too_large"));
  EXPECT_EQ(result.files[0].state.size, 2u);
}

TEST(WalkTest, WhatIsNamedIsUsedWhateverTheRules) {
  const TempTree tree;
  tree.File(".ignore", "*\n");
  tree.File("a.txt", std::string(100, 'x'));
  tree.File(".h/f");
  WalkOptions options;
  options.max_filesize = 1;
  options.globs = *CallerGlobs::Parse(Strings{"!a.txt"});
  EXPECT_THAT(Names(Walk(Strings{"a.txt"}, options).files),
              ElementsAre("a.txt"));
  EXPECT_THAT(Names(Walk(Strings{".h/f"}, options).files), ElementsAre(".h/f"));
}

TEST(WalkTest, WhatIsNamedIsNotSkippedUnderTheSameName) {
  const TempTree tree;
  tree.File("d/.ignore", "a\nb\n");
  tree.File("d/a");
  tree.File("d/b");
  const WalkResult result = Walk(Strings{"d", "d/a"}, {});
  EXPECT_THAT(Names(result.files), ElementsAre("d/a"));
  EXPECT_THAT(Skips(result), ElementsAre("d/.ignore hidden", "d/b ignored"));
}

TEST(WalkTest, NamedThingsThatAreNoFiles) {
  const TempTree tree;
  ASSERT_EQ(mkfifo("fifo", 0600), 0);
  MakeSocket("socket");
  tree.Link("nothing", "dangling");
  tree.Link("self", "self");
  tree.File("f");
  const WalkResult result =
      Walk(Strings{"fifo", "./fifo", "/dev/null", "socket", "dangling", "self",
                   "gone", "f/below", ""},
           {});
  EXPECT_THAT(Names(result.streams), ElementsAre("./fifo = fifo", "/dev/null"));
  EXPECT_THAT(result.files, IsEmpty());
  EXPECT_THAT(Skips(result), ElementsAre(" not_found", "dangling not_found",
                                         "f/below not_found", "gone not_found",
                                         "self unreadable", "socket socket"));
}

TEST(WalkTest, DevicesInAFolderAreSkipped) {
  const TempTree tree;
  if (mknod("null", S_IFCHR | 0600, makedev(1, 3)) != 0) {
    GTEST_SKIP() << "only root may make devices";
  }
  tree.Link("/dev/null", "linked");
  EXPECT_THAT(Skips(Walk({}, Following())),
              ElementsAre("linked device", "null device"));
}

TEST(WalkTest, OneFileHasAllItsNames) {
  const TempTree tree;
  tree.File("b/f");
  tree.File("c");
  tree.Folder("a");
  ASSERT_EQ(link("b/f", "a/hard"), 0);
  tree.Link("../b/f", "a/soft");
  tree.Link("b", "z");
  EXPECT_THAT(Names(Walk(Strings{".", "b"}, {}).files),
              ElementsAre("./a/hard = ./b/f = b/f", "./c"));
  EXPECT_THAT(Names(Walk({}, Following()).files),
              ElementsAre("a/hard = a/soft = b/f = z/f", "c"));
  // A link that is named is followed, as ripgrep does.
  EXPECT_THAT(Names(Walk(Strings{"a/soft", "z"}, {}).files),
              ElementsAre("a/soft = z/f"));
}

TEST(WalkTest, CirclesOfLinksEnd) {
  const TempTree tree;
  tree.File("a/f");
  tree.Link("..", "a/up");
  tree.Link(".", "a/here");
  tree.Link("self", "a/self");
  tree.Link("nothing", "a/dangling");
  const WalkResult result = Walk({}, Following());
  EXPECT_THAT(Names(result.files), ElementsAre("a/f"));
  EXPECT_THAT(Skips(result),
              ElementsAre("a/dangling not_found", "a/here/ symlink_loop",
                          "a/self symlink_loop", "a/up/ symlink_loop"));
}

// Without a limit there would be 12! ways through these folders.
TEST(WalkTest, FoldersThatAllLeadIntoEachOtherEnd) {
  const TempTree tree;
  for (char c = 'a'; c < 'm'; ++c) {
    const std::string folder(1, c);
    tree.File(folder + "/text");
    for (char d = 'a'; d < 'm'; ++d) {
      if (c != d) tree.Link(std::string("../") + d, folder + "/" + d);
    }
  }
  const WalkResult first = Walk({}, Following());
  EXPECT_EQ(first.files.size(), 12u);
  EXPECT_FALSE(first.skipped.empty());
  EXPECT_EQ(Skips(first), Skips(Walk({}, Following())));
}

TEST(WalkTest, NamesAreBytes) {
  const TempTree tree;
  tree.File("\xff\xfe");
  tree.File("new\nline");
  tree.File("d\x80/\x01");
  tree.File(".ignore", "*\xfe\n");
  EXPECT_THAT(Names(Walk({}, {}).files),
              ElementsAre("d\x80/\x01", "new\nline"));
}

TEST(WalkTest, UnreadableFolderIsAnError) {
  const TempTree tree;
  tree.File("open/f");
  tree.File("closed/f");
  ASSERT_EQ(chmod("closed", 0), 0);
  ASSERT_EQ(chmod(".", 0755), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && seteuid(65534) != 0) _exit(2);
    const WalkResult result = Walk({}, {});
    const bool right = Names(result.files) == Strings{"open/f"} &&
                       Skips(result) == Strings{"closed/ unreadable"} &&
                       result.skipped[0].skip.detail == "Permission denied";
    _exit(right ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  if (WEXITSTATUS(status) == 2) GTEST_SKIP() << "cannot stop being root";
  EXPECT_EQ(status, 0);
}

int OpenDescriptors() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return -1;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

// Goes down `levels` folders of this name, leaving a file in each.
void MakeDeepTree(const std::string& name, int levels) {
  UniqueFd here(open(".", O_RDONLY | O_DIRECTORY));
  for (int i = 0; i < levels; ++i) {
    ASSERT_EQ(mkdirat(here.get(), name.c_str(), 0700), 0);
    here.reset(openat(here.get(), name.c_str(), O_RDONLY | O_DIRECTORY));
    ASSERT_TRUE(here.ok());
    const UniqueFd file(openat(here.get(), "f", O_WRONLY | O_CREAT, 0600));
    ASSERT_EQ(write(file.get(), "deep", 4), 4);
  }
}

// 250 levels of 16 bytes are just over 4,000 characters: paths that the system
// takes. 3,000 levels make paths of 48,000 characters, which it does not.
TEST(WalkTest, ReadsTreesOfAnyDepth) {
  for (const int levels : {250, 3000}) {
    const TempTree tree;
    MakeDeepTree("fifteen-letters", levels);
    const int descriptors = OpenDescriptors();
    const WalkResult result = Walk({}, {});
    EXPECT_EQ(OpenDescriptors(), descriptors);
    EXPECT_THAT(Skips(result), IsEmpty());
    ASSERT_EQ(result.files.size(), static_cast<size_t>(levels));
    size_t longest = 0;
    std::string buffer;
    for (const FoundFile& file : result.files) {
      longest = std::max(longest, file.names[0].size());
      ASSERT_EQ(ReadFile(file.names[0], &buffer).text, "deep");
    }
    EXPECT_EQ(longest, static_cast<size_t>(levels) * 16 + 1);
    // Named by its path, the deepest file is found as well.
    EXPECT_EQ(Walk(Strings{result.files[0].names[0]}, {}).files.size(), 1u);
  }
}

TEST(WalkTest, FindsAllOfALargeFolder) {
  const TempTree tree;
  constexpr int kFiles = 20000;
  for (int i = 0; i < kFiles; ++i) {
    const UniqueFd file(
        open(std::to_string(i).c_str(), O_WRONLY | O_CREAT, 0600));
  }
  const WalkResult result = Walk({}, {});
  EXPECT_EQ(result.files.size(), static_cast<size_t>(kFiles));
  const Strings names = Names(result.files);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(WalkTest, HostileIgnoreFilesDoNotBlock) {
  const TempTree tree;
  tree.Folder(".git");
  ASSERT_EQ(mkfifo(".gitignore", 0600), 0);
  tree.Folder(".ignore");
  tree.Link("/dev/zero", ".rgignore");
  tree.File("f");
  EXPECT_THAT(Names(Walk({}, {}).files), ElementsAre("f"));
}

TEST(WalkTest, GlobalExcludesCountLeastAndInRepositoriesOnly) {
  const TempTree tree;
  tree.File("rules", "*.log\n*.tmp\n");
  tree.File("in/.git/info/exclude", "!a.tmp\n");
  tree.File("in/a.log");
  tree.File("in/a.tmp");
  tree.File("out/a.log");
  WalkOptions options;
  options.global_excludes = "rules";
  EXPECT_THAT(Names(Walk(Strings{"in", "out"}, options).files),
              ElementsAre("in/a.tmp", "out/a.log"));
  options.no_ignore = true;
  EXPECT_EQ(Walk(Strings{"in", "out"}, options).files.size(), 3u);
}

TEST(WalkTest, WorktreesUseTheExcludeFileOfTheirRepository) {
  const TempTree tree;
  tree.File("main/.git/info/exclude", "*.log\n");
  tree.File("main/.git/worktrees/w/commondir", "../..\n");
  tree.File("work/.git", "gitdir: " + tree.root() + "/main/.git/worktrees/w\n");
  tree.File("work/a.log");
  tree.File("work/a.txt");
  EXPECT_THAT(Names(Walk(Strings{"work"}, {}).files),
              ElementsAre("work/a.txt"));
}

Strings Notices(const WalkResult& result) {
  Strings notices;
  for (const SkippedInput& input : result.skipped) {
    if (!input.skip.detail.starts_with("ignore file: ")) continue;
    notices.push_back(input.path + " " +
                      std::string(SkipReasonName(input.skip.reason)) + " " +
                      input.skip.detail.substr(strlen("ignore file: ")));
  }
  return notices;
}

TEST(WalkTest, IgnoreFilesWithinTheLimitsAreHeededAsAWhole) {
  const TempTree tree;
  std::string rules = "#" + std::string(5000, 'x') + "\n";
  for (int i = 0; i < 9999; ++i) rules += "/x" + std::to_string(i) + "\n";
  tree.File("many/.ignore", rules + "\n# end\na\n");
  tree.File("many/a");
  tree.File("long/.ignore", "a" + std::string(4095, '*') + "\n");
  tree.File("long/a");
  std::string large = "a\n#";
  large.resize(kMaxIgnoreFileBytes, 'x');
  tree.File("large/.ignore", large);
  tree.File("large/a");
  const WalkResult result = Walk({}, {});
  EXPECT_THAT(Names(result.files), IsEmpty());
  EXPECT_THAT(Notices(result), IsEmpty());
}

TEST(WalkTest, SaysWhatOfAnIgnoreFileIsNotHeeded) {
  const TempTree tree;
  std::string rules;
  for (int i = 0; i < 10000; ++i) rules += "/x" + std::to_string(i) + "\n";
  tree.File("many/.ignore", rules + "a\n");
  tree.File("many/a");
  tree.File("many/x9999");
  tree.File("long/.ignore", "a" + std::string(4096, '*') + "\nb\n");
  tree.File("long/a");
  tree.File("long/b");
  // The limit is in the middle of the second line.
  std::string large = "#";
  large.resize(kMaxIgnoreFileBytes - 4, 'x');
  tree.File("large/.ignore", "b\n" + large + "\na.txt\n");
  tree.File("large/a");
  tree.File("large/a.txt");
  tree.File("large/b");
  tree.File("one_line/.ignore", std::string(kMaxIgnoreFileBytes + 1, '*'));
  tree.File("one_line/a");
  WalkOptions options;
  // Where they are documents themselves, they are named all the same.
  for (const bool hidden : {false, true}) {
    options.hidden = hidden;
    const WalkResult result = Walk({}, options);
    if (!hidden) {
      EXPECT_THAT(Names(result.files),
                  ElementsAre("large/a", "large/a.txt", "long/a", "many/a",
                              "one_line/a"));
    }
    EXPECT_THAT(
        Notices(result),
        ElementsAre(
            "large/.ignore too_large only its first 1,048,576 bytes are heeded",
            "long/.ignore too_large patterns of more than 4,096 bytes are not "
            "heeded",
            "many/.ignore too_large only its first 10,000 rules are heeded",
            "one_line/.ignore too_large only its first 1,048,576 bytes are "
            "heeded"));
  }
}

TEST(WalkTest, IgnoreFilesAboveTheRootAreNamedOnce) {
  const TempTree tree;
  tree.File(".ignore", std::string(4097, 'x') + "\n");
  tree.File("a/f");
  tree.File("b/f");
  EXPECT_THAT(Notices(Walk(Strings{"a", "b"}, {})),
              ElementsAre(tree.root() +
                          "/.ignore too_large patterns of more than 4,096 "
                          "bytes are not heeded"));
}

TEST(WalkTest, SaysWhichIgnoreFileCannotBeRead) {
  const TempTree tree;
  // A regular file that opens and cannot be read at its start.
  tree.Folder("a");
  tree.Link("/proc/self/mem", "a/.ignore");
  tree.File("a/f");
  tree.Folder("b/.ignore");  // what is no file is no ignore file
  tree.Link("nothing", "b/.rgignore");
  WalkOptions options;
  options.global_excludes = "nothing, either";
  const WalkResult result = Walk({}, options);
  EXPECT_THAT(Names(result.files), ElementsAre("a/f"));
  EXPECT_THAT(Notices(result),
              ElementsAre("a/.ignore unreadable Input/output error"));
}

TEST(WalkTest, ManyHardRulesEndSoon) {
  const TempTree tree;
  std::string rules;
  while (rules.size() < kMaxIgnoreFileBytes) {
    for (int i = 0; i < 2047; ++i) rules += "*?";
    rules += "\n";
  }
  tree.File(".ignore", rules);
  for (int i = 0; i < 20; ++i) tree.File("f" + std::to_string(i));
  EXPECT_EQ(Walk({}, {}).files.size(), 20u);
}

TEST(WalkTest, StopsWhenAsked) {
  const TempTree tree;
  tree.File("f");
  std::stop_source stop;
  stop.request_stop();
  const WalkResult result = Walk(Strings{"."}, {}, stop.get_token());
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.files, IsEmpty());
}

TEST(CallerGlobsTest, NamesTheGlobThatCannotBeParsed) {
  const auto globs = CallerGlobs::Parse(Strings{"*.c", "a[b"});
  ASSERT_FALSE(globs.ok());
  EXPECT_THAT(std::string(globs.status().message()),
              ::testing::HasSubstr("a[b"));
}

// Folders are listed ahead of the walk by several threads, by one they are not.
TEST(WalkTest, TheSameForAnyNumberOfThreads) {
  const TempTree tree;
  for (int folder = 0; folder < 150; ++folder) {
    const std::string name = std::to_string(folder);
    for (int i = 0; i < folder % 7; ++i) {
      const std::string number = std::to_string(i);
      tree.File(name + "/sub" + number + "/file");
      tree.File(name + "/file" + number);
    }
    tree.Folder(name);
    if (folder % 10 == 0) tree.File(name + "/.ignore", "sub1\nfile2\n");
    if (folder % 10 == 1) tree.Link("..", name + "/up");
    if (folder % 10 == 2) tree.Link("../3", name + "/side");
  }
  for (const bool follow : {false, true}) {
    WalkOptions options;
    options.follow = follow;
    const WalkResult alone = Walk({}, options);
    EXPECT_GT(alone.files.size(), 500u);
    for (const int threads : {2, 5}) {
      options.threads = threads;
      const WalkResult shared = Walk({}, options);
      EXPECT_EQ(Names(shared.files), Names(alone.files));
      EXPECT_EQ(Skips(shared), Skips(alone));
    }
  }
}

}  // namespace
}  // namespace twicetold
