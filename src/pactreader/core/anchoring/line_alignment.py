"""The alignment of the lines of two texts: the passages of whole lines that are the same in both, in order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from pactreader.core.anchoring.runs import Run, heaviest_chain, runs_of


class Match(NamedTuple):
    """A passage of the former text and its counterpart in the present one, in code points.

    Both are equal but for letter case and the folding of signs. If their lengths differ, they are one token.
    """

    start: int
    end: int
    present_start: int
    present_end: int


def equal_lines(former: str, text: str) -> Iterator[Match]:
    """Yield matches of the lines that two texts have in common, in the order of both.

    These are the lines that stand once in both texts, in the chain with the most code points, and equal ones before and
    behind those.
    """
    lines, starts = _lines(former)
    present_lines, present_starts = _lines(text)
    unique = {line: index for line, index in _indices(present_lines).items() if index >= 0}
    pairs = (
        (index, unique[line]) for line, index in _indices(lines).items() if index >= 0 and line in unique
    )
    lengths = [0, *accumulate(map(len, lines))]
    chain = heaviest_chain(runs_of(pairs), lambda run: lengths[run.former + run.length] - lengths[run.former])
    for former_line, present_line, count in _grown(chain, lines, present_lines):
        start, present_start = starts[former_line], present_starts[present_line]
        end = starts[former_line + count - 1] + len(lines[former_line + count - 1])
        present_end = present_start + end - start
        if former[start:end] == text[present_start:present_end]:
            yield Match(start, end, present_start, present_end)
            continue
        for offset in range(count):
            start, present_start = starts[former_line + offset], present_starts[present_line + offset]
            length = len(lines[former_line + offset])
            yield Match(start, start + length, present_start, present_start + length)


def _lines(text: str) -> tuple[list[str], list[int]]:
    """Return the lines of a text that are not empty, and their offsets."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    pairs = [(line, start) for line, start in zip(lines, starts, strict=False) if line]
    return [line for line, _ in pairs], [start for _, start in pairs]


def _indices(lines: Iterable[str]) -> dict[str, int]:
    """Return the index of each line; -1 if it stands there more than once."""
    indices: dict[str, int] = {}
    for index, line in enumerate(lines):
        indices[line] = -1 if line in indices else index
    return indices


def _grown(chain: Iterable[Run], lines: Sequence[str], present_lines: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of a chain of lines with the equal lines before and behind them, and those at the ends."""
    former = present = 0
    for run in (*chain, Run(len(lines), len(present_lines), 0)):
        gap, present_gap = lines[former : run.former], present_lines[present : run.present]
        before = _equal_count(gap, present_gap)
        if before:
            yield Run(former, present, before)
        behind = _equal_count(gap[before:][::-1], present_gap[before:][::-1])
        if behind + run.length:
            yield Run(run.former - behind, run.present - behind, behind + run.length)
        former, present = run.former + run.length, run.present + run.length


def _equal_count(lines: Sequence[str], present_lines: Sequence[str]) -> int:
    """Return the number of equal lines at the beginning of two sequences."""
    pairs = zip(lines, present_lines, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
