"""The order in which the fragments of a page are read: by columns."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.fragments import Fragment
from pactreader.formats.readers.pdf.layout.medians import median
from pactreader.formats.readers.pdf.layout.side_by_side import divided

_MIN_LINES: Final = 3
"""The least number of lines with the same left edge for the beginning of a column."""
_MIN_WIDTH: Final = 8.0
"""The least width of a column in sizes of its letters."""
_MAX_OVERHANG: Final = 2.0
"""The greatest width by which a line may reach into the next column, as an overfull line of TeX does."""
_MIN_LENGTH: Final = 8
"""The least number of characters of the lines of a column on average, so that labels in a figure make none."""
_SAME_BASELINE: Final = 0.25
"""The greatest distance between the baselines of fragments on one line, in sizes of the letters."""
_USUAL_END: Final = 0.9
"""The quantile of the right ends of lines that is taken for the right edge of their column, as a few are longer."""
_COLUMN_SHARE: Final = 0.15
"""The least share of the width that the median line of a column has."""
_SAME_EDGE: Final = 0.3
"""The greatest distance between the left edges of lines of one column, in sizes of their letters."""
_MAX_SWITCHES: Final = 0.35
"""The greatest number of changes between two columns in the order of the file, in those that a table of two columns has."""
_PROSE_WIDTH: Final = 0.6
"""The least share of its column that the median line of prose fills."""
_PROSE_LENGTH: Final = 20
"""The least median length of the lines of a column of prose, in characters."""
_ALIKE: Final = 0.75
"""The least share of the width of one column that another one has that stands above or below it."""
_MAX_HEADS: Final = 2
"""The greatest number of heads over such columns."""
_MAX_RETURNS: Final = 3
"""The greatest number of changes between them in the file, as one of them may be to a running head and back."""
_MAX_EDGES: Final = 12
"""The greatest number of edges to try: a page has a few columns, a drawing with words in it has edges by the thousand."""
_MAX_DEPTH: Final = 8
"""The greatest number of divisions inside of each other."""


class Column(NamedTuple):
    """A part of a column of a page."""

    name: str
    """The name of the column on the page, the same for all of its parts: `lr` is the right half of the left half."""
    fragments: list[Fragment]


def columns_of(fragments: Sequence[Fragment], name: str = "") -> list[Column]:
    """Return the parts of columns in reading order. What stands over two columns is of the column that has them."""
    edge = _edge_of(fragments) if len(name) < _MAX_DEPTH and len(fragments) >= 2 * _MIN_LINES else None
    if edge is None:
        return [Column(f"{name}{inner}", part) for inner, part in divided(list(fragments))]
    found: list[Column] = []
    for is_across, group in groupby(
        _rows(fragments), key=lambda row: any(_is_across(each, edge) for each in row)
    ):
        band = [each for row in group for each in row]
        left, right = _divided(band, edge)
        if is_across or not (_is_column(left, fragments) or _is_column(right, fragments)):
            # It may have other columns, whose names are longer, by which the number of divisions is told, too.
            inner = f"{name}{len(found) % 10}"
            others = columns_of(band, inner) if len(band) < len(fragments) else [Column(inner, band)]
            for other, part in others:
                _add(found, name if other == inner else other, part)
            continue
        for part in _parts_of_band(band, edge):
            left, right = _divided(part, edge)
            if (
                left and right and len(_rows(part)) == 1
            ):  # a row of a table over the columns, or a running head
                _add(found, name, part)
                continue
            for column in [*columns_of(left, name + "l"), *columns_of(right, name + "r")]:
                _add(found, *column)
    return found


def _add(columns: list[Column], name: str, fragments: list[Fragment]) -> None:
    """Add what is not empty to the last part, if it is of the same column."""
    if not fragments:
        return
    if columns and columns[-1].name == name:
        columns[-1].fragments.extend(fragments)
    else:
        columns.append(Column(name, fragments))


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the fragments by their baselines, from the top."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: (-each.baseline, each.left)):
        if rows and rows[-1][0].baseline - fragment.baseline <= _SAME_BASELINE * fragment.size:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _is_column(part: Sequence[Fragment], fragments: Sequence[Fragment]) -> bool:
    """Return whether what is on one side of an edge is a column, and not a few lines of a page without columns."""
    rows = _rows(part)
    return len(rows) >= _MIN_LINES and median(map(_width, rows)) >= _COLUMN_SHARE * _width(fragments)


def _is_across(fragment: Fragment, edge: float) -> bool:
    return fragment.left < edge and fragment.right > edge + _MAX_OVERHANG * fragment.size


def _divided(fragments: Sequence[Fragment], edge: float) -> tuple[list[Fragment], list[Fragment]]:
    """Return what is left of an edge, and the rest."""
    return [each for each in fragments if each.left < edge], [each for each in fragments if each.left >= edge]


def _edge_of(fragments: Sequence[Fragment]) -> float | None:
    """Return the left edge of the column, other than the leftmost one, that has the most lines."""
    edges = (_outer_edge(edge, fragments) for edge in _left_edges(fragments))
    return next((edge for edge in edges if _divides_columns(edge, fragments)), None)


def _outer_edge(edge: float, fragments: Sequence[Fragment]) -> float:
    """Return the left edge of a column from one that some of its lines have: not that of its indented lines."""
    ends = sorted([each.right for each in fragments if each.right <= edge])
    if not ends:
        return edge
    end = ends[int(_USUAL_END * (len(ends) - 1))]
    return min([each.left for each in fragments if end < each.left <= edge], default=edge)


def _left_edges(fragments: Sequence[Fragment]) -> list[float]:
    """Return the left edges that several long fragments have except for the leftmost one, those of the most first."""
    edges: list[list[float]] = []
    tolerance = _SAME_EDGE * median([each.size for each in fragments])
    for left in sorted([each.left for each in fragments if each.length >= _MIN_LENGTH]):
        if edges and left - edges[-1][0] < tolerance:
            edges[-1].append(left)
        else:
            edges.append([left])
    found = [edge for edge in edges[1:] if len(edge) >= _MIN_LINES]
    return [edge[0] for edge in sorted(found, key=len, reverse=True)[:_MAX_EDGES]]


def _divides_columns(edge: float, fragments: Sequence[Fragment]) -> bool:
    """Return whether there are columns on both sides of an edge."""
    left = [each for each in fragments if each.left < edge and not _is_across(each, edge)]
    right = [each for each in fragments if each.left >= edge]
    if not left or not right:
        return False
    if len(fragments) - len(left) - len(right) <= _MAX_HEADS and _are_alike(left, right):
        return True
    # Only where there is something on both sides.
    top, bottom = min(_top(left), _top(right)), max(_bottom(left), _bottom(right))
    left = [each for each in left if bottom <= each.baseline <= top]
    right = [each for each in right if bottom <= each.baseline <= top]
    fewer = min(_line_count(left), _line_count(right))
    if fewer < _MIN_LINES or min(_width(left), _width(right)) < _MIN_WIDTH * median(
        [e.size for e in fragments]
    ):
        return False
    if min(_length(left), _length(right)) < _MIN_LENGTH:
        return False
    return _are_apart(left, right) or (_is_prose(left) and _is_prose(right))


def _are_alike(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    """Return whether two columns have lines as wide, one after the other in the file, at whatever heights."""
    widths = _width(left), _width(right)
    return (
        min(widths) >= _ALIKE * max(widths)
        and min(widths) >= _MIN_WIDTH * left[0].size
        and all(_full_lines(column) >= _MIN_LINES for column in (left, right))
        and _switches(left, right) <= _MAX_RETURNS
    )


def _full_lines(column: Sequence[Fragment]) -> int:
    """Return the number of lines of prose that fill most of a column."""
    least = _PROSE_WIDTH * _width(column)
    return sum(each.right - each.left >= least and each.length >= _PROSE_LENGTH for each in column)


def _are_apart(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    """Return whether the file has one column after the other, and not both line by line."""
    fewer = min(_line_count(left), _line_count(right))
    return _switches(left, right) <= _MAX_SWITCHES * 2 * fewer


def _top(fragments: Sequence[Fragment]) -> float:
    return max([each.top for each in fragments], default=0.0)


def _bottom(fragments: Sequence[Fragment]) -> float:
    return min([each.bottom for each in fragments], default=0.0)


def _width(fragments: Sequence[Fragment]) -> float:
    return max([each.right for each in fragments]) - min([each.left for each in fragments])


def _length(fragments: Sequence[Fragment]) -> float:
    """Return the average number of characters."""
    return sum([each.length for each in fragments]) / len(fragments)


def _line_count(fragments: Sequence[Fragment]) -> int:
    return len({round(each.baseline) for each in fragments})


def _switches(left: Sequence[Fragment], right: Sequence[Fragment]) -> int:
    """Return the number of changes between two columns in the order of the file."""
    in_order = sorted([(each.first, 0) for each in left] + [(each.first, 1) for each in right])
    return sum(before[1] != after[1] for before, after in pairwise(in_order))


def _is_prose(fragments: Sequence[Fragment]) -> bool:
    widths = [each.right - each.left for each in fragments]
    return (
        median(widths) >= _PROSE_WIDTH * _width(fragments)
        and median([each.length for each in fragments]) >= _PROSE_LENGTH
    )


def _parts_of_band(band: list[Fragment], edge: float) -> list[list[Fragment]]:
    """Divide what is in two columns where all above stands before all below in the file, as after the authors of a paper."""
    left, right = _divided(band, edge)
    if not left or not right or not (_are_apart(left, right) or not (_is_prose(left) and _is_prose(right))):
        return [band]
    parts: list[list[Fragment]] = []
    start = 0
    latest: list[int] = []
    for each in band:
        latest.append(max(each.first, latest[-1] if latest else -1))
    earliest = [0] * len(band)
    least = band[-1].first
    for index in range(len(band) - 1, -1, -1):
        least = earliest[index] = min(least, band[index].first)
    lowest = band[0].bottom
    for index in range(1, len(band)):
        if latest[index - 1] < earliest[index] and lowest > band[index].top:
            parts.append(band[start:index])
            start = index
        lowest = min(lowest, band[index].bottom)
    parts.append(band[start:])
    return parts
