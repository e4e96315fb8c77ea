// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_tool.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace twicetold::testing {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Redirect(const char* path, int flags, int fd) {
  const int opened = open(path, flags, 0600);
  if (opened < 0 || dup2(opened, fd) != fd) _exit(126);
}

}  // namespace

pid_t StartTool(const std::vector<std::string>& args,
                const std::string& out_path, const std::string& err_path) {
  std::vector<char*> argv = {const_cast<char*>(TWICETOLD_TOOL)};
  for (const std::string& arg : args) {
    argv.push_back(const_cast<char*>(arg.c_str()));
  }
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
  Redirect("/dev/null", O_RDONLY, STDIN_FILENO);
  Redirect(out_path.c_str(), kNew, STDOUT_FILENO);
  Redirect(err_path.c_str(), kNew, STDERR_FILENO);
  // Whoever runs the tests may ignore them.
  for (int awaited : {SIGINT, SIGTERM}) signal(awaited, SIG_DFL);
  execv(TWICETOLD_TOOL, argv.data());
  _exit(127);
}

ToolResult WaitForTool(pid_t pid, const std::string& out_path,
                       const std::string& err_path, int seconds) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::seconds(seconds);
  ToolResult result;
  int status = 0;
  rusage usage{};
  while (wait4(pid, &status, WNOHANG, &usage) == 0) {
    if (Clock::now() > deadline) {
      ADD_FAILURE() << "no end after " << seconds << " s";
      kill(pid, SIGKILL);
      wait4(pid, &status, 0, &usage);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.peak_kib = usage.ru_maxrss;
  result.out = ReadText(out_path);
  result.err = ReadText(err_path);
  return result;
}

ToolResult RunTool(const std::vector<std::string>& args, int seconds) {
  std::string folder =
      std::filesystem::temp_directory_path() / "twicetold-out-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    ADD_FAILURE() << "cannot create " << folder;
    return {};
  }
  const std::string out = folder + "/out";
  const std::string err = folder + "/err";
  ToolResult result = WaitForTool(StartTool(args, out, err), out, err, seconds);
  std::filesystem::remove_all(folder);
  return result;
}

std::vector<nlohmann::json> Records(const std::string& jsonl) {
  std::vector<nlohmann::json> records;
  std::istringstream lines(jsonl);
  for (std::string line; std::getline(lines, line);) {
    records.push_back(nlohmann::json::parse(line, nullptr, false));
    EXPECT_FALSE(records.back().is_discarded()) << line;
  }
  return records;
}

}  // namespace twicetold::testing
