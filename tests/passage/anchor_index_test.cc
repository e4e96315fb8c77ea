// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/anchor_index.h"

#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "tests/passage/hashed_text.h"

namespace twicetold {
namespace {

using testing::Hashes;
using testing::Random;

using PlacePairs = std::vector<std::pair<uint32_t, uint32_t>>;

// An index without its numbers: the places of the anchor that stands there.
using Listed = std::map<std::pair<uint32_t, uint32_t>, PlacePairs>;

Listed ListedIn(const AnchorLists& lists, uint32_t documents) {
  Listed listed;
  for (uint32_t d = 0; d < documents; ++d) {
    for (const AnchorAt& at : lists.Of(d)) {
      PlacePairs& places = listed[{d, at.position}];
      EXPECT_TRUE(places.empty());
      for (const AnchorPlace& place : lists.Get(at.anchor).places) {
        places.emplace_back(place.document, place.position);
      }
      EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
    }
  }
  return listed;
}

struct Oracle {
  Listed shared;
  Listed common;
};

void List(const PlacePairs& places, Listed* listed) {
  for (const auto& place : places) (*listed)[place] = places;
}

Oracle ByMap(const std::vector<Hashes>& documents,
             const AnchorOptions& options) {
  std::map<uint64_t, std::map<uint32_t, std::vector<uint32_t>>> by_key;
  for (uint32_t d = 0; d < documents.size(); ++d) {
    std::vector<Minimizer> minimizers;
    AppendMinimizers(documents[d], 0, options.window, &minimizers);
    for (const Minimizer& m : minimizers)
      by_key[m.key][d].push_back(m.position);
  }
  Oracle oracle;
  for (const auto& [key, positions_of] : by_key) {
    PlacePairs kept;
    PlacePairs over;
    for (const auto& [document, positions] : positions_of) {
      const bool above = positions_of.size() > options.most_documents ||
                         positions.size() > options.most_in_document;
      for (uint32_t position : positions) {
        (above ? over : kept).emplace_back(document, position);
      }
    }
    List(over, &oracle.common);
    if (kept.size() >= 2) List(kept, &oracle.shared);
  }
  return oracle;
}

std::vector<Hashes> RandomDocuments(Random* random, size_t count,
                                    size_t most_words, size_t vocabulary) {
  std::vector<Hashes> documents(count);
  for (Hashes& document : documents) {
    const size_t words = random->Below(most_words);
    for (size_t i = 0; i < words; ++i) {
      document.push_back(Mix(random->Below(vocabulary)));
    }
  }
  return documents;
}

TEST(AnchorIndexTest, IsThatOfAMap) {
  Random random(1);
  ThreadPool one(1);
  ThreadPool four(4);
  for (uint32_t window : {1, 4}) {
    for (size_t vocabulary : {1, 3, 8, 40}) {
      const AnchorOptions options = {
          .window = window, .most_in_document = 3, .most_documents = 7};
      const std::vector<Hashes> documents =
          RandomDocuments(&random, 60, 200, vocabulary);
      const Oracle oracle = ByMap(documents, options);
      for (ThreadPool* pool : {&one, &four}) {
        const AnchorIndex index = testing::IndexOf(documents, options, pool);
        EXPECT_EQ(ListedIn(index.shared, index.documents()), oracle.shared);
        EXPECT_EQ(ListedIn(index.common, index.documents()), oracle.common);
        EXPECT_EQ(index.dropped, 0u);
      }
    }
  }
}

TEST(AnchorIndexTest, PositionsAscendInLongDocuments) {
  Random random(2);
  ThreadPool pool(2);
  const std::vector<Hashes> documents =
      RandomDocuments(&random, 3, 200'000, 40);
  const AnchorIndex index = testing::IndexOf(
      documents, {.window = 1, .most_in_document = 1000, .most_documents = 9},
      &pool);
  for (uint32_t d = 0; d < 3; ++d) {
    const auto at = index.shared.Of(d);
    for (size_t i = 1; i < at.size(); ++i) {
      ASSERT_LT(at[i - 1].position, at[i].position);
    }
  }
  EXPECT_GT(index.shared.size() + index.common.size(), 0u);
}

TEST(AnchorIndexTest, WhatIsLeftOutMakesNoAnchors) {
  Random random(3);
  ThreadPool pool(1);
  const Hashes text = testing::HashesOf(testing::RandomWords(&random, 90));
  AnchorIndexBuilder builder(2, 1, {.window = 1});
  builder.Add(0, 0, text);
  const std::vector<WordRange> left_out = {{10, 40}, {80, 90}};
  builder.Add(1, 0, text, left_out);
  const AnchorIndex index = builder.Build(&pool, {});
  EXPECT_EQ(index.words[1], 90u);
  ASSERT_FALSE(index.shared.Of(1).empty());
  for (const AnchorAt& at : index.shared.Of(1)) {
    for (const WordRange& range : left_out) {
      EXPECT_EQ(SharedWords({at.position, at.position + kAnchorWords}, range),
                0u);
    }
  }
}

TEST(AnchorIndexTest, AnchorsKnowTheRarityOfTheirWords) {
  ThreadPool pool(1);
  const Hashes text = testing::HashesOf({"a", "b", "c", "a", "a", "a"});
  const AnchorIndex index =
      testing::IndexOf({text, text}, {.window = 1}, &pool);
  const SharedAnchor anchor =
      index.shared.Get(index.shared.Of(0).front().anchor);
  ASSERT_EQ(anchor.places.size(), 2u);
  EXPECT_FALSE(anchor.twice_in_one);
  for (uint32_t i = 0; i < kAnchorWords; ++i) {
    EXPECT_EQ(anchor.rarity[i] / double{Rarity::kPartsOfBit},
              index.rarity.BitsOf(text[i]));
  }
  EXPECT_LT(anchor.rarity[0], anchor.rarity[1]);
}

TEST(AnchorIndexTest, NoDocumentsAreAnIndexToo) {
  ThreadPool pool(2);
  const AnchorIndex index = testing::IndexOf({}, {}, &pool);
  EXPECT_EQ(index.documents(), 0u);
  EXPECT_EQ(index.shared.size(), 0u);
}

}  // namespace
}  // namespace twicetold
