"""Runs of equal tokens in two sequences, and the heaviest chain of such runs in the order of both."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

_MAX_COMPARED: Final = 60
"""The number of runs up to which every two of them are compared, to take the gaps between runs into account."""
_GAP_COST: Final = 0.1
"""The cost of a gap between two runs in a chain, in weights of tokens. Of two chains with the same tokens, the one with
fewer gaps is better."""


class Run(NamedTuple):
    """Equal tokens: `length` of them from an index of the former and from an index of the present sequence on."""

    former: int
    present: int
    length: int


class _Chain(NamedTuple):
    """The heaviest chain that ends with a run, by the places of this run."""

    former: int
    present: int
    former_end: int
    present_end: int
    total: float
    """The weight of the chain, less the costs of its gaps."""


def runs_of(pairs: Iterable[tuple[int, int]]) -> list[Run]:
    """Return the longest runs of pairs of indices, by their beginnings: `(1, 4), (2, 5), (2, 9)` → `(1, 4, 2), (2, 9, 1)`."""
    runs: list[Run] = []
    open_runs: dict[int, tuple[int, int, int]] = {}
    for former, present in sorted(pairs):
        diagonal = present - former
        begun = open_runs.get(diagonal)
        if begun and begun[0] + begun[2] == former:
            open_runs[diagonal] = (begun[0], begun[1], begun[2] + 1)
        else:
            if begun:
                runs.append(Run(*begun))
            open_runs[diagonal] = (former, present, 1)
    runs += (Run(*begun) for begun in open_runs.values())
    runs.sort()
    return runs


def heaviest_chain(runs: Sequence[Run], weigh: Callable[[Run], float]) -> list[Run]:
    """Return the heaviest of the chains in which each run is behind the one before it in both sequences.

    Runs that overlap in a chain are cut. The time is proportional to n log n for many runs.

    Args:
        runs: The runs, in the order of the former sequence.
        weigh: Returns the weight of a run, such as the sum of the weights of its tokens.
    """
    if len(runs) < 2:
        return list(runs)
    weights = list(map(weigh, runs))
    worthwhile = [index for index, weight in enumerate(weights) if weight > _GAP_COST]
    if not worthwhile:
        return [max(zip(weights, runs, strict=True), key=itemgetter(0))[1]]
    runs, weights = [runs[index] for index in worthwhile], [weights[index] for index in worthwhile]
    chain = _compared(runs, weights) if len(runs) <= _MAX_COMPARED else _increasing(runs, weights)
    return _without_overlaps(chain)


def _compared(runs: Sequence[Run], weights: Sequence[float]) -> list[Run]:
    """Return the heaviest chain with the costs of its gaps, by comparing every two runs."""
    chains: list[_Chain] = []
    before: list[int] = []
    for (former, present, length), weight in zip(runs, weights, strict=True):
        best, best_before = weight, -1
        for other, (other_former, other_present, former_end, present_end, other_total) in enumerate(chains):
            total = other_total + weight - _GAP_COST
            if total <= best or other_former >= former or other_present >= present:
                continue
            overlap = max(former_end - former, present_end - present)
            if overlap >= length:
                continue
            if overlap > 0:
                total -= weight * overlap / length
            if total > best:
                best, best_before = total, other
        chains.append(_Chain(former, present, former + length, present + length, best))
        before.append(best_before)
    return _traced(runs, before, max(range(len(chains)), key=lambda index: chains[index].total))


def _increasing(runs: Sequence[Run], weights: Sequence[float]) -> list[Run]:
    """Return the heaviest chain by the beginnings of its runs, without costs of gaps."""
    # The best chains so far by the beginning of their last run: a later one is kept only if it is heavier.
    beginnings: list[int] = []
    totals: list[float] = []
    last: list[int] = []
    before: list[int] = []
    for index, (run, weight) in enumerate(zip(runs, weights, strict=True)):
        place = bisect_left(beginnings, run.present)
        total = weight + (totals[place - 1] if place else 0.0)
        before.append(last[place - 1] if place else -1)
        end = place
        while end < len(beginnings) and totals[end] <= total:
            end += 1
        if place < len(beginnings) and end == place and beginnings[place] == run.present:
            continue
        beginnings[place:end] = [run.present]
        totals[place:end] = [total]
        last[place:end] = [index]
    return _traced(runs, before, last[-1])


def _traced(runs: Sequence[Run], before: Sequence[int], last: int) -> list[Run]:
    """Return the chain that ends with the run at an index."""
    chain: list[Run] = []
    while last >= 0:
        chain.append(runs[last])
        last = before[last]
    return chain[::-1]


def _without_overlaps(chain: Iterable[Run]) -> list[Run]:
    """Return a chain with the beginning of each run cut that overlaps the one before it."""
    kept: list[Run] = []
    former_end = present_end = 0
    for former, present, length in chain:
        overlap = max(former_end - former, present_end - present, 0)
        if overlap < length:
            kept.append(Run(former + overlap, present + overlap, length - overlap))
            former_end, present_end = former + length, present + length
    return kept
