// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/dedup.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/base/cpu_time.h"
#include "twicetold/dedup/audit_stage.h"
#include "twicetold/dedup/candidate_stage.h"
#include "twicetold/dedup/decisions.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/folder_lock.h"
#include "twicetold/dedup/forecast.h"
#include "twicetold/dedup/run_state.h"
#include "twicetold/dedup/same_stage.h"
#include "twicetold/dedup/summary.h"
#include "twicetold/dedup/verify_stage.h"
#include "twicetold/dedup/write_stage.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

namespace fs = std::filesystem;

// In the output folder until the run is complete.
constexpr char kWorkFolder[] = ".twicetold";
constexpr char kStateFile[] = "state.json";

// In the folder for temporary files; the fingerprint of the run follows.
constexpr std::string_view kStagesPrefix = "twicetold-";

constexpr uint64_t kLeastForStages = uint64_t{16} << 20;

absl::Status CannotUse(const std::string& path, const std::error_code& error) {
  return absl::UnavailableError(
      absl::StrFormat("cannot write %s: %s", Harmless(path), error.message()));
}

class Run {
 public:
  Run(const DedupInput& input, const DedupOptions& options,
      const DedupTarget& target, const BandPlan& plan,
      const ProgressCallback& progress, std::stop_token stop)
      : input_(input),
        options_(options),
        target_(target),
        pool_(options.threads),
        cache_(
            (options.stage_memory > 0 ? options.stage_memory : options.memory) /
            kCacheShare),
        meter_(progress),
        run_{.input = input,
             .options = options,
             .plan = plan,
             .pool = &pool_,
             .cache = &cache_,
             .stop = std::move(stop),
             .progress = [this](uint64_t documents, uint64_t bytes) {
               meter_.Add(documents, bytes);
             }} {}

  absl::StatusOr<DedupReport> Do() {
    absl::Status status = Begin();
    if (!status.ok()) return status;
    if (report_.was_complete) return report_;
    using Stage = absl::Status (Run::*)();
    constexpr std::pair<const char*, Stage> kStages[] = {
        {"sketch", &Run::Sketch},
        {"same", &Run::FindSame},
        {"candidates", &Run::FindCandidates},
        {"verify", &Run::Verify},
        {"audit", &Run::Audit},
        {"write", &Run::Write},
        {"publish", &Run::Publish}};
    for (const auto& [name, stage] : kStages) {
      const auto start = std::chrono::steady_clock::now();
      const double cpu_start = CpuSeconds();
      status = (this->*stage)();
      if (!status.ok()) return status;
      if (run_.stop.stop_requested())
        return absl::CancelledError("interrupted");
      times_[name] = std::chrono::duration<double>(
                         std::chrono::steady_clock::now() - start)
                         .count();
      cpu_times_[name] = CpuSeconds() - cpu_start;
    }
    return report_;
  }

 private:
  fs::path into() const { return target_.into; }
  fs::path work() const { return into() / kWorkFolder; }

  // Makes the folders, or finds those of the run to go on with.
  absl::Status Begin() {
    state_ = StateOf(input_, options_);
    run_.fingerprint = FingerprintOf(state_);
    run_.stages =
        target_.temporary.empty()
            ? work() / "stages"
            : fs::path(target_.temporary) /
                  absl::StrFormat("%s%016x", kStagesPrefix, run_.fingerprint);
    absl::Status status = Lock(target_.into);
    if (status.ok()) status = LookAtFolder();
    if (!status.ok()) return status;
    std::error_code error;
    if (report_.was_complete) {
      // It may have been ended while it cleaned up. Elsewhere, another run of
      // the same input may use its stages now.
      if (!fs::exists(run_.stages, error) || Lock(run_.stages).ok()) {
        RemoveStages();
      }
      return status;
    }
    fs::create_directories(work(), error);
    if (error) return CannotUse(work(), error);
    // A run of the same input into another folder has this one, too.
    status = Lock(run_.stages);
    if (!status.ok()) return status;
    return WriteJsonFile(work() / kStateFile, state_);
  }

  // Keeps the folder for this run.
  absl::Status Lock(const fs::path& folder) {
    absl::StatusOr<FolderLock> lock = FolderLock::Take(folder);
    if (!lock.ok()) return lock.status();
    locks_.push_back(*std::move(lock));
    return absl::OkStatus();
  }

