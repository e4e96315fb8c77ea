// SPDX-License-Identifier: Apache-2.0
//
// Options as all commands have them: an option with one value or a flag may be
// given again, and the last one counts.
#ifndef TWICETOLD_TOOLS_ADD_OPTIONS_H_
#define TWICETOLD_TOOLS_ADD_OPTIONS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/flag_values.h"

namespace twicetold {

// `value` has to outlive the parser.
template <typename T>
CLI::Option* AddValue(CLI::App* app, const std::string& name, T* value,
                      const std::string& help) {
  return app->add_option(name, *value, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

inline CLI::Option* AddFlag(CLI::App* app, const std::string& name, bool* value,
                            const std::string& help) {
  return app->add_flag(name, *value, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

inline void AddQuiet(CLI::App* app, bool* quiet) {
  AddFlag(app, "-q,--quiet", quiet,
          "No progress, no totals on stderr: only errors")
      ->option_text("-q, --quiet")
      ->group("Output");
}

// Repeatable, one value each, so that PATHs may follow.
template <typename T>
CLI::Option* AddRepeatable(CLI::App* app, const std::string& name, T* values,
                           const std::string& help) {
  return app->add_option(name, *values, help)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// "auto|always|never".
inline std::string Alternatives(const std::vector<std::string>& choices) {
  return CLI::detail::join(choices, "|");
}

// What a Check function of flag_values.h has to say, for CLI::Option::check.
// `choices` are values that it takes, though not all, as in OneOf.
template <typename Check>
CLI::Validator Checked(Check check,
                       const std::vector<std::string>& choices = {}) {
  return CLI::Validator(check, Alternatives(choices));
}

// A value that is one of `choices`, two at least. They are named as the
// description of the validator, where completions find them.
inline CLI::Validator OneOf(const std::vector<std::string>& choices) {
  return CLI::Validator(
      [choices](const std::string& text) { return CheckChoice(choices, text); },
      Alternatives(choices));
}

// For CLI::Option::transform.
inline CLI::Validator WholeNumber(int low, int high) {
  return CLI::Validator(
      [low, high](std::string& text) {
        return CheckWholeNumber(low, high, &text);
      },
      "");
}

inline CLI::Validator Fraction(bool one_is_valid) {
  return CLI::Validator(
      [one_is_valid](std::string& text) {
        return CheckFraction(one_is_valid, text);
      },
      "");
}

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_ADD_OPTIONS_H_
