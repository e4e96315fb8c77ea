// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle_loader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/corpus/other_corpus.h"

namespace twicetold {
namespace {

using testing::Collection;

// Counts what is read again, and changes one document.
class Watched final : public OtherCorpus {
 public:
  Watched(const Corpus& corpus, size_t changed)
      : OtherCorpus(corpus), changed_(changed) {}

  ReadResult ReadAgain(size_t i, std::string* buffer) const override {
    ++again_;
    if (i == changed_) {
      *buffer = std::string("a\0b", 3);
      return {.text = *buffer, .skip = std::nullopt};
    }
    return Read(i, buffer);
  }
  int again() const { return again_; }

 private:
  const size_t changed_;
  mutable int again_ = 0;
};

TEST(ShingleLoaderTest, LoadsAndCountsTheSetsOfWhatHasNotChanged) {
  Collection collection;
  collection.Add("one two three four five six one two three four five six");
  collection.Add("\xef\xbb\xbf one two three four five six seven");
  collection.Add("one two three four");
  collection.Add("caf\xe9 one two three four five six");  // Windows-1252
  const Watched corpus(collection.corpus(), 2);
  ThreadPool pool(1);
  const SketchedCorpus sketched = SketchCorpus(
      corpus, 5, Sketcher(64, 1), &pool, [](uint64_t, uint64_t) {}, {});
  uint64_t bytes = 0;
  ShingleLoader loader(corpus, sketched, 5, 1,
                       [&](uint64_t more) { bytes += more; });
  ShingleSet set;
  ASSERT_TRUE(loader.Load(0, 0, &set));
  EXPECT_EQ(set.size(), 6u);  // of 8, two of which are there twice
  EXPECT_EQ(loader.Count(0, 0), 6u);
  EXPECT_EQ(corpus.again(), 1);
  EXPECT_EQ(loader.Count(1, 0), 3u);
  EXPECT_EQ(loader.Count(3, 0), 3u);
  EXPECT_EQ(corpus.again(), 3);
  EXPECT_TRUE(loader.Changed().empty());
  EXPECT_EQ(loader.Count(2, 0), 0u);
  EXPECT_FALSE(loader.Load(2, 0, &set));
  EXPECT_EQ(loader.Changed(), std::vector<uint32_t>{2});
  EXPECT_GT(bytes, 0u);
}

}  // namespace
}  // namespace twicetold
