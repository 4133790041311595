"""The places in a PDF that its outline, its names and its links lead to."""

import ctypes
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.pdf.document.pdfium_strings import utf16_text

if TYPE_CHECKING:
    import pypdfium2

_MAX_ENTRIES: Final = 10_000
"""The greatest number of entries of an outline: more than the longest manuals have."""
_MAX_LEVEL: Final = 20
_MAX_TITLE: Final = 300
"""The greatest length of a title in code points."""
_MAX_NAMES: Final = 1_000
"""The greatest number of named destinations for which they are read: pdfium walks its tree anew for each of them, which
takes 20 ms for so many, and seconds for a long book. Those are the automatic names of TeX, as `equation.3.14`."""
_MAX_NAME: Final = 200
"""The greatest length of a name in code points."""
_PAGE: Final = "page="
"""The beginning of the names of pages (RFC 8118, 3), which no place in the file can take."""
_TOP: Final = {3: 0, 7: 0, 5: 3}
"""The index of the y among the numbers of a view: of `FitH`, `FitBH` and `FitR`, by pdfium's numbers of these."""


class Destination(NamedTuple):
    """A place on a page."""

    page: int
    """The index of the page."""
    x: float | None = None
    """The left of the place in PDF units; `None` for that of the page."""
    y: float | None = None
    """The upper end of the place; `None` for that of the page."""

    @property
    def name(self) -> str:
        """The name by which links lead to it: `page=5`, or as pdf.js writes it, `page=5&zoom=auto,72,530`."""
        page = f"{_PAGE}{self.page + 1}"
        return page if self.y is None else f"{page}&zoom=auto,{self.x or 0:.0f},{self.y:.0f}"


class OutlineItem(NamedTuple):
    """An entry of the outline."""

    title: str
    """Printable, on one line."""
    level: int
    """From 1."""
    bookmark: Any
    """The entry as pdfium has it."""

    def destination(self, document: "pypdfium2.PdfDocument") -> Destination | None:
        """Return the place that it leads to; `None` if it leads nowhere, as one that only groups others.

        As long as that page is not read, pdfium looks through all pages for it, which takes 0.3 ms in a book of 2,400.
        """
        from pypdfium2 import raw

        return read_destination(document, raw.FPDFBookmark_GetDest(document, self.bookmark))


def read_outline(document: "pypdfium2.PdfDocument") -> list[OutlineItem]:
    """Return the outline of a file. Entries that come back to others are left out."""
    from pypdfium2 import raw

    items: list[OutlineItem] = []
    for bookmark, level in _bookmarks(document):
        title = printable_line(utf16_text(raw.FPDFBookmark_GetTitle, bookmark))[:_MAX_TITLE]
        if title:
            items.append(OutlineItem(title, level, bookmark))
    return items


def _bookmarks(document: "pypdfium2.PdfDocument") -> Iterator[tuple[Any, int]]:
    """Yield the entries of the outline with their levels, in order."""
    from pypdfium2 import raw

    seen: set[int] = set()
    following = [(raw.FPDFBookmark_GetFirstChild(document, None), 1)]
    while following and len(seen) < _MAX_ENTRIES:
        bookmark, level = following.pop()
        if not bookmark or (address := ctypes.addressof(bookmark.contents)) in seen:
            continue
        seen.add(address)
        yield bookmark, level
        following.append((raw.FPDFBookmark_GetNextSibling(document, bookmark), level))
        if level < _MAX_LEVEL:
            following.append((raw.FPDFBookmark_GetFirstChild(document, bookmark), level + 1))


def read_names(document: "pypdfium2.PdfDocument") -> dict[str, Destination]:
    """Return the named destinations of a file; none if it has very many."""
    from pypdfium2 import raw

    names: dict[str, Destination] = {}
    buffer = ctypes.create_string_buffer(2 * _MAX_NAME)
    count = raw.FPDF_CountNamedDests(document)
    for index in range(count if count <= _MAX_NAMES else 0):
        size = ctypes.c_long(len(buffer))
        found = raw.FPDF_GetNamedDest(
            document, index, buffer, size
        )  # a size of -1 tells that the name is longer
        name = printable_line(buffer.raw[: max(0, size.value)].decode("utf-16-le", "replace").rstrip("\0"))
        is_free = name and not name.startswith(_PAGE)
        if is_free and (destination := read_destination(document, found)):
            names.setdefault(name, destination)
    return names


def read_destination(document: "pypdfium2.PdfDocument", destination: Any) -> Destination | None:
    """Return a destination as pdfium has it; `None` if it leads to no page."""
    from pypdfium2 import raw

    page = raw.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
    if not 0 <= page < len(document):
        return None
    has_x, has_y, has_zoom = (ctypes.c_int() for _ in range(3))
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    if raw.FPDFDest_GetLocationInPage(destination, has_x, has_y, has_zoom, x, y, zoom):
        return Destination(page, _number(x.value) if has_x else None, _number(y.value) if has_y else None)
    count, numbers = ctypes.c_ulong(), (ctypes.c_float * 4)()
    index = _TOP.get(raw.FPDFDest_GetView(destination, count, numbers), 4)
    return Destination(page, y=_number(numbers[index]) if index < count.value else None)


def _number(value: float) -> float | None:
    """Return a coordinate; `None` for one that is none, or for 0, which programs write for any."""
    return value if math.isfinite(value) and value else None
