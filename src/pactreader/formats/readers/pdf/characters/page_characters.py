"""The characters of a page with their places, as pdfium tells them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, groupby
from math import atan2, degrees, hypot, isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.pdf.characters.accents import with_accents
from pactreader.formats.readers.pdf.characters.drawn_bullets import DrawnBullet, read_drawn_bullets
from pactreader.formats.readers.pdf.characters.font_looks import FontLook, look_of_font
from pactreader.formats.readers.pdf.characters.nameless_glyphs import named
from pactreader.formats.readers.pdf.characters.pdfium_text import Box, PdfiumText, Turn
from pactreader.formats.readers.pdf.characters.right_to_left import RIGHT_TO_LEFT, characters_in_order
from pactreader.formats.readers.pdf.characters.tex_fonts import LARGE_SIGNS, has_parts, with_composed_signs

if TYPE_CHECKING:
    import pypdfium2

_SPACES: Final = "\t\n\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_STRETCH: Final = re.compile(rf"[^{_SPACES}\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
r"""What stands between white space. pdfium writes U+0002 or U+FFFE for a hyphen at the end of a line, and no line end."""
_HYPHEN: Final = re.compile("[\x02\xad\ufffe]")
_UNMAPPED: Final = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters are the codes of glyphs of which the file does not say what they are."""
_SET_VERTICALLY: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Letters of the scripts that are set from top to bottom."""
_IN_VERTICAL_LINE: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]|^[0-9]{1,2}$")
_MIN_VERTICAL: Final = 0.5
"""The least share of the letters below each other on such a page."""
_DOWNWARDS: Final = 3
"""The quarter turns, anticlockwise, of a line that runs from top to bottom."""
_AXIS: Final = 0.25
"""The height of the middle of signs above the baseline, in sizes. The origins of TeX's large ones are at their tops."""
_MIN_SIZE: Final = 0.5
"""The least size of letters in PDF units: smaller ones cannot be read."""
_MIN_SPACE: Final = 0.15
"""The least width in heights of letters of a space beside a bracket from right to left, which pdfium may have elsewhere."""
_BRACKET: Final = re.compile(r"[()\[\]]")
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


@dataclass(slots=True)
class Stretch:
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

    def extend(self, end: int, left: float, right: float) -> None:
        """Add the characters after it up to an index, and what stands between two edges."""
        self.end = end
        self.left = min(self.left, left)
        self.right = max(self.right, right)


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
    bullets: tuple[DrawnBullet, ...] = ()
    """Small shapes that may be bullets."""


class _Look(NamedTuple):
    """The look that characters have in common if they are drawn in one way."""

    turns: int
    """The quarter turns of its direction, anticlockwise; -1 if it is askew."""
    is_straight: bool
    """True if its characters have one baseline parallel to an edge of the page."""
    style: Style
    signs: Mapping[int, str | int]


_Drawing = tuple[_Look, int, float, float]
"""A text object: its look, the quarter turns of its lines, -1 if they are askew, and the point where its baseline begins."""
_Word = tuple[int, int, bool]
"""Successive characters without white space: the first index, the one behind the last, and true if there is space before."""
_Part = tuple[int, int, int, bool]
"""A word or a part of one that one text object draws: the same indices, the address of the object, and the same."""


def read_page_characters(
    page: "pypdfium2.PdfPage", text_page: "pypdfium2.PdfTextPage", index: int, label: str
) -> PageCharacters:
    """Read the characters of a page. The page and its text must stay open meanwhile.

    Args:
        page: The page.
        text_page: Its text.
        index: Its index in the file.
        label: Its label.
    """
    characters = _Reader(PdfiumText(text_page)).read(index, label, page.get_cropbox())
    return characters._replace(bullets=read_drawn_bullets(page))


