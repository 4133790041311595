"""Headings: chunks that are set larger or bolder than the text, or that are numbered, and their levels."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence
from pactreader.formats.readers.pdf.layout.spaced_headings import spaced_headings
from pactreader.formats.readers.pdf.title_letters import title_letters
from pactreader.formats.readers.plain_text.headings import MAX_LEVEL, is_capitals, named_level

_LARGER: Final = 1.08
"""The size of a heading in sizes of the text, above which its size shows it."""
_TITLE: Final = 1.15
"""The least size of the title of the first page in sizes of the text."""
_MIN_TITLE: Final = 2
"""The length in code points above which large letters are a title, and no ornament."""
_MIN_HEADINGS: Final = 2
"""The number of later chunks in a style from which it is that of headings, and not that of authors."""
_MAX_TITLE_PAGE: Final = 600
"""The greatest length of the text of a title page in code points."""
_MAX_LINES: Final = 4
"""The greatest number of lines of a heading."""
_MAX_LENGTH: Final = 200
"""The greatest length of a heading in code points."""
_MAX_PLAIN: Final = 90
"""The same of one that is neither larger nor bolder than the text."""
_SMALL_CAPITALS: Final = 0.65
"""The size of small capitals in sizes of the text, or a little less."""
_SMALL: Final = 0.85
"""The size of other bold type in sizes of the text below which it is a label and no heading."""
_MUCH_LARGER: Final = 1.3
"""The size from which a heading may be a sentence with a full stop."""
_ORNAMENT: Final = 3.0
"""The size from which a letter or two are an ornament or a picture."""
_MAX_BOLD: Final = 135
"""The greatest length in code points of a heading that only is bold."""
_MAX_ITALIC: Final = 60
"""The greatest length in code points of a heading that only is in italics."""
_SPACED: Final = 1.25
"""The least distance to the line above in leadings of a heading that is no larger than the text and not bold."""
_NUMBER: Final = re.compile(
    r"(?:§\s?)?(?P<number>(?:\d{1,2}|[A-Z]|[IVXLC]{1,6})(?:\.(?:\d{1,2}|[A-Z]|[IVX]{1,5}))*)(?P<dot>[.)]?)\s+(?=\S)"
)
"""The number of a heading: `3`, `2.1`, `IV.`, `A.1`."""
_NAME_ALONE: Final = re.compile(
    r"\S{3,12} (?:\d{1,3}|[A-Z]|[IVXLC]{1,6})[.:]?|第\S{1,4}[章部]|제\s?\d{1,3}\s?[장부]"
)
"""The name and number of a chapter, whose title stands below: `Chapter 3`."""
_MAX_NAME_GAP: Final = 3.5
"""The greatest distance in sizes of that title."""
_MIN_TITLE_GAP, _MAX_TITLE_GAP = 0.8, 1.6
"""The least and the greatest distance of a heading's lines in sizes."""


class _Style(NamedTuple):
    """The look of a heading, which others of its level have too."""

    size: float
    is_bold: bool
    is_italic: bool
    is_capitals: bool


