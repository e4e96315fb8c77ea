// SPDX-License-Identifier: Apache-2.0
#include "tools/command_line.h"

#include "absl/strings/str_format.h"
#include "tools/help.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

void AddHelp(CLI::App* app, const std::string& arguments,
             const std::string& examples) {
  app->formatter(ExamplesFirst(arguments));
  app->footer(examples);
  app->set_help_flag("-h,--help", "Show this help")->option_text("-h, --help");
  app->set_version_flag("-V,--version", VersionText(),
                        "Show the version and the kernel in use")
      ->option_text("-V, --version");
}

std::vector<Command> AddCommands(CLI::App* main) {
  std::vector<Command> commands;
  commands.push_back({.parser = MakeScanParser()});
  commands.push_back({.parser = MakeDiffParser()});
  commands.push_back({.parser = MakeDedupParser()});
  for (Command& command : commands) {
    const CommandHelp help = command.parser->help();
    command.app = main->add_subcommand(help.name, help.summary);
    AddHelp(command.app, "[OPTION]... " + help.operands, help.examples);
    command.parser->AddOptions(command.app);
  }
  return commands;
}

}  // namespace

CommandLine::CommandLine()
    : app("twicetold finds text that has been told twice: identical documents, "
          "the same\ntext in another dress, near-duplicates, and passages told "
          "again in other words.",
          "twicetold") {
  AddHelp(&app, "COMMAND [OPTION]...", std::string(MainExamples()));
  app.require_subcommand(0, 1);
  commands = AddCommands(&app);
}

std::string VersionText() {
  return absl::StrFormat("twicetold %s (kernel: %s)\n", kVersion,
                         KernelTierName(ChosenKernelTier()));
}

}  // namespace twicetold
