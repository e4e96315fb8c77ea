// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_passages.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "twicetold/corpus/encoding.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/locate.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

// A document as it is now.
struct ReadText {
  std::string bytes;
  std::string decoded;
  std::optional<DecodedText> text;  // nothing if it cannot be read
};

void Read(const Corpus& corpus, uint32_t document, ReadText* read) {
  read->text.reset();
  const ReadResult result = corpus.Read(document, &read->bytes);
  if (result.skip || FindBinary(result.text)) return;
  read->text = Decode(result.text, &read->decoded);
}

// Ranges of decoded text to be located: passages first, then places of reuse.
class Locator {
 public:
  // Gives the number under which Get knows the location.
  size_t Add(uint32_t document, ByteRange utf8) {
    wanted_.push_back({document, utf8});
    return wanted_.size() - 1;
  }

  void Locate(const Corpus& corpus) {
    locations_.resize(wanted_.size());
    const std::vector<uint32_t> order = ByDocument();
    ReadText read;
    for (size_t begin = 0; begin < order.size();) {
      const uint32_t document = wanted_[order[begin]].document;
      size_t end = begin + 1;
      while (end < order.size() && wanted_[order[end]].document == document) {
        ++end;
      }
      Read(corpus, document, &read);
      LocateIn(read, std::span(order).subspan(begin, end - begin));
      begin = end;
    }
  }

  const std::optional<Location>& Get(size_t number) const {
    return locations_[number];
  }

 private:
  struct Wanted {
    uint32_t document = 0;
    ByteRange utf8;
  };

  // Numbers of what is wanted, those of one document behind each other.
  std::vector<uint32_t> ByDocument() const {
    uint32_t documents = 0;
    for (const Wanted& wanted : wanted_) {
      documents = std::max(documents, wanted.document + 1);
    }
    std::vector<uint32_t> next(size_t{documents} + 1, 0);
    for (const Wanted& wanted : wanted_) ++next[wanted.document + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<uint32_t> order(wanted_.size());
    for (uint32_t i = 0; i < wanted_.size(); ++i) {
      order[next[wanted_[i].document]++] = i;
    }
    return order;
  }

  // Of one document.
  void LocateIn(const ReadText& read, std::span<const uint32_t> numbers) {
    if (!read.text) return;
    ranges_.clear();
    for (const uint32_t number : numbers) {
      ranges_.push_back(wanted_[number].utf8);
    }
    const bool fits =
        std::all_of(ranges_.begin(), ranges_.end(), [&read](ByteRange range) {
          return range.end <= read.text->utf8.size();
        });
    if (!fits) return;
    const std::vector<Location> located =
        twicetold::Locate(*read.text, ranges_);
    for (size_t i = 0; i < numbers.size(); ++i) {
      locations_[numbers[i]] = located[i];
    }
  }

  std::vector<Wanted> wanted_;
  std::vector<ByteRange> ranges_;  // of one document
  std::vector<std::optional<Location>> locations_;
};

// The passages that entries of reuse name, best first.
std::vector<uint32_t> NamedPassages(const FoundPassages& found) {
  std::vector<uint32_t> named;
  for (const FoundReuse& reuse : found.reuses) {
    named.insert(named.end(), reuse.passages.begin(), reuse.passages.end());
  }
  std::sort(named.begin(), named.end(), [&found](uint32_t x, uint32_t y) {
    const auto key = [&found](uint32_t i) {
      const FoundPassage& p = found.passages[i];
      return std::tuple(-p.passage.score, p.document_a, p.document_b,
                        p.passage.a.begin, p.passage.b.begin);
    };
    return key(x) < key(y);
  });
  return named;
}

LocatedSide SideOf(uint32_t id, const Location& location, WordRange words) {
  return {.document = id,
          .bytes = location.bytes,
          .chars = location.chars,
          .lines = location.lines,
          .words = words.size(),
          .first_word = words.begin};
}

// The edits of a passage, in bytes of the documents.
class EditMaker {
 public:
  explicit EditMaker(const Corpus& corpus) : corpus_(corpus) {}

  std::vector<Edit> Make(const FoundPassage& found) {
    Load(found.document_a, &a_);
    Load(found.document_b, &b_);
    if (!a_.read.text || !b_.read.text) return {};
    if (found.passage.a.end > a_.words.size() ||
        found.passage.b.end > b_.words.size()) {
      return {};
    }
    std::vector<Edit> edits =
        DiffPassage(a_.read.text->utf8, a_.words, b_.read.text->utf8, b_.words,
                    found.passage)
            .edits;
    std::vector<ByteRange> in_a;
    std::vector<ByteRange> in_b;
    for (const Edit& edit : edits) {
      in_a.push_back(edit.a);
      in_b.push_back(edit.b);
    }
    in_a = LocateBytes(*a_.read.text, in_a);
    in_b = LocateBytes(*b_.read.text, in_b);
    for (size_t i = 0; i < edits.size(); ++i) {
      edits[i].a = in_a[i];
      edits[i].b = in_b[i];
    }
    return edits;
  }

