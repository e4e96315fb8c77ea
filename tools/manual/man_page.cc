// SPDX-License-Identifier: Apache-2.0
#include "tools/manual/man_page.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tools/help.h"
#include "tools/manual/option_words.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

// What roff would take for its own: hyphens stay what can be copied to a
// shell, and no line begins with a command.
std::string Escaped(std::string_view text) {
  std::string escaped;
  if (text.starts_with('.') || text.starts_with('\'')) escaped = "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Bold(std::string_view text) {
  return "\\fB" + Escaped(text) + "\\fR";
}

std::vector<std::string> Split(const std::string& text, char at) {
  return absl::StrSplit(text, at);
}

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool IsUpper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

// What stands for something in italics, what is typed in bold: "FORMAT[:FILE]".
std::string Value(std::string_view value) {
  std::string marked;
  while (!value.empty()) {
    const bool upper = IsUpper(value.front());
    const auto end = std::find_if(value.begin(), value.end(), [&](char c) {
      return IsLetter(c) != IsLetter(value.front()) || IsUpper(c) != upper;
    });
    const size_t size = static_cast<size_t>(end - value.begin());
    const std::string part = Escaped(value.substr(0, size));
    const bool typed = IsLetter(value.front()) && !upper;
    marked += upper   ? "\\fI" + part + "\\fR"
              : typed ? "\\fB" + part + "\\fR"
                      : part;
    value.remove_prefix(size);
  }
  return marked;
}

// With the options that it names in bold.
std::string Prose(const std::string& text) {
  std::string prose;
  for (const std::string& word : Split(text, ' ')) {
    if (!prose.empty()) prose += ' ';
    const size_t begin = word.starts_with('(') ? 1 : 0;
    const auto end = std::find_if(
        word.begin() + static_cast<std::ptrdiff_t>(begin), word.end(),
        [](char c) { return c != '-' && !IsLetter(c); });
    const size_t size = static_cast<size_t>(end - word.begin()) - begin;
    if (size < 2 || word[begin] != '-') {
      prose += Escaped(word);
      continue;
    }
    prose += word.substr(0, begin) + Bold(word.substr(begin, size)) +
             Escaped(word.substr(begin + size));
  }
  return prose;
}

std::string Entry(const std::string& head, const std::string& text) {
  return ".TP\n" + head + "\n" + text + "\n";
}

std::string OptionEntry(const OptionWords& option) {
  std::string head;
  for (const std::string& name : option.names) {
    head += (head.empty() ? "" : ", ") + Bold(name);
  }
  if (!option.value.empty()) {
    head += (head.empty() ? "" : " ") + Value(option.value);
  }
  return Entry(head, Prose(option.description));
}

std::string Options(const CLI::App& app) {
  std::string text;
  for (const OptionWords& operand : OperandsOf(app)) {
    text += OptionEntry(operand);
  }
  std::string group;
  for (const OptionWords& option : OptionsOf(app)) {
    // The first ones are of no group: "Options".
    if (!group.empty() && option.group != group) {
      text += ".SS " + option.group + "\n";
    }
    group = option.group;
    text += OptionEntry(option);
  }
  return text;
}

std::string Statuses(const CommandHelp& help) {
  std::string text;
  for (const ExitStatus status : help.statuses) {
    text += Entry(Bold(std::to_string(status)),
                  Prose(std::string(ExitStatusWords(status))));
  }
  return text;
}

std::string Commands(const CommandLine& line) {
  std::string text;
  for (const Command& command : line.commands) {
    const std::string name = command.app->get_name();
    text += Entry("\\fBtwicetold\\-" + name + "\\fR(1)",
                  Prose(command.app->get_description()));
  }
  return text;
}

// An example a line: "  command   what it does". What it does may stand on a
// line of its own, or not at all.
std::string Examples(const std::string& examples) {
  std::string text;
  const std::vector<std::string> lines = Split(examples, '\n');
  for (size_t i = 1; i < lines.size(); ++i) {  // not the heading
    const std::string line =
        lines[i].substr(std::min<size_t>(lines[i].size(), 2));
    if (line.empty()) continue;
    const size_t gap = line.find("  ");
    const bool told =
        gap != std::string::npos ||
        (i + 1 < lines.size() && lines[i + 1].starts_with("    "));
    if (gap > 0) {
      text += (told ? ".TP\n" : ".PP\n") + Bold(line.substr(0, gap)) + "\n";
    }
    if (gap != std::string::npos) {
      text += Prose(line.substr(line.find_first_not_of(' ', gap))) + "\n";
    }
  }
  return text;
}

// "twicetold-scan".
std::string PageName(const Command* command) {
  return command == nullptr ? "twicetold"
                            : "twicetold-" + command->app->get_name();
}

std::string Title(const CommandHelp& help, const Command* command) {
  const std::string name = PageName(command);
  std::string heading = name;
  for (char& c : heading) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  // What a page is about is no sentence.
  std::string summary =
      command == nullptr ? "find text that has been told twice" : help.summary;
  summary[0] =
      static_cast<char>(std::tolower(static_cast<unsigned char>(summary[0])));
  const std::string typed =
      command == nullptr ? "twicetold" : "twicetold " + help.name;
  return absl::StrFormat(
      ".TH %s 1 \"\" \"twicetold %s\" \"User Commands\"\n"
      ".nh\n.ad l\n"
      ".SH NAME\n%s \\- %s\n"
      ".SH SYNOPSIS\n%s %s%s\n",
      Escaped(heading), kVersion, Escaped(name), Escaped(summary), Bold(typed),
      command == nullptr ? "" : "[\\fIOPTION\\fR]... ", Value(help.operands));
}

}  // namespace

std::string ManPage(const CommandLine& line, const Command* command,
                    std::string_view by_hand) {
  const CommandHelp help =
      command == nullptr ? line.help : command->parser->help();
  const CLI::App& app = command == nullptr ? line.app : *command->app;
  std::string page;
  for (const std::string& text : Split(std::string(by_hand), '\n')) {
    if (text == "@TITLE@") {
      page += Title(help, command);
    } else if (text == "@COMMANDS@") {
      page += Commands(line);
    } else if (text == "@OPTIONS@") {
      page += Options(app);
    } else if (text == "@STATUSES@") {
      page += Statuses(help);
    } else if (text == "@EXAMPLES@") {
      page += Examples(help.examples);
    } else {
      page += text + "\n";
    }
  }
  return page;
}

}  // namespace twicetold
