"""The levels of list items, by the indents of their markers."""

import re
from typing import Final, NamedTuple

from pactreader.formats.readers.list_markers import bullet
from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.columns import INDENT

_DEEPER: Final = 0.8
"""The least distance of two levels in sizes: numbers of one level may be set to the right."""
_SET_IN: Final = 0.6
"""The least indent in sizes of the later paragraph of an item."""
_NUMBERED: Final = re.compile(r"(?P<before>\D*)(?P<number>\d{1,4})(?P<behind>\D*)")
"""A marker with a number: `[12]`, `3.`"""


class _Level(NamedTuple):
    marker: float
    """The indent of its markers."""
    name: str
    """The marker of its last item; empty for a bullet."""
    content: float
    """The indent of the text of its last item."""


class ListLevels:
    """The levels of the present list."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def end(self) -> None:
        """End the list."""
        self._levels.clear()

    def item(self, chunk: Chunk) -> tuple[int, str]:
        """Return the level and the marker of an item, which is the next one."""
        assert chunk.item
        indent, least = chunk.indent, _DEEPER * chunk.size
        while self._levels and indent < self._levels[-1].marker - least:
            self._levels.pop()
        if self._levels and (
            indent < self._levels[-1].marker + least or _counts_on(self._levels[-1].name, chunk.item.marker)
        ):
            self._levels.pop()
        content = chunk.body_indent if len(chunk.lines) > 1 else indent + least
        self._levels.append(_Level(indent, chunk.item.marker, content))
        level = len(self._levels)
        return level, chunk.item.marker or bullet(level)

    def later_paragraph(self, chunk: Chunk) -> int:
        """Return the level of the item whose later paragraph a chunk is; 0 if it is none, and the list ends."""
        tolerance = INDENT * chunk.size
        if chunk.indent > _SET_IN * chunk.size and not chunk.is_centred:
            for index in range(len(self._levels) - 1, -1, -1):
                if abs(chunk.body_indent - self._levels[index].content) < tolerance:
                    del self._levels[index + 1 :]
                    return index + 1
        self.end()
        return 0


def _counts_on(former: str, marker: str) -> bool:
    """Return whether a marker has the number behind that of another one, as the paragraphs of judgments do: `[1]` → `[2]`.

    Those have the indent of paragraphs, which the first one below a heading may lack.
    """
    one, other = _NUMBERED.fullmatch(former), _NUMBERED.fullmatch(marker)
    if not one or not other or one["before"] != other["before"] or one["behind"] != other["behind"]:
        return False
    return int(other["number"]) == int(one["number"]) + 1
