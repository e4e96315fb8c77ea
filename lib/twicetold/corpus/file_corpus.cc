// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/file_corpus.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/corpus/read_file.h"

namespace twicetold {

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
}

ReadResult FileCorpus::Read(size_t i, std::string* buffer) const {
  const Document& document = documents_[i];
  if (document.stream == kOnDisk) {
    ReadResult result;
    for (const std::string& name : document.names) {
      result = ReadFile(name, buffer, document.state);
      const bool gone =
          result.skip && result.skip->reason == SkipReason::kNotFound;
      if (!gone) break;
    }
    return result;
  }
  const LoadedStream& stream = streams_[document.stream];
  return {.text = stream.text, .skip = stream.skip};
}

}  // namespace twicetold
