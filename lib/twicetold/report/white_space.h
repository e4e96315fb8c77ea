// SPDX-License-Identifier: Apache-2.0
//
// White space in UTF-8, as Unicode has it.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_WHITE_SPACE_H_
#define TWICETOLD_REPORT_WHITE_SPACE_H_

#include <cstddef>
#include <string_view>

#include "twicetold/base/byte_range.h"

namespace twicetold {

// The bytes of white space at the head of `utf8`.
size_t SpaceBytes(std::string_view utf8);

// The bytes at the head of `utf8` before any white space.
size_t BytesBeforeSpace(std::string_view utf8);

// `range` of `utf8` without white space at its ends; empty if there is nothing
// else.
ByteRange WithoutSpaceAround(std::string_view utf8, ByteRange range);

// The ends of lines in `utf8`: LF, CR or CRLF.
size_t CountLineEnds(std::string_view utf8);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_WHITE_SPACE_H_
