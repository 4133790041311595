"""The characters of a page with their places, as pdfium tells them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2


class PageCharacters(NamedTuple):
    """The characters of a page."""

    page: int
    """The index of the page, from 0."""
    label: str
    """The label of the page as it is cited: `12`, `iv`; printable."""
    text: str
    """A code point for each character that pdfium counts."""


def read_page_characters(
    page: "pypdfium2.PdfPage",  # noqa: ARG001 - the layout that replaces this wants its size
    text_page: "pypdfium2.PdfTextpage",
    index: int,
    label: str,
) -> PageCharacters:
    """Read the characters of a page, which is open with its text page."""
    from pypdfium2 import raw

    codes = (raw.FPDFText_GetUnicode(text_page, at) for at in range(raw.FPDFText_CountChars(text_page)))
    return PageCharacters(index, label, "".join(map(chr, codes)).replace("\0", "\N{REPLACEMENT CHARACTER}"))