class _Reader:
    """A reader of the characters of one page."""

    def __init__(self, source: PdfiumText) -> None:
        self._source = source
        self._looks: dict[tuple[float, ...], tuple[_Look, int]] = {}
        self._fonts: dict[int, FontLook] = {}

    def read(self, index: int, label: str, crop_box: tuple[float, float, float, float]) -> PageCharacters:
        text = with_accents(self._source.text(), self._source)
        words = self._words(text)
        vertical_parts = self._vertical_parts(text, words)
        parts = vertical_parts or self._parts(words)
        drawings = self._drawings(parts, are_vertical=bool(vertical_parts))
        letters, unmapped = self._letters(text, parts, drawings)
        lengths = [0, 0, 0, 0, 0]  # those of lines that are askew are the last
        for first, end, text_object, _is_spaced in parts:
            lengths[drawings[text_object][1]] += end - first
        frame = _Frame(max(range(4), key=lengths.__getitem__), *crop_box)
        stretches = self._stretches(parts, drawings, frame)
        printed = _UNMAPPED.sub("\N{REPLACEMENT CHARACTER}", _HYPHEN.sub("-", letters))
        return PageCharacters(index, label, printed, frame.width, frame.height, tuple(stretches), unmapped)

    def _letters(
        self, text: str, parts: Sequence[_Part], drawings: Mapping[int, _Drawing]
    ) -> tuple[str, int]:
        """Return the text with the letters of glyphs that the file has no letters for, and the number of unknown ones."""
        letters = list(text)
        signs = {address: drawing[0].signs for address, drawing in drawings.items() if drawing[0].signs}
        if signs:
            composed: list[tuple[int, int]] = []
            for first, end, text_object, _is_spaced in parts:
                if text_object in signs:
                    letters[first:end] = word = text[first:end].translate(signs[text_object])
                    if has_parts(word):
                        composed.append((first, end))
            for first, end in composed:
                with_composed_signs(letters, first, end)
        are_unmapped = self._source.are_unmapped([part[0] for part in parts])
        nameless = [part[:2] for part in compress(parts, are_unmapped) if part[2] not in signs]
        words, unmapped = named([text[first:end] for first, end in nameless])
        for (first, end), word in zip(nameless, words, strict=True):
            letters[first:end] = word
        return "".join(letters), unmapped

    def _drawings(self, parts: Sequence[_Part], *, are_vertical: bool) -> dict[int, _Drawing]:
        """Return what is known of the text objects by their addresses.

        Args:
            parts: The parts that they draw.
            are_vertical: True if the characters of these stand below each other.
        """
        indices = {part[2]: part[0] for part in parts}
        firsts = list(indices.values())
        fonts, sizes = self._source.fonts(indices), self._source.font_sizes(firsts)
        found: dict[int, _Drawing] = {}
        known = self._looks
        for (address, first), font, size, (a, b, c, d, x, y) in zip(
            indices.items(), fonts, sizes, self._source.matrices(firsts), strict=True
        ):
            key = font, size, a, b, c, d
            if key not in known:
                look = self._read_look(font, size, (a, b, c, d), first)
                known[key] = look, _DOWNWARDS if are_vertical and not look.turns else look.turns
            look, turns = known[key]
            found[address] = look, turns, x, y
        return found

    def _stretches(
        self, parts: Sequence[_Part], drawings: Mapping[int, _Drawing], frame: "_Frame"
    ) -> list[Stretch]:
        """Return the parts in the direction of the page that can be seen, those of one word joined that are alike."""
        firsts = self._source.boxes([part[0] for part in parts])
        lasts = self._source.boxes([part[1] - 1 for part in parts])
        found: list[Stretch] = []
        width, height = frame.width, frame.height
        for (first, end, text_object, is_spaced), first_box, last_box in zip(
            parts, firsts, lasts, strict=True
        ):
            look, turns, x, y = drawings[text_object]
            if turns != frame.turns:
                continue
            if not look.is_straight:
                ((x, y),) = self._source.origins([first])
            elif look.signs is LARGE_SIGNS and not look.turns:
                y = self._source.middle(first) - _AXIS * look.style.size
            left, right, baseline = frame.turned(first_box, last_box, x, y)
            if not (right > 0 and left < width and 0 <= baseline <= height):
                continue
            if not is_spaced and found and _are_joined(found[-1], first, look.style, baseline):
                found[-1].extend(end, left, right)
            else:
                found.append(Stretch(first, end, left, right, baseline, look.style, is_spaced))
        return found

    def _vertical_parts(self, text: str, words: Sequence[_Word]) -> list[_Part]:
        """Return the lines of a page that is set from top to bottom, in columns from the right; nothing for another one."""
        if not _SET_VERTICALLY.search(text):
            return []
        firsts = self._source.boxes([word[0] for word in words])
        lasts = self._source.boxes([word[1] - 1 for word in words])
        are_vertical = [
            below[1] < above[3] and below[0] < above[2] for above, below in zip(firsts, lasts, strict=True)
        ]
        lengths = [end - first for first, end, _is_spaced in words]
        if sum(compress(lengths, are_vertical)) < _MIN_VERTICAL * sum(lengths):
            return []
        # What stands from left to right among them is a number in a line, or a running head.
        kept = [
            word
            for word, is_vertical in zip(words, are_vertical, strict=True)
            if is_vertical or _IN_VERTICAL_LINE.search(text, *word[:2])
        ]
        objects = self._source.text_objects([word[0] for word in kept])
        return [
            (first, end, address, is_spaced)
            for (first, end, is_spaced), address in zip(kept, objects, strict=True)
        ]

    def _parts(self, words: Sequence[_Word]) -> list[_Part]:
        """Return what stands between white space, in parts if several text objects draw it."""
        text_objects = self._source.text_objects
        from_first = text_objects([word[0] for word in words])
        from_last = text_objects([word[1] - 1 for word in words])
        parts: list[_Part] = []
        for (first, end, is_spaced), address, last_address in zip(words, from_first, from_last, strict=True):
            if address == last_address:
                parts.append((first, end, address, is_spaced))
                continue
            at, is_first = first, is_spaced
            for each, group in groupby(text_objects(range(first, end))):
                following = at + len(list(group))
                parts.append((at, following, each, is_first))
                at, is_first = following, False
        return parts

    def _read_look(self, font: int, size: float, matrix: Turn, index: int) -> _Look:
        a, b, c, d = matrix
        angle = degrees(atan2(b, a))
        turns = round(angle / 90)
        skew = abs(angle - 90 * turns)
        if font not in self._fonts:
            self._fonts[font] = look_of_font(*self._source.font_info(index))
        *look, signs = self._fonts[font]
        style = Style(_usable_size(size * hypot(c, d)), *look)
        return _Look(-1 if skew > _MAX_SKEW else turns % 4, skew < _MIN_SKEW, style, signs)

    def _words(self, text: str) -> list[_Word]:
        """Return what stands between white space; what is read from right to left in parts, the first of which is spaced."""
        words = [(*match.span(), True) for match in _STRETCH.finditer(text)]
        if not RIGHT_TO_LEFT.search(text):
            return words
        return [part for word in words for part in self._in_order(text, word)]

    def _in_order(self, text: str, word: _Word) -> Iterator[_Word]:
        """Yield the parts of a word in reading order, divided where there is a space beside a bracket."""
        start, end, is_spaced = word
        if not RIGHT_TO_LEFT.search(text, start, end):
            yield word
            return
        boxes = self._source.boxes(range(start, end))
        for first, behind in characters_in_order(text[start:end], boxes):
            begin = first
            for at in range(first + 1, behind):
                near = start + at
                if _BRACKET.search(text, near - 1, near + 1) and _is_space(boxes[at - 1], boxes[at]):
                    yield start + begin, near, is_spaced
                    begin, is_spaced = at, True
            yield start + begin, start + behind, is_spaced
            is_spaced = False


