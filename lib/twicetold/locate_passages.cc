// SPDX-License-Identifier: Apache-2.0
#include "twicetold/locate_passages.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>

#include "twicetold/corpus/text_reader.h"
#include "twicetold/make_edits.h"

namespace twicetold {
namespace {

constexpr uint64_t kCacheBytes = uint64_t{1} << 30;
constexpr size_t kDocumentGrain = 8;

// Ranges of decoded text, and where to put their locations.
class Locator {
 public:
  // `where` has to stay where it is.
  void Add(uint32_t document, ByteRange utf8, LocatedPassages::Where* where) {
    wanted_.push_back({document, utf8, where});
  }

  void Locate(const Corpus& corpus, ThreadPool* pool, std::stop_token stop) {
    SortByDocument();
    struct Worker {
      TextReader reader;
      std::vector<ByteRange> ranges;
    };
    std::vector<std::unique_ptr<Worker>> workers(
        static_cast<size_t>(pool->size()));
    pool->For(
        begins_.size() - 1, kDocumentGrain,
        [&](size_t begin, size_t end, int worker) {
          auto& own = workers[static_cast<size_t>(worker)];
          if (own == nullptr) own = std::make_unique<Worker>();
          for (size_t i = begin; i < end; ++i) {
            const std::span<const Wanted> wanted = std::span(sorted_).subspan(
                begins_[i], begins_[i + 1] - begins_[i]);
            if (wanted.empty()) continue;
            const DecodedText* text =
                own->reader.Read(corpus, wanted.front().document);
            if (text != nullptr) LocateIn(*text, wanted, &own->ranges);
          }
        },
        std::move(stop));
  }

 private:
  struct Wanted {
    uint32_t document = 0;
    ByteRange utf8;
    LocatedPassages::Where* where = nullptr;
  };

  // A stable counting sort.
  void SortByDocument() {
    uint32_t documents = 0;
    for (const Wanted& wanted : wanted_) {
      documents = std::max(documents, wanted.document + 1);
    }
    begins_.assign(size_t{documents} + 1, 0);
    for (const Wanted& wanted : wanted_) ++begins_[wanted.document + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<size_t> next = begins_;
    sorted_.resize(wanted_.size());
    for (const Wanted& wanted : wanted_) {
      sorted_[next[wanted.document]++] = wanted;
    }
    wanted_ = {};
  }

  // Of one document.
  static void LocateIn(const DecodedText& text, std::span<const Wanted> wanted,
                       std::vector<ByteRange>* ranges) {
    ranges->clear();
    for (const Wanted& one : wanted) {
      if (one.utf8.end > text.utf8.size()) return;
      ranges->push_back(one.utf8);
    }
    const std::vector<Location> located = twicetold::Locate(text, *ranges);
    for (size_t i = 0; i < wanted.size(); ++i) *wanted[i].where = located[i];
  }

  std::vector<Wanted> wanted_;
  std::vector<Wanted> sorted_;
  std::vector<size_t> begins_;  // of each document in sorted_, and the end
};

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

}  // namespace

LocatedPassages LocatePassages(const Corpus& corpus, const FoundPassages& found,
                               bool with_edits, ThreadPool* pool,
                               std::stop_token stop) {
  LocatedPassages located{.named = NamedPassages(found)};
  Locator locator;
  located.sides.resize(located.named.size());
  for (size_t i = 0; i < located.named.size(); ++i) {
    const FoundPassage& passage = found.passages[located.named[i]];
    locator.Add(passage.document_a, passage.utf8_a, &located.sides[i].a);
    locator.Add(passage.document_b, passage.utf8_b, &located.sides[i].b);
  }
  located.places.resize(found.reuses.size());
  for (size_t i = 0; i < found.reuses.size(); ++i) {
    const std::vector<FoundPlace>& places = found.reuses[i].places;
    located.places[i].resize(places.size());
    for (size_t j = 0; j < places.size(); ++j) {
      locator.Add(places[j].document, places[j].utf8, &located.places[i][j]);
    }
  }
  locator.Locate(corpus, pool, stop);
  if (with_edits) {
    located.edits = MakeEdits(corpus, found.passages, located.named,
                              kCacheBytes, pool, std::move(stop));
  }
  return located;
}

}  // namespace twicetold
