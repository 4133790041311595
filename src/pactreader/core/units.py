"""Where characters, words, sentences, paragraphs and sections begin and end."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable
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


_REMEMBERED_BLOCKS: Final = 256
"""Blocks whose words, sentences and characters are kept: a few screens of paragraphs."""

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
        found = self._in_block(unit, index)
        if not found:
            block = article.blocks[index]
            return Passage(block.start, block.end)
        return found[max(0, bisect_right(found, offset, key=_start) - 1)]

    def next_start(self, unit: Unit, offset: int) -> int | None:
        """Where the next unit after an offset begins; `None` if there is none."""
        article = self._article
        if not article.blocks:
            return None
        if unit is Unit.SECTION:
            return self._next_heading(offset)
        for index in range(article.block_index(offset), len(article.blocks)):
            found = self._in_block(unit, index)
            position = bisect_right(found, offset, key=_start)
            if position < len(found):
                return found[position].start
        return None

    def next_end(self, unit: Unit, offset: int) -> int | None:
        """Where the first unit that ends after an offset ends; `None` if there is none."""
        article = self._article
        if not article.blocks:
            return None
        if unit is Unit.SECTION:
            section = self._section(article.block_index(offset))
            if section.end > offset:
                return section.end
            following = self._next_heading(offset)
            return None if following is None else self._section(article.block_index(following)).end
        for index in range(article.block_index(offset), len(article.blocks)):
            found = self._in_block(unit, index)
            position = bisect_right(found, offset, key=_end)
            if position < len(found):
                return found[position].end
        return None

    def previous_start(self, unit: Unit, offset: int) -> int | None:
        """Where the last unit before an offset begins; `None` if there is none."""
        article = self._article
        if not article.blocks:
            return None
        if unit is Unit.SECTION:
            start = self._section(article.block_index(offset)).start
            if start < offset:
                return start
            return self._section(article.block_index(start - 1)).start if start else None
        for index in range(article.block_index(offset), -1, -1):
            found = self._in_block(unit, index)
            position = bisect_left(found, offset, key=_start)
            if position:
                return found[position - 1].start
        return None

    def previous_end(self, unit: Unit, offset: int) -> int | None:
        """Where the last unit that ends at or before an offset ends; `None` if there is none. Not for sections."""
        article = self._article
        if not article.blocks:
            return None
        for index in range(article.block_index(offset), -1, -1):
            found = self._in_block(unit, index)
            position = bisect_right(found, offset, key=_end)
            if position:
                return found[position - 1].end
        return None

    def _in_block(self, unit: Unit, index: int) -> list[Passage]:
        kept = self._kept[unit]
        found = kept.get(index)
        if found is None:
            block = self._article.blocks[index]
            found = kept[index] = _SPLITTERS[unit](self._article, block)
            if len(kept) > _REMEMBERED_BLOCKS:
                kept.popitem(last=False)
        return found

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


def _characters(article: Article, block: Block) -> list[Passage]:
    text = article.block_text(block)
    if text.isascii():
        return [Passage(offset, offset + 1) for offset in range(block.start, block.end)]
    from regex import finditer  # noqa: PLC0415 - most texts do without

    return [Passage(block.start + m.start(), block.start + m.end()) for m in finditer(r"\X", text)]


def _words(article: Article, block: Block) -> list[Passage]:
    from regex import finditer  # noqa: PLC0415 - the first frame does without

    text = article.block_text(block)
    return [Passage(block.start + m.start(), block.start + m.end()) for m in finditer(_WORD, text)]


def _sentences(article: Article, block: Block) -> list[Passage]:
    text = article.block_text(block)
    if block.kind in {BlockKind.CODE, BlockKind.TABLE}:
        pieces = text.splitlines(keepends=True)
    else:
        from sentencex import segment  # noqa: PLC0415 - the command line does without

        pieces = segment(article.language, text)
    found: list[Passage] = []
    for piece, end in zip(pieces, accumulate(map(len, pieces)), strict=True):
        words = piece.strip()
        if words:
            start = block.start + end - len(piece.lstrip())
            found.append(Passage(start, start + len(words)))
    return found


def _paragraph(_article: Article, block: Block) -> list[Passage]:
    return [Passage(block.start, block.end)]


_SPLITTERS: Final[dict[Unit, Callable[[Article, Block], list[Passage]]]] = {
    Unit.CHARACTER: _characters,
    Unit.WORD: _words,
    Unit.SENTENCE: _sentences,
    Unit.PARAGRAPH: _paragraph,
}
