"""Tables of data, told from tables that only arrange a page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pactreader.formats.readers.html.elements import HEADINGS

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_CELL: Final = 400
"""The length in code points from which a cell holds prose, and its table arranges a page."""
_MAX_BREAKS: Final = 4
"""The greatest number of line breaks in a cell of a table of data. With more, it holds a list or a poem."""
_IN_PAGES: Final = frozenset({"ul", "ol", "dl", "pre", "blockquote", "hr", "details", *HEADINGS})
"""Elements that no cell of a table of data has."""


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
    breaks: int = 0
    """The number of line breaks in the present cell."""
    has_heads: bool = False
    arranges: bool = False


def data_tables(root: "_Element") -> set["_Element"]:
    """Return the tables of a tree that are tables of data: with heads or two columns, and only short text in cells."""
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
            if not table.arranges and (table.has_heads or table.columns > 1):
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
            table.has_heads = table.has_heads or name == "th"
        elif name == "br":
            table.breaks += 1
            table.arranges = table.arranges or table.breaks > _MAX_BREAKS
        elif name in _IN_PAGES or element.get("blocks") is not None:
            table.arranges = True
    text = element.text if is_start else element.tail
    if text and name not in {"table", "tr", "tbody", "thead", "tfoot"}:
        table.length += len(text)
        table.arranges = table.arranges or table.length >= _MAX_CELL
