"""Lists: their items at any indentation, with continuation lines, and the entries of a table of contents."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pactreader.core.article import BlockKind, Piece
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.formats.readers.hard_wraps import JoinedLines, Unwrapper
from pactreader.formats.readers.list_markers import bullet
from pactreader.formats.readers.plain_text.chunks import NO_WORD, TAB_SIZE, Chunk, columns, indent
from pactreader.formats.readers.plain_text.headings import Number

_BULLET_SIGNS: Final = "-*+•‣◦▪·∙–●○■□◆◇◎※→➢►"
_HAN_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
_CASELESS_LETTER: Final = r"[^\W\d_A-Z\u2e80-\ua4cf]"
"""A letter that numbers items in its script, or a small one: no Han, kana or Latin capital."""
_ITEM: Final = lazy_pattern(
    rf"(?P<indent>\s*+){NO_WORD}(?:(?:"
    rf"(?P<bullet>[{_BULLET_SIGNS}]|o(?=[ \t]{{2}}))"
    r"|(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?P<dot>[.)]?)"
    rf"|(?P<bracket>\((?:[0-9A-Za-z]{{1,4}}|{_CASELESS_LETTER})\)|{_CASELESS_LETTER}\))"
    rf"|(?P<letter>[A-Z]|{_CASELESS_LETTER}|[ivxIVX]{{2,5}})[.)]|\[(?P<reference>\d{{1,3}})\]"
    r")(?P<space>[ \t\u3000]+)"
    rf"|(?P<wide>(?:{_HAN_NUMBER}|\d{{1,3}})[、．]|[(（](?:{_HAN_NUMBER}|\d{{1,3}})[)）](?=[\s\u2e80-\uffee])|[①-⑳])\s*"
    r"|(?P<wide_bullet>[・●○■□◆◇◎](?=[\u3040-\u9fff\uac00-\ud7a3]))"
    r")(?=\S)"
)
_BARE_NUMBER: Final = lazy_pattern(r"\s*(\d{1,3})\s+(?=\S)")
_HAN_DIGITS: Final = "一二三四五六七八九十"

_STOPS: Final = (".", "!", "?", "。", "！", "？", "।", "؟")
"""The ends of sentences."""

_ENTRY_END: Final = lazy_pattern(
    r"(?P<text>\S.*?)(?P<leader>(?:\s*\.){3,}\s*|(?:\s*[…·_‥]){2,}\s*|\s{2,})(?P<page>\d{1,4}|[ivxlc]{1,6}|[A-Z]-\d{1,3})"
)
"""An entry of a table of contents, with leaders or blanks before its page number."""
_PAGE_ENDS: Final = frozenset("0123456789ivxlc")
"""The last characters of page numbers."""
_LEADER: Final = " … "
"""The leader that is shown: those of the text were made for its width."""
_MIN_LEADER: Final = 6
"""The least length of the leader of an entry that stands alone: an ellipsis is shorter."""
_MAX_ENTRY: Final = 200
"""The greatest length of an entry in code points."""


class Marker(NamedTuple):
    """The marker of an item."""

    text: str
    """The marker as it is shown, empty for a bullet."""
    start: int
    """The indent of the marker in columns."""
    content: int
    """The column in which the item's text begins."""
    length: int
    """The number of code points before the text."""
    number: Number | None
    """Its number, if it has one that can be counted on."""
    weak: bool
    """True if it takes a neighbour to tell it from the beginning of a sentence: `A. Smith`, `3.5 million`."""

    @property
    def depth(self) -> int:
        """The number of its number's parts; 0 if it has none."""
        return len(self.number.path) if self.number and not self.number.path[0].isalpha() else 0


def item_columns(line: str) -> tuple[int, int] | None:
    """Return the columns of the marker and the text, if a line begins a list item."""
    marker = item_marker(line)
    return (marker.start, marker.content) if marker and not marker.weak else None


def item_number(line: str) -> Number | None:
    """Return the number that a line begins with, if it begins a list item."""
    marker = item_marker(line)
    return marker.number if marker else None


def _han_value(numeral: str) -> int:
    """Return the value of a numeral below a hundred: `二十三` → 23."""
    tens, ten, ones = numeral.rpartition("十")
    return (10 * (_HAN_DIGITS.find(tens) + 1 or 1) if ten else 0) + _HAN_DIGITS.find(ones) + bool(ones)


def _wide_value(numeral: str) -> int:
    """Return the value of a numeral of East Asian lists: `三`, `３` or `③` → 3."""
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    return int(numeral) if numeral.isdecimal() else _han_value(numeral)


