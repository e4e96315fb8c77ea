// SPDX-License-Identifier: Apache-2.0
//
// The result of a run, as plain data. It holds no times, thread counts, memory
// sizes or temporary paths: the same input and options give the same result.
#ifndef TWICETOLD_REPORT_RESULT_H_
#define TWICETOLD_REPORT_RESULT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/base/hash.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/corpus/record_name.h"
#include "twicetold/corpus/role.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/match/cluster.h"
#include "twicetold/match/verify.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/locate.h"
#include "twicetold/passage/passage.h"

namespace twicetold {

// One document. Its id is its index in Result::documents.
struct DocumentRecord {
  std::vector<std::string> names;  // as reached; the first stands for it
  RecordName record = {};          // of a file of records
  uint64_t bytes = 0;
  uint64_t words = 0;  // tokens
  Encoding encoding = Encoding::kUtf8;
  uint64_t bad_bytes = 0;
  Digest digest = {};  // of the bytes
  Role role = Role::kNew;
  // Of Result::against: the document of less id on the same side that has the
  // same words and stands for this one where others are compared.
  std::optional<uint32_t> stood_for_by = {};
  uint32_t in_corpus = 0;  // its number in the corpus; not reported
};

// Where one side of a passage stands.
struct LocatedSide {
  uint32_t document = 0;  // id
  ByteRange bytes;        // of the original document
  CharRange chars;
  LineRange lines;
  uint64_t words = 0;
  uint32_t first_word = 0;  // counted from 0; not reported
};

// One passage of a pair of documents, or of one with itself. Its id is its
// index in Result::passages.
struct PassageRecord {
  LocatedSide a;
  LocatedSide b;
  double score = 0;
  double similarity = 0;
  uint64_t common_words = 0;
  PassageKind kind = PassageKind::kReworded;
  // Ranges of bytes of the original documents, tiling both sides; what is the
  // same in UTF-8 counts as equal, whatever the encodings. Empty unless
  // Result::has_edits.
  std::vector<Edit> edits;
};

// One text in several places, and the passages that say so. Its id is its
// index in Result::reuses.
struct ReuseRecord {
  struct Place {
    uint32_t document = 0;  // id
    ByteRange bytes;
    LineRange lines;
  };
  PassageKind kind = PassageKind::kReworded;
  double score = 0;          // of its best passage
  uint64_t place_count = 0;  // all there are; `places` may be the first
  std::vector<Place> places = {};
  std::vector<uint32_t> passages = {};  // ids
  bool ignored = false;  // text that was to be ignored, in all of them
};

// An option that changes the result, and its value.
using SettingValue = std::variant<bool, int64_t, uint64_t, double, std::string,
                                  std::vector<std::string>>;
using Setting = std::pair<std::string, SettingValue>;

// What was estimated, capped or left undone.
struct SearchNotes {
  int rows = 0;  // the bands that found the candidate pairs
  int bands = 0;
  double expected_recall = 0;  // at the threshold, from the banding curve
  uint64_t candidate_pairs = 0;
  uint64_t verified_pairs = 0;
  uint64_t overfull_buckets = 0;  // banded again inside themselves
  uint64_t led_buckets = 0;       // compared with leaders only
  uint64_t capped_documents = 0;  // compared with some leaders, not all
  // Windows are pairs of places where recycled text may stand.
  uint64_t windows_left_out = 0;  // of a part of a document with many more
  // Of documents that could not be read again.
  uint64_t windows_unreadable = 0;
  // Times that three words stood in more places before a document than were
  // looked at.
  uint64_t anchors_passed_over = 0;
};

struct Result {
  std::vector<Setting> settings;
  std::vector<DocumentRecord> documents;  // in corpus order: files by name
  std::vector<Match> matches;             // ascending by (a, b)
  std::vector<Cluster> clusters;          // ascending by least member
  std::vector<PassageRecord> passages;    // highest score first
  std::vector<ReuseRecord> reuses;
  bool has_passages = false;          // whether passages were looked for
  bool has_edits = false;             // whether their edits were asked for
  std::vector<SkippedInput> skipped;  // ascending by path, line, then reason
  bool against = false;  // whether new documents were held against others
  SearchNotes notes;
};

// True if something could not be read that should have been.
bool HasErrors(const Result& result);

// The bytes of all documents.
uint64_t TotalBytes(const Result& result);

// The documents whose role is one that `counts`, and the bytes of those.
struct RoleTotals {
  uint64_t documents = 0;
  uint64_t bytes = 0;
};
RoleTotals TotalsOf(const Result& result, bool (*counts)(Role));

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_RESULT_H_
