"""Tables: rows of cells that stand in columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pactreader.formats.readers.line_end_hyphens import HYPHENS, LineEndHyphens
from pactreader.formats.readers.pdf.layout.line_joining import LineText, concatenate, join, text_of
from pactreader.formats.readers.pdf.layout.lines import Cell, Line
from pactreader.formats.readers.pdf.layout.markers import (
    begins_caption,
    has_bullet,
    has_number_apart,
    is_marker,
)
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence, goes_on

_MAX_ROW_GAP: Final = 3.0
"""The greatest distance of rows in leadings."""
_MIN_ROWS: Final = 3
"""The least number of rows of a table with two columns: two rows may be the names of authors above their places."""
_MIN_PROSE: Final = 50
"""The length in code points from which a cell behind a number is a footnote."""
_MAX_CELL_LEADING: Final = 1.6
"""The greatest distance in sizes of the lines of a cell in the last row."""
_MIN_LONG: Final = 15
"""The least length in code points of a line of a cell that goes on below without a hyphen."""
_WITHIN_ROW: Final = 0.9
"""The distance of lines in that of rows below which they are lines of one row."""
_FULL: Final = 1.5
"""The room in sizes at the end of a line of prose that fills its column."""
_MAX_COLUMNS: Final = 60
"""The greatest number of columns: more are the words of a text, or a drawing."""
_MAX_HEAD_GAP: Final = 1.6
"""The greatest distance of a row of heads in distances of the others."""
_MAX_WORDS: Final = 5
"""The number of cells up to which each may be one word."""
_MOST: Final = 0.7
"""The share of a line's words that are nearly all of them."""
_MAX_STRETCHED: Final = 2.0
"""The greatest width in sizes of the spaces of a line that was stretched to fill the column."""
_STRETCHED_ALIKE: Final = 0.15
"""The greatest difference in sizes of such spaces, which are all as wide."""
_MIN_COLUMN_GAP: Final = 0.3
"""The least distance of two columns in sizes."""

Columns = Sequence[tuple[float, float]]
"""The left and right of each column."""


class Table(NamedTuple):
    """A table."""

    end: int
    """The index of the line behind it."""
    text: LineText
    """Its rows with tabs between their cells."""


def tables_of(lines: Sequence[Line], measures: Measures, hyphens: LineEndHyphens) -> dict[int, Table]:
    """Return the tables in lines, by the indices of their first lines."""
    found: dict[int, Table] = {}
    for start, end in _stretches(lines, measures):
        if table := _table(lines, start, end, measures, hyphens):
            found[table[0]] = table[1]
    return found


