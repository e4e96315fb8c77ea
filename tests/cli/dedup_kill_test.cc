// SPDX-License-Identifier: Apache-2.0
//
// A deduplication that is killed goes on with --resume, wherever it was, and
// gives the bytes of one that was not.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tests/cli/run_tool.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/temp_tree.h"

namespace twicetold::testing {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> Outputs(const fs::path& folder) {
  std::map<std::string, std::string> outputs;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "run.json") {
      continue;
    }
    std::ifstream file(entry.path(), std::ios::binary);
    outputs[fs::relative(entry.path(), folder)] = {
        std::istreambuf_iterator<char>(file), {}};
  }
  return outputs;
}

// Some hundred thousand words, so that there is time to end a run.
void WriteRecords(const TempTree& tree) {
  Random random(1);
  const Collection texts = Families(&random, {.families = 300,
                                              .copies = 3,
                                              .loners = 600,
                                              .least_words = 100,
                                              .most_words = 600,
                                              .most_replaced = .04});
  std::string lines;
  for (size_t i = 0; i < texts.size(); ++i) {
    lines += R"({"text":")" + texts.text(i) + "\"}\n";
  }
  tree.File("a.jsonl", lines);
}

std::vector<std::string> Dedup(const std::string& into) {
  return {"dedup", "a.jsonl", "--into", into, "-j", "2"};
}

// Ends a run with `signal` once `marker` is in the folder it writes to.
int EndAt(const std::string& into, const std::string& marker, int signal) {
  const pid_t pid = StartTool(Dedup(into), "stdout", "stderr");
  for (int i = 0; i < 100'000 && !fs::exists(into + "/" + marker) &&
                  !fs::exists(into + "/summary.json");
       ++i) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  kill(pid, signal);
  return WaitForTool(pid, "stdout", "stderr", 120).status;
}

TEST(DedupKill, TheSameBytesAfterAKillAtAnyStage) {
  const TempTree tree;
  WriteRecords(tree);
  ASSERT_EQ(RunTool(Dedup("expected")).status, 0);
  const auto expected = Outputs("expected");
  ASSERT_EQ(expected.size(), 4u);
  int number = 0;
  for (const char* marker :
       {".twicetold/state.json", ".twicetold/stages/documents.rows.tmp",
        ".twicetold/stages/documents.json",
        ".twicetold/stages/candidates.counts",
        ".twicetold/stages/verified.counts", ".twicetold/output/corpus",
        "removed.jsonl"}) {
    const std::string into = "out" + std::to_string(number++);
    EndAt(into, marker, SIGKILL);
    std::vector<std::string> args = Dedup(into);
    args.push_back("--resume");
    const ToolResult result = RunTool(args);
    EXPECT_EQ(result.status, 0) << marker << ": " << result.err;
    EXPECT_EQ(Outputs(into), expected) << marker;
    EXPECT_FALSE(fs::exists(into + "/.twicetold"));
  }
}

// Too short to be met by a kill: before there is a state, and after the last
// output has its name.
TEST(DedupKill, GoesOnFromTheFirstAndTheLastMoment) {
  const TempTree tree;
  WriteRecords(tree);
  ASSERT_EQ(RunTool(Dedup("expected")).status, 0);
  std::vector<std::string> args = Dedup("out");
  args.push_back("--resume");
  fs::create_directories("out/.twicetold");
  const ToolResult begun = RunTool(args);
  EXPECT_EQ(begun.status, 0) << begun.err;
  EXPECT_EQ(Outputs("out"), Outputs("expected"));
  fs::create_directories("out/.twicetold/stages");
  tree.File("out/.twicetold/stages/documents.rows", "left");
  EXPECT_EQ(RunTool(args).status, 0);
  EXPECT_EQ(Outputs("out"), Outputs("expected"));
  EXPECT_FALSE(fs::exists("out/.twicetold"));
}

TEST(DedupKill, AnInterruptedRunSaysHowToGoOn) {
  const TempTree tree;
  WriteRecords(tree);
  ASSERT_EQ(RunTool(Dedup("expected")).status, 0);
  const int status = EndAt("out", ".twicetold/state.json", SIGINT);
  // It may have been quicker.
  if (status != 0) {
    EXPECT_EQ(status, 130);
    std::ifstream err("stderr");
    const std::string said{std::istreambuf_iterator<char>(err), {}};
    EXPECT_NE(said.find("--resume goes on with it"), std::string::npos) << said;
  }
  EXPECT_FALSE(fs::exists("out/corpus") && status == 130);
  std::vector<std::string> args = Dedup("out");
  args.push_back("--resume");
  EXPECT_EQ(RunTool(args).status, 0);
  EXPECT_EQ(Outputs("out"), Outputs("expected"));
}

}  // namespace
}  // namespace twicetold::testing
