"""Text units: characters, words, clauses, sentences, paragraphs and sections."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, chain, groupby
from typing import Final

from pactreader.core.article import Article, Block, Passage
from pactreader.core.sentences import sentences_in
from pactreader.core.text_slices import (
    HUGE_BLOCK,
    MAX_PASSAGE,
    is_verbatim,
    paragraph_slices,
    sentence_slices,
    word_slices,
)
from pactreader.core.words import words_in


class TextUnit(StrEnum):
    """A unit that the caret can move by."""

    CHARACTER = "character"
    WORD = "word"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


_CACHED_SLICES: Final = 256
"""The number of slices whose units of one kind are cached: a few screens of paragraphs."""
_ASCENDING: Final = (TextUnit.WORD, TextUnit.CLAUSE, TextUnit.SENTENCE, TextUnit.PARAGRAPH)

_CLAUSE_BREAK: Final = (
    r"[,;:][\p{Pf}\p{Pe}\"']*(?=\s)"  # a comma in a number has no space after it
    r"|(?<=\s)[\p{Pd}](?=\s)|[—―]"
    r"|[，；：、،؛]"
    r"|(?<=\s)[(\[](?=\S)|(?<=\S)[)\]](?=\W)|[（）]"
)
"""A clause boundary: commas and the like, dashes, parentheses. The marks belong to neither clause."""
_PHRASE_BREAK: Final = r"(?<=[\p{Thai}\p{Lao}])\s+(?=[\p{Thai}\p{Lao}])"
"""A space in languages that put it between phrases and not between words."""
_LANGUAGES_OF_PHRASES: Final = frozenset({"th", "lo"})


class TextUnits:
    """The units of one article. Offsets are code points of its text. Recent lookups are cached."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._units_by_slice: dict[TextUnit, OrderedDict[int, list[Passage]]] = {
            unit: OrderedDict() for unit in TextUnit
        }
        """For each unit, the passages in a slice by the slice's start."""
        self._slices_by_block: dict[tuple[_Division, int], list[Passage]] = {}
        """The slices of huge blocks by the way they were divided and the block's index."""

    def unit_at(self, unit: TextUnit, offset: int) -> Passage:
        """Return the unit at an offset; between two units, the one before, or else the first of the block.

        A sentence does not include the space after it. A section goes from its heading to the next one of its level or
        higher; blocks before the first heading are a section too.
        """
        article = self._article
        if not article.blocks:
            return Passage(0, 0)
        index = article.block_index(offset)
        if unit is TextUnit.SECTION:
            return self._section(index)
        slices = self._slices(unit, index)
        number = _slice_index(slices, offset)
        found = self._units_in(unit, index, slices[number])
        if position := bisect_right(found, offset, key=_start):
            return found[position - 1]
        before = self._units_in(unit, index, slices[number - 1]) if number else []
        return (before[-1:] or found[:1] or slices[number : number + 1])[0]

    def next_start(self, unit: TextUnit, offset: int) -> int | None:
        """Return the start of the first unit that begins after an offset; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._next_heading(offset)
        for found in self._units_from(unit, offset):
            position = bisect_right(found, offset, key=_start)
            if position < len(found):
                return found[position].start
        return None

    def next_end(self, unit: TextUnit, offset: int) -> int | None:
        """Return the end of the first unit that ends after an offset; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._next_section_end(offset)
        for found in self._units_from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position < len(found):
                return found[position].end
        return None

    def previous_start(self, unit: TextUnit, offset: int) -> int | None:
        """Return the start of the last unit that begins before an offset; `None` if there is none."""
        if unit is TextUnit.SECTION:
            return self._previous_section_start(offset)
        for found in self._units_back_from(unit, offset):
            position = bisect_left(found, offset, key=_start)
            if position:
                return found[position - 1].start
        return None

    def previous_end(self, unit: TextUnit, offset: int) -> int | None:
        """Return the end of the last unit that ends at or before an offset; `None` without one. Not for sections."""
        for found in self._units_back_from(unit, offset):
            position = bisect_right(found, offset, key=_end)
            if position:
                return found[position - 1].end
        return None

    def units_between(self, unit: TextUnit, start: int, end: int) -> list[Passage]:
        """Return the units that overlap `[start, end)`. Not for sections."""
        if not self._article.blocks or start >= end:
            return []
        found: list[Passage] = []
        for index in range(self._article.block_index(start), self._article.block_index(end - 1) + 1):
            slices = self._slices(unit, index)
            for part in slices[_slice_index(slices, start) : _slice_index(slices, end - 1) + 1]:
                units = self._units_in(unit, index, part)
                found += units[bisect_right(units, start, key=_end) : bisect_left(units, end, key=_start)]
        return found

    # Growing and shrinking a selection

    def grow(self, passage: Passage) -> Passage | None:
        """Return the smallest larger passage of whole units around this one; `None` for the whole text.

        It goes from words to clauses, sentences, paragraphs, sections, the sections around these, and the whole text.
        """
        return next((larger for larger in self._larger_units(passage) if _is_inside(passage, larger)), None)

    def shrink(self, passage: Passage, offset: int) -> Passage | None:
        """Return the largest unit at an offset that is inside a passage and smaller; `None` if there is none."""
        units = (self.unit_at(unit, offset) for unit in (TextUnit.SECTION, *reversed(_ASCENDING)))
        return next((smaller for smaller in units if _is_inside(smaller, passage)), None)

    def expand_to(self, unit: TextUnit, passage: Passage) -> Passage:
        """Return the passage expanded to whole units."""
        first, last = (
            self.unit_at(unit, passage.start),
            self.unit_at(unit, max(passage.start, passage.end - 1)),
        )
        start = min(first.start, passage.start) if first.end > passage.start else passage.start
        return Passage(start, max(last.end, passage.end))

    def _larger_units(self, passage: Passage) -> Iterator[Passage]:
        """Iterate over the units around a passage, from words to the whole text."""
        for unit in _ASCENDING:
            yield self.expand_to(unit, passage)
        article = self._article
        for heading in reversed(article.headings_above(passage.start)):
            section = self._section(article.block_index(heading.start))
            if passage.end <= section.end:
                yield section
        yield Passage(0, len(article.text))

    # Slices: parts of blocks whose units are computed together

    def _slices(self, unit: TextUnit, index: int) -> list[Passage]:
        """Return a block's slices, which no unit crosses: several if the block is huge."""
        block = self._article.blocks[index]
        if block.end - block.start <= (MAX_PASSAGE if unit is TextUnit.PARAGRAPH else HUGE_BLOCK):
            return [Passage(block.start, block.end)]
        divide = _DIVISIONS[unit]
        if (divide, index) not in self._slices_by_block:
            self._slices_by_block[divide, index] = list(divide(self._article, block))
        return self._slices_by_block[divide, index]

    def _units_from(self, unit: TextUnit, offset: int) -> Iterator[list[Passage]]:
        """Iterate over the units of each slice from the one at an offset to the last one."""
        blocks = self._article.blocks
        for index in range(self._article.block_index(offset), len(blocks)):
            slices = self._slices(unit, index)
            for part in slices[_slice_index(slices, offset) :]:
                yield self._units_in(unit, index, part)

    def _units_back_from(self, unit: TextUnit, offset: int) -> Iterator[list[Passage]]:
        """Iterate over the units of each slice from the one at an offset back to the first one."""
        last = self._article.block_index(offset) if self._article.blocks else -1
        for index in range(last, -1, -1):
            slices = self._slices(unit, index)
            for part in reversed(slices[: _slice_index(slices, offset) + 1]):
                yield self._units_in(unit, index, part)

    def _units_in(self, unit: TextUnit, index: int, part: Passage) -> list[Passage]:
        """Return the units in a slice of the block at an index, from the cache if they are there."""
        cache = self._units_by_slice[unit]
        found = cache.get(part.start)
        if found is None:
            found = cache[part.start] = _SPLITTERS[unit](self._article, self._article.blocks[index], part)
            if len(cache) > _CACHED_SLICES:
                cache.popitem(last=False)
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


