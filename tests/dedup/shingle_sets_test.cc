// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/shingle_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/dedup/small_dedups.h"
#include "tests/testing/compress.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/dedup/component_sets.h"
#include "twicetold/dedup/document_tokens.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/sketch/text_tokens.h"

namespace twicetold::testing {
namespace {

// An input with its texts, sketched, and a cache of some size.
class SketchedTexts {
 public:
  SketchedTexts(const DedupInput& input, uint64_t cache_bytes)
      : input_(input), cache_(cache_bytes) {
    fs::create_directories("stages");
    EXPECT_TRUE(RunSketchStage(run_).ok());
    auto sketched = OpenSketchStage(run_, true);
    EXPECT_TRUE(sketched.ok()) << sketched.status();
    sketched_ = *std::move(sketched);
  }

  const DedupRun& run() const { return run_; }
  const SketchedInput& sketched() const { return sketched_; }
  std::vector<bool> all() const {
    std::vector<bool> wanted;
    for (uint32_t words : sketched_.words) wanted.push_back(words > 0);
    return wanted;
  }

 private:
  DedupInput input_;
  DedupOptions options_;
  ThreadPool pool_{3};
  InputCache cache_;
  DedupRun run_{.input = input_,
                .options = options_,
                .stages = "stages",
                .pool = &pool_,
                .cache = &cache_};
  SketchedInput sketched_;
};

// Texts in a plain file with everything that moves offsets, in compressed ones
// of several batches, and in a file of its own; by number.
struct MixedInput {
  Collection texts = SomeTexts(29);
  size_t third = texts.size() / 3;
  std::vector<std::string> by_number;
  DedupInput input;

  explicit MixedInput(const TempTree& tree) {
    tree.File("a.jsonl",
              "\xef\xbb\xbf\r\n" + LinesOf(texts, 0, third) + "[1]\r\n\n");
    by_number.emplace_back();
    Add(0, third);
    by_number.resize(by_number.size() + 2);
    const std::string wide(size_t{1} << 20, ' ');
    tree.File("b.jsonl.zst", Zstd(LinesOf(texts, third, 2 * third) + wide +
                                  LinesOf(texts, 2 * third, texts.size())));
    Add(third, texts.size());
    tree.File("c.jsonl.gz", Gzip(LinesOf(texts, 0, 3)));
    Add(0, 3);
    tree.File("d.txt", texts.text(0));
    Add(0, 1);
    input = InputOf({"a.jsonl", "b.jsonl.zst", "c.jsonl.gz", "d.txt"});
  }

