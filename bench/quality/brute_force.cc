// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/brute_force.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>

#include "absl/container/flat_hash_map.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

// Numbers tuples in order of first appearance.
class TupleNumbers {
 public:
  uint32_t Of(std::span<const uint64_t> tuple) {
    const std::string key(reinterpret_cast<const char*>(tuple.data()),
                          tuple.size_bytes());
    return numbers_.try_emplace(key, static_cast<uint32_t>(numbers_.size()))
        .first->second;
  }

 private:
  absl::flat_hash_map<std::string, uint32_t> numbers_;
};

std::vector<uint64_t> TokensOf(const std::string& text) {
  if (FindBinary(text)) return {};
  std::string storage;
  return Tokenize(Decode(text, &storage).utf8).hashes;
}

std::vector<uint32_t> TuplesOf(std::span<const uint64_t> tokens, size_t k,
                               TupleNumbers* numbers) {
  std::vector<uint32_t> tuples;
  if (tokens.empty()) return tuples;
  const size_t size = std::min(k, tokens.size());
  for (size_t i = 0; i + size <= tokens.size(); ++i) {
    tuples.push_back(numbers->Of(tokens.subspan(i, size)));
  }
  std::sort(tuples.begin(), tuples.end());
  tuples.erase(std::unique(tuples.begin(), tuples.end()), tuples.end());
  tuples.shrink_to_fit();
  return tuples;
}

uint64_t CountShared(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  uint64_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const uint32_t x = a[i];
    const uint32_t y = b[j];
    if (x == y) ++shared;
    i += x <= y ? 1u : 0u;
    j += y <= x ? 1u : 0u;
  }
  return shared;
}

}  // namespace

double ExactOverlap::jaccard() const {
  return Share(shared, size_a + size_b - shared);
}
double ExactOverlap::containment_of_a_in_b() const {
  return Share(shared, size_a);
}
double ExactOverlap::containment_of_b_in_a() const {
  return Share(shared, size_b);
}

ExactSets::ExactSets(std::span<const std::string> texts, int k) {
  TupleNumbers numbers;
  for (const std::string& text : texts) {
    tokens_.push_back(TokensOf(text));
    sets_.push_back(TuplesOf(tokens_.back(), static_cast<size_t>(k), &numbers));
  }
}

ExactOverlap ExactSets::Compare(uint32_t a, uint32_t b) const {
  return {.shared = CountShared(sets_[a], sets_[b]),
          .size_a = sets_[a].size(),
          .size_b = sets_[b].size()};
}

bool ExactSets::SameTokens(uint32_t a, uint32_t b) const {
  return !tokens_[a].empty() && tokens_[a] == tokens_[b];
}

std::vector<TruePair> ExactSets::FindPairs(double min_jaccard, int threads,
                                           uint64_t* compared) const {
  if (threads <= 0) {
    threads =
        std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }
  const uint32_t count = static_cast<uint32_t>(sets_.size());
  std::atomic<uint32_t> next_row{0};
  std::atomic<uint64_t> all_compared{0};
  std::vector<std::vector<TruePair>> found(static_cast<size_t>(threads));
  const auto work = [&](std::vector<TruePair>* mine) {
    uint64_t my_compared = 0;
    for (uint32_t a; (a = next_row++) < count;) {
      for (uint32_t b = a + 1; b < count; ++b, ++my_compared) {
        const double jaccard = Compare(a, b).jaccard();
        if (jaccard >= min_jaccard) mine->push_back({a, b, jaccard});
      }
    }
    all_compared += my_compared;
  };
  {
    std::vector<std::jthread> workers;
    for (auto& mine : found) workers.emplace_back(work, &mine);
  }
  *compared = all_compared;
  std::vector<TruePair> all;
  for (const auto& mine : found)
    all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end(), [](const TruePair& x, const TruePair& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  return all;
}

}  // namespace twicetold
