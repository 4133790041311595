"""Where characters, words, clauses, sentences, paragraphs and sections begin and end."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import accumulate, chain
from typing import Final

from pactreader.core.article import Article, Block, BlockKind, Passage


class TextUnit(StrEnum):
    """A kind of passage that the keyboard can move by."""

    CHARACTER = "character"
    WORD = "word"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


_REMEMBERED_SLICES: Final = 256
"""Slices whose words, sentences and characters are kept: a few screens of paragraphs."""
_HUGE: Final = 8_000
"""Code points from which a block is cut into slices: more than fits on a screen."""
_SLICE: Final = 4_000
_SMALL_UNITS: Final = frozenset({TextUnit.CHARACTER, TextUnit.WORD})
_GROWING: Final = (TextUnit.WORD, TextUnit.CLAUSE, TextUnit.SENTENCE, TextUnit.PARAGRAPH)

_WORD: Final = (
    r"[\p{Han}\p{Hiragana}]"  # written without spaces: each stands for itself, as in UAX #29
    r"|(?:(?![\p{Han}\p{Hiragana}])\w)+(?:[.'’·](?:(?![\p{Han}\p{Hiragana}])\w)+)*"
)
"""A word after Unicode's UAX #29: letters, digits and marks, with apostrophes and points inside."""
_CLAUSE_BREAK: Final = (
    r"[,;:][\p{Pf}\p{Pe}\"']*(?=\s)"  # a comma in a number has no space behind it
    r"|(?<=\s)[\p{Pd}](?=\s)|[—―]"
    r"|[，；：、،؛]"
    r"|(?<=\s)[(\[](?=\S)|(?<=\S)[)\]](?=\W)|[（）]"
)
"""What parts clauses: commas and their like, dashes, parentheses. The marks belong to neither side."""


class TextUnits:
    """The units of one article. Offsets are code points of its text; what was looked up last is remembered."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._kept: dict[TextUnit, OrderedDict[int, list[Passage]]] = {
            unit: OrderedDict() for unit in TextUnit
        }
        self._cuts: dict[int, list[Passage]] = {}

    def unit_at(self, unit: TextUnit, offset: int) -> Passage:
        """The unit that an offset stands in; between two, the one before it, else the first of its block.

        A sentence ends with its last mark, not with the space behind it. A section runs from its heading to
        the next one of its level or higher; before the first heading, from the top.
        """
        article = self._article
        if not article.blocks:
            return Passage(0, 0)
        index = article.block_index(offset)
        if unit is TextUnit.SECTION:
            return self._section(index)
        slices = self._slices(unit, index)
        piece = slices[_slice_at(slices, offset)]
        found = self._within(unit, index, piece)
        return found[max(0, bisect_right(found, offset, key=_start) - 1)] if found else piece

    def next_start(self, unit: TextUnit, offset: int) -> int | None:
        """Where the next unit after an offset begins; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._next_heading(offset)
        for found in self._from(unit, offset):
            position = bisect_right(found, offset, key=_start)
            if position < len(found):
                return found[position].start
        return None

    def next_end(self, unit: TextUnit, offset: int) -> int | None:
        """Where the first unit that ends after an offset ends; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._next_section_end(offset)
        for found in self._from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position < len(found):
                return found[position].end
        return None

    def previous_start(self, unit: TextUnit, offset: int) -> int | None:
        """Where the last unit before an offset begins; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._previous_section_start(offset)
        for found in self._back_from(unit, offset):
            position = bisect_left(found, offset, key=_start)
            if position:
                return found[position - 1].start
        return None

    def previous_end(self, unit: TextUnit, offset: int) -> int | None:
        """Where the last unit that ends at or before an offset ends; `None` if there is none. Not for sections."""
        for found in self._back_from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position:
                return found[position - 1].end
        return None

    def units_between(self, unit: TextUnit, start: int, end: int) -> list[Passage]:
        """The units that have a part in `[start, end)`. Not for sections."""
        if not self._article.blocks or start >= end:
            return []
        found: list[Passage] = []
        for index in range(self._article.block_index(start), self._article.block_index(end - 1) + 1):
            slices = self._slices(unit, index)
            for piece in slices[_slice_at(slices, start) : _slice_at(slices, end - 1) + 1]:
                within = self._within(unit, index, piece)
                found += within[bisect_right(within, start, key=_end) : bisect_left(within, end, key=_start)]
        return found

    # From a unit to a larger one, and back

    def grow(self, passage: Passage) -> Passage | None:
        """The least passage of whole units that has more than this one; `None` if it is the whole text.

        It goes from words to clauses, sentences, paragraphs and sections, to the sections that these are in.
        """
        return next((larger for larger in self._ladder(passage) if _is_within(passage, larger)), None)

    def shrink(self, passage: Passage, offset: int) -> Passage | None:
        """The largest unit at an offset that has less than a passage around it; `None` if there is none."""
        steps = (self.unit_at(unit, offset) for unit in (TextUnit.SECTION, *reversed(_GROWING)))
        return next((step for step in steps if _is_within(step, passage)), None)

    def expand_to(self, unit: TextUnit, passage: Passage) -> Passage:
        """The whole units that a passage has a part of."""
        first, last = (
            self.unit_at(unit, passage.start),
            self.unit_at(unit, max(passage.start, passage.end - 1)),
        )
        start = min(first.start, passage.start) if first.end > passage.start else passage.start
        return Passage(start, max(last.end, passage.end))

    def _ladder(self, passage: Passage) -> Iterator[Passage]:
        """The units around a passage, from words to the whole text."""
        for unit in _GROWING:
            yield self.expand_to(unit, passage)
        article = self._article
        for heading in reversed(article.headings_above(passage.start)):
            section = self._section(article.block_index(heading.start))
            if passage.end <= section.end:
                yield section
        yield Passage(0, len(article.text))

    # Slices: what is looked at in one go

    def _slices(self, unit: TextUnit, index: int) -> list[Passage]:
        """A block in slices that no unit reaches over: the whole, or for small units in a huge block, pieces of it."""
        block = self._article.blocks[index]
        if block.end - block.start <= _HUGE or unit not in _SMALL_UNITS:
            return [Passage(block.start, block.end)]
        if index not in self._cuts:
            self._cuts[index] = list(_cut(self._article.text, block.start, block.end))
        return self._cuts[index]

    def _from(self, unit: TextUnit, offset: int) -> Iterator[list[Passage]]:
        """The units of the slice at an offset, of the next slice, and so on."""
        blocks = self._article.blocks
        for index in range(self._article.block_index(offset), len(blocks)):
            slices = self._slices(unit, index)
            for number in range(_slice_at(slices, offset), len(slices)):
                yield self._within(unit, index, slices[number])

    def _back_from(self, unit: TextUnit, offset: int) -> Iterator[list[Passage]]:
        """The units of the slice at an offset, of the slice before, and so on."""
        last = self._article.block_index(offset) if self._article.blocks else -1
        for index in range(last, -1, -1):
            slices = self._slices(unit, index)
            for number in range(_slice_at(slices, offset), -1, -1):
                yield self._within(unit, index, slices[number])

    def _within(self, unit: TextUnit, index: int, piece: Passage) -> list[Passage]:
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
        blocks, section = self._article.blocks, self._article.section(index)
        return Passage(blocks[section.start].start, blocks[section.stop - 1].end)

    def _next_heading(self, offset: int) -> int | None:
        following = self._article.heading_after(self._article.block_index(offset))
        return None if following is None else self._article.blocks[following].start


