// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/cluster_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/shown_name.h"

namespace twicetold {
namespace {

// Pairs named below a cluster besides those that explain its members; more
// are summed up, and are in the other formats.
constexpr size_t kMostFurtherPairs = 50;

// What holds for all members of a cluster.
std::string Kinship(const Cluster& cluster,
                    std::span<const Match* const> matches) {
  Relation loosest = Relation::kIdentical;
  for (const Match* match : matches) {
    loosest = std::max(loosest, match->relation);
  }
  switch (loosest) {
    case Relation::kIdentical:
      return "identical";
    case Relation::kSameText:
      return "the same text";
    case Relation::kNearDuplicate:
      break;
    case Relation::kContained:
      return "near-duplicates or contained, Jaccard with 1 at least " +
             HumanFraction(cluster.min_jaccard);
  }
  return "near-duplicates, Jaccard with 1 at least " +
         HumanFraction(cluster.min_jaccard);
}

std::string ExplainContained(const Match& match, bool from_b,
                             const std::string& other) {
  if (IsAContained(match) != from_b) {
    return "contained in " + other + ": passages cover 90 % of it at least";
  }
  return "contains " + other + ": passages cover 90 % of that at least";
}

// A match seen from one of its sides.
std::string Explain(const Match& match, bool from_b, const std::string& self,
                    const std::string& other) {
  switch (match.relation) {
    case Relation::kIdentical:
      return "identical to " + other;
    case Relation::kSameText:
      return "same text as " + other +
             " (case, punctuation, layout or encoding differ)";
    case Relation::kContained:
      return ExplainContained(match, from_b, other);
    case Relation::kNearDuplicate:
      break;
  }
  const double of_other =
      from_b ? match.containment_of_a_in_b() : match.containment_of_b_in_a();
  const double of_self =
      from_b ? match.containment_of_b_in_a() : match.containment_of_a_in_b();
  return absl::StrFormat(
      "near-duplicate of %s: Jaccard %s, shares %s of %s, %s of %s", other,
      HumanFraction(match.jaccard()), HumanPercent(of_other), other,
      HumanPercent(of_self), self);
}

class ClusterPrinter {
 public:
  ClusterPrinter(const Result& result, size_t index,
                 std::span<const Match* const> matches, TextPrinter* printer)
      : result_(result),
        cluster_(result.clusters[index]),
        index_(index),
        matches_(matches),
        printer_(printer) {}

  void Print() {
    printer_->PutLine(
        "",
        absl::StrFormat("Cluster %s of %s: %s, %s", HumanCount(index_ + 1),
                        HumanCount(result_.clusters.size()),
                        HumanCount(cluster_.members.size(), "document"),
                        Kinship(cluster_, matches_)),
        2, Emphasis::kBold);
    ChooseExplanations();
    PrintMembers();
    PrintFurther();
    printer_->Put("\n");
  }

 private:
  std::string NameOf(uint32_t document) const {
    return ShownName(result_.documents[document]);
  }

  std::string NumberOf(uint32_t member) const {
    const auto at = std::lower_bound(cluster_.members.begin(),
                                     cluster_.members.end(), member);
    return HumanCount(static_cast<uint64_t>(at - cluster_.members.begin()) + 1);
  }

  // Matches ascend, so that the first as side b is with the earliest member.
  // A member that is side a of all its matches is explained by one of those.
  void ChooseExplanations() {
    std::vector<const Match*> left;
    for (const Match* match : matches_) {
      if (!match_of_.try_emplace(match->b, match).second) left.push_back(match);
    }
    match_of_.try_emplace(cluster_.representative, nullptr);
    for (const Match* match : left) {
      if (!match_of_.try_emplace(match->a, match).second) {
        further_.push_back(match);
      }
    }
  }

