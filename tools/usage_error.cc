// SPDX-License-Identifier: Apache-2.0
#include "tools/usage_error.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/suggest.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

constexpr char kMain[] = "twicetold";

using Commands = std::vector<const CLI::App*>;

Commands CommandsOf(const CLI::App& main) {
  return main.get_subcommands([](const CLI::App*) { return true; });
}

// The one that was given; nothing if none was.
const CLI::App* GivenCommand(const CLI::App& main) {
  for (const CLI::App* command : CommandsOf(main)) {
    if (command->parsed()) return command;
  }
  return nullptr;
}

// "twicetold scan"; "twicetold" for none.
std::string FullName(const CLI::App* command) {
  std::string name = kMain;
  if (command != nullptr) name += " " + command->get_name();
  return name;
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

bool IsOption(const std::string& word) {
  return word.size() > 1 && word[0] == '-';
}

// "--seed" of "--seed=3", "-j" of "-j4".
std::string OptionName(const std::string& word) {
  return word.starts_with("--") ? word.substr(0, word.find('='))
                                : word.substr(0, 2);
}

// An option that is not known, with the nearest one that is.
std::string UnknownOption(const std::string& word, const CLI::App& app) {
  const std::string name = OptionName(word);
  std::string message = "unknown option " + name;
  const std::string nearest = Nearest(name, OptionNames(app));
  if (!nearest.empty()) message += "; did you mean " + nearest + "?";
  return message;
}

// `what` begins with the last name of an option; all of them are better known:
// "-j, --threads".
std::string WithAllNames(const std::string& what, const CLI::App& app) {
  const size_t end = what.find(':');
  if (end == std::string::npos) return what;
  const CLI::Option* option = app.get_option_no_throw(what.substr(0, end));
  if (option == nullptr) return what;
  std::string names = option->get_name(false, true);
  const size_t comma = names.find(',');
  if (comma != std::string::npos) names.insert(comma + 1, " ");
  return names + what.substr(end);
}

std::string Explain(const CLI::ParseError& error, const CLI::App& app) {
  // Values are checked by us before they are converted, those of flags not.
  const std::string_view not_a_flag = "Could not convert: ";
  if (const std::string_view text = error.what();
      text.starts_with(not_a_flag)) {
    const size_t end = std::min(text.find(' ', not_a_flag.size()), text.size());
    return std::string(text.substr(0, end).substr(not_a_flag.size())) +
           " takes no value";
  }
  const std::string what = WithAllNames(error.what(), app);
  const bool lacks_value =
      dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr &&
      what.find("required") != std::string::npos;
  return lacks_value ? what.substr(0, what.find(':')) + " needs a value" : what;
}

// The command that an option before all commands belongs to: the one that was
// given or else the first that has such an option.
const CLI::App* CommandWithOption(const CLI::App& main,
                                  const std::string& name) {
  Commands commands = CommandsOf(main);
  if (const CLI::App* given = GivenCommand(main)) commands = {given};
  const auto at = std::find_if(
      commands.begin(), commands.end(), [&name](const CLI::App* command) {
        return command->get_option_no_throw(name) != nullptr;
      });
  return at == commands.end() ? nullptr : *at;
}

// What neither the tool nor its command knows.
std::string ExplainExtras(const CLI::App& main) {
  const std::vector<std::string> before_command = main.remaining(false);
  const CLI::App* given = GivenCommand(main);
  if (before_command.empty() && given != nullptr) {
    const std::vector<std::string> extras = given->remaining(false);
    return UsageError(FullName(given), UnknownOption(extras.front(), *given));
  }
  const std::string& word = before_command.front();
  if (!IsOption(word)) return UnknownCommand(main, word);
  const std::string name = OptionName(word);
  if (const CLI::App* command = CommandWithOption(main, name)) {
    return UsageError(FullName(command),
                      "options of a " + command->get_name() +
                          " stand after the command: " + FullName(command) +
                          " " + name + " ...");
  }
  return UsageError(kMain, UnknownOption(word, main));
}

}  // namespace

std::string UsageError(const std::string& command, const std::string& message) {
  return "twicetold: " + Harmless(message) + "\nTry '" + command +
         " --help'.\n";
}

std::string UnknownCommand(const CLI::App& main, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : CommandsOf(main)) {
    names.push_back(command->get_name());
  }
  names.push_back("help");
  std::string message = "unknown command '" + word + "'";
  const std::string nearest = Nearest(word, names);
  if (!nearest.empty()) message += "; did you mean '" + nearest + "'?";
  return UsageError(kMain, message);
}

std::string ExplainParseError(const CLI::ParseError& error,
                              const CLI::App& main) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return ExplainExtras(main);
  }
  const CLI::App* given = GivenCommand(main);
  return UsageError(FullName(given),
                    Explain(error, given == nullptr ? main : *given));
}

}  // namespace twicetold
