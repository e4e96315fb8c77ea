# SPDX-License-Identifier: Apache-2.0
"""Compares this tool with its peers on the same documents, in turn, on one
core: time, memory, recall and precision. Started by `run` beside it."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import synthetic
from scoring import pairs_of_result, read_pairs, score, score_removal

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = "twicetold"
# Those that peer.py and remover.py have a recipe for.
FINDERS = ("datasketch", "rensa", "gaoya", "fastsketch", "datatrove")
REMOVERS = ("datasketch", "rensa", "datatrove", "textdedup")
# All run on one core: MB/s a core are over CPU time, and nothing is shared out.
ONE_THREAD = {name: "1" for name in
              ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
               "POLARS_MAX_THREADS")}

ABOUT = """\
Fetches the peers named in peers.txt into build/peers (or $TWICETOLD_PEERS),
each into an environment of its own, and runs them and this tool in turn on the
same documents, all on one core. Prints for each: time, MB/s a core, peak memory,
and recall and precision against a comparison of all pairs on sets of 5 words at
a Jaccard similarity of .8. What a peer reports is taken as it comes, by the
recipe of its documentation (see peer.py). The time of a peer leaves out the
start of Python, imports and reading files; ours is that of the whole program.

With --dedup, all deduplicate one .jsonl file into another. Recall is the share
of the true pairs of which not both are kept; precision the share of what was
removed that is truly alike to something that is kept. The time of a peer leaves
out the start of Python and imports, but holds reading and writing (remover.py).
"""


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/peers/run", description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("FILE", nargs="?",
                        help="JSON Lines with a `text` in each, plain or zstd; "
                        "without it, documents are made up")
    parser.add_argument("--every", type=int, default=1, metavar="N",
                        help="take each N-th document [1]")
    parser.add_argument("--documents", type=int, default=3000,
                        help="documents to make up [3000]")
    parser.add_argument("--rounds", type=int, default=3, help="rounds [3]")
    parser.add_argument("--only", help="peers to run, with commas between")
    parser.add_argument("--dedup", action="store_true",
                        help="deduplicate instead of finding pairs")
    parser.add_argument("--binaries", help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--peer", action="append", default=[],
                        metavar="NAME=PYTHON", help=argparse.SUPPRESS)
    return parser.parse_args()


def run(command, log):
    """(seconds, CPU seconds, peak MB, what it printed) of one command."""
    start = time.perf_counter()
    with open(log, "w", encoding="utf-8") as said:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said,
                                 env={**os.environ, **ONE_THREAD}, text=True)
        text = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{command[0]} failed; see {log}")
    return (seconds, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6, text)


class Contestant:
    """One tool: what it took in each round, and what it reported."""

    def __init__(self, name, python, options):
        self.name, self.python, self.options = name, python, options
        self.seconds, self.cpu, self.peak = [], [], []
        self.sketch_cpu = []
        self.output = os.path.join(options.work, name + ".out")
        self.log = os.path.join(options.work, name + ".log")

    def run_and_note(self, ours, peers):
        """Runs our tool with the arguments `ours`, or the script of the peers
        with those of `peers`, which says itself how long its work took."""
        if self.python is None:
            seconds, cpu, peak, _ = run(
                [self.options.binaries + "/tools/twicetold", *ours], self.log)
        else:
            script, *arguments = peers
            _, _, peak, text = run(
                [self.python, f"{HERE}/{script}", self.name, *arguments],
                self.log)
            figures = json.loads(text.splitlines()[-1])
            seconds, cpu = figures["seconds"], figures["cpu_seconds"]
        self.seconds.append(seconds)
        self.cpu.append(cpu)
        self.peak.append(peak)

    def find(self, folder):
        self.run_and_note(
            ["scan", "--no-passages", "--no-ignore", "-j", "1", "-o",
             "jsonl:" + self.output, folder],
            ["peer.py", folder, self.output])

    def sketch(self, folder):
        if self.python is None:
            command = [self.options.binaries + "/bench/our_sketch", folder]
        else:
            command = [self.python, HERE + "/peer.py", self.name, folder, "-"]
        figures = json.loads(run(command, self.log)[3].splitlines()[-1])
        if figures["seconds"] is not None:
            self.sketch_cpu.append(figures["cpu_seconds"])

    def pairs(self):
        if self.python is not None:
            return read_pairs(self.output)
        with open(self.output, encoding="utf-8") as file:
            return pairs_of_result(file)


class Remover(Contestant):
    """Likewise, for a deduplication; `output` has the ids that are kept."""

    def remove(self, corpus):
        folder = os.path.join(self.options.work, self.name + ".dedup")
        shutil.rmtree(folder, ignore_errors=True)
        self.run_and_note(
            ["dedup", "-j", "1", corpus, "--into", folder],
            ["remover.py", corpus, folder, self.output])
        if self.python is None:
            self.note_kept(folder + "/corpus/" + os.path.basename(corpus))

    def note_kept(self, path):
        with open(path, encoding="utf-8") as records, open(
                self.output, "w", encoding="utf-8") as file:
            file.writelines(json.loads(line)["id"] + "\n" for line in records)

    def removed(self, documents):
        with open(self.output, encoding="utf-8") as file:
            return set(range(documents)) - {int(line) for line in file}


def print_removals(contestants, megabytes, documents, truth):
    print(f"{'dedup':12}{'time, s':>9}{'(least-most)':>16}{'MB/s a core':>13}"
          f"{'peak, MB':>10}{'removed':>10}{'recall':>9}{'precision':>11}")
    for one in contestants:
        removed = one.removed(documents)
        recall, precision = score_removal(removed, truth)
        spread = f"({min(one.seconds):.2f}-{max(one.seconds):.2f})"
        print(f"{one.name:12}{statistics.median(one.seconds):9.2f}{spread:>16}"
              f"{megabytes / statistics.median(one.cpu):13.2f}"
              f"{max(one.peak):10.0f}{len(removed):10}{recall:9.4f}"
              f"{precision:11.4f}")


def print_pairs(contestants, megabytes, truth):
    print(f"{'pairs':12}{'time, s':>9}{'(least-most)':>16}{'MB/s a core':>13}"
          f"{'peak, MB':>10}{'reported':>10}{'recall':>9}{'precision':>11}")
    for one in contestants:
        reported = one.pairs()
        recall, precision = score(reported, truth)
        spread = f"({min(one.seconds):.2f}-{max(one.seconds):.2f})"
        print(f"{one.name:12}{statistics.median(one.seconds):9.2f}{spread:>16}"
              f"{megabytes / statistics.median(one.cpu):13.2f}"
              f"{max(one.peak):10.0f}{len(reported):10}{recall:9.4f}"
              f"{precision:11.4f}")


def print_sketches(contestants, megabytes):
    ours = next(one for one in contestants if one.name == OURS)
    print(f"\n{'sketch only':12}{'CPU, s':>9}{'MB/s a core':>13}"
          f"{'ours is':>10}")
    for one in contestants:
        if not one.sketch_cpu:
            continue
        cpu = min(one.sketch_cpu)
        print(f"{one.name:12}{cpu:9.3f}{megabytes / cpu:13.2f}"
              f"{cpu / min(ours.sketch_cpu):9.1f}x")


def prepare(options):
    """The documents as files, and the exact pairs: (folder, files in order,
    MB, truth)."""
    folder, truth = options.work + "/files", options.work + "/truth"
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    if not options.FILE:
        options.FILE = options.work + "/synthetic.jsonl"
        synthetic.write_records(
            synthetic.synthetic_documents(options.documents), options.FILE)
    subprocess.run([options.binaries + "/bench/quality_bench", "documents",
                    options.FILE, "--every", str(options.every),
                    "--keep-files", folder, "--write-truth", truth],
                   stdout=subprocess.DEVNULL, check=False)
    if not os.path.exists(truth):
        sys.exit("peers/run: quality_bench could not compare all pairs")
    paths = sorted(os.path.join(base, name)
                   for base, _, names in os.walk(folder) for name in names)
    megabytes = sum(map(os.path.getsize, paths)) / 1e6
    pairs = read_pairs(truth)
    print(f"{len(paths)} documents, {megabytes:.1f} MB, "
          f"{len(pairs)} true pairs\n", flush=True)
    return folder, paths, megabytes, pairs


def write_corpus(paths, work):
    """The documents as one file of JSON Lines, alone in its folder; the id of
    each is its number."""
    os.makedirs(work + "/corpus")
    with open(work + "/corpus/corpus.jsonl", "w", encoding="utf-8") as file:
        for number, path in enumerate(paths):
            with open(path, "rb") as text:
                record = {"id": str(number),
                          "text": text.read().decode("utf-8", "replace")}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return work + "/corpus/corpus.jsonl"


def take_turns(contestants, steps, source, rounds):
    """Round by round, step by step; those of which none failed."""
    failed = set()
    for step in steps:
        for _ in range(rounds):
            for one in contestants:
                if one.name in failed:
                    continue
                try:
                    getattr(one, step)(source)
                except RuntimeError as error:
                    print(f"peers/run: left out: {error}", file=sys.stderr)
                    failed.add(one.name)
        if OURS in failed:
            sys.exit(2)
    return [one for one in contestants if one.name not in failed]


def main():
    options = arguments()
    folder, paths, megabytes, truth = prepare(options)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    wanted = options.only.split(",") if options.only else None
    kind, known = ((Remover, REMOVERS) if options.dedup else
                   (Contestant, FINDERS))
    contestants = [kind(OURS, None, options)]
    for peer in options.peer:
        name, python = peer.split("=", 1)
        if name in known and (wanted is None or name in wanted):
            contestants.append(kind(name, python, options))
    if options.dedup:
        corpus = write_corpus(paths, options.work)
        standing = take_turns(contestants, ["remove"], corpus, options.rounds)
        print_removals(standing, megabytes, len(paths), truth)
        return
    standing = take_turns(contestants, ["find", "sketch"], folder,
                          options.rounds)
    print_pairs(standing, megabytes, truth)
    print_sketches(standing, megabytes)


if __name__ == "__main__":
    main()