class Headings:
    """The headings of a document."""

    def __init__(self, chunks: Sequence[Chunk], outline_titles: Sequence[str], measures: Measures) -> None:
        """Find them among the chunks of a document."""
        self._measures = measures
        self._outline = {
            letters
            for title in outline_titles
            for each in (title, _NUMBER.sub("", title, count=1))
            if (letters := title_letters(each))
        }
        self._title = _title(chunks, measures)
        self.authors = {id(chunk) for chunk in _authors(chunks, self._title, measures)}
        """The chunks between the title and the text, by their identities."""
        self._found = {
            id(chunk): chunk
            for chunk in chunks
            if chunk is self._title or (id(chunk) not in self.authors and self._is_heading(chunk))
        }
        if len(self._found) - bool(self._title) < _MIN_HEADINGS:
            self._found |= {id(chunk): chunk for chunk in spaced_headings(chunks, measures)}
        self._top = 2 if self._title else 1
        others = [chunk for chunk in self._found.values() if chunk is not self._title]
        self._levels = _levels(others, measures, self._top)

    def level(self, chunk: Chunk) -> int:
        """Return the level of a heading; 0 for a chunk that is none."""
        if chunk is self._title:
            return 1
        if id(chunk) not in self._found:
            return 0
        level = self._levels[_style(chunk), _depth(chunk)]
        return min(level, self._top) if named_level(chunk.text) == 2 else level

    def _is_heading(self, chunk: Chunk) -> bool:
        text = chunk.text
        ratio = chunk.size / self._measures.size
        is_code = chunk.lines[0].is_monospaced and not self._measures.is_monospaced and ratio < _LARGER
        if is_code or len(chunk.lines) > _MAX_LINES or len(text) > _MAX_LENGTH:
            return False
        if not any(map(str.isalpha, text)):
            return False
        stands_out = chunk.is_bold or ratio > _LARGER
        if (stands_out or (not chunk.item and _is_alone(chunk))) and self._is_in_outline(text):
            return True
        return self._stands_out(chunk, text, ratio) if stands_out else _is_plain_heading(chunk, text, ratio)

    def _is_in_outline(self, text: str) -> bool:
        return bool(self._outline) and (
            title_letters(text) in self._outline
            or title_letters(_NUMBER.sub("", text, count=1)) in self._outline
        )

    def _stands_out(self, chunk: Chunk, text: str, ratio: float) -> bool:
        """Return whether a chunk that is larger or bolder than the text is a heading."""
        if ratio < (_SMALL_CAPITALS if _is_alone(chunk) else _SMALL) or (
            chunk.item and not chunk.item.marker
        ):
            return False
        may_end = text.endswith(("?", "!")) or ratio > _MUCH_LARGER or (chunk.is_bold and _depth(chunk) > 1)
        if ends_sentence(text) and not may_end:
            return False
        if ratio > _LARGER:
            if ratio > _ORNAMENT and len(text) <= _MIN_TITLE:
                return False
            return text[0].isalnum() or text[0] in "\"“«'‘([„¿¡§" or len(text) > 3
        return len(text) <= _MAX_BOLD and len(chunk.lines) <= 2 and not chunk.by_line


def _is_plain_heading(chunk: Chunk, text: str, ratio: float) -> bool:
    """Return whether a chunk that is neither larger nor bolder than the text is a heading."""
    if ratio < _SMALL_CAPITALS or len(text) > _MAX_PLAIN or ends_sentence(text) or len(chunk.lines) > 2:
        return False
    if 0 < chunk.gap < _SPACED:
        return False
    if named_level(text) or (_depth(chunk) > 1 and _is_alone(chunk)):
        return True
    is_numbered = _number(text) is not None
    if chunk.is_italic and len(chunk.lines) == 1 and not chunk.is_centred:
        return is_numbered or (
            not chunk.item and len(text) <= _MAX_ITALIC and (_is_alone(chunk) or chunk.gap > _SPACED)
        )
    if chunk.is_centred:
        return is_capitals(text) or (is_numbered and len(chunk.lines) == 1 and _is_alone(chunk))
    return is_numbered and is_capitals(text)


def is_one_heading(chunk: Chunk, other: Chunk, measures: Measures) -> bool:
    """Return whether the lines of another chunk go on with a heading, as its title behind `Chapter 3` does."""
    above, below = chunk.lines[-1], other.lines[0]
    if above.page != below.page or chunk.size < _TITLE * measures.size or other.size < _TITLE * measures.size:
        return False
    if chunk.is_bold != other.is_bold or len(chunk.lines) + len(other.lines) > _MAX_LINES:
        return False
    distance = above.baseline - below.baseline
    if named_level(chunk.text) and _NAME_ALONE.fullmatch(chunk.text):
        return 0 < distance < _MAX_NAME_GAP * below.size
    is_beside = above.left < below.right and below.left < above.right
    return (
        is_beside
        and same_size(above, below)
        and not _number(below.text)
        and (_MIN_TITLE_GAP * above.size < distance < _MAX_TITLE_GAP * above.size)
    )


