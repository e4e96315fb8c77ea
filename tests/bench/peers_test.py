# SPDX-License-Identifier: Apache-2.0
"""What bench/peers makes of pairs; needs no peer and no network.
Usage: peers_test.py FOLDER_OF_PEERS"""
import json
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv.pop(1))

import compare  # noqa: E402
import remover  # noqa: E402
import scoring  # noqa: E402
import synthetic  # noqa: E402


def exact_jaccard(a, b):
    sets = []
    for text in (a, b):
        words = text.rstrip(".\n").split()
        sets.append({tuple(words[i:i + 5]) for i in range(len(words) - 4)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


class Score(unittest.TestCase):
    def test_counts_what_is_missed_and_what_is_wrong(self):
        truth = {(0, 1), (0, 2), (1, 2), (5, 9)}
        reported = {(0, 1), (5, 9), (3, 4)}
        recall, precision = scoring.score(reported, truth)
        self.assertAlmostEqual(recall, 2 / 4)
        self.assertAlmostEqual(precision, 2 / 3)

    def test_nothing_to_find_and_nothing_found(self):
        self.assertEqual(scoring.score(set(), set()), (1.0, 1.0))
        self.assertEqual(scoring.score(set(), {(0, 1)}), (0.0, 1.0))
        self.assertEqual(scoring.score({(0, 1)}, set()), (1.0, 0.0))


class ScoreOfRemoval(unittest.TestCase):
    TRUTH = {(0, 1), (0, 2), (1, 2), (5, 9)}

    def test_one_of_a_pair_is_enough(self):
        self.assertEqual(scoring.score_removal({1, 2, 9}, self.TRUTH),
                         (1.0, 1.0))

    def test_counts_pairs_that_are_both_kept(self):
        recall, precision = scoring.score_removal({1}, self.TRUTH)
        self.assertAlmostEqual(recall, 2 / 4)
        self.assertEqual(precision, 1.0)

    def test_what_is_removed_needs_one_that_is_kept(self):
        # 5 and 9 are both gone; 7 is like no other.
        recall, precision = scoring.score_removal({1, 2, 5, 7, 9}, self.TRUTH)
        self.assertEqual(recall, 1.0)
        self.assertAlmostEqual(precision, 2 / 5)

    def test_nothing_to_remove_and_nothing_removed(self):
        self.assertEqual(scoring.score_removal(set(), set()), (1.0, 1.0))
        self.assertEqual(scoring.score_removal(set(), {(0, 1)}), (0.0, 1.0))
        self.assertEqual(scoring.score_removal({1}, set()), (1.0, 0.0))


class Corpus(unittest.TestCase):
    def test_has_the_numbers_of_the_files_as_ids(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for text in ("one\n", "tw\u00f6"):
                paths.append(os.path.join(folder, str(len(paths))))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write(text)
            path = compare.write_corpus(paths, folder)
            self.assertEqual(os.listdir(os.path.dirname(path)),
                             [os.path.basename(path)])
            self.assertEqual(remover.read_records(path),
                             [{"id": "0", "text": "one\n"},
                              {"id": "1", "text": "tw\u00f6"}])
            self.assertEqual(remover.ids_of([path]), ["0", "1"])


class Pairs(unittest.TestCase):
    def test_are_read_in_either_order_and_once(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "pairs")
            with open(path, "w", encoding="ascii") as file:
                file.write("2 1 0.9\n1 2\n3 3\n10 9 1.0 more\n")
            self.assertEqual(scoring.read_pairs(path), {(1, 2), (9, 10)})

    def test_of_groups(self):
        self.assertEqual(scoring.pairs_of_groups([[3, 1, 2, 1], [7], []]),
                         {(1, 2), (1, 3), (2, 3)})


class OurResult(unittest.TestCase):
    def result(self, matches):
        # Ids are not the numbers of the files.
        records = [{"type": "document", "id": i, "path": f"x/00000{9 - i}.txt"}
                   for i in range(5)]
        records += [{"type": "match", "a": a, "b": b, "relation": relation}
                    for a, b, relation in matches]
        return [json.dumps(record) for record in records]

    def test_a_match_is_a_pair_by_name(self):
        pairs = scoring.pairs_of_result(self.result([(0, 3, "near_duplicate")]))
        self.assertEqual(pairs, {(6, 9)})

    def test_same_texts_stand_for_each_other(self):
        pairs = scoring.pairs_of_result(self.result(
            [(0, 1, "identical"), (0, 2, "same_text"),
             (0, 3, "near_duplicate")]))
        self.assertEqual(pairs, {(8, 9), (7, 9), (7, 8),
                                 (6, 9), (6, 8), (6, 7)})

    def test_containment_is_no_near_duplicate(self):
        self.assertEqual(
            scoring.pairs_of_result(self.result([(0, 3, "contained")])), set())


class MadeUpDocuments(unittest.TestCase):
    def test_are_the_same_every_time_and_hold_pairs_on_both_sides(self):
        texts = synthetic.synthetic_documents(60, words=100)
        self.assertEqual(texts, synthetic.synthetic_documents(60, words=100))
        values = [exact_jaccard(a, b) for i, a in enumerate(texts)
                  for b in texts[i + 1:]]
        self.assertTrue(any(value == 1 for value in values))
        self.assertTrue(any(.8 <= value < 1 for value in values))
        self.assertTrue(any(.4 <= value < .8 for value in values))


if __name__ == "__main__":
    unittest.main()
