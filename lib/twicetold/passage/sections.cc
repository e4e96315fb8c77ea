// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sections.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>

#include "twicetold/passage/run_sieve.h"
#include "twicetold/passage/runs.h"

namespace twicetold {
namespace {

// Less of a run is not worth taking.
constexpr uint32_t kLeastRunWords = 4;

// The longest part of a run with no word that is used on either side.
Run UnusedPart(const Run& run, std::span<const uint8_t> used_a,
               std::span<const uint8_t> used_b) {
  Run longest;
  uint32_t begin = 0;
  for (uint32_t i = 0; i <= run.length; ++i) {
    if (i < run.length && used_a[i] == 0 && used_b[i] == 0) continue;
    if (i - begin > longest.length) {
      longest = {run.a + begin, run.b + begin, i - begin};
    }
    begin = i + 1;
  }
  return longest;
}

// Runs that share no word with each other on either side, longest first taken,
// ascending by a. Neighbours often have a word of each other's by chance.
std::vector<Run> TakeApart(std::span<const Run> found, const Draft& draft) {
  std::vector<Run> runs(found.begin(), found.end());
  std::sort(runs.begin(), runs.end(), [](const Run& x, const Run& y) {
    return x.length != y.length ? x.length > y.length : ByPlace(x, y);
  });
  std::vector<uint8_t> used_a(draft.a.size(), 0);
  std::vector<uint8_t> used_b(draft.b.size(), 0);
  std::vector<Run> taken;
  for (const Run& run : runs) {
    const Run part =
        UnusedPart(run, std::span(used_a).subspan(run.a - draft.a.begin),
                   std::span(used_b).subspan(run.b - draft.b.begin));
    if (part.length < kLeastRunWords) continue;
    std::fill_n(used_a.begin() + (part.a - draft.a.begin), part.length,
                uint8_t{1});
    std::fill_n(used_b.begin() + (part.b - draft.b.begin), part.length,
                uint8_t{1});
    taken.push_back(part);
  }
  std::sort(taken.begin(), taken.end(),
            [](const Run& x, const Run& y) { return ByPlace(x, y); });
  return taken;
}

// A row of runs that belong together.
struct Section {
  WordRange a;
  WordRange b;

  bool HasWords(uint32_t words) const {
    return std::min(a.size(), b.size()) >= words;
  }
};

}  // namespace

class SectionSplitter::Splitter {
 public:
  Splitter(const StemPair& pair, uint32_t min_words, EvidenceCounter* evidence)
      : pair_(pair), min_words_(min_words), evidence_(*evidence) {}

  // Appends what becomes of the draft.
  void AddTo(const Draft& draft, std::vector<Draft>* split) {
    std::vector<Section> sections;
    if (draft.source != DraftSource::kSummary) sections = Split(draft);
    if (sections.empty()) split->push_back(draft);
    for (const Section& section : sections) {
      if (!section.HasWords(min_words_)) continue;
      split->push_back(
          {section.a, section.b, DraftSource::kRuns, draft.weight});
    }
  }

 private:
  // Nothing if the draft is one passage.
  std::vector<Section> Split(const Draft& draft) {
    const double longer = std::max(draft.a.size(), draft.b.size());
    const double least = kMinSectionCover * longer;
    if (sieve_.MostWordsInRuns(*pair_.a.words, draft.a, *pair_.side_b().words,
                               draft.b) < least) {
      return {};
    }
    const std::span<const Run> found =
        finder_.Find(pair_, draft.a, draft.b, kAnyRun);
    // One run is one section.
    if (found.size() < 2) return {};
    const std::vector<Run> runs = TakeApart(found, draft);
    uint64_t covered = 0;
    for (const Run& run : runs) covered += run.length;
    if (static_cast<double>(covered) < least) return {};

    std::vector<Section> sections;
    sections.reserve(runs.size());
    for (const Run& run : runs) {
      sections.push_back({run.side_a(), run.side_b()});
    }
    sections = Join(sections);
    sections = Join(WithoutPhrases(sections));
    if (!HasCrossing(sections) &&
        ForeignWords(sections) < kMinForeignShare * longer) {
      return {};
    }
    Extend(draft, &sections);
    return sections;
  }

  static constexpr RunOptions kAnyRun = {.min_chars = 0};

  static WordRange Between(WordRange x, WordRange y) {
    return {x.end, std::max(x.end, y.begin)};
  }