def _stretches(lines: Sequence[Line], measures: Measures) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines that have cells; a line without may stand between two that have them.

    So may more of them that are behind the first column, where a cell goes on.
    """
    index = 0
    while index < len(lines):
        if not _has_cells(lines[index]):
            index += 1
            continue
        start = end = index
        while index < len(lines) and (index == start or _is_below(lines[index - 1], lines[index], measures)):
            if _has_cells(lines[index]):
                end = index + 1
            elif index > end and lines[index].left < lines[end - 1].cells[0].right:
                break
            index += 1
        yield start, end
        index = max(end, start + 1)


def _has_cells(line: Line) -> bool:
    """Return whether a line has cells, and is not a line of prose whose spaces were stretched to fill the column."""
    if len(line.cells) < 2:
        return False
    if len(line.cells) > _MAX_WORDS and _is_spaced_prose(line):
        return False
    cells = sorted(line.cells, key=lambda cell: cell.left)
    gaps = [after.left - cell.right for cell, after in pairwise(cells)]
    is_full = line.left < line.column_left + line.size and line.right > line.column_right - line.size
    return (
        not is_full
        or max(gaps) > _MAX_STRETCHED * line.size
        or max(gaps) - min(gaps) > _STRETCHED_ALIKE * line.size
    )


def _is_spaced_prose(line: Line) -> bool:
    """Return whether nearly each word of a line is a cell of its own, and most are no numbers."""
    words = line.text.split(" ")
    return len(line.cells) > _MOST * len(words) and sum(map(str.isalpha, words)) > _MOST * len(words)


def _is_below(before: Line, line: Line, measures: Measures) -> bool:
    distance = before.baseline - line.baseline
    return (
        (before.page, before.column) == (line.page, line.column)
        and same_size(before, line)
        and 0 < distance < _MAX_ROW_GAP * measures.leading(line.size)
    )


def _table(
    lines: Sequence[Line], start: int, end: int, measures: Measures, hyphens: LineEndHyphens
) -> tuple[int, Table] | None:
    columns = _columns(lines[start:end])
    if not columns and end - start > _MIN_ROWS:  # a row at one end is none, or is across the columns
        start, end = next(
            (
                (first, last)
                for first, last in ((start + 1, end), (start, end - 1))
                if len(lines[first].cells) > 1 and _columns(lines[first:last])
            ),
            (start, end),
        )
        columns = _columns(lines[start:end])
    if not 2 <= len(columns) <= _MAX_COLUMNS or end - start < (_MIN_ROWS if len(columns) == 2 else 2):
        return None
    if _is_list(lines[start:end], columns, measures):
        return None
    if any(len(line.cells) == 1 and has_bullet(line) for line in lines[start:end]):
        return None  # dates beside what was done then, with lists
    row_distance = _row_distance(lines[start:end])
    if start and _is_row(lines[start - 1], lines[start], columns, row_distance):
        start -= 1
    if end < len(lines) and _is_row(lines[end], lines[end - 1], columns, row_distance):
        end += 1
    texts: list[list[LineText]] = []
    above: list[LineText] = []
    index = start
    while index < len(lines) and (index < end or _is_below_cells(lines[index], lines[index - 1], columns)):
        line = lines[index]
        cells = _cells(line, columns)
        is_near = texts and lines[index - 1].baseline - line.baseline < _WITHIN_ROW * row_distance
        if texts and not cells[0].text and (is_near or _go_on(above, cells)):
            texts[-1] = [
                join([each for each in pair if each.text], hyphens)
                for pair in zip(texts[-1], cells, strict=True)
            ]
        elif index < end:
            texts.append(cells)
        else:
            break
        above = cells
        index += 1
    joined = [_with_separators(cells, "\t") for cells in texts]
    return start, Table(index, _with_separators(joined, "\n"))


def _is_row(line: Line, row: Line, columns: Columns, distance: float) -> bool:
    """Return whether a line beside the first or last row is another one, whose cells are close to one another."""
    return (
        (line.page, line.column) == (row.page, row.column)
        and same_size(line, row)
        and abs(line.baseline - row.baseline) < _MAX_HEAD_GAP * distance
        and line.left > columns[0][0] - line.size
        and line.right < columns[-1][1] + line.size
        and line.left < columns[0][1]
        and line.right > columns[-1][0]
        and not ends_sentence(line.text)
        and not begins_caption(line.text)
    )


def _is_below_cells(line: Line, row: Line, columns: Columns) -> bool:
    """Return whether a line below a table is in columns behind the first one."""
    return (
        (line.page, line.column) == (row.page, row.column)
        and same_size(line, row)
        and 0 < row.baseline - line.baseline < _MAX_CELL_LEADING * line.size
        and line.left > columns[0][1]
        and line.right < columns[-1][1] + line.size
    )


def _go_on(above: Sequence[LineText], cells: Sequence[LineText]) -> bool:
    """Return whether the cells of a line go on with those above: words are divided there, or sentences in long lines."""
    pairs = [(before.text, cell.text) for before, cell in zip(above, cells, strict=True) if cell.text]
    if not all(before and cell[0].islower() for before, cell in pairs):
        return False
    return any(before[-1] in HYPHENS for before, _cell in pairs) or all(
        len(before) >= _MIN_LONG and goes_on(before, cell) for before, cell in pairs
    )


def _columns(rows: Sequence[Line]) -> Columns:
    """Return the columns of rows: what their cells take, from the rows that have the commonest number of cells."""
    counts = Counter(len(line.cells) for line in rows if len(line.cells) > 1)
    if not counts:
        return ()
    most = max(counts, key=lambda number: (counts[number], number))
    spans = sorted((cell.left, cell.right) for line in rows if len(line.cells) == most for cell in line.cells)
    columns: list[tuple[float, float]] = []
    least = _MIN_COLUMN_GAP * rows[0].size
    for left, right in spans:
        if columns and left < columns[-1][1] + least:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns if len(columns) == most else ()


def _is_list(rows: Sequence[Line], columns: Columns, measures: Measures) -> bool:
    """Return whether the first of two columns has the marks of a list or of footnotes, or the second one prose."""
    if len(columns) > 2:
        return False
    firsts = [line.text[line.cells[0].start : line.cells[0].end] for line in rows if len(line.cells) > 1]
    is_small = measures.is_small(rows[0])
    markers = sum(is_marker(text) or (is_small and text.isdecimal()) for text in firsts)
    prose = sum(len(line.text) - line.cells[0].end > _MIN_PROSE for line in rows if has_number_apart(line))
    if 2 * max(markers, prose) > len(firsts):
        return True
    left = columns[1][0]
    full = [line.right > line.column_right - _FULL * line.size for line in rows]
    wrapped = sum(
        is_full and len(below.cells) == 1 and abs(below.left - left) < below.size
        for is_full, below in zip(full, rows[1:], strict=False)
    )
    return 2 * wrapped >= len(firsts) or 2 * sum(full) > len(rows)


def _row_distance(rows: Sequence[Line]) -> float:
    distances = sorted(before.baseline - line.baseline for before, line in pairwise(rows))
    return distances[len(distances) // 2]


def _cells(line: Line, columns: Columns) -> list[LineText]:
    """Return the texts of a row's cells, one for each column."""
    texts = [LineText("")] * len(columns)
    whole = text_of(line)
    for cell in line.cells:
        taken = sum(left < cell.right and cell.left < right for left, right in columns)
        if taken > 1:
            parts = _parts(whole, cell, columns)
        else:
            parts = iter([(_nearest(cell.left, cell.right, columns), whole.slice(cell.start, cell.end))])
        for column, part in parts:
            texts[column] = _continued(texts[column], part)
    return texts


