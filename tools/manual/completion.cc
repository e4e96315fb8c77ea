// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/completion.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/manual/option_words.h"

namespace twicetold {
namespace {

constexpr char kGenerated[] =
    "# SPDX-License-Identifier: Apache-2.0\n"
    "# Made from the definitions of the options.\n";

constexpr char kHelpSummary[] = "Show the help of a command";

bool NamesFile(const OptionWords& option) {
  return option.value == "FILE" || option.value == "PATH";
}

bool NamesFolder(const OptionWords& option) { return option.value == "DIR"; }

// In single quotes, for any of the shells.
std::string Quoted(const std::string& text) {
  return "'" + absl::StrReplaceAll(text, {{"'", "'\\''"}}) + "'";
}

// --- bash

// What goes before the branches of commands and behind them.
constexpr char kBashBegin[] = R"(
# _twicetold_option COMMAND NAME: what the value of an option may be, in
# `words` or `kind`; fails if it takes none.
_twicetold_option() {
  case "$1 $2" in
)";
constexpr char kBashMiddle[] = R"(  *) return 1 ;;
  esac
}

# _twicetold_words COMMAND: what may be typed in its place or behind it.
_twicetold_words() {
  case "$1" in
)";
constexpr char kBashEnd[] = R"(  esac
}

_twicetold() {
  local IFS=$' \t\n' words= kind=files command= prev word
  local cur=${COMP_WORDS[COMP_CWORD]}
  local -a before=("${COMP_WORDS[@]:0:COMP_CWORD}")
  # Words are cut at = and :, which are words, too: --color = al.
  case $cur in = | :) before+=("$cur") cur= ;; esac
  prev=${before[-1]}
  [ "$prev" = = ] && prev=${before[-2]}
  [ ${#before[@]} -gt 1 ] && command=${before[1]}
  for word in "${before[@]:2}"; do
    [ "$word" = -- ] && command=--
  done
  if [ "$prev" != : ] && ! _twicetold_option "$command" "$prev"; then
    case $command:$cur in
      :* | help:* | [a-z]*:-*) words=$(_twicetold_words "$command") kind= ;;
    esac
  fi
  COMPREPLY=()
  case $kind in
    files) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    folders) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
  esac
  # What is quoted is left to the shell; other values are no files.
  case $kind in
    files | folders) compopt -o filenames 2>/dev/null ;;
    *) compopt +o default 2>/dev/null ;;
  esac
}
complete -o default -F _twicetold twicetold
)";

std::string BashNames(const std::vector<OptionWords>& options) {
  std::vector<std::string> names;
  for (const OptionWords& option : options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return absl::StrJoin(names, " ");
}

std::string BashValues(const std::string& command, const OptionWords& option) {
  std::string patterns;
  for (const std::string& name : option.names) {
    if (!patterns.empty()) patterns += " | ";
    patterns += absl::StrFormat("'%s %s'", command, name);
  }
  const std::string values =
      !option.choices.empty()
          ? "kind= words=" + Quoted(absl::StrJoin(option.choices, " "))
          : absl::StrFormat("kind=%s", NamesFile(option)     ? "files"
                                       : NamesFolder(option) ? "folders"
                                                             : "");
  return "  " + patterns + ") " + values + " ;;\n";
}

// --- zsh

// `text` in a specification of _arguments, where some characters end a part.
std::string ZshPart(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{"\\", "\\\\"}, {"[", "\\["}, {"]", "\\]"}, {":", "\\:"}});
}

// What completes a value; empty if nothing does.
std::string ZshAction(const OptionWords& option) {
  if (!option.choices.empty()) {
    return "(" + absl::StrJoin(option.choices, " ") + ")";
  }
  if (NamesFile(option)) return "_files";
  return NamesFolder(option) ? "_files -/" : " ";
}

std::string ZshSpecs(const OptionWords& option) {
  std::string specs;
  const std::string excluded =
      option.repeatable ? "*" : "(" + absl::StrJoin(option.names, " ") + ")";
  for (const std::string& name : option.names) {
    std::string spec = excluded + name;
    if (!option.value.empty()) spec += name.starts_with("--") ? "=" : "+";
    spec += "[" + ZshPart(option.description) + "]";
    if (!option.value.empty()) {
      spec += ":" + ZshPart(option.value) + ":" + ZshAction(option);
    }
    specs += "      " + Quoted(spec) + " \\\n";
  }
  return specs;
}

