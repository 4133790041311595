"""Changes of a text in the unified format of `diff -u`."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from pactreader.core.alignment.text_alignment import TextChange

_CONTEXT: Final = 3
"""Unchanged lines that are printed around changed ones, as by `diff -u`."""


class _Replacement(NamedTuple):
    """Lines `[start, end)` of the former text that are lines `[new_start, new_end)` of the present one, from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_hunks(former: str, text: str, changes: Iterable[TextChange]) -> Iterator[str]:
    """Yield the lines of the hunks that turn a former text into the present one, without line ends.

    See https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html. The time is proportional to the
    length of both texts, as the changes are known: a `difflib` of two books takes many seconds.

    Args:
        former: The former text.
        text: The present text.
        changes: All changes, from the alignment of both texts.
    """
    changes = (one for one in changes if former[slice(*one.former)] != text[slice(*one.present)])
    old, new = former.split("\n"), text.split("\n")
    for hunk in _hunks(_replacements(old, new, changes)):
        start, new_start = max(0, hunk[0].start - _CONTEXT), max(0, hunk[0].new_start - _CONTEXT)
        end, new_end = min(len(old), hunk[-1].end + _CONTEXT), min(len(new), hunk[-1].new_end + _CONTEXT)
        yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
        for one in hunk:
            yield from (f" {line}" for line in old[start : one.start])
            yield from (f"-{line}" for line in old[one.start : one.end])
            yield from (f"+{line}" for line in new[one.new_start : one.new_end])
            start = one.end
        yield from (f" {line}" for line in old[start:end])


def _replacements(
    old: Sequence[str], new: Sequence[str], changes: Iterable[TextChange]
) -> Iterator[_Replacement]:
    """Yield the replaced lines in order, those that share a line as one."""
    starts, new_starts = _starts(old), _starts(new)
    before: _Replacement | None = None
    for change in changes:
        start, end = (bisect_right(starts, offset) for offset in change.former)
        new_start, new_end = (bisect_right(new_starts, offset) for offset in change.present)
        one = _Replacement(start - 1, end, new_start - 1, new_end)
        if before and (one.start < before.end or one.new_start < before.new_end):
            one = _Replacement(before.start, one.end, before.new_start, one.new_end)
        elif before:
            yield from _shortened(old, new, before)
        before = one
    if before:
        yield from _shortened(old, new, before)


def _shortened(old: Sequence[str], new: Sequence[str], one: _Replacement) -> Iterator[_Replacement]:
    """Yield a replacement without the lines at its ends that are the same, if any are left."""
    removed, added = old[one.start : one.end], new[one.new_start : one.new_end]
    head = _common(removed, added)
    tail = _common(removed[head:][::-1], added[head:][::-1])
    if max(len(removed), len(added)) > head + tail:
        yield _Replacement(one.start + head, one.end - tail, one.new_start + head, one.new_end - tail)


def _common(lines: Sequence[str], others: Sequence[str]) -> int:
    """Return the number of lines that two lists begin with in common."""
    pairs = enumerate(zip(lines, others, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(lines), len(others)))


def _starts(lines: Iterable[str]) -> list[int]:
    """Return the offset of each line in the text."""
    return list(accumulate((len(line) + 1 for line in lines), initial=0))[:-1]


def _hunks(replacements: Iterable[_Replacement]) -> Iterator[list[_Replacement]]:
    """Yield the replacements in groups of which the lines of context touch."""
    hunk: list[_Replacement] = []
    for one in replacements:
        if hunk and one.start - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(one)
    if hunk:
        yield hunk


def _range(start: int, end: int) -> str:
    """Return lines as a hunk's header has them: the first one, from 1, and their number, if that is not 1."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + 1 if end > start else start},{end - start}"
