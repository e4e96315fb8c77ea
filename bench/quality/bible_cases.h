// SPDX-License-Identifier: Apache-2.0
//
// Reworded passages with exact truth, made of a Bible in two translations: 8
// to 40 verses of a chapter in one translation stand among 60 to 200 verses of
// another book in the other, where they can be found by their chapter in that
// other translation.
//
// All is drawn from std::mt19937_64 by remainders, so that a seed means the
// same cases everywhere.
//
// Thread safety: a Bible is immutable once loaded; a BibleCaseMaker is for one
// thread.
#ifndef TWICETOLD_BENCH_QUALITY_BIBLE_CASES_H_
#define TWICETOLD_BENCH_QUALITY_BIBLE_CASES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/quality/passage_score.h"

namespace twicetold {

// Half-open, of Bible::verses.
struct VerseRange {
  size_t begin = 0;
  size_t end = 0;

  size_t size() const { return end - begin; }
};

struct Bible {
  struct Verse {
    std::string name;                        // "Genesis 1:1"
    std::array<std::string, 2> translation;  // may be empty
  };
  struct Chapter {
    VerseRange verses;
    size_t book = 0;
  };

  std::vector<Verse> verses;
  std::vector<Chapter> chapters;  // of 8 verses or more
  std::vector<VerseRange> books;  // all
};

// A table of book, chapter, verse and two translations. Errors: those of
// ForEachRow; DataLoss if there are too few books of 60 verses for cases.
absl::StatusOr<Bible> LoadBible(const std::string& path);

struct BibleCase {
  std::string name;  // which verses, and among which

  // In two documents: the verses among others, and their chapter.
  std::string a;
  std::string b;
  CharPassage across;

  // Both in one document, in either order; the passage's a stands first.
  std::string joined;
  CharPassage within;
};

// Two documents as those of a case, without the verses that tell the same.
struct UnrelatedPair {
  std::string name;
  std::string a;
  std::string b;
};

class BibleCaseMaker {
 public:
  BibleCaseMaker(const Bible& bible, uint64_t seed)
      : bible_(bible), random_(seed) {}

  BibleCase MakeCase();
  UnrelatedPair MakeUnrelatedPair();

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  VerseRange PartOf(VerseRange whole, size_t least, size_t most);
  VerseRange FillerFor(const Bible::Chapter& chapter);
  std::string NameOf(VerseRange verses) const;
  // Appends verses, one a line; returns where they stand.
  CharRange Append(VerseRange verses, size_t translation,
                   std::string* text) const;

  const Bible& bible_;
  std::mt19937_64 random_;
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_BIBLE_CASES_H_
