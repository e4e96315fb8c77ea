// SPDX-License-Identifier: Apache-2.0
#include "tools/record_flags.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "tools/add_options.h"

namespace twicetold {
namespace {

std::optional<InputFormat> ParseInputFormat(const std::string& text) {
  if (text == "auto") return InputFormat::kAuto;
  if (text == "text") return InputFormat::kText;
  if (text == "jsonl") return InputFormat::kJsonl;
  return std::nullopt;
}

std::string CheckFieldName(const std::string& text) {
  return text.empty() ? "the name is empty" : "";
}

}  // namespace

void RecordOptions::AddTo(CLI::App* app) {
  AddValue(app, "--format", &format_,
           "auto: files named .jsonl or .ndjson, also with\n.gz or .zst behind "
           "it, are JSON Lines, others one\ntext each; text or jsonl: all are "
           "[auto]")
      ->option_text("--format FORMAT")
      ->check(OneOf({"auto", "text", "jsonl"}))
      ->group("Input");
  AddFieldsTo(app);
}

void RecordOptions::AddFieldsTo(CLI::App* app) {
  AddValue(app, "--text-field", &fields_.text,
           "Field of JSON Lines that holds the text; a.b is\nb in a [text]")
      ->option_text("--text-field NAME")
      ->check(Checked(CheckFieldName))
      ->group("Input");
  AddValue(app, "--id-field", &fields_.id,
           "Field that names the document, if it is there [id]")
      ->option_text("--id-field NAME")
      ->group("Input");
}

RecordFlags RecordOptions::flags() const {
  return {.format = ParseInputFormat(format_).value_or(InputFormat::kAuto),
          .fields = fields_};
}

}  // namespace twicetold
