// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/option_words.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_split.h"

namespace twicetold {
namespace {

// What stands behind the names: "FILE" of "--files-from FILE". Nothing of a
// flag, "-L, --follow".
std::string ValueOf(const CLI::Option& option) {
  const std::string& text = option.get_option_text();
  if (option.get_positional())
    return text.empty() ? option.get_name(true) : text;
  const size_t blank = text.rfind(' ');
  const std::string last =
      blank == std::string::npos ? "" : text.substr(blank + 1);
  return last.starts_with('-') ? "" : last;
}

// The validators' descriptions stand behind the type: "TEXT:auto|never".
std::vector<std::string> ChoicesOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t colon = type.find(':');
  if (colon == std::string::npos) return {};
  return absl::StrSplit(type.substr(colon + 1), '|');
}

OptionWords WordsOf(const CLI::Option& option) {
  OptionWords words = {.value = ValueOf(option),
                       .choices = ChoicesOf(option),
                       .description = option.get_description(),
                       .group = option.get_group(),
                       .repeatable = option.get_multi_option_policy() ==
                                     CLI::MultiOptionPolicy::TakeAll};
  for (const std::string& name : option.get_snames()) {
    words.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    words.names.push_back("--" + name);
  }
  std::replace(words.description.begin(), words.description.end(), '\n', ' ');
  return words;
}

}  // namespace

std::vector<OptionWords> OptionsOf(const CLI::App& app) {
  std::vector<OptionWords> options;
  for (const std::string& group : app.get_groups()) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional() || option->get_group() != group) continue;
      options.push_back(WordsOf(*option));
    }
  }
  return options;
}

std::vector<OptionWords> OperandsOf(const CLI::App& app) {
  std::vector<OptionWords> operands;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) operands.push_back(WordsOf(*option));
  }
  return operands;
}

}  // namespace twicetold
