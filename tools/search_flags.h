// SPDX-License-Identifier: Apache-2.0
//
// The options that every search for near-duplicates has: which files of
// folders, and how sketches find what is alike.
#ifndef TWICETOLD_TOOLS_SEARCH_FLAGS_H_
#define TWICETOLD_TOOLS_SEARCH_FLAGS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "tools/add_options.h"
#include "tools/flag_values.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {

class WalkFlags {
 public:
  // `operand`: what inputs are called; `verb`: what is done with files. `Input`
  // has globs, hidden, no_ignore and follow, and must outlive the parser.
  template <typename Input>
  void AddTo(CLI::App* app, const std::string& operand, const std::string& verb,
             Input* input) {
    const std::string not_for = "(not for files named as " + operand + ")";
    AddRepeatable(app, "-g,--glob", &input->globs,
                  "Only files that match GLOB; with ! before it,\nonly others; "
                  "repeatable\n" +
                      not_for)
        ->option_text("-g, --glob GLOB")
        ->group("Input");
    AddFlag(app, "--hidden", &input->hidden,
            verb + " hidden files and folders, too")
        ->group("Input");
    AddFlag(app, "--no-ignore", &input->no_ignore,
            "Heed no ignore files (.gitignore, .ignore, ...)")
        ->group("Input");
    AddValue(app, "--max-filesize", &max_filesize_,
             "Leave out files above SIZE bytes (K, M, G)\n" + not_for)
        ->option_text("--max-filesize SIZE")
        ->check(Checked(CheckByteSize))
        ->group("Input");
    AddFlag(app, "-L,--follow", &input->follow, "Follow symbolic links")
        ->option_text("-L, --follow")
        ->group("Input");
  }

  std::optional<uint64_t> max_filesize() const {
    return ParseByteSize(max_filesize_);
  }

 private:
  std::string max_filesize_;
};

inline void AddMinJaccard(CLI::App* app, double* min_jaccard) {
  AddValue(app, "--min-jaccard", min_jaccard,
           "How alike near-duplicates are at least:\n"
           "Jaccard similarity of their shingles [.8]")
      ->option_text("--min-jaccard J")
      ->check(Fraction(true))
      ->group("Search");
}

class SketchOptions {
 public:
  // `Options` has recall, shingle_size and sketch_size, and must outlive the
  // parser.
  template <typename Options>
  void AddTo(CLI::App* app, Options* options) {
    AddValue(app, "--recall", &options->recall,
             "Share of the pairs at exactly that similarity to\n"
             "find; more alike ones are found more surely [.99]")
        ->option_text("--recall R")
        ->check(Fraction(false))
        ->group("Search");
    AddValue(app, "--shingle", &options->shingle_size, "Words in a shingle [5]")
        ->option_text("--shingle K")
        ->transform(WholeNumber(1, 1000))
        ->group("Search");
    AddValue(app, "--sketch-size", &options->sketch_size,
             "Slots of a document's sketch, 16 to 4096 [128]")
        ->option_text("--sketch-size N")
        ->transform(WholeNumber(kMinSketchSize, kMaxSketchSize))
        ->group("Search");
    AddValue(app, "--seed", &seed_, "Seed of the random functions [0]")
        ->option_text("--seed N")
        ->check(Checked(CheckSeed))
        ->group("Search");
  }

  uint64_t seed() const { return ParseSeed(seed_).value_or(0); }

 private:
  std::string seed_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_SEARCH_FLAGS_H_
