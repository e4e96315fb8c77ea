// SPDX-License-Identifier: Apache-2.0
//
// The article that started the project, with its truth, where it is at hand.
#ifndef TWICETOLD_TESTS_PASSAGE_TWO_INTERVIEWS_H_
#define TWICETOLD_TESTS_PASSAGE_TWO_INTERVIEWS_H_

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold::testing {

struct TwoInterviews {
  std::string text;
  ByteRange a;  // the recycled section
  ByteRange b;
  std::vector<std::pair<ByteRange, ByteRange>> paragraphs;
};

inline std::string DataFolder() {
  const char* folder = std::getenv("TWICETOLD_DATA");
  return folder != nullptr ? folder : TWICETOLD_DATA_DIR;
}

// For the message of a test that is skipped.
inline std::string NoTwoInterviews() {
  return "no two-interviews.txt in " + DataFolder() +
         "; set TWICETOLD_DATA to the folder that holds it";
}

inline std::optional<TwoInterviews> LoadTwoInterviews() {
  const std::string stem = DataFolder() + "/two-interviews";
  std::ifstream text(stem + ".txt", std::ios::binary);
  std::ifstream truth(stem + ".truth.json");
  if (!text || !truth) return std::nullopt;
  const auto range = [](const nlohmann::json& side) {
    return ByteRange{side["bytes"][0].get<uint32_t>(),
                     side["bytes"][1].get<uint32_t>()};
  };
  TwoInterviews data;
  data.text.assign(std::istreambuf_iterator<char>(text), {});
  const auto json = nlohmann::json::parse(truth);
  data.a = range(json["recycled_section"]["a"]);
  data.b = range(json["recycled_section"]["b"]);
  for (const auto& pair : json["paragraph_pairs"]) {
    data.paragraphs.emplace_back(range(pair["a"]), range(pair["b"]));
  }
  return data;
}

// The words that lie in a range of bytes.
inline WordRange WordsIn(const twicetold::Words& words, ByteRange bytes) {
  const auto begin = std::partition_point(
      words.bare_ranges.begin(), words.bare_ranges.end(),
      [&](ByteRange word) { return word.begin < bytes.begin; });
  const auto end = std::partition_point(
      begin, words.bare_ranges.end(),
      [&](ByteRange word) { return word.end <= bytes.end; });
  return {static_cast<uint32_t>(begin - words.bare_ranges.begin()),
          static_cast<uint32_t>(end - words.bare_ranges.begin())};
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_PASSAGE_TWO_INTERVIEWS_H_
