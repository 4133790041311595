"""The alignment of two texts by their lines or clauses: the passages of whole ones that are the same in both, in order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import Final, NamedTuple

from pactreader.core.alignment.runs import Run, heaviest_chain, runs_of
from pactreader.core.alignment.tokens import CLAUSE_ENDS

_SHORTEST_CLAUSE: Final = 20
"""Code points from which on a clause that stands once in both texts is taken for the same; shorter ones, such as `it is,`,
may be the same by chance."""
_CLAUSE: Final = re.compile(rf"[^{CLAUSE_ENDS}\n]*[{CLAUSE_ENDS}\s]*")
"""A clause with the signs and the white space behind it; roughly, as a number such as 1,000 is two."""


class Match(NamedTuple):
    """A passage of the former text and its counterpart in the present one, in code points.

    Both are equal but for letter case and the folding of signs. If their lengths differ, they are one token.
    """

    start: int
    end: int
    present_start: int
    present_end: int


class _Units(NamedTuple):
    """The lines or clauses of a text, and their offsets in code points."""

    texts: Sequence[str]
    starts: Sequence[int]


def equal_lines(former: str, text: str) -> Iterator[Match]:
    """Yield matches of the lines that two texts have in common, in the order of both.

    These are the lines that stand once in both texts, in the chain with the most code points, and equal ones before and
    behind those.
    """
    return _equal_units(former, text, _lines(former), _lines(text), shortest=1)


def equal_clauses(former: str, text: str) -> Iterator[Match]:
    """Yield matches of the clauses that two texts have in common, as `equal_lines` does those of lines.

    A clause is compared in a tenth of the time of its words.
    """
    return _equal_units(former, text, _clauses(former), _clauses(text), shortest=_SHORTEST_CLAUSE)


def _equal_units(
    former: str, text: str, units: _Units, present_units: _Units, *, shortest: int
) -> Iterator[Match]:
    """Yield matches of the units that two texts have in common, in the order of both.

    Args:
        former: The former text.
        text: The present text.
        units: The units of the former text.
        present_units: Those of the present text.
        shortest: The code points from which on a unit that stands once in both texts is taken for the same.
    """
    texts, starts = units
    present_texts, present_starts = present_units
    unique = {unit: index for unit, index in _indices(present_texts).items() if index >= 0}
    pairs = (
        (index, unique[unit])
        for unit, index in _indices(texts).items()
        if index >= 0 and len(unit) >= shortest and unit in unique
    )
    lengths = [0, *accumulate(map(len, texts))]
    chain = heaviest_chain(runs_of(pairs), lambda run: lengths[run.former + run.length] - lengths[run.former])
    for first, present_first, count in _grown(chain, texts, present_texts):
        start, present_start = starts[first], present_starts[present_first]
        end = starts[first + count - 1] + len(texts[first + count - 1])
        present_end = present_start + end - start
        if former[start:end] == text[present_start:present_end]:
            yield Match(start, end, present_start, present_end)
            continue
        for offset in range(count):
            start, present_start = starts[first + offset], present_starts[present_first + offset]
            length = len(texts[first + offset])
            yield Match(start, start + length, present_start, present_start + length)


def _lines(text: str) -> _Units:
    """Return the lines of a text that are not empty."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    pairs = [(line, start) for line, start in zip(lines, starts, strict=False) if line]
    return _Units([line for line, _ in pairs], [start for _, start in pairs])


def clauses(text: str) -> list[str]:
    """Return the clauses of a text in order: `If so, stop! Else…` → `If so, `, `stop! `, `Else…`."""
    return [match[0] for match in _CLAUSE.finditer(text) if match[0]]


def _clauses(text: str) -> _Units:
    """Return the clauses of a text."""
    texts = clauses(text)
    return _Units(texts, list(accumulate(map(len, texts), initial=0)))


def _indices(units: Iterable[str]) -> dict[str, int]:
    """Return the index of each line or clause; -1 if it stands there more than once."""
    indices: dict[str, int] = {}
    for index, unit in enumerate(units):
        indices[unit] = -1 if unit in indices else index
    return indices


def _grown(chain: Iterable[Run], units: Sequence[str], present_units: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of a chain of units with the equal ones before and behind them, and those at the ends."""
    former = present = 0
    for run in (*chain, Run(len(units), len(present_units), 0)):
        gap, present_gap = units[former : run.former], present_units[present : run.present]
        before = _equal_count(gap, present_gap)
        if before:
            yield Run(former, present, before)
        behind = _equal_count(gap[before:][::-1], present_gap[before:][::-1])
        if behind + run.length:
            yield Run(run.former - behind, run.present - behind, behind + run.length)
        former, present = run.former + run.length, run.present + run.length


def _equal_count(units: Sequence[str], present_units: Sequence[str]) -> int:
    """Return the number of equal lines or clauses at the beginning of two sequences."""
    pairs = zip(units, present_units, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
