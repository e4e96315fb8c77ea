// SPDX-License-Identifier: Apache-2.0
//
// Compressed bytes for tests of what reads them.
#ifndef TWICETOLD_TESTS_TESTING_COMPRESS_H_
#define TWICETOLD_TESTS_TESTING_COMPRESS_H_

#include <string>
#include <string_view>

namespace twicetold::testing {

// One member of a gzip file. Failures fail the test.
std::string Gzip(std::string_view bytes);

// One frame of a zstd file, with its checksum.
std::string Zstd(std::string_view bytes);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_COMPRESS_H_
