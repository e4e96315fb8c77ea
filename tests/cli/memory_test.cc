// SPDX-License-Identifier: Apache-2.0
//
// A run that has no memory left says so and ends, whichever thread it was.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>

#include "tests/cli/run_tool.h"
#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

// Sets a limit for the processes that are started while it lives.
class AddressSpaceLimit {
 public:
  explicit AddressSpaceLimit(rlim_t bytes) {
    getrlimit(RLIMIT_AS, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
  }
  ~AddressSpaceLimit() { setrlimit(RLIMIT_AS, &before_); }
  AddressSpaceLimit(const AddressSpaceLimit&) = delete;
  AddressSpaceLimit& operator=(const AddressSpaceLimit&) = delete;

 private:
  rlimit before_{};
};

TEST(MemoryTest, SaysThatThereIsNoneLeft) {
  if (TWICETOLD_SANITIZED) GTEST_SKIP() << "sanitizers reserve much more";
  const TempTree tree;
  for (const char* name : {"a", "b", "c"}) {
    // A byte order mark makes a sparse file text to its end.
    tree.File(name, "\xef\xbb\xbfword");
    ASSERT_EQ(truncate(name, off_t{1} << 30), 0);
  }
  for (const char* threads : {"1", "2"}) {
    const AddressSpaceLimit limit(rlim_t{512} << 20);
    const ToolResult result = RunTool({"scan", "-j", threads, "a", "b", "c"});
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "twicetold: out of memory\n");
    EXPECT_EQ(result.out, "");
  }
}

}  // namespace
}  // namespace twicetold::testing
