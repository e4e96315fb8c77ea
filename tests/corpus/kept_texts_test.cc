// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/kept_texts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "twicetold/base/parallel.h"

namespace twicetold {
namespace {

// Document i has 10 * i bytes and cannot be read if i is a multiple of 5.
class CountedCorpus final : public Corpus {
 public:
  explicit CountedCorpus(size_t size) : names_(size, "name") {}

  size_t size() const override { return names_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return {&names_[i], 1};
  }
  Role role(size_t /*i*/) const override { return Role::kReference; }
  uint64_t expected_bytes(size_t i) const override { return 10 * i; }
  ReadResult Read(size_t i, std::string* buffer) const override {
    ++reads_;
    if (i % 5 == 0) {
      return {.text = {}, .skip = Skip{SkipReason::kNotFound, "gone"}};
    }
    *buffer = TextOf(i);
    return {.text = *buffer, .skip = {}};
  }

  static std::string TextOf(size_t i) {
    return std::string(10 * i, static_cast<char>('a' + i % 26));
  }
  size_t reads() const { return reads_; }

 private:
  const std::vector<std::string> names_;
  mutable std::atomic<size_t> reads_ = 0;
};

void ExpectTexts(const Corpus& corpus) {
  std::string buffer;
  for (size_t i = 0; i < corpus.size(); ++i) {
    const ReadResult read = corpus.Read(i, &buffer);
    EXPECT_EQ(read.skip.has_value(), i % 5 == 0);
    if (read.skip) continue;
    EXPECT_EQ(read.text, CountedCorpus::TextOf(i));
  }
}

TEST(KeptTextsTest, WhatHasRoomIsReadOnce) {
  const CountedCorpus corpus(40);
  const KeptTexts kept(corpus, 1 << 20);
  for (int round = 0; round < 3; ++round) ExpectTexts(kept);
  // 8 of them are never there.
  EXPECT_EQ(corpus.reads(), 32u + 3 * 8);
  EXPECT_EQ(kept.size(), 40u);
  EXPECT_EQ(kept.names(3)[0], "name");
  EXPECT_EQ(kept.role(3), Role::kReference);
  EXPECT_EQ(kept.expected_bytes(3), 30u);
}

TEST(KeptTextsTest, WhatHasNoRoomIsReadAgain) {
  const CountedCorpus corpus(40);
  // For documents 1 to 4, and for no other: all that follow are larger.
  const KeptTexts kept(corpus, 10 + 20 + 30 + 40);
  for (int round = 0; round < 3; ++round) ExpectTexts(kept);
  EXPECT_EQ(corpus.reads(), 3 * 40u - 2 * 4);
}

TEST(KeptTextsTest, WhatIsKeptIsGivenAgain) {
  const CountedCorpus corpus(4);
  const KeptTexts kept(corpus, 10 + 20);
  ExpectTexts(kept);
  std::string buffer;
  for (const size_t i : {1, 2, 3}) {
    EXPECT_EQ(kept.ReadAgain(i, &buffer).text, CountedCorpus::TextOf(i));
  }
  EXPECT_EQ(corpus.reads(), 4u + 1);
}

TEST(KeptTextsTest, TextsInMemoryAreNotKept) {
  const std::vector<TextView> texts = {{.name = "a", .text = "some text"}};
  const MemoryCorpus corpus(texts);
  const KeptTexts kept(corpus, 1 << 20);
  std::string buffer;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(kept.Read(0, &buffer).text.data(), texts[0].text.data());
  }
}

TEST(KeptTextsTest, ManyThreadsReadTheSame) {
  const CountedCorpus corpus(200);
  const KeptTexts kept(corpus, 100000);
  ThreadPool pool(8);
  pool.For(64, 1,
           [&](size_t /*begin*/, size_t /*end*/, int /*worker*/) {
             ExpectTexts(kept);
           },
           {});
}

}  // namespace
}  // namespace twicetold
