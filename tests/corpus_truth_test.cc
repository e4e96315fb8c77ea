// SPDX-License-Identifier: Apache-2.0
//
// What is found in corpus/, held against corpus/truth.json, in which all that
// is related is written down by hand and measured by other code: the result
// has every relation there is and no other, and so has the text that a person
// reads.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/twicetold.h"

namespace twicetold {
namespace {

using Pair = std::pair<std::string, std::string>;  // names, ascending

struct Related {
  std::string relation;
  double jaccard = 0;
};

// The truth of whole documents.
struct Truth {
  std::map<Pair, Related> pairs;
  std::map<Pair, Related> contained;
  std::set<Pair> with_passages;  // that have no other relation
  std::map<std::string, std::string> skipped;
  std::set<std::string> documents;
};

Truth ReadTruth() {
  std::ifstream file(std::string(TWICETOLD_CORPUS_DIR) + "/truth.json");
  const nlohmann::json json = nlohmann::json::parse(file);
  Truth truth;
  for (const auto& document : json["documents"]) {
    truth.documents.insert(document["path"]);
  }
  for (const auto& pair : json["pairs"]) {
    const std::string relation = pair["relation"];
    const Pair names = std::minmax<std::string>(pair["a"], pair["b"]);
    if (relation == "contained") {
      truth.contained[names] = {relation, pair["jaccard"]};
    }
    if (relation == "passage") truth.with_passages.insert(names);
    if (relation != "identical" && relation != "same_text" &&
        relation != "near_duplicate") {
      continue;
    }
    truth.pairs[names] = {relation, pair["jaccard"]};
  }
  for (const auto& skipped : json["skipped"]) {
    truth.skipped[skipped["path"]] = skipped["reason"];
  }
  return truth;
}

const Result& ScanOfCorpus() {
  static const Result* const kResult = [] {
    const std::vector<std::string> roots = {TWICETOLD_CORPUS_DIR};
    WalkResult walk = Walk(roots, {});
    const FileCorpus corpus(std::move(walk.files), {}, std::move(walk.skipped));
    auto result = Scan(corpus, {});
    EXPECT_TRUE(result.ok()) << result.status();
    return new Result(*std::move(result));
  }();
  return *kResult;
}

std::string Relative(const std::string& path) {
  const std::string prefix = std::string(TWICETOLD_CORPUS_DIR) + "/";
  EXPECT_TRUE(path.starts_with(prefix)) << path;
  return path.substr(prefix.size());
}

// Follows a few relations to all that they imply: n documents that are the
// same are related by n-1 pairs, each of which shares all relations to others.
class Relations {
 public:
  void Add(const std::string& a, const std::string& b, Related related) {
    pairs_[std::minmax(a, b)] = std::move(related);
  }

  std::map<Pair, Related> AllImplied() const {
    std::map<Pair, Related> all = pairs_;
    for (bool grew = true; grew;) {
      grew = false;
      const std::map<Pair, Related> known = all;
      for (const auto& [x, same] : known) {
        if (same.relation == "near_duplicate") continue;
        for (const auto& [y, other] : known) {
          grew = Join(x, same, y, other, &all) || grew;
        }
      }
    }
    return all;
  }

 private:
  // With x = (a, b) the same and y = (b, c) related, (a, c) is as y is.
  static bool Join(const Pair& x, const Related& same, const Pair& y,
                   const Related& other, std::map<Pair, Related>* all) {
    bool grew = false;
    for (const auto& [a, b] : {x, Pair(x.second, x.first)}) {
      for (const auto& [b2, c] : {y, Pair(y.second, y.first)}) {
        if (b != b2 || a == c) continue;
        Related joined = other;
        if (other.relation == "identical") joined.relation = same.relation;
        grew = all->emplace(std::minmax(a, c), joined).second || grew;
      }
    }
    return grew;
  }

