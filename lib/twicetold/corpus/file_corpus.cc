// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/file_corpus.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "twicetold/corpus/read_file.h"

namespace twicetold {
namespace {

// Files of a folder that are worth opening it.
constexpr size_t kFilesToOpenFolder = 16;

}  // namespace

std::vector<LoadedStream> LoadStreams(std::span<const FoundFile> streams,
                                      std::stop_token stop) {
  std::vector<LoadedStream> loaded;
  for (const FoundFile& stream : streams) {
    std::string buffer;
    ReadResult read = ReadStream(stream.names.front(), &buffer, stop);
    buffer.resize(read.text.size());
    buffer.shrink_to_fit();
    loaded.push_back({.names = stream.names,
                      .text = std::move(buffer),
                      .skip = std::move(read.skip),
                      .role = stream.role});
  }
  return loaded;
}

FileCorpus::FileCorpus(std::vector<FoundFile> files,
                       std::vector<LoadedStream> streams,
                       std::vector<SkippedInput> skipped)
    : streams_(std::move(streams)), skipped_(std::move(skipped)) {
  documents_.reserve(files.size() + streams_.size());
  for (FoundFile& file : files) {
    documents_.push_back(
        {std::move(file.names), file.state, kOnDisk, file.role});
  }
  for (size_t i = 0; i < streams_.size(); ++i) {
    documents_.push_back({std::move(streams_[i].names),
                          FileState{.size = streams_[i].text.size()}, i,
                          streams_[i].role});
  }
  const auto by_name = [](const Document& a, const Document& b) {
    return a.names.front() < b.names.front();
  };
  if (!std::is_sorted(documents_.begin(), documents_.end(), by_name)) {
    std::stable_sort(documents_.begin(), documents_.end(), by_name);
  }
  FindFolders();
}

// The files of a folder follow each other, but for those of folders in it.
void FileCorpus::FindFolders() {
  std::string_view folder;  // of the documents from `begin` on
  size_t begin = 0;
  const auto end_run = [&](size_t end) {
    if (folder.empty() || end - begin < kFilesToOpenFolder) return;
    const uint32_t number = folders_.Add(std::string(folder));
    for (size_t i = begin; i < end; ++i) documents_[i].folder = number;
  };
  for (size_t i = 0; i < documents_.size(); ++i) {
    const std::string_view name = documents_[i].names.front();
    const std::string_view here = name.substr(0, name.rfind('/') + 1);
    if (here == folder) continue;
    end_run(i);
    folder = here;
    begin = i;
  }
  end_run(documents_.size());
}

template <typename ReadOne>
ReadResult FileCorpus::ReadBy(size_t i, const ReadOne& read) const {
  const Document& document = documents_[i];
  if (document.stream != kOnDisk) {
    const LoadedStream& stream = streams_[document.stream];
    return {.text = stream.text, .skip = stream.skip};
  }
  // The folder is that of the first name.
  ReadResult result =
      read(document.names.front(), folders_.Of(document.folder));
  for (size_t name = 1; name < document.names.size(); ++name) {
    const bool gone =
        result.skip && result.skip->reason == SkipReason::kNotFound;
    if (!gone) break;
    result = read(document.names[name], OpenFolder{});
  }
  return result;
}

ReadResult FileCorpus::Read(size_t i, std::string* buffer) const {
  return ReadBy(i, [&](const std::string& name, const OpenFolder& folder) {
    return ReadFile(name, buffer, documents_[i].state, folder);
  });
}

ReadResult FileCorpus::ReadAgain(size_t i, std::string* buffer) const {
  return ReadBy(i, [&](const std::string& name, const OpenFolder& folder) {
    return ReadFileAgain(name, buffer, folder);
  });
}

}  // namespace twicetold
