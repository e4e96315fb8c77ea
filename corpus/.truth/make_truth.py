#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes corpus/truth.json from labels.toml, and checks every label on the text.

The labels say which documents belong together and where shared passages begin
and end, by their first and last words. Everything that can be computed
(Jaccard similarities, byte, character and line ranges) is computed here with
the slowest and plainest means, so that it can serve as an oracle for the tool.
Cost: all pairs of documents, about two seconds for this collection.

  make_truth.py            check and write
  make_truth.py --check    check that truth.json is up to date, write nothing
"""

import itertools
import json
import pathlib
import sys
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
SHINGLE = 5          # tokens in a shingle of the document comparison
LONG_RUN = 12        # words in a row that no unlabelled pair may share
THRESHOLD = 0.8      # at and above: near duplicates
CONTAINED = 0.9      # share of the smaller document's words in passages of a pair
GAPS = [(0.72, 0.82)]  # no pair may lie inside: nothing is near the threshold
STOCK_PHRASE = 0.02  # Jaccard that an unlabelled pair must not exceed
SPACELESS = ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "THAI", "LAO",
             "KHMER", "MYANMAR")
KINDS = ["verbatim", "quotation", "repeated", "boilerplate", "light",
         "reworded", "summary"]
DOCUMENT_RELATIONS = ("identical", "same_text", "near_duplicate")


class Document:
    """A decoded file: characters, their byte offsets, folded tokens."""

    def __init__(self, path):
        self.path = path
        self.data = (ROOT / path).read_bytes()
        self.skipped = skip_reason(self.data)
        if self.skipped:
            return
        self.encoding, self.text, self.offsets = decode(self.data)
        self.tokens = tokenize(self.text)
        self.folded = [fold(self.text[b:e]) for b, e in self.tokens]
        self.shingles = shingle_set(self.folded, SHINGLE)
        self.long_runs = shingle_set(self.folded, LONG_RUN, partial=False)


def skip_reason(data):
    if not data:
        return "empty"
    has_utf16_bom = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "binary" if b"\0" in data and not has_utf16_bom else None


def decode(data):
    """(encoding, text, offsets): offsets[i] is the byte where character i begins."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
        text = data[2:].decode(name)
        return name, text, offsets_of(text, 2, lambda c: 4 if ord(c) > 0xFFFF else 2)
    bom = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    text = data[bom:].decode("utf-8", "surrogateescape")
    bad = sum(is_bad_byte(c) for c in text)
    non_ascii = sum(ord(c) > 0x7F for c in text)
    if bom or not non_ascii or (non_ascii - bad) / non_ascii >= 0.99:
        return "utf-8", text, offsets_of(text, bom, utf8_length)
    text = data.decode("windows-1252")
    return "windows-1252", text, offsets_of(text, 0, lambda c: 1)


def is_bad_byte(char):
    return 0xDC80 <= ord(char) <= 0xDCFF


def utf8_length(char):
    return 1 if is_bad_byte(char) else len(char.encode("utf-8"))


def offsets_of(text, start, length):
    return list(itertools.accumulate(map(length, text), initial=start))


def is_word(char):
    return unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def is_spaceless(char):
    return (unicodedata.category(char)[0] == "L" and
            unicodedata.name(char, "").startswith(SPACELESS))


def tokenize(text):
    """Half-open character ranges of the tokens."""
    tokens, i, n = [], 0, len(text)
    while i < n:
        if not is_word(text[i]):
            i += 1
            continue
        begin, single = i, is_spaceless(text[i])
        i += 1
        while i < n:
            is_mark = unicodedata.category(text[i])[0] == "M"
            if is_mark or (not single and is_word(text[i]) and not is_spaceless(text[i])):
                i += 1
            elif (not single and text[i] in "'\u2019" and i + 1 < n and
                  is_word(text[i + 1]) and not is_spaceless(text[i + 1])):
                i += 2
            else:
                break
        tokens.append((begin, i))
    return tokens


def fold(word):
    word = unicodedata.normalize("NFKC", word.replace("\u2019", "'")).casefold()
    return unicodedata.normalize("NFKC", word)


