// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/ignored_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

constexpr char kFooter[] =
    "The Ambry Hill Almanac is kept by volunteers. Corrections may be left at "
    "the reading room, in the box beside the stove, or sent to the editor by "
    "post. Nothing here may be sold, but all of it may be copied by hand.";

double Share(const std::vector<std::string>& texts, std::string_view text) {
  std::vector<uint64_t> hashes;
  TokenHashes(text, &hashes);
  return IgnoredText(texts).CoveredShare(hashes);
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + ' ';
  return text;
}

TEST(IgnoredTextTest, CoversItself) {
  EXPECT_EQ(Share({kFooter}, kFooter), 1);
  EXPECT_EQ(Share({"", "something else that says nothing", kFooter}, kFooter),
            1);
}

TEST(IgnoredTextTest, CoversAPartOfItself) {
  EXPECT_EQ(Share({kFooter},
                  "Corrections may be left at the reading room, in the box"),
            1);
}

TEST(IgnoredTextTest, CoversWhatHasBeenEdited) {
  // Words exchanged, left out and put in, but for the first three.
  const std::string edited =
      "Almanac is kept by friendly volunteers. Corrections may be left in the "
      "reading room, in the old box beside the stove, or sent to its editor by "
      "post. Nothing here may be sold; all of it may be freely copied by hand.";
  EXPECT_EQ(Share({kFooter}, edited), 1);
  EXPECT_NEAR(Share({kFooter}, "The Nether Field " + edited), .93, .01);
}

TEST(IgnoredTextTest, CoversTextOfWhichEveryFourthWordWasChanged) {
  testing::Words words;
  for (int i = 0; i < 60; ++i) words.push_back(std::to_string(i) + "th");
  const std::string text = Join(words);
  for (size_t i = 3; i < words.size(); i += 4) words[i] = "changed";
  EXPECT_GE(Share({text}, Join(words)), .98);
  for (size_t i = 2; i < words.size(); i += 3) words[i] = "changed";
  EXPECT_LT(Share({text}, Join(words)), .5);
}

TEST(IgnoredTextTest, DoesNotCoverWhatStandsBesideIt) {
  const std::string story =
      "The goat had been seen on the church roof, where it was eating the "
      "lead, or so the sexton said, who owed its owner eleven shillings. ";
  EXPECT_EQ(Share({kFooter}, story), 0);
  const double share = Share({kFooter}, story + kFooter);
  EXPECT_GT(share, .6);
  EXPECT_LT(share, .7);
  // Nor what stands between two parts of it.
  EXPECT_NEAR(Share({kFooter}, std::string(kFooter) + " " + story + kFooter),
              .77, .05);
}

TEST(IgnoredTextTest, DoesNotCoverPhrasesThatAnyTextMayHave) {
  EXPECT_EQ(Share({kFooter},
                  "She may be left at home by mistake, as long as "
                  "the cat is not sold by post to anyone"),
            0);
  // Not even if it has several.
  EXPECT_LT(Share({kFooter},
                  "She may be left at the station by mistake, and "
                  "beside the stove the cat may be sold to anyone"),
            .6);
}

TEST(IgnoredTextTest, CoversNothingIfItIsShorterThanARun) {
  EXPECT_TRUE(IgnoredText(std::vector<std::string>{"", "two words"}).empty());
  EXPECT_EQ(Share({"two words"}, "two words"), 0);
  EXPECT_EQ(Share({}, kFooter), 0);
  EXPECT_EQ(Share({kFooter}, "at the"), 0);
  EXPECT_EQ(Share({kFooter}, ""), 0);
}

TEST(IgnoredTextTest, ManyPlacesOfARunCostNoMore) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "again and ";
  EXPECT_EQ(Share({text}, text), 1);
}

TEST(LabelIgnoredTest, OneSideIsEnoughAndAllKindsAreTheSame) {
  const Words a = MakeWords(kFooter);
  const Words b = MakeWords(
      "Volunteers look after this almanac, whose mistakes one may report to "
      "the people in the room with the stove, if they can be found.");
  const IgnoredText ignored(std::vector<std::string>{kFooter});
  for (const auto& [x, y] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    Passage passage{.a = {0, x->size()}, .b = {0, y->size()}};
    LabelIgnored(ignored, *x, *y, &passage);
    EXPECT_EQ(passage.kind, PassageKind::kBoilerplate);
  }
  Passage passage{.a = {0, b.size()}, .b = {0, b.size()}};
  LabelIgnored(ignored, b, b, &passage);
  EXPECT_EQ(passage.kind, PassageKind::kReworded);
}

}  // namespace
}  // namespace twicetold
