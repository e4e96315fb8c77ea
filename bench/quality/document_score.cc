// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/document_score.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace twicetold {
namespace {

constexpr double kNothingToFind = 1;

double Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? kNothingToFind
                    : static_cast<double>(part) / static_cast<double>(whole);
}

bool IsNear(const PrintedMatch& match) {
  return match.relation == "near_duplicate";
}

// Holds one printed match against the exact overlap of its documents.
void ScoreMatch(const PrintedMatch& match, const ExactSets& sets, uint32_t a,
                uint32_t b, double min_jaccard, DocumentScore* score) {
  const ExactOverlap exact = sets.Compare(a, b);
  const bool same = sets.SameTokens(a, b);
  // Documents without a word can be identical all the same.
  const bool wordless = exact.size_a == 0 && exact.size_b == 0;
  const double jaccard = wordless ? 1 : exact.jaccard();
  ++score->printed;
  const bool correct =
      IsNear(match) ? !same && jaccard >= min_jaccard : same || wordless;
  if (correct) ++score->printed_correct;
  if (match.jaccard != jaccard) ++score->wrong_jaccards;
  const bool containments =
      wordless ||
      (match.containment_of_a_in_b == exact.containment_of_a_in_b() &&
       match.containment_of_b_in_a == exact.containment_of_b_in_a());
  const bool counts = !match.shared || (*match.shared == exact.shared &&
                                        match.shingles_a == exact.size_a &&
                                        match.shingles_b == exact.size_b);
  if (!containments || !counts) ++score->wrong_numbers;
}

bool LeastJaccardIsRight(const PrintedCluster& cluster, const ExactSets& sets,
                         std::span<const uint32_t> document_of) {
  double least = 1;
  const uint32_t representative = document_of[cluster.representative];
  for (uint32_t id : cluster.members) {
    const ExactOverlap exact = sets.Compare(representative, document_of[id]);
    if (exact.size_a > 0) least = std::min(least, exact.jaccard());
  }
  return least == cluster.min_jaccard;
}

}  // namespace

double DocumentScore::recall() const {
  return Share(found + joined, true_pairs);
}
double DocumentScore::precision() const {
  return Share(printed_correct, printed);
}

FoundPairs::FoundPairs(const PrintedResult& result,
                       std::span<const uint32_t> document_of,
                       size_t document_count)
    : parent_(document_count), big_cluster_(document_count, kNone) {
  std::iota(parent_.begin(), parent_.end(), 0u);
  for (const PrintedMatch& match : result.matches) {
    if (IsNear(match)) continue;
    parent_[ClassOf(document_of[match.b])] = ClassOf(document_of[match.a]);
  }
  for (const PrintedMatch& match : result.matches) {
    if (!IsNear(match)) continue;
    classes_.push_back(std::minmax(ClassOf(document_of[match.a]),
                                   ClassOf(document_of[match.b])));
  }
  std::sort(classes_.begin(), classes_.end());
  for (size_t c = 0; c < result.clusters.size(); ++c) {
    if (result.clusters[c].all_pairs) continue;
    for (uint32_t id : result.clusters[c].members) {
      big_cluster_[document_of[id]] = static_cast<uint32_t>(c);
    }
  }
}

uint32_t FoundPairs::ClassOf(uint32_t document) const {
  while (parent_[document] != document) document = parent_[document];
  return document;
}

FoundPairs::Outcome FoundPairs::Find(uint32_t a, uint32_t b) const {
  const std::pair<uint32_t, uint32_t> classes =
      std::minmax(ClassOf(a), ClassOf(b));
  if (classes.first == classes.second ||
      std::binary_search(classes_.begin(), classes_.end(), classes)) {
    return Outcome::kFound;
  }
  return big_cluster_[a] != kNone && big_cluster_[a] == big_cluster_[b]
             ? Outcome::kJoined
             : Outcome::kMissed;
}

DocumentScore ScoreDocuments(const PrintedResult& result,
                             std::span<const uint32_t> document_of,
                             const ExactSets& sets,
                             std::span<const TruePair> truth,
                             double min_jaccard) {
  DocumentScore score;
  score.true_pairs = truth.size();
  const FoundPairs found(result, document_of, sets.size());
  for (const TruePair& pair : truth) {
    switch (found.Find(pair.a, pair.b)) {
      case FoundPairs::Outcome::kFound:
        ++score.found;
        break;
      case FoundPairs::Outcome::kJoined:
        ++score.joined;
        break;
      case FoundPairs::Outcome::kMissed:
        score.missed.push_back(pair);
    }
  }
  score.missed_same = static_cast<uint64_t>(std::count_if(
      score.missed.begin(), score.missed.end(),
      [&](const TruePair& pair) { return sets.SameTokens(pair.a, pair.b); }));
  for (const PrintedMatch& match : result.matches) {
    ScoreMatch(match, sets, document_of[match.a], document_of[match.b],
               min_jaccard, &score);
  }
  for (const PrintedCluster& cluster : result.clusters) {
    if (!LeastJaccardIsRight(cluster, sets, document_of)) {
      ++score.wrong_clusters;
    }
  }
  return score;
}

}  // namespace twicetold
