// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/stem_pair.h"

#include <cmath>
#include <utility>

namespace twicetold {
namespace {

PairSide MakeSide(const Words& words, std::vector<uint32_t> number,
                  size_t stem_count) {
  PairSide side;
  side.words = &words;
  side.number = std::move(number);
  side.cells_with.assign(stem_count, 0);
  for (size_t i = 0; i < side.number.size(); ++i) {
    side.cells_with[side.number[i]] = words.stem_cells[i];
  }
  return side;
}

void SetIdf(StemPair* pair) {
  const double log_cells = std::log(static_cast<double>(pair->cells));
  // Few values occur, and a logarithm costs more than all else here.
  std::vector<double> idf_of_count;
  pair->idf.resize(pair->a.cells_with.size());
  for (size_t i = 0; i < pair->idf.size(); ++i) {
    const size_t df =
        pair->a.cells_with[i] + (pair->within ? 0 : pair->b.cells_with[i]);
    while (idf_of_count.size() <= df) {
      const size_t count = idf_of_count.size();
      idf_of_count.push_back(
          count == 0 ? 0 : log_cells - std::log(static_cast<double>(count)));
    }
    pair->idf[i] = idf_of_count[df];
  }
}

}  // namespace

StemPair MakeStemPair(const Words& a, const Words& b) {
  std::vector<uint32_t> number_a(a.stem_hashes.size());
  std::vector<uint32_t> number_b(b.stem_hashes.size());
  uint32_t count = 0;
  for (size_t i = 0, j = 0; i < number_a.size() || j < number_b.size();
       ++count) {
    const bool take_a =
        j == number_b.size() ||
        (i < number_a.size() && a.stem_hashes[i] <= b.stem_hashes[j]);
    const bool take_b =
        i == number_a.size() ||
        (j < number_b.size() && b.stem_hashes[j] <= a.stem_hashes[i]);
    if (take_a) number_a[i++] = count;
    if (take_b) number_b[j++] = count;
  }
  StemPair pair;
  pair.a = MakeSide(a, std::move(number_a), count);
  pair.b = MakeSide(b, std::move(number_b), count);
  pair.cells = a.cells.size() + b.cells.size();
  SetIdf(&pair);
  return pair;
}

StemPair MakeStemPairWithin(const Words& words) {
  std::vector<uint32_t> number(words.stem_hashes.size());
  for (uint32_t i = 0; i < number.size(); ++i) number[i] = i;
  StemPair pair;
  pair.within = true;
  pair.a = MakeSide(words, std::move(number), words.stem_hashes.size());
  pair.cells = words.cells.size();
  SetIdf(&pair);
  return pair;
}

}  // namespace twicetold
