"""The columns of lines: their bounds, and the side where lines begin."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.measures import same_size

INDENT: Final = 0.4
"""The least indent in sizes."""
_MAX_FIRST_INDENT: Final = 3.0
"""The greatest indent in sizes of the first line of a paragraph."""
_SAME: Final = 0.75
"""The greatest difference in PDF units of two right ends that are the same."""
_SAME_LEFT: Final = 4.0
"""The distance in PDF units in which the lefts of columns are taken for the same."""
_JUSTIFIED: Final = 0.25
"""The share of a column's lines that have the same right end if it is justified."""
_MIN_WIDTH: Final = 0.8
"""The least width of a justified column in widths of its longest line."""
_MAX_TOO_LONG: Final = 2
"""The greatest number of lines in a justified column that are too long."""
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the bounds of their columns, of which running heads are no part.

    Lines of a script from right to left are mirrored, so that they begin on the left as others do.
    """
    count = sum(bool(_RIGHT_TO_LEFT.search(line.text)) for line in lines)
    if 2 * count > len(lines):
        lines = list(map(_mirrored, lines))
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    bounds = _bounds(columns)
    return [
        line
        if line.column_left == left and line.column_right == right
        else line._replace(column_left=left, column_right=right)
        for line in lines
        for left, right in [bounds[line.page, line.column]]
    ]


def _bounds(
    columns: Mapping[tuple[int, int], Sequence[Line]],
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the left and right of columns; those with short lines only are as wide as such columns on other pages."""
    lefts = {place: min(line.left for line in column) for place, column in columns.items()}
    rights = {place: _right(column) for place, column in columns.items()}
    widest: dict[int, tuple[bool, float]] = {}
    for place, (right, is_justified) in rights.items():
        at = round(lefts[place] / _SAME_LEFT)
        widest[at] = max((is_justified, right), widest.get(at, (False, 0.0)))
    on_page: dict[int, list[float]] = {}
    for (page, _column), left in sorted(lefts.items(), key=itemgetter(1)):
        on_page.setdefault(page, []).append(left)
    bounds: dict[tuple[int, int], tuple[float, float]] = {}
    for place, left in lefts.items():
        right, _is_justified = rights[place]
        wide = max(right, widest[round(left / _SAME_LEFT)][1])
        others = on_page[place[0]]
        is_beside = bisect_left(others, right) < bisect_left(others, wide)
        bounds[place] = left, right if is_beside else wide
    return bounds


def right_edges(lines: Sequence[Line]) -> list[float]:
    """Return the right end that each line could have: that of its column, or of the lines around it that are set in."""
    edges: list[float] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and is_aligned(lines[index - 1], lines[index]):
            continue
        run = lines[start:index]
        rights = [line.right for line in run]
        column = min(run[0].column_right, run[0].page_width)
        widest = max(rights)
        is_narrow = (
            len(run) > 2 and widest < column - run[0].size and sorted(rights)[-2] > widest - run[0].size
        )
        edges += [widest if is_narrow else column] * len(run)
        start = index
    for index in range(len(edges) - 1):
        line, following = lines[index], lines[index + 1]
        if (line.page, line.column) == (following.page, following.column) and line.right <= edges[
            index + 1
        ] + 1:
            is_first = index == 0 or not is_aligned(lines[index - 1], line)
            if (
                is_first
                and not is_aligned(line, following)
                and abs(line.left - following.left) < _MAX_FIRST_INDENT * line.size
            ):
                edges[index] = edges[index + 1]
    return edges


def is_aligned(line: Line, other: Line) -> bool:
    """Return whether two lines of one column begin at the same left, in one size."""
    return (
        (line.page, line.column) == (other.page, other.column)
        and same_size(line, other)
        and abs(line.left - other.left) < INDENT * line.size
    )


def _right(column: Sequence[Line]) -> tuple[float, bool]:
    """Return the right end of a column, and whether it is justified: then most lines end there, and a few are too long."""
    left = min(line.left for line in column)
    rights = sorted((line.right for line in column), reverse=True)
    least = left + _MIN_WIDTH * (rights[0] - left)
    for index, right in enumerate(rights[: _MAX_TOO_LONG + 1]):
        same = sum(right - other < _SAME for other in rights[index:])
        if right > least and same > max(1, _JUSTIFIED * len(rights)):
            return right, True
    return rights[0], False


def _mirrored(line: Line) -> Line:
    width = line.page_width
    return line._replace(
        left=width - line.right,
        right=width - line.left,
        cells=tuple(cell._replace(left=width - cell.right, right=width - cell.left) for cell in line.cells),
        column_left=width - line.column_right,
        column_right=width - line.column_left,
        bullet=None if line.bullet is None else width - line.bullet,
    )
