// SPDX-License-Identifier: Apache-2.0
//
// Small collections for tests of whole deduplications, and what came out.
#ifndef TWICETOLD_TESTS_DEDUP_SMALL_DEDUPS_H_
#define TWICETOLD_TESTS_DEDUP_SMALL_DEDUPS_H_

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/testing/synthetic.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/dedup/dedup.h"

namespace twicetold::testing {

namespace fs = std::filesystem;

inline constexpr double kMinJaccard = .7;

inline std::string ReadAllOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<nlohmann::json> Lines(const fs::path& path) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(ReadAllOf(path));
  for (std::string line; std::getline(text, line);) {
    lines.push_back(nlohmann::json::parse(line));
  }
  return lines;
}

// All files below a folder but run.json, by path.
inline std::map<std::string, std::string> Outputs(const fs::path& folder) {
  std::map<std::string, std::string> outputs;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "run.json") {
      continue;
    }
    outputs[fs::relative(entry.path(), folder)] = ReadAllOf(entry.path());
  }
  return outputs;
}

// A collection with families of near-duplicates, exact copies of some members,
// and texts that differ in white space only.
inline Collection SomeTexts(uint64_t seed) {
  Random random(seed);
  Collection families = Families(&random, {.families = 30,
                                           .copies = 5,
                                           .loners = 60,
                                           .least_words = 3,
                                           .most_words = 200,
                                           .most_replaced = .05});
  Collection all;
  for (size_t i = 0; i < families.size(); ++i) {
    all.Add(families.text(i));
    if (i % 7 == 0) all.Add(families.text(i));
    if (i % 11 == 0) all.Add(families.text(i) + "  ");
  }
  return all.Shuffled(&random);
}

// In steps: of a sum, g++ 12 warns where nothing is wrong.
inline std::string Numbered(std::string name, uint64_t number) {
  name += std::to_string(number);
  return name;
}

inline std::string KeyOf(size_t document) { return Numbered("key", document); }

inline std::string LinesOf(const Collection& texts, size_t begin, size_t end) {
  std::string lines;
  for (size_t i = begin; i < end; ++i) {
    const nlohmann::ordered_json record = {{"id", KeyOf(i)},
                                           {"text", texts.text(i)}};
    lines += record.dump() + "\n";
  }
  return lines;
}

// Texts as above, all of them in the file a.jsonl.
inline Collection PutSomeTexts(const TempTree& tree, uint64_t seed) {
  Collection texts = SomeTexts(seed);
  tree.File("a.jsonl", LinesOf(texts, 0, texts.size()));
  return texts;
}

inline DedupInput InputOf(const std::vector<std::string>& paths) {
  DedupInput input;
  for (const std::string& path : paths) {
    const bool records = IsRecordFile(path);
    input.files.push_back(
        {.path = path,
         .output = path,
         .records = records,
         .compression = records ? CompressionOf(path) : Compression::kNone,
         .bytes = fs::file_size(path)});
  }
  return input;
}

inline DedupOptions OptionsAtMinJaccard() {
  DedupOptions options;
  options.min_jaccard = kMinJaccard;
  return options;
}

// Settings under which hardly anything is missed.
inline DedupOptions SureOptions() {
  DedupOptions options = OptionsAtMinJaccard();
  options.recall = .9999;
  options.sketch_size = 512;
  options.threads = 2;
  return options;
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_DEDUP_SMALL_DEDUPS_H_
