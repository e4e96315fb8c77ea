// SPDX-License-Identifier: Apache-2.0
//
// Where git keeps the ignore rules of a person, as ripgrep looks for them.
#ifndef TWICETOLD_TOOLS_GIT_EXCLUDES_H_
#define TWICETOLD_TOOLS_GIT_EXCLUDES_H_

#include <string>
#include <string_view>

namespace twicetold {

// The value of core.excludesFile in the text of a git configuration, a leading
// ~/ replaced by `home`; empty if it is not set.
std::string ExcludesFileIn(std::string_view git_config,
                           const std::string& home);

// core.excludesFile of ~/.gitconfig or $XDG_CONFIG_HOME/git/config, or else
// $XDG_CONFIG_HOME/git/ignore; ~/.config stands in for an unset
// XDG_CONFIG_HOME. Empty if there is no home. The file need not exist.
std::string GitExcludesFile();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_GIT_EXCLUDES_H_
