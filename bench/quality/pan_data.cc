// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/pan_data.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "bench/quality/passage_text.h"
#include "bench/records.h"

namespace twicetold {
namespace {

using Columns = std::vector<std::string_view>;

// The last digit in a name says whether its number is even.
bool HasParity(std::string_view name, Parity parity) {
  if (parity == Parity::kAll) return true;
  const size_t at = name.find_last_of("0123456789");
  if (at == std::string_view::npos) return false;
  const bool odd = (name[at] - '0') % 2 == 1;
  return odd == (parity == Parity::kOdd);
}

class Loader {
 public:
  Loader(const PanFiles& files, const PanChoice& choice)
      : files_(files), choice_(choice) {}

  absl::StatusOr<PanData> Load() {
    for (const auto step :
         {&Loader::LoadPairs, &Loader::LoadDocuments, &Loader::LoadPassages}) {
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(data_);
  }

 private:
  uint32_t NumberOf(std::string_view name) {
    const auto [at, is_new] = numbers_.try_emplace(
        std::string(name), static_cast<uint32_t>(data_.documents.size()));
    if (is_new) data_.documents.push_back({.name = at->first, .text = {}});
    return at->second;
  }

  absl::Status LoadPairs() {
    return ForEachRow(
        files_.pairs, "susp\tsrc\tclass", [this](const Columns& row) {
          const std::string class_name = PanClassName(std::string(row[2]));
          const bool chosen =
              (choice_.class_name.empty() ||
               PanClassName(choice_.class_name) == class_name) &&
              HasParity(row[0], choice_.parity);
          if (!chosen) return absl::OkStatus();
          const uint32_t a = NumberOf(row[0]);
          const uint32_t b = NumberOf(row[1]);
          pairs_.try_emplace({a, b}, data_.pairs.size());
          data_.pairs.push_back({a, b, class_name, {}});
          return absl::OkStatus();
        });
  }

  absl::Status LoadDocuments() {
    std::vector<bool> loaded(data_.documents.size());
    const absl::Status status =
        ForEachRecord(files_.documents, [&](const nlohmann::json& record) {
          const auto id = record.find("id");
          if (id == record.end() || !id->is_string()) return true;
          const auto number = numbers_.find(id->get<std::string>());
          if (number == numbers_.end()) return true;
          data_.documents[number->second].text = record["text"];
          loaded[number->second] = true;
          return true;
        });
    if (!status.ok()) return status;
    for (size_t i = 0; i < loaded.size(); ++i) {
      if (loaded[i]) continue;
      return absl::DataLossError(absl::StrFormat(
          "%s lacks %s", files_.documents, data_.documents[i].name));
    }
    return absl::OkStatus();
  }

  absl::Status LoadPassages() {
    return ForEachRow(files_.passages,
                      "susp\tsrc\tthis_offset\tthis_length\tsource_offset\t"
                      "source_length\tclass",
                      [this](const Columns& row) { return AddPassage(row); });
  }

  absl::Status AddPassage(const Columns& row) {
    const auto a = numbers_.find(std::string(row[0]));
    const auto b = numbers_.find(std::string(row[1]));
    if (a == numbers_.end() || b == numbers_.end()) return absl::OkStatus();
    const auto pair = pairs_.find({a->second, b->second});
    if (pair == pairs_.end()) return absl::OkStatus();
    const auto range_a = ParseRange(row[2], row[3], a->second);
    const auto range_b = ParseRange(row[4], row[5], b->second);
    if (!range_a || !range_b) {
      return absl::DataLossError(
          absl::StrFormat("%s: a passage of %s and %s is not in their texts",
                          files_.passages, a->first, b->first));
    }
    data_.pairs[pair->second].cases.push_back({*range_a, *range_b});
    return absl::OkStatus();
  }

  std::optional<CharRange> ParseRange(std::string_view offset,
                                      std::string_view length,
                                      uint32_t document) const {
    uint32_t begin = 0;
    uint32_t size = 0;
    if (!absl::SimpleAtoi({offset.data(), offset.size()}, &begin) ||
        !absl::SimpleAtoi({length.data(), length.size()}, &size)) {
      return {};
    }
    const CharRange range{begin, uint64_t{begin} + size};
    if (range.end > CountChars(data_.documents[document].text)) return {};
    return range;
  }

  const PanFiles& files_;
  const PanChoice& choice_;
  PanData data_;
  std::map<std::string, uint32_t> numbers_;
  std::map<std::pair<uint32_t, uint32_t>, size_t> pairs_;
};

}  // namespace

std::string PanClassName(const std::string& label) {
  const std::pair<std::string_view, const char*> kNames[] = {
      {"01-no-plagiarism", "clean"},
      {"02-no-obfuscation", "none"},
      {"03-random-obfuscation", "random"},
      {"04-translation-obfuscation", "translation"},
      {"05-summary-obfuscation", "summary"},
  };
  for (const auto& [known, name] : kNames) {
    if (label == known) return name;
  }
  return label;
}

absl::StatusOr<PanData> LoadPan(const PanFiles& files,
                                const PanChoice& choice) {
  absl::StatusOr<PanData> data = Loader(files, choice).Load();
  if (data.ok() && data->pairs.empty()) {
    return absl::NotFoundError("no such pairs in " + files.pairs);
  }
  return data;
}

}  // namespace twicetold
