// SPDX-License-Identifier: Apache-2.0
//
// our_sketch FOLDER: how long it takes one thread to make a sketch of 128
// slots, over runs of 5 words, of each file below FOLDER, from its bytes.
// Reading the files is not part of the time. Prints one JSON object; its
// "check" is a sum over all sketches.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "twicetold/base/cpu_time.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

std::vector<std::string> TextsBelow(const std::filesystem::path& folder) {
  std::vector<std::string> texts;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file),
                       std::istreambuf_iterator<char>());
  }
  return texts;
}

uint64_t SketchAll(const std::vector<std::string>& texts) {
  const Sketcher sketcher(/*size=*/128, /*seed=*/0);
  std::string storage;
  std::vector<uint64_t> tokens;
  ShingleList shingles;
  std::vector<uint32_t> sketch(sketcher.size());
  uint64_t check = 0;
  for (const std::string& text : texts) {
    TokenHashes(Decode(text, &storage).utf8, &tokens);
    MakeShingles(tokens, /*k=*/5, &shingles);
    sketcher.Sketch(shingles, sketch);
    for (const uint32_t slot : sketch) check += slot;
  }
  return check;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::fprintf(stderr, "usage: our_sketch FOLDER\n");
    return 2;
  }
  const std::vector<std::string> texts = twicetold::TextsBelow(argv[1]);
  const twicetold::Stopwatch watch;
  const double cpu = twicetold::CpuSeconds();
  const uint64_t check = twicetold::SketchAll(texts);
  std::printf("{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"check\": %llu}\n",
              watch.seconds(), twicetold::CpuSeconds() - cpu,
              static_cast<unsigned long long>(check));
  return 0;
}
