// SPDX-License-Identifier: Apache-2.0
//
// The environment of the process, which only the tool reads.
#ifndef TWICETOLD_TOOLS_ENVIRONMENT_H_
#define TWICETOLD_TOOLS_ENVIRONMENT_H_

#include <cstdlib>
#include <string>

namespace twicetold {

// The value of a variable; empty if it is not set.
inline std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_ENVIRONMENT_H_
