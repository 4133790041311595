from itertools import pairwise
from random import Random

import pytest

from pactreader.core.alignment.runs import Run, heaviest_chain, runs_of


def length_of(run: Run) -> float:
    return float(run.length)


def test_pairs_on_one_diagonal_are_a_run():
    assert runs_of([(2, 5), (1, 4), (2, 9)]) == [Run(1, 4, 2), Run(2, 9, 1)]


def test_the_heaviest_of_crossing_runs_is_in_the_chain():
    runs = [Run(0, 10, 2), Run(3, 0, 5), Run(9, 20, 1)]

    assert heaviest_chain(runs, length_of) == [Run(3, 0, 5), Run(9, 20, 1)]


def test_a_run_that_overlaps_the_one_before_it_is_cut():
    assert heaviest_chain([Run(0, 0, 3), Run(2, 4, 4)], length_of) == [Run(0, 0, 3), Run(3, 5, 3)]


@pytest.mark.parametrize("count", [1, 20, 200])
def test_chains_are_in_order_in_both_sequences(count):
    random = Random(count)
    places = [(random.randrange(300), random.randrange(300)) for _ in range(count)]
    chain = heaviest_chain(runs_of(set(places)), length_of)

    assert chain
    for one, other in pairwise(chain):
        assert one.former + one.length <= other.former
        assert one.present + one.length <= other.present
