"""Where characters, words, sentences, paragraphs and sections begin and end."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import accumulate
from typing import Final

from pactreader.core.article import Article, Block, BlockKind, Passage


class Unit(StrEnum):
    """A kind of passage that the keyboard can move by."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


_REMEMBERED_SLICES: Final = 256
"""Slices whose words, sentences and characters are kept: a few screens of paragraphs."""
_HUGE: Final = 8_000
"""Code points from which a block is cut into slices: more than fits on a screen."""
_SLICE: Final = 4_000
_SMALL_UNITS: Final = frozenset({Unit.CHARACTER, Unit.WORD})

_WORD: Final = (
    r"[\p{Han}\p{Hiragana}]"  # written without spaces: each stands for itself, as in UAX #29
    r"|(?:(?![\p{Han}\p{Hiragana}])\w)+(?:[.'’·](?:(?![\p{Han}\p{Hiragana}])\w)+)*"
)
"""A word after Unicode's UAX #29: letters, digits and marks, with apostrophes and points inside."""


class Units:
    """The units of one article. Offsets are code points of its text; what was looked up last is remembered."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._kept: dict[Unit, OrderedDict[int, list[Passage]]] = {unit: OrderedDict() for unit in Unit}
        self._cuts: dict[int, list[Passage]] = {}

    def around(self, unit: Unit, offset: int) -> Passage:
        """The unit that an offset stands in; between two, the one before it, else the first of its block.

        A sentence ends with its last mark, not with the space behind it. A section runs from its heading to
        the next one of its level or higher; before the first heading, from the top.
        """
        article = self._article
        if not article.blocks:
            return Passage(0, 0)
        index = article.block_index(offset)
        if unit is Unit.SECTION:
            return self._section(index)
        slices = self._slices(unit, index)
        piece = slices[_slice_at(slices, offset)]
        found = self._within(unit, index, piece)
        return found[max(0, bisect_right(found, offset, key=_start) - 1)] if found else piece

    def next_start(self, unit: Unit, offset: int) -> int | None:
        """Where the next unit after an offset begins; `None` if there is none."""
        if unit is Unit.SECTION:
            return self._next_heading(offset)
        for found in self._from(unit, offset):
            position = bisect_right(found, offset, key=_start)
            if position < len(found):
                return found[position].start
        return None

    def next_end(self, unit: Unit, offset: int) -> int | None:
        """Where the first unit that ends after an offset ends; `None` if there is none."""
        if unit is Unit.SECTION:
            return self._next_section_end(offset)
        for found in self._from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position < len(found):
                return found[position].end
        return None

    def previous_start(self, unit: Unit, offset: int) -> int | None:
        """Where the last unit before an offset begins; `None` if there is none."""
        if unit is Unit.SECTION:
            return self._previous_section_start(offset)
        for found in self._back_from(unit, offset):
            position = bisect_left(found, offset, key=_start)
            if position:
                return found[position - 1].start
        return None

    def previous_end(self, unit: Unit, offset: int) -> int | None:
        """Where the last unit that ends at or before an offset ends; `None` if there is none. Not for sections."""
        for found in self._back_from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position:
                return found[position - 1].end
        return None

    # Slices: what is looked at in one go

    def _slices(self, unit: Unit, index: int) -> list[Passage]:
        """A block in slices that no unit reaches over: the whole, or for small units in a huge block, pieces of it."""
        block = self._article.blocks[index]
        if block.end - block.start <= _HUGE or unit not in _SMALL_UNITS:
            return [Passage(block.start, block.end)]
        if index not in self._cuts:
            self._cuts[index] = list(_cut(self._article.text, block.start, block.end))
        return self._cuts[index]

    def _from(self, unit: Unit, offset: int) -> Iterator[list[Passage]]:
        """The units of the slice at an offset, of the next slice, and so on."""
        blocks = self._article.blocks
        for index in range(self._article.block_index(offset), len(blocks)):
            slices = self._slices(unit, index)
            for number in range(_slice_at(slices, offset), len(slices)):
                yield self._within(unit, index, slices[number])

    def _back_from(self, unit: Unit, offset: int) -> Iterator[list[Passage]]:
        """The units of the slice at an offset, of the slice before, and so on."""
        last = self._article.block_index(offset) if self._article.blocks else -1
        for index in range(last, -1, -1):
            slices = self._slices(unit, index)
            for number in range(_slice_at(slices, offset), -1, -1):
                yield self._within(unit, index, slices[number])

    def _within(self, unit: Unit, index: int, piece: Passage) -> list[Passage]:
        kept = self._kept[unit]
        found = kept.get(piece.start)
        if found is None:
            found = kept[piece.start] = _SPLITTERS[unit](self._article, self._article.blocks[index], piece)
            if len(kept) > _REMEMBERED_SLICES:
                kept.popitem(last=False)
        return found

    # Sections

    def _next_section_end(self, offset: int) -> int | None:
        if not self._article.blocks:
            return None
        section = self._section(self._article.block_index(offset))
        if section.end > offset:
            return section.end
        following = self._next_heading(offset)
        return None if following is None else self._section(self._article.block_index(following)).end

    def _previous_section_start(self, offset: int) -> int | None:
        if not self._article.blocks:
            return None
        start = self._section(self._article.block_index(offset)).start
        if start < offset:
            return start
        return self._section(self._article.block_index(start - 1)).start if start else None

    def _section(self, index: int) -> Passage:
        blocks = self._article.blocks
        first = index
        while first and blocks[first].kind is not BlockKind.HEADING:
            first -= 1
        level = blocks[first].level if blocks[first].kind is BlockKind.HEADING else 7
        last = first
        while last + 1 < len(blocks) and not (
            blocks[last + 1].kind is BlockKind.HEADING and blocks[last + 1].level <= level
        ):
            last += 1
        return Passage(blocks[first].start, blocks[last].end)

    def _next_heading(self, offset: int) -> int | None:
        blocks = self._article.blocks
        for index in range(self._article.block_index(offset) + 1, len(blocks)):
            if blocks[index].kind is BlockKind.HEADING:
                return blocks[index].start
        return None


def _start(passage: Passage) -> int:
    return passage.start


def _end(passage: Passage) -> int:
    return passage.end


def _slice_at(slices: list[Passage], offset: int) -> int:
    """The index of the slice at an offset, or of the nearest one."""
    return max(0, bisect_right(slices, offset, key=_start) - 1)


def _cut(text: str, start: int, end: int) -> Iterator[Passage]:
    """Slices that begin behind a space or a line feed, where there are any, as no word and no cluster holds one."""
    while end - start > _SLICE:
        stop = start + _SLICE
        space = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
        stop = space + 1 if space > 0 else stop
        yield Passage(start, stop)
        start = stop
    yield Passage(start, end)


def _characters(article: Article, _block: Block, piece: Passage) -> list[Passage]:
    text = article.text[piece.start : piece.end]
    if text.isascii():
        return [Passage(offset, offset + 1) for offset in range(*piece)]
    return _matches(r"\X", text, piece.start)


def _words(article: Article, _block: Block, piece: Passage) -> list[Passage]:
    return _matches(_WORD, article.text[piece.start : piece.end], piece.start)


def _matches(pattern: str, text: str, start: int) -> list[Passage]:
    """Where a pattern matches a text that begins at an offset."""
    from regex import finditer  # noqa: PLC0415 - the first frame does without

    return [Passage(start + found.start(), start + found.end()) for found in finditer(pattern, text)]


def _sentences(article: Article, block: Block, piece: Passage) -> list[Passage]:
    text = article.text[piece.start : piece.end]
    if block.kind in {BlockKind.CODE, BlockKind.TABLE}:
        parts = text.splitlines(keepends=True)
    else:
        from sentencex import segment  # noqa: PLC0415 - the command line does without

        parts = segment(article.language, text)
    found: list[Passage] = []
    for part, end in zip(parts, accumulate(map(len, parts)), strict=True):
        words = part.strip()
        if words:
            start = piece.start + end - len(part.lstrip())
            found.append(Passage(start, start + len(words)))
    return found


def _paragraph(_article: Article, _block: Block, piece: Passage) -> list[Passage]:
    return [piece]


_SPLITTERS: Final[dict[Unit, Callable[[Article, Block, Passage], list[Passage]]]] = {
    Unit.CHARACTER: _characters,
    Unit.WORD: _words,
    Unit.SENTENCE: _sentences,
    Unit.PARAGRAPH: _paragraph,
}
