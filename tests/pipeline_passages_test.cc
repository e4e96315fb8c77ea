// SPDX-License-Identifier: Apache-2.0
//
// Passages of a collection, from documents to records: what is planted is
// found where it stands, whatever the number of threads, the order and names
// of the documents, and whatever becomes of them while the search goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/corpus/other_corpus.h"
#include "twicetold/pipeline.h"
#include "twicetold/report/jsonl.h"

namespace twicetold {
namespace {

using testing::Collection;
using testing::Random;
using testing::Words;

Result MustScan(const Corpus& corpus, const ScanOptions& options = {}) {
  absl::StatusOr<Result> result = Scan(corpus, options);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : Result{};
}

std::string Written(const Result& result) {
  std::string jsonl;
  WriteJsonl(result, "scan", [&jsonl](std::string_view piece) {
    jsonl += piece;
    return true;
  });
  return jsonl;
}

// Sentences of 12 words.
std::string Prose(Random* random, size_t words) {
  std::string text;
  for (size_t i = 0; i < words; i += 12) {
    Words sentence = testing::RandomWords(random, 12);
    sentence[0][0] = static_cast<char>(sentence[0][0] - 'a' + 'A');
    text += testing::Join(sentence) + ". ";
  }
  return text;
}

// `text` with a share of its words exchanged; marks stay.
std::string Reworded(Random* random, const std::string& text, double chance) {
  Words words = testing::Split(text);
  for (std::string& word : words) {
    if (word.ends_with('.') || random->Unit() >= chance) continue;
    word = testing::WordFor(random->Bits()) + "x";
  }
  return testing::Join(words) + " ";
}

// One text of 160 words that `places` documents tell, each in words of its
// own, in the midst of 300 to 600 other words.
struct Planted {
  Collection collection;
  std::vector<ByteRange> places;
};

Planted Plant(uint64_t seed, size_t places, size_t others, double chance) {
  Random random(seed);
  Planted planted;
  const std::string told = Prose(&random, 160);
  for (size_t i = 0; i < places; ++i) {
    std::string text = Prose(&random, 150 + random.Below(150)) + "\n\n";
    const auto begin = static_cast<uint32_t>(text.size());
    text += i == 0 ? told : Reworded(&random, told, chance);
    planted.places.push_back({begin, static_cast<uint32_t>(text.size() - 1)});
    text += "\n\n" + Prose(&random, 150 + random.Below(150));
    planted.collection.Add(text);
  }
  for (size_t i = 0; i < others; ++i) {
    planted.collection.Add(Prose(&random, 300));
  }
  return planted;
}

// Within two sentences.
void ExpectNear(ByteRange found, ByteRange place) {
  EXPECT_NEAR(found.begin, place.begin, 160);
  EXPECT_NEAR(found.end, place.end, 160);
}

TEST(PipelinePassagesTest, APassageInNPlacesIsOneEntry) {
  for (const size_t places : {2u, 3u, 7u}) {
    Planted planted = Plant(places, places, 20, .15);
    const Result result = MustScan(planted.collection.corpus());
    ASSERT_EQ(result.reuses.size(), 1u);
    const ReuseRecord& reuse = result.reuses[0];
    EXPECT_EQ(reuse.place_count, places);
    ASSERT_EQ(reuse.places.size(), places);
    EXPECT_EQ(reuse.passages.size(), places - 1);
    EXPECT_EQ(result.passages.size(), places - 1);
    for (size_t i = 0; i < places; ++i) {
      EXPECT_EQ(reuse.places[i].document, i);
      ExpectNear(reuse.places[i].bytes, planted.places[i]);
    }
  }
}

// Of many places before a document the first 8 are looked at, and the best 4 of
// them kept.
TEST(PipelinePassagesTest, WhatIsNotLookedAtIsSaid) {
  Planted many = Plant(4, 20, 0, 0);
  const Result of_many = MustScan(many.collection.corpus());
  EXPECT_GT(of_many.notes.windows_left_out, 0u);
  EXPECT_GT(of_many.notes.anchors_passed_over, 0u);
  EXPECT_EQ(of_many.notes.windows_unreadable, 0u);
  Planted few = Plant(4, 4, 20, 0);
  const Result of_few = MustScan(few.collection.corpus());
  EXPECT_EQ(of_few.reuses.size(), 1u);
  EXPECT_EQ(of_few.notes.windows_left_out, 0u);
  EXPECT_EQ(of_few.notes.anchors_passed_over, 0u);
}

TEST(PipelinePassagesTest, UnrelatedDocumentsHaveNone) {
  Planted planted = Plant(1, 0, 60, 0);
  const Result result = MustScan(planted.collection.corpus());
  EXPECT_TRUE(result.passages.empty());
  EXPECT_TRUE(result.reuses.empty());
}

TEST(PipelinePassagesTest, ThreadsChangeNothing) {
  Planted planted = Plant(2, 6, 40, .2);
  ScanOptions options;
  options.edits = true;
  options.threads = 1;
  const std::string one =
      Written(MustScan(planted.collection.corpus(), options));
  for (const int threads : {2, 3, 8}) {
    options.threads = threads;
    EXPECT_EQ(Written(MustScan(planted.collection.corpus(), options)), one);
  }
}

TEST(PipelinePassagesTest, ScopeAndScoreChoose) {
  Random random(3);
  const std::string told = Prose(&random, 160);
  Collection collection;
  collection.Add(Prose(&random, 200) + told + Prose(&random, 200) +
                 Reworded(&random, told, .2));
  collection.Add(Prose(&random, 200) + Reworded(&random, told, .2) +
                 Prose(&random, 200));
  ScanOptions options;
  const Result all = MustScan(collection.corpus(), options);
  options.scope = PassageScope::kWithin;
  const Result within = MustScan(collection.corpus(), options);
  options.scope = PassageScope::kAcross;
  const Result across = MustScan(collection.corpus(), options);
  ASSERT_EQ(within.passages.size(), 1u);
  EXPECT_EQ(within.passages[0].a.document, within.passages[0].b.document);
  ASSERT_FALSE(across.passages.empty());
  for (const PassageRecord& passage : across.passages) {
    EXPECT_NE(passage.a.document, passage.b.document);
  }
  EXPECT_GE(all.reuses.size(), 1u);
  options.scope = PassageScope::kAll;
  options.min_score = 1e6;
  EXPECT_TRUE(MustScan(collection.corpus(), options).passages.empty());
  options.min_score = 0;
  options.passages = false;
  EXPECT_TRUE(MustScan(collection.corpus(), options).reuses.empty());
}

// A near-duplicate takes part with what its representative does not have.
TEST(PipelinePassagesTest, NearDuplicatesAreNotToldTwice) {
  Random random(4);
  const std::string told = Prose(&random, 120);
  const std::string page = Prose(&random, 600) + told + Prose(&random, 600);
  Collection collection;
  collection.Add(page);
  for (int i = 0; i < 5; ++i) {
    std::string copy = page;
    copy.replace(copy.find(' ', 100 + 50 * static_cast<size_t>(i)), 1,
                 " edited ");
    collection.Add(copy);
  }
  collection.Add(Prose(&random, 200) + told + Prose(&random, 200));
  const Result result = MustScan(collection.corpus());
  ASSERT_EQ(result.clusters.size(), 1u);
  EXPECT_EQ(result.clusters[0].members.size(), 6u);
  ASSERT_EQ(result.passages.size(), 1u);
  EXPECT_EQ(result.passages[0].b.document, 6u);
  EXPECT_EQ(result.passages[0].kind, PassageKind::kVerbatim);
}

// --- documents that are not the same any more

// Document `which` is another from its read number `from` on, or is gone.
class ChangingCorpus final : public OtherCorpus {
 public:
  ChangingCorpus(const Corpus& corpus, size_t which, int from, std::string text,
                 bool gone)
      : OtherCorpus(corpus),
        which_(which),
        from_(from),
        text_(std::move(text)),
        gone_(gone) {}

