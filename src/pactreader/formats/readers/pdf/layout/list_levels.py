"""The levels of list items, by the indents of their markers."""

from typing import Final, NamedTuple

from pactreader.formats.readers.list_markers import bullet
from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.columns import INDENT

_DEEPER: Final = 0.8
"""The least distance of two levels in sizes: numbers of one level may be set to the right."""
_SET_IN: Final = 0.6
"""The least indent in sizes of the later paragraph of an item."""


class _Level(NamedTuple):
    marker: float
    """The indent of its markers."""
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
        if self._levels and indent < self._levels[-1].marker + least:
            self._levels.pop()
        content = chunk.body_indent if len(chunk.lines) > 1 else indent + least
        self._levels.append(_Level(indent, content))
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
