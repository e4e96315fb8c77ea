// SPDX-License-Identifier: Apache-2.0
//
// What finding passages can be told. Defaults were tuned on the PAN 2013
// training data, pairs whose suspicious document has an even number, unless a
// comment says otherwise; bench/quality_bench repeats the figures.
#ifndef TWICETOLD_PASSAGE_PASSAGE_OPTIONS_H_
#define TWICETOLD_PASSAGE_PASSAGE_OPTIONS_H_

#include <cstdint>

namespace twicetold {

// Cells that tell the same, and blocks of them (seeds.h, blocks.h). The shares
// were chosen on the PAN data and on Bible passages of seeds 101-103
// (quality_bench bible), of which no other figure is made.
struct SeedOptions {
  double min_cosine = .28;   // of tf-idf vectors of stems
  uint32_t most_cells = 80;  // a stem in more cells of a side is no seed
  uint32_t gap_cells = 3;    // between seeds of one block
  // From a seed of a block to the next, on both sides at once: more is told
  // again in another order. At least 1; PAN 2013 is the same from 10 on.
  uint32_t apart_cells = 12;
  double min_end_share = .75;  // of a cosine, for a cell to end a block
  double min_best_share = .8;  // the same, where sides of a block overlap
};

// Where a passage begins and ends (borders.h).
struct BorderOptions {
  double penalty = .35;         // of a word without partner, in shares of idf
  double penalty_within = .55;  // the same within one document
  uint32_t reach_words = 80;    // how far beyond the seeds a border may lie
  uint32_t window_words = 200;  // on either side, to look for partners in
};

// What has to be shared for a passage to be listed (evidence.h).
struct EvidenceOptions {
  double min_mass = 45;          // idf of shared stems, for 100 cells
  double within_factor = 2;      // times that within one document
  double min_within_share = .5;  // of the idf of either side, within one
  // Of the idf of either side of two documents, for the mass for 100 cells to
  // do however many there are: so much is not shared by chance.
  double min_equal_share = .9;
  uint32_t min_words = 25;  // of either side
};

// Runs of equal words (runs.h).
struct RunOptions {
  uint32_t min_chars = 256;  // bytes of text of a run
  double min_cover = .5;     // of both sides, for the runs to be the borders
  uint32_t gap_words = 30;   // between runs of one passage
  // Of the idf of either side of what lies between runs, for it to be part of
  // the passage although it is longer.
  double min_gap_share = .75;
  // Of the idf of either side of a sentence next to runs, or in which they end,
  // and of what of it is in none, for it to be part of the passage.
  double min_sentence_share = .6;
  double min_rest_share = .3;
  // What a passage without runs needs beside passages with some: times the
  // mass, or such a share of both sides.
  double beside_factor = 2;
  double min_beside_share = .8;
};

// One side tells in short what the other tells at length (summaries.h).
struct SummaryOptions {
  double share_inside = .75;  // modelled share of shared words inside one
  double least_share_outside = .3;
  double drop = 40;         // idf that may be lost before a segment ends
  double min_share = .6;    // of shared words, at least
  double min_excess = .35;  // of that share above the document's own
  double min_mass = 120;    // idf of distinct shared stems
  double max_local = .85;   // of them in one place of the long side
  // Shared idf of a passage inside, times the share of the passage's long side
  // that is shared, to that of the summary: above, the passage is the better
  // word for it.
  double max_passage = .47;
  double spread_from = .3;  // share of the long side that counts as all
  double min_ratio = 4;     // words of the long side to the short one's
  uint32_t min_cells = 2;   // of the long side with a seed inside
};

// Parts of one passage (neighbours.h). Chosen on Bible passages of seeds
// 101-103; the PAN data have next to no such parts.
struct NeighbourOptions {
  uint32_t gap_words = 200;      // between parts, on either side
  uint32_t context_words = 200;  // of each part that are looked at
  double min_gain = .95;         // weight of the whole, to that of its parts
};

struct PassageOptions {
  SeedOptions seed;
  BorderOptions border;
  EvidenceOptions evidence;
  NeighbourOptions neighbour;
  RunOptions run;
  SummaryOptions summary;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_PASSAGE_OPTIONS_H_