class _Frame:
    """The visible part of a page, turned so that its text is upright."""

    def __init__(self, turns: int, left: float, bottom: float, right: float, top: float) -> None:
        self.turns = turns
        self._edges = left, bottom, right, top
        self.width, self.height = right - left, top - bottom
        if turns % 2:
            self.width, self.height = self.height, self.width

    def turned(self, first: Box, last: Box, x: float, y: float) -> tuple[float, float, float]:
        """Return the left, the right and the baseline of what is between two characters, from a point on the baseline."""
        left, bottom, right, top = self._edges
        if self.turns == 0:
            start, end = (first[0], last[2]) if first[0] <= last[0] else (last[0], first[2])
            return start - left, end - left, y - bottom
        if self.turns == 1:
            edges, origin, baseline = (first[1], first[3], last[1], last[3]), bottom, right - x
        elif self.turns == 2:
            edges, origin, baseline = (-first[0], -first[2], -last[0], -last[2]), -right, top - y
        else:
            edges, origin, baseline = (-first[1], -first[3], -last[1], -last[3]), -top, x - left
        return min(edges) - origin, max(edges) - origin, baseline


def _are_joined(before: Stretch, first: int, style: Style, baseline: float) -> bool:
    """Return whether what begins with a character goes on with a stretch."""
    return (
        before.end == first and before.style == style and abs(before.baseline - baseline) < 0.05 * style.size
    )


def _is_space(before: Box, after: Box) -> bool:
    """Return whether there is a space between two characters from right to left."""
    return before[0] - after[2] > _MIN_SPACE * abs(before[1] - before[3])


def _usable_size(size: float) -> float:
    """Return the size of letters, which nothing may be divided by if it is zero or infinite."""
    return max(_MIN_SIZE, round(size, 1)) if isfinite(size) else _MIN_SIZE
