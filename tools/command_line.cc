// SPDX-License-Identifier: Apache-2.0
#include "tools/command_line.h"

#include "absl/strings/str_format.h"
#include "tools/help.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

CommandHelp MainHelp() {
  return {.name = "twicetold",
          .summary =
              "twicetold finds text that has been told twice: identical "
              "documents, the same\ntext in another dress, near-duplicates, "
              "and passages told again in other words.",
          .operands = "COMMAND [OPTION]...",
          .examples = std::string(MainExamples()),
          .statuses = {kExitDone, kExitFound, kExitFatal, kExitPartial,
                       kExitInterrupted}};
}

void AddHelp(CLI::App* app, const CommandHelp& help) {
  const bool is_main = app->get_parent() == nullptr;
  app->formatter(ExamplesFirst((is_main ? "" : "[OPTION]... ") + help.operands,
                               help.statuses));
  app->footer(help.examples);
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
    AddHelp(command.app, help);
    command.parser->AddOptions(command.app);
  }
  return commands;
}

}  // namespace

CommandLine::CommandLine() : help(MainHelp()), app(help.summary, help.name) {
  AddHelp(&app, help);
  app.require_subcommand(0, 1);
  commands = AddCommands(&app);
}

std::string VersionText() {
  return absl::StrFormat("twicetold %s (kernel: %s)\n", kVersion,
                         KernelTierName(ChosenKernelTier()));
}

}  // namespace twicetold
