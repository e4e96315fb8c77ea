#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often the recall that `twicetold dedup` estimates is the true one.

  bench/recall_coverage.py [--seeds N] [--recall R] [--min-jaccard J]
                           [--documents N] [--median-words N] [--skew S]

Makes a corpus with many pairs near the threshold, deduplicates it under one
seed after another, and looks whether the interval of summary.json, meant to
hold the true recall 95 times in 100, does. The true recall is the share that
was removed of the documents that --exact removes as near-duplicates. With a
skew of 1 each document is edited as often as another; with 3, few are edited
by the hundreds, so that pairs depend on each other and buckets are over-full.
The interval comes from a sample of the pairs; of the corpus that is made by
default nearly all are in it, so that it is no wider than it has to be.

Ends with 1 if fewer than 90 in 100 intervals hold the true recall.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def make_corpus(options, path):
    around = [options.min_jaccard + step / 100
              for step in (-4, -2, 0, 1, 2, 3, 4, 6)]
    with open(path, 'wb') as file:
        subprocess.run(
            [options.binaries + '/bench/make_corpus', '--documents',
             str(options.documents), '--near', '.4', '--copies', '0',
             '--boilerplate', '0', '--skew', str(options.skew),
             '--median-words', str(options.median_words),
             '--similarities', *('%g' % j for j in around)],
            stdout=file, check=True)


def deduplicate(options, corpus, folder, *more):
    """(summary.json, the keys of what is removed as near-duplicates)."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [options.binaries + '/tools/twicetold', 'dedup', corpus, '--into',
         folder, '--min-jaccard', str(options.min_jaccard), '--recall',
         str(options.recall), *more], stderr=subprocess.DEVNULL, check=True)
    with open(folder + '/summary.json', encoding='utf-8') as file:
        summary = json.load(file)
    with open(folder + '/removed.jsonl', encoding='utf-8') as lines:
        records = [json.loads(line) for line in lines]
    return summary, {record['key'] for record in records
                     if record['relation'] == 'near_duplicate'}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('--seeds', type=int, default=100)
    parser.add_argument('--recall', type=float, default=.9)
    parser.add_argument('--min-jaccard', type=float, default=.8)
    parser.add_argument('--documents', type=int, default=5000)
    parser.add_argument('--median-words', type=float, default=100)
    parser.add_argument('--skew', type=float, default=1)
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('--binaries', default=HERE + '/../build/release')
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix='recall_coverage.') as work:
        corpus, folder = work + '/corpus.jsonl', work + '/out'
        make_corpus(options, corpus)
        all_removed = deduplicate(options, corpus, folder, '--exact')[1]
        for seed in range(1, options.seeds + 1):
            summary, removed = deduplicate(options, corpus, folder, '--seed',
                                           str(seed))
            estimated = summary['recall']['estimated']
            interval = estimated['interval']
            true = len(removed & all_removed) / len(all_removed)
            rows.append((true, estimated['recall'], interval['low'],
                         interval['high'], seed))
            if options.verbose:
                print('seed %d: true %.4f, estimated %.4f (%.4f-%.4f), '
                      '%d of %d pairs in the sample, %d over-full buckets'
                      % (seed, *rows[-1][:4], interval['pairs_in_sample'],
                         estimated['pairs_found'],
                         summary['capped']['overfull_buckets']))
    covered = sum(low <= true <= high for true, _, low, high, _ in rows)
    mean = [sum(column) / len(rows) for column in zip(*rows)]
    worst = max(rows, key=lambda row: max(row[2] - row[0], row[0] - row[3]))
    print('%d of %d intervals hold the true recall' % (covered, len(rows)))
    print('means: true %.4f, estimated %.4f, interval %.4f-%.4f, width %.4f'
          % (*mean[:4], mean[3] - mean[2]))
    print('greatest error of an estimate: %.4f'
          % max(abs(row[0] - row[1]) for row in rows))
    print('worst interval: true %.4f, estimated %.4f (%.4f-%.4f), seed %d'
          % worst)
    return 0 if covered >= .9 * len(rows) else 1


if __name__ == '__main__':
    sys.exit(main())