 private:
  struct Loaded {
    std::optional<uint32_t> document;
    ReadText read;
    Words words;
  };

  void Load(uint32_t document, Loaded* loaded) {
    if (loaded->document == document) return;
    loaded->document = document;
    Read(corpus_, document, &loaded->read);
    if (loaded->read.text) loaded->words = MakeWords(loaded->read.text->utf8);
  }

  const Corpus& corpus_;
  Loaded a_;
  Loaded b_;
};

// Makes records in three steps: what is to be located, locating it, records.
class RecordMaker {
 public:
  RecordMaker(const Corpus& corpus, const FoundPassages& found,
              std::span<const uint32_t> ids)
      : corpus_(corpus),
        found_(found),
        ids_(ids),
        named_(NamedPassages(found)) {}

  void Locate() {
    for (const uint32_t i : named_) {
      const FoundPassage& passage = found_.passages[i];
      sides_.push_back({locator_.Add(passage.document_a, passage.utf8_a),
                        locator_.Add(passage.document_b, passage.utf8_b)});
    }
    for (const FoundReuse& reuse : found_.reuses) {
      std::vector<size_t>& numbers = places_.emplace_back();
      for (const FoundPlace& place : reuse.places) {
        numbers.push_back(locator_.Add(place.document, place.utf8));
      }
    }
    locator_.Locate(corpus_);
  }

  void AddPassagesTo(Result* result) {
    EditMaker edits(corpus_);
    id_of_.assign(found_.passages.size(), kNoId);
    for (size_t n = 0; n < named_.size(); ++n) {
      const FoundPassage& from = found_.passages[named_[n]];
      const auto& a = locator_.Get(sides_[n].a);
      const auto& b = locator_.Get(sides_[n].b);
      if (!a || !b) continue;
      id_of_[named_[n]] = static_cast<uint32_t>(result->passages.size());
      result->passages.push_back(
          {.a = SideOf(ids_[from.document_a], *a, from.passage.a),
           .b = SideOf(ids_[from.document_b], *b, from.passage.b),
           .score = from.passage.score,
           .similarity = from.passage.similarity(),
           .common_words = from.passage.common_words,
           .kind = from.passage.kind,
           .edits =
               result->has_edits ? edits.Make(from) : std::vector<Edit>()});
    }
  }

  // After the passages.
  void AddReusesTo(Result* result) const {
    for (size_t r = 0; r < found_.reuses.size(); ++r) {
      const FoundReuse& from = found_.reuses[r];
      ReuseRecord record{.kind = from.kind,
                         .score = from.score,
                         .place_count = from.place_count,
                         .ignored = from.ignored};
      for (size_t i = 0; i < from.places.size(); ++i) {
        const auto& location = locator_.Get(places_[r][i]);
        if (!location) continue;
        record.places.push_back({.document = ids_[from.places[i].document],
                                 .bytes = location->bytes,
                                 .lines = location->lines});
      }
      for (const uint32_t passage : from.passages) {
        const uint32_t id = id_of_[passage];
        if (id != kNoId) record.passages.push_back(id);
      }
      if (!record.places.empty()) result->reuses.push_back(std::move(record));
    }
  }

 private:
  static constexpr uint32_t kNoId = std::numeric_limits<uint32_t>::max();

  struct Sides {
    size_t a = 0;
    size_t b = 0;
  };

  const Corpus& corpus_;
  const FoundPassages& found_;
  const std::span<const uint32_t> ids_;
  const std::vector<uint32_t> named_;
  Locator locator_;
  std::vector<Sides> sides_;                 // of named_, as Locator numbers
  std::vector<std::vector<size_t>> places_;  // of each reuse, likewise
  std::vector<uint32_t> id_of_;              // by place in found_.passages
};

}  // namespace

void AddPassages(const Corpus& corpus, const FoundPassages& found,
                 std::span<const uint32_t> ids, Result* result) {
  RecordMaker maker(corpus, found, ids);
  maker.Locate();
  maker.AddPassagesTo(result);
  maker.AddReusesTo(result);
}

}  // namespace twicetold
