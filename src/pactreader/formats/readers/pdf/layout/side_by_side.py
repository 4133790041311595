"""Texts beside each other within a column, as the captions of two figures or the cells of a table with several lines."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.fragments import Fragment

_MAX_LEADING: Final = 1.8
"""The greatest distance between the baselines of two lines of a text, in sizes of the letters."""
_MIN_LEADING: Final = 0.9
"""The least one."""
_MAX_FRAGMENTS: Final = 2000
"""The number of fragments above which a page is a drawing with words in it, in which no text is looked for."""
_NEAR_TEXTS: Final = 3
"""The number of texts before a line in the file that it may go on, as LaTeX puts notes in the margin after a line."""
_MAX_SWITCHES: Final = 0.55
"""The greatest number of changes between texts in the order of the file, in those that the rows of a table have."""
_MIN_LINE_LENGTH: Final = 3
"""The least length of one line beside a text with a divided word, as `(a)` and a letter."""
_MIN_INDENT: Final = 5.0
"""The least distance of two texts on one line from left to left, in sizes of the letters: lists are indented by less."""
_MAX_LABEL: Final = 3.0
"""The greatest width of the label that a text may begin with, as `(b)`."""
_MIN_CUT: Final = 0.3
"""The least gap between two texts on one line whose next line begins below the second, in sizes of the letters."""
_MIN_GAP: Final = 0.3
"""The least gap between texts beside each other, in sizes of the letters."""
_MAX_OVERLAP: Final = 0.3
"""The greatest overlap of such texts whose lines end with spaces, as those of LaTeX's subfigures."""
_MIN_LENGTH: Final = 5
"""The least number of characters of a line on average, so that the parts of formulas and the labels of figures are none."""


class _Text(NamedTuple):
    """Lines below each other that follow each other in the file."""

    lines: list[Fragment]

    @property
    def left(self) -> float:
        return min([line.left for line in self.lines])

    @property
    def right(self) -> float:
        return max([line.right for line in self.lines])

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


def divided(column: list[Fragment]) -> list[tuple[str, list[Fragment]]]:
    """Return a column in parts that are to be read one after another: itself if nothing stands side by side.

    Returns:
        The parts, with the names of those side by side, and no name for what is above and below them.
    """
    if len(column) > _MAX_FRAGMENTS:
        return [("", column)]
    texts = _texts(list(_at_gaps(column)))
    found = [text for text in texts if _is_text(text)]
    divided = [text for text in found if any(line.is_divided for line in text.lines[:-1])]
    beside = [text for text in texts if _is_line(text) and any(_overlap(text, each) for each in divided)]
    bands = _bands([*found, *beside])
    if not bands:
        return [("", column)] if column else []
    parts: list[tuple[str, list[Fragment]]] = []
    rest = sorted(_at_gaps(column), key=lambda each: -each.baseline)
    for band in bands:
        top, bottom = max([text.top for text in band]), min([text.bottom for text in band])
        inside = [each for each in rest if bottom < each.baseline < top]
        shares = [[each for each in inside if _is_beside(each, text)] for text in band]
        if sum(map(len, shares)) != len(inside):
            continue
        parts.append(("", [each for each in rest if each.baseline >= top]))
        parts += [(f"-{len(parts)}-{index}", share) for index, share in enumerate(shares)]
        rest = [each for each in rest if each.baseline <= bottom]
    parts.append(("", rest))
    return [(name, part) for name, part in parts if part]


