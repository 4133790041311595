"""The links on a page: the characters that are linked, and their targets."""

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.core.printable_text import printable_line
from pactreader.formats.readers.pdf.document.destinations import Destination, read_destination
from pactreader.formats.readers.pdf.document.pdfium_strings import utf8_text

if TYPE_CHECKING:
    import pypdfium2

_MAX_LINKS: Final = 2_000
"""The greatest number of links on a page."""
_MAX_COMPARISONS: Final = 20_000_000
"""The greatest product of links and characters on a page: pdfium looks through all of them, some 10 ns each."""
_MAX_LENGTH: Final = 500
"""The greatest length of a link in characters."""
_MAX_URL: Final = 2_000


class PageLink(NamedTuple):
    """A link on successive characters of a page."""

    start: int
    """The index of the first character, as pdfium counts them."""
    end: int
    """The index behind the last one."""
    target: str | Destination


class _Area(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def read_links(
    document: "pypdfium2.PdfDocument",
    page: "pypdfium2.PdfPage",
    text_page: "pypdfium2.PdfTextpage",
    text: str,
) -> list[PageLink]:
    """Return the links on a page.

    Args:
        document: The file.
        page: The page.
        text_page: Its characters.
        text: The same, a code point each.
    """
    count = min(_MAX_LINKS, _MAX_COMPARISONS // max(1, len(text)))
    return [
        PageLink(start, end, target)
        for link in islice(_annotations(page), count)
        if (target := _target(document, link))
        for area in _areas(link)
        for start, end in _characters(text_page, text, area)
    ]


def _annotations(page: "pypdfium2.PdfPage") -> Iterator[Any]:
    from pypdfium2 import raw

    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        yield link


def _target(document: "pypdfium2.PdfDocument", link: Any) -> str | Destination | None:
    """Return the address or the place that a link leads to; `None` if it does something else, as starting a program."""
    from pypdfium2 import raw

    action = raw.FPDFLink_GetAction(link)
    if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
        from pactreader.core.links import LinkKind, link_kind

        url = printable_line(utf8_text(raw.FPDFAction_GetURIPath, document, action))
        return url if len(url) <= _MAX_URL and link_kind(url) is LinkKind.EXTERNAL else None
    is_elsewhere = action and raw.FPDFAction_GetType(action) != raw.PDFACTION_GOTO
    return None if is_elsewhere else read_destination(document, raw.FPDFLink_GetDest(document, link))


def _areas(link: Any) -> Iterator[_Area]:
    """Yield the rectangles of a link: its quads, one on each line, or if it has none, the one around it."""
    from pypdfium2 import raw

    count = min(raw.FPDFLink_CountQuadPoints(link), _MAX_LINKS)
    quads = raw.FS_QUADPOINTSF()
    for index in range(count):
        if raw.FPDFLink_GetQuadPoints(link, index, quads):
            xs, ys = (quads.x1, quads.x2, quads.x3, quads.x4), (quads.y1, quads.y2, quads.y3, quads.y4)
            yield _Area(min(xs), min(ys), max(xs), max(ys))
    around = raw.FS_RECTF()
    if not count and raw.FPDFLink_GetAnnotRect(link, around):
        left, right = sorted((around.left, around.right))
        bottom, top = sorted((around.bottom, around.top))
        yield _Area(left, bottom, right, top)


def _characters(text_page: "pypdfium2.PdfTextpage", text: str, area: _Area) -> Iterator[tuple[int, int]]:
    """Yield the successive characters whose centres are in a rectangle, those around its middle, without space at the ends."""
    from pypdfium2 import raw

    x, y = (area.left + area.right) / 2, (area.bottom + area.top) / 2
    middle = raw.FPDFText_GetCharIndexAtPos(
        text_page, x, y, area.right - area.left, (area.top - area.bottom) / 2
    )
    if not 0 <= middle < len(text):
        return
    room = raw.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))

    def is_inside(index: int) -> bool:
        """Return whether the middle of the room that the font gives a character, at the height of its shape, is inside.

        The shape of a bracket is at one side of its room, and may reach into the margin of a link on the next character.
        """
        if text[index].isspace():
            return True
        raw.FPDFText_GetLooseCharBox(text_page, index, room)
        if not area.left <= (room.left + room.right) / 2 <= area.right:
            return False
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        return area.bottom <= (bottom.value + top.value) / 2 <= area.top

    if not is_inside(middle):
        return
    start, end = middle, middle + 1
    while start > max(0, middle - _MAX_LENGTH) and is_inside(start - 1):
        start -= 1
    while end < min(len(text), middle + _MAX_LENGTH) and is_inside(end):
        end += 1
    found = text[start:end]
    start += len(found) - len(found.lstrip())
    end -= len(found) - len(found.rstrip())
    if start < end:
        yield start, end
