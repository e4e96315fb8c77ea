// SPDX-License-Identifier: Apache-2.0
//
// The library without files: texts from memory in, related pairs out.
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "twicetold/twicetold.h"

int main() {
  const std::string tale =
      "Once upon a time a miller left his three sons a mill, a donkey and a "
      "cat, and the youngest, who had been given the cat, thought himself "
      "poorly served until the cat asked him for a pair of boots.";
  const std::string longer = tale + " And so the story begins.";
  // The texts are not copied: they have to live as long as they are used.
  const std::vector<twicetold::TextView> texts = {
      {"first telling", tale},
      {"second telling", longer},
      {"weather", "Rain at first, then dry, with a light wind from the west."},
  };

  // Find what is alike. Scan may be given a progress callback and a
  // std::stop_token as well.
  const twicetold::MemoryCorpus corpus(texts);
  const auto result = twicetold::Scan(corpus, {.min_jaccard = .7});
  if (!result.ok()) {
    std::cerr << result.status() << '\n';
    return 1;
  }
  for (const twicetold::Match& match : result->matches) {
    std::cout << result->documents[match.a].names[0] << " ~ "
              << result->documents[match.b].names[0] << ": "
              << twicetold::RelationName(match.relation) << ", Jaccard "
              << match.jaccard() << '\n';
  }

  // Or take the stages one by one: tokens, shingles, sketches, an estimate.
  const twicetold::Sketcher sketcher(/*size=*/128, /*seed=*/0);
  std::vector<std::vector<uint32_t>> sketches;
  for (const twicetold::TextView& text : texts) {
    const twicetold::Tokens tokens = twicetold::Tokenize(text.text);
    twicetold::ShingleList shingles;
    twicetold::MakeShingles(tokens.hashes, /*size=*/5, &shingles);
    sketcher.Sketch(shingles, sketches.emplace_back(sketcher.size()));
  }
  std::cout << "estimate: "
            << twicetold::EstimateJaccard(sketches[0], sketches[1]) << '\n';
}