def item_marker(line: str) -> Marker | None:
    """Return the marker that a line begins with, if it may begin an item."""
    found = _ITEM.match(line)
    if not found:
        return None
    start = columns(found["indent"] or "")
    text = found[0].strip()
    content = start + len(text) + len((found["space"] or "").expandtabs(TAB_SIZE))
    number, weak = None, False
    if found["bullet"] or found["wide_bullet"]:
        text = ""
    elif found["number"]:
        number = Number(tuple(found["number"].split(".")))
        weak = not found["dot"]
        if weak and len(number.path) == 1:
            return None
    elif found["letter"]:
        number, weak = Number((found["letter"],)), True
    elif found["bracket"]:
        number = Number((found["bracket"].strip("()"),))
    else:
        number, weak = Number((found["reference"] or str(_wide_value(text.strip("()（）、．"))),)), True
    return Marker(text, start, content, found.end(), number, weak)


class _Level(NamedTuple):
    """A level of the present list."""

    marker: int
    """The indent of its markers in columns."""
    content: int
    """The column in which the text of the last item begins."""
    depth: int
    """The depth of its numbers."""


class ListParser:
    """A parser of lists, whose items may be separated by blank lines."""

    def __init__(self, quoted: int, unwrapper: Unwrapper) -> None:
        self._quoted = quoted
        self._unwrapper = unwrapper
        self._levels: list[_Level] = []
        """The levels of the present list; empty outside of a list."""
        self._last: Number | None = None
        """The number of the last item."""

    def end_list(self) -> None:
        """End the present list, if there is one."""
        self._levels.clear()
        self._last = None

    def is_inside(self, chunk: Chunk) -> bool:
        """Return whether the first line is set in at least as far as the markers of the present list."""
        return bool(self._levels) and chunk.indents[0] >= self._levels[0].marker

    def continued_level(self, chunk: Chunk) -> int:
        """Return the level of the item whose later paragraph a chunk is; 0 if it is none.

        The levels below it end.
        """
        level = len(self._levels)
        column = min(chunk.indents) if level else 0
        while level and (
            column < self._levels[level - 1].content - 1 or column <= self._levels[level - 1].marker
        ):
            level -= 1
        if level:
            del self._levels[level:]
        return level

    def content_column(self, level: int) -> int:
        """Return the column in which the text of a level begins."""
        return self._levels[level - 1].content

    def items(self, chunk: Chunk, following: str) -> dict[int, Marker]:
        """Return the lines that begin items, by their indices; none if a chunk has no list.

        After other lines there must be two of them, or a colon before them, as a line of a paragraph may begin with a
        dash or a number; or those lines are the later paragraph of an item, and the list goes on.

        Args:
            chunk: The chunk.
            following: The line after the blank lines below it.
        """
        found = {index: marker for index, line in enumerate(chunk.lines) if (marker := item_marker(line))}
        if any(marker.weak for marker in found.values()):
            numbers = [self._last, *(marker.number for marker in found.values()), item_number(following)]
            sure = [
                not marker.weak or in_sequence(marker.number, numbers[place], numbers[place + 2])
                for place, marker in enumerate(found.values())
            ]
            found = {index: marker for (index, marker), keep in zip(found.items(), sure, strict=True) if keep}
        first = next(iter(found), 0)
        if first == 0 or len(found) > 1 or chunk.lines[first - 1].rstrip().endswith((":", "：")):
            return found
        goes_on = chunk.indents[first - 1] > found[first].start in {level.marker for level in self._levels}
        return found if goes_on else {}

    def parse(self, chunk: Chunk, items: Mapping[int, Marker]) -> Iterator[Piece]:
        """Parse the paragraph before the first item, if there is one, and the items.

        Lines after an item that are set in less than its marker are a paragraph, unless its sentence goes on in them.
        """
        starts = list(items)
        if starts[0]:
            before = chunk.part(0, starts[0])
            level = self.continued_level(before)
            if level:
                joined = self._unwrapper.unwrap(before.lines)
                yield before.piece(BlockKind.LIST_ITEM, joined, level, quoted=self._quoted)
            else:
                self.end_list()
                yield self._paragraph(before)
        for (start, marker), end in zip(items.items(), [*starts[1:], len(chunk.lines)], strict=True):
            level = self._level(marker)
            self._last = marker.number
            last = next((i for i in range(start + 1, end) if self._ends_item(chunk, i, marker)), end)
            yield self._item(chunk.part(start, last), marker, level)
            if min(chunk.indents[start:last]) < marker.start:
                self.end_list()
            if last < end:
                self.end_list()
                yield self._paragraph(chunk.part(last, end))

    def _ends_item(self, chunk: Chunk, index: int, marker: Marker) -> bool:
        """Return whether a line below the first one of an item is no part of it."""
        column = chunk.indents[index]
        if not marker.start or column > marker.start:
            return False
        ends = chunk.lines[index - 1].rstrip().endswith(_STOPS)
        if column == marker.start and not ends:
            return False
        if column < marker.start and (ends or marker.number is None):
            return True
        return not self._unwrapper.wraps(chunk.lines[index - 1 : index + 1])

    def _paragraph(self, chunk: Chunk) -> Piece:
        kind = BlockKind.QUOTATION if self._quoted else BlockKind.PARAGRAPH
        return chunk.piece(kind, self._unwrapper.unwrap(chunk.lines), quoted=self._quoted)

    def _item(self, chunk: Chunk, marker: Marker, level: int) -> Piece:
        """Parse an item, whose lines are joined in any case if they are set in, as they were hard-wrapped then."""
        lines = [chunk.lines[0][marker.length :], *chunk.lines[1:]]
        hanging = all(line[:1].isspace() for line in lines[1:])
        joined = self._unwrapper.join(lines) if hanging else self._unwrapper.unwrap(lines)
        text = marker.text or bullet(level)
        return chunk.piece(BlockKind.LIST_ITEM, joined, level, text, self._quoted)

    def _level(self, marker: Marker) -> int:
        """Return the level of the next item, from 1, by its indent, or by the depth of its number: `1.1.` below `1.`"""
        levels, depth = self._levels, marker.depth
        if not depth:
            while len(levels) > 1 and marker.start <= levels[-2].marker:
                levels.pop()
        while levels and (marker.start < levels[-1].marker or 0 < depth < levels[-1].depth):
            levels.pop()
        deeper = levels and (marker.start > levels[-1].marker + 1 or depth > levels[-1].depth > 0)
        if levels and not deeper:
            levels.pop()
        levels.append(_Level(marker.start, marker.content, depth))
        return len(levels)

    def is_contents(self, lines: Sequence[str]) -> bool:
        """Return whether lines are entries of a table of contents: they end with leaders and page numbers.

        Blanks are leaders only if the entries are numbered, as tables have numbers at the ends of their rows too.
        """
        ends = list(map(_entry_end, lines))
        if not any(ends):
            return False
        entries = [(line, end) for line, end in zip(lines, ends, strict=True) if end]
        if len(entries) < max(1, len(lines) / 2) or (len(entries) == 1 and len(lines) > 2):
            return False
        if len(entries) == 1:
            return len(entries[0][1]["leader"]) >= _MIN_LEADER
        leaders = sum(bool(end["leader"].strip()) for _line, end in entries)
        numbered = sum(bool(item_number(line)) for line, _end in entries)
        return leaders >= len(entries) / 2 or numbered >= len(entries) / 2

    def parse_contents(self, chunk: Chunk) -> Iterator[Piece]:
        """Parse the entries of a table of contents, as items without bullets. An entry ends with its page number."""
        start = 0
        for index, line in enumerate(chunk.lines):
            end = _entry_end(line)
            last = index + 1 == len(chunk.lines)
            opens = not last and not end and bool(item_marker(chunk.lines[index + 1]))
            if end or last or opens:
                yield self._entry(chunk.part(start, index + 1))
                start = index + 1

    def _entry(self, chunk: Chunk) -> Piece:
        marker = item_marker(chunk.lines[0]) or _entry_marker(chunk.lines[0])
        lines = [chunk.lines[0][marker.length :], *chunk.lines[1:]]
        text, offsets = self._unwrapper.join(lines)
        if end := _entry_end(text):
            leader = _LEADER if end["leader"].strip() else "  "
            text = f"{end['text']}{leader}{end['page']}"
        joined = JoinedLines(text, [min(offset, len(text)) for offset in offsets])
        return chunk.piece(BlockKind.LIST_ITEM, joined, self._level(marker), marker.text, self._quoted)


