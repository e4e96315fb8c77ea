// SPDX-License-Identifier: Apache-2.0
//
// Passages in characters, as data sets give them, and shown to a person.
//
// Thread safety: free functions and plain values; a FindingList is for one
// thread.
#ifndef TWICETOLD_BENCH_QUALITY_PASSAGE_TEXT_H_
#define TWICETOLD_BENCH_QUALITY_PASSAGE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/quality/passage_score.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// The number of characters of valid UTF-8.
uint64_t CountChars(std::string_view utf8);

// `passages` of two texts (or twice the same) in characters. Cost: one pass
// over the text for each passage.
std::vector<CharPassage> InChars(std::span<const Passage> passages,
                                 std::string_view utf8_a, const Words& a,
                                 std::string_view utf8_b, const Words& b);

// Both sides of a passage on a line each: their place, and how they begin.
std::string Excerpts(const CharPassage& passage, std::string_view utf8_a,
                     std::string_view utf8_b);

// What a benchmark shows for a person to judge: the highest scores.
class FindingList {
 public:
  // `title` says of what kind the findings are; at most `shown` are printed.
  FindingList(std::string title, size_t shown)
      : title_(std::move(title)), shown_(shown) {}

  // `name` says where it was found, `excerpts` is of the above form.
  void Add(double score, std::string name, std::string excerpts);

  // Highest score first; of equal ones, in the order they were added.
  void Print();

 private:
  struct Finding {
    double score = 0;
    std::string name;
    std::string excerpts;
  };

  std::string title_;
  size_t shown_;
  std::vector<Finding> findings_;
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_PASSAGE_TEXT_H_
