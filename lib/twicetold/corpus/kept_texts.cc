// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/kept_texts.h"

#include <algorithm>

namespace twicetold {

bool KeptTexts::TakeRoom(size_t bytes) const {
  uint64_t room = room_.load(std::memory_order_relaxed);
  while (bytes <= room) {
    if (room_.compare_exchange_weak(room, room - bytes,
                                    std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

ReadResult KeptTexts::Read(size_t i, std::string* buffer) const {
  if (IsKept(i)) return Kept(i);
  Text& text = texts_[i];
  ReadResult read = corpus().Read(i, buffer);
  if (read.skip || read.text.data() != buffer->data()) return read;
  State none = State::kNone;
  if (!text.state.compare_exchange_strong(none, State::kTaken)) return read;
  if (!TakeRoom(read.text.size())) return read;
  text.bytes.reset(new char[read.text.size()]);
  std::copy(read.text.begin(), read.text.end(), text.bytes.get());
  text.size = static_cast<uint32_t>(read.text.size());
  text.state.store(State::kKept, std::memory_order_release);
  return read;
}

ReadResult KeptTexts::ReadAgain(size_t i, std::string* buffer) const {
  return IsKept(i) ? Kept(i) : corpus().ReadAgain(i, buffer);
}

}  // namespace twicetold
