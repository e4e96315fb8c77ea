// SPDX-License-Identifier: Apache-2.0
#include "tools/interrupt.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <system_error>

#include "tools/exit_status.h"

namespace twicetold {

namespace {

// Ends the wait when the object goes.
constexpr int kWake = SIGUSR1;

// As nohup and the background jobs of a shell have it.
bool IsIgnored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 &&
         (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Interrupt::Interrupt() {
  sigemptyset(&awaited_);
  sigaddset(&awaited_, kWake);
  for (int signal : {SIGINT, SIGTERM}) {
    if (!IsIgnored(signal)) sigaddset(&awaited_, signal);
  }
  pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
  try {
    waiter_ = std::thread([this] { Wait(); });
  } catch (const std::system_error&) {
    // No thread is to be had: signals keep their usual effect.
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
}

Interrupt::~Interrupt() {
  if (!waiter_.joinable()) return;
  closing_ = true;
  pthread_kill(waiter_.native_handle(), kWake);
  waiter_.join();
  // One of others that was not seen yet must not end the process now.
  sigset_t wake;
  sigemptyset(&wake);
  sigaddset(&wake, kWake);
  const timespec at_once{};
  while (sigtimedwait(&wake, nullptr, &at_once) == kWake) continue;
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::Wait() {
  for (int signal = 0; sigwait(&awaited_, &signal) == 0;) {
    if (signal == kWake) {
      // Others may send it, too.
      if (closing_) return;
      continue;
    }
    if (source_.stop_requested()) _exit(kExitInterrupted);
    source_.request_stop();
  }
}

}  // namespace twicetold
