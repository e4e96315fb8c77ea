// SPDX-License-Identifier: Apache-2.0
//
// How the text of passages is laid out: options that several commands have.
#ifndef TWICETOLD_TOOLS_LAYOUT_FLAGS_H_
#define TWICETOLD_TOOLS_LAYOUT_FLAGS_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "twicetold/report/diff_layout.h"

namespace twicetold {

struct LayoutFlags {
  DiffStyle diff;
  std::optional<size_t> width;  // columns
};

// The options, as they are parsed.
class LayoutOptions {
 public:
  void AddTo(CLI::App* command);

  // Turns them into flags; what is wrong with them, or nothing.
  std::string Complete(LayoutFlags* flags) const;

  // The first of those given that only a diff heeds; empty if none is.
  std::string GivenForDiff() const;

 private:
  std::string layout_;
  int context_ = -1;
  int width_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_LAYOUT_FLAGS_H_
