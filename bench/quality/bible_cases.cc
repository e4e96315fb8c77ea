// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/bible_cases.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "bench/quality/passage_text.h"
#include "bench/records.h"

namespace twicetold {
namespace {

constexpr size_t kLeastPlanted = 8;
constexpr size_t kMostPlanted = 40;
constexpr size_t kLeastFiller = 60;
constexpr size_t kMostFiller = 200;

CharRange Moved(CharRange range, uint64_t by) {
  return {range.begin + by, range.end + by};
}

}  // namespace

absl::StatusOr<Bible> LoadBible(const std::string& path) {
  Bible bible;
  std::vector<Bible::Chapter> chapters;
  std::string last_book;
  std::string last_chapter;
  const absl::Status status = ForEachRow(
      path, "book\tchapter\tverse\tkjv\tweb",
      [&](const std::vector<std::string_view>& row) {
        const size_t number = bible.verses.size();
        const bool new_book = row[0] != last_book || bible.books.empty();
        if (new_book) bible.books.push_back({number, number});
        if (new_book || row[1] != last_chapter) {
          chapters.push_back({{number, number}, bible.books.size() - 1});
        }
        last_book = row[0];
        last_chapter = row[1];
        ++bible.books.back().end;
        ++chapters.back().verses.end;
        bible.verses.push_back(
            {absl::StrFormat("%s %s:%s", row[0], row[1], row[2]),
             {std::string(row[3]), std::string(row[4])}});
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  for (const Bible::Chapter& chapter : chapters) {
    if (chapter.verses.size() >= kLeastPlanted) {
      bible.chapters.push_back(chapter);
    }
  }
  const auto long_books = std::count_if(
      bible.books.begin(), bible.books.end(),
      [](VerseRange book) { return book.size() >= kLeastFiller; });
  if (long_books < 2 || bible.chapters.empty()) {
    return absl::DataLossError(path + " has too few verses");
  }
  return bible;
}

VerseRange BibleCaseMaker::PartOf(VerseRange whole, size_t least, size_t most) {
  const size_t wanted = least + Below(most - least + 1);
  const size_t size = std::min(wanted, whole.size());
  const size_t begin = whole.begin + Below(whole.size() - size + 1);
  return {begin, begin + size};
}

// Of another book than the chapter's.
VerseRange BibleCaseMaker::FillerFor(const Bible::Chapter& chapter) {
  size_t book = 0;
  do {
    book = Below(bible_.books.size());
  } while (book == chapter.book || bible_.books[book].size() < kLeastFiller);
  return PartOf(bible_.books[book], kLeastFiller, kMostFiller);
}

std::string BibleCaseMaker::NameOf(VerseRange verses) const {
  return absl::StrFormat("%s to %s", bible_.verses[verses.begin].name,
                         bible_.verses[verses.end - 1].name);
}

CharRange BibleCaseMaker::Append(VerseRange verses, size_t translation,
                                 std::string* text) const {
  CharRange range;
  bool empty = true;
  for (size_t i = verses.begin; i < verses.end; ++i) {
    const std::string& verse = bible_.verses[i].translation[translation];
    if (verse.empty()) continue;
    if (!text->empty()) *text += '\n';
    if (std::exchange(empty, false)) range.begin = CountChars(*text);
    *text += verse;
  }
  range.end = empty ? range.begin : CountChars(*text);
  return range;
}

BibleCase BibleCaseMaker::MakeCase() {
  const Bible::Chapter& chapter =
      bible_.chapters[Below(bible_.chapters.size())];
  const VerseRange planted =
      PartOf(chapter.verses, kLeastPlanted, kMostPlanted);
  const VerseRange filler = FillerFor(chapter);
  const size_t edge = filler.begin + Below(filler.size() + 1);
  const size_t one = Below(2);
  const size_t other = 1 - one;

  BibleCase made;
  made.name = NameOf(planted) + " in " + NameOf(filler);
  Append({filler.begin, edge}, other, &made.a);
  made.across.a = Append(planted, one, &made.a);
  Append({edge, filler.end}, other, &made.a);
  Append({chapter.verses.begin, planted.begin}, other, &made.b);
  made.across.b = Append(planted, other, &made.b);
  Append({planted.end, chapter.verses.end}, other, &made.b);

  if (Below(2) == 0) {
    made.joined = made.a + '\n' + made.b;
    made.within = {made.across.a, Moved(made.across.b, CountChars(made.a) + 1)};
  } else {
    made.joined = made.b + '\n' + made.a;
    made.within = {made.across.b, Moved(made.across.a, CountChars(made.b) + 1)};
  }
  return made;
}

UnrelatedPair BibleCaseMaker::MakeUnrelatedPair() {
  const Bible::Chapter& chapter =
      bible_.chapters[Below(bible_.chapters.size())];
  const VerseRange filler = FillerFor(chapter);
  const size_t translation = Below(2);
  UnrelatedPair made;
  made.name = NameOf(chapter.verses) + " and " + NameOf(filler);
  Append(filler, translation, &made.a);
  Append(chapter.verses, translation, &made.b);
  return made;
}

}  // namespace twicetold
