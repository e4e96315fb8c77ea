// SPDX-License-Identifier: Apache-2.0
#include "tools/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/command_line.h"
#include "tools/command_parser.h"
#include "tools/environment.h"
#include "tools/usage_error.h"
#include "twicetold/base/kernel_tier.h"

namespace twicetold {
namespace {

// The command of that name; nothing if there is none.
const Command* Find(const std::vector<Command>& commands,
                    std::string_view name) {
  const auto at = std::find_if(
      commands.begin(), commands.end(),
      [name](const Command& c) { return c.app->get_name() == name; });
  return at == commands.end() ? nullptr : &*at;
}

// `twicetold help scan` in the words that the parser knows.
std::vector<std::string> HelpAsOption(int argc, const char* const* argv) {
  std::vector<std::string> args(argv + std::min(argc, 1), argv + argc);
  if (args.empty() || args[0] != "help") return args;
  args.erase(args.begin());
  if (!args.empty() && args[0] == "help") args.clear();
  args.push_back("--help");
  return args;
}

// Takes the operands behind a -- off `args`: CLI11 would take them for
// arguments of the tool as a whole if there is one before.
std::vector<std::string> TakeOperandsBehindMark(
    std::vector<std::string>* args) {
  const auto mark = std::find(args->begin(), args->end(), "--");
  if (mark == args->end()) return {};
  std::vector<std::string> operands(mark + 1, args->end());
  args->erase(mark, args->end());
  return operands;
}

// What to print instead of flags.
Flags Error(std::string text) {
  return PrintAndExit{.text = std::move(text), .is_error = true};
}

// The same for a value of the environment that cannot be meant; nothing if
// there is none.
std::optional<Flags> KernelError() {
  const absl::Status status = CheckKernelVariable();
  if (status.ok()) return std::nullopt;
  return Error(UsageError(
      "twicetold",
      absl::StrFormat("%s=%s: %s", kKernelVariable,
                      Environment(kKernelVariable), status.message())));
}

// The flags of a command that has been parsed.
Flags Complete(const Command& command,
               const std::vector<std::string>& behind_mark) {
  if (const auto error = KernelError()) return *error;
  std::vector<std::string>* operands = command.parser->operands();
  operands->insert(operands->end(), behind_mark.begin(), behind_mark.end());
  const std::string problem =
      std::count(operands->begin(), operands->end(), "") > 0
          ? "an argument is empty; is a variable not set?"
          : command.parser->Complete();
  if (problem.empty()) return command.parser->flags();
  return Error(UsageError("twicetold " + command.app->get_name(), problem));
}

}  // namespace

Flags ParseFlags(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App& app = line.app;
  const std::vector<Command>& commands = line.commands;

  std::vector<std::string> args = HelpAsOption(argc, argv);
  const bool asks_for_help = argc > 1 && std::string_view(argv[1]) == "help";
  if (asks_for_help && args[0] != "--help" &&
      Find(commands, args[0]) == nullptr) {
    return Error(UnknownCommand(app, args[0]));
  }
  std::vector<std::string> behind_mark;
  if (!args.empty() && Find(commands, args[0]) != nullptr) {
    behind_mark = TakeOperandsBehindMark(&args);
  }
  try {
    std::reverse(args.begin(), args.end());  // as CLI11 takes them
    app.parse(std::move(args));
  } catch (const CLI::CallForHelp&) {
    return PrintAndExit{.text = app.help()};
  } catch (const CLI::CallForVersion&) {
    if (const auto error = KernelError()) return *error;
    return PrintAndExit{.text = VersionText()};
  } catch (const CLI::ParseError& error) {
    return Error(ExplainParseError(error, app));
  }
  for (const Command& command : commands) {
    if (command.app->parsed()) return Complete(command, behind_mark);
  }
  return Error(app.help());
}

}  // namespace twicetold
