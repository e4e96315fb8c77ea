// SPDX-License-Identifier: Apache-2.0
//
// A few documents in memory: whatever is found is so, by the plainest count
// there is, identical and same texts are all found, and nothing is found
// otherwise with another number of threads.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/twicetold.h"

namespace {

using twicetold::Match;
using twicetold::Relation;
using twicetold::Result;
using twicetold::TextView;

constexpr size_t kMostDocuments = 12;
constexpr size_t kShingle = 2;

std::vector<uint64_t> HashesOf(std::string_view bytes) {
  std::string storage;
  return twicetold::Tokenize(twicetold::Decode(bytes, &storage).utf8).hashes;
}

using SlowSet = std::set<std::vector<uint64_t>>;

SlowSet Shingles(std::string_view bytes) {
  const std::vector<uint64_t> hashes = HashesOf(bytes);
  SlowSet set;
  if (!hashes.empty() && hashes.size() < kShingle) set.insert(hashes);
  for (size_t i = 0; i + kShingle <= hashes.size(); ++i) {
    set.insert({hashes.begin() + static_cast<long>(i),
                hashes.begin() + static_cast<long>(i + kShingle)});
  }
  return set;
}

double Jaccard(const SlowSet& a, const SlowSet& b) {
  size_t shared = 0;
  for (const auto& shingle : a) shared += b.count(shingle);
  const size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

// Documents end at bytes 1 (which is part of no word).
std::vector<TextView> Split(std::string_view text) {
  std::vector<TextView> texts;
  while (!text.empty() && texts.size() < kMostDocuments) {
    const size_t end = std::min(text.find('\1'), text.size());
    texts.push_back({std::to_string(texts.size()), text.substr(0, end)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return texts;
}

Result ScanOf(const std::vector<TextView>& texts, int threads) {
  const twicetold::MemoryCorpus corpus(texts);
  auto result = twicetold::Scan(
      corpus,
      {.shingle_size = int{kShingle}, .min_jaccard = .5, .threads = threads});
  FUZZ_CHECK(result.ok());
  return *std::move(result);
}

std::string Written(const Result& result) {
  std::string jsonl;
  twicetold::WriteJsonl(result, "scan", [&jsonl](std::string_view piece) {
    jsonl += piece;
    return true;
  });
  return jsonl;
}

void CheckMatches(const Result& result, const std::vector<TextView>& texts) {
  const auto text_of = [&](uint32_t id) {
    return texts[std::stoul(result.documents[id].names[0])].text;
  };
  for (const Match& match : result.matches) {
    FUZZ_CHECK(match.a < match.b && match.b < result.documents.size());
    const std::string_view a = text_of(match.a);
    const std::string_view b = text_of(match.b);
    const double jaccard = Jaccard(Shingles(a), Shingles(b));
    FUZZ_CHECK(std::abs(match.jaccard() - jaccard) < 1e-12);
    FUZZ_CHECK(jaccard >= .5);
    FUZZ_CHECK((match.relation == Relation::kIdentical) == (a == b));
    FUZZ_CHECK((match.relation == Relation::kNearDuplicate) ==
               (HashesOf(a) != HashesOf(b)));
  }
}

// Documents with the same tokens are in one cluster.
void CheckSame(const Result& result, const std::vector<TextView>& texts) {
  std::vector<size_t> cluster_of(result.documents.size(), SIZE_MAX);
  for (size_t i = 0; i < result.clusters.size(); ++i) {
    for (const uint32_t member : result.clusters[i].members) {
      cluster_of[member] = i;
    }
  }
  std::vector<std::vector<uint64_t>> hashes;
  for (const auto& document : result.documents) {
    hashes.push_back(HashesOf(texts[std::stoul(document.names[0])].text));
  }
  for (size_t b = 0; b < hashes.size(); ++b) {
    for (size_t a = 0; a < b; ++a) {
      if (hashes[a].empty() || hashes[a] != hashes[b]) continue;
      FUZZ_CHECK(cluster_of[a] == cluster_of[b] && cluster_of[a] != SIZE_MAX);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text =
      twicetold::testing::TextOf(data, size).substr(0, 4096);
  const std::vector<TextView> texts = Split(text);
  const Result result = ScanOf(texts, 1);
  FUZZ_CHECK(result.documents.size() + result.skipped.size() == texts.size());
  CheckMatches(result, texts);
  CheckSame(result, texts);
  FUZZ_CHECK(Written(ScanOf(texts, 2)) == Written(result));
  return 0;
}
