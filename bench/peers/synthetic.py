# SPDX-License-Identifier: Apache-2.0
"""Documents made up on the spot, with near-duplicates of known making among
them, for a comparison where no data set is at hand."""
import json
import random


def synthetic_documents(count, words=500, seed=1):
    """`count` texts of about `words` words that recur as English words do. One
    in two is an earlier text with a share of its words exchanged, so that
    similarities from .5 to 1 occur, and some texts are copies. The same
    arguments give the same texts."""
    rng = random.Random(seed)
    letters = "etaoinshrdlu"
    vocabulary = ["".join(rng.choices(letters, k=rng.randint(2, 9)))
                  for _ in range(20000)]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    texts = []
    for number in range(count):
        if number % 2 == 1:
            chosen = rng.choice(texts)[:]
            for _ in range(int(len(chosen) * rng.choice((0, .002, .01, .03, .08)))):
                chosen[rng.randrange(len(chosen))] = rng.choice(vocabulary)
        else:
            chosen = rng.choices(vocabulary, weights,
                                 k=rng.randint(words // 2, words * 3 // 2))
        texts.append(chosen)
    return [" ".join(text) + ".\n" for text in texts]


def write_records(texts, path):
    """As JSON Lines, one object with a `text` a line."""
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            file.write(json.dumps({"text": text}) + "\n")
