// SPDX-License-Identifier: Apache-2.0
//
// A small result with one of everything, for tests of reports.
#ifndef TWICETOLD_TESTS_REPORT_SAMPLE_RESULT_H_
#define TWICETOLD_TESTS_REPORT_SAMPLE_RESULT_H_

#include "twicetold/report/result.h"

namespace twicetold::testing {

// Documents 0-2 are near-duplicates of each other, 3 is identical to 0, 4 and
// 5 are the same text, 6 is like nothing.
inline Result SampleResult() {
  Result result;
  result.settings = {{"shingle", int64_t{5}},
                     {"min_jaccard", .8},
                     {"seed", std::string("18446744073709551615")},
                     {"hidden", false},
                     {"glob", std::vector<std::string>{"*.txt", "!old/"}}};
  result.documents = {
      {.names = {"a.txt", "b/link.txt"}, .bytes = 6000, .words = 1004},
      {.names = {"caf\xe9.txt"},
       .bytes = 6100,
       .words = 1014,
       .encoding = Encoding::kWindows1252},
      {.names = {"見本.txt"}, .bytes = 6200, .words = 1024},
      {.names = {"d.txt"}, .bytes = 6000, .words = 1004},
      {.names = {"e.txt"}, .bytes = 50, .words = 9},
      {.names = {"f.txt"},
       .bytes = 104,
       .words = 9,
       .encoding = Encoding::kUtf16Le},
      {.names = {"g.txt"}, .bytes = 70, .words = 10, .bad_bytes = 3},
  };
  for (size_t i = 0; i < result.documents.size(); ++i) {
    result.documents[i].digest = {.high = 0xabc, .low = i == 3 ? 0 : i};
  }
  result.matches = {
      {0, 1, Relation::kNearDuplicate, {950, 1000, 1010}},
      {0, 2, Relation::kNearDuplicate, {1000, 1000, 1020}},
      {0, 3, Relation::kIdentical, {1000, 1000, 1000}},
      {1, 2, Relation::kNearDuplicate, {950, 1010, 1020}},
      {4, 5, Relation::kSameText, {}},
  };
  result.clusters = {
      {.members = {0, 1, 2, 3},
       .representative = 0,
       .min_jaccard = 950. / 1060},
      {.members = {4, 5},
       .representative = 4,
       .min_jaccard = 1,
       .all_pairs = false},
  };
  result.skipped = {
      {".git/", {SkipReason::kHidden, ""}},
      {"gone.txt", {SkipReason::kNotFound, "No such file or directory"}},
      {"x\x1b.bin", {SkipReason::kBinary, "NUL at byte 12"}},
      {"y\xff.bin", {SkipReason::kBinary, "NUL at byte 0"}},
  };
  result.notes = {.rows = 6,
                  .bands = 18,
                  .expected_recall = .9925592963964696,
                  .candidate_pairs = 4,
                  .verified_pairs = 3,
                  .overfull_buckets = 0,
                  .led_buckets = 0,
                  .capped_documents = 2,
                  .windows_left_out = 12,
                  .windows_unreadable = 1,
                  .anchors_passed_over = 3456};
  return result;
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_REPORT_SAMPLE_RESULT_H_