def shingle_set(folded, k, partial=True):
    if len(folded) < k:
        return {tuple(folded)} if folded and partial else set()
    return {tuple(folded[i:i + k]) for i in range(len(folded) - k + 1)}


def jaccard(a, b):
    shared = len(a.shingles & b.shingles)
    return shared / (len(a.shingles) + len(b.shingles) - shared or 1)


class Checker:
    """Collects what is wrong, so that one run names everything."""

    def __init__(self):
        self.problems = []

    def require(self, condition, message):
        if not condition:
            self.problems.append(message)


def computed_relation(a, b):
    if a.data == b.data:
        return "identical"
    if a.folded and a.folded == b.folded:
        return "same_text"
    if jaccard(a, b) >= THRESHOLD:
        return "near_duplicate"
    return None


def labelled_pairs(labels, check):
    """{(a, b): (relation, lo, hi)} from the [[pair]] tables."""
    pairs = {}
    for entry in labels["pair"]:
        members = entry["members"]
        for a, b in itertools.combinations(sorted(members, key=str.encode), 2):
            check.require((a, b) not in pairs, f"labelled twice: {a} {b}")
            lo, hi = entry.get("jaccard", [0.0, 1.0])
            pairs[a, b] = (entry["relation"], lo, hi)
    return pairs


def check_matrix(documents, pairs, check):
    """Every pair of documents against the labels."""
    for a, b in itertools.combinations(documents, 2):
        value, label = jaccard(a, b), pairs.get((a.path, b.path))
        where = f"{a.path} | {b.path} J={value:.4f}"
        relation = computed_relation(a, b)
        for lo, hi in GAPS:
            check.require(not lo <= value < hi, f"too near the threshold: {where}")
        if relation or (label and label[0] in DOCUMENT_RELATIONS):
            check.require(label and label[0] == relation,
                          f"is {relation}, label {label}: {where}")
        if label:
            check.require(label[1] <= value <= label[2], f"not in {label[1:]}: {where}")
            continue
        runs = [" ".join(run) for run in a.long_runs & b.long_runs]
        check.require(value <= STOCK_PHRASE and not runs, f"not labelled: {where} {runs[:3]}")


def locate(document, place, check):
    """(first character, end) of a passage given by its first and last words."""
    text, first, last = document.text, place["first"], place["last"]
    name = f"{document.path}: {first!r} ... {last!r}"
    begin = text.find(first)
    stop = text.find(last, max(begin, 0))
    check.require(begin >= 0 and stop >= 0, f"not found: {name}")
    check.require(text.find(first, begin + 1) < 0, f"first words not unique: {name}")
    end = stop + len(last)
    starts, ends = zip(*document.tokens)
    check.require(begin in starts and end in ends,
                  f"does not begin and end with a word: {name}")
    return begin, end


def line_of(text, position):
    before = text[:position].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


def side(document, begin, end):
    words = sum(begin <= b and e <= end for b, e in document.tokens)
    return {"path": document.path,
            "bytes": [document.offsets[begin], document.offsets[end]],
            "chars": [begin, end],
            "lines": [line_of(document.text, begin), line_of(document.text, end - 1)],
            "words": words}


def words_of(document, place):
    return [w for w, (b, e) in zip(document.folded, document.tokens)
            if place[0] <= b and e <= place[1]]


def every_place(entry, document, check):
    """Every stretch of the document with the first and last words of the entry."""
    places, at = [], 0
    starts, ends = zip(*document.tokens)
    while (begin := document.text.find(entry["first"], at)) >= 0:
        at = document.text.index(entry["last"], begin) + len(entry["last"])
        check.require(begin in starts and at in ends,
                      f"does not begin and end with a word: {document.path} {begin}")
        places.append((document.path.encode(), (begin, at), entry["kind"]))
    check.require(len(places) > 1, f"not several places: {document.path} {entry}")
    return places


