// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/repeats.h"

#include <gtest/gtest.h>

#include "tests/passage/hashed_text.h"

namespace twicetold {
namespace {

using testing::Hashes;
using testing::Random;
using testing::Words;

Repeats RepeatsOf(const std::vector<Hashes>& documents, int threads = 1,
                  Roles roles = {}) {
  ThreadPool pool(threads);
  return FindRepeats(testing::IndexOf(documents, {}, &pool), roles);
}

// The one repeat, which covers all but the ends of the words.
void ExpectOne(const Repeats& repeats, uint64_t places, uint32_t words) {
  ASSERT_EQ(repeats.repeats.size(), 1u);
  const Repeat& repeat = repeats.repeats[0];
  EXPECT_EQ(repeat.places, places);
  EXPECT_EQ(repeat.listed.size(), std::min<uint64_t>(places, 100));
  EXPECT_GT(repeat.score, 0);
  for (size_t i = 0; i + 1 < repeat.listed.size(); ++i) {
    EXPECT_LE(repeat.listed[i].words.size(), words);
    EXPECT_GE(repeat.listed[i].words.size() + 6, words);
    EXPECT_TRUE(ByPlace(repeat.listed[i], repeat.listed[i + 1]));
    EXPECT_EQ(
        SharedWords(repeat.listed[i].words,
                    repeat.listed[i].document == repeat.listed[i + 1].document
                        ? repeat.listed[i + 1].words
                        : WordRange()),
        0u);
  }
}

TEST(RepeatsTest, AParagraphOverAndOverIsOne) {
  Random random(1);
  const Hashes paragraph = testing::HashesOf(testing::RandomWords(&random, 70));
  Hashes text;
  for (int i = 0; i < 5000; ++i) testing::Append(&text, paragraph);
  const Repeats repeats = RepeatsOf({text});
  ExpectOne(repeats, 5000, 70);
  EXPECT_EQ(repeats.repeats[0].kind, PassageKind::kRepeated);
}

TEST(RepeatsTest, TwoSentencesInTurnAreOne) {
  Random random(2);
  const Hashes one = testing::HashesOf(testing::RandomWords(&random, 12));
  const Hashes two = testing::HashesOf(testing::RandomWords(&random, 15));
  Hashes text;
  for (int i = 0; i < 5000; ++i) {
    testing::Append(&text, one);
    testing::Append(&text, two);
  }
  ExpectOne(RepeatsOf({text}), 5000, 27);
}

TEST(RepeatsTest, AParagraphBetweenOthersIsOne) {
  Random random(3);
  const Words paragraph = testing::RandomWords(&random, 50);
  Words text;
  for (int i = 0; i < 40; ++i) {
    testing::Append(&text, testing::RandomWords(&random, 60));
    testing::Append(&text, paragraph);
  }
  const Repeats repeats = RepeatsOf({testing::HashesOf(text)});
  ExpectOne(repeats, 40, 50);
}

TEST(RepeatsTest, TwoSentencesInAnyOrderAreFew) {
  Random random(4);
  const Hashes one = testing::HashesOf(testing::RandomWords(&random, 40));
  const Hashes two = testing::HashesOf(testing::RandomWords(&random, 50));
  Hashes text;
  for (int i = 0; i < 3000; ++i) {
    testing::Append(&text, random.Below(2) == 0 ? one : two);
  }
  const Repeats repeats = RepeatsOf({text});
  EXPECT_LE(repeats.repeats.size(), 20u);
  EXPECT_LT(repeats.words_left, text.size() / 20);
}

TEST(RepeatsTest, OneWordOverAndOverIsOne) {
  const Hashes text(3'000'000, Mix(7));
  const Repeats repeats = RepeatsOf({text});
  ASSERT_EQ(repeats.repeats.size(), 1u);
  EXPECT_GE(repeats.repeats[0].places, 100'000u);
  EXPECT_EQ(repeats.repeats[0].listed.size(), 100u);
}

TEST(RepeatsTest, ATableOfNumbersIsNone) {
  Random random(5);
  Hashes text;
  for (int i = 0; i < 1'000'000; ++i) text.push_back(Mix(random.Below(10)));
  const Repeats repeats = RepeatsOf({text});
  EXPECT_LE(repeats.repeats.size(), 5u);
  EXPECT_GT(repeats.words_left, 850'000u);
}

TEST(RepeatsTest, ANoticeInManyDocumentsIsBoilerplate) {
  Random random(6);
  const Words notice = testing::RandomWords(&random, 80);
  std::vector<Hashes> documents;
  for (int d = 0; d < 150; ++d) {
    Words text = testing::RandomWords(&random, 100);
    testing::Append(&text, notice);
    testing::Append(&text, testing::RandomWords(&random, 100));
    documents.push_back(testing::HashesOf(text));
  }
  const Repeats repeats = RepeatsOf(documents);
  ExpectOne(repeats, 150, 80);
  EXPECT_EQ(repeats.repeats[0].kind, PassageKind::kBoilerplate);
  EXPECT_EQ(repeats.repeats[0].documents, 150u);
  const Repeats others = RepeatsOf(documents, 4);
  ASSERT_EQ(others.repeats.size(), 1u);
  EXPECT_EQ(others.repeats[0].listed, repeats.repeats[0].listed);
  EXPECT_EQ(others.words_left, repeats.words_left);
}

TEST(RepeatsTest, BelowTheCapsThereIsNone) {
  Random random(7);
  const Words paragraph = testing::RandomWords(&random, 50);
  Words text;
  for (int i = 0; i < 6; ++i) {
    testing::Append(&text, testing::RandomWords(&random, 60));
    testing::Append(&text, paragraph);
  }
  EXPECT_TRUE(RepeatsOf({testing::HashesOf(text)}).repeats.empty());
}

TEST(RepeatsTest, WithRolesOnlyWhatStandsOnBothSides) {
  Random random(32);
  const auto more = [&random](size_t words) {
    return testing::HashesOf(testing::RandomWords(&random, words));
  };
  const Hashes notice = more(60);
  std::vector<Hashes> documents;
  for (int i = 0; i < 400; ++i) {
    Hashes text = more(40);
    testing::Append(&text, notice);
    documents.push_back(text);
  }
  std::vector<Role> roles(400, Role::kReference);
  EXPECT_TRUE(RepeatsOf(documents, 1, roles).repeats.empty());
  roles[399] = Role::kNew;
  Repeats repeats = RepeatsOf(documents, 1, roles);
  ExpectOne(repeats, 400, 60);
  EXPECT_EQ(repeats.repeats[0].listed.back().document, 399u);
  EXPECT_EQ(repeats.repeats[0].listed[98].document, 98u);
  for (size_t i = 200; i < 400; ++i) roles[i] = Role::kNew;
  repeats = RepeatsOf(documents, 1, roles);
  ExpectOne(repeats, 400, 60);
  EXPECT_EQ(repeats.repeats[0].listed[49].document, 49u);
  EXPECT_EQ(repeats.repeats[0].listed[50].document, 200u);
  roles.assign(400, Role::kNew);
  EXPECT_TRUE(RepeatsOf(documents, 1, roles).repeats.empty());
  roles[7] = Role::kBoth;
  EXPECT_EQ(RepeatsOf(documents, 1, roles).repeats.size(), 1u);
}

}  // namespace
}  // namespace twicetold
