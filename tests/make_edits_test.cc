// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_edits.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/counting_corpus.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

constexpr std::string_view kTale =
    "A miller left his youngest son a cat, and nothing else besides. The cat "
    "asked for boots and a bag, caught a rabbit in the clover and brought it "
    "to the king with the compliments of his master, the marquis of Carabas. ";
constexpr std::string_view kRetold =
    "A miller left his youngest son a hen, and nothing else besides. The hen "
    "asked for shoes and a bag, caught a rabbit in the clover and brought it "
    "to the king with the compliments of its master, the marquis of Carabas. ";

// A letter above U+007F first, so that bytes of encodings differ.
std::string AsUtf16(std::string_view ascii) {
  std::string text("\xff\xfe\xe9\0 \0", 6);
  for (const char c : ascii) {
    text += c;
    text += '\0';
  }
  return text;
}

// Of the UTF-8 of such a text: the first letter takes two bytes of either, the
// others one of UTF-8 and two of UTF-16, before all of which is a mark.
ByteRange InUtf16(ByteRange utf8) {
  const auto at = [](uint32_t i) { return i == 0 ? 2 : 2 * i; };
  return {at(utf8.begin), at(utf8.end)};
}

// Five texts, of which the third is UTF-16, and the passages of all pairs.
class MakeEditsTest : public ::testing::Test {
 protected:
  MakeEditsTest() {
    for (size_t i = 0; i < texts_.size(); ++i) {
      decoded_.push_back(i == 2 ? "\xc3\xa9 " + std::string(kTale) : texts_[i]);
      words_.push_back(MakeWords(decoded_[i]));
      views_.push_back({.name = std::to_string(i), .text = texts_[i]});
    }
    for (uint32_t b = 0; b < texts_.size(); ++b) {
      for (uint32_t a = 0; a < b; ++a) {
        for (const Passage& passage : AlignPair(words_[a], words_[b], {})) {
          passages_.push_back({a, b, passage, words_[a].BytesOf(passage.a),
                               words_[b].BytesOf(passage.b)});
        }
      }
    }
    for (uint32_t i = 0; i < passages_.size(); ++i) named_.push_back(i);
  }

  std::vector<std::vector<Edit>> Make(const Corpus& corpus,
                                      uint64_t cache_bytes, int threads) {
    ThreadPool pool(threads);
    return MakeEdits(corpus, passages_, named_, cache_bytes, &pool, {});
  }

  const std::vector<std::string> texts_ = {
      "Once upon a time. " + std::string(kTale), std::string(kRetold),
      AsUtf16(kTale), "So they tell it here. " + std::string(kRetold),
      std::string(kTale) + "And that was all. "};
  std::vector<std::string> decoded_;
  std::vector<Words> words_;
  std::vector<TextView> views_;
  std::vector<FoundPassage> passages_;
  std::vector<uint32_t> named_;
};

TEST_F(MakeEditsTest, AreThoseOfEachPassageAlone) {
  ASSERT_GE(passages_.size(), 10u);
  const MemoryCorpus corpus(views_);
  const auto edits = Make(corpus, 1 << 20, 1);
  ASSERT_EQ(edits.size(), passages_.size());
  for (size_t i = 0; i < edits.size(); ++i) {
    const FoundPassage& from = passages_[i];
    std::vector<Edit> expected =
        DiffPassage(decoded_[from.document_a], words_[from.document_a],
                    decoded_[from.document_b], words_[from.document_b],
                    from.passage)
            .edits;
    for (Edit& edit : expected) {
      if (from.document_a == 2) edit.a = InUtf16(edit.a);
      if (from.document_b == 2) edit.b = InUtf16(edit.b);
    }
    EXPECT_EQ(edits[i], expected) << i;
  }
}

TEST_F(MakeEditsTest, InTheOrderThatIsAskedFor) {
  const MemoryCorpus corpus(views_);
  const auto all = Make(corpus, 1 << 20, 1);
  named_ = {7, 3, 0};
  const auto some = Make(corpus, 1 << 20, 1);
  ASSERT_EQ(some.size(), 3u);
  EXPECT_EQ(some[0], all[7]);
  EXPECT_EQ(some[1], all[3]);
  EXPECT_EQ(some[2], all[0]);
  named_.clear();
  EXPECT_TRUE(Make(corpus, 1 << 20, 1).empty());
}

TEST_F(MakeEditsTest, NeitherRoomNorThreadsChangeThem) {
  const MemoryCorpus memory(views_);
  const testing::CountingCorpus corpus(memory);
  const auto edits = Make(corpus, 1 << 20, 1);
  EXPECT_EQ(corpus.reads, static_cast<int>(texts_.size()));
  EXPECT_EQ(Make(corpus, 0, 1), edits);
  EXPECT_GT(corpus.reads, static_cast<int>(2 * texts_.size()));
  EXPECT_EQ(Make(corpus, 1 << 20, 3), edits);
  EXPECT_EQ(Make(corpus, 0, 3), edits);
}

TEST_F(MakeEditsTest, WhatHasBecomeShorterHasNone) {
  views_[1].text = "A miller left nothing.";
  const MemoryCorpus corpus(views_);
  const auto edits = Make(corpus, 1 << 20, 1);
  for (size_t i = 0; i < edits.size(); ++i) {
    EXPECT_EQ(edits[i].empty(),
              passages_[i].document_a == 1 || passages_[i].document_b == 1);
  }
}

}  // namespace
}  // namespace twicetold