def place_pairs(entry, by_path, check):
    """Every two places of a [[passage]], in order: (path, (begin, end), kind) each."""
    def located(places):
        return [(p["path"].encode(), locate(by_path[p["path"]], p, check),
                 p.get("kind", entry["kind"])) for p in places]

    same_words = [{"path": path, "first": entry["first"], "last": entry["last"]}
                  for path in entry.get("files", [])]
    places = located(entry.get("places", []) + same_words)
    if "every" in entry:
        places += every_place(entry, by_path[entry["every"]], check)
    if "against" in entry:
        both = itertools.product(places, located(entry["against"]))
    else:
        both = itertools.combinations(places, 2)
    return [tuple(sorted(pair)) for pair in both]


def make_passages(labels, by_path, pairs, check):
    passages, covered = [], {}
    for entry in labels["passage"]:
        for (pa, ra, ka), (pb, rb, kb) in place_pairs(entry, by_path, check):
            a, b = by_path[pa.decode()], by_path[pb.decode()]
            if pa != pb:
                label = pairs.get((a.path, b.path), ("none",))[0]
                check.require(label != "none", f"passage of unlabelled pair {a.path} {b.path}")
                if label in DOCUMENT_RELATIONS:
                    continue
            kind = max(ka, kb, key=KINDS.index)
            if kind in ("verbatim", "quotation") or "every" in entry:
                check.require(words_of(a, ra) == words_of(b, rb),
                              f"{kind}, but the words differ: {a.path} {b.path} {entry}")
            passages.append({"a": side(a, *ra), "b": side(b, *rb), "kind": kind})
            covered.setdefault((a.path, b.path), []).append((ra, rb))
    passages.sort(key=lambda p: [(p[s]["path"].encode(), p[s]["bytes"]) for s in "ab"])
    return passages, covered


def check_coverage(documents, pairs, covered, check):
    """A long run of words that two documents share must lie in a labelled passage."""
    for a, b in itertools.combinations_with_replacement(documents, 2):
        label = pairs.get((a.path, b.path), ("none",))[0]
        if label in DOCUMENT_RELATIONS or a.path == "truth.json":
            continue
        if label in ("passage", "contained"):
            check.require((a.path, b.path) in covered, f"no passage: {a.path} {b.path}")
        places = {}
        for i in range(len(b.folded) - LONG_RUN + 1):
            places.setdefault(tuple(b.folded[i:i + LONG_RUN]), []).append(i)
        for i in range(len(a.folded) - LONG_RUN + 1):
            for j in places.get(tuple(a.folded[i:i + LONG_RUN]), []):
                if a is b and j <= i:
                    continue
                check.require(run_is_covered(a, i, b, j, covered), "outside of every passage: "
                              f"{a.path} | {b.path}: {' '.join(a.folded[i:i + LONG_RUN])}")


def covered_share(document, ranges):
    """The share of the document's words that stand in one of the ranges."""
    inside = sum(any(b <= first and last <= e for b, e in ranges)
                 for first, last in document.tokens)
    return inside / (len(document.tokens) or 1)


def check_contained(by_path, pairs, covered, check):
    """Passages cover nine tenths of the smaller document, or clearly less."""
    for (path_a, path_b), (relation, _, _) in pairs.items():
        if relation in DOCUMENT_RELATIONS:
            continue
        a, b = by_path[path_a], by_path[path_b]
        ranges = covered.get((path_a, path_b), [])
        shares = [(len(a.tokens), covered_share(a, [r for r, _ in ranges])),
                  (len(b.tokens), covered_share(b, [r for _, r in ranges]))]
        least = min(shares)[0]
        share = max(s for words, s in shares if words == least)
        where = f"{path_a} | {path_b}: {share:.3f} of the smaller one covered"
        check.require((relation == "contained") == (share >= CONTAINED),
                      f"label {relation}: {where}")
        check.require(not CONTAINED - 0.03 <= share < CONTAINED + 0.03,
                      f"too near the threshold: {where}")


def run_is_covered(a, i, b, j, covered):
    middle = LONG_RUN // 2
    at_a, at_b = a.tokens[i + middle][0], b.tokens[j + middle][0]
    return any(ra[0] <= at_a < ra[1] and rb[0] <= at_b < rb[1]
               for ra, rb in covered.get((a.path, b.path), []))


