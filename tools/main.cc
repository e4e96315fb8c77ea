// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <new>
#include <string>
#include <string_view>
#include <variant>

#include "tools/dedup_command.h"
#include "tools/diff_command.h"
#include "tools/exit_status.h"
#include "tools/flags.h"
#include "tools/output_target.h"
#include "tools/scan_command.h"

namespace {

// Called in whichever thread has no memory left: nothing here may need any.
// The first one to come speaks for all.
void OutOfMemory() {
  static std::atomic_flag said = ATOMIC_FLAG_INIT;
  while (said.test_and_set()) pause();
  constexpr std::string_view kMessage = "twicetold: out of memory\n";
  // There is nobody left to tell.
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, kMessage.data(), kMessage.size());
  _exit(twicetold::kExitFatal);
}

twicetold::ExitStatus Print(const twicetold::PrintAndExit& print) {
  if (print.is_error) {
    std::fputs(print.text.c_str(), stderr);
    return twicetold::kExitFatal;
  }
  const absl::Status written = twicetold::WriteTo(
      "", [&](const twicetold::Output& output) { return output(print.text); });
  if (written.ok()) return twicetold::kExitDone;
  const std::string message =
      "twicetold: " + std::string(written.message()) + "\n";
  std::fputs(message.c_str(), stderr);
  return twicetold::kExitFatal;
}

}  // namespace

int main(int argc, char** argv) {
  std::set_new_handler(OutOfMemory);
  // A reader that goes away shows as a failed write, not as a signal.
  std::signal(SIGPIPE, SIG_IGN);
  const twicetold::Flags flags = twicetold::ParseFlags(argc, argv);
  if (const auto* print = std::get_if<twicetold::PrintAndExit>(&flags)) {
    return Print(*print);
  }
  if (const auto* diff = std::get_if<twicetold::DiffFlags>(&flags)) {
    return twicetold::RunDiff(*diff);
  }
  if (const auto* dedup = std::get_if<twicetold::DedupFlags>(&flags)) {
    return twicetold::RunDedup(*dedup);
  }
  return twicetold::RunScan(std::get<twicetold::ScanFlags>(flags));
}