def _entry_end(line: str) -> re.Match[str] | None:
    """Return the match of an entry of a table of contents, whose line ends with a page number."""
    words = line.strip()
    if words[-1:] not in _PAGE_ENDS or len(words) > _MAX_ENTRY:
        return None
    return _ENTRY_END.fullmatch(words)


def _entry_marker(line: str) -> Marker:
    """Return the marker of an entry of a table of contents: a number without a full stop, or none."""
    start = indent(line)
    found = _BARE_NUMBER.match(line)
    if not found:
        return Marker("", start, start, len(line) - len(line.lstrip()), None, weak=False)
    number = Number((found[1],))
    return Marker(found[1], start, start + len(found[1]) + 1, found.end(), number, weak=False)


def in_sequence(number: Number | None, before: Number | None, after: Number | None) -> bool:
    """Return whether a number is the one after the number before it, or before the one after it."""
    if number is None:
        return False
    deeper = after is not None and len(after.path) > 1 and after.path[:-1] == number.path
    return deeper or bool((before and _continues(number, before)) or (after and _continues(after, number)))


def _continues(number: Number, before: Number) -> bool:
    """Return whether a number is what an author writes after another: the next, `1.1` after `1`, or `2` after `1.3`."""
    if before.is_followed_by(number) or number.path == (*before.path, "1"):
        return True
    depth = len(number.path)
    return depth < len(before.path) and Number(before.path[:depth]).is_followed_by(number)
