// SPDX-License-Identifier: Apache-2.0
//
// Manual pages in the man macros of roff: what is written by hand in *.1.in,
// and what the command line says of itself in place of lines that are
//   @TITLE@      heading, NAME and SYNOPSIS
//   @COMMANDS@   the commands, with what they do
//   @OPTIONS@    operands and options, by group
//   @STATUSES@   what the exit status may be
//   @EXAMPLES@   the examples of the help
#ifndef TWICETOLD_TOOLS_MANUAL_MAN_PAGE_H_
#define TWICETOLD_TOOLS_MANUAL_MAN_PAGE_H_

#include <string>
#include <string_view>

#include "tools/command_line.h"

namespace twicetold {

// The page of a command, or of the tool as a whole where that is null.
std::string ManPage(const CommandLine& line, const Command* command,
                    std::string_view by_hand);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_MANUAL_MAN_PAGE_H_
