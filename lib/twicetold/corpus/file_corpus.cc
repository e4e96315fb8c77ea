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
    : files_(std::move(files)),
      streams_(std::move(streams)),
      skipped_(std::move(skipped)) {
  if (streams_.empty()) {
    SortByName();
  } else {
    AddStreams();
  }
  FindFolders();
}

void FileCorpus::SortByName() {
  const auto by_name = [](const FoundFile& a, const FoundFile& b) {
    return a.names.front() < b.names.front();
  };
  if (std::is_sorted(files_.begin(), files_.end(), by_name)) return;
  std::stable_sort(files_.begin(), files_.end(), by_name);
}

void FileCorpus::AddStreams() {
  struct Document {
    FoundFile file;
    size_t stream;
  };
  std::vector<Document> documents;
  documents.reserve(files_.size() + streams_.size());
  for (FoundFile& file : files_)
    documents.push_back({std::move(file), kOnDisk});
  for (size_t i = 0; i < streams_.size(); ++i) {
    documents.push_back({{.names = std::move(streams_[i].names),
                          .state = {.size = streams_[i].text.size()},
                          .role = streams_[i].role},
                         i});
  }
  std::stable_sort(documents.begin(), documents.end(),
                   [](const Document& a, const Document& b) {
                     return a.file.names.front() < b.file.names.front();
                   });
  files_.clear();
  for (Document& document : documents) {
    files_.push_back(std::move(document.file));
    stream_of_.push_back(document.stream);
  }
}

// The files of a folder follow each other, but for those of folders in it.
void FileCorpus::FindFolders() {
  folder_of_.resize(files_.size(), OpenFolders::kNone);
  std::string_view folder;  // of the documents from `begin` on
  size_t begin = 0;
  const auto end_run = [&](size_t end) {
    if (folder.empty() || end - begin < kFilesToOpenFolder) return;
    const uint32_t number = folders_.Add(std::string(folder));
    std::fill(folder_of_.begin() + static_cast<ptrdiff_t>(begin),
              folder_of_.begin() + static_cast<ptrdiff_t>(end), number);
  };
  for (size_t i = 0; i < files_.size(); ++i) {
    const std::string_view name = files_[i].names.front();
    const std::string_view here = name.substr(0, name.rfind('/') + 1);
    if (here == folder) continue;
    end_run(i);
    folder = here;
    begin = i;
  }
  end_run(files_.size());
}

template <typename ReadOne>
ReadResult FileCorpus::ReadBy(size_t i, const ReadOne& read) const {
  if (!stream_of_.empty() && stream_of_[i] != kOnDisk) {
    const LoadedStream& stream = streams_[stream_of_[i]];
    return {.text = stream.text, .skip = stream.skip};
  }
  // The folder is that of the first name.
  const std::vector<std::string>& names = files_[i].names;
  ReadResult result = read(names.front(), folders_.Of(folder_of_[i]));
  for (size_t name = 1; name < names.size(); ++name) {
    const bool gone =
        result.skip && result.skip->reason == SkipReason::kNotFound;
    if (!gone) break;
    result = read(names[name], OpenFolder{});
  }
  return result;
}

ReadResult FileCorpus::Read(size_t i, std::string* buffer) const {
  return ReadBy(i, [&](const std::string& name, const OpenFolder& folder) {
    return ReadFile(name, buffer, files_[i].state, folder);
  });
}

ReadResult FileCorpus::ReadAgain(size_t i, std::string* buffer) const {
  return ReadBy(i, [&](const std::string& name, const OpenFolder& folder) {
    return ReadFileAgain(name, buffer, folder);
  });
}

}  // namespace twicetold
