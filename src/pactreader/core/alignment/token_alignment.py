"""The alignment of two sequences of tokens: the runs of tokens that are the same in both, in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import inf, log2
from typing import Final, NamedTuple

from pactreader.core.alignment.runs import Run, heaviest_chain, runs_of

_LENGTHS: Final = ((16, inf), (6, inf), (3, 200_000), (2, 50_000), (1, 20_000))
"""The lengths of the sequences of tokens that are looked for if they stand once on both sides, as patience diff looks for
lines, and the longest gaps in which they are. Long ones are sure, short ones find what is left between them."""
_SMALL: Final = 1_000
"""The product of the lengths of two sequences up to which all pairs of equal tokens are compared."""
_RARE: Final = 0.5
"""The weight from which on a single token that stands once on both sides is taken for the same."""
_ISLAND: Final = 0.3
"""The weight that equal tokens need between two gaps, for each doubling of the nearer gap's length, so as not to be taken
for a coincidence."""


class _Gap(NamedTuple):
    """The slices of two sequences of tokens between runs that are aligned."""

    former: range
    present: range

    @property
    def pairs(self) -> int:
        """The number of pairs of a token of the former and one of the present slice."""
        return len(self.former) * len(self.present)

    def between(self, runs: Iterable[Run]) -> Iterator["_Gap"]:
        """Yield the gaps before, between and behind runs of equal tokens in this gap."""
        first, begin = self.former.start, self.present.start
        for former, present, length in (*runs, Run(self.former.stop, self.present.stop, 0)):
            yield _Gap(range(first, former), range(begin, present))
            first, begin = former + length, present + length


def align_tokens(former: Sequence[str], present: Sequence[str], weights: Mapping[str, float]) -> list[Run]:
    """Return the runs of tokens that two sequences have in common, in the order of both.

    Args:
        former: The tokens of the former text.
        present: The tokens of the present text.
        weights: The weight of each token, from 0 to 1: the rarer it is, the more it tells.
    """
    weigh = partial(weight_of, tokens=former, weights=weights)
    runs: list[Run] = []
    waiting = [(_Gap(range(len(former)), range(len(present))), 0)]
    while waiting:
        gap, step = waiting.pop()
        head, gap, tail = _without_equal_ends(former, present, gap)
        runs += (head, tail)
        if gap.pairs <= _SMALL:
            runs += heaviest_chain(_common(former, present, gap), weigh) if gap.pairs else ()
            continue
        chain: list[Run] = []
        while not chain and step < len(_LENGTHS):
            length, longest_gap = _LENGTHS[step]
            if max(map(len, gap)) > longest_gap:
                break
            pairs = _unique(former, present, gap, length)
            if length == 1:
                pairs = (pair for pair in pairs if weights[former[pair[0]]] >= _RARE)
            chain = heaviest_chain(_extended(runs_of(pairs), length), weigh)
            step += not chain
        if chain:
            runs += chain
            waiting += ((each, step) for each in gap.between(chain))
    return _without_islands(_joined(run for run in runs if run.length), weigh, len(former), len(present))


def weight_of(run: Run, tokens: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the sum of the weights of a run's tokens, those of the former sequence."""
    return sum(weights[token] for token in tokens[run.former : run.former + run.length])


def _without_equal_ends(former: Sequence[str], present: Sequence[str], gap: _Gap) -> tuple[Run, _Gap, Run]:
    """Return the equal tokens at the beginning of a gap, what is left of it, and the equal tokens at its end."""
    (first, last), (begin, end) = (gap.former.start, gap.former.stop), (gap.present.start, gap.present.stop)
    most = min(last - first, end - begin)
    head = 0
    while head < most and former[first + head] == present[begin + head]:
        head += 1
    most -= head
    tail = 0
    while tail < most and former[last - tail - 1] == present[end - tail - 1]:
        tail += 1
    inner = _Gap(range(first + head, last - tail), range(begin + head, end - tail))
    return Run(first, begin, head), inner, Run(last - tail, end - tail, tail)


def _common(former: Sequence[str], present: Sequence[str], gap: _Gap) -> list[Run]:
    """Return all runs of equal tokens in a gap."""
    places: dict[str, list[int]] = {}
    for index in gap.present:
        places.setdefault(present[index], []).append(index)
    return runs_of((index, place) for index in gap.former for place in places.get(former[index], ()))


def _unique(
    former: Sequence[str], present: Sequence[str], gap: _Gap, length: int
) -> Iterator[tuple[int, int]]:
    """Yield the indices of the sequences of so many tokens that stand once in either slice of a gap."""
    first, begin = gap.former.start, gap.present.start
    there = _unique_indices(present[begin : gap.present.stop], length)
    for sequence, index in _unique_indices(former[first : gap.former.stop], length).items():
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


def _joined(runs: Iterable[Run]) -> list[Run]:
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
