"""The messages between PactReader and the child process that reads a PDF: JSON, one on a line.

A request is followed by the bytes of the file. The child answers with a `Progress` when the file is open, one after each
page and one before pages are laid out, at most one `Beginning`, and at the end a `WholeText`, a `PassageQuads` or a `Failure`. The blocks of a text
go before it, in several `Pieces`.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from pactreader.core.article import Piece
from pactreader.core.embedded_annotations import EmbeddedAnnotation

Quad = tuple[float, float, float, float]
"""A rectangle on a page around characters of one line: left, bottom, right, top, in PDF units from the page's lower left."""
PagePlaces = tuple[tuple[int, tuple[Quad, ...]], ...]
"""The indices of pages with rectangles on them."""
Passages = tuple[tuple[int, int], ...]
"""Half-open slices of the text, in code points."""

MAX_TEXT: Final = 50_000_000
"""The most code points of a text: those of 20,000 pages of a book. Reading stops at the page that goes beyond it."""


class Request(NamedTuple):
    """The task of the child, to be done with the file that follows."""

    size: int
    """The number of bytes of the file, which follow."""
    password: str = ""
    in_parts: bool = False
    """True if the beginning is wanted as soon as it is read."""
    left_out: tuple[int, ...] = ()
    """The indices of pages that pdfium did not survive, to be left out."""
    is_careful: bool = False
    """True to lay out each page by itself at once, so that a fault of the layout is one of a page."""
    end: int | None = None
    """The index of the page to stop before; `None` to read all pages."""
    passages: Passages | None = None
    """The passages whose places on the pages are wanted in place of the text; `None` for the text."""


class FailureKind(StrEnum):
    """The reason why a file cannot be read."""

    PASSWORD = "password"  # noqa: S105 - a reason
    """It is protected, and the password was not given, or is wrong."""
    BROKEN = "broken"
    """It is too damaged."""
    OTHER_FORMAT = "other format"
    """It is no PDF."""
    UNSUPPORTED = "unsupported"
    """It is encrypted in a way that pdfium does not know."""
    PICTURES = "pictures"
    """Its pages are pictures."""
    UNMAPPED = "unmapped"
    """It does not say which letters its characters are."""
    FORM = "form"
    """It is a form whose content is not on its pages."""
    PORTFOLIO = "portfolio"
    """It is a container of other files, with nothing on its own pages."""
    EMPTY = "empty"
    """There is nothing on its pages."""
    MEMORY = "memory"
    """Reading it takes more memory than the child may have."""


class Failure(NamedTuple):
    """The end of reading without a text."""

    kind: FailureKind
    pages: int = 0
    """The number of its pages, if that is known."""
    files: tuple[str, ...] = ()
    """The names of the files in a portfolio."""


class Progress(NamedTuple):
    """The progress of reading: none yet when the file is open, then one page more each time."""

    pages_read: int
    """The number of pages that are done, with those left out: the index of the one that comes now."""
    pages: int
    """The number of pages."""
    is_layout: bool = False
    """True if not a page comes now, but the layout of those that were read."""


class PageName(NamedTuple):
    """A page as it is named to the user."""

    page: int
    """The index of the page."""
    label: str


class OutlineEntry(NamedTuple):
    """An entry of the outline, as `ContentsEntry` has it but for the offset."""

    title: str
    level: int
    block: int
    """The index of the block that it leads to."""
    offset: int = 0
    """The offset in the block's text."""


class Text(NamedTuple):
    """The text of a file or of its beginning."""

    pieces: tuple[Piece, ...]
    title: str = ""
    """The title in the metadata or, if that is none, on the first page; empty if there is none."""
    author: str = ""
    date: str = ""
    """The date of its making, ISO 8601, if the file says no better one; empty if unknown."""
    language: str = ""
    tags: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    pages: int = 0
    pages_read: int = 0
    """The number of pages that were read or left out: fewer than `pages` if reading stopped before the end."""
    left_out: tuple[PageName, ...] = ()
    """The pages that were left out as the request has it, or could not be loaded."""
    pictures: tuple[PageName, ...] = ()
    """The pages that are pictures without text."""
    unmapped: float = 0.0
    """The share of its characters of which the file does not say which letters they are."""
    files: tuple[str, ...] = ()
    """The names of the files in it, if it is a portfolio."""
    is_protected: bool = False
    """True if a password was needed to open it."""
    embedded: tuple[EmbeddedAnnotation, ...] = ()
    own_annotations: int = 0
    """The number of annotations that PactReader wrote into the file, which are not among `embedded`."""


class Pieces(NamedTuple):
    """Some blocks of the text whose other fields follow."""

    pieces: tuple[Piece, ...]


class Beginning(NamedTuple):
    """The first pages."""

    text: Text


class WholeText(NamedTuple):
    """All pages."""

    text: Text


class PassageQuads(NamedTuple):
    """The places of passages on the pages."""

    text_hash: str
    """The hash of the text that the passages point into, to be sure that it is the same."""
    quads: tuple[PagePlaces, ...]
    """For each passage its pages, with a rectangle for each line of it."""


Answer = Failure | Progress | Beginning | WholeText | PassageQuads
