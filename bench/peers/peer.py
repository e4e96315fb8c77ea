# SPDX-License-Identifier: Apache-2.0
"""Runs one peer on documents and says how long it took. Started by compare.py
with the Python of that peer:

  peer.py NAME FOLDER PAIRS    finds pairs, writes them to PAIRS
  peer.py NAME FOLDER -        makes sketches only

Importing the peer and reading the files are not part of the time; cutting the
text into words is, since the peers want it cut. The last line of what is
printed is a JSON object.
"""
import json
import os
import re
import sys
import time

from scoring import pairs_of_groups

THRESHOLD = .8
SLOTS = 128
SHINGLE = 5
_WORD = re.compile(r"\w+")


def shingles(text):
    """The set of runs of five words, as the peers' examples make them."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[i:i + SHINGLE])
            for i in range(max(1, len(words) - SHINGLE + 1))}


def pairs_of_answers(answers):
    """`answers[i]`: the documents found for document i."""
    return {(min(i, j), max(i, j))
            for i, found in enumerate(answers) for j in found if i != j}


class Datasketch:
    """MinHash and MinHashLSH as in the documentation of datasketch: what the
    index returns, which it promises to be above the threshold about."""

    def __init__(self):
        import datasketch
        self.lib = datasketch

    def sketch(self, texts):
        sets = ([shingle.encode() for shingle in shingles(text)]
                for text in texts)
        return self.lib.MinHash.bulk(sets, num_perm=SLOTS)

    def pairs(self, texts):
        sketches = self.sketch(texts)
        index = self.lib.MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS)
        for i, sketch in enumerate(sketches):
            index.insert(i, sketch)
        return pairs_of_answers(index.query(sketch) for sketch in sketches)


class Rensa:
    """RMinHash and RMinHashLSH with 16 bands: candidates whose sketches are
    similar enough, as its deduplicator checks them."""

    def __init__(self):
        import rensa
        self.lib = rensa

    def sketch(self, texts):
        return self.lib.RMinHash.from_token_sets(
            (list(shingles(text)) for text in texts), num_perm=SLOTS, seed=42)

    def pairs(self, texts):
        sketches = self.sketch(texts)
        index = self.lib.RMinHashLSH(threshold=THRESHOLD, num_perm=SLOTS,
                                     num_bands=16)
        index.insert_many(sketches)
        answers = ([j for j in found if j > i and
                    index.is_similar(sketches[i], sketches[j])]
                   for i, found in enumerate(index.query_all(sketches)))
        return pairs_of_answers(answers)


class Gaoya:
    """MinHashStringIndex, which cuts words itself; 20 bands of 5 are its
    defaults."""

    sketch = None  # cannot be had without the index

    def __init__(self):
        import gaoya
        self.lib = gaoya

    def pairs(self, texts):
        index = self.lib.minhash.MinHashStringIndex(
            hash_size=32, jaccard_threshold=THRESHOLD, num_bands=20,
            band_size=5, analyzer="word", lowercase=True,
            ngram_range=(SHINGLE, SHINGLE))
        index.par_bulk_insert_docs(list(range(len(texts))), texts)
        return pairs_of_answers(index.par_bulk_query(texts))


class Fastsketch:
    """FastSimilaritySketch and LSH with 16 bands, as in its README; what the
    index returns."""

    def __init__(self):
        import FastSketchLSH
        self.lib = FastSketchLSH

    def sketch(self, texts):
        sketcher = self.lib.FastSimilaritySketch(size=SLOTS, seed=42)
        return sketcher.batch([sorted(shingles(text)) for text in texts])

    def pairs(self, texts):
        sketches = self.sketch(texts)
        index = self.lib.LSH(num_perm=SLOTS, num_bands=16)
        index.insert(sketches)
        return pairs_of_answers(index.query(sketches))


class Datatrove:
    """MinhashDedupSignature and MinhashDedupBuckets with their defaults (14
    buckets of 8 hashes, 5-grams; the cut is at about .72): documents that share
    a bucket. It is meant for many machines and goes through files."""

    def __init__(self):
        from datatrove.data import Document
        from datatrove.pipeline.dedup import minhash
        self.lib, self.document = minhash, Document
        self.config = minhash.MinhashConfig()
        self.hasher = minhash.MinhashDedupSignature("/nowhere", self.config)
        self.hasher.get_shingles("loads what is loaded upon first use")

    def sketch(self, texts):
        return [self.hasher.get_signature(self.hasher.get_shingles(text))
                for text in texts]

    def pairs(self, texts):
        import glob
        import struct
        import tempfile
        buckets = self.config.num_buckets
        pairs = set()
        with tempfile.TemporaryDirectory() as folder:
            documents = (self.document(text=text, id=str(i))
                         for i, text in enumerate(texts))
            self.lib.MinhashDedupSignature(folder + "/s", self.config).run(
                documents, 0, 1)
            for rank in range(buckets):
                self.lib.MinhashDedupBuckets(
                    folder + "/s", folder + "/b", config=self.config).run(
                        None, rank, buckets)
            for path in glob.glob(folder + "/b/*.dups"):
                with open(path, "rb") as file:
                    chains = {}
                    # Of a bucket each document is paired with the one before.
                    for _, a, _, b in struct.iter_unpack("<4I", file.read()):
                        group = chains.setdefault(a, [a])
                        group.append(b)
                        chains[b] = group
                pairs |= pairs_of_groups(
                    {id(group): group for group in chains.values()}.values())
        return pairs


PEERS = {peer.__name__.lower(): peer
         for peer in (Datasketch, Rensa, Gaoya, Fastsketch, Datatrove)}


def read_texts(folder):
    """The texts of FOLDER/NNN/NNNNNN.txt in order."""
    texts = []
    for base, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            with open(os.path.join(base, name), "rb") as file:
                texts.append(file.read().decode("utf-8", "replace"))
    return texts


def main():
    name, folder, output = sys.argv[1:]
    peer = PEERS[name]()
    texts = read_texts(folder)
    if output == "-" and peer.sketch is None:
        print(json.dumps({"seconds": None}))
        return
    wall, cpu = time.perf_counter(), time.process_time()
    found = peer.sketch(texts) if output == "-" else peer.pairs(texts)
    seconds = {"seconds": time.perf_counter() - wall,
               "cpu_seconds": time.process_time() - cpu}
    if output != "-":
        with open(output, "w", encoding="ascii") as file:
            file.writelines(f"{a} {b}\n" for a, b in sorted(found))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