  ReadResult Read(size_t i, std::string* buffer) const override {
    if (i != which_ || reads_++ < from_) return OtherCorpus::Read(i, buffer);
    if (gone_) {
      return {.text = {}, .skip = Skip{SkipReason::kNotFound, "vanished"}};
    }
    *buffer = text_;
    return {.text = *buffer, .skip = std::nullopt};
  }
  int reads() const { return reads_; }

 private:
  const size_t which_;
  const int from_;
  const std::string text_;
  const bool gone_;
  mutable std::atomic<int> reads_ = 0;
};

void ExpectInside(const Result& result, uint32_t document, size_t bytes) {
  for (const PassageRecord& passage : result.passages) {
    for (const LocatedSide* side : {&passage.a, &passage.b}) {
      if (side->document != document) continue;
      EXPECT_LE(side->bytes.begin, side->bytes.end);
      EXPECT_LE(side->bytes.end, bytes);
    }
    for (const Edit& edit : passage.edits) {
      EXPECT_LE(edit.a.begin, edit.a.end);
      EXPECT_LE(edit.b.begin, edit.b.end);
    }
  }
  for (const ReuseRecord& reuse : result.reuses) {
    for (const uint32_t passage : reuse.passages) {
      EXPECT_LT(passage, result.passages.size());
    }
  }
}

TEST(PipelinePassagesTest, DocumentsMayChangeAtAnyRead) {
  Planted planted = Plant(5, 3, 5, .15);
  const Corpus& corpus = planted.collection.corpus();
  ScanOptions options;
  options.edits = true;
  options.threads = 1;
  Random random(6);
  const std::string original = planted.collection.text(1);
  const std::vector<std::string> others = {
      "",
      "short",
      original.substr(0, original.size() / 2),
      "\xff\xfe" + original,
      std::string("a\0b", 3),
      Prose(&random, 900)};
  const ChangingCorpus steady(corpus, 1, 1000, "", false);
  MustScan(steady, options);
  EXPECT_GE(steady.reads(), 4);
  uint64_t unreadable = 0;
  for (size_t other = 0; other <= others.size(); ++other) {
    const bool gone = other == others.size();
    const std::string text = gone ? "" : others[other];
    for (int from = 0; from < steady.reads(); ++from) {
      const ChangingCorpus changing(corpus, 1, from, text, gone);
      const Result result = MustScan(changing, options);
      ExpectInside(result, 1, std::max(original.size(), text.size()));
      EXPECT_FALSE(Written(result).empty());
      unreadable += result.notes.windows_unreadable;
    }
  }
  EXPECT_GT(unreadable, 0u);
}

// Documents whose bytes are read into the buffer, as those of files are, and
// are others when they are read again.
class ReadCounter final : public OtherCorpus {
 public:
  explicit ReadCounter(const Corpus& corpus)
      : OtherCorpus(corpus), reads_(corpus.size()) {}

