#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `twicetold dedup` at random moments and goes on with it.

  bench/kill_resume.py [--kills N] [--documents N] [--seed S]

Makes a corpus, as .jsonl and as .jsonl.zst, and deduplicates it undisturbed,
to filter and to annotate, with as little memory as there may be, so that
stages go through files. Then starts each of these again and again in a fresh
folder and sends SIGKILL at a moment drawn at random, one in each N-th of the
time that the undisturbed run took; every third of them is killed once more
when it goes on. What `--resume` ends with has to be the same files and bytes
as undisturbed (but for run.json, which holds times). A run that ends before
the signal comes is started again and killed earlier.

Prints how many were killed in which stage, told by the files that were there,
and how many ended the same. Ends with 1 if any did not.
"""
import argparse
import collections
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# The least budget, and what a document adds to it (lib/twicetold/dedup).
LEAST_MEMORY = 64 << 20
MEMORY_A_DOCUMENT = 20

# The stage that is under way while its last file is not there.
STAGES = (('start', '.twicetold/state.json'),
          ('sketch', '.twicetold/stages/documents.json'),
          ('candidates', '.twicetold/stages/candidates.counts'),
          ('verify', '.twicetold/stages/verified.counts'),
          ('write', 'corpus'),
          ('publish', 'summary.json'))


def stage_of(folder):
    if os.path.exists(os.path.join(folder, 'summary.json')):
        return 'clean up'
    for stage, last_file in STAGES:
        if not os.path.exists(os.path.join(folder, last_file)):
            return stage
    return 'clean up'


def make_corpus(binaries, work, options):
    """The same records twice: (plain, compressed)."""
    plain = os.path.join(work, 'web.jsonl')
    packed = plain + '.zst'
    with open(plain, 'wb') as file:
        subprocess.run([binaries + '/bench/make_corpus', '--documents',
                        str(options.documents), '--seed', str(options.seed)],
                       stdout=file, check=True)
    subprocess.run(['zstd', '-q', '-1', plain, '-o', packed], check=True)
    return plain, packed


class Job:
    """One way to deduplicate, and what it gives when undisturbed."""

    def __init__(self, options, work, mode, source):
        self.name = '%s %s' % (mode, os.path.basename(source)[3:])
        self.command = [options.binaries + '/tools/twicetold', 'dedup', source,
                        '--mode', mode, '-j', '2', '--memory',
                        str(LEAST_MEMORY + 2 * MEMORY_A_DOCUMENT *
                            options.documents)]
        self.expected = os.path.join(work, self.name.replace(' ', '-'))
        self.seconds = []
        for _ in range(3):
            shutil.rmtree(self.expected, ignore_errors=True)
            start = time.monotonic()
            assert self.start(self.expected).wait() == 0
            self.seconds.append(time.monotonic() - start)

    def start(self, folder, *more):
        return subprocess.Popen(self.command + ['--into', folder, *more],
                                stderr=subprocess.DEVNULL)

    def killed(self, folder, moment, *more):
        """Whether the run was still there to be killed after `moment` s."""
        child = self.start(folder, *more)
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        return child.wait() == -signal.SIGKILL

    def kill_one(self, folder, moment, *more):
        """The stage that a run was killed in, at `moment` or else earlier."""
        while True:
            if self.killed(folder, moment, *more):
                return stage_of(folder)
            if more:  # it is complete; nothing to kill any more
                return None
            shutil.rmtree(folder)
            moment *= .9


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(base, name), folder)
                  for base, folders, names in os.walk(folder)
                  for name in names + [f for f in folders if f[0] == '.'])


def difference(folder, expected):
    """Empty, or what is not as in `expected`."""
    names, wanted = files_below(folder), files_below(expected)
    if names != wanted:
        return 'has files %s instead of %s' % (names, wanted)
    for name in names:
        if name != 'run.json' and not filecmp.cmp(
                os.path.join(folder, name), os.path.join(expected, name),
                shallow=False):
            return 'differs in %s' % name
    return ''


def disturb(job, folder, number, options, rng):
    """Kills, goes on, compares: (stages killed in, what is wrong)."""
    seconds = min(job.seconds)
    moment = (number + rng.random()) / options.kills * seconds
    stages = [job.kill_one(folder, moment)]
    if number % 3 == 2:
        left = max(seconds - moment, .1 * seconds)
        stages.append(job.kill_one(folder, rng.random() * left, '--resume'))
    if job.start(folder, '--resume').wait() != 0:
        return stages, '--resume failed'
    return stages, difference(folder, job.expected)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('--kills', type=int, default=50)
    parser.add_argument('--documents', type=int, default=50000)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--binaries', default=HERE + '/../build/release')
    options = parser.parse_args()
    rng = random.Random(options.seed)
    first, again = collections.Counter(), collections.Counter()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix='kill_resume.') as work:
        sources = make_corpus(options.binaries, work, options)
        jobs = [Job(options, work, mode, source)
                for mode in ('filter', 'annotate') for source in sources]
        for job in jobs:
            print('undisturbed, %-19s %.2f s' % (job.name, min(job.seconds)))
        for number in range(options.kills):
            job = jobs[number % len(jobs)]
            folder = os.path.join(work, 'out')
            stages, complaint = disturb(job, folder, number, options, rng)
            first[stages[0]] += 1
            again.update(stage for stage in stages[1:] if stage)
            if complaint:
                wrong += 1
                print('WRONG: %s, killed in %s: %s' % (job.name, stages,
                                                       complaint))
            shutil.rmtree(folder, ignore_errors=True)
    print('%-12s%8s%15s' % ('killed in', 'first', 'when resumed'))
    for stage in [name for name, _ in STAGES] + ['clean up']:
        print('%-12s%8d%15d' % (stage, first[stage], again[stage]))
    print('%-12s%8d%15d' % ('all', first.total(), again.total()))
    print('%d of %d ended with the same bytes as undisturbed'
          % (options.kills - wrong, options.kills))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