def _start(passage: Passage) -> int:
    return passage.start


def _end(passage: Passage) -> int:
    return passage.end


def _is_within(passage: Passage, larger: Passage) -> bool:
    """Whether a passage lies within another one that has more."""
    return larger.start <= passage.start and passage.end <= larger.end and passage != larger


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
    from regex import finditer

    return [Passage(start + found.start(), start + found.end()) for found in finditer(pattern, text)]


def _sentences(article: Article, block: Block, piece: Passage) -> list[Passage]:
    text = article.text[piece.start : piece.end]
    if block.kind in {BlockKind.CODE, BlockKind.TABLE}:
        parts = text.splitlines(keepends=True)
    else:
        from sentencex import segment

        parts = segment(article.language, text)
    found: list[Passage] = []
    for part, end in zip(parts, accumulate(map(len, parts)), strict=True):
        words = part.strip()
        if words:
            start = piece.start + end - len(part.lstrip())
            found.append(Passage(start, start + len(words)))
    return found


def _clauses(article: Article, block: Block, piece: Passage) -> list[Passage]:
    sentences = _sentences(article, block, piece)
    if block.kind in {BlockKind.CODE, BlockKind.TABLE}:
        return sentences
    found: list[Passage] = []
    for start, end in sentences:
        edges = [start, *chain.from_iterable(_matches(_CLAUSE_BREAK, article.text[start:end], start)), end]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            words = article.text[first:last].strip()
            if any(map(str.isalnum, words)):
                begin = article.text.index(words, first)
                found.append(Passage(begin, begin + len(words)))
    return found


def _paragraph(_article: Article, _block: Block, piece: Passage) -> list[Passage]:
    return [piece]


_SPLITTERS: Final[dict[TextUnit, Callable[[Article, Block, Passage], list[Passage]]]] = {
    TextUnit.CHARACTER: _characters,
    TextUnit.WORD: _words,
    TextUnit.CLAUSE: _clauses,
    TextUnit.SENTENCE: _sentences,
    TextUnit.PARAGRAPH: _paragraph,
}
