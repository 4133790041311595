"""Code: lines in a monospaced font, with their indentation."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.line_joining import LineText, concatenate, join_as_lines, text_of
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size

_BLANK_LINE: Final = 1.7
"""The distance of baselines in that of the others from which there is an empty line between."""
_MAX_BLANK_LINES: Final = 3
"""The greatest number of empty lines between two lines of code."""
_MAX_SIZE: Final = 1.15
"""The size in sizes of the text from which monospaced letters are a heading."""
_MAX_DISTANCE: Final = 3.2
"""The distance of baselines in sizes from which another block of code begins."""
_MIN_ADVANCE: Final = 0.3
"""The least width of a letter in sizes."""


class Code(NamedTuple):
    """A block of code."""

    end: int
    """The index of the line behind it."""
    text: LineText


def code_of(lines: Sequence[Line], measures: Measures) -> dict[int, Code]:
    """Return the blocks of code in lines, by the indices of their first lines; none where all is monospaced."""
    found: dict[int, Code] = {}
    if measures.is_monospaced:
        return found
    index = 0
    while index < len(lines):
        start = index
        while index < len(lines) and lines[index].is_monospaced:
            index += 1
            if index < len(lines) and _is_apart(lines[start:index], lines[index]):
                break
        if index > start and lines[start].size < _MAX_SIZE * measures.size:
            found[start] = Code(index, _text(lines[start:index]))
        index = max(index, start + 1)
    return found


def _is_apart(code: Sequence[Line], line: Line) -> bool:
    """Return whether a line is no part of the code above it, as the distance is too great."""
    before = code[-1]
    if (before.page, before.column) != (line.page, line.column):
        return not same_size(before, line)
    return not 0 < before.baseline - line.baseline < _MAX_DISTANCE * line.size


def _text(lines: Sequence[Line]) -> LineText:
    margins: dict[tuple[int, int], float] = {}
    for line in lines:
        place = line.page, line.column
        margins[place] = min(line.left, margins.get(place, line.left))
    distances = [
        before.baseline - line.baseline
        for before, line in pairwise(lines)
        if (before.page, before.column) == (line.page, line.column)
    ]
    least = min(distances, default=0.0)
    longest = max(lines, key=lambda line: len(line.text))
    advance = max((longest.right - longest.left) / len(longest.text), _MIN_ADVANCE * longest.size)
    texts: list[LineText] = []
    for index, line in enumerate(lines):
        if index and (lines[index - 1].page, lines[index - 1].column) == (line.page, line.column):
            distance = lines[index - 1].baseline - line.baseline
            if distance > _BLANK_LINE * least:
                texts += [LineText("")] * min(_MAX_BLANK_LINES, round(distance / least) - 1)
        indent = round((line.left - margins[line.page, line.column]) / advance)
        texts.append(concatenate([LineText(" " * indent), text_of(line)]))
    return join_as_lines(texts)
