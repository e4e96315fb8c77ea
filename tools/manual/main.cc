// SPDX-License-Identifier: Apache-2.0
//
// Writes to stdout, at build time, what is made from the definitions of the
// options:
//   twicetold_manual man PAGE FILE   the manual page twicetold.1 and the like,
//                                    with FILE, *.1.in, as written by hand
//   twicetold_manual SHELL           completions for bash, zsh or fish
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "tools/command_line.h"
#include "tools/manual/completion.h"
#include "tools/manual/man_page.h"

namespace twicetold {
namespace {

int Usage() {
  std::cerr << "twicetold_manual: wrong usage\n";
  return 2;
}

int PrintManPage(const std::string& page, const std::string& file) {
  std::ifstream in(file);
  std::ostringstream by_hand;
  by_hand << in.rdbuf();
  if (!in) {
    std::cerr << "twicetold_manual: cannot read " << file << "\n";
    return 2;
  }
  const CommandLine line;
  if (page == "twicetold") {
    std::cout << ManPage(line, nullptr, by_hand.str());
    return 0;
  }
  for (const Command& command : line.commands) {
    if (page != "twicetold-" + command.app->get_name()) continue;
    std::cout << ManPage(line, &command, by_hand.str());
    return 0;
  }
  return Usage();
}

int Run(const std::vector<std::string>& args) {
  if (args.size() == 3 && args[0] == "man") {
    return PrintManPage(args[1], args[2]);
  }
  if (args == std::vector<std::string>{"bash"}) {
    std::cout << BashCompletion(CommandLine());
    return 0;
  }
  if (args == std::vector<std::string>{"zsh"}) {
    std::cout << ZshCompletion(CommandLine());
    return 0;
  }
  if (args == std::vector<std::string>{"fish"}) {
    std::cout << FishCompletion(CommandLine());
    return 0;
  }
  return Usage();
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  return twicetold::Run({argv + 1, argv + argc});
}
