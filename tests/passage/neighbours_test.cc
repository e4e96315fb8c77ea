// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/neighbours.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/passage/prose.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::Prose;
using testing::Random;
using testing::Reworded;
using testing::Sentences;
using testing::TextOf;

// Two texts of three parts each, of which the first and the last are the same
// but for a word in ten.
struct Parts {
  Parts(const Sentences& middle_a, const Sentences& middle_b) {
    Random random(7);
    const Sentences first = Prose(&random, 10);
    const Sentences last = Prose(&random, 10);
    Make(first, middle_a, last, &a, &first_of_a, &last_of_a);
    Make(Reworded(&random, first, .1), middle_b, Reworded(&random, last, .1),
         &b, &first_of_b, &last_of_b);
  }

  static void Make(const Sentences& first, const Sentences& middle,
                   const Sentences& last, Words* words, WordRange* of_first,
                   WordRange* of_last) {
    const std::string one = TextOf(first) + "\n";
    const std::string two = one + TextOf(middle) + "\n";
    *words = MakeWords(two + TextOf(last));
    *of_first = {0, MakeWords(one).size()};
    *of_last = {MakeWords(two).size(), words->size()};
  }

  std::vector<Draft> Join(const std::vector<Draft>& drafts) const {
    const StemPair pair = MakeStemPair(a, b);
    EvidenceCounter evidence(pair);
    return JoinNeighbours(drafts, false, NeighbourOptions(), &evidence);
  }

  Words a;
  Words b;
  WordRange first_of_a;
  WordRange last_of_a;
  WordRange first_of_b;
  WordRange last_of_b;
};

TEST(NeighboursTest, PartsJoinOverWhatIsSharedAsWell) {
  Random random(1);
  const Sentences middle = Prose(&random, 5);
  const Parts parts(middle, Reworded(&random, middle, .3));
  const auto joined = parts.Join({{parts.last_of_a, parts.last_of_b},
                                  {parts.first_of_a, parts.first_of_b}});
  ASSERT_EQ(joined.size(), 1u);
  EXPECT_EQ(joined[0].a, (WordRange{0, parts.a.size()}));
  EXPECT_EQ(joined[0].b, (WordRange{0, parts.b.size()}));
}

TEST(NeighboursTest, PartsStayApartIfWhatLiesBetweenIsNotShared) {
  Random random(2);
  const Parts parts(Prose(&random, 6), Prose(&random, 6));
  EXPECT_EQ(parts
                .Join({{parts.first_of_a, parts.first_of_b},
                       {parts.last_of_a, parts.last_of_b}})
                .size(),
            2u);
}

TEST(NeighboursTest, PartsStayApartIfTheyAreFarFromEachOther) {
  Random random(3);
  const Sentences middle = Prose(&random, 40);
  const Parts parts(middle, middle);
  EXPECT_EQ(parts
                .Join({{parts.first_of_a, parts.first_of_b},
                       {parts.last_of_a, parts.last_of_b}})
                .size(),
            2u);
}

TEST(NeighboursTest, CrossedPartsStayApart) {
  Random random(4);
  const Sentences middle = Prose(&random, 3);
  const Parts parts(middle, middle);
  EXPECT_EQ(parts
                .Join({{parts.first_of_a, parts.last_of_b},
                       {parts.last_of_a, parts.first_of_b}})
                .size(),
            2u);
}

TEST(NeighboursTest, SummariesJoinNothing) {
  Random random(5);
  const Sentences middle = Prose(&random, 3);
  const Parts parts(middle, middle);
  EXPECT_EQ(
      parts
          .Join({{parts.first_of_a, parts.first_of_b},
                 {parts.last_of_a, parts.last_of_b, DraftSource::kSummary}})
          .size(),
      2u);
}

}  // namespace
}  // namespace twicetold
