// SPDX-License-Identifier: Apache-2.0
//
// Lists of paths, as `find` and `git ls-files` print them.
// Thread safety: a free function without state.
#ifndef TWICETOLD_CORPUS_FILE_LIST_H_
#define TWICETOLD_CORPUS_FILE_LIST_H_

#include <string>
#include <string_view>
#include <vector>

namespace twicetold {

// The paths in `bytes`, in their order: one a line (ended by LF or CRLF), or
// with `nul_separated` one before each NUL, in which line ends are part of the
// path. The last may lack its end. Empty ones are passed over; nothing else is
// cut off, white space is part of a path.
std::vector<std::string> ParseFileList(std::string_view bytes,
                                       bool nul_separated);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_FILE_LIST_H_
