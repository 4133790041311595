"""Blocks of the lines."""

from collections.abc import Sequence

from pactreader.core.article import BlockKind
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.line_joining import join, text_of
from pactreader.formats.readers.pdf.layout.lines import Line


def blocks_of(lines: Sequence[Line], outline_titles: Sequence[str] = ()) -> list[LaidOutBlock]:
    """Return the blocks of lines in reading order; without places and anchors.

    Args:
        lines: The lines of all pages, without running heads and page numbers.
        outline_titles: The titles of the outline, in its order.
    """
    hyphens = LineEndHyphens("\n".join([line.text for line in lines]))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join([text_of(line) for line in group], hyphens).block(BlockKind.PARAGRAPH) for group in groups]


def _goes_on(before: Line, line: Line) -> bool:
    if (before.page, before.column) != (line.page, line.column):
        return line.text[:1].islower()
    if abs(line.size - before.size) > 0.1 * before.size or line.is_bold != before.is_bold:
        return False
    if line.left > line.column_left + line.size and before.left <= before.column_left + line.size:
        return False
    return before.baseline - line.baseline < 1.6 * line.size
