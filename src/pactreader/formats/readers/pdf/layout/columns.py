"""The columns of lines: their bounds, and the side where lines begin."""

import re
from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the bounds of their columns, of which running heads are no part.

    Lines of a script from right to left are mirrored, so that they begin on the left as others do.
    """
    count = sum(bool(_RIGHT_TO_LEFT.search(line.text)) for line in lines)
    if 2 * count > len(lines):
        lines = list(map(_mirrored, lines))
    bounds: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        left, right = bounds.get((line.page, line.column), (line.left, line.right))
        bounds[line.page, line.column] = min(left, line.left), max(right, line.right)
    return [
        line._replace(column_left=left, column_right=right)
        for line in lines
        for left, right in [bounds[line.page, line.column]]
    ]


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
