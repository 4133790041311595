"""The characters of a page with their places, as pdfium tells them."""

import re
from collections.abc import Mapping
from itertools import groupby
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.pdf.pdfium_text import PdfiumText
from pactreader.formats.readers.pdf.tex_fonts import mathematical_signs

if TYPE_CHECKING:
    import pypdfium2

_SPACES: Final = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_STRETCH: Final = re.compile(rf"[^{_SPACES}\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
r"""What stands between white space. pdfium writes U+0002 or U+FFFE for a hyphen at the end of a line, and no line end."""
_HYPHENS: Final = dict.fromkeys((0x02, 0xAD, 0xFFFE), "-")
_UNMAPPED: Final = dict.fromkeys(
    (*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0)), "\N{REPLACEMENT CHARACTER}"
)
"""Control characters are the codes of glyphs of which the file does not say what they are."""
_TRANSLATED: Final = _UNMAPPED | _HYPHENS | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")

_BOLD: Final = re.compile(
    r"bold|black|heavy|demi|medi(?!um)|(?:^|-)(?:cm|sf|ec|lm)(?:ss)?b\w*\d|-bd?$", re.IGNORECASE
)
_ITALIC: Final = re.compile(
    r"ital|obliq|slant|-it$|(?:^|-)(?:cm|sf|ec)(?:ss)?(?:bx)?(?:ti|sl|si|i)\d", re.IGNORECASE
)
_MONOSPACED: Final = re.compile(
    r"mono|cour|consol|typewr|menlo|fixed|(?:^|-)(?:cm|sf|ec)\w*tt|lettergothic|sourcecode|firacode",
    re.IGNORECASE,
)
"""Parts of fonts' names. TeX's have theirs: `CMBX10` is bold, `CMTI10` italic, `CMTT10` like a typewriter."""
_FIXED_PITCH, _ITALIC_FLAG, _FORCE_BOLD = 1 << 0, 1 << 6, 1 << 18
"""The flags of a font descriptor (ISO 32000-2, table 121)."""
_MATHEMATICAL: Final = re.compile(
    r"(?:CM|LM|EU|MS|TX|PX|NEW)(?:MI|SY|EX|[AB]M)|.*(?:Math|Symbol)", re.IGNORECASE
)
"""Fonts whose slope is that of variables in formulas."""
_MAX_SKEW: Final = 10.0
"""The greatest angle in degrees by which a scanned page may be skewed."""
_MIN_SKEW: Final = 0.05
"""The angle in degrees below which a line of 600 units rises by half a unit at most."""


class Style(NamedTuple):
    """The look of some text."""

    size: float
    """The size of the letters in PDF units."""
    is_bold: bool
    is_italic: bool
    is_monospaced: bool


class Stretch(NamedTuple):
    """Successive characters without white space of one style on one baseline: a word or a part of one.

    Lengths are PDF units from the lower left of the page as it is read: turned, if its text is.
    """

    first: int
    """The index of the first character."""
    end: int
    """The index behind the last character."""
    left: float
    right: float
    baseline: float
    style: Style
    is_spaced: bool
    """True if there is white space before it."""


class PageCharacters(NamedTuple):
    """The characters of a page."""

    page: int
    """The index of the page, from 0."""
    label: str
    """The label of the page as it is cited: `12`, `iv`; printable."""
    text: str
    """A code point for each character that pdfium counts."""
    width: float = 0.0
    """The width of the page in PDF units, turned as its text is."""
    height: float = 0.0
    stretches: tuple[Stretch, ...] = ()
    """In the order of the file; without those outside of the page, or in another direction than most."""
    unmapped: int = 0
    """The number of characters of which the file does not say which letters they are."""


class _TextObject(NamedTuple):
    """What characters have in common that one operator of the page draws."""

    turns: int
    """The quarter turns of its direction, anticlockwise; -1 if it is askew."""
    is_straight: bool
    """True if its characters have one baseline parallel to an edge of the page."""
    origin: tuple[float, float]
    """The point where its first character begins."""
    style: Style
    signs: Mapping[int, str | int]
    """What its characters are, if not what pdfium tells."""


class _Font(NamedTuple):
    is_bold: bool
    is_italic: bool
    is_monospaced: bool
    signs: Mapping[int, str | int]


class _Part(NamedTuple):
    """Successive characters of a text object."""

    first: int
    end: int
    drawn: _TextObject
    is_spaced: bool = True


def read_page_characters(
    page: "pypdfium2.PdfPage", text_page: "pypdfium2.PdfTextpage", index: int, label: str
) -> PageCharacters:
    """Read the characters of a page, which is open with its text page."""
    return _Reader(PdfiumText(text_page)).read(index, label, page.get_cropbox())