def _at_gaps(column: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield the fragments in the order of the file, cut where the second line of a divided word shows that a text begins.

    `(a) One dog  (b) Two hedge-` above a `hogs` that stands below `Two`.
    """
    order = sorted(column, key=lambda each: each.first)
    for index, fragment in enumerate(order):
        below = order[index + 1 : index + 3] if fragment.is_divided else []
        at = next((at for each in below if (at := _beginning_above(fragment, each))), 0)
        if at:
            yield Fragment.of(fragment.stretches[:at], is_divided=False)
        yield Fragment.of(fragment.stretches[at:], is_divided=fragment.is_divided) if at else fragment


def _beginning_above(fragment: Fragment, below: Fragment) -> int:
    """Return the index of the stretch behind the widest gap near the left of the line below; 0 if there is none."""
    size, stretches = fragment.size, fragment.stretches
    if below.left < fragment.left + _MIN_INDENT * size or below.right > fragment.right:
        return 0
    gaps = [
        (after.left - before.right, index)
        for index, (before, after) in enumerate(pairwise(stretches), 1)
        if -_MAX_LABEL * size < after.left - below.left < _MIN_CUT * size
    ]
    gap, at = max(gaps, default=(0.0, 0))
    return at if gap > _MIN_CUT * size else 0


def _texts(column: Sequence[Fragment]) -> list[_Text]:
    found: list[_Text] = []
    for fragment in sorted(column, key=lambda each: each.first):
        for text in reversed(found[-_NEAR_TEXTS:]):
            if _goes_on(text.lines[-1], fragment):
                text.lines.append(fragment)
                break
        else:
            found.append(_Text([fragment]))
    return found


def _goes_on(before: Fragment, fragment: Fragment) -> bool:
    """Return whether a fragment is the next line of a text."""
    size = max(before.size, fragment.size)
    overlap = min(before.right, fragment.right) - max(before.left, fragment.left)
    return (
        _MIN_LEADING * size <= before.baseline - fragment.baseline <= _MAX_LEADING * size
        and overlap > 0.5 * min(before.right - before.left, fragment.right - fragment.left)
    )


def _is_text(text: _Text) -> bool:
    return len(text.lines) > 1 and sum([line.length for line in text.lines]) >= _MIN_LENGTH * len(text.lines)


def _is_line(text: _Text) -> bool:
    """Return whether a text is one line that may stand beside one with a divided word."""
    return len(text.lines) == 1 and text.lines[0].length >= _MIN_LINE_LENGTH


def _bands(texts: Sequence[_Text]) -> list[list[_Text]]:
    """Return the texts that stand beside each other, from the left, and those bands from the top."""
    bands: list[list[_Text]] = []
    for text in sorted(texts, key=lambda each: -each.top):
        if bands and any(_overlap(text, each) for each in bands[-1]):
            bands[-1].append(text)
        else:
            bands.append([text])
    found = [columns for band in bands if len(columns := _columns(band)) > 1]
    return [band for band in found if _are_apart(band) and _are_in_turn(band)]


def _columns(band: Sequence[_Text]) -> list[_Text]:
    """Return the texts of a band from the left, those below each other as one."""
    columns: list[_Text] = []
    for text in sorted(band, key=lambda each: each.left):
        if columns and text.left < columns[-1].right - _MAX_OVERLAP * text.lines[0].size:
            lines = sorted([*columns[-1].lines, *text.lines], key=lambda line: -line.baseline)
            columns[-1] = _Text(lines)
        else:
            columns.append(text)
    return columns


def _overlap(text: _Text, other: _Text) -> bool:
    """Return whether two texts have lines at the same height."""
    return min(text.top, other.top) - max(text.bottom, other.bottom) > 0.9 * text.lines[0].size


def _are_apart(band: Sequence[_Text]) -> bool:
    """Return whether there are gaps between texts, or hardly an overlap if the file has one wholly after the other."""
    gaps = [(after.left - before.right) / after.lines[0].size for before, after in pairwise(band)]
    return min(gaps) > _MIN_GAP or (min(gaps) > -_MAX_OVERLAP and _switches(band) < len(band))


def _switches(band: Sequence[_Text]) -> int:
    """Return the number of changes between texts in the order of the file."""
    order = sorted([(line.first, index) for index, text in enumerate(band) for line in text.lines])
    return sum(before[1] != after[1] for before, after in pairwise(order))


def _are_in_turn(band: Sequence[_Text]) -> bool:
    """Return whether the file has one text after the other, but for a few lines, and not row by row as in a table."""
    rows = min(len(text.lines) for text in band)
    return _switches(band) <= max(len(band) - 1, _MAX_SWITCHES * len(band) * rows)


def _is_beside(fragment: Fragment, text: _Text) -> bool:
    """Return whether a fragment is in the column that a text makes."""
    centre = (fragment.left + fragment.right) / 2
    return text.left <= centre <= text.right
