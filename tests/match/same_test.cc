// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/same.h"

#include <gtest/gtest.h>

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
    const SameDocuments same = FindSame(documents);
    ASSERT_EQ(same.distinct, distinct);
    ASSERT_EQ(same.pairs.size(), pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i) {
      EXPECT_EQ(same.pairs[i].a, pairs[i].a);
      EXPECT_EQ(same.pairs[i].b, pairs[i].b);
      EXPECT_EQ(same.pairs[i].relation, pairs[i].relation);
    }
  }
}

}  // namespace
}  // namespace twicetold