class _Reader:
    """A reader of the characters of one page."""

    def __init__(self, source: PdfiumText) -> None:
        self._source = source
        self._objects: dict[int, _TextObject] = {}
        self._fonts: dict[int, _Font] = {}

    def read(self, index: int, label: str, crop_box: tuple[float, float, float, float]) -> PageCharacters:
        source = self._source
        text = "".join(map(chr, source.codes()))
        boxes = source.boxes()
        parts = [part for match in _STRETCH.finditer(text) for part in self._parts(*match.span())]
        unmapped = 0
        for first, end, drawn, _is_spaced in parts:
            if drawn.signs:
                text = text[:first] + text[first:end].translate(drawn.signs) + text[end:]
            elif source.is_unmapped(first):
                unmapped += end - first
        turns = _usual_turns(parts)
        frame = _Frame(turns, *crop_box)
        stretches = []
        for part in parts:
            if part.drawn.turns == turns:
                origin = part.drawn.origin if part.drawn.is_straight else source.origin(part.first)
                stretch = frame.stretch(part, boxes, origin)
                if frame.has(stretch):
                    stretches.append(stretch)
        printed = text.translate(_TRANSLATED)
        return PageCharacters(index, label, printed, frame.width, frame.height, tuple(stretches), unmapped)

    def _parts(self, first: int, end: int) -> list[_Part]:
        """Return a word, in parts if several text objects draw it."""
        address = self._source.text_object(first)
        if end - first == 1 or self._source.text_object(end - 1) == address:
            return [_Part(first, end, self._text_object(address, first))]
        parts: list[_Part] = []
        for address, group in groupby(self._source.text_objects(range(first, end))):
            drawn = self._text_object(address, first)
            following = first + len(list(group))
            if parts and _are_joined(parts[-1].drawn, drawn):
                parts[-1] = parts[-1]._replace(end=following)
            else:
                parts.append(_Part(first, following, drawn, not parts))
            first = following
        return parts

    def _text_object(self, address: int, index: int) -> _TextObject:
        found = self._objects.get(address)
        if found is None:
            found = self._objects[address] = self._read_text_object(address, index)
        return found

    def _read_text_object(self, address: int, index: int) -> _TextObject:
        source = self._source
        a, b, c, d = source.matrix(index)
        angle = degrees(atan2(b, a))
        turns = round(angle / 90)
        skew = abs(angle - 90 * turns)
        *look, signs = self._font(source.font(address), index)
        style = Style(round(source.font_size(index) * hypot(c, d), 1), *look)
        direction = -1 if skew > _MAX_SKEW else turns % 4
        return _TextObject(direction, skew < _MIN_SKEW, source.origin(index), style, signs)

    def _font(self, address: int, index: int) -> _Font:
        found = self._fonts.get(address)
        if found is None:
            found = self._fonts[address] = _font_of(*self._source.font_info(index))
        return found


class _Frame:
    """The visible part of a page, turned so that its text is upright."""

    def __init__(self, turns: int, left: float, bottom: float, right: float, top: float) -> None:
        self._turns = turns
        self._edges = left, bottom, right, top
        self.width, self.height = right - left, top - bottom
        if turns % 2:
            self.width, self.height = self.height, self.width

    def stretch(self, part: _Part, boxes: list[float], origin: tuple[float, float]) -> Stretch:
        left, bottom, right, top = self._edges
        x, y = origin
        at, last = 4 * part.first, 4 * part.end - 4
        if self._turns == 0:
            ends = boxes[at] - left, boxes[at + 2] - left, boxes[last] - left, boxes[last + 2] - left
            baseline = y - bottom
        elif self._turns == 1:
            ends = (
                boxes[at + 3] - bottom,
                boxes[at + 1] - bottom,
                boxes[last + 3] - bottom,
                boxes[last + 1] - bottom,
            )
            baseline = right - x
        elif self._turns == 2:
            ends = right - boxes[at + 2], right - boxes[at], right - boxes[last + 2], right - boxes[last]
            baseline = top - y
        else:
            ends = top - boxes[at + 1], top - boxes[at + 3], top - boxes[last + 1], top - boxes[last + 3]
            baseline = x - left
        return Stretch(part.first, part.end, min(ends), max(ends), baseline, part.drawn.style, part.is_spaced)

    def has(self, stretch: Stretch) -> bool:
        """Return whether it can be seen."""
        return stretch.right > 0 and stretch.left < self.width and 0 <= stretch.baseline <= self.height


def _usual_turns(parts: list[_Part]) -> int:
    """Return the direction of most characters."""
    lengths = [0, 0, 0, 0]
    for first, end, drawn, _is_spaced in parts:
        if drawn.turns >= 0:
            lengths[drawn.turns] += end - first
    return max(range(4), key=lengths.__getitem__)


def _are_joined(before: _TextObject, drawn: _TextObject) -> bool:
    """Return whether text objects that follow each other are alike and on one baseline."""
    across = 0 if drawn.turns % 2 else 1
    return (
        before.style == drawn.style
        and before.turns == drawn.turns
        and before.is_straight
        and drawn.is_straight
        and abs(before.origin[across] - drawn.origin[across]) < 0.05 * drawn.style.size
    )


def _font_of(name: str, flags: int) -> _Font:
    name = name.partition("+")[2] or name
    is_mathematical = bool(_MATHEMATICAL.match(name))
    return _Font(
        bool(_BOLD.search(name) or flags & _FORCE_BOLD),
        not is_mathematical and bool(_ITALIC.search(name) or flags & _ITALIC_FLAG),
        not is_mathematical and bool(_MONOSPACED.search(name) or flags & _FIXED_PITCH),
        mathematical_signs(name),
    )