std::string ZshArguments(const CLI::App& app, const std::string& style) {
  std::string text = "_arguments " + style + " \\\n";
  for (const OptionWords& option : OptionsOf(app)) text += ZshSpecs(option);
  return text;
}

// --- fish

// The option as `complete` has it; `when` says for which command.
std::string FishOption(const std::string& when, const OptionWords& option) {
  std::string text = "complete -c twicetold -n " + Quoted(when);
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    text += (is_long ? " -l " : " -s ") + name.substr(is_long ? 2 : 1);
  }
  if (!option.choices.empty()) {
    text += " -x -a " + Quoted(absl::StrJoin(option.choices, " "));
  } else if (NamesFile(option)) {
    text += " -r";
  } else if (NamesFolder(option)) {
    text += " -x -a '(__fish_complete_directories)'";
  } else if (!option.value.empty()) {
    text += " -x";
  }
  return text + " -d " + Quoted(option.description) + "\n";
}

}  // namespace

std::string BashCompletion(const CommandLine& line) {
  std::string text = std::string(kGenerated) + kBashBegin;
  std::vector<std::string> names;
  for (const Command& command : line.commands) {
    names.push_back(command.app->get_name());
    for (const OptionWords& option : OptionsOf(*command.app)) {
      if (!option.value.empty()) text += BashValues(names.back(), option);
    }
  }
  text += kBashMiddle;
  const std::string all = absl::StrJoin(names, " ");
  text += absl::StrFormat("  '') echo '%s help %s' ;;\n  help) echo '%s' ;;\n",
                          all, BashNames(OptionsOf(line.app)), all);
  for (const Command& command : line.commands) {
    text += absl::StrFormat("  %s) echo '%s' ;;\n", command.app->get_name(),
                            BashNames(OptionsOf(*command.app)));
  }
  return text + kBashEnd;
}

std::string ZshCompletion(const CommandLine& line) {
  std::string text = "#compdef twicetold\n" + std::string(kGenerated) +
                     R"(
_twicetold() {
  local curcontext=$curcontext state state_descr line
  local -A opt_args
  local -a commands
  commands=(
)";
  for (const Command& command : line.commands) {
    text += "    " +
            Quoted(command.app->get_name() + ":" +
                   ZshPart(command.app->get_description())) +
            "\n";
  }
  text += absl::StrFormat("    'help:%s'\n  )\n  ", kHelpSummary);
  text += ZshArguments(line.app, "-C");
  text += R"(      '1:command:->command' '*::argument:->argument'
  if [[ $state == command || $line[1] == help ]]; then
    _describe command commands
    return
  fi
  case $line[1] in
)";
  for (const Command& command : line.commands) {
    text += "  " + command.app->get_name() + ")\n    " +
            ZshArguments(*command.app, "-s -S") + "      '*:file:_files' ;;\n";
  }
  return text + "  esac\n}\n_twicetold \"$@\"\n";
}

std::string FishCompletion(const CommandLine& line) {
  std::string text = kGenerated;
  std::vector<std::string> names;
  const auto add_command = [&text](const std::string& name,
                                   const std::string& summary) {
    text += absl::StrFormat(
        "complete -c twicetold -n __fish_use_subcommand -f -a %s -d %s\n", name,
        Quoted(summary));
  };
  for (const OptionWords& option : OptionsOf(line.app)) {
    text += FishOption("__fish_use_subcommand", option);
  }
  for (const Command& command : line.commands) {
    names.push_back(command.app->get_name());
    add_command(names.back(), command.app->get_description());
    const std::string when = "__fish_seen_subcommand_from " + names.back();
    for (const OptionWords& option : OptionsOf(*command.app)) {
      text += FishOption(when, option);
    }
  }
  add_command("help", kHelpSummary);
  text += absl::StrFormat(
      "complete -c twicetold -n '__fish_seen_subcommand_from help' -f -a "
      "'%s'\n",
      absl::StrJoin(names, " "));
  return text;
}

}  // namespace twicetold
