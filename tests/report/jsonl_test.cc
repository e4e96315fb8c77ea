// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/jsonl.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/report/sample_result.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

using Json = nlohmann::json;

std::string JsonlOf(const Result& result) {
  std::string text;
  EXPECT_TRUE(WriteJsonl(result, "scan", [&text](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

std::vector<Json> RecordsOf(const Result& result) {
  std::vector<Json> records;
  std::istringstream lines(JsonlOf(result));
  for (std::string line; std::getline(lines, line);) {
    records.push_back(Json::parse(line));
  }
  return records;
}

std::vector<Json> RecordsOf(const Result& result, const std::string& type) {
  std::vector<Json> records = RecordsOf(result);
  std::erase_if(records, [&](const Json& r) { return r["type"] != type; });
  return records;
}

// Every record in full, in the order and the words of the format.
constexpr char kExpected[] =
    R"({"type":"header","format":"twicetold-result","version":1,"tool_version":"@VERSION@","command":"scan","options":{"shingle":5,"min_jaccard":0.8,"seed":"18446744073709551615","hidden":false,"glob":["*.txt","!old/"]}}
{"type":"document","id":0,"path":"a.txt","other_paths":[{"path":"b/link.txt"}],"bytes":6000,"words":1004,"encoding":"utf-8","bad_bytes":0,"digest":"0000000000000abc0000000000000000"}
{"type":"document","id":1,"path_bytes":"Y2Fm6S50eHQ=","bytes":6100,"words":1014,"encoding":"windows-1252","bad_bytes":0,"digest":"0000000000000abc0000000000000001"}
{"type":"document","id":2,"path":"見本.txt","bytes":6200,"words":1024,"encoding":"utf-8","bad_bytes":0,"digest":"0000000000000abc0000000000000002"}
{"type":"document","id":3,"path":"d.txt","bytes":6000,"words":1004,"encoding":"utf-8","bad_bytes":0,"digest":"0000000000000abc0000000000000000"}
{"type":"document","id":4,"path":"e.txt","bytes":50,"words":9,"encoding":"utf-8","bad_bytes":0,"digest":"0000000000000abc0000000000000004"}
{"type":"document","id":5,"path":"f.txt","bytes":104,"words":9,"encoding":"utf-16le","bad_bytes":0,"digest":"0000000000000abc0000000000000005"}
{"type":"document","id":6,"path":"g.txt","bytes":70,"words":10,"encoding":"utf-8","bad_bytes":3,"digest":"0000000000000abc0000000000000006"}
{"type":"match","a":0,"b":1,"relation":"near_duplicate","jaccard":0.8962264150943396,"containment_of_a_in_b":0.95,"containment_of_b_in_a":0.9405940594059405,"shared":950,"shingles_a":1000,"shingles_b":1010}
{"type":"match","a":0,"b":2,"relation":"near_duplicate","jaccard":0.9803921568627451,"containment_of_a_in_b":1.0,"containment_of_b_in_a":0.9803921568627451,"shared":1000,"shingles_a":1000,"shingles_b":1020}
{"type":"match","a":0,"b":3,"relation":"identical","jaccard":1.0,"containment_of_a_in_b":1.0,"containment_of_b_in_a":1.0,"shared":1000,"shingles_a":1000,"shingles_b":1000}
{"type":"match","a":1,"b":2,"relation":"near_duplicate","jaccard":0.8796296296296297,"containment_of_a_in_b":0.9405940594059405,"containment_of_b_in_a":0.9313725490196079,"shared":950,"shingles_a":1010,"shingles_b":1020}
{"type":"match","a":4,"b":5,"relation":"same_text","jaccard":1.0,"containment_of_a_in_b":1.0,"containment_of_b_in_a":1.0}
{"type":"cluster","id":0,"members":[0,1,2,3],"representative":0,"min_jaccard":0.8962264150943396,"pairs":"all"}
{"type":"cluster","id":1,"members":[4,5],"representative":4,"min_jaccard":1.0,"pairs":"representative"}
{"type":"skipped","path":".git/","reason":"hidden","error":false,"detail":""}
{"type":"skipped","path":"gone.txt","reason":"not_found","error":true,"detail":"No such file or directory"}
{"type":"skipped","path":"x\u001b.bin","reason":"binary","error":false,"detail":"NUL at byte 12"}
{"type":"skipped","path_bytes":"ef8=","reason":"binary","error":false,"detail":"NUL at byte 0"}
{"type":"footer","documents":7,"bytes":24524,"matches":5,"clusters":2,"passages":0,"reuses":0,"skipped":4,"candidate_pairs":4,"verified_pairs":3,"expected_recall":0.9925592963964696,"overfull_buckets":0,"led_buckets":0,"capped_documents":2,"windows_left_out":12,"windows_unreadable":1,"anchors_passed_over":3456,"complete":false}
)";

TEST(JsonlTest, EveryRecordInFull) {
  std::string expected = kExpected;
  const std::string_view mark = "@VERSION@";
  expected.replace(expected.find(mark), mark.size(), kVersion);
  Result result = testing::SampleResult();
  result.skipped[3].path = "y\xff";
  EXPECT_EQ(JsonlOf(result), expected);
}

Result WithPassages() {
  Result result = testing::SampleResult();
  result.has_edits = true;
  result.passages = {
      {.a = {0, {8402, 12870}, {8210, 12603}, {20, 41}, 820},
       .b = {0, {12871, 17608}, {12604, 17290}, {42, 63}, 836},
       .score = 2867,
       .similarity = .5,
       .common_words = 414,
       .kind = PassageKind::kReworded,
       .edits = {{EditOp::kEqual, false, {8402, 8412}, {12871, 12881}},
                 {EditOp::kReplace, true, {8412, 8413}, {12881, 12883}},
                 {EditOp::kInsert, false, {8413, 8413}, {12883, 12889}}}},
      {.a = {1, {0, 0}, {0, 0}, {1, 1}, 0},
       .b = {2, {5, 7}, {5, 7}, {2, 2}, 1},
       .kind = PassageKind::kQuotation,
       .edits = {}},
  };
  result.reuses = {
      {.kind = PassageKind::kReworded,
       .score = 2867,
       .place_count = 3,
       .places = {{0, {8402, 12870}, {20, 41}}, {0, {12871, 17608}, {42, 63}}},
       .passages = {0}}};
  return result;
}

constexpr char kExpectedPassages[] =
    R"({"type":"passage","id":0,"a":{"document":0,"bytes":[8402,12870],"chars":[8210,12603],"lines":[20,41],"words":820},"b":{"document":0,"bytes":[12871,17608],"chars":[12604,17290],"lines":[42,63],"words":836},"score":2867.0,"similarity":0.5,"common_words":414,"kind":"reworded","edits":[{"op":"equal","a":[8402,8412],"b":[12871,12881]},{"op":"replace","a":[8412,8413],"b":[12881,12883],"folded":true},{"op":"insert","a":[8413,8413],"b":[12883,12889]}]}
{"type":"passage","id":1,"a":{"document":1,"bytes":[0,0],"chars":[0,0],"lines":[1,1],"words":0},"b":{"document":2,"bytes":[5,7],"chars":[5,7],"lines":[2,2],"words":1},"score":0.0,"similarity":0.0,"common_words":0,"kind":"quotation","edits":[]}
{"type":"reuse","id":0,"kind":"reworded","score":2867.0,"place_count":3,"places":[{"document":0,"bytes":[8402,12870],"lines":[20,41]},{"document":0,"bytes":[12871,17608],"lines":[42,63]}],"passages":[0]}
)";

// Between the clusters and what was skipped.
TEST(JsonlTest, PassagesAndReusesInFull) {
  Result result = WithPassages();
  const std::string text = JsonlOf(result);
  const size_t begin = text.find("{\"type\":\"passage\"");
  const size_t end = text.find("{\"type\":\"skipped\"");
  ASSERT_LT(begin, end);
  EXPECT_EQ(text.substr(begin, end - begin), kExpectedPassages);
  EXPECT_GT(begin, text.rfind("{\"type\":\"cluster\""));
}

TEST(JsonlTest, IgnoredTextIsMarked) {
  Result result = WithPassages();
  EXPECT_FALSE(RecordsOf(result, "reuse")[0].contains("ignored"));
  result.reuses[0].ignored = true;
  EXPECT_EQ(RecordsOf(result, "reuse")[0]["ignored"], true);
}

TEST(JsonlTest, EditsOnlyIfTheyWereAskedFor) {
  Result result = WithPassages();
  result.has_edits = false;
  for (const Json& record : RecordsOf(result, "passage")) {
    EXPECT_FALSE(record.contains("edits"));
  }
}

TEST(JsonlTest, EveryLineIsAnObjectWithATypeHeaderFirstFooterLast) {
  for (const Result& result : {Result(), testing::SampleResult()}) {
    const std::vector<Json> records = RecordsOf(result);
    ASSERT_GE(records.size(), 2u);
    EXPECT_EQ(records.front()["type"], "header");
    EXPECT_EQ(records.back()["type"], "footer");
    for (size_t i = 1; i + 1 < records.size(); ++i) {
      EXPECT_NE(records[i]["type"], "header");
      EXPECT_NE(records[i]["type"], "footer");
    }
  }
}

TEST(JsonlTest, TheFooterCounts) {
  const Result result = WithPassages();
  const Json footer = RecordsOf(result).back();
  EXPECT_EQ(footer["passages"], 2);
  EXPECT_EQ(footer["reuses"], 1);
  for (const char* type :
       {"document", "match", "cluster", "passage", "reuse"}) {
    const std::string plural =
        type + std::string(std::string_view(type) == "match" ? "es" : "s");
    EXPECT_EQ(footer[plural], RecordsOf(result, type).size());
  }
  EXPECT_EQ(footer["skipped"],
            RecordsOf(testing::SampleResult(), "skipped").size());
}

TEST(JsonlTest, CompleteUnlessSomethingWentWrong) {
  Result result = testing::SampleResult();
  EXPECT_EQ(RecordsOf(result).back()["complete"], false);
  std::erase_if(result.skipped, [](const SkippedInput& input) {
    return IsError(input.skip.reason);
  });
  EXPECT_EQ(RecordsOf(result).back()["complete"], false);
  result.notes.windows_unreadable = 0;
  EXPECT_EQ(RecordsOf(result).back()["complete"], true);
}

TEST(JsonlTest, NumbersComeBackExactly) {
  Result result = testing::SampleResult();
  result.matches.clear();
  for (uint64_t n = 1; n <= 997; n += 3) {
    result.matches.push_back(
        {0, 1, Relation::kNearDuplicate, {n, 997, 997 + n}});
  }
  const std::vector<Json> records = RecordsOf(result, "match");
  ASSERT_EQ(records.size(), result.matches.size());
  for (size_t i = 0; i < records.size(); ++i) {
    const Match& match = result.matches[i];
    EXPECT_EQ(records[i]["jaccard"].get<double>(), match.jaccard());
    EXPECT_EQ(records[i]["containment_of_a_in_b"].get<double>(),
              match.containment_of_a_in_b());
    EXPECT_EQ(records[i]["containment_of_b_in_a"].get<double>(),
              match.containment_of_b_in_a());
  }
}

TEST(JsonlTest, NamesThatAreNoText) {
  Result result;
  result.documents = {{.names = {"a", std::string("b\xff"), "c\n\"\\"}}};
  const Json record = RecordsOf(result, "document").at(0);
  EXPECT_EQ(record["path"], "a");
  EXPECT_EQ(record["other_paths"],
            Json::parse(R"([{"path_bytes":"Yv8="},{"path":"c\n\"\\"}])"));
  result.documents = {{.names = {std::string("\xff")}}};
  EXPECT_FALSE(RecordsOf(result, "document").at(0).contains("path"));
}

TEST(JsonlTest, ADetailThatIsNoTextDoesNotBreakTheLine) {
  Result result;
  result.skipped = {{"a", {SkipReason::kUnreadable, "\xff broken"}}};
  EXPECT_EQ(RecordsOf(result, "skipped").at(0)["detail"], "\uFFFD broken");
}

TEST(JsonlTest, StopsWhenNobodyTakesAnyMore) {
  Result result;
  for (int i = 0; i < 5000; ++i) {
    result.skipped.push_back({"name", {SkipReason::kEmpty, ""}});
  }
  int pieces = 0;
  EXPECT_FALSE(WriteJsonl(result, "scan", [&](std::string_view piece) {
    EXPECT_EQ(piece.back(), '\n');  // whole records
    return ++pieces < 2;
  }));
  EXPECT_EQ(pieces, 2);
}

TEST(JsonlTest, GivesTheSameBytesOnAnyNumberOfThreads) {
  Result result;
  for (uint32_t i = 0; i < 5000; ++i) {
    result.documents.push_back({.names = {"name " + std::to_string(i)},
                                .bytes = i,
                                .words = i / 6,
                                .digest = {.low = i}});
    if (i == 0) continue;
    result.matches.push_back({.a = 0, .b = i, .overlap = {i, i, i + 1}});
  }
  const std::string one = JsonlOf(result);
  const std::vector<Json> documents = RecordsOf(result, "document");
  ASSERT_EQ(documents.size(), 5000u);
  for (size_t i = 0; i < documents.size(); ++i) {
    ASSERT_EQ(documents[i]["id"], i);
    ASSERT_EQ(documents[i]["bytes"], i);
  }
  EXPECT_EQ(RecordsOf(result, "match").size(), 4999u);
  for (const int threads : {2, 3, 0}) {
    std::string text;
    EXPECT_TRUE(WriteJsonl(
        result, "scan",
        [&text](std::string_view piece) {
          EXPECT_EQ(piece.back(), '\n');
          text += piece;
          return true;
        },
        threads));
    EXPECT_TRUE(text == one);
  }
}

TEST(JsonlTest, ContainedPairsSayWhatPassagesCover) {
  Result result = testing::SampleResult();
  result.matches = {{0, 1, Relation::kContained, {950, 1000, 10000}, .96, .1}};
  const Json match = RecordsOf(result, "match").at(0);
  EXPECT_EQ(match["relation"], "contained");
  EXPECT_EQ(match["covered_of_a"], .96);
  EXPECT_EQ(match["covered_of_b"], .1);
  EXPECT_EQ(match["shared"], 950);
  EXPECT_FALSE(
      RecordsOf(testing::SampleResult(), "match")[0].contains("covered_of_a"));
}

TEST(JsonlTest, SaysWhatIsOfTheReference) {
  Result result = testing::SampleResult();
  EXPECT_FALSE(RecordsOf(result, "footer")[0].contains("references"));
  result.against = true;
  result.documents[1].role = Role::kReference;
  result.documents[2].role = Role::kBoth;
  result.documents[3].stood_for_by = 0;
  const std::vector<Json> documents = RecordsOf(result, "document");
  EXPECT_FALSE(documents[0].contains("reference"));
  EXPECT_FALSE(documents[0].contains("stood_for_by"));
  EXPECT_EQ(documents[1]["reference"], true);
  EXPECT_FALSE(documents[1].contains("new"));
  EXPECT_EQ(documents[2]["reference"], true);
  EXPECT_EQ(documents[2]["new"], true);
  EXPECT_EQ(documents[3]["stood_for_by"], 0);
  EXPECT_EQ(RecordsOf(result, "footer")[0]["references"], 2);
}

}  // namespace
}  // namespace twicetold
