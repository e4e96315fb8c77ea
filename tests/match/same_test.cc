// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/same.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// The oracle of one document: what the comment of SameDocuments says, by
// looking at all documents before it.
const DocumentDigests* FirstSame(const std::vector<DocumentDigests>& documents,
                                 size_t i, Relation* relation) {
  for (size_t j = 0; j < i; ++j) {
    if (documents[j].words > 0 && documents[j].bytes == documents[i].bytes) {
      *relation = Relation::kIdentical;
      return &documents[j];
    }
  }
  for (size_t j = 0; j < i; ++j) {
    if (documents[j].words > 0 && documents[j].text == documents[i].text) {
      *relation = Relation::kSameText;
      return &documents[j];
    }
  }
  return nullptr;
}

TEST(SameTest, AsLookingAtAllPairsSays) {
  testing::Random random(1);
  ThreadPool one(1);
  ThreadPool two(2);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<DocumentDigests> documents;
    for (size_t i = random.Below(30); i > 0; --i) {
      const uint64_t text = random.Below(6);
      // The bytes decide the text; text 0 has no token.
      documents.push_back(
          {.words = text, .bytes = {text, random.Below(3)}, .text = {0, text}});
    }
    std::vector<SamePair> pairs;
    std::vector<uint32_t> distinct;
    for (uint32_t i = 0; i < documents.size(); ++i) {
      if (documents[i].words == 0) continue;
      Relation relation{};
      if (const DocumentDigests* first = FirstSame(documents, i, &relation)) {
        pairs.push_back(
            {static_cast<uint32_t>(first - documents.data()), i, relation});
      } else {
        distinct.push_back(i);
      }
    }
    const SameDocuments same =
        FindSame(documents, {}, trial % 2 == 0 ? &one : &two);
    ASSERT_EQ(same.distinct, distinct);
    ASSERT_EQ(same.pairs.size(), pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i) {
      EXPECT_EQ(same.pairs[i].a, pairs[i].a);
      EXPECT_EQ(same.pairs[i].b, pairs[i].b);
      EXPECT_EQ(same.pairs[i].relation, pairs[i].relation);
    }
  }
}

// The least document on one side that is the same as document i, or i itself.
uint32_t LeastOnSide(const std::vector<DocumentDigests>& documents,
                     const std::vector<Role>& roles, uint32_t i,
                     bool (*on_side)(Role), bool same_bytes) {
  for (uint32_t j = 0; j < documents.size(); ++j) {
    if (documents[j].words == 0 || !on_side(roles[j])) continue;
    if (same_bytes ? documents[j].bytes == documents[i].bytes
                   : documents[j].text == documents[i].text) {
      return j;
    }
  }
  return i;
}

TEST(SameTest, SideBySideAsLookingAtAllPairsSays) {
  testing::Random random(2);
  ThreadPool one(1);
  ThreadPool two(2);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<DocumentDigests> documents;
    std::vector<Role> roles;
    for (size_t i = random.Below(30); i > 0; --i) {
      const uint64_t text = random.Below(6);
      documents.push_back(
          {.words = text, .bytes = {text, random.Below(3)}, .text = {0, text}});
      roles.push_back(static_cast<Role>(1 + random.Below(3)));
    }
    std::set<std::pair<uint32_t, uint32_t>> pairs;
    std::vector<uint32_t> distinct;
    std::vector<StandIn> stand_ins;
    for (uint32_t i = 0; i < documents.size(); ++i) {
      if (documents[i].words == 0) continue;
      const auto least = [&](bool (*on_side)(Role), bool same_bytes) {
        return LeastOnSide(documents, roles, i, on_side, same_bytes);
      };
      for (const bool same_bytes : {true, false}) {
        if (IsNew(roles[i])) {
          pairs.insert(std::minmax(i, least(IsReference, same_bytes)));
        }
        if (IsReference(roles[i])) {
          pairs.insert(std::minmax(i, least(IsNew, same_bytes)));
        }
      }
      const bool first_new = IsNew(roles[i]) && least(IsNew, false) == i;
      const bool first_reference =
          IsReference(roles[i]) && least(IsReference, false) == i;
      if (first_new || first_reference) {
        distinct.push_back(i);
      } else {
        stand_ins.push_back(
            {i, least(IsNew(roles[i]) ? IsNew : IsReference, false)});
      }
    }
    std::erase_if(pairs,
                  [](const auto& pair) { return pair.first == pair.second; });
    const SameDocuments same =
        FindSame(documents, roles, trial % 2 == 0 ? &one : &two);
    ASSERT_EQ(same.distinct, distinct);
    ASSERT_EQ(same.stand_ins, stand_ins);
    ASSERT_EQ(same.pairs.size(), pairs.size());
    for (const SamePair& pair : same.pairs) {
      EXPECT_TRUE(pairs.contains({pair.a, pair.b}));
      EXPECT_EQ(pair.relation == Relation::kIdentical,
                documents[pair.a].bytes == documents[pair.b].bytes);
      EXPECT_TRUE(AreCompared(roles[pair.a], roles[pair.b]));
    }
  }
}

}  // namespace
}  // namespace twicetold
