// SPDX-License-Identifier: Apache-2.0
//
// What a fuzzer holds to be true.
#ifndef TWICETOLD_TESTS_FUZZ_CHECK_H_
#define TWICETOLD_TESTS_FUZZ_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// Ends the run, and so keeps the input, if `condition` is false.
#define FUZZ_CHECK(condition)                                         \
  do {                                                                \
    if (!(condition)) {                                               \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
                   #condition);                                       \
      std::abort();                                                   \
    }                                                                 \
  } while (false)

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace twicetold::testing {

inline std::string_view TextOf(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_FUZZ_CHECK_H_
