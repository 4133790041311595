"""The columns of lines: their bounds, and the side where lines begin."""

import re
from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line

_SAME: Final = 0.75
"""The greatest difference in PDF units of two right ends that are the same."""
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
    return [
        line._replace(column_left=left, column_right=right)
        for line in lines
        for left, right in [bounds[line.page, line.column]]
    ]


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
