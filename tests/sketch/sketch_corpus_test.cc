// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/sketch_corpus.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/corpus/other_corpus.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {
namespace {

using testing::Collection;

SketchedCorpus SketchWith(const Corpus& corpus, int threads,
                          std::atomic<uint64_t>* documents,
                          std::atomic<uint64_t>* bytes) {
  ThreadPool pool(threads);
  return SketchCorpus(corpus, 5, Sketcher(64, 1), &pool,
                      [&](uint64_t more_documents, uint64_t more_bytes) {
                        *documents += more_documents;
                        *bytes += more_bytes;
                      },
                      {});
}

TEST(SketchCorpusTest, SketchesWhatShinglingEachDocumentGives) {
  testing::Random random(1);
  Collection collection = testing::Families(&random, {});
  collection.Add("");
  collection.Add("... --- ...");
  collection.Add(std::string("a\0b", 3));
  const Corpus& corpus = collection.corpus();
  uint64_t all_bytes = 0;
  for (size_t i = 0; i < corpus.size(); ++i) {
    all_bytes += corpus.expected_bytes(i);
  }
  for (int threads : {1, 2, 8}) {
    std::atomic<uint64_t> documents{0};
    std::atomic<uint64_t> bytes{0};
    const SketchedCorpus sketched =
        SketchWith(corpus, threads, &documents, &bytes);
    EXPECT_EQ(documents, corpus.size());
    EXPECT_EQ(bytes, all_bytes);
    DocumentReader reader(corpus);
    ShingleList shingles;
    std::vector<uint32_t> slots(64);
    for (size_t i = 0; i < corpus.size(); ++i) {
      const SketchedDocument alone = reader.Read(i);
      ASSERT_EQ(sketched.documents[i].skip == nullptr, alone.skip == nullptr);
      if (alone.skip) continue;
      EXPECT_EQ(sketched.digests[i].words, reader.tokens().size());
      EXPECT_EQ(sketched.digests[i].bytes, reader.digests().bytes);
      EXPECT_EQ(sketched.digests[i].text, reader.digests().text);
      MakeShingles(reader.tokens(), 5, &shingles);
      Sketcher(64, 1).Sketch(shingles, slots);
      ASSERT_TRUE(std::equal(slots.begin(), slots.end(),
                             sketched.slots.get() + i * 64));
    }
  }
}

// A corpus that does not know how large its documents are.
class SizelessCorpus final : public OtherCorpus {
 public:
  using OtherCorpus::OtherCorpus;

  uint64_t expected_bytes(size_t) const override { return 0; }
};

TEST(SketchCorpusTest, TellsOfTheBytesThatWereRead) {
  Collection collection;
  collection.Add("One two, three!");
  collection.Add("");
  collection.Add("four");
  std::atomic<uint64_t> documents{0};
  std::atomic<uint64_t> bytes{0};
  SketchWith(SizelessCorpus(collection.corpus()), 1, &documents, &bytes);
  EXPECT_EQ(documents, 3u);
  EXPECT_EQ(bytes, 19u);
}

TEST(SketchCorpusTest, SaysWhatADocumentHolds) {
  Collection collection;
  collection.Add("One two, three!");
  collection.Add("one TWO three");
  collection.Add("");
  collection.Add("... --- ...");
  collection.Add(std::string("a\0b", 3));
  DocumentReader reader(collection.corpus());

  const SketchedDocument words = reader.Read(0);
  EXPECT_FALSE(words.skip);
  EXPECT_EQ(words.bytes, 15u);
  EXPECT_EQ(reader.digests().words, 3u);
  EXPECT_EQ(reader.tokens().size(), 3u);
  const DocumentDigests digests = reader.digests();
  EXPECT_FALSE(reader.Read(1).skip);
  EXPECT_NE(reader.digests().bytes, digests.bytes);
  EXPECT_EQ(reader.digests().text, digests.text);

  EXPECT_EQ(reader.Read(2).skip->reason, SkipReason::kEmpty);
  const SketchedDocument marks = reader.Read(3);
  EXPECT_FALSE(marks.skip);
  EXPECT_EQ(reader.digests().words, 0u);
  EXPECT_TRUE(reader.tokens().empty());
  EXPECT_EQ(reader.Read(4).skip->reason, SkipReason::kBinary);
}

TEST(SketchCorpusTest, StoppedBeforeItStartsReadsNothing) {
  Collection collection;
  for (int i = 0; i < 100; ++i) collection.Add("some words");
  std::stop_source stop;
  stop.request_stop();
  ThreadPool pool(2);
  const SketchedCorpus sketched = SketchCorpus(
      collection.corpus(), 5, Sketcher(64, 1), &pool, [](uint64_t, uint64_t) {},
      stop.get_token());
  for (const DocumentDigests& digests : sketched.digests) {
    EXPECT_EQ(digests.words, 0u);
  }
}

}  // namespace
}  // namespace twicetold
