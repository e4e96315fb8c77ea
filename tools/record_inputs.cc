// SPDX-License-Identifier: Apache-2.0
#include "tools/record_inputs.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "twicetold/corpus/record_files.h"

namespace twicetold {
namespace {

RecordFile RecordFileOf(FoundFile file, bool once) {
  RecordSource source = SourceOf(file);
  return {.file = std::move(file), .source = std::move(source), .once = once};
}

// By name, after files have been added at the end.
void SortByName(std::vector<FoundFile>* files) {
  std::stable_sort(files->begin(), files->end(),
                   [](const FoundFile& x, const FoundFile& y) {
                     return x.names.front() < y.names.front();
                   });
}

}  // namespace

std::vector<RecordFile> TakeRecordInputs(const RecordFlags& flags,
                                         WalkResult* found) {
  std::vector<RecordFile> taken;
  if (flags.format == InputFormat::kText) return taken;
  const bool all = flags.format == InputFormat::kJsonl;
  for (FoundFile& file :
       all ? std::exchange(found->files, {}) : TakeRecordFiles(&found->files)) {
    taken.push_back(RecordFileOf(std::move(file), false));
  }
  for (FoundFile& file : all ? std::exchange(found->streams, {})
                             : TakeRecordFiles(&found->streams)) {
    taken.push_back(RecordFileOf(std::move(file), true));
  }
  return taken;
}

void GiveBackTexts(const RecordFlags& flags,
                   const std::vector<std::string>& named, RecordIndex* index,
                   WalkResult* found) {
  if (flags.format != InputFormat::kAuto) return;
  const size_t others = found->files.size();
  for (IndexedFile& indexed : index->files) {
    const RecordFile& input = indexed.input;
    const std::vector<std::string>& names = input.file.names;
    if (indexed.records > 0 || IsSpooled(input)) continue;
    if (std::any_of(
            names.begin(), names.end(), [&named](const std::string& name) {
              return std::find(named.begin(), named.end(), name) != named.end();
            })) {
      continue;
    }
    indexed.skipped.clear();
    found->files.push_back(input.file);
  }
  if (found->files.size() > others) SortByName(&found->files);
}

}  // namespace twicetold
