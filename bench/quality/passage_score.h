// SPDX-License-Identifier: Apache-2.0
//
// How right found passages are, by the measure of the PAN competitions.
//
// A case is a passage that is there, a detection one that was found. Both are
// sets of characters on two sides. A detection detects a case of the same pair
// of documents if they overlap on both sides.
//   recall       mean over the cases of the share of their characters, both
//                sides taken together, in the detections that detect them
//   precision    mean over the detections, likewise, of the share in the cases
//                that they detect
//   granularity  detections of a detected case, in the mean
//   plagdet      F1 of recall and precision / log2(1 + granularity)
//
// Source: Potthast, Stein, Barron-Cedeno, Rosso, "An Evaluation Framework for
// Plagiarism Detection", COLING 2010, section 2 (macro-averaged).
//
// Cost: cases times detections of each pair of documents.
// Thread safety: plain values and free functions.
#ifndef TWICETOLD_BENCH_QUALITY_PASSAGE_SCORE_H_
#define TWICETOLD_BENCH_QUALITY_PASSAGE_SCORE_H_

#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

// A half-open range of characters (code points) of one document.
struct CharRange {
  uint64_t begin = 0;
  uint64_t end = 0;

  uint64_t size() const { return end - begin; }
  friend bool operator==(const CharRange&, const CharRange&) = default;
};

// A case or a detection in a pair of documents.
struct CharPassage {
  CharRange a;
  CharRange b;
  friend bool operator==(const CharPassage&, const CharPassage&) = default;
};

// What the passages on the other side of the comparison make of one.
struct Coverage {
  double share = 0;    // of its characters that are in passages it meets
  uint32_t meets = 0;  // passages that overlap it on both sides
};

// The coverage of each of `passages` by `others`, of the same pair of
// documents.
std::vector<Coverage> CoverageOf(std::span<const CharPassage> passages,
                                 std::span<const CharPassage> others);

// The comparison of one pair of documents.
struct PairCoverage {
  std::vector<Coverage> cases;       // by the detections
  std::vector<Coverage> detections;  // by the cases
};

PairCoverage Compare(std::span<const CharPassage> cases,
                     std::span<const CharPassage> detections);

// The measure over many pairs of documents.
class PassageScore {
 public:
  void Add(const PairCoverage& pair);

  uint64_t pairs() const { return pairs_; }
  uint64_t cases() const { return cases_; }
  uint64_t detections() const { return detections_; }
  // Detections that detect no case.
  uint64_t false_detections() const { return false_detections_; }

  double recall() const;       // 1 without cases
  double precision() const;    // 1 without detections
  double granularity() const;  // 1 if no case is detected
  double plagdet() const;      // 0 if recall and precision are

 private:
  uint64_t pairs_ = 0;
  uint64_t cases_ = 0;
  uint64_t detections_ = 0;
  uint64_t false_detections_ = 0;
  uint64_t detected_cases_ = 0;
  uint64_t meetings_ = 0;  // of a case and a detection
  double share_of_cases_ = 0;
  double share_of_detections_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_PASSAGE_SCORE_H_
