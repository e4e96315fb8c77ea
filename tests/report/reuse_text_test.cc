// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/reuse_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "twicetold/report/text.h"

namespace twicetold {
namespace {

std::string TextOf(const Result& result, bool all) {
  std::string text;
  EXPECT_TRUE(WriteText(result, {.all = all}, [&text](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

// `places` places of one text in one document.
ReuseRecord Reuse(uint32_t places, PassageKind kind, bool ignored) {
  ReuseRecord reuse{.kind = kind, .place_count = places, .ignored = ignored};
  for (uint32_t i = 1; i <= places; ++i) {
    reuse.places.push_back({.document = 0, .bytes = {}, .lines = {i, i}});
  }
  return reuse;
}

Result WithReuses(std::initializer_list<ReuseRecord> reuses) {
  Result result;
  result.documents = {{.names = {"a"}, .bytes = 10, .words = 2}};
  result.has_passages = true;
  result.reuses = reuses;
  return result;
}

TEST(ReuseTextTest, IgnoredTextIsCountedAndHidden) {
  const Result result = WithReuses({Reuse(2, PassageKind::kBoilerplate, true),
                                    Reuse(2, PassageKind::kBoilerplate, false),
                                    Reuse(2, PassageKind::kQuotation, false)});
  EXPECT_EQ(CountIgnored(result), 1);
  EXPECT_EQ(TextOf(result, false),
            "Passage 1 of 2, in 2 places: boilerplate\n"
            "  a, line 1\n"
            "  a, line 2\n"
            "\n"
            "Passage 2 of 2, in 2 places: quotation\n"
            "  a, line 1\n"
            "  a, line 2\n"
            "\n"
            "1 document (10 B), 0 related pairs in 0 clusters, 2 recycled "
            "passages, 1 of ignored text, 0 skipped\n");
}

TEST(ReuseTextTest, AllShowsIgnoredText) {
  const Result result = WithReuses({Reuse(1, PassageKind::kBoilerplate, true)});
  EXPECT_EQ(TextOf(result, true),
            "Passage 1 of 1, in 1 place: boilerplate, ignored\n"
            "  a, line 1\n"
            "\n"
            "1 document (10 B), 0 related pairs in 0 clusters, 0 recycled "
            "passages, 1 of ignored text, 0 skipped\n");
}

TEST(ReuseTextTest, AllShowsEveryPassageAndEveryPlace) {
  Result result;
  result.documents = {{.names = {"a"}, .bytes = 10, .words = 2}};
  result.has_passages = true;
  for (size_t i = 0; i < kMostReusesShown + 2; ++i) {
    result.reuses.push_back(Reuse(kMostPlacesShown + 1, PassageKind::kRepeated,
                                  /*ignored=*/false));
  }
  const std::string some = TextOf(result, false);
  EXPECT_NE(some.find("Passage 20 of 22"), std::string::npos);
  EXPECT_EQ(some.find("Passage 21 of 22"), std::string::npos);
  EXPECT_NE(some.find("and 2 more passages (--all shows them)\n"),
            std::string::npos);
  EXPECT_NE(some.find("  and 1 more\n"), std::string::npos);
  const std::string all = TextOf(result, true);
  EXPECT_NE(all.find("Passage 22 of 22"), std::string::npos);
  EXPECT_EQ(all.find("more"), std::string::npos);
  EXPECT_NE(all.find("  a, line 11\n"), std::string::npos);
  // What is not known cannot be shown.
  result.reuses.resize(1);
  result.reuses[0].place_count = 5000;
  EXPECT_NE(TextOf(result, true).find("  and 4,989 more\n"), std::string::npos);
}

}  // namespace
}  // namespace twicetold
