// SPDX-License-Identifier: Apache-2.0
//
// What the tool's exit status says. 2 wins over 3, 3 over 1.
#ifndef TWICETOLD_TOOLS_EXIT_STATUS_H_
#define TWICETOLD_TOOLS_EXIT_STATUS_H_

namespace twicetold {

enum ExitStatus : int {
  kExitDone = 0,
  kExitFound = 1,    // only when asked for with --fail-on found
  kExitFatal = 2,    // wrong usage, or the run could not be done
  kExitPartial = 3,  // done, but some inputs could not be read
  kExitInterrupted = 130,
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_EXIT_STATUS_H_