def _title(chunks: Sequence[Chunk], measures: Measures) -> Chunk | None:
    """Return the title: the largest chunk on the first page, if none is like it, or if that is a title page."""
    first = [chunk for chunk in chunks if chunk.lines[0].page == chunks[0].lines[0].page]
    named = [chunk for chunk in first if any(map(str.isalpha, chunk.text)) and len(chunk.text) > _MIN_TITLE]
    best = max(named, key=lambda chunk: chunk.size, default=None)
    if best is None or len(best.text) > _MAX_LENGTH:
        return None
    if best.size < _TITLE * measures.size:
        best = named[0]
        if not (best is first[0] and best.is_bold and best.is_centred and len(first) > 1):
            return None
    if _depth(best) or named_level(best.text):
        return None
    is_title_page = sum(len(chunk.text) for chunk in first) < _MAX_TITLE_PAGE
    return best if is_title_page or sum(_style(chunk) == _style(best) for chunk in chunks) == 1 else None


def _authors(chunks: Sequence[Chunk], title: Chunk | None, measures: Measures) -> list[Chunk]:
    """Return what stands between the title and the first paragraph or heading: authors, their places, a date."""
    found: list[Chunk] = []
    if not title:
        return found
    below = chunks[chunks.index(title) + 1 :]
    for chunk in below:
        text = chunk.text
        is_prose = len(chunk.lines) > 2 and not chunk.by_line and not chunk.is_centred
        if (
            chunk.lines[0].page != title.lines[0].page
            or is_prose
            or chunk.is_bold
            or named_level(text)
            or chunk.item
        ):
            break
        is_name = is_capitals(text) and chunk.is_centred and title.size < _TITLE * measures.size
        if is_name and not found:
            found.append(chunk)
            continue
        if _depth(chunk) or len(text) > _MAX_LENGTH or ends_sentence(text) or is_capitals(text):
            break
        found.append(chunk)
    larger = Counter(_style(chunk) for chunk in below[len(found) :] if chunk.size > _LARGER * measures.size)
    return list(takewhile(lambda chunk: larger[_style(chunk)] < _MIN_HEADINGS, found))


def _levels(headings: Sequence[Chunk], measures: Measures, top: int) -> dict[tuple[_Style, int], int]:
    """Return the level of each style and depth of numbers.

    A heading with a number is of the level that its number says, one without of that of the numbered ones in its style.
    Other styles follow one another by size, and those that are no larger than the text in the order of the document.
    """
    depths: dict[_Style, set[int]] = {}
    for chunk in headings:
        depths.setdefault(_style(chunk), set()).add(_depth(chunk))
    least = min((depth for found in depths.values() for depth in found if depth), default=1)
    levels: dict[tuple[_Style, int], int] = {}
    rank, last = top - 1, 0.0
    order = sorted(depths, key=lambda style: -max(style.size, _LARGER * measures.size))
    for style in order:
        numbered = [depth for depth in depths[style] if depth]
        if numbered:
            rank = top + min(numbered) - least
        elif not (style.size == last and style.size > _LARGER * measures.size):
            rank += 1
        last = style.size
        for depth in depths[style]:
            levels[style, depth] = min(MAX_LEVEL, max(top, top + depth - least if depth else rank))
    return levels


def _style(chunk: Chunk) -> _Style:
    return _Style(round(chunk.size * 2) / 2, chunk.is_bold, chunk.is_italic, chunk.text.isupper())


def _depth(chunk: Chunk) -> int:
    """Return the number of parts of a heading's number, of which one is of digits; 0 if it has none."""
    text = chunk.text
    found = _number(text)
    if found:
        number = found["number"]
        return number.count(".") + 1 if any(map(str.isdecimal, number)) else 0
    return 1 if named_level(text) == 2 and any(map(str.isdecimal, text[:14])) else 0


def _number(text: str) -> re.Match[str] | None:
    """Return the match of a heading's number. A letter without a full stop is none: `A Survey`."""
    found = _NUMBER.match(text)
    return found if found and (found["dot"] or not found["number"].isalpha()) else None


def _is_alone(chunk: Chunk) -> bool:
    """Return whether there are gaps above and below."""
    return not 0 < chunk.gap < _SPACED and not 0 < chunk.gap_below < _SPACED