def _parts(whole: LineText, cell: Cell, columns: Columns) -> Iterator[tuple[int, LineText]]:
    """Yield the parts of a cell that stands in some columns: its words in each, by their places in its text."""
    text = whole.slice(cell.start, cell.end)
    width = (cell.right - cell.left) / len(text.text)
    start = part_start = 0
    column = -1
    for word in text.text.split(" "):
        end = start + len(word)
        left, right = cell.left + start * width, cell.left + end * width
        nearest = max(column, _nearest(left, right, columns))
        if nearest != column and column >= 0:
            yield column, text.slice(part_start, start - 1)
            part_start = start
        column = nearest
        start = end + 1
    yield column, text.slice(part_start, len(text.text))


def _nearest(left: float, right: float, columns: Columns) -> int:
    """Return the column that shares most of a stretch of a line, or else is next to it."""
    shares = [min(right, end) - max(left, start) for start, end in columns]
    return max(range(len(columns)), key=shares.__getitem__)


def _continued(above: LineText, below: LineText) -> LineText:
    if not above.text or not below.text:
        return above if above.text else below
    return concatenate([above, LineText(" "), below])


def _with_separators(texts: Sequence[LineText], separator: str) -> LineText:
    parts: list[LineText] = []
    for text in texts:
        parts += (text, LineText(separator))
    return concatenate(parts[:-1])
