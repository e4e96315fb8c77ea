#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the output of `twicetold dedup` without any of its code.

  bench/check_removed.py DIR [--min-jaccard J] [--tolerance T] [--truth FILE]

Reads the inputs that DIR/removed.jsonl names once more, cuts them into words
by rules of its own (NFKC, case folding, letters and digits, inner
apostrophes), and compares the shingles of each removed document with those of
the document that was kept for it. Every line has to have a Jaccard similarity
of at least J and the one that it states, give or take T: words are told a
little differently here where a text has rare characters. A document that is
kept for others must not be removed itself, and no line may be there twice.

With the truth of make_corpus, prints the share of planted pairs at or above J
of which one document is gone (recall), and the share of removals of which the
two documents have a common origin (precision).

Ends with 1 if anything is wrong.
"""
import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import unicodedata

# Letters of scripts without spaces are words of their own.
LONE = ('\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u31f0-\u31ff'
        '\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff')
WORD = re.compile('[%s]|[^\\W_%s]+(?:\'[^\\W_%s]+)*' % (LONE, LONE, LONE))
INVISIBLE = re.compile('[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]')


def words_of(text):
    text = unicodedata.normalize('NFKC', text).casefold()
    text = unicodedata.normalize('NFD', INVISIBLE.sub('', text))
    text = ''.join(c for c in text if unicodedata.category(c)[0] != 'M')
    return WORD.findall(text.replace('\u2019', "'"))


def shingles_of(text, size):
    words = words_of(text)
    if 0 < len(words) <= size:
        return {tuple(words)}
    return {tuple(words[i:i + size]) for i in range(len(words) - size + 1)}


def open_lines(path):
    lower = path.lower()
    if lower.endswith('.gz'):
        return gzip.open(path, 'rb')
    if lower.endswith('.zst'):
        return subprocess.Popen(['zstd', '-dcq', '--long=31', path],
                                stdout=subprocess.PIPE).stdout
    return open(path, 'rb')


def texts_of(path, wanted, field):
    """The texts of `path`: {line: text}, or {0: text} for a file."""
    if wanted == {0}:
        with open(path, 'rb') as file:
            return {0: file.read().decode('utf-8', 'replace')}
    texts = {}
    with open_lines(path) as lines:
        for number, line in enumerate(lines, 1):
            if number in wanted:
                value = json.loads(line)
                for name in field.split('.'):
                    value = value[name]
                texts[number] = value
    return texts


def place_of(record):
    return record['path'], record.get('record', 0)


def load(removed, field):
    wanted = {}
    for record in removed:
        for path, line in (place_of(record), place_of(record['kept'])):
            wanted.setdefault(path, set()).add(line)
    texts = {}
    for path, lines in wanted.items():
        for line, text in texts_of(path, lines, field).items():
            texts[path, line] = text
    return texts


def check(removed, texts, args, size):
    wrong = []
    gone = set()
    sets = {}

    def set_of(place):
        if place not in sets:
            if len(sets) > 2000:
                sets.clear()
            sets[place] = shingles_of(texts[place], size)
        return sets[place]

    for record in removed:
        if record['document'] in gone:
            wrong.append((record, 'is removed twice'))
        gone.add(record['document'])
    worst = 0
    for record in sorted(removed, key=lambda r: r['kept']['document']):
        if record['kept']['document'] in gone:
            wrong.append((record, 'is removed for one that is removed'))
        a, b = set_of(place_of(record)), set_of(place_of(record['kept']))
        shared = len(a & b)
        whole = len(a) + len(b) - shared
        jaccard = shared / whole if whole else 0
        worst = max(worst, abs(jaccard - record['jaccard']))
        if record['jaccard'] < args.min_jaccard:
            wrong.append((record, 'states less than the threshold'))
        if abs(jaccard - record['jaccard']) > args.tolerance:
            wrong.append((record, 'has a Jaccard similarity of %f' % jaccard))
    return wrong, worst


def compare_with_truth(removed, args):
    origin, planted = {}, []
    with open(args.truth, encoding='utf-8') as lines:
        next(lines)
        for line in lines:
            name, of, _, jaccard = line.rstrip('\n').split('\t')
            origin[name] = of
            if float(jaccard) >= args.min_jaccard:
                planted.append((name, of))

    def first(name):
        while name in origin and origin[name] != name:
            name = origin[name]
        return name

    gone = {record['key'] for record in removed}
    found = sum(1 for a, b in planted if a in gone or b in gone)
    right = sum(1 for r in removed if first(r['key']) == first(r['kept']['key']))
    print('recall     %.4f  %d of %d planted pairs at %g or more'
          % (found / max(len(planted), 1), found, len(planted),
             args.min_jaccard))
    print('precision  %.4f  %d of %d removals have a common origin'
          % (right / max(len(removed), 1), right, len(removed)))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('--min-jaccard', type=float)
    parser.add_argument('--tolerance', type=float, default=.01)
    parser.add_argument('--truth')
    args = parser.parse_args()
    with open(os.path.join(args.folder, 'summary.json')) as file:
        settings = json.load(file)['settings']
    if args.min_jaccard is None:
        args.min_jaccard = settings['min_jaccard']
    with open(os.path.join(args.folder, 'removed.jsonl')) as lines:
        removed = [json.loads(line) for line in lines]
    texts = load(removed, settings['text_field'])
    wrong, worst = check(removed, texts, args, settings['shingle'])
    for record, what in wrong[:20]:
        print('WRONG: document %d %s: %s'
              % (record['document'], what, json.dumps(record)))
    print('%d removals checked, %d wrong; the greatest difference of a Jaccard '
          'similarity is %.6f' % (len(removed), len(wrong), worst))
    if args.truth:
        compare_with_truth(removed, args)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
