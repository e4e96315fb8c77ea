#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CPU time of `twicetold dedup` against the number of documents where all of
them are alike, which is what makes searches for near-duplicates quadratic.

  bench/dedup_growth.py [--only KIND] [--repeat N] [--no-check]

Runs a quarter, half and all of the documents of each kind of make_corpus,
interleaved and repeated, and prints the least CPU time of each and by how much
it grows when they are doubled; then has bench/check_removed.py look at every
removal of the largest run, without the library.

Ends with 1 if a growth is above 2.3 or a removal is wrong.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MOST_GROWTH = 2.3

# The most documents, and what should become of n of them.
KINDS = {
    'bombs': (1000000, 'none', lambda n: 0),
    'near-copies': (300000, 'all but one', lambda n: n - 1),
    'chain': (40000, 'every second', lambda n: n // 2)}


class Size:
    """A number of documents of one kind, and what each run of it took."""

    def __init__(self, options, work, kind, documents):
        self.options, self.documents = options, documents
        self.corpus = '%s/%s-%d.jsonl' % (work, kind, documents)
        self.into = self.corpus + '.out'
        self.cpu, self.peak = [], []
        with open(self.corpus, 'wb') as file:
            subprocess.run([options.binaries + '/bench/make_corpus', '--kind',
                            kind, '--documents', str(documents)],
                           stdout=file, check=True)

    def run(self):
        shutil.rmtree(self.into, ignore_errors=True)
        child = subprocess.Popen(
            [self.options.binaries + '/tools/twicetold', 'dedup', self.corpus,
             '--into', self.into, '-j', str(self.options.threads)],
            stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak.append(usage.ru_maxrss * 1024 / 1e6)

    def removed(self):
        with open(self.into + '/removed.jsonl', 'rb') as lines:
            return sum(1 for _ in lines)


def measure(options, work, kind):
    """Whether the growth of one kind is within the bound, and all right."""
    most, what, expected = KINDS[kind]
    sizes = [Size(options, work, kind, most // part) for part in (4, 2, 1)]
    for _ in range(options.repeat):
        for size in sizes:
            size.run()
    right = True
    before = None
    for size in sizes:
        cpu = min(size.cpu)
        growth = cpu / before if before else 0
        right = right and growth <= MOST_GROWTH
        print('%-12s%10d%9.2f%9s%10.0f%10d  (%s: %d)'
              % (kind, size.documents, cpu,
                 '%.2f' % growth if before else '', max(size.peak),
                 size.removed(), what, expected(size.documents)), flush=True)
        before = cpu
    if options.check:
        right = subprocess.run([sys.executable, HERE + '/check_removed.py',
                                sizes[-1].into]).returncode == 0 and right
    return right


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('--only', choices=KINDS)
    parser.add_argument('--repeat', type=int, default=3)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--no-check', dest='check', action='store_false')
    parser.add_argument('--binaries', default=HERE + '/../build/release')
    options = parser.parse_args()
    print('%-12s%10s%9s%9s%10s%10s' % ('', 'documents', 'CPU, s', 'growth',
                                       'peak, MB', 'removed'))
    right = True
    for kind in [options.only] if options.only else KINDS:
        with tempfile.TemporaryDirectory(prefix='dedup_growth.') as work:
            right = measure(options, work, kind) and right
    return 0 if right else 1


if __name__ == '__main__':
    sys.exit(main())
