"""The columns of lines: their bounds, and the side where lines begin."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.measures import same_size

INDENT: Final = 0.4
"""The least indent in sizes."""
_SAME: Final = 0.75
"""The greatest difference in PDF units of two right ends that are the same."""
_SAME_LEFT: Final = 4.0
"""The distance in PDF units in which the lefts of columns are taken for the same."""
_JUSTIFIED: Final = 0.25
"""The share of a column's lines that have the same right end if it is justified."""
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
    bounds = {place: (min(line.left for line in column), _right(column)) for place, column in columns.items()}
    bounds = _with_rights_of_others(bounds)
    return [
        line._replace(column_left=left, column_right=right)
        for line in lines
        for left, right in [bounds[line.page, line.column]]
    ]


def _with_rights_of_others(
    bounds: Mapping[tuple[int, int], tuple[float, float]],
) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the bounds of columns, where those with short lines only are as wide as such columns on other pages."""
    widest: dict[int, float] = {}
    lefts: dict[int, list[float]] = {}
    for (page, _column), (left, right) in bounds.items():
        place = round(left / _SAME_LEFT)
        widest[place] = max(right, widest.get(place, right))
        lefts.setdefault(page, []).append(left)
    found = {}
    for (page, column), (left, right) in bounds.items():
        wide = widest[round(left / _SAME_LEFT)]
        is_beside = any(right <= other < wide for other in lefts[page])
        found[page, column] = left, right if is_beside else wide
    return found


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
                and abs(line.left - following.left) < 3 * line.size
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


def _right(column: Sequence[Line]) -> float:
    """Return the right end of a column: of a justified one, that of most lines, as a few may be too long for it."""
    rights = sorted((line.right for line in column), reverse=True)
    for index, right in enumerate(rights[: _MAX_TOO_LONG + 1]):
        same = sum(right - other < _SAME for other in rights[index:])
        if same > _JUSTIFIED * len(rights):
            return right
    return rights[0]


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
