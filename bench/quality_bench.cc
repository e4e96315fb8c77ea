// SPDX-License-Identifier: Apache-2.0
//
// quality_bench: how right the tool is, on data whose truth is known or can be
// computed. One command a question; each ends with status 0 if the answer is
// as good as asked for, 1 if not, 2 if it could not be had. Those on passages
// ask for nothing: 0 says that they have measured.
#include <CLI/CLI.hpp>

#include "bench/quality/bible.h"
#include "bench/quality/documents.h"
#include "bench/quality/pan.h"
#include "bench/quality/revisions.h"

int main(int argc, char** argv) {
  CLI::App app("How right twicetold is.", "quality_bench");
  app.require_subcommand(1);
  int status = 0;
  twicetold::AddDocumentsCommand(&app, &status);
  twicetold::AddPanCommand(&app, &status);
  twicetold::AddBibleCommand(&app, &status);
  twicetold::AddRevisionsCommand(&app, &status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return status;
}
