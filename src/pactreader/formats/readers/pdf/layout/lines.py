"""The lines of pages in reading order."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

from pactreader.core.article import Span
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, Stretch, Style
from pactreader.formats.readers.pdf.characters.right_to_left import (
    RIGHT_TO_LEFT,
    reading_order,
    with_brackets,
)
from pactreader.formats.readers.pdf.laid_out_text import Run
from pactreader.formats.readers.pdf.layout.fragments import (
    Fragment,
    fragments_of,
)
from pactreader.formats.readers.pdf.layout.initials import with_initials, without_letter_spaces
from pactreader.formats.readers.pdf.layout.line_numbers import without_line_numbers
from pactreader.formats.readers.pdf.layout.line_text import LineTextBuilder
from pactreader.formats.readers.pdf.layout.reading_order import columns_of
from pactreader.formats.readers.pdf.layout.rows import rows_of

_CELL_GAP: Final = 0.7
"""The least gap between two cells, in sizes of the letters. LaTeX has 12 points, Word 11, browsers less."""
_POINT_FIRST: Final = re.compile(r"[.:)،]\d+")
_MAX_LINE_OVERLAP: Final = 0.5
"""The greatest overlap of what stands beside each other, in widths of the narrower and in sizes of the letters."""
_MAX_SHADOW: Final = 0.2
"""The greatest distance between two drawings of one text, in sizes of its letters."""


class Cell(NamedTuple):
    """A stretch of a line with wide gaps around it: the whole line, or a cell of a table's row."""

    start: int
    """The offset of its first code point in the line's text."""
    end: int
    """The offset behind its last code point."""
    left: float
    right: float


class Line(NamedTuple):
    """A line of one column of a page.

    Lengths are PDF units, from the lower left of the page as it is read: turned, if its text is.
    """

    text: str
    """Printable, without white space at its ends; a hyphen at its end is kept. Raised letters are `²` or `^q`."""
    runs: tuple[Run, ...]
    """In the order of their offsets in `text`."""
    spans: tuple[Span, ...]
    """Inline styles: emphasis, strong and code."""
    cells: tuple[Cell, ...]
    """At least one. Between two of them is one space in `text`."""
    page: int
    """The index of the page."""
    column: int
    """The number of its column on the page; what stands over several columns is of one that is as wide."""
    left: float
    right: float
    baseline: float
    size: float
    """The size of most of its letters."""
    is_bold: bool
    """True if all of its letters are."""
    is_italic: bool
    is_monospaced: bool
    column_left: float
    """The left of the column."""
    column_right: float
    page_width: float
    page_height: float
    bullet: float | None = None
    """The outer end of the bullet that is drawn before it; `None` without one."""

    @property
    def top(self) -> float:
        """The upper end of its letters, about."""
        return self.baseline + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its letters, about."""
        return self.baseline - 0.22 * self.size


def lines_of(pages: Sequence[PageCharacters]) -> list[Line]:
    """Return the lines of pages in reading order."""
    return [line for page in pages for line in _with_brackets(page, list(_lines_of_page(page)))]


def _with_brackets(page: PageCharacters, lines: list[Line]) -> list[Line]:
    """Return the lines of a page with the brackets of scripts from right to left as they are written."""
    if not RIGHT_TO_LEFT.search(page.text):
        return lines
    texts = with_brackets([line.text for line in lines])
    return [line._replace(text=text) for line, text in zip(lines, texts, strict=True)]


def _lines_of_page(page: PageCharacters) -> Iterator[Line]:
    page = without_line_numbers(page)
    columns = columns_of(fragments_of(page))
    numbers = {name: number for number, name in enumerate(dict.fromkeys([column.name for column in columns]))}
    bounds: dict[str, tuple[float, float]] = {}
    for name, fragments in columns:
        left, right = bounds.get(name, (inf, -inf))
        bounds[name] = (
            min(left, *[each.left for each in fragments]),
            max(right, *[each.right for each in fragments]),
        )
    has_right_to_left = bool(RIGHT_TO_LEFT.search(page.text))
    for name, fragments in columns:
        for row in rows_of(with_initials(fragments, page)):
            drawn = _once(page, row)
            ordered = _in_order(page, drawn) if has_right_to_left else _from_left(drawn)
            line = _line(page, ordered, numbers[name], bounds[name])
            if line.text:
                yield line


def _line(page: PageCharacters, row: Sequence[Fragment], column: int, bounds: tuple[float, float]) -> Line:
    main = max(row, key=lambda each: (each.size, each.length))
    builder = LineTextBuilder(page, main.size, main.baseline)
    cells: list[Cell] = []
    for fragment, stretches in zip(row, without_letter_spaces(row, page.text), strict=True):
        start = builder.add(stretches)
        before = cells[-1] if cells else None
        if before and _gap(before, fragment) < _CELL_GAP * main.size:
            left, right = min(before.left, fragment.left), max(before.right, fragment.right)
            cells[-1] = Cell(before.start, builder.length, left, right)
        else:
            cells.append(Cell(start, builder.length, fragment.left, fragment.right))
    text, runs, spans = builder.finish()
    styles = _styles(row)
    return Line(
        text,
        runs,
        spans,
        tuple(cells),
        page.page,
        column,
        min([each.left for each in row]),
        max([each.right for each in row]),
        main.baseline,
        _usual_size(row, styles),
        all(style.is_bold for style in styles),
        all(style.is_italic for style in styles),
        all(style.is_monospaced for style in styles),
        *bounds,
        page.width,
        page.height,
    )


def _styles(row: Sequence[Fragment]) -> list[Style]:
    """Return the styles of a line. One may be there more than once."""
    styles = {id(stretch.style): stretch.style for fragment in row for stretch in fragment.stretches}
    return list(styles.values())


def _usual_size(row: Sequence[Fragment], styles: Sequence[Style]) -> float:
    """Return the size of most letters of a line."""
    size = styles[0].size
    if all(style.size == size for style in styles):
        return size
    lengths: Counter[Style] = Counter()
    for fragment in row:
        for stretch in fragment.stretches:
            lengths[stretch.style] += stretch.end - stretch.first
    return max(lengths, key=lengths.__getitem__).size


def _once(page: PageCharacters, row: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments of a line without those that are drawn over themselves, to look bold or to have a shadow."""
    if len(row) == 1:
        return list(row)
    found: list[Fragment] = []
    for fragment in sorted(row, key=lambda each: each.left):
        if not _is_drawn(page, fragment, found):
            found.append(fragment)
    return found