  // Of the names that have room for an explanation beside them: a longer one
  // moves no column.
  size_t NameWidth(size_t number_width) const {
    size_t name_width = 0;
    for (uint32_t member : cluster_.members) {
      const size_t width = DisplayWidth(NameOf(member));
      if (width > name_width && Fits(number_width + width, Why(member))) {
        name_width = width;
      }
    }
    return name_width;
  }

  bool Fits(size_t taken, const std::string& why) const {
    return taken + 2 + DisplayWidth(why) <= printer_->width();
  }

  void PrintMembers() {
    const size_t digits = HumanCount(cluster_.members.size()).size();
    const size_t number_width = digits + 4;
    const size_t name_width = NameWidth(number_width);
    for (uint32_t member : cluster_.members) {
      const std::string number =
          "  " + PadLeft(NumberOf(member), digits) + "  ";
      const std::string why = Why(member);
      const size_t indent = number.size() + 2;
      if (DisplayWidth(NameOf(member)) <= name_width &&
          Fits(number_width + name_width, why)) {
        printer_->Put(number + PadRight(NameOf(member), name_width) + "  " +
                      printer_->Styled(Emphasis::kDim, why) + "\n");
      } else {
        printer_->Put(number + NameOf(member) + "\n");
        printer_->PutLine(std::string(indent, ' '), why, indent,
                          Emphasis::kDim);
      }
      PrintOtherNames(member, number.size());
    }
  }

  std::string Why(uint32_t member) const {
    const auto at = match_of_.find(member);
    // A member whose only match explains another one already.
    const Match* match = at == match_of_.end() ? FirstOf(member) : at->second;
    if (match == nullptr) {
      return HumanCount(result_.documents[member].words, "word");
    }
    const bool from_b = match->b == member;
    return Explain(*match, from_b, NumberOf(member),
                   NumberOf(from_b ? match->a : match->b));
  }

  const Match* FirstOf(uint32_t member) const {
    const auto at =
        std::find_if(matches_.begin(), matches_.end(),
                     [member](const Match* m) { return m->a == member; });
    return at == matches_.end() ? nullptr : *at;
  }

  void PrintOtherNames(uint32_t member, size_t indent) {
    const auto& names = result_.documents[member].names;
    for (size_t i = 1; i < names.size(); ++i) {
      printer_->Put(std::string(indent, ' ') + "= " + Harmless(names[i]) +
                    printer_->Styled(Emphasis::kDim, "  the same file") + "\n");
    }
  }

  void PrintFurther() {
    constexpr size_t kIndent = 7;
    const std::string first(kIndent - 2, ' ');
    if (further_.empty()) return;
    if (further_.size() > kMostFurtherPairs) {
      const auto [least, most] = std::minmax_element(
          further_.begin(), further_.end(), [](const Match* x, const Match* y) {
            return x->jaccard() < y->jaccard();
          });
      return printer_->PutLine(
          first,
          absl::StrFormat("and %s among them, Jaccard %s to %s (-o jsonl has "
                          "all)",
                          HumanCount(further_.size(), "further pair"),
                          HumanFraction((*least)->jaccard()),
                          HumanFraction((*most)->jaccard())),
          kIndent);
    }
    std::string pairs = "also near-duplicates:";
    for (const Match* match : further_) {
      if (match != further_.front()) pairs += ',';
      pairs +=
          absl::StrFormat(" %s and %s %s", NumberOf(match->a),
                          NumberOf(match->b), HumanFraction(match->jaccard()));
    }
    printer_->PutLine(first, pairs, kIndent);
  }

  const Result& result_;
  const Cluster& cluster_;
  const size_t index_;
  const std::span<const Match* const> matches_;
  TextPrinter* const printer_;
  absl::flat_hash_map<uint32_t, const Match*> match_of_;  // explains a member
  std::vector<const Match*> further_;                     // explain none
};

}  // namespace

void PrintCluster(const Result& result, size_t index,
                  std::span<const Match* const> matches, TextPrinter* printer) {
  ClusterPrinter(result, index, matches, printer).Print();
}

}  // namespace twicetold
