"""The parser of a plain text's headings that nothing underlines: chapters, numbered ones, capitals, those outside the margin."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pactreader.formats.readers.hard_wraps import cells, max_cells
from pactreader.formats.readers.plain_text.chunks import indent, min_indent
from pactreader.formats.readers.plain_text.drawn_lines import has_gap
from pactreader.formats.readers.plain_text.headings import (
    MAX_HEADING,
    MAX_LEVEL,
    Number,
    ends_sentence,
    heading_number,
    is_capitals,
    named_level,
    undecorated,
)
from pactreader.formats.readers.plain_text.lists import item_columns, item_number

_MAX_CONTINUED: Final = 3
"""The greatest number of lines of a heading."""
_MIN_TEXT_WIDTH: Final = 56
"""The least width in cells of a line of text below a heading."""
_CASE_SAMPLE: Final = 4_000
"""The number of code points in which capitals are counted."""
_NO_HEADING: Final = ("。", "，", "；", "：", "”", "」")
"""The ends of lines that are no headings in any case."""


class Heading(NamedTuple):
    """A heading that some lines begin with."""

    end: int
    """The number of its lines."""
    level: int


class HeadingParser:
    """A parser of headings that nothing underlines."""

    def __init__(self, text: str, margin: int) -> None:
        """Create a parser for a text whose prose has a margin in columns."""
        self._margin = margin
        self._sample = text[:_CASE_SAMPLE]
        self._number: Number | None = None
        """The number of the last heading that has one."""

    @cached_property
    def _has_lower(self) -> bool:
        """True if most letters of the text are small, so that capitals stand out."""
        return sum(map(str.islower, self._sample)) > sum(map(str.isupper, self._sample))

    def find(self, lines: Sequence[str], following: str) -> Heading | None:
        """Return the heading that lines without blank lines between them begin with.

        Args:
            lines: The lines.
            following: The line after the blank lines below them.
        """
        first = lines[0]
        if len(first) > MAX_HEADING or first.endswith(_NO_HEADING):
            return None
        line = first.strip()
        end = self._end(lines)
        if not end:
            return None
        level = named_level(line)
        if not level and is_capitals(line.removesuffix(":")) and self._has_lower:
            level = 2
        if not level and end == len(lines) == 1 and undecorated(line):
            level = 2
        if level:
            return Heading(end, level)
        number = heading_number(line)
        if number:
            level = self._numbered_level(number, first, lines[1] if len(lines) > 1 else following)
            if level:
                self._number = number
                return Heading(end, min(level, MAX_LEVEL))
        elif (
            self._is_outside(first)
            and line[0].isalnum()
            and not item_columns(first)
            and not ends_sentence(line)
            and not has_gap(line)
        ):
            return Heading(end, 2 if first == line else 3)
        return None

    def _end(self, lines: Sequence[str]) -> int:
        """Return the number of lines that a heading takes: its own, if the text below it is set in more; 0 for none."""
        if len(lines) == 1:
            return 1
        if end := self._end_above_text(lines):
            return end
        if not (lines[0].isupper() or self._is_outside(lines[0])):
            return 0
        rest = min_indent(lines[1:])
        if indent(lines[0]) < rest:
            columns = item_columns(lines[0])
            if columns and rest >= columns[1] and len(lines) <= _MAX_CONTINUED and rest != self._margin:
                return len(lines)
            return 1
        return 0

    def _end_above_text(self, lines: Sequence[str]) -> int:
        """Return the number of lines of a named or numbered heading above its title or its text; 0 if there is none.

        The title of a chapter may have lines of its own. Text is much wider than the line above it, which then was not
        ended because it was full.
        """
        following = lines[1]
        if following[:1].isspace() or following[:1].islower():
            return 0
        width = max_cells(lines[1:])
        is_text = width >= _MIN_TEXT_WIDTH
        if is_text and 2 * cells(lines[0]) >= width:
            return 0
        line = lines[0].strip()
        is_named = bool(named_level(line))
        if not (is_named or heading_number(line)) or item_number(following) or named_level(following.strip()):
            return 0
        if is_text:
            return 1
        is_title = is_named and len(lines) <= _MAX_CONTINUED and not any(map(_ends, lines[1:]))
        return len(lines) if is_title else 0

    def _is_outside(self, line: str) -> bool:
        """Return whether a line begins outside the margin of prose."""
        return self._margin >= 2 and indent(line) < self._margin

    def _numbered_level(self, number: Number, line: str, following: str) -> int:
        """Return the level of a numbered heading; 0 if it is a list item."""
        depth = len(number.path)
        if self._is_outside(line):
            return depth + 1
        if line[:1].isspace() or not following or number.is_followed_by(item_number(following)):
            return 0
        if depth > 1:
            return depth + 1
        columns = item_columns(line)
        if columns:
            return 2 if indent(following) < columns[1] and number.path[0].isdecimal() else 0
        continues = number.path == ("1",) or (
            self._number is not None and _top(self._number).is_followed_by(number)
        )
        return 2 if continues else 0


def _ends(line: str) -> bool:
    return ends_sentence(line) and not line.isupper()


def _top(number: Number) -> Number:
    return number._replace(path=number.path[:1])