def _is_drawn(page: PageCharacters, fragment: Fragment, before: Sequence[Fragment]) -> bool:
    """Return whether one of the fragments before, which come from the left, is the same."""
    for each in reversed(before):
        if fragment.left - each.left > _MAX_SHADOW * fragment.size:
            return False
        if _is_same(page, fragment, each):
            return True
    return False


def _is_same(page: PageCharacters, fragment: Fragment, other: Fragment) -> bool:
    near = _MAX_SHADOW * fragment.size
    return (
        abs(fragment.left - other.left) < near
        and abs(fragment.right - other.right) < near
        and page.text[fragment.first : fragment.stretches[-1].end].split()
        == page.text[other.first : other.stretches[-1].end].split()
    )


def _in_order(page: PageCharacters, row: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments of a line in reading order, with their stretches in reading order."""

    def text_of(stretch: Stretch) -> str:
        return page.text[stretch.first : stretch.end]

    if not any(RIGHT_TO_LEFT.search(page.text, each.first, each.stretches[-1].end) for each in row):
        return _from_left(row)
    row = [replace(each, stretches=tuple(_points_last(each.stretches, page))) for each in row]
    ordered = [
        replace(each, stretches=tuple(reading_order(each.stretches, text_of, _centre))) for each in row
    ]
    return reading_order(ordered, lambda each: "".join(map(text_of, each.stretches)), _centre)


def _points_last(stretches: Iterable[Stretch], page: PageCharacters) -> Iterator[Stretch]:
    """Yield the stretches of a line from right to left with the point behind a number, which the file has before it."""
    for stretch in stretches:
        if _POINT_FIRST.fullmatch(page.text, stretch.first, stretch.end):
            middle = stretch.first + 1
            at = stretch.left + (stretch.right - stretch.left) / (stretch.end - stretch.first)
            yield replace(stretch, first=middle, left=at)
            yield replace(stretch, end=middle, right=at, is_spaced=False)
        else:
            yield stretch


def _from_left(row: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments of a line from the left or, if some stand above each other, in the order of the file."""
    if len(row) == 1:
        return list(row)
    from_left = sorted(row, key=lambda each: each.left)
    if any(_are_stacked(before, after) for before, after in pairwise(from_left)):
        return sorted(row, key=lambda each: each.first)
    return from_left


def _are_stacked(before: Fragment, after: Fragment) -> bool:
    """Return whether two fragments stand above each other and not beside."""
    narrower = min(before.right - before.left, after.right - after.left, after.size)
    return before.right - after.left > _MAX_LINE_OVERLAP * narrower


def _centre(each: Fragment | Stretch) -> float:
    return (each.left + each.right) / 2


def _gap(before: Cell, after: Fragment) -> float:
    return max(after.left - before.right, before.left - after.right)
