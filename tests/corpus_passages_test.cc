// SPDX-License-Identifier: Apache-2.0
//
// Kinds of reuse in corpus/, held against corpus/truth.json: sections in
// another order, one paragraph in many documents, quotations, headers and
// footers on every page, and lists of questions, which are none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "twicetold/twicetold.h"

namespace twicetold {
namespace {

// Found and labelled places share so much of what either has.
constexpr double kSamePlace = .8;

struct NamedPlace {
  std::string path;
  ByteRange bytes;
};

std::ostream& operator<<(std::ostream& out, const NamedPlace& place) {
  return out << place.path << " [" << place.bytes.begin << ", "
             << place.bytes.end << ")";
}

bool Same(const NamedPlace& x, const NamedPlace& y) {
  if (x.path != y.path) return false;
  const double shared =
      static_cast<double>(std::min(x.bytes.end, y.bytes.end)) -
      std::max(x.bytes.begin, y.bytes.begin);
  const double either = std::max(x.bytes.end, y.bytes.end) -
                        std::min(x.bytes.begin, y.bytes.begin);
  return shared >= kSamePlace * either;
}

struct NamedPassage {
  NamedPlace a;
  NamedPlace b;
  std::string kind;
  double score = 0;
  uint64_t words = 0;  // of the longer side
};

bool Same(const NamedPassage& x, const NamedPassage& y) {
  return (Same(x.a, y.a) && Same(x.b, y.b)) ||
         (Same(x.a, y.b) && Same(x.b, y.a));
}

bool IsBetween(const NamedPassage& passage, const std::string& x,
               const std::string& y) {
  return std::minmax(passage.a.path, passage.b.path) == std::minmax(x, y);
}

std::string CorpusPath(const std::string& path) {
  return std::string(TWICETOLD_CORPUS_DIR) + "/" + path;
}

std::string ReadCorpus(const std::string& path) {
  std::ifstream file(CorpusPath(path), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

std::vector<NamedPassage> ReadTruth() {
  const nlohmann::json truth = nlohmann::json::parse(ReadCorpus("truth.json"));
  const auto place = [](const nlohmann::json& side) {
    return NamedPlace{side["path"], {side["bytes"][0], side["bytes"][1]}};
  };
  std::vector<NamedPassage> passages;
  for (const auto& passage : truth["passages"]) {
    const auto& a = passage["a"];
    const auto& b = passage["b"];
    passages.push_back(
        {place(a), place(b), passage["kind"], 0,
         std::max(a["words"].get<uint64_t>(), b["words"].get<uint64_t>())});
  }
  return passages;
}

template <typename Condition>
std::vector<NamedPassage> Only(const std::vector<NamedPassage>& passages,
                               const Condition& condition) {
  std::vector<NamedPassage> chosen;
  std::copy_if(passages.begin(), passages.end(), std::back_inserter(chosen),
               condition);
  return chosen;
}

// The places of passages, each once, in order.
std::vector<NamedPlace> PlacesOf(const std::vector<NamedPassage>& passages) {
  std::vector<NamedPlace> places;
  for (const NamedPassage& passage : passages) {
    places.push_back(passage.a);
    places.push_back(passage.b);
  }
  const auto key = [](const NamedPlace& place) {
    return std::tuple(place.path, place.bytes.begin, place.bytes.end);
  };
  std::sort(places.begin(), places.end(),
            [&](const auto& x, const auto& y) { return key(x) < key(y); });
  places.erase(std::unique(places.begin(), places.end(),
                           [&](const auto& x, const auto& y) {
                             return key(x) == key(y);
                           }),
               places.end());
  return places;
}

// What a run says, with names for numbers.
class Found {
 public:
  explicit Found(Result result) : result_(std::move(result)) {
    for (const PassageRecord& passage : result_.passages) {
      passages_.push_back({Place(passage.a), Place(passage.b),
                           std::string(PassageKindName(passage.kind)),
                           passage.score,
                           std::max(passage.a.words, passage.b.words)});
    }
  }

  const std::vector<NamedPassage>& passages() const { return passages_; }

  std::vector<NamedPassage> Between(const std::string& x,
                                    const std::string& y) const {
    return Only(passages_,
                [&](const NamedPassage& p) { return IsBetween(p, x, y); });
  }

  // Entries with a place in one of the documents.
  std::vector<ReuseRecord> ReusesIn(const std::set<std::string>& paths) const {
    std::vector<ReuseRecord> reuses;
    for (const ReuseRecord& reuse : result_.reuses) {
      if (std::any_of(reuse.places.begin(), reuse.places.end(),
                      [&](const ReuseRecord::Place& place) {
                        return paths.contains(Name(place.document));
                      })) {
        reuses.push_back(reuse);
      }
    }
    return reuses;
  }

  std::vector<NamedPlace> Places(const ReuseRecord& reuse) const {
    std::vector<NamedPlace> places;
    for (const ReuseRecord::Place& place : reuse.places) {
      places.push_back({Name(place.document), place.bytes});
    }
    return places;
  }

 private:
  std::string Name(uint32_t document) const {
    const std::string& path = result_.documents[document].names[0];
    const std::string root = CorpusPath("");
    return path.starts_with(root) ? path.substr(root.size()) : path;
  }
  NamedPlace Place(const LocatedSide& side) const {
    return {Name(side.document), side.bytes};
  }

  const Result result_;
  std::vector<NamedPassage> passages_;
};

const Found& ScanOfCorpus() {
  static const Found* const kFound = [] {
    const std::vector<std::string> roots = {TWICETOLD_CORPUS_DIR};
    WalkResult walk = Walk(roots, {});
    const FileCorpus corpus(std::move(walk.files), {}, std::move(walk.skipped));
    auto result = Scan(corpus, {});
    EXPECT_TRUE(result.ok()) << result.status();
    return new Found(*std::move(result));
  }();
  return *kFound;
}

// What `twicetold diff` finds in documents of corpus/.
Found DiffOf(const std::vector<std::string>& paths,
             const PassageOptions& options = {},
             const std::vector<std::string>& ignored = {}) {
  std::vector<std::string> texts;
  std::vector<TextView> views;
  for (const std::string& path : paths) texts.push_back(ReadCorpus(path));
  for (size_t i = 0; i < paths.size(); ++i) {
    views.push_back({paths[i], texts[i]});
  }
  const auto comparison = Compare(views, options, ignored);
  EXPECT_TRUE(comparison.ok()) << comparison.status();
  return Found(MakeDiffResult(*comparison, options));
}

// Each labelled passage is found as one passage with that kind, and there is
// no other.
void ExpectPassages(const std::vector<NamedPassage>& found,
                    const std::vector<NamedPassage>& truth) {
  EXPECT_FALSE(truth.empty());
  for (const NamedPassage& label : truth) {
    const auto same =
        Only(found, [&label](const NamedPassage& p) { return Same(p, label); });
    ASSERT_EQ(same.size(), 1) << label.a << " and " << label.b;
    EXPECT_EQ(same[0].kind, label.kind) << label.a << " and " << label.b;
  }
  for (const NamedPassage& passage : found) {
    EXPECT_TRUE(std::any_of(
        truth.begin(), truth.end(),
        [&](const NamedPassage& label) { return Same(passage, label); }))
        << "not so: " << passage.a << " and " << passage.b;
  }
}

void ExpectPlaces(const std::vector<NamedPlace>& found,
                  const std::vector<NamedPlace>& truth) {
  ASSERT_EQ(found.size(), truth.size());
  for (size_t i = 0; i < truth.size(); ++i) {
    EXPECT_TRUE(Same(found[i], truth[i])) << found[i] << " for " << truth[i];
  }
}

constexpr char kSpringNotes[] = "howto/allotment-rules-spring.txt";
constexpr char kHandbook[] = "howto/allotment-members-handbook.txt";

TEST(CorpusPassagesTest, SectionsInAnotherOrderAreOnePassageEach) {
  const auto truth = Only(ReadTruth(), [](const NamedPassage& label) {
    return IsBetween(label, kSpringNotes, kHandbook);
  });
  EXPECT_EQ(truth.size(), 3);
  ExpectPassages(ScanOfCorpus().Between(kSpringNotes, kHandbook), truth);
  ExpectPassages(DiffOf({kSpringNotes, kHandbook}).passages(), truth);
  ExpectPassages(DiffOf({kHandbook, kSpringNotes}).passages(), truth);
}

TEST(CorpusPassagesTest, SoAreThoseOfAReportThatIsANearDuplicate) {
  const std::string path = "reports/canteen-review.txt";
  const std::string board_path = "reports/canteen-review-board.txt";
  // Each begins with a title after an empty line.
  const auto sections = [](const std::string& path_of) {
    const std::string text = ReadCorpus(path_of);
    std::map<std::string, NamedPlace> by_title;
    for (size_t at = text.find("\n\n"); at != std::string::npos;) {
      const size_t begin = at + 2;
      at = text.find("\n\n", begin);
      const size_t end = std::min(at, text.size());
      by_title[text.substr(begin, text.find('\n', begin) - begin)] = {
          path_of, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}};
    }
    return by_title;
  };
  const auto of_report = sections(path);
  const auto of_board = sections(board_path);
  std::vector<NamedPassage> truth;
  for (const auto& [title, place] : of_report) {
    ASSERT_TRUE(of_board.contains(title)) << title;
    truth.push_back({place, of_board.at(title), "verbatim"});
  }
  EXPECT_EQ(truth.size(), 4);
  ExpectPassages(DiffOf({path, board_path}).passages(), truth);
}

TEST(CorpusPassagesTest, AParagraphInManyDocumentsIsOneReuse) {
  const auto truth = PlacesOf(Only(ReadTruth(), [](const NamedPassage& label) {
    return IsBetween(label, "essays/permission.txt", label.b.path) ||
           IsBetween(label, "essays/permission.txt", label.a.path);
  }));
  ASSERT_EQ(truth.size(), 6);
  std::set<std::string> paths;
  for (const NamedPlace& place : truth) paths.insert(place.path);
  const auto reuses = ScanOfCorpus().ReusesIn(paths);
  ASSERT_EQ(reuses.size(), 1);
  EXPECT_EQ(reuses[0].kind, PassageKind::kLight);
  EXPECT_EQ(reuses[0].place_count, 6);
  EXPECT_EQ(reuses[0].passages.size(), 5);
  ExpectPlaces(ScanOfCorpus().Places(reuses[0]), truth);
}

TEST(CorpusPassagesTest, QuotationsAreFoundAndNamed) {
  const auto truth = Only(ReadTruth(), [](const NamedPassage& label) {
    return label.kind == "quotation";
  });
  EXPECT_EQ(truth.size(), 4);
  for (const NamedPassage& label : truth) {
    ExpectPassages(ScanOfCorpus().Between(label.a.path, label.b.path), {label});
    ExpectPassages(DiffOf({label.a.path, label.b.path}).passages(), {label});
    ExpectPassages(DiffOf({label.b.path, label.a.path}).passages(), {label});
  }
  // And nothing else.
  for (const NamedPassage& passage : ScanOfCorpus().passages()) {
    if (passage.kind != "quotation") continue;
    EXPECT_TRUE(std::any_of(
        truth.begin(), truth.end(),
        [&](const NamedPassage& label) { return Same(passage, label); }))
        << passage.a << " and " << passage.b;
  }
}

TEST(CorpusPassagesTest, HeadAndFootOfEveryPageAreToldOnceEach) {
  const std::string record = "minutes/dredger-inquiry.txt";
  const auto truth = Only(ReadTruth(), [&](const NamedPassage& label) {
    return IsBetween(label, record, record);
  });
  std::vector<NamedPlace> heads;
  std::vector<NamedPlace> feet;
  const std::string text = ReadCorpus(record);
  for (const NamedPlace& place : PlacesOf(truth)) {
    const bool is_foot = text.compare(place.bytes.begin, 6, "Copies") == 0;
    (is_foot ? feet : heads).push_back(place);
  }
  EXPECT_EQ(heads.size(), 10);
  EXPECT_EQ(feet.size(), 10);
  const auto reuses = ScanOfCorpus().ReusesIn({record});
  ASSERT_EQ(reuses.size(), 2);
  for (const ReuseRecord& reuse : reuses) {
    EXPECT_EQ(reuse.kind, PassageKind::kRepeated);
    EXPECT_EQ(reuse.place_count, 10);
    const auto places = ScanOfCorpus().Places(reuse);
    ASSERT_FALSE(places.empty());
    ExpectPlaces(places, Same(places[0], heads[0]) ? heads : feet);
  }
}

// A form letter, filled in ten times: three paragraphs of it are the same.
TEST(CorpusPassagesTest, ParagraphsOfAFormLetterAreBoilerplate) {
  const auto truth = Only(ReadTruth(), [](const NamedPassage& label) {
    return label.a.path == "notices/rent-reminder-01.txt";
  });
  ASSERT_EQ(truth.size(), 3 * 9);
  const auto reuses = ScanOfCorpus().ReusesIn({"notices/rent-reminder-01.txt"});
  ASSERT_EQ(reuses.size(), 3);
  std::set<std::string> paragraphs;
  for (const ReuseRecord& reuse : reuses) {
    EXPECT_EQ(reuse.kind, PassageKind::kBoilerplate);
    EXPECT_FALSE(reuse.ignored);
    EXPECT_EQ(reuse.place_count, 10);
    for (const NamedPlace& place : ScanOfCorpus().Places(reuse)) {
      const std::string text =
          ReadCorpus(place.path)
              .substr(place.bytes.begin, place.bytes.end - place.bytes.begin);
      for (const char* words :
           {"Dear tenant", "Please settle the amount", "Our counter is open"}) {
        if (text.find(words) != std::string::npos) paragraphs.insert(words);
      }
      EXPECT_LE(text.size(), 480) << place;
    }
  }
  EXPECT_EQ(paragraphs.size(), 3);
}

// Two numbers of a bulletin are too few for boilerplate, but each is told.
TEST(CorpusPassagesTest, HeadAndFootOfABulletinAreAPassageEach) {
  const std::string march = "notices/bulletin-march.txt";
  const std::string october = "notices/bulletin-october.txt";
  auto truth = Only(ReadTruth(), [&](const NamedPassage& label) {
    return IsBetween(label, march, october);
  });
  EXPECT_EQ(truth.size(), 2);
  for (NamedPassage& label : truth) label.kind = "verbatim";
  ExpectPassages(ScanOfCorpus().Between(march, october), truth);
  ExpectPassages(DiffOf({march, october}).passages(), truth);
}

constexpr char kBaker[] = "interviews/questionnaire-baker.txt";
constexpr char kBeekeeper[] = "interviews/questionnaire-beekeeper.txt";

// The bytes of a passage that lie in no labelled question, on side a.
double BytesOfAnswers(const NamedPassage& passage) {
  double left = passage.a.bytes.end - passage.a.bytes.begin;
  for (const NamedPassage& label : ReadTruth()) {
    if (!IsBetween(label, kBaker, kBeekeeper)) continue;
    const NamedPlace& question =
        label.a.path == passage.a.path ? label.a : label.b;
    const double shared =
        static_cast<double>(std::min(question.bytes.end, passage.a.bytes.end)) -
        std::max(question.bytes.begin, passage.a.bytes.begin);
    left -= std::max(shared, 0.0);
  }
  return left;
}

// Questions may be told, with the title before them, the answers between them
// may not.
void ExpectQuestionsOnly(const std::vector<NamedPassage>& found) {
  for (const NamedPassage& passage : found) {
    EXPECT_THAT(passage.kind,
                ::testing::AnyOf("light", "verbatim", "boilerplate"));
    EXPECT_LE(passage.words, 30) << passage.a << " and " << passage.b;
    EXPECT_LE(BytesOfAnswers(passage), 50) << passage.a << " and " << passage.b;
  }
}

TEST(CorpusPassagesTest, TheSameQuestionsWithOtherAnswersAreNoPassage) {
  const auto found = ScanOfCorpus().Between(kBaker, kBeekeeper);
  ExpectQuestionsOnly(found);
  for (const NamedPassage& real :
       ScanOfCorpus().Between(kSpringNotes, kHandbook)) {
    for (const NamedPassage& passage : found) {
      EXPECT_LT(passage.score, real.score);
    }
  }
  ExpectQuestionsOnly(DiffOf({kBaker, kBeekeeper}).passages());
}

TEST(CorpusPassagesTest, WhereShortPassagesAreWantedEachQuestionIsOne) {
  PassageOptions options;
  options.evidence.min_words = 8;
  const auto found = DiffOf({kBaker, kBeekeeper}, options).passages();
  EXPECT_EQ(found.size(), 9);
  ExpectQuestionsOnly(found);
}

TEST(CorpusPassagesTest, QuestionsThatAreKnownAreIgnored) {
  std::string questions;
  std::istringstream lines(ReadCorpus(kBaker));
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('?') || questions.empty()) questions += line + '\n';
  }
  PassageOptions options;
  options.evidence.min_words = 8;
  const auto found =
      DiffOf({kBaker, kBeekeeper}, options, {questions}).passages();
  EXPECT_FALSE(found.empty());
  for (const NamedPassage& passage : found) {
    EXPECT_EQ(passage.kind, "boilerplate") << passage.a;
  }
}

}  // namespace
}  // namespace twicetold
