// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/report/sample_result.h"

namespace twicetold {
namespace {

std::string TextOf(const Result& result, const TextStyle& style) {
  std::string text;
  EXPECT_TRUE(WriteText(result, style, [&text](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

std::string Numbered(std::string name, int number) {
  name += std::to_string(number);
  return name;
}

// Near-duplicates, an identical copy, the same text, a second pair of a
// cluster, another name, names that are wide, no UTF-8 or harmful, encodings,
// what was skipped and what went wrong.
constexpr char kAt120[] =
    R"(Cluster 1 of 2: 4 documents, near-duplicates, Jaccard with 1 at least .896
  1  a.txt        1,004 words
     = b/link.txt  the same file
  2  caf\xE9.txt  near-duplicate of 1: Jaccard .896, shares 95.0 % of 1, 94.0 % of 2
  3  見本.txt     near-duplicate of 1: Jaccard .980, shares 100 % of 1, 98.0 % of 3
  4  d.txt        identical to 1
     also near-duplicates: 2 and 3 .879

Cluster 2 of 2: 2 documents, the same text
  1  e.txt  9 words
  2  f.txt  same text as 1 (case, punctuation, layout or encoding differ)

Read as utf-16le: 1
  f.txt
Read as windows-1252: 1
  caf\xE9.txt
With bytes that are no characters: 1
  g.txt (3)

Skipped, hidden: 1
  .git/
Skipped, binary: 2
  x\u{001B}.bin: NUL at byte 12
  y\xFF.bin: NUL at byte 0
Error, not found: 1
  gone.txt: No such file or directory

2 documents stood in buckets too full to compare all with all, and may have near-duplicates that are not listed.
12 pairs of places left out: a part of a document had more than 4 of them, and the best were kept.
1 pair of places left out: a document could not be read again.

7 documents (24.5 kB), 5 related pairs in 2 clusters, 3 skipped, 1 error, in 1.00 s
)";

// What does not fit goes to the next line.
constexpr char kClusterAt80[] =
    R"(Cluster 1 of 2: 4 documents, near-duplicates, Jaccard with 1 at least .896
  1  a.txt     1,004 words
     = b/link.txt  the same file
  2  caf\xE9.txt
       near-duplicate of 1: Jaccard .896, shares 95.0 % of 1, 94.0 % of 2
  3  見本.txt  near-duplicate of 1: Jaccard .980, shares 100 % of 1, 98.0 % of 3
  4  d.txt     identical to 1
     also near-duplicates: 2 and 3 .879

)";

TEST(TextReportTest, EverythingInPlainText) {
  EXPECT_EQ(TextOf(testing::SampleResult(),
                   {.width = 120, .epilogue = ", in 1.00 s"}),
            kAt120);
}

TEST(TextReportTest, WrapsWhereTheWidthEnds) {
  const std::string text = TextOf(testing::SampleResult(), {.width = 80});
  EXPECT_EQ(text.substr(0, sizeof(kClusterAt80) - 1), kClusterAt80);
}

TEST(TextReportTest, ALongNameMovesNoColumn) {
  Result result;
  for (const std::string& name :
       {std::string("a"), std::string(80, 'b'), std::string("ccc")}) {
    result.documents.push_back({.names = {name}, .bytes = 1, .words = 9});
  }
  result.matches = {{0, 1, Relation::kIdentical, {5, 5, 5}},
                    {0, 2, Relation::kIdentical, {5, 5, 5}}};
  result.clusters = {{.members = {0, 1, 2}, .min_jaccard = 1}};
  const std::string text = TextOf(result, {.width = 80});
  EXPECT_EQ(text.substr(0, text.find("\n\n")),
            "Cluster 1 of 1: 3 documents, identical\n"
            "  1  a    9 words\n"
            "  2  " +
                std::string(80, 'b') +
                "\n"
                "       identical to 1\n"
                "  3  ccc  identical to 1");
}

std::string WithoutColor(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (text.front() == '\x1b') {
      text.remove_prefix(text.find('m') + 1);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

TEST(TextReportTest, ColorChangesNothingElse) {
  const Result result = testing::SampleResult();
  const TextStyle plain = {.color = false, .width = 120};
  const TextStyle color = {.color = true, .width = 120};
  const std::string colored = TextOf(result, color);
  EXPECT_EQ(WithoutColor(colored), TextOf(result, plain));
  EXPECT_EQ(TextOf(result, plain).find('\x1b'), std::string::npos);
  EXPECT_NE(colored.find("\x1b[1mCluster 1 of 2: 4 documents"),
            std::string::npos);
  EXPECT_NE(colored.find("\x1b[31mError, not found\x1b[0m"), std::string::npos);
}

TEST(TextReportTest, NothingToSay) {
  EXPECT_EQ(TextOf({}, {}),
            "0 documents (0 B), 0 related pairs in 0 clusters, 0 skipped\n");
}

// Not the same words, but the same shingles.
TEST(TextReportTest, AllShinglesTheSame) {
  Result result;
  for (const char* name : {"a", "b"}) {
    result.documents.push_back({.names = {name}, .bytes = 1, .words = 9});
  }
  result.matches = {{0, 1, Relation::kNearDuplicate, {5, 5, 5}}};
  result.clusters = {{.members = {0, 1}, .min_jaccard = 1}};
  EXPECT_TRUE(TextOf(result, {})
                  .starts_with("Cluster 1 of 1: 2 documents, near-duplicates, "
                               "Jaccard with 1 at least "
                               "1.000\n"));
}

// A contained pair is joined by a cluster or stands for itself.
TEST(TextReportTest, ContainedDocuments) {
  Result result;
  for (const char* name : {"a", "b", "c", "d"}) {
    result.documents.push_back({.names = {name}, .bytes = 1, .words = 1});
  }
  result.matches = {{0, 1, Relation::kContained, {80, 100, 900}, .95, .1},
                    {2, 3, Relation::kContained, {90, 900, 100}, .1, .9}};
  EXPECT_EQ(TextOf(result, {}),
            "Contained in another document, 90 % at least, reworded or not: 2\n"
            "  d in c: 90.0 %, 90.0 % word for word\n"
            "  a in b: 95.0 %, 80.0 % word for word\n"
            "\n"
            "4 documents (4 B), 0 related pairs in 0 clusters, 2 contained, 0 "
            "skipped\n");
  result.clusters = {
      {.members = {0, 1}, .min_jaccard = 90. / 910},
      {.members = {2, 3}, .representative = 2, .min_jaccard = 90. / 910}};
  EXPECT_EQ(TextOf(result, {}),
            "Cluster 1 of 2: 2 documents, near-duplicates or contained, "
            "Jaccard with 1 at least .098\n"
            "  1  a  1 word\n"
            "  2  b  contains 1: passages cover 90 % of that at least\n"
            "\n"
            "Cluster 2 of 2: 2 documents, near-duplicates or contained, "
            "Jaccard with 1 at least .098\n"
            "  1  c  1 word\n"
            "  2  d  contained in 1: passages cover 90 % of it at least\n"
            "\n"
            "4 documents (4 B), 2 related pairs in 2 clusters, 0 skipped\n");
}

TEST(TextReportTest, SingularForms) {
  Result result;
  result.documents = {{.names = {"a"}, .bytes = 1, .words = 1},
                      {.names = {"b"}, .bytes = 1, .words = 1}};
  result.matches = {{0, 1, Relation::kIdentical, {1, 1, 1}}};
  result.clusters = {{.members = {0, 1}}};
  EXPECT_EQ(TextOf(result, {}),
            "Cluster 1 of 1: 2 documents, identical\n"
            "  1  a  1 word\n"
            "  2  b  identical to 1\n"
            "\n"
            "2 documents (2 B), 1 related pair in 1 cluster, 0 skipped\n");
}

TEST(TextReportTest, LongListsSayWhatTheyLeaveOut) {
  Result result;
  for (int i = 0; i < 1012; ++i) {
    result.skipped.push_back({Numbered("f", i), {SkipReason::kEmpty, ""}});
  }
  const std::string text = TextOf(result, {});
  EXPECT_TRUE(text.starts_with("Skipped, empty: 1,012\n  f0\n  f1\n"));
  EXPECT_NE(text.find("  f9\n  and 1,002 more (--all shows them)\n"),
            std::string::npos);
  EXPECT_EQ(text.find("f10\n"), std::string::npos);
  const std::string all = TextOf(result, {.all = true});
  EXPECT_NE(all.find("  f1010\n  f1011\n\n"), std::string::npos);
  EXPECT_EQ(all.find("more"), std::string::npos);
}

// Those with the most in the same words come first, so that the most of the
// others is known.
TEST(TextReportTest, ManyContainedDocuments) {
  Result result;
  for (uint32_t i = 0; i < 12; ++i) {
    const auto number = static_cast<int>(i);
    result.documents.push_back({.names = {Numbered("a", number)}});
    result.documents.push_back({.names = {Numbered("b", number)}});
    result.matches.push_back({2 * i,
                              2 * i + 1,
                              Relation::kContained,
                              {10 + 5 * i, 100, 1000},
                              .95,
                              .1});
  }
  const std::string text = TextOf(result, {});
  EXPECT_TRUE(text.starts_with(
      "Contained in another document, 90 % at least, reworded or not: "
      "12\n  a11 in b11: 95.0 %, 65.0 % word"))
      << text;
  EXPECT_NE(text.find("  a2 in b2: 95.0 %, 20.0 % word for word\n"
                      "  and 2 more, 15.0 % word for word at most (--all shows "
                      "them)\n\n"),
            std::string::npos)
      << text;
  EXPECT_NE(TextOf(result, {.all = true})
                .find("  a0 in b0: 95.0 %, 10.0 % word for word\n\n"),
            std::string::npos);
}

TEST(TextReportTest, SaysWhichRecordFilesAreOneText) {
  Result result;
  result.documents = {
      {.names = {"a.jsonl"}, .bytes = 1, .words = 1},
      {.names = {"a.txt"}, .bytes = 1, .words = 1},
      {.names = {"b.jsonl"}, .record = RecordName{.line = 1}, .words = 1}};
  const std::string_view remark =
      "JSON Lines without the text field, taken for one text: 1\n"
      "  a.jsonl\n\n";
  EXPECT_TRUE(TextOf(result, {}).starts_with(remark)) << TextOf(result, {});
  // Where that was asked for, it is no news.
  result.settings = {{"format", "text"}};
  EXPECT_TRUE(TextOf(result, {}).starts_with("3 documents"));
}

// A cluster in which all are alike.
Result AllAlike(uint32_t documents) {
  Result result;
  Cluster cluster;
  for (uint32_t i = 0; i < documents; ++i) {
    result.documents.push_back(
        {.names = {Numbered("n", 100 + static_cast<int>(i))},
         .bytes = 10,
         .words = 10});
    cluster.members.push_back(i);
    for (uint32_t a = 0; a < i; ++a) {
      result.matches.push_back({a, i, Relation::kNearDuplicate, {9, 10, 10}});
    }
  }
  std::sort(result.matches.begin(), result.matches.end(),
            [](const Match& x, const Match& y) {
              return std::pair(x.a, x.b) < std::pair(y.a, y.b);
            });
  cluster.min_jaccard = 9. / 11;
  result.clusters = {cluster};
  return result;
}

// 78 pairs, of which 12 explain a member.
TEST(TextReportTest, ManyFurtherPairsAreSummedUp) {
  const std::string text = TextOf(AllAlike(13), {.width = 120});
  EXPECT_NE(text.find("     and 66 further pairs among them, Jaccard .818 to "
                      ".818 (-o jsonl has all)\n"),
            std::string::npos)
      << text;
}

TEST(TextReportTest, FurtherPairsWrap) {
  const std::string text = TextOf(AllAlike(11), {.width = 60});
  size_t begin = text.find("     also near-duplicates: 2 and 3 .818");
  ASSERT_NE(begin, std::string::npos) << text;
  for (size_t end; begin < text.size(); begin = end + 1) {
    end = text.find('\n', begin);
    if (end == begin) break;
    EXPECT_LE(end - begin, 60) << text.substr(begin, end - begin);
    EXPECT_NE(text[end - 1], ' ');
  }
}

TEST(TextReportTest, StopsWhenNobodyTakesAnyMore) {
  int pieces = 0;
  EXPECT_FALSE(WriteText(testing::SampleResult(), {},
                         [&](std::string_view) { return ++pieces < 3; }));
  EXPECT_EQ(pieces, 3);
}

TEST(TextReportTest, NewDocumentsAgainstAReference) {
  Result result;
  result.against = true;
  for (const char* name : {"a", "b", "c", "d"}) {
    result.documents.push_back({.names = {name}, .bytes = 10, .words = 1});
  }
  result.documents[1].role = Role::kReference;
  result.documents[2].stood_for_by = 0;
  result.documents[3].role = Role::kBoth;
  result.matches = {{0, 1, Relation::kIdentical, {1, 1, 1}}};
  result.clusters = {{.members = {0, 1}}};
  const std::string text = TextOf(result, {.width = 200});
  EXPECT_EQ(text,
            "Cluster 1 of 1: 2 documents, identical\n"
            "  1  a              1 word\n"
            "  2  b (reference)  identical to 1\n"
            "\n"
            "Both new and in the reference, compared as either: 1\n"
            "  d\n"
            "The same text as another on its side, compared through that: 1\n"
            "  c = a\n"
            "\n"
            "3 new documents (30 B) against 2 of the reference (20 B), 1 "
            "related pair in 1 cluster, 0 skipped\n");
}

// Both are covered: neither is the one that contains.
TEST(TextReportTest, ContainedInEachOther) {
  Result result;
  for (const char* name : {"a", "b"}) {
    result.documents.push_back({.names = {name}, .bytes = 1, .words = 1});
  }
  result.matches = {{0, 1, Relation::kContained, {30, 100, 110}, 1, .925}};
  EXPECT_EQ(TextOf(result, {}).substr(0, 133),
            "Contained in another document, 90 % at least, reworded or not: 1\n"
            "  a and b in each other: 100 % and 92.5 %, 30.0 % word for word\n"
            "\n2 d");
}

// A percent sign is not parted from its number, whatever the width.
TEST(TextReportTest, KeepsPercentSignsWithTheirNumbers) {
  Result result;
  for (const char* name : {"a", "b"}) {
    result.documents.push_back({.names = {name}, .bytes = 1, .words = 1});
  }
  result.matches = {{0, 1, Relation::kContained, {30, 100, 110}, 1, .925}};
  for (size_t width = 20; width <= 80; ++width) {
    const std::string report = TextOf(result, {.width = width});
    EXPECT_EQ(report.find("\n      %"), std::string::npos) << report;
  }
}

}  // namespace
}  // namespace twicetold
