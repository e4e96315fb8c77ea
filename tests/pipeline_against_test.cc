// SPDX-License-Identifier: Apache-2.0
//
// New documents against a reference set, held against a look at all pairs;
// documents that others contain.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/testing/brute_force.h"
#include "tests/testing/synthetic.h"
#include "twicetold/pipeline.h"
#include "twicetold/report/jsonl.h"

namespace twicetold {
namespace {

using testing::Collection;
using testing::Join;
using testing::Random;
using testing::RandomWords;
using testing::ReplaceWords;
using testing::Words;

using Pair = std::pair<uint32_t, uint32_t>;

// Texts with roles.
class Sides {
 public:
  void Add(Role role, std::string text) {
    texts_.push_back(std::move(text));
    roles_.push_back(role);
  }
  size_t size() const { return texts_.size(); }
  Role role(uint32_t i) const { return roles_[i]; }
  const std::string& text(uint32_t i) const { return texts_[i]; }

  Result Scan(ScanOptions options = {}) const {
    std::vector<TextView> views;
    for (size_t i = 0; i < texts_.size(); ++i) {
      std::string name = std::to_string(100000 + i);
      views.push_back({std::move(name), texts_[i], roles_[i]});
    }
    options.against = true;
    const auto result = twicetold::Scan(MemoryCorpus(views), options);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : Result{};
  }

