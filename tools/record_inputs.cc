// SPDX-License-Identifier: Apache-2.0
#include "tools/record_inputs.h"

#include <algorithm>
#include <utility>

#include "twicetold/corpus/record_files.h"

namespace twicetold {
namespace {

RecordFile RecordFileOf(FoundFile file, bool once) {
  RecordSource source = SourceOf(file);
  return {.names = std::move(file.names),
          .source = std::move(source),
          .role = file.role,
          .once = once};
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
  for (IndexedFile& indexed : index->files) {
    RecordFile& file = indexed.file;
    if (indexed.records > 0 || IsSpooled(file)) continue;
    if (std::any_of(file.names.begin(), file.names.end(),
                    [&named](const std::string& name) {
                      return std::find(named.begin(), named.end(), name) !=
                             named.end();
                    })) {
      continue;
    }
    indexed.skipped.clear();
    FoundFile& text = found->files.emplace_back();
    text.names = file.names;
    text.size = file.source.bytes;
    text.role = file.role;
  }
  SortByName(&found->files);
}

}  // namespace twicetold
