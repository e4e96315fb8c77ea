// SPDX-License-Identifier: Apache-2.0
//
// Options that say which files hold records, and where in a record its text
// and key are.
#ifndef TWICETOLD_TOOLS_RECORD_FLAGS_H_
#define TWICETOLD_TOOLS_RECORD_FLAGS_H_

#include <string>

#include "twicetold/corpus/record_parser.h"

namespace CLI {
class App;
}

namespace twicetold {

// How files are read.
enum class InputFormat {
  kAuto,   // as records if the name is one of JSON Lines
  kText,   // as one document
  kJsonl,  // as records
};

struct RecordFlags {
  InputFormat format = InputFormat::kAuto;
  RecordFields fields = {};
};

// The options of RecordFlags as they are parsed.
class RecordOptions {
 public:
  void AddTo(CLI::App* app);
  void AddFieldsTo(CLI::App* app);  // without --format

  RecordFlags flags() const;

 private:
  std::string format_ = "auto";
  RecordFields fields_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_RECORD_FLAGS_H_