def check_robustness(documents, check):
    """Cutting into tokens before or after normalizing must not make a difference."""
    for document in documents:
        text = unicodedata.normalize("NFKC", document.text.replace("\u2019", "'"))
        again = [fold(text[b:e]) for b, e in tokenize(text)]
        # Thai sara am normalizes to a mark and a letter; the mark changes sides.
        plain = lambda words: "".join(words).replace("\u0e4d", "")
        same = plain(again) == plain(document.folded) and len(again) == len(document.folded)
        check.require(same, f"tokens depend on the order of folding: {document.path}")
        document.normalized_first = shingle_set(again, SHINGLE)
    for a, b in itertools.combinations(documents, 2):
        shared = len(a.normalized_first & b.normalized_first)
        union = len(a.normalized_first) + len(b.normalized_first) - shared
        check.require(abs(shared / (union or 1) - jaccard(a, b)) < 1e-9,
                      f"Jaccard depends on the order of folding: {a.path} {b.path} "
                      f"{shared / union:.6f} {jaccard(a, b):.6f}")


def all_files():
    """What a scan sees: no hidden files or folders. truth.json is made here."""
    names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
    visible = [n for n in names if not any(part.startswith(".") for part in n.split("/"))]
    return sorted(set(visible) | {"truth.json"}, key=str.encode)


def lines_of_json(truth):
    """One entry a line, so that a change shows as one."""
    parts = []
    for key, entries in truth.items():
        rows = ",\n".join("    " + json.dumps(e, ensure_ascii=False) for e in entries)
        parts.append(f'  "{key}": [\n{rows}\n  ]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def print_pairs(truth):
    for pair in truth["pairs"]:
        print(f"{pair['jaccard']:.6f}  {pair['relation']:14}  {pair['a']}  {pair['b']}")


def make_truth(labels, check):
    files = all_files()
    described = {d["path"]: d["about"] for d in labels["document"]}
    check.require(sorted(described, key=str.encode) == files,
                  f"documents and files differ: {sorted(set(described) ^ set(files))}")
    documents = [Document(p) for p in files if p != "truth.json"]
    readable = [d for d in documents if not d.skipped]
    by_path = {d.path: d for d in readable}
    pairs = labelled_pairs(labels, check)
    for path in itertools.chain.from_iterable(pairs):
        if path not in by_path:
            raise SystemExit(f"label of a file that is not there: {path}")
    check_matrix(readable, pairs, check)
    passages, covered = make_passages(labels, by_path, pairs, check)
    check_coverage(readable, pairs, covered, check)
    check_contained(by_path, pairs, covered, check)
    check_robustness(readable, check)
    related = set(itertools.chain.from_iterable(pairs))
    # The labels are left out by .ignore.
    skipped = {d.path: d.skipped for d in documents if d.skipped}
    skipped["truth.json"] = "ignored"
    inside = {p["a"]["path"] for p in passages if p["a"]["path"] == p["b"]["path"]}
    return {
        "documents": [{"path": p, "about": described.get(p, "")} for p in files],
        "pairs": [{"a": a, "b": b, "relation": pairs[a, b][0],
                   "jaccard": round(jaccard(by_path[a], by_path[b]), 6)}
                  for a, b in sorted(pairs, key=lambda p: [s.encode() for s in p])],
        "passages": passages,
        "skipped": [{"path": p, "reason": skipped[p]} for p in files if p in skipped],
        "unrelated": [p for p in files if p not in related | inside | set(skipped)],
    }


def main():
    check = Checker()
    labels = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
    truth = make_truth(labels, check)
    if "--pairs" in sys.argv:
        print_pairs(truth)
    text = lines_of_json(truth)
    target = ROOT / "truth.json"
    if "--check" in sys.argv:
        check.require(target.is_file() and target.read_text(encoding="utf-8") == text,
                      "truth.json is not up to date")
    elif not check.problems:
        target.write_text(text, encoding="utf-8", newline="\n")
        # Its own words must not repeat a document either.
        check_matrix([Document(p) for p in all_files() if not Document(p).skipped],
                     labelled_pairs(labels, check), check)
    for problem in check.problems:
        print(problem, file=sys.stderr)
    print(f"{len(truth['documents'])} documents, {len(truth['pairs'])} pairs, "
          f"{len(truth['passages'])} passages, {len(check.problems)} problems")
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
