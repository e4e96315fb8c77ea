# SPDX-License-Identifier: Apache-2.0
"""Pairs of documents that a tool reports against the exact ones.

A document is its number. A pair is (a, b), a < b.
"""
import json
import os


def read_pairs(path):
    """The pairs of a file with `a b` at the start of each line, as a set."""
    pairs = set()
    with open(path, encoding="ascii") as file:
        for line in file:
            a, b = (int(word) for word in line.split()[:2])
            if a != b:
                pairs.add((min(a, b), max(a, b)))
    return pairs


def score(reported, truth):
    """(recall, precision), each in [0, 1]; 1 where there is nothing to miss or
    nothing that could be wrong."""
    right = len(reported & truth)
    recall = right / len(truth) if truth else 1.0
    precision = right / len(reported) if reported else 1.0
    return recall, precision


def score_removal(removed, truth):
    """(recall, precision) of documents that were removed: the share of the
    pairs in `truth` of which not both are kept, and the share of `removed`
    that has a document in such a pair that is kept."""
    gone = sum(1 for a, b in truth if a in removed or b in removed)
    right = {a for pair in truth for a, b in (pair, pair[::-1])
             if a in removed and b not in removed}
    recall = gone / len(truth) if truth else 1.0
    precision = len(right) / len(removed) if removed else 1.0
    return recall, precision


def pairs_of_groups(groups):
    """All pairs of documents that are in one group."""
    pairs = set()
    for group in groups:
        members = sorted(set(group))
        for i, a in enumerate(members):
            pairs.update((a, b) for b in members[i + 1:])
    return pairs


def pairs_of_result(lines):
    """The pairs that our result, as JSON Lines, lists. n documents of one text
    are listed as n-1 relations to the first; each stands for all of them.
    A document's number is the name of its file, without the ending."""
    number = {}
    same = {}  # to the first of the same text
    near = []
    for line in lines:
        record = json.loads(line)
        if record["type"] == "document":
            name = os.path.basename(record["path"])
            number[record["id"]] = int(os.path.splitext(name)[0])
        elif record["type"] == "match":
            if record["relation"] in ("identical", "same_text"):
                same.setdefault(record["b"], record["a"])
            elif record["relation"] == "near_duplicate":
                near.append((record["a"], record["b"]))

    def first(document):
        while document in same:
            document = same[document]
        return document

    groups = {}
    for document, its_number in number.items():
        groups.setdefault(first(document), []).append(its_number)
    pairs = pairs_of_groups(groups.values())
    for a, b in near:
        for left in groups[first(a)]:
            for right in groups[first(b)]:
                pairs.add((min(left, right), max(left, right)))
    return pairs
