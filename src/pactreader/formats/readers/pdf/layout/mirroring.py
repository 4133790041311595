"""Lines of scripts from right to left, mirrored, so that they begin on the left as others do."""

import re
from collections.abc import Sequence
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def mirrored(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines, mirrored if most of them have letters of a script from right to left."""
    count = sum(bool(_RIGHT_TO_LEFT.search(line.text)) for line in lines)
    return [_mirror(line) for line in lines] if 2 * count > len(lines) else lines


def _mirror(line: Line) -> Line:
    width = line.page_width
    return line._replace(
        left=width - line.right,
        right=width - line.left,
        cells=tuple(cell._replace(left=width - cell.right, right=width - cell.left) for cell in line.cells),
        column_left=width - line.column_right,
        column_right=width - line.column_left,
        bullet=None if line.bullet is None else width - line.bullet,
    )
