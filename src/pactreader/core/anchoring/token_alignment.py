"""The alignment of two sequences of tokens: the runs of tokens that are the same in both, in order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import inf, log2
from typing import Final

from pactreader.core.anchoring.runs import Run, heaviest_chain, runs_of

_LENGTHS: Final = (16, 6, 3, 2, 1)
"""The lengths of the sequences of tokens that are looked for if they stand once on both sides, as patience diff looks for
lines. Long ones are sure, short ones find what is left between them."""
_SMALL: Final = 1_000
"""The product of the lengths of two sequences up to which all pairs of equal tokens are compared."""
_RARE: Final = 0.5
"""The weight from which on a single token that stands once on both sides is taken for the same."""
_ISLAND: Final = 0.3
"""The weight that equal tokens need between two gaps, for each doubling of the nearer gap's length, so as not to be taken
for a coincidence."""


def align_tokens(former: Sequence[str], present: Sequence[str], weights: Mapping[str, float]) -> list[Run]:
    """Return the runs of tokens that two sequences have in common, in the order of both.

    Args:
        former: The tokens of the former text.
        present: The tokens of the present text.
        weights: The weight of each token, from 0 to 1: the rarer it is, the more it tells.
    """
    weigh = partial(weight_of, tokens=former, weights=weights)
    runs: list[Run] = []
    waiting = [(0, len(former), 0, len(present), 0)]
    while waiting:
        first, last, begin, end, step = waiting.pop()
        most = min(last - first, end - begin)
        same = 0
        while same < most and former[first + same] == present[begin + same]:
            same += 1
        if same:
            runs.append(Run(first, begin, same))
            first, begin, most = first + same, begin + same, most - same
        same = 0
        while same < most and former[last - same - 1] == present[end - same - 1]:
            same += 1
        if same:
            last, end = last - same, end - same
            runs.append(Run(last, end, same))
        if first == last or begin == end:
            continue
        if (last - first) * (end - begin) <= _SMALL:
            runs += heaviest_chain(_common(former, present, first, last, begin, end), weigh)
            continue
        chain: list[Run] = []
        while not chain and step < len(_LENGTHS):
            length = _LENGTHS[step]
            found = _unique(former, present, (first, last, begin, end), length)
            if length == 1:
                found = (pair for pair in found if weights[former[pair[0]]] >= _RARE)
            chain = heaviest_chain(_extended(runs_of(found), length), weigh)
            step += not chain
        for run in chain:
            waiting.append((first, run.former, begin, run.present, step))
            first, begin = run.former + run.length, run.present + run.length
            runs.append(run)
        if chain:
            waiting.append((first, last, begin, end, step))
    return _without_islands(_joined(runs), weigh, len(former), len(present))


def weight_of(run: Run, tokens: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the sum of the weights of a run's tokens, those of the former sequence."""
    return sum(weights[token] for token in tokens[run.former : run.former + run.length])


def _common(
    former: Sequence[str], present: Sequence[str], first: int, last: int, begin: int, end: int
) -> list[Run]:
    """Return all runs of equal tokens in two slices."""
    places: dict[str, list[int]] = {}
    for index in range(begin, end):
        places.setdefault(present[index], []).append(index)
    return runs_of((index, place) for index in range(first, last) for place in places.get(former[index], ()))


def _unique(
    former: Sequence[str], present: Sequence[str], ranges: tuple[int, int, int, int], length: int
) -> Iterator[tuple[int, int]]:
    """Yield the indices of the sequences of so many tokens that stand once in either slice."""
    first, last, begin, end = ranges
    there = _unique_indices(present[begin:end], length)
    for sequence, index in _unique_indices(former[first:last], length).items():
        other = there.get(sequence, -1)
        if index >= 0 and other >= 0:
            yield first + index, begin + other


def _unique_indices(tokens: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    """Return the index of each sequence of so many tokens; -1 if it stands there more than once."""
    indices: dict[tuple[str, ...], int] = {}
    for index, sequence in enumerate(zip(*(tokens[offset:] for offset in range(length)), strict=False)):
        indices[sequence] = -1 if sequence in indices else index
    return indices


def _extended(runs: list[Run], length: int) -> list[Run]:
    """Return runs of sequences of so many tokens as runs of tokens."""
    return [Run(former, present, count + length - 1) for former, present, count in runs]


def _joined(runs: list[Run]) -> list[Run]:
    """Return runs in order, with those joined that adjoin each other in both sequences."""
    joined: list[Run] = []
    for run in sorted(runs):
        if joined:
            former, present, length = joined[-1]
            if former + length == run.former and present + length == run.present:
                joined[-1] = Run(former, present, length + run.length)
                continue
        joined.append(run)
    return joined


def _without_islands(
    runs: list[Run], weigh: Callable[[Run], float], former_length: int, present_length: int
) -> list[Run]:
    """Return a chain without islands: runs that are lighter than the gaps around them make likely by chance."""
    ends = [Run(0, 0, 0), *runs, Run(former_length, present_length, 0)]
    weights = [inf, *map(weigh, runs), inf]
    following = list(range(1, len(ends) + 1))
    preceding = list(range(-1, len(ends) - 1))
    waiting = list(range(1, len(ends) - 1))
    while waiting:
        index = waiting.pop()
        left, right = preceding[index], following[index]
        if not left <= index <= right or weights[index] >= min(
            _gap_cost(ends[left], ends[index]), _gap_cost(ends[index], ends[right])
        ):
            continue
        following[left], preceding[right] = right, left
        preceding[index] = following[index] = -1
        weights[index] = 0.0
        waiting += (neighbour for neighbour in (left, right) if 0 < neighbour < len(ends) - 1)
    kept = []
    index = following[0]
    while index < len(ends) - 1:
        kept.append(ends[index])
        index = following[index]
    return kept


def _gap_cost(one: Run, other: Run) -> float:
    """Return the weight that an island behind or before a gap between two runs needs."""
    distance = other.former - one.former + other.present - one.present - 2 * one.length
    return _ISLAND * log2(1 + distance / 2)
