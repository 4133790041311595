"""Tables of data, told from tables that only arrange a page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import HEADINGS

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_CELL: Final = 400
"""The length in code points from which a cell holds prose, and its table arranges a page."""
_MAX_HEADED_CELL: Final = 1_500
"""The same in a table that has heads or a caption."""
_MAX_BREAKS: Final = 4
"""The greatest number of line breaks in a cell of a table of data. With more, it holds a list or a poem."""
_HEADS: Final = frozenset({"th", "caption", "thead"})
_LISTS: Final = frozenset({"ul", "ol", "dl"})
"""Elements that cells of a table of data have only if it has heads or a caption."""
_IN_PAGES: Final = frozenset({"pre", "blockquote", "hr", "details", *HEADINGS})
"""Elements that no cell of a table of data has."""
_BETWEEN_CELLS: Final = frozenset({"table", "tr", "tbody", "thead", "tfoot", "colgroup", "caption"})


@dataclass(slots=True, eq=False)
class _Table:
    """A table that is being examined."""

    element: "_Element"
    columns: int = 0
    """The number of cells in the longest row."""
    cells: int = 0
    """The number of cells in the present row."""
    length: int = 0
    """The length of the present cell's text."""
    longest: int = 0
    """That of the longest cell."""
    breaks: int = 0
    """The number of line breaks in the present cell."""
    most_breaks: int = 0
    """That of the cell that has most."""
    has_heads: bool = False
    has_lists: bool = False
    arranges: bool = False

    @property
    def is_of_data(self) -> bool:
        """True if it has heads or two columns, and only short text in its cells."""
        if self.arranges or self.element.get("role") in {"presentation", "none"}:
            return False
        if self.has_heads:
            return self.longest < _MAX_HEADED_CELL
        return (
            self.columns > 1
            and not self.has_lists
            and self.longest < _MAX_CELL
            and self.most_breaks <= _MAX_BREAKS
        )


def data_tables(root: "_Element") -> set["_Element"]:
    """Return the tables of a tree that are tables of data."""
    found: set[_Element] = set()
    if root.tag != "table" and root.find(".//table") is None:
        return found
    from lxml import etree

    tables: list[_Table] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        if event == "start" and name == "table":
            if tables:
                tables[-1].arranges = True
            tables.append(_Table(element))
        elif event == "end" and name == "table":
            table = tables.pop()
            if table.is_of_data:
                found.add(element)
        if tables:
            _examine(tables[-1], element, name, is_start=event == "start")
    return found


def _examine(table: _Table, element: "_Element", name: str, *, is_start: bool) -> None:
    if is_start:
        if name == "tr":
            table.cells = 0
        elif name in {"td", "th"}:
            table.cells += 1
            table.columns = max(table.columns, table.cells)
            table.length = table.breaks = 0
        elif name == "br":
            table.breaks += 1
            table.most_breaks = max(table.breaks, table.most_breaks)
        elif name in _IN_PAGES or element.get("blocks") is not None:
            table.arranges = True
        table.has_heads = table.has_heads or name in _HEADS
        table.has_lists = table.has_lists or name in _LISTS
    text = element.text if is_start else element.tail
    if text and name not in _BETWEEN_CELLS:
        table.length += len(" ".join(text.split()))
        table.longest = max(table.length, table.longest)
