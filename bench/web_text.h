// SPDX-License-Identifier: Apache-2.0
//
// Made-up documents as a crawl has them: words that recur by Zipf's law, each
// chosen with an eye on the one before (a Markov source of order one), lengths
// with a log-normal distribution.
//
// Guarantee: a pure function of the arguments, the same on every machine.
// Thread safety: immutable once made.
#ifndef TWICETOLD_BENCH_WEB_TEXT_H_
#define TWICETOLD_BENCH_WEB_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/synthetic_text.h"

namespace twicetold {

// Words by their ranks.
using WordRanks = std::vector<uint32_t>;

class WebText {
 public:
  // `median_words`: of the lengths.
  explicit WebText(double median_words) : median_words_(median_words) {}

  // The document that `seed` stands for.
  WordRanks Document(uint64_t seed) const;
  WordRanks Words(size_t count, SmallRandom* random) const;

  // In lines of about ten words, with capitals and full stops.
  static std::string TextOf(const WordRanks& words);

  // A word that occurs nowhere else, for edits.
  static uint32_t OwnWord(SmallRandom* random);

 private:
  double median_words_;
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_WEB_TEXT_H_