  std::map<Pair, Related> pairs_;
};

void ExpectSame(const std::map<Pair, Related>& found,
                const std::map<Pair, Related>& truth, double tolerance) {
  for (const auto& [pair, related] : truth) {
    const auto at = found.find(pair);
    if (at == found.end()) {
      ADD_FAILURE() << "not found: " << pair.first << " and " << pair.second
                    << ", " << related.relation;
      continue;
    }
    EXPECT_EQ(at->second.relation, related.relation)
        << pair.first << " and " << pair.second;
    EXPECT_NEAR(at->second.jaccard, related.jaccard, tolerance)
        << pair.first << " and " << pair.second;
  }
  for (const auto& [pair, related] : found) {
    EXPECT_TRUE(truth.contains(pair))
        << "not so: " << pair.first << " and " << pair.second << ", "
        << related.relation;
  }
}

TEST(CorpusTruthTest, TheTruthIsNotEmpty) {
  const Truth truth = ReadTruth();
  std::map<std::string, int> count;
  for (const auto& [pair, related] : truth.pairs) ++count[related.relation];
  EXPECT_GE(count["identical"], 4);
  EXPECT_GE(count["same_text"], 10);
  EXPECT_GE(count["near_duplicate"], 8);
}

TEST(CorpusTruthTest, EveryRelationIsFoundAndNoOther) {
  const Result& result = ScanOfCorpus();
  Relations found;
  for (const Match& match : result.matches) {
    if (match.relation == Relation::kContained) continue;
    found.Add(Relative(result.documents[match.a].names[0]),
              Relative(result.documents[match.b].names[0]),
              {std::string(RelationName(match.relation)), match.jaccard()});
  }
  // The truth is written with six decimals.
  ExpectSame(found.AllImplied(), ReadTruth().pairs, .5000001e-6);
}

// Documents that share passages may share nearly all in other words; those that
// have nothing in common may not.
TEST(CorpusTruthTest, EveryContainedDocumentIsFoundAndNoneOfUnrelatedOnes) {
  const Result& result = ScanOfCorpus();
  const Truth truth = ReadTruth();
  EXPECT_GE(truth.contained.size(), 3u);
  std::map<Pair, Related> found;
  for (const Match& match : result.matches) {
    if (match.relation != Relation::kContained) continue;
    const Pair pair = std::minmax(Relative(result.documents[match.a].names[0]),
                                  Relative(result.documents[match.b].names[0]));
    if (!truth.contained.contains(pair)) {
      EXPECT_TRUE(truth.with_passages.contains(pair))
          << "not so: " << pair.first << " and " << pair.second;
      EXPECT_LT(std::max(match.containment_of_a_in_b(),
                         match.containment_of_b_in_a()),
                .5)
          << "not so: " << pair.first << " and " << pair.second;
      continue;
    }
    found[pair] = {std::string(RelationName(match.relation)), match.jaccard()};
  }
  ExpectSame(found, truth.contained, .5000001e-6);
}

TEST(CorpusTruthTest, EveryFileIsADocumentOrSkippedForTheReasonSaid) {
  const Result& result = ScanOfCorpus();
  const Truth truth = ReadTruth();
  std::set<std::string> documents;
  for (const DocumentRecord& document : result.documents) {
    documents.insert(Relative(document.names[0]));
  }
  std::map<std::string, std::string> skipped;
  for (const SkippedInput& input : result.skipped) {
    if (input.skip.reason == SkipReason::kHidden) continue;
    skipped[Relative(input.path)] = SkipReasonName(input.skip.reason);
  }
  EXPECT_EQ(skipped, truth.skipped);
  std::set<std::string> expected = truth.documents;
  for (const auto& [path, reason] : truth.skipped) expected.erase(path);
  EXPECT_EQ(documents, expected);
}

// Reads the clusters out of the report for people.
std::map<Pair, Related> ReadReport(const std::string& text) {
  static const std::regex kMember(R"( {2,}(\d+)  (\S+) *(.*))");
  static const std::regex kSame(R"((identical to|same text as) (\d+).*)");
  static const std::regex kNear(
      R"(near-duplicate of (\d+): Jaccard (1|\.\d{3}),.*)");
  static const std::regex kFurther(R"((\d+) and (\d+) (1|\.\d{3}))");
  Relations found;
  std::vector<std::string> members = {""};
  bool in_cluster = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Cluster ")) {
      members = {""};
      in_cluster = true;
      continue;
    }
    if (line.empty()) in_cluster = false;
    if (!in_cluster) continue;
    std::smatch m;
    std::string why = line.substr(line.find_first_not_of(' '));
    if (std::regex_match(line, m, kMember) && !line.starts_with("     ")) {
      EXPECT_EQ(std::stoul(m[1]), members.size()) << line;
      members.push_back(Relative(m[2]));
      why = m[3];
    }
    if (std::regex_match(why, m, kSame)) {
      found.Add(members.at(std::stoul(m[2])), members.back(),
                {m[1] == "identical to" ? "identical" : "same_text", 1});
    } else if (std::regex_match(why, m, kNear)) {
      found.Add(members.at(std::stoul(m[1])), members.back(),
                {"near_duplicate", std::stod(m[2])});
    } else if (why.starts_with("also near-duplicates: ")) {
      for (std::sregex_iterator at(why.begin(), why.end(), kFurther), end;
           at != end; ++at) {
        found.Add(members.at(std::stoul((*at)[1])),
                  members.at(std::stoul((*at)[2])),
                  {"near_duplicate", std::stod((*at)[3])});
      }
    }
  }
  return found.AllImplied();
}

TEST(CorpusTruthTest, TheTextReportSaysEveryRelationAndNoOther) {
  for (const size_t width : {60, 100, 400}) {
    std::string text;
    EXPECT_TRUE(WriteText(ScanOfCorpus(), {.width = width},
                          [&text](std::string_view piece) {
                            text += piece;
                            return true;
                          }));
    // Cut off after three decimals.
    std::map<Pair, Related> truth = ReadTruth().pairs;
    for (auto& [pair, related] : truth) related.jaccard -= .0005;
    for (auto& [pair, related] : truth) {
      if (related.relation != "near_duplicate") related.jaccard = 1;
    }
    ExpectSame(ReadReport(text), truth, .000501);
  }
}

}  // namespace
}  // namespace twicetold
