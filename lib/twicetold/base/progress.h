// SPDX-License-Identifier: Apache-2.0
//
// How far a run has come, for whoever waits for it.
//
// Thread safety: a ProgressMeter's Add may be called from many threads.
#ifndef TWICETOLD_BASE_PROGRESS_H_
#define TWICETOLD_BASE_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>

namespace twicetold {

enum class Stage { kSketch, kCandidates, kVerify, kPassages };

// "sketching", "comparing sketches", "verifying", "looking for passages".
std::string_view StageName(Stage stage);

struct Progress {
  Stage stage = Stage::kSketch;
  uint64_t documents_done = 0;
  uint64_t documents = 0;  // that this stage has to do
  uint64_t bytes_done = 0;
  uint64_t bytes = 0;  // 0 where the stage reads none, or is not known
};

// Called now and then, from one thread at a time, not always the same one.
using ProgressCallback = std::function<void(const Progress&)>;

// Adds up what is done and tells the callback, if there is one.
class ProgressMeter {
 public:
  explicit ProgressMeter(const ProgressCallback& callback)
      : callback_(callback) {}

  void Begin(Stage stage, uint64_t documents, uint64_t bytes) {
    std::lock_guard lock(mutex_);
    progress_ = {.stage = stage, .documents = documents, .bytes = bytes};
    Tell();
  }

  void Add(uint64_t documents, uint64_t bytes) {
    if (!callback_) return;
    std::lock_guard lock(mutex_);
    progress_.documents_done += documents;
    progress_.bytes_done += bytes;
    Tell();
  }

 private:
  void Tell() {
    if (callback_) callback_(progress_);
  }

  const ProgressCallback& callback_;
  std::mutex mutex_;
  Progress progress_;  // guarded by mutex_
};

}  // namespace twicetold

#endif  // TWICETOLD_BASE_PROGRESS_H_
