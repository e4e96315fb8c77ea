// SPDX-License-Identifier: Apache-2.0
#include "tools/record_flags.h"

#include <CLI/CLI.hpp>

#include "tools/add_options.h"

namespace twicetold {

void RecordOptions::AddTo(CLI::App* app) {
  AddValue(app, "--format", &format_,
           "auto: files named .jsonl or .ndjson, also with\n.gz or .zst behind "
           "it, are JSON Lines, others one\ntext each; text or jsonl: all are "
           "[auto]")
      ->option_text("--format FORMAT")
      ->group("Input");
  AddFieldsTo(app);
}

void RecordOptions::AddFieldsTo(CLI::App* app) {
  AddValue(app, "--text-field", &fields_.text,
           "Field of JSON Lines that holds the text; a.b is\nb in a [text]")
      ->option_text("--text-field NAME")
      ->group("Input");
  AddValue(app, "--id-field", &fields_.id,
           "Field that names the document, if it is there [id]")
      ->option_text("--id-field NAME")
      ->group("Input");
}

std::string RecordOptions::Complete(RecordFlags* flags) const {
  if (format_ == "text") {
    flags->format = InputFormat::kText;
  } else if (format_ == "jsonl") {
    flags->format = InputFormat::kJsonl;
  } else if (format_ != "auto") {
    return "--format: '" + format_ + "' is none of auto, text, jsonl";
  }
  if (fields_.text.empty()) return "--text-field: the name of a field is empty";
  flags->fields = fields_;
  return "";
}

}  // namespace twicetold
