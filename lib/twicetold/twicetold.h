// SPDX-License-Identifier: Apache-2.0
//
// twicetold finds text that has been told twice. Start here.
//
// Documents are compared by their shingles, runs of five words:
//
//   read -> tokenize -> shingle -> sketch -> band -> candidates -> verify
//        -> cluster -> report
//
// One call does all of it: Scan (twicetold/pipeline.h), over files or over
// texts in memory. Compare (twicetold/compare.h) takes two texts, or one, and
// finds the passages told twice; PassageComparer (twicetold/compare_passage.h)
// does so for the passages of a scan. Each stage can be had by itself, too:
//
//   corpus/corpus.h, corpus/file_corpus.h   where documents come from
//   corpus/record_reader.h,                 JSON Lines as a stream, and as a
//   corpus/record_corpus.h                  corpus
//   corpus/encoding.h                       bytes to UTF-8
//   text/tokenize.h                         UTF-8 to tokens
//   sketch/shingle.h, sketch/sketch.h       tokens to sketches; estimates and
//                                           unions of sketches
//   match/...                               sketches to matches and clusters
//   passage/words.h, passage/align.h        UTF-8 to passages told twice
//   passage/edits.h, passage/swaps.h        passages to what was changed
//   report/jsonl.h, report/text.h,          the result, written out
//   report/diff_text.h
//
// Conventions: ranges are half-open; positions count tokens, offsets count
// bytes; fractions are in [0, 1]; the two sides of a pair are a and b, a < b.
// The library prints nothing, reads no environment and ends no process; what
// can go wrong comes back as absl::Status or as a record in the result.
#ifndef TWICETOLD_TWICETOLD_H_
#define TWICETOLD_TWICETOLD_H_

// IWYU pragma: begin_exports
#include "twicetold/compare.h"
#include "twicetold/compare_passage.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/corpus/file_corpus.h"
#include "twicetold/corpus/record_corpus.h"
#include "twicetold/corpus/walk.h"
#include "twicetold/make_diff_result.h"
#include "twicetold/pipeline.h"
#include "twicetold/report/diff_text.h"
#include "twicetold/report/jsonl.h"
#include "twicetold/report/result.h"
#include "twicetold/report/text.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/tokenize.h"
#include "twicetold/version.h"
// IWYU pragma: end_exports

#endif  // TWICETOLD_TWICETOLD_H_