  void Add(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) by_number.push_back(texts.text(i));
  }
};

std::vector<uint64_t> TokensOf(const std::string& text) {
  TextTokens tokens;
  tokens.TakeUtf8(text);
  return {tokens.hashes().begin(), tokens.hashes().end()};
}

std::vector<uint64_t> SetOf(const std::string& text) {
  ShingleList list;
  MakeShingles(TokensOf(text), 5, &list);
  MakeShingleSet(&list);
  std::sort(list.begin(), list.end());
  return list;
}

std::vector<uint64_t> Sorted(std::span<const uint64_t> set) {
  std::vector<uint64_t> sorted(set.begin(), set.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

TEST(DocumentTokens, AreThoseOfTheText) {
  const TempTree tree;
  const MixedInput mixed(tree);
  const SketchedTexts texts(mixed.input, 1 << 26);
  ASSERT_TRUE(TextsAreAtHand(texts.run()));
  ASSERT_EQ(texts.sketched().numbers, mixed.by_number.size());
  DocumentTokens tokens(texts.run(), texts.sketched());
  // There and back, so that no order is the one that works.
  for (size_t i = 0; i < 2 * mixed.by_number.size(); ++i) {
    const size_t document =
        i % 2 == 0 ? i / 2 : mixed.by_number.size() - 1 - i / 2;
    if (!texts.all()[document]) continue;
    const auto read = tokens.Read(static_cast<uint32_t>(document));
    ASSERT_TRUE(read.ok()) << document << ": " << read.status();
    EXPECT_EQ(std::vector<uint64_t>(read->begin(), read->end()),
              TokensOf(mixed.by_number[document]))
        << document;
  }
}

TEST(DocumentTokens, TellAnotherText) {
  const TempTree tree;
  tree.File("a.jsonl", "{\"text\":\"one two\"}\n{\"text\":\"three four\"}\n");
  tree.File("b.txt", "five six");
  const SketchedTexts texts(InputOf({"a.jsonl", "b.txt"}), 0);
  DocumentTokens tokens(texts.run(), texts.sketched());
  ASSERT_TRUE(tokens.Read(1).ok());
  tree.File("a.jsonl", "{\"text\":\"one two\"}\n{\"text\":\"three five\"}\n");
  tree.File("b.txt", "five seven");
  DocumentTokens after(texts.run(), texts.sketched());
  EXPECT_TRUE(after.Read(0).ok());
  EXPECT_EQ(after.Read(1).status().message(),
            "a.jsonl, line 2, was changed during the run");
  EXPECT_EQ(after.Read(2).status().message(),
            "b.txt was changed during the run");
  tree.File("a.jsonl", "{\"text\":");
  DocumentTokens shorter(texts.run(), texts.sketched());
  EXPECT_TRUE(absl::IsAborted(shorter.Read(0).status()));
}

TEST(ShingleSets, AreTheSameReadAgainOrPutDown) {
  const TempTree tree;
  const MixedInput mixed(tree);
  for (const uint64_t cache_bytes : {uint64_t{1} << 26, uint64_t{0}}) {
    const SketchedTexts texts(mixed.input, cache_bytes);
    EXPECT_EQ(TextsAreAtHand(texts.run()), cache_bytes > 0);
    const std::vector<bool> wanted = texts.all();
    // Those that were put down are opened the second time.
    for (int round = 0; round < 2; ++round) {
      const auto sets =
          MakeShingleSets(texts.run(), texts.sketched(), wanted, "sets");
      ASSERT_TRUE(sets.ok()) << sets.status();
      EXPECT_EQ(fs::exists("stages/sets.shingles"), cache_bytes == 0);
      ShingleSetReader reader(*sets);
      for (uint32_t document : sets->documents()) {
        const auto set = reader.Read(document);
        ASSERT_TRUE(set.ok()) << set.status();
        EXPECT_EQ(Sorted(*set), SetOf(mixed.by_number[document]));
      }
    }
  }
}

TEST(ComponentSets, AreTheSameWithAnyMemory) {
  const TempTree tree;
  const MixedInput mixed(tree);
  const SketchedTexts texts(mixed.input, 1 << 26);
  const auto sets =
      MakeShingleSets(texts.run(), texts.sketched(), texts.all(), "sets");
  ASSERT_TRUE(sets.ok()) << sets.status();
  // The second component needs more memory than the first.
  const std::span<const uint32_t> documents = sets->documents();
  const std::span<const uint32_t> components[] = {documents.first(10),
                                                  documents};
  for (const uint64_t memory : {uint64_t{1} << 30, uint64_t{1} << 14}) {
    for (ThreadPool* pool :
         {static_cast<ThreadPool*>(nullptr), texts.run().pool}) {
      ComponentSets component(*sets, texts.sketched().words, memory);
      for (const auto& members : components) {
        ASSERT_TRUE(component.Load(members, pool).ok());
        for (size_t place = 0; place < members.size(); ++place) {
          const int worker = pool == nullptr ? 0 : pool->size() - 1;
          const auto set = component.Get(place, worker);
          ASSERT_TRUE(set.ok()) << set.status();
          EXPECT_EQ(Sorted(*set), SetOf(mixed.by_number[members[place]]));
        }
      }
    }
  }
}

}  // namespace
}  // namespace twicetold::testing
