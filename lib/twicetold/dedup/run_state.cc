// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/run_state.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/base/hash.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/dedup/stage_file.h"
#include "twicetold/report/display.h"
#include "twicetold/report/path_field.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

constexpr uint64_t kEdgeBytes = 4096;

// Of the first and the last bytes of a file.
std::string EdgeDigest(int fd, const std::string& path, uint64_t size) {
  const uint64_t edge = std::min(kEdgeBytes, size);
  std::vector<char> bytes(static_cast<size_t>(2 * edge));
  const std::span<char> all(bytes);
  absl::Status status =
      ReadAll(fd, path, 0, all.first(static_cast<size_t>(edge)));
  status.Update(
      ReadAll(fd, path, size - edge, all.last(static_cast<size_t>(edge))));
  if (!status.ok()) return "";
  return ToHex(DigestBytes({bytes.data(), bytes.size()}));
}

Json InputJson(const DedupFile& file) {
  Json input = Json::object();
  SetPathField(file.path, &input);
  if (file.role != Role::kNew) input["against"] = true;
  const UniqueFd fd = OpenPath(file.path);
  struct stat info;
  if (!fd.ok() || fstat(fd.get(), &info) != 0) {
    input["missing"] = true;
    return input;
  }
  input["bytes"] = static_cast<uint64_t>(info.st_size);
  input["changed"] =
      absl::StrFormat("%d.%09d", info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  input["edges"] =
      EdgeDigest(fd.get(), file.path, static_cast<uint64_t>(info.st_size));
  return input;
}

std::string PathIn(const Json& input) {
  return input.value("path", input.value("path_bytes", std::string()));
}

absl::Status Differs(const std::string& what) {
  return absl::FailedPreconditionError(
      absl::StrFormat("cannot go on with the run that was begun: %s", what));
}

}  // namespace

Json SettingsJson(const DedupOptions& options) {
  return {{"min_jaccard", options.min_jaccard},
          {"recall", options.recall},
          {"shingle", options.shingle_size},
          {"sketch_size", options.sketch_size},
          {"seed", options.seed},
          {"exact", options.exact},
          {"audit", options.audit},
          {"keep", KeepName(options.keep)},
          {"mode", ModeName(options.mode)},
          {"text_field", options.fields.text},
          {"id_field", options.fields.id}};
}

Json StateOf(const DedupInput& input, const DedupOptions& options) {
  Json state = {{"format", "twicetold-dedup-state"},
                {"version", 1},
                {"tool_version", kVersion},
                {"settings", SettingsJson(options)}};
  Json& inputs = state["inputs"] = Json::array();
  for (const DedupFile& file : input.files) inputs.push_back(InputJson(file));
  return state;
}

uint64_t FingerprintOf(const Json& state) {
  return HashBytes(
      state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
      "\n");
}

absl::Status CompareStates(const Json& before, const Json& now) {
  for (const char* field : {"format", "version", "tool_version"}) {
    if (!before.is_object() || before.value(field, Json()) != now[field]) {
      return Differs("it is of another version of twicetold");
    }
  }
  for (const auto& [name, value] : now["settings"].items()) {
    const Json was = before["settings"].value(name, Json());
    if (was == value) continue;
    return Differs(absl::StrFormat("%s was %s and is %s now", name, was.dump(),
                                   value.dump()));
  }
  const Json& inputs = now["inputs"];
  const Json& inputs_before = before["inputs"];
  for (size_t i = 0; i < std::min(inputs.size(), inputs_before.size()); ++i) {
    if (inputs[i] == inputs_before[i]) continue;
    const std::string path = Harmless(PathIn(inputs[i]));
    const std::string path_before = Harmless(PathIn(inputs_before[i]));
    if (path != path_before) {
      return Differs(absl::StrFormat("the inputs are others: %s instead of %s",
                                     path, path_before));
    }
    return Differs(absl::StrFormat("%s has changed since", path));
  }
  if (inputs.size() != inputs_before.size()) {
    return Differs(absl::StrFormat("there were %d inputs and are %d now",
                                   inputs_before.size(), inputs.size()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Json> ReadJsonFile(const std::string& path) {
  const UniqueFd fd = OpenPath(path);
  if (!fd.ok()) return FileError("read", path, errno);
  struct stat info;
  if (fstat(fd.get(), &info) != 0) return FileError("read", path, errno);
  std::string bytes(static_cast<size_t>(info.st_size), '\0');
  absl::Status status =
      ReadAll(fd.get(), path, 0, {bytes.data(), bytes.size()});
  if (!status.ok()) return status;
  Json value = Json::parse(bytes, nullptr, false);
  if (value.is_discarded()) {
    return absl::DataLossError(absl::StrFormat("%s is no JSON", path));
  }
  return value;
}

absl::Status WriteJsonFile(const std::string& path, const Json& value) {
  const std::string temporary = path + ".tmp";
  const UniqueFd fd(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd.ok()) return FileError("write", path, errno);
  const std::string bytes =
      value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
      "\n";
  absl::Status status = WriteAll(fd.get(), path, {bytes.data(), bytes.size()});
  if (!status.ok()) return status;
  return Publish(fd.get(), temporary, path);
}

}  // namespace twicetold