def _is_inside(passage: Passage, larger: Passage) -> bool:
    """Return whether a passage is inside another one that is larger."""
    return larger.start <= passage.start and passage.end <= larger.end and passage != larger


def _slice_index(slices: list[Passage], offset: int) -> int:
    """Return the index of the slice at an offset, or of the nearest one."""
    return max(0, bisect_right(slices, offset, key=_start) - 1)


def _characters(article: Article, _block: Block, part: Passage) -> list[Passage]:
    text = article.text[part.start : part.end]
    if text.isascii():
        return [Passage(offset, offset + 1) for offset in range(*part)]
    return _matches(r"\X", text, part.start)


def _words(article: Article, _block: Block, part: Passage) -> list[Passage]:
    return words_in(article.text[part.start : part.end], part.start)


def _matches(pattern: str, text: str, start: int) -> list[Passage]:
    """Return the matches of a pattern in a text that begins at an offset."""
    from regex import finditer  # not needed for the first frame

    return [Passage(start + found.start(), start + found.end()) for found in finditer(pattern, text)]


def _sentences(article: Article, block: Block, part: Passage) -> list[Passage]:
    text = article.text[part.start : part.end]
    if is_verbatim(block):
        return _stripped(text.splitlines(keepends=True), part.start)
    return [
        Passage(part.start + start, part.start + end) for start, end in sentences_in(text, article.language)
    ]


