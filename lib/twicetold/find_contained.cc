// SPDX-License-Identifier: Apache-2.0
#include "twicetold/find_contained.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace twicetold {
namespace {

// The words that are in one of `ranges`, which are sorted here.
uint64_t CountCovered(std::vector<WordRange>* ranges) {
  std::sort(ranges->begin(), ranges->end(),
            [](WordRange x, WordRange y) { return x.begin < y.begin; });
  uint64_t covered = 0;
  uint32_t end = 0;
  for (const WordRange& range : *ranges) {
    const uint32_t begin = std::max(range.begin, end);
    if (range.end <= begin) continue;
    covered += range.end - begin;
    end = range.end;
  }
  return covered;
}

double ShareOf(uint64_t covered, uint64_t words) {
  return words == 0 ? 0
                    : static_cast<double>(covered) / static_cast<double>(words);
}

// Collects the passages of one pair of documents after another.
class Pairing {
 public:
  explicit Pairing(const ContainedRequest& request) : request_(request) {}

  // `of_pair`: all passages of one pair.
  void Add(std::span<const FoundPassage* const> of_pair) {
    const uint32_t a = of_pair.front()->document_a;
    const uint32_t b = of_pair.front()->document_b;
    ranges_a_.clear();
    ranges_b_.clear();
    for (const FoundPassage* found : of_pair) {
      ranges_a_.push_back(found->passage.a);
      ranges_b_.push_back(found->passage.b);
    }
    Match match{
        .a = a,
        .b = b,
        .relation = Relation::kContained,
        .overlap = {},
        .covered_a = ShareOf(CountCovered(&ranges_a_), request_.words(a)),
        .covered_b = ShareOf(CountCovered(&ranges_b_), request_.words(b))};
    if (IsContained(match) && !IsKnown(match)) found_.push_back(match);
  }

  std::vector<Match> Take() { return std::move(found_); }

 private:
  bool IsContained(const Match& match) const {
    const uint64_t words_a = request_.words(match.a);
    const uint64_t words_b = request_.words(match.b);
    return (words_a <= words_b && match.covered_a >= kContainedShare) ||
           (words_b <= words_a && match.covered_b >= kContainedShare);
  }

  bool IsKnown(const Match& match) const {
    return std::binary_search(request_.matches.begin(), request_.matches.end(),
                              match, ByDocuments);
  }

  const ContainedRequest& request_;
  std::vector<WordRange> ranges_a_;
  std::vector<WordRange> ranges_b_;
  std::vector<Match> found_;
};

// Contained pairs, ascending, that have no overlap yet.
std::vector<Match> ListContained(const ContainedRequest& request) {
  std::vector<const FoundPassage*> passages;
  for (const FoundPassage& found : request.passages) {
    if (found.document_a != found.document_b) passages.push_back(&found);
  }
  const auto pair_of = [](const FoundPassage* found) {
    return std::pair(found->document_a, found->document_b);
  };
  std::sort(passages.begin(), passages.end(),
            [&](const FoundPassage* x, const FoundPassage* y) {
              return pair_of(x) < pair_of(y);
            });
  Pairing pairing(request);
  for (size_t i = 0; i < passages.size();) {
    size_t end = i + 1;
    while (end < passages.size() &&
           pair_of(passages[end]) == pair_of(passages[i])) {
      ++end;
    }
    pairing.Add(std::span(passages).subspan(i, end - i));
    i = end;
  }
  return pairing.Take();
}

}  // namespace

std::vector<Match> FindContained(const ContainedRequest& request,
                                 ThreadPool* pool, std::stop_token stop) {
  std::vector<Match> matches = ListContained(request);
  // Pairs with one document a follow each other: it is loaded once for them.
  struct Loaded {
    std::optional<uint32_t> a_is;
    bool a_is_there = false;
    SetComparer a;
    ShingleSet set;
  };
  std::vector<Loaded> loaded(static_cast<size_t>(pool->size()));
  std::vector<uint8_t> verified(matches.size());
  pool->For(
      matches.size(), 8,
      [&](size_t begin, size_t end, int worker) {
        Loaded& sets = loaded[static_cast<size_t>(worker)];
        for (size_t i = begin; i < end; ++i) {
          Match& match = matches[i];
          if (sets.a_is != match.a) {
            sets.a_is = match.a;
            sets.a_is_there = request.load(match.a, worker, &sets.set);
            if (sets.a_is_there) sets.a.Take(sets.set);
          }
          if (!sets.a_is_there || !request.load(match.b, worker, &sets.set)) {
            continue;
          }
          match.overlap = sets.a.CompareWith(sets.set);
          verified[i] = 1;
        }
      },
      stop);
  size_t kept = 0;
  for (size_t i = 0; i < matches.size(); ++i) {
    if (verified[i]) matches[kept++] = matches[i];
  }
  matches.resize(kept);
  return matches;
}

}  // namespace twicetold