  absl::Status LookAtFolder() {
    std::error_code error;
    if (!fs::exists(into(), error) || fs::is_empty(into(), error)) {
      return absl::OkStatus();
    }
    const std::string shown = Harmless(target_.into);
    const bool is_complete = fs::exists(into() / "summary.json", error);
    // The folder comes before the state.
    const bool was_begun = fs::exists(work(), error);
    if (!target_.resume) {
      const char* what =
          is_complete ? "holds the output of another run: name another folder, "
                        "or remove it"
          : was_begun ? "holds a run that was not completed: go on with it "
                        "(--resume), or remove it"
                      : "is not empty: name another folder";
      return absl::FailedPreconditionError(
          absl::StrFormat("%s %s", shown, what));
    }
    if (!is_complete && !was_begun) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "%s is not empty, and holds no run to go on with", shown));
    }
    const absl::StatusOr<Json> before =
        ReadJsonFile(is_complete ? into() / "run.json" : work() / kStateFile);
    // No state, or a part of one, when the run ended: there is nothing yet.
    if (!before.ok() && !is_complete) return absl::OkStatus();
    if (!before.ok()) return before.status();
    report_.was_complete = is_complete;
    return CompareStates(is_complete ? before->value("state", Json()) : *before,
                         state_);
  }

  // Opens what a stage left, after running it unless it was complete before.
  template <typename Open, typename Do>
  auto Get(Open open, Do run) -> decltype(open(true)) {
    if (target_.resume) {
      auto left = open(true);
      if (left.ok()) return left;
      if (!absl::IsNotFound(left.status()) &&
          !absl::IsDataLoss(left.status())) {
        return left;
      }
    }
    absl::Status status = run();
    if (!status.ok()) return status;
    return open(false);
  }

  absl::Status Sketch() {
    meter_.Begin(Stage::kSketch, 0, Forecast(input_, options_).text_bytes);
    auto sketched =
        Get([this](bool verify) { return OpenSketchStage(run_, verify); },
            [this] { return RunSketchStage(run_); });
    if (!sketched.ok()) return sketched.status();
    sketched_ = *std::move(sketched);
    if (options_.strict) {
      // Of a run to go on with that was not strict.
      absl::Status status = FirstError(input_, sketched_.first_skipped);
      if (!status.ok()) return status;
    }
    report_.documents = sketched_.documents - sketched_.reference_documents;
    report_.text_bytes = sketched_.text_bytes;
    report_.skipped = sketched_.skipped;
    report_.has_errors = sketched_.has_errors;
    report_.first_skipped = sketched_.first_skipped;
    const uint64_t fixed = sketched_.numbers * kBytesANumber + kBytesOtherwise;
    if (options_.memory < fixed + kLeastForStages) {
      return absl::ResourceExhaustedError(absl::StrFormat(
          "%d documents need a budget of %d MB of memory at least",
          sketched_.numbers, (fixed + kLeastForStages) / 1'000'000 + 1));
    }
    run_.memory = options_.stage_memory > 0 ? options_.stage_memory
                                            : options_.memory - fixed;
    run_.memory -= std::min(run_.memory - 1, cache_.bytes());
    MakeRoles();
    preference_ = {
        .keep = options_.keep, .words = sketched_.words, .roles = roles_};
    return absl::OkStatus();
  }

  void MakeRoles() {
    if (!input_.has_reference()) return;
    roles_.resize(sketched_.numbers, Role::kNew);
    for (size_t i = 0; i < input_.files.size(); ++i) {
      std::fill(
          roles_.begin() + static_cast<ptrdiff_t>(sketched_.firsts[i]),
          roles_.begin() + static_cast<ptrdiff_t>(sketched_.firsts[i + 1]),
          input_.files[i].role);
    }
  }

  absl::Status FindSame() {
    auto same = FindSameInput(run_, sketched_, preference_);
    if (!same.ok()) return same.status();
    same_ = *std::move(same);
    return absl::OkStatus();
  }

  absl::Status FindCandidates() {
    meter_.Begin(Stage::kCandidates, same_.distinct, 0);
    auto candidates =
        Get([this](bool verify) { return OpenCandidateStage(run_, verify); },
            [this] {
              return RunCandidateStage(run_, sketched_, same_, preference_);
            });
    if (!candidates.ok()) return candidates.status();
    candidates_ = *std::move(candidates);
    return absl::OkStatus();
  }

  absl::Status Verify() {
    meter_.Begin(Stage::kVerify, sketched_.documents, sketched_.text_bytes);
    // From here on they are looked up one by one.
    for (StageReader* stage : {&sketched_.rows, &sketched_.keys}) {
      absl::Status loaded = stage->Load(run_.memory / 8);
      if (!loaded.ok()) return loaded;
    }
    auto verified =
        Get([this](bool verify) { return OpenVerifyStage(run_, verify); },
            [this] {
              return RunVerifyStage(run_, sketched_, candidates_, preference_);
            });
    if (!verified.ok()) return verified.status();
    verified_ = *std::move(verified);
    decisions_ = std::make_unique<Decisions>(same_, verified_.removed, roles_);
    report_.removed = decisions_->removed();
    return absl::OkStatus();
  }

  absl::Status Audit() {
    if (options_.audit == 0) return absl::OkStatus();
    auto counts = Get(
        [this](bool verify) { return OpenAuditStage(run_, verify); },
        [this] { return RunAuditStage(run_, sketched_, *decisions_, roles_); });
    if (!counts.ok()) return counts.status();
    audit_ = *counts;
    return absl::OkStatus();
  }

  absl::Status Write() {
    std::error_code error;
    fs::remove_all(work() / "output", error);
    fs::create_directories(work() / "output", error);
    if (error) return CannotUse(work() / "output", error);
    absl::StatusOr<std::vector<std::string>> written =
        RunWriteStage(run_, sketched_, *decisions_, work() / "output");
    if (!written.ok()) return written.status();
    written_ = *std::move(written);
    // Stages tell other texts; this tells that nothing else was exchanged.
    if (!CompareStates(state_, StateOf(input_, options_)).ok()) {
      return absl::AbortedError("the input was changed during the run");
    }
    return absl::OkStatus();
  }

  // Gives everything its name, that which says that all is there last.
  absl::Status Publish() {
    std::error_code error;
    for (const std::string& name : written_) {
      fs::remove_all(into() / name, error);
      fs::rename(work() / "output" / name, into() / name, error);
      if (error) return CannotUse(into() / name, error);
    }
    absl::Status status = WriteJsonFile(into() / "run.json", RunJson());
    if (!status.ok()) return status;
    status = WriteJsonFile(into() / "summary.json",
                           SummaryJson({.run = run_,
                                        .sketched = sketched_,
                                        .same = same_,
                                        .candidates = candidates_,
                                        .verified = verified_.counts,
                                        .decisions = *decisions_,
                                        .audit = audit_}));
    if (!status.ok()) return status;
    RemoveStages();
    return absl::OkStatus();
  }

  void RemoveStages() const {
    std::error_code error;
    fs::remove_all(run_.stages, error);
    fs::remove_all(work(), error);
  }

  // What differs from run to run.
  Json RunJson() const {
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return {{"threads", pool_.size()},
            {"memory_budget", options_.memory},
            {"peak_memory", static_cast<uint64_t>(usage.ru_maxrss) * 1024},
            {"cpu_seconds", CpuSeconds()},
            {"stage_seconds", times_},
            {"stage_cpu_seconds", cpu_times_},
            {"resumed", target_.resume},
            {"state", state_}};
  }

  const DedupInput& input_;
  const DedupOptions& options_;
  const DedupTarget& target_;
  std::vector<FolderLock> locks_;
  ThreadPool pool_;
  InputCache cache_;
  ProgressMeter meter_;
  DedupRun run_;
  Json state_;
  Json times_ = Json::object();
  Json cpu_times_ = Json::object();
  DedupReport report_;
  SketchedInput sketched_;
  std::vector<Role> roles_;  // by number; empty without a reference
  Preference preference_;
  SameInput same_;
  CandidateInput candidates_;
  VerifiedInput verified_;
  std::unique_ptr<Decisions> decisions_;
  AuditCounts audit_;
  std::vector<std::string> written_;
};

}  // namespace

bool IsStagesFolder(std::string_view name) {
  return name.starts_with(kStagesPrefix) &&
         name.size() == kStagesPrefix.size() + 16 &&
         name.find_first_not_of("0123456789abcdef", kStagesPrefix.size()) ==
             std::string_view::npos;
}

absl::StatusOr<DedupReport> Dedup(const DedupInput& input,
                                  const DedupOptions& options,
                                  const DedupTarget& target,
                                  const ProgressCallback& progress,
                                  std::stop_token stop) {
  absl::Status status = CheckDedup(input, options);
  if (!status.ok()) return status;
  const absl::StatusOr<BandPlan> plan =
      PlanBands(options.sketch_size, options.min_jaccard, options.recall);
  if (!plan.ok()) return plan.status();
  return Run(input, options, target, *plan, progress, std::move(stop)).Do();
}

}  // namespace twicetold
