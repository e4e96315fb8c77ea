// SPDX-License-Identifier: Apache-2.0
#include "tools/pager.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "tools/environment.h"
#include "tools/output_target.h"
#include "tools/terminal.h"

namespace twicetold {
namespace {

// Quit if it fits on one screen, let colours through, leave the text there.
constexpr char kLess[] = "less -FRX";
constexpr char kLessOptions[] = "FRX";

// The status of a shell that does not know a command.
constexpr int kNoSuchCommand = 127;

bool IsInstalled(const std::string& program) {
  std::istringstream folders(Environment("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');) {
    folder.append("/").append(program);
    if (access(folder.c_str(), X_OK) == 0) return true;
  }
  return false;
}

// While a pager has the terminal, interrupts are its own business.
class IgnoreInterrupts {
 public:
  IgnoreInterrupts() : before_(std::signal(SIGINT, SIG_IGN)) {}
  ~IgnoreInterrupts() { std::signal(SIGINT, before_); }
  IgnoreInterrupts(const IgnoreInterrupts&) = delete;
  IgnoreInterrupts& operator=(const IgnoreInterrupts&) = delete;

 private:
  void (*const before_)(int);
};

}  // namespace

std::string PagerCommand() {
  if (!CanRewrite(STDOUT_FILENO)) return "";
  if (std::getenv("PAGER") == nullptr) return IsInstalled("less") ? kLess : "";
  const std::string pager = Environment("PAGER");
  return pager == "cat" ? "" : pager;
}

absl::Status WriteToPager(const std::string& command,
                          const std::function<bool(const Output&)>& write) {
  setenv("LESS", kLessOptions, /*replace=*/0);
  std::FILE* pager = popen(command.c_str(), "w");
  if (pager == nullptr) return WriteTo("", write);
  int status = 0;
  {
    const IgnoreInterrupts ignore;
    write([pager](std::string_view piece) {
      return std::fwrite(piece.data(), 1, piece.size(), pager) == piece.size();
    });
    status = pclose(pager);
  }
  const bool started =
      !WIFEXITED(status) || WEXITSTATUS(status) != kNoSuchCommand;
  return started ? absl::OkStatus() : WriteTo("", write);
}

}  // namespace twicetold
