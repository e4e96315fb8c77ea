// SPDX-License-Identifier: Apache-2.0
#include "tools/help.h"

#include <cstddef>
#include <string>

namespace twicetold {
namespace {

constexpr char kExitStatuses[] =
    "Exit status: 0 done; 1 something was found and --fail-on found was "
    "given;\n"
    "2 wrong usage or fatal; 3 done, but some inputs could not be read;\n"
    "130 interrupted.\n";

class ExamplesFirstFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    if (mode == CLI::AppFormatMode::Sub) {
      return CLI::Formatter::make_help(app, name, mode);
    }
    std::string help = app->get_description() + "\n\n" + app->get_footer() +
                       "\n" + make_usage(app, name);
    help += make_positionals(app);
    help += make_groups(app, mode);
    help += make_subcommands(app, mode);
    help += "\n" + std::string(kExitStatuses);
    // CLI11 leaves two empty lines between groups.
    for (size_t at; (at = help.find("\n\n\n")) != std::string::npos;) {
      help.erase(at, 1);
    }
    return help;
  }

  std::string make_usage(const CLI::App* app, std::string name) const override {
    const bool is_main = app->get_parent() == nullptr;
    return "Usage: " + name +
           (is_main ? " COMMAND [OPTION]...\n" : " [OPTION]... [PATH]...\n");
  }

  std::string make_option_name(const CLI::Option* option,
                               bool is_positional) const override {
    const std::string& text = option->get_option_text();
    if (!text.empty()) return text;
    return CLI::Formatter::make_option_name(option, is_positional);
  }

  // Types and limits are in the words of the description.
  std::string make_option_opts(const CLI::Option* /*option*/) const override {
    return "";
  }
};

}  // namespace

std::string_view MainExamples() {
  return R"(Examples:
  twicetold scan docs/               duplicates and near-duplicates in a folder
  twicetold scan a.txt b.txt c.txt   the same among a few files
  twicetold scan -o jsonl docs/ > out.jsonl
  twicetold scan --help              all options of a scan
)";
}

std::string_view ScanExamples() {
  return R"(Examples:
  twicetold scan docs/                       a folder, by ripgrep's rules
  twicetold scan -g '*.md' -g '!old/' .      Markdown only, without old/
  twicetold scan --min-jaccard .5 drafts/    pairs that are less alike, too
  git ls-files -z | twicetold scan --files-from - --from0
  curl -s URL | twicetold scan - page.txt    stdin against a file
  twicetold scan -o text -o jsonl:out.jsonl docs/
  twicetold scan --fail-on found src/        status 1 if there is any duplicate
)";
}

std::shared_ptr<CLI::Formatter> ExamplesFirst() {
  auto formatter = std::make_shared<ExamplesFirstFormatter>();
  formatter->column_width(30);
  return formatter;
}

}  // namespace twicetold
