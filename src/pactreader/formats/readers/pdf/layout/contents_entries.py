"""Printed tables of contents: entries with page numbers at their ends, one a line."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pactreader.core.article import BlockKind
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.layout.line_joining import LineText, concatenate, join, text_of
from pactreader.formats.readers.pdf.layout.lines import Line

_LEADERS: Final = re.compile(
    r"(?<![.…·_‥\s])(?P<leader>(?:(?:\s*[.…·_‥]){3,}+|(?:\s[.·]){2})\s*)(?P<page>\d{1,4}|[ivxlc]{1,6}|(?<=[.…·_‥] [.…·_‥]))$"
)
_LAST: Final = frozenset("0123456789ivxlc.")
_PAGE: Final = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_NUMBER: Final = re.compile(r"(?:\d{1,3}|[A-Z]|[IVX]{1,5})(?:\.\d{1,3}){0,5}\.?(?=\s)")
_HEADING: Final = re.compile(
    r"(?:table of )?contents|list of (?:figures|tables|listings)|(?:inhalts|abbildungs|tabellen)verzeichnis|inhalt"
    r"|table des matières|sommaire|índice(?: general)?|indice|sumário|inhoud(?:sopgave)?|spis treści|obsah"
    r"|содержание|оглавление|目\s?[录錄次]|차례|목차|المحتويات|فهرس.{0,12}",
    re.IGNORECASE,
)
"""The headings of tables of contents, below which entries need no leaders."""
_NO_NUMBER: Final = " "
"""The marker of an entry without a number: with an empty one it would be a further paragraph of the entry above it."""
_LEADER: Final = " … "
"""The leader that is shown, as in plain text: those of the page were made for its width."""
_MIN_ENTRIES: Final = 3
"""The least number of lines of a table of contents of which one has no leaders."""
_MAX_LINES: Final = 3
"""The greatest number of lines of an entry."""


class Contents(NamedTuple):
    """A table of contents."""

    end: int
    """The index of the line behind it."""
    blocks: Sequence[LaidOutBlock]


class _Entry(NamedTuple):
    text: LineText
    left: float


def contents_of(lines: Sequence[Line], hyphens: LineEndHyphens) -> dict[int, Contents]:
    """Return the tables of contents in lines, by the indices of their first lines."""
    ends = [_entry_end(line) for line in lines]
    found: dict[int, Contents] = {}
    index = 0
    while index < len(lines):
        if not ends[index]:
            index += 1
            continue
        start = index
        entries: list[_Entry] = []
        first = start
        while index < len(lines) and index - first < _MAX_LINES:
            if end := ends[index]:
                text = join([text_of(line) for line in lines[first : index + 1]], hyphens)
                cut = len(lines[index].text) - end[0]
                words = text.slice(0, len(text.text) - cut).stripped()
                page = text.slice(len(text.text) - end[1], len(text.text))
                if page.text:
                    words = concatenate([words, LineText(_LEADER), page])
                entries.append(_Entry(words, lines[first].left))
                first = index + 1
            index += 1
        leaders = sum(bool(_LEADERS.search(line.text)) for line in lines[start:first])
        is_named = start > 0 and bool(_HEADING.fullmatch(lines[start - 1].text))
        if 2 * leaders >= len(entries) or (
            len(entries) >= _MIN_ENTRIES and (is_named or 4 * leaders >= len(entries))
        ):
            found[start] = Contents(first, _blocks(entries))
        index = max(first, start + 1)
    return found


def _entry_end(line: Line) -> tuple[int, int] | None:
    """Return the end of an entry's words in its line, and the length of its page number, if there is one."""
    if line.text[-1] not in _LAST:
        return None
    if leaders := _LEADERS.search(line.text):
        return (leaders.start(), len(leaders["page"])) if leaders.start() else None
    last = line.cells[-1]
    page = line.text[last.start : last.end]
    if len(line.cells) > 1 and _PAGE.fullmatch(page) and last.right > line.column_right - line.size:
        return last.start, len(page)
    return None


def _blocks(entries: Sequence[_Entry]) -> list[LaidOutBlock]:
    lefts: list[float] = []
    for left in sorted(entry.left for entry in entries):
        if not lefts or left > lefts[-1] + 4:
            lefts.append(left)
    blocks = []
    for text, left in entries:
        level = sum(left > other - 4 for other in lefts)
        number = _NUMBER.match(text.text)
        words = text.stripped(len(number[0])) if number else text
        blocks.append(words.block(BlockKind.LIST_ITEM, level, number[0] if number else _NO_NUMBER))
    return blocks
