"""Chunks: the successive lines of one column that make a block, or a part of one."""

from dataclasses import dataclass
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.markers import Item

_SPARE: Final = 0.4
"""The room in sizes that is left over where the next word would have had room on a line."""
_CENTRED: Final = 1.0
"""The greatest distance in sizes of the middles of centred lines."""


@dataclass(slots=True, eq=False)
class Chunk:
    """Successive lines of one column."""

    lines: list[Line]
    gap: float
    """The distance to the line above in leadings; 0 if it is the first one in its column."""
    item: Item | None = None
    """The marker that it begins with, if it is an item of a list."""
    edge: float = 0.0
    """The right end that its lines could have."""
    by_line: bool = False
    """True if its lines are lines of their own, as those of a verse or an address."""
    gap_below: float = 0.0
    """The distance to the line below in leadings; 0 if it is the last one in its column."""
    left_below: float | None = None
    """The left of the lines below its first one; `None` without any."""

    def add(self, line: Line, edge: float) -> None:
        """Add the next line, and the right end that it could have."""
        self.lines.append(line)
        self.edge = max(self.edge, edge)
        self.left_below = line.left if self.left_below is None else min(self.left_below, line.left)

    @property
    def size(self) -> float:
        """The size of its first line."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its text, with spaces between its lines."""
        return " ".join([line.text for line in self.lines])

    @property
    def is_bold(self) -> bool:
        """True if all of it is bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def is_italic(self) -> bool:
        """True if all of it is italic."""
        return all(line.is_italic for line in self.lines)

    @property
    def indent(self) -> float:
        """The distance of its first line to the left of the column."""
        line = self.lines[0]
        return (line.left if line.bullet is None else line.bullet) - line.column_left

    @property
    def body_indent(self) -> float:
        """The distance of its other lines to the left of the column; of the first one, if there is no other."""
        return min([line.left - line.column_left for line in self.lines[1:] or self.lines])

    @property
    def is_centred(self) -> bool:
        """True if its lines stand in the middle of the column, and none fills it."""
        return all(is_centred(line) for line in self.lines)


def are_in_one_column(line: Line, other: Line) -> bool:
    """Return whether two lines are in one column of one page."""
    return line.column == other.column and line.page == other.page


def has_room(line: Line, following: Line, edge: float) -> bool:
    """Return whether a line has room for the first word of the next one, so that its end is the author's."""
    text = following.text
    end = text.find(" ")
    width = (following.right - following.left) / len(text) * (len(text) if end < 0 else end)
    if end < 0 and not text.isascii():
        width = following.size
    return edge - line.right > width + _SPARE * line.size


def is_centred(line: Line) -> bool:
    """Return whether a line stands in the middle of its column, and does not fill it."""
    left, right = line.left - line.column_left, line.column_right - line.right
    return abs(left - right) < 2 * _CENTRED * line.size and left > _CENTRED * line.size
