// SPDX-License-Identifier: Apache-2.0
//
// What the streams of this process lead to.
#ifndef TWICETOLD_TOOLS_TERMINAL_H_
#define TWICETOLD_TOOLS_TERMINAL_H_

#include <cstddef>

namespace twicetold {

enum class ColorChoice { kAuto, kAlways, kNever };

// All take a file descriptor.
bool IsTerminal(int fd);
// The columns of the terminal behind `fd`; 100 where there is none to ask.
size_t TerminalWidth(int fd);

// True for a terminal on which a line can be written anew: one that is not
// "dumb".
bool CanRewrite(int fd);

// With kAuto: on a terminal that is not "dumb", unless NO_COLOR is set to
// anything but nothing (https://no-color.org).
bool UseColor(ColorChoice choice, int fd);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_TERMINAL_H_