  bool IsForeign(WordRange a, WordRange b) {
    if (std::min(a.size(), b.size()) < kLeastForeignWords) return false;
    const Evidence evidence = evidence_.Count(a, b);
    return std::max(evidence.share_a, evidence.share_b) < kMostForeignShared;
  }

  // Joins sections, ascending by a, with no other between them on either side.
  std::vector<Section> Join(const std::vector<Section>& sections) {
    const std::vector<size_t> rank = RanksByB(sections);
    std::vector<Section> joined;
    for (size_t i = 0; i < sections.size(); ++i) {
      const Section& section = sections[i];
      if (i > 0 && rank[i] == rank[i - 1] + 1 &&
          !IsForeign(Between(sections[i - 1].a, section.a),
                     Between(sections[i - 1].b, section.b))) {
        joined.back().a.end = section.a.end;
        joined.back().b.end = section.b.end;
      } else {
        joined.push_back(section);
      }
    }
    return joined;
  }

  // How many sections begin before each on side b.
  static std::vector<size_t> RanksByB(const std::vector<Section>& sections) {
    std::vector<size_t> order(sections.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t x, size_t y) {
      return sections[x].b.begin < sections[y].b.begin;
    });
    std::vector<size_t> rank(order.size());
    for (size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    return rank;
  }

  // The sections without those of few words that stand in another order: a
  // phrase that both sides have is no section.
  std::vector<Section> WithoutPhrases(const std::vector<Section>& sections) {
    const std::vector<size_t> rank = RanksByB(sections);
    std::vector<Section> kept;
    for (size_t i = 0; i < sections.size(); ++i) {
      if (sections[i].HasWords(min_words_) || rank[i] == i) {
        kept.push_back(sections[i]);
      }
    }
    return kept;
  }

  bool HasCrossing(const std::vector<Section>& sections) {
    const Section* last = nullptr;
    for (const Section& section : sections) {
      if (!section.HasWords(min_words_)) continue;
      if (last != nullptr && section.b.begin < last->b.begin) return true;
      last = &section;
    }
    return false;
  }

  // Of the longer of both sides between sections that follow each other.
  double ForeignWords(const std::vector<Section>& sections) {
    double words = 0;
    for (size_t i = 1; i < sections.size(); ++i) {
      const WordRange a = Between(sections[i - 1].a, sections[i].a);
      const WordRange b = Between(sections[i - 1].b, sections[i].b);
      if (IsForeign(a, b)) words += std::max(a.size(), b.size());
    }
    return words;
  }

  // Gives the first and the last section what the draft has beyond them, where
  // it is part of them.
  void Extend(const Draft& draft, std::vector<Section>* sections) {
    if (sections->empty()) return;
    const auto belongs = [this](WordRange a, WordRange b) {
      if (std::max(a.size(), b.size()) < kLeastForeignWords) return true;
      if (a.empty() || b.empty()) return false;
      const Evidence evidence = evidence_.Count(a, b);
      return std::max(evidence.share_a, evidence.share_b) >= kMostForeignShared;
    };
    Section& first = sections->front();
    const bool first_on_b = std::all_of(
        sections->begin(), sections->end(),
        [&](const Section& s) { return s.b.begin >= first.b.begin; });
    if (first_on_b && belongs({draft.a.begin, first.a.begin},
                              {draft.b.begin, first.b.begin})) {
      first.a.begin = draft.a.begin;
      first.b.begin = draft.b.begin;
    }
    Section& last = sections->back();
    const bool last_on_b =
        std::all_of(sections->begin(), sections->end(),
                    [&](const Section& s) { return s.b.end <= last.b.end; });
    if (last_on_b &&
        belongs({last.a.end, draft.a.end}, {last.b.end, draft.b.end})) {
      last.a.end = draft.a.end;
      last.b.end = draft.b.end;
    }
  }

  const StemPair& pair_;
  const uint32_t min_words_;
  EvidenceCounter& evidence_;
  RunSieve sieve_;
  RunFinder finder_;
};

SectionSplitter::SectionSplitter(const StemPair& pair, uint32_t min_words,
                                 EvidenceCounter* evidence)
    : splitter_(std::make_unique<Splitter>(pair, min_words, evidence)) {}
SectionSplitter::~SectionSplitter() = default;

std::vector<Draft> SectionSplitter::Split(const std::vector<Draft>& drafts) {
  std::vector<Draft> split;
  split.reserve(drafts.size());
  for (const Draft& draft : drafts) splitter_->AddTo(draft, &split);
  return split;
}

}  // namespace twicetold
