// SPDX-License-Identifier: Apache-2.0
//
// CPU time: on a machine that has other work to do, it says more than wall
// time.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_BASE_CPU_TIME_H_
#define TWICETOLD_BASE_CPU_TIME_H_

#include <ctime>

namespace twicetold {

// Of all threads of this process so far, in seconds.
inline double CpuSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace twicetold

#endif  // TWICETOLD_BASE_CPU_TIME_H_