  ReadResult Read(size_t i, std::string* buffer) const override {
    std::string memory;
    *buffer = reads_[i]++ == 0 ? OtherCorpus::Read(i, &memory).text
                               : "something else altogether stands here now";
    return {.text = *buffer, .skip = std::nullopt};
  }
  int reads(size_t i) const { return reads_[i]; }

 private:
  mutable std::vector<std::atomic<int>> reads_;
};

TEST(PipelinePassagesTest, ATextIsReadOnceForAllStages) {
  Random random(12);
  Collection collection;
  const std::string planted = Prose(&random, 96);
  for (int i = 0; i < 4; ++i) {
    collection.Add(Prose(&random, 600) + planted + Prose(&random, 600));
  }
  // Alike, and the same: both are verified.
  collection.Add(std::string(collection.text(0)) + "One more.");
  collection.Add(std::string(collection.text(1)));
  const ReadCounter corpus(collection.corpus());
  const Result result = MustScan(corpus);
  ASSERT_EQ(result.matches.size(), 2u);
  EXPECT_EQ(result.matches[0].relation, Relation::kNearDuplicate);
  EXPECT_EQ(result.matches[1].relation, Relation::kIdentical);
  EXPECT_TRUE(result.skipped.empty());
  EXPECT_GE(result.passages.size(), 3u);
  for (size_t i = 0; i < corpus.size(); ++i) EXPECT_EQ(corpus.reads(i), 1) << i;
}

}  // namespace
}  // namespace twicetold
