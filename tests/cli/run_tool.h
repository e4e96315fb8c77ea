// SPDX-License-Identifier: Apache-2.0
//
// Runs the command line tool as a process of its own.
#ifndef TWICETOLD_TESTS_CLI_RUN_TOOL_H_
#define TWICETOLD_TESTS_CLI_RUN_TOOL_H_

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace twicetold::testing {

struct ToolResult {
  int status = -1;  // -1: ended by a signal, or after too long a time
  std::string out;
  std::string err;
  long peak_kib = 0;  // of resident memory
};

// Starts the tool with `args`, stdin from /dev/null, stdout and stderr to the
// files `out_path` and `err_path`.
pid_t StartTool(const std::vector<std::string>& args,
                const std::string& out_path, const std::string& err_path);

// Waits for it at most `seconds`, then kills it.
ToolResult WaitForTool(pid_t pid, const std::string& out_path,
                       const std::string& err_path, int seconds);

// Both, with files in a folder for temporary ones.
ToolResult RunTool(const std::vector<std::string>& args, int seconds = 120);

// The records of a result in JSON Lines.
std::vector<nlohmann::json> Records(const std::string& jsonl);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_CLI_RUN_TOOL_H_
