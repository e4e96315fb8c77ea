// SPDX-License-Identifier: Apache-2.0
//
// Turns SIGINT and SIGTERM into a stop request while it lives. A second
// signal ends the process at once. A signal that was ignored stays ignored.
//
// The signals are blocked in the thread that makes the object and in those
// that it starts afterwards, and awaited in a thread of their own: a signal
// handler could not request a stop safely.
#ifndef TWICETOLD_TOOLS_INTERRUPT_H_
#define TWICETOLD_TOOLS_INTERRUPT_H_

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace twicetold {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  void Wait();

  std::stop_source source_;
  std::atomic<bool> closing_ = false;
  sigset_t awaited_;
  sigset_t before_;
  std::thread waiter_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_INTERRUPT_H_