 private:
  std::vector<std::string> texts_;
  std::vector<Role> roles_;
};

Role AnyRole(Random* random) {
  return static_cast<Role>(1 + (random->Below(10) == 0 ? 2 : random->Below(2)));
}

// Families of texts that are the same or nearly the same, on either side.
Sides Mixed(Random* random, size_t families, size_t most_members) {
  Sides sides;
  for (size_t family = 0; family < families; ++family) {
    const Words words = RandomWords(random, 20 + random->Below(100));
    for (size_t i = random->Below(most_members) + 1; i > 0; --i) {
      const size_t kind = random->Below(4);
      std::string text = Join(
          kind < 2 ? words : ReplaceWords(random, words, .04 * random->Unit()));
      // The same words in other bytes.
      if (kind == 1) text += '.';
      sides.Add(AnyRole(random), text);
    }
  }
  return sides;
}

std::string WordsIn(std::string text) {
  std::erase(text, '.');
  return text;
}

// What a look at all pairs says of two documents that are compared.
std::map<Pair, Relation> Oracle(const Sides& sides) {
  Collection collection;
  for (uint32_t i = 0; i < sides.size(); ++i) {
    collection.Add(WordsIn(sides.text(i)));
  }
  std::map<Pair, Relation> pairs;
  for (const auto& pair :
       testing::AllPairs(testing::WordsOf(collection), 5, .8)) {
    if (!AreCompared(sides.role(pair.a), sides.role(pair.b))) continue;
    Relation relation = Relation::kNearDuplicate;
    if (WordsIn(sides.text(pair.a)) == WordsIn(sides.text(pair.b))) {
      relation = sides.text(pair.a) == sides.text(pair.b) ? Relation::kIdentical
                                                          : Relation::kSameText;
    }
    pairs[{pair.a, pair.b}] = relation;
  }
  return pairs;
}

// Every match is true; and every true pair is a match, or follows from those of
// documents that stand for the two.
void CheckAgainstOracle(const Sides& sides, const Result& result) {
  const auto oracle = Oracle(sides);
  std::set<Pair> found;
  std::set<uint32_t> in_a_same_pair;
  for (const Match& match : result.matches) {
    const auto at = oracle.find({match.a, match.b});
    ASSERT_NE(at, oracle.end()) << match.a << " and " << match.b;
    EXPECT_EQ(match.relation, at->second) << match.a << " and " << match.b;
    EXPECT_TRUE(found.insert({match.a, match.b}).second);
    if (match.relation == Relation::kNearDuplicate) continue;
    in_a_same_pair.insert({match.a, match.b});
  }
  const auto stand_in = [&result](uint32_t i) {
    return result.documents[i].stood_for_by.value_or(i);
  };
  for (const auto& [pair, relation] : oracle) {
    if (relation != Relation::kNearDuplicate) {
      EXPECT_TRUE(in_a_same_pair.contains(pair.first)) << pair.first;
      EXPECT_TRUE(in_a_same_pair.contains(pair.second)) << pair.second;
      continue;
    }
    const auto [a, b] = std::pair<uint32_t, uint32_t>(
        std::minmax(stand_in(pair.first), stand_in(pair.second)));
    if (!AreCompared(sides.role(a), sides.role(b))) continue;
    EXPECT_TRUE(found.contains({a, b}))
        << pair.first << " and " << pair.second << " by " << a << ", " << b;
  }
}

// The members of each cluster are joined by its matches, and nothing else is.
void CheckClusters(const Result& result) {
  std::map<uint32_t, size_t> cluster_of;
  for (size_t i = 0; i < result.clusters.size(); ++i) {
    for (uint32_t member : result.clusters[i].members) {
      EXPECT_TRUE(cluster_of.emplace(member, i).second) << member;
    }
    EXPECT_EQ(result.clusters[i].representative,
              result.clusters[i].members.front());
  }
  std::set<uint32_t> matched;
  for (const Match& match : result.matches) {
    if (match.relation == Relation::kContained) continue;
    ASSERT_TRUE(cluster_of.contains(match.a));
    ASSERT_TRUE(cluster_of.contains(match.b));
    EXPECT_EQ(cluster_of[match.a], cluster_of[match.b]);
    matched.insert({match.a, match.b});
  }
  EXPECT_EQ(matched.size(), cluster_of.size());
}

TEST(PipelineAgainstTest, AsLookingAtAllPairsSays) {
  Random random(1);
  for (int trial = 0; trial < 30; ++trial) {
    const Sides sides = Mixed(&random, 8, 8);
    const Result result =
        sides.Scan({.recall = .9999, .sketch_size = 512, .passages = false});
    CheckAgainstOracle(sides, result);
    CheckClusters(result);
    if (HasFailure()) return;
  }
}

// Buckets that are too full to compare all with all.
TEST(PipelineAgainstTest, ManyThatAreAlikeOnBothSides) {
  Random random(2);
  Sides sides;
  const Words words = RandomWords(&random, 200);
  for (size_t i = 0; i < 600; ++i) {
    Words text = words;
    text[random.Below(text.size())] = testing::WordFor(1'000'000 + i);
    sides.Add(i % 3 == 0 ? Role::kNew : Role::kReference, Join(text));
  }
  const Result result = sides.Scan({.passages = false});
  ASSERT_EQ(result.clusters.size(), 1u);
  EXPECT_EQ(result.clusters[0].members.size(), 600u);
  for (const Match& match : result.matches) {
    EXPECT_TRUE(AreCompared(sides.role(match.a), sides.role(match.b)));
  }
}

TEST(PipelineAgainstTest, TheOutcomeDoesNotDependOnThreads) {
  Random random(3);
  const Sides sides = Mixed(&random, 30, 6);
  const auto dump = [&sides](int threads) {
    std::string text;
    WriteJsonl(sides.Scan({.threads = threads}), "scan",
               [&text](std::string_view piece) {
                 text += piece;
                 return true;
               });
    return text;
  };
  EXPECT_EQ(dump(1), dump(4));
}

TEST(PipelineAgainstTest, PassagesAreOfANewAndAReferenceDocument) {
  Random random(4);
  Sides sides;
  std::vector<Words> shared;
  for (int i = 0; i < 6; ++i) shared.push_back(RandomWords(&random, 80));
  const auto text_with = [&](const std::vector<int>& which) {
    Words text = RandomWords(&random, 150);
    for (const int i : which) {
      text.insert(text.end(), shared[static_cast<size_t>(i)].begin(),
                  shared[static_cast<size_t>(i)].end());
      const Words more = RandomWords(&random, 150);
      text.insert(text.end(), more.begin(), more.end());
    }
    return Join(text);
  };
  sides.Add(Role::kNew, text_with({0, 1, 4, 4}));
  sides.Add(Role::kNew, text_with({1}));
  sides.Add(Role::kReference, text_with({0, 2}));
  sides.Add(Role::kReference, text_with({2, 3}));
  sides.Add(Role::kBoth, text_with({3, 5, 5}));
  const Result result = sides.Scan();
  std::set<Pair> pairs;
  for (const PassageRecord& passage : result.passages) {
    pairs.insert({passage.a.document, passage.b.document});
  }
  EXPECT_EQ(pairs, (std::set<Pair>{{0, 2}, {3, 4}}));
  EXPECT_EQ(result.reuses.size(), 2u);
}

// A text of a hundred documents and more is listed with places on both sides.
TEST(PipelineAgainstTest, BoilerplateHasPlacesOnBothSides) {
  Random random(5);
  const Words notice = RandomWords(&random, 60);
  const auto with_notice = [&] {
    Words text = RandomWords(&random, 60);
    text.insert(text.end(), notice.begin(), notice.end());
    return Join(text);
  };
  Sides sides;
  for (int i = 0; i < 300; ++i) sides.Add(Role::kReference, with_notice());
  EXPECT_TRUE(sides.Scan().reuses.empty());
  sides.Add(Role::kNew, with_notice());
  const Result result = sides.Scan();
  ASSERT_EQ(result.reuses.size(), 1u);
  EXPECT_EQ(result.reuses[0].kind, PassageKind::kBoilerplate);
  EXPECT_EQ(result.reuses[0].place_count, 301u);
  ASSERT_EQ(result.reuses[0].places.size(), 100u);
  EXPECT_EQ(result.reuses[0].places.back().document, 300u);
}

// A near-duplicate on the other side does not stand for a document: what it
// shares with third ones is found.
TEST(PipelineAgainstTest, NobodyStandsForTheOtherSide) {
  Random random(6);
  const Words words = RandomWords(&random, 300);
  const Words part(words.begin() + 100, words.begin() + 200);
  Words third = RandomWords(&random, 200);
  third.insert(third.end(), part.begin(), part.end());
  for (const bool third_is_new : {true, false}) {
    Sides sides;
    sides.Add(Role::kNew, Join(words));
    sides.Add(Role::kReference, Join(ReplaceWords(&random, words, .01)));
    sides.Add(third_is_new ? Role::kNew : Role::kReference, Join(third));
    const Result result = sides.Scan();
    ASSERT_EQ(result.passages.size(), 1u) << third_is_new;
    EXPECT_EQ(result.passages[0].a.document, third_is_new ? 1u : 0u);
    EXPECT_EQ(result.passages[0].b.document, 2u);
  }
}

TEST(PipelineAgainstTest, AReferenceOfNothingMatchesNothing) {
  Sides sides;
  sides.Add(Role::kNew, "the same few words");
  sides.Add(Role::kNew, "the same few words");
  const Result result = sides.Scan();
  EXPECT_TRUE(result.matches.empty());
  EXPECT_TRUE(result.clusters.empty());
  EXPECT_TRUE(result.against);
  EXPECT_EQ(result.documents[1].stood_for_by, 0u);
  EXPECT_FALSE(result.documents[0].stood_for_by.has_value());
}

TEST(PipelineAgainstTest, RolesAreOfNoInterestOtherwise) {
  const std::vector<TextView> texts = {{"a", "one and the same"},
                                       {"b", "one and the same"},
                                       {"c", "other words", Role::kReference}};
  const auto result = Scan(MemoryCorpus(texts), {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->matches.size(), 1u);
  EXPECT_EQ(result->documents[2].role, Role::kNew);
}

TEST(PipelineAgainstTest, NotWithinOneDocument) {
  const std::vector<TextView> texts = {{"a", "one"}};
  const auto result = Scan(MemoryCorpus(texts),
                           {.against = true, .scope = PassageScope::kWithin});
  EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
}

std::vector<Match> ContainedIn(const std::vector<std::string>& texts,
                               const ScanOptions& options = {}) {
  std::vector<TextView> views;
  for (size_t i = 0; i < texts.size(); ++i) {
    std::string name = std::to_string(1000 + i);
    views.push_back({std::move(name), texts[i]});
  }
  const auto result = Scan(MemoryCorpus(views), options);
  EXPECT_TRUE(result.ok());
  std::vector<Match> contained;
  for (const Match& match : result->matches) {
    if (match.relation == Relation::kContained) contained.push_back(match);
  }
  for (const Cluster& cluster : result->clusters) {
    for (const Match& match : contained) {
      EXPECT_FALSE(std::ranges::binary_search(cluster.members, match.a) &&
                   std::ranges::binary_search(cluster.members, match.b));
    }
  }
  return contained;
}

class ContainedTest : public ::testing::Test {
 protected:
  // `part` among other words.
  std::string Around(const Words& part, size_t before = 300) {
    Words words = RandomWords(&random_, before);
    words.insert(words.end(), part.begin(), part.end());
    const Words more = RandomWords(&random_, 300);
    words.insert(words.end(), more.begin(), more.end());
    return Join(words);
  }

  Random random_{7};
};

TEST_F(ContainedTest, WhicheverNameStandsFirst) {
  const Words page = RandomWords(&random_, 120);
  const std::string longer = Around(page);
  for (const bool first : {true, false}) {
    const auto found = ContainedIn(first ? std::vector{Join(page), longer}
                                         : std::vector{longer, Join(page)});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(IsAContained(found[0]), first);
    EXPECT_EQ(first ? found[0].containment_of_a_in_b()
                    : found[0].containment_of_b_in_a(),
              1);
    EXPECT_EQ(found[0].overlap.shared, 116u);
  }
}

TEST_F(ContainedTest, HalfOfItIsNotEnough) {
  const Words page = RandomWords(&random_, 200);
  const Words half(page.begin(), page.begin() + 100);
  EXPECT_TRUE(ContainedIn({Join(page), Around(half)}).empty());
}

// Of documents that are nearly the same only one is named, as the one that is
// contained and as the one that contains.
TEST_F(ContainedTest, ARepresentativeIsNamedForItsCluster) {
  const Words page = RandomWords(&random_, 120);
  const Words book = testing::Split(Around(page));
  std::vector<std::string> texts;
  for (int i = 0; i < 3; ++i) {
    texts.push_back(Join(ReplaceWords(&random_, book, .005)));
  }
  texts.push_back(Join(page));
  texts.push_back(Join(page) + " And one more line.");
  const auto found = ContainedIn(texts);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].a, 0u);
  EXPECT_EQ(found[0].b, 3u);
}

TEST_F(ContainedTest, OnlyWherePassagesOfTwoDocumentsAreLookedFor) {
  const Words page = RandomWords(&random_, 120);
  const std::vector<std::string> texts = {Join(page), Around(page)};
  EXPECT_EQ(ContainedIn(texts, {.scope = PassageScope::kAcross}).size(), 1u);
  EXPECT_TRUE(ContainedIn(texts, {.passages = false}).empty());
  EXPECT_TRUE(ContainedIn(texts, {.scope = PassageScope::kWithin}).empty());
  EXPECT_TRUE(ContainedIn(texts, {.min_score = 1e6}).empty());
}

}  // namespace
}  // namespace twicetold
