// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/synthetic.h"
#include "tests/testing/told_again.h"
#include "twicetold/passage/evidence.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::Random;

Draft At(WordRange a, WordRange b, double weight) {
  return {a, b, DraftSource::kSeeds, weight};
}

auto Key(const Draft& d) {
  return std::tuple(!d.has_runs(), -d.weight, d.a.begin, d.b.begin, d.a.end,
                    d.b.end);
}

std::vector<decltype(Key(Draft()))> Keys(const std::vector<Draft>& drafts) {
  std::vector<decltype(Key(Draft()))> keys;
  for (const Draft& draft : drafts) keys.push_back(Key(draft));
  return keys;
}

// Each against all that are kept.
std::vector<Draft> SlowHeaviest(std::vector<Draft> drafts, bool within) {
  std::sort(drafts.begin(), drafts.end(),
            [](const Draft& x, const Draft& y) { return Key(x) < Key(y); });
  std::vector<Draft> kept;
  for (const Draft& draft : drafts) {
    if (within && SharedWords(draft.a, draft.b) > 0) continue;
    const bool gives_way =
        std::any_of(kept.begin(), kept.end(), [&](const Draft& other) {
          const bool on_a = SharedWords(draft.a, other.a) > 0;
          const bool on_b = SharedWords(draft.b, other.b) > 0;
          if (on_a && on_b) return true;
          return (on_a || on_b) &&
                 draft.weight < kLeastShareOfHeavier * other.weight;
        });
    if (!gives_way) kept.push_back(draft);
  }
  return kept;
}

TEST(DraftTest, OfTwoThatOverlapTheHeavierStays) {
  const std::vector<Draft> drafts = {At({0, 100}, {0, 100}, 3),
                                     At({50, 150}, {50, 150}, 5),
                                     At({150, 200}, {150, 200}, 1)};
  const auto kept = KeepHeaviest(drafts, false);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].weight, 5);
  EXPECT_EQ(kept[1].weight, 1);
}

TEST(DraftTest, ASectionUsedTwiceIsTwo) {
  const Draft first = At({0, 100}, {0, 100}, 4);
  EXPECT_EQ(KeepHeaviest({first, At({0, 100}, {500, 600}, 3)}, false).size(),
            2u);
  EXPECT_EQ(KeepHeaviest({first, At({0, 100}, {500, 600}, 1)}, false).size(),
            1u);
}

TEST(DraftTest, WithinOneDocumentSidesAreApart) {
  EXPECT_TRUE(KeepHeaviest({At({0, 100}, {99, 200}, 1)}, true).empty());
  EXPECT_EQ(KeepHeaviest({At({0, 100}, {100, 200}, 1)}, true).size(), 1u);
}

TEST(DraftTest, AreThoseOfLookingAtAll) {
  Random random(11);
  for (int round = 0; round < 500; ++round) {
    std::vector<Draft> drafts;
    const uint64_t room = 200 + random.Below(4000);
    for (size_t n = random.Below(120); n > 0; --n) {
      const auto side = [&] {
        if (random.Below(4) == 0) return WordRange{30, 80};
        const auto begin = static_cast<uint32_t>(random.Below(room));
        return WordRange{begin,
                         begin + 1 + static_cast<uint32_t>(random.Below(600))};
      };
      // Some weigh the same.
      drafts.push_back(
          At(side(), side(), static_cast<double>(random.Below(20))));
      if (random.Below(3) == 0) drafts.back().source = DraftSource::kRuns;
    }
    const bool within = round % 2 == 0;
    EXPECT_EQ(Keys(KeepHeaviest(drafts, within)),
              Keys(SlowHeaviest(drafts, within)));
  }
}

// --- evidence: idf of stems matched one to one, taken word by word

TEST(EvidenceTest, IsThatOfPairingWordsOneByOne) {
  Random random(12);
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const auto texts =
        testing::ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    const StemPair pair = MakeStemPair(a, b);
    EvidenceCounter counter(pair);
    for (int call = 0; call < 3; ++call) {
      const auto range = [&](uint32_t words) {
        const auto begin = static_cast<uint32_t>(random.Below(words));
        return WordRange{begin, begin + static_cast<uint32_t>(
                                            random.Below(words - begin + 1))};
      };
      const WordRange of_a = range(a.size());
      const WordRange of_b = range(b.size());
      double all_a = 0;
      double all_b = 0;
      double shared = 0;
      std::vector<uint8_t> taken(of_b.size());
      for (uint32_t j = of_b.begin; j < of_b.end; ++j) {
        all_b += pair.idf[pair.side_b().StemOf(j)];
      }
      for (uint32_t i = of_a.begin; i < of_a.end; ++i) {
        const uint32_t stem = pair.a.StemOf(i);
        all_a += pair.idf[stem];
        for (uint32_t j = 0; j < of_b.size(); ++j) {
          if (taken[j] != 0 || pair.side_b().StemOf(of_b.begin + j) != stem) {
            continue;
          }
          taken[j] = 1;
          shared += pair.idf[stem];
          break;
        }
      }
      const Evidence evidence = counter.Count(of_a, of_b);
      EXPECT_NEAR(evidence.shared, shared, 1e-6 * (1 + shared));
      EXPECT_NEAR(evidence.share_a, all_a > 0 ? shared / all_a : 0, 1e-9);
      EXPECT_NEAR(evidence.share_b, all_b > 0 ? shared / all_b : 0, 1e-9);
      EXPECT_TRUE(counter.ShareAtLeast(of_a, of_b, evidence.shared));
      EXPECT_TRUE(counter.ShareAtLeast(of_a, of_b, evidence.shared / 2));
      EXPECT_FALSE(counter.ShareAtLeast(of_a, of_b, evidence.shared + 1e-6));
    }
  }
}

}  // namespace
}  // namespace twicetold
