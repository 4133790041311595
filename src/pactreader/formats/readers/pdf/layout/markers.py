"""The beginnings of lines: the markers of lists, the marks of footnotes, the numbers of figures and tables."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.plain_text.headings import Number
from pactreader.formats.readers.plain_text.lists import in_sequence, item_marker
from pactreader.formats.readers.raised_text import upper

_SURE_BULLETS: Final = "•‣◦▪▫●○■□◆◇❖➢➤►▶✓✔☐☑\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf02d"
"""Bullets that nothing else begins with; the last ones are those of the fonts Symbol and Wingdings."""
_BULLET: Final = re.compile(rf"[{_SURE_BULLETS}]\s*(?=\S)|[-–—−*∗∙·⋄+➔→⇒o](?:\s+)(?=\S)")
_REVERSED: Final = re.compile(r"\.(\d{1,3})\s+(?=\S)")
"""A number in a line from right to left, as its signs stand on the page."""
_NOTE: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s*(?=[^\s⁰-⁹])|[*∗†‡§¶]{1,3}\s?(?=[^\W\d_])")
_PLAIN_NOTE: Final = re.compile(r"\d{1,3}(?:\s+(?=\S)|(?=[^\W\d_a-z]))")
_CAPTION: Final = re.compile(
    r"(?:fig(?:ure|\.|ura|uur)?|tab(?:le|\.|ela|la|elle|leau|ulka)?|abb(?:ildung|\.)|listing|algorithm|scheme|plate|chart"
    r"|map|box|diagram|exhibit|photo|image|illustration|картинка|рис(?:унок|\.)|табл(?:ица|\.)|листинг|схема|rys\.|obr\."
    r"|afbeelding|gráfico|cuadro|graphique|الشكل|شكل|الجدول|جدول|[图圖表]|그림|표)"
    r"\s?(?:[A-Z]?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?|[IVX]{1,6}|[A-Z]\d?)(?:\s?[.:：|–—]|$|\s(?=(?-i:[A-Za-z\u2e80-\u9fff(])))",
    re.IGNORECASE,
)
"""The beginning of a caption: `Figure 3.`, `Table IV:`, `表 2 `. The case of large ranges takes milliseconds to compile."""
_NEAR: Final = 0.7
"""The greatest difference of the lefts of two items of one list in sizes: numbers may be set to the right."""
_MAX_DIGITS: Final = 3
"""The greatest length of a footnote's number."""
_MIN_HANGING, _MAX_HANGING = 0.5, 3.5
"""The least and the greatest indent in sizes of an item's lines below its marker."""
_REACH: Final = 40
"""The number of lines in which another item of a list is looked for."""


class Item(NamedTuple):
    """The marker of an item of a list."""

    marker: str
    """The marker as it is shown; empty for a bullet."""
    length: int
    """The number of code points before the item's text."""


class _Candidate(NamedTuple):
    """A beginning of a line that may be the marker of an item."""

    line: int
    """The index of its line."""
    item: Item
    number: Number | None
    sign: str
    """The bullet; empty for a number."""
    is_sure: bool
    """True if nothing else begins with it."""


def items_of(lines: Sequence[Line]) -> dict[int, Item]:
    """Return the lines that begin items of lists, by their indices.

    A sign or number that may begin a sentence too is a marker if there is another one of its list above or below at the
    same left, or if the lines below it are set in.
    """
    candidates = [found for index, line in enumerate(lines) if (found := _candidate(index, line))]
    items: dict[int, Item] = {}
    for place, candidate in enumerate(candidates):
        if (
            candidate.is_sure
            or _hangs(lines, candidate)
            or any(
                _are_of_one_list(lines, *pair)
                for other in (*candidates[max(0, place - 6) : place], *candidates[place + 1 : place + 7])
                for pair in [(min(candidate, other), max(candidate, other))]
            )
        ):
            items[candidate.line] = candidate.item
    return items


def _candidate(index: int, line: Line) -> _Candidate | None:
    text = line.text
    if line.bullet is not None:
        return _Candidate(index, Item("", 0), None, "", is_sure=True)
    if text[0].isalpha() and len(text) > 1 and text[1].isalpha() and text[:5].isalpha():
        return None
    if found := _BULLET.match(text):
        is_row = not text.strip(f"{_SURE_BULLETS} ")  # of boxes to be ticked in a form
        item = Item("", found.end())
        return None if is_row else _Candidate(index, item, None, text[0], text[0] in _SURE_BULLETS)
    if found := _REVERSED.match(text):
        number = found[1]
        return _Candidate(index, Item(f"{number}.", found.end()), Number((number,)), "", is_sure=False)
    marker = item_marker(text)
    if not marker or marker.number is None:
        return None
    return _Candidate(index, Item(marker.text, marker.length), marker.number, "", is_sure=False)


def _hangs(lines: Sequence[Line], candidate: _Candidate) -> bool:
    """Return whether the line below the one with a marker is set in, as the item's text is, and no other line is."""
    if candidate.line + 1 == len(lines):
        return False
    line, below = lines[candidate.line], lines[candidate.line + 1]
    return (
        (line.page, line.column) == (below.page, below.column)
        and _MIN_HANGING * line.size < below.left - line.left < _MAX_HANGING * line.size
        and not line.text[0].isupper()
        and not line.is_bold
    )


def _are_of_one_list(lines: Sequence[Line], first: _Candidate, second: _Candidate) -> bool:
    line, other = lines[first.line], lines[second.line]
    if second.line - first.line > _REACH or first.sign != second.sign or line.is_bold != other.is_bold:
        return False
    if first.number and not in_sequence(second.number, first.number, None):
        return False
    distance = line.left - other.left
    of_indents = distance - line.column_left + other.column_left
    return min(abs(distance), abs(of_indents)) < _NEAR * line.size


def is_note(text: str, *, is_small: bool) -> bool:
    """Return whether a line begins with the mark of a footnote, which in small type may be an ordinary number."""
    if text[0].isalpha():
        return False
    return bool(_NOTE.match(text) or (is_small and _PLAIN_NOTE.match(text)))


def has_number_apart(line: Line) -> bool:
    """Return whether a line begins with a number and a wide gap, as footnotes of word processors do."""
    return (
        len(line.cells) > 1
        and line.cells[0].end <= _MAX_DIGITS
        and line.text[: line.cells[0].end].isdecimal()
    )


def note_mark(text: str) -> Item | None:
    """Return the mark that a footnote at the foot of a page begins with: `1` as `¹`, as it stands in the text."""
    found = _NOTE.match(text) or _PLAIN_NOTE.match(text)
    return Item(upper(found[0].strip(), attached=False), found.end()) if found else None


def begins_caption(text: str) -> bool:
    """Return whether a line begins the caption of a figure or a table: `Figure 3.`"""
    return bool(_CAPTION.match(text))


def has_bullet(line: Line) -> bool:
    """Return whether a line begins with a bullet, drawn or written, that nothing else begins with."""
    return line.bullet is not None or (
        line.text[0] in _SURE_BULLETS and bool(line.text.strip(f"{_SURE_BULLETS} "))
    )


def is_marker(text: str) -> bool:
    """Return whether a text is nothing but a marker of an item."""
    return bool(_BULLET.match(f"{text} x") or item_marker(f"{text} x"))
