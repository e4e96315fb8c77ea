// SPDX-License-Identifier: Apache-2.0
#include "twicetold/find_contained.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace twicetold {
namespace {

FoundPassage PassageOf(uint32_t document_a, WordRange a, uint32_t document_b,
                       WordRange b) {
  FoundPassage found;
  found.document_a = document_a;
  found.document_b = document_b;
  found.passage.a = a;
  found.passage.b = b;
  return found;
}

// Documents of so many words; that many shingles, those below 50 in common.
class Documents {
 public:
  explicit Documents(std::vector<uint64_t> words) : words_(std::move(words)) {}

  std::vector<Match> Contained(const std::vector<FoundPassage>& passages,
                               const std::vector<Match>& matches = {},
                               int threads = 1) const {
    ThreadPool pool(threads);
    return FindContained(
        {.passages = passages,
         .matches = matches,
         .words = [this](uint32_t i) { return words_[i]; },
         .load =
             [this](uint32_t i, int, ShingleSet* set) {
               if (i == gone_) return false;
               set->clear();
               for (uint64_t s = 0; s < words_[i]; ++s) {
                 set->push_back(s < 50 ? s : 1000 * (i + 1) + s);
               }
               return true;
             }},
        &pool, {});
  }

  void Lose(uint32_t document) { gone_ = document; }

 private:
  std::vector<uint64_t> words_;
  uint32_t gone_ = 0xffffffff;
};

TEST(FindContainedTest, NineTenthsOfTheSmallerOneAreEnough) {
  const Documents documents({100, 1000});
  EXPECT_TRUE(documents.Contained({PassageOf(0, {0, 89}, 1, {0, 89})}).empty());
  const auto found = documents.Contained({PassageOf(0, {0, 90}, 1, {10, 100})});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].a, 0u);
  EXPECT_EQ(found[0].b, 1u);
  EXPECT_EQ(found[0].relation, Relation::kContained);
  EXPECT_EQ(found[0].covered_a, .9);
  EXPECT_EQ(found[0].covered_b, .09);
  EXPECT_TRUE(IsAContained(found[0]));
  EXPECT_EQ(found[0].overlap, (Overlap{50, 100, 1000}));
}

TEST(FindContainedTest, WhicheverStandsFirst) {
  const Documents documents({1000, 100});
  EXPECT_TRUE(documents.Contained({PassageOf(0, {0, 89}, 1, {0, 89})}).empty());
  const auto found =
      documents.Contained({PassageOf(0, {10, 105}, 1, {5, 100})});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].covered_b, .95);
  EXPECT_FALSE(IsAContained(found[0]));
  EXPECT_EQ(found[0].overlap, (Overlap{50, 1000, 100}));
}

// The share of the greater one does not count, however large it is.
TEST(FindContainedTest, TheSmallerOneDecides) {
  const Documents documents({100, 101});
  EXPECT_TRUE(
      documents.Contained({PassageOf(0, {0, 89}, 1, {0, 101})}).empty());
  const Documents equal({100, 100});
  EXPECT_EQ(equal.Contained({PassageOf(0, {0, 89}, 1, {0, 95})}).size(), 1u);
  EXPECT_EQ(equal.Contained({PassageOf(0, {0, 95}, 1, {0, 89})}).size(), 1u);
}

TEST(FindContainedTest, WordsInSeveralPassagesCountOnce) {
  const Documents documents({100, 1000});
  EXPECT_TRUE(documents
                  .Contained({PassageOf(0, {0, 60}, 1, {0, 60}),
                              PassageOf(0, {0, 60}, 1, {100, 160}),
                              PassageOf(0, {40, 89}, 1, {200, 249})})
                  .empty());
  const auto found = documents.Contained({PassageOf(0, {50, 100}, 1, {0, 50}),
                                          PassageOf(0, {0, 20}, 1, {200, 220}),
                                          PassageOf(0, {20, 55}, 1, {9, 44})});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].covered_a, 1);
  EXPECT_EQ(found[0].covered_b, .07);
}

TEST(FindContainedTest, NotWithinOneDocumentNorBesidesAnotherRelation) {
  const Documents documents({100, 1000, 100});
  const std::vector<FoundPassage> passages = {
      PassageOf(0, {0, 50}, 0, {50, 100}), PassageOf(0, {0, 100}, 1, {0, 100}),
      PassageOf(0, {0, 100}, 2, {0, 100})};
  const auto found = documents.Contained(
      passages, {{.a = 0, .b = 2, .relation = Relation::kNearDuplicate}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].b, 1u);
}

TEST(FindContainedTest, APairThatCannotBeReadAgainIsLeftOut) {
  Documents documents({100, 100, 100});
  const std::vector<FoundPassage> passages = {
      PassageOf(0, {0, 100}, 1, {0, 100}), PassageOf(0, {0, 100}, 2, {0, 100}),
      PassageOf(1, {0, 100}, 2, {0, 100})};
  documents.Lose(1);
  auto found = documents.Contained(passages);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].a, 0u);
  EXPECT_EQ(found[0].b, 2u);
  documents.Lose(0);
  found = documents.Contained(passages);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].a, 1u);
}

TEST(FindContainedTest, TheOrderOfPassagesAndThreadsDoNotMatter) {
  std::vector<uint64_t> words;
  std::vector<FoundPassage> passages;
  for (uint32_t i = 0; i < 40; ++i) words.push_back(60 + i);
  for (uint32_t a = 0; a < 40; ++a) {
    for (uint32_t b = a + 1; b < 40; ++b) {
      passages.push_back(PassageOf(a, {0, 30 + a}, b, {0, 30 + a}));
      passages.push_back(PassageOf(a, {20, 50 + b}, b, {20, 50 + b}));
    }
  }
  const Documents documents(words);
  const auto one = documents.Contained(passages);
  std::reverse(passages.begin(), passages.end());
  const auto other = documents.Contained(passages, {}, 4);
  ASSERT_EQ(one.size(), other.size());
  EXPECT_FALSE(one.empty());
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].a, other[i].a);
    EXPECT_EQ(one[i].b, other[i].b);
    EXPECT_EQ(one[i].covered_a, other[i].covered_a);
    EXPECT_EQ(one[i].overlap, other[i].overlap);
    if (i > 0) {
      EXPECT_TRUE(ByDocuments(one[i - 1], one[i]));
    }
  }
}

}  // namespace
}  // namespace twicetold
