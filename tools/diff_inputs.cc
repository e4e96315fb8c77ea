// SPDX-License-Identifier: Apache-2.0
#include "tools/diff_inputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/read_file.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

constexpr char kStdin[] = "-";

// False for what is not there.
bool Look(const std::string& path, struct stat* info) {
  return (path == kStdin ? fstat(STDIN_FILENO, info)
                         : stat(path.c_str(), info)) == 0;
}

}  // namespace

NamedCorpus::NamedCorpus(std::vector<std::string> paths) {
  inputs_.resize(paths.size());
  for (size_t i = 0; i < paths.size(); ++i) {
    Input& input = inputs_[i];
    input.path = std::move(paths[i]);
    struct stat info {};
    const bool is_stdin = input.path == kStdin;
    input.is_stream =
        is_stdin || (Look(input.path, &info) &&
                     (S_ISFIFO(info.st_mode) || S_ISCHR(info.st_mode)));
    if (!input.is_stream) continue;
    input.read = is_stdin ? ReadStreamFd(STDIN_FILENO, &input.buffer)
                          : ReadStream(input.path, &input.buffer);
  }
}

ReadResult NamedCorpus::Read(size_t i, std::string* buffer) const {
  const Input& input = inputs_[i];
  return input.is_stream ? input.read : ReadFile(input.path, buffer);
}

std::string FirstFileOfRecord(const std::vector<std::string>& paths) {
  struct stat info {};
  for (const std::string& path : paths) {
    if (Look(path, &info)) continue;
    const std::string name = path.substr(0, path.find('#'));
    const size_t colon = name.rfind(':');
    if (colon == std::string::npos || colon + 1 == name.size()) continue;
    std::string file = name.substr(0, colon);
    if (name.find_first_not_of("0123456789", colon + 1) == std::string::npos &&
        Look(file, &info)) {
      return file;
    }
  }
  return "";
}

std::string FirstFolder(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    struct stat info {};
    if (Look(path, &info) && S_ISDIR(info.st_mode)) return path;
  }
  return "";
}

absl::Status CheckOverwrites(const std::vector<std::string>& paths,
                             const std::vector<ReportTarget>& reports) {
  for (const ReportTarget& report : reports) {
    struct stat out {};
    if (report.path.empty() || stat(report.path.c_str(), &out) != 0) continue;
    for (const std::string& path : paths) {
      struct stat in {};
      if (!S_ISREG(out.st_mode) || !Look(path, &in)) continue;
      if (in.st_dev != out.st_dev || in.st_ino != out.st_ino) continue;
      return absl::FailedPreconditionError(absl::StrFormat(
          "-o %s would overwrite an input; write the report elsewhere",
          Harmless(report.path)));
    }
  }
  return absl::OkStatus();
}

}  // namespace twicetold
