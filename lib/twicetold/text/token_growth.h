// SPDX-License-Identifier: Apache-2.0
//
// How vectors of tokens grow with the text: to what the whole of it will take
// if the rest is like what has been read, and some more.
//
// A vector that grows by doubling takes new memory for twice as much as is
// put into it, and what is taken for the first time costs as much as reading
// the words. What is reserved and never used costs nothing.
//
// Thread safety: plain data.
#ifndef TWICETOLD_TEXT_TOKEN_GROWTH_H_
#define TWICETOLD_TEXT_TOKEN_GROWTH_H_

#include <algorithm>
#include <cstddef>
#include <vector>

namespace twicetold {

struct TokenGrowth {
  size_t text_bytes = 0;
  size_t bytes_read = 0;  // those of the tokens at hand included

  // Makes room for `size` values at least, as many as there are tokens so far.
  template <typename T>
  void Reserve(size_t size, std::vector<T>* values) const {
    if (size <= values->capacity()) return;
    const double rest = static_cast<double>(text_bytes) /
                        static_cast<double>(std::max<size_t>(1, bytes_read));
    const double whole = static_cast<double>(size) * std::max(1.0, rest);
    // Geometric all the same, for text that grows denser and denser.
    values->reserve(std::max(
        std::min(static_cast<size_t>(whole * kSlack), size + kMostAhead),
        values->capacity() + values->capacity() / 2));
  }

 private:
  // Not more, as malloc takes new pages for each block above 32 MiB.
  static constexpr double kSlack = 1.03;
  // Values. A text may begin with many short words and have none after them;
  // a system may refuse to reserve for it.
  static constexpr size_t kMostAhead = size_t{1} << 24;
};

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_TOKEN_GROWTH_H_
