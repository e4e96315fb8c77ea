# SPDX-License-Identifier: Apache-2.0
"""Has one peer deduplicate a file and says how long it took. Started by
compare.py with the Python of that peer:

  remover.py NAME CORPUS FOLDER KEPT

CORPUS is JSON Lines with `id` and `text`, a file alone in its folder; what the
peer writes goes to FOLDER, which is new, and the ids of what it keeps to KEPT.
Importing the peer is not part of the time; reading CORPUS and writing what is
kept are. The last line of what is printed is a JSON object.
"""
import glob
import json
import os
import resource
import sys
import time

THRESHOLD = .8
SLOTS = 128


def read_records(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write_records(records, path):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n"
                        for record in records)


def ids_of(paths):
    return [record["id"] for path in paths for record in read_records(path)]


class Datasketch:
    """The way of its documentation to find whether a set was there before:
    MinHash, a query of MinHashLSH, and an insertion if there is no answer."""

    def __init__(self):
        import datasketch
        from peer import shingles
        self.lib, self.shingles = datasketch, shingles

    def remove(self, corpus, folder):
        records = read_records(corpus)
        sketches = self.lib.MinHash.bulk(
            ([shingle.encode() for shingle in self.shingles(record["text"])]
             for record in records), num_perm=SLOTS)
        index = self.lib.MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS)
        kept = []
        for record, sketch in zip(records, sketches):
            if not index.query(sketch):
                index.insert(record["id"], sketch)
                kept.append(record)
        write_records(kept, folder + "/kept.jsonl")

    def kept(self, folder):
        return ids_of([folder + "/kept.jsonl"])


class Rensa:
    """RMinHashDeduplicator with LSH of 16 bands: what add() accepts."""

    def __init__(self):
        import rensa
        from peer import shingles
        self.lib, self.shingles = rensa, shingles

    def remove(self, corpus, folder):
        records = read_records(corpus)
        sketches = self.lib.RMinHash.from_token_sets(
            (list(self.shingles(record["text"])) for record in records),
            num_perm=SLOTS, seed=42)
        seen = self.lib.RMinHashDeduplicator(
            threshold=THRESHOLD, num_perm=SLOTS, use_lsh=True, num_bands=16)
        write_records((record for record, sketch in zip(records, sketches)
                       if seen.add(record["id"], sketch)),
                      folder + "/kept.jsonl")

    def kept(self, folder):
        return ids_of([folder + "/kept.jsonl"])


class Datatrove:
    """The four steps of its examples/minhash_deduplication.py, with the
    defaults (14 buckets of 8 hashes, 5-grams; the cut is at about .72), each
    by LocalPipelineExecutor with one worker."""

    def __init__(self):
        from datatrove.executor import LocalPipelineExecutor
        from datatrove.pipeline.dedup import minhash
        from datatrove.pipeline.readers import JsonlReader
        from datatrove.pipeline.writers.jsonl import JsonlWriter
        self.executor, self.lib = LocalPipelineExecutor, minhash
        self.reader, self.writer = JsonlReader, JsonlWriter
        self.config = minhash.MinhashConfig()
        minhash.MinhashDedupSignature("/nowhere", self.config).get_shingles(
            "loads what is loaded upon first use")

    def remove(self, corpus, folder):
        lib, config = self.lib, self.config
        read = self.reader(os.path.dirname(corpus))

        def run(tasks, *steps):
            self.executor(pipeline=list(steps), tasks=tasks, workers=1,
                          logging_dir=f"{folder}/logs/{time.monotonic_ns()}"
                          ).run()

        run(1, read, lib.MinhashDedupSignature(folder + "/signatures", config))
        run(config.num_buckets, lib.MinhashDedupBuckets(
            folder + "/signatures", folder + "/buckets", config=config))
        run(1, lib.MinhashDedupCluster(folder + "/buckets", folder + "/ids",
                                       config=config))
        run(1, read, lib.MinhashDedupFilter(folder + "/ids"),
            self.writer(folder + "/kept", compression=None))

    def kept(self, folder):
        return ids_of(sorted(glob.glob(folder + "/kept/*.jsonl")))


class Textdedup:
    """text_dedup.minhash with the settings of its README (240 permutations,
    5-grams, false positives checked), at our threshold. Texts of less than
    five words are dropped."""

    def __init__(self):
        import datasets
        from text_dedup import minhash
        from text_dedup.config.base import load_config_from_toml
        self.lib, self.datasets = minhash, datasets
        self.load_config = load_config_from_toml

    def remove(self, corpus, folder):
        settings = folder + "/config.toml"
        with open(settings, "w", encoding="utf-8") as file:
            file.write(f"""
[input]
input_type = "local_files"
file_type = "json"
[input.read_arguments]
path = "json"
data_files = {json.dumps(corpus)}
split = "train"
cache_dir = {json.dumps(folder + "/cache")}
[algorithm]
algorithm_name = "minhash"
text_column = "text"
num_perm = 240
threshold = {THRESHOLD}
ngram_size = 5
check_false_positive = true
num_proc = 1
[output]
output_dir = {json.dumps(folder + "/kept")}
[debug]
enable_profiling = false
""")
        self.lib.main(self.load_config(settings))

    def kept(self, folder):
        return list(self.datasets.load_from_disk(folder + "/kept")["id"])


PEERS = {peer.__name__.lower(): peer
         for peer in (Datasketch, Rensa, Datatrove, Textdedup)}


def cpu_seconds():
    return sum(usage.ru_utime + usage.ru_stime
               for usage in map(resource.getrusage, (
                   resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def main():
    name, corpus, folder, output = sys.argv[1:]
    os.makedirs(folder)
    peer = PEERS[name]()
    wall, cpu = time.perf_counter(), cpu_seconds()
    peer.remove(corpus, folder)
    seconds = {"seconds": time.perf_counter() - wall,
               "cpu_seconds": cpu_seconds() - cpu}
    with open(output, "w", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in peer.kept(folder))
    print("\n" + json.dumps(seconds))


if __name__ == "__main__":
    main()
