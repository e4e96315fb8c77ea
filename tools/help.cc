// SPDX-License-Identifier: Apache-2.0
#include "tools/help.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

constexpr char kEnvironment[] =
    "TWICETOLD_KERNEL in the environment forces a kernel: portable, avx2 or "
    "avx512.\n"
    "All give the same results; the fastest that the machine can run is the "
    "default.\n";

std::string ExitStatusText(const std::vector<ExitStatus>& statuses) {
  std::string text = "Exit status:\n";
  for (const ExitStatus status : statuses) {
    text += absl::StrFormat("  %-4d%s\n", status, ExitStatusWords(status));
  }
  return text;
}

class ExamplesFirstFormatter : public CLI::Formatter {
 public:
  ExamplesFirstFormatter(std::string arguments,
                         std::vector<ExitStatus> statuses)
      : arguments_(std::move(arguments)), statuses_(std::move(statuses)) {}

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
    help += "\n" + ExitStatusText(statuses_);
    if (app->get_parent() == nullptr) help += "\n" + std::string(kEnvironment);
    // CLI11 leaves two empty lines between groups.
    for (size_t at; (at = help.find("\n\n\n")) != std::string::npos;) {
      help.erase(at, 1);
    }
    return help;
  }

  std::string make_usage(const CLI::App* /*app*/,
                         std::string name) const override {
    return "Usage: " + name + " " + arguments_ + "\n";
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

 private:
  const std::string arguments_;
  const std::vector<ExitStatus> statuses_;
};

}  // namespace

std::string_view ExitStatusWords(ExitStatus status) {
  switch (status) {
    case kExitDone:
      return "done";
    case kExitFound:
      return "something was found and --fail-on found was given";
    case kExitFatal:
      return "wrong usage or fatal";
    case kExitPartial:
      return "done, but some inputs could not be read";
    case kExitInterrupted:
      return "interrupted";
  }
  return "";
}

std::string_view MainExamples() {
  return R"(Examples:
  twicetold scan docs/               duplicates and near-duplicates in a folder
  twicetold scan a.txt b.txt c.txt   the same among a few files
  twicetold scan -o jsonl docs/ > out.jsonl
  twicetold diff a.txt b.txt         passages that both tell, side by side
  twicetold diff article.txt         what one text tells twice
  twicetold dedup in/ --into out     a collection without near-duplicates
  twicetold scan --help              all options of a command
)";
}

std::shared_ptr<CLI::Formatter> ExamplesFirst(
    const std::string& arguments, const std::vector<ExitStatus>& statuses) {
  auto formatter =
      std::make_shared<ExamplesFirstFormatter>(arguments, statuses);
  formatter->column_width(30);
  return formatter;
}

}  // namespace twicetold