def _stripped(parts: Sequence[str], start: int) -> list[Passage]:
    """Return the parts of a text that begins at an offset, without white space around each and without empty ones."""
    found: list[Passage] = []
    for part, begin in zip(parts, accumulate(map(len, parts), initial=start), strict=False):
        words = part.strip()
        if words:
            first = begin + len(part) - len(part.lstrip())
            found.append(Passage(first, first + len(words)))
    return found


def _clauses(article: Article, block: Block, part: Passage) -> list[Passage]:
    sentences = _sentences(article, block, part)
    if is_verbatim(block):
        return sentences
    pattern = _CLAUSE_BREAK
    if article.language in _LANGUAGES_OF_PHRASES:
        pattern += f"|{_PHRASE_BREAK}"
    found: list[Passage] = []
    for start, end in sentences:
        edges = [start, *chain.from_iterable(_matches(pattern, article.text[start:end], start)), end]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            words = article.text[first:last].strip()
            if any(map(str.isalnum, words)):
                begin = article.text.index(words, first)
                found.append(Passage(begin, begin + len(words)))
    return found


def _paragraphs(article: Article, block: Block, part: Passage) -> list[Passage]:
    """Return a block as it is; of one that is too long for a passage, the runs of lines between blank lines."""
    if block.end - block.start <= MAX_PASSAGE:
        return [part]
    text = article.text[part.start : part.end]
    if not is_verbatim(block):
        return _stripped([text], part.start)
    runs = groupby(text.splitlines(keepends=True), key=str.isspace)
    return _stripped(["".join(lines) for _, lines in runs], part.start)


_SPLITTERS: Final[dict[TextUnit, Callable[[Article, Block, Passage], list[Passage]]]] = {
    TextUnit.CHARACTER: _characters,
    TextUnit.WORD: _words,
    TextUnit.CLAUSE: _clauses,
    TextUnit.SENTENCE: _sentences,
    TextUnit.PARAGRAPH: _paragraphs,
}
_Division = Callable[[Article, Block], Iterator[Passage]]
_DIVISIONS: Final[dict[TextUnit, _Division]] = {
    TextUnit.CHARACTER: word_slices,
    TextUnit.WORD: word_slices,
    TextUnit.CLAUSE: sentence_slices,
    TextUnit.SENTENCE: sentence_slices,
    TextUnit.PARAGRAPH: paragraph_slices,
}
"""The way in which a huge block is divided into slices that no unit of a kind crosses."""
