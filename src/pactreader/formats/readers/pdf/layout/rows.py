"""The rows of a column: fragments on one line, with what is raised there, and with the parts of formulas."""

from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.fragments import RAISED_SIZE, Fragment, is_raised_beside

_SAME_BASELINE: Final = 0.25
"""The greatest distance between the baselines of fragments on one line, in sizes of the smaller letters."""
_MAX_RAISED_GAP: Final = 1.0
"""The widest gap between a fragment and a raised one beside it, in sizes of the larger letters."""
_NEAR_LINES: Final = 3
"""The number of lines above and below among which the parts of a formula are."""
_MAX_SHIFT, _MAX_LIMIT_SHIFT = 0.95, 1.8
"""The greatest distance of the parts of a fraction, and of the limits of a sum, from the baseline, in sizes of the letters.
TeX shifts the former by 0.7. Lines of a text are 1.1 apart at least."""


def rows_of(column: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the fragments of a column line by line, from the top."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(column, key=lambda each: -each.baseline):
        if rows and _is_on_line(fragment, rows[-1][0]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return _in_order_of_file(_with_interleaved(_with_raised(rows)))


def _in_order_of_file(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Return the lines with those in the order of the file that are beside each other: `f(x) = {` before its two cases."""
    for index in range(1, len(rows)):
        at = index
        while at and _are_level(rows[at - 1][0], rows[at][0]) and rows[at][0].first < rows[at - 1][0].first:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
            at -= 1
    return rows


def _are_level(above: Fragment, below: Fragment) -> bool:
    return (above.right < below.left or below.right < above.left) and (
        above.baseline - below.baseline < _MAX_SHIFT * min(above.size, below.size)
    )


def _is_on_line(fragment: Fragment, of_line: Fragment) -> bool:
    smaller = min(fragment.size, of_line.size)
    return abs(fragment.baseline - of_line.baseline) <= _SAME_BASELINE * smaller


def _with_raised(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Move raised fragments that are lines of their own to those that they are raised on."""
    for index, row in enumerate(rows):
        neighbours = [rows[at] for at in (index - 1, index + 1) if 0 <= at < len(rows)]
        for fragment in list(row):
            for neighbour in neighbours:
                if any(_is_raised_on(fragment, each) for each in neighbour if fragment.size < each.size):
                    neighbour.append(fragment)
                    row.remove(fragment)
                    break
    return [row for row in rows if row]


def _with_interleaved(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Move what the file draws in the middle of a line and close to it there: the parts of fractions, the limits of sums."""
    for index, row in enumerate(rows):
        if len(row) < 2:
            continue
        first, last = min([each.first for each in row]), max([each.first for each in row])
        for neighbour in rows[max(0, index - _NEAR_LINES) : index + _NEAR_LINES + 1]:
            if neighbour is not row and _is_interleaved(neighbour, row, first, last):
                row.extend(neighbour)
                neighbour.clear()
    return [row for row in rows if row]


def _is_interleaved(parts: Sequence[Fragment], row: Sequence[Fragment], first: int, last: int) -> bool:
    if not parts or not first < min([each.first for each in parts]) < last:
        return False
    main = max(row, key=lambda each: (each.size, each.length))
    left, right = min([each.left for each in row]), max([each.right for each in row])
    return all(
        left - each.size <= each.left
        and each.right <= right + each.size
        and abs(each.baseline - main.baseline)
        <= main.size * (_MAX_LIMIT_SHIFT if each.size <= RAISED_SIZE * main.size else _MAX_SHIFT)
        for each in parts
    )


def _is_raised_on(fragment: Fragment, base: Fragment) -> bool:
    gap = max(fragment.left - base.right, base.left - fragment.right)
    return is_raised_beside(fragment.size, fragment.baseline, base.size, base.baseline) and (
        abs(gap) <= _MAX_RAISED_GAP * base.size
    )
