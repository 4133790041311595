"""The messages between PactReader and the child process that reads a PDF: JSON, one on a line.

A request is followed by the bytes of the file. The child answers with a `Progress` when the file is open and one after
each page, at most one `Beginning`, and at the end a `WholeText`, a `PassageQuads` or a `Failure`. The blocks of a text
go before it, in several `Pieces`.

What the child sends is as little trusted as the file: types and offsets are checked, and every text is made printable.
"""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from pactreader.core.article import BlockKind, Piece
from pactreader.core.embedded_annotations import EmbeddedAnnotation
from pactreader.core.printable_text import printable
from pactreader.formats.readers.pdf.typed_json import Read, typed_reader

Quad = tuple[float, float, float, float]
"""A rectangle on a page around characters of one line: left, bottom, right, top, in PDF units from the page's lower left."""
PagePlaces = tuple[tuple[int, tuple[Quad, ...]], ...]
"""The indices of pages with rectangles on them."""
Passages = tuple[tuple[int, int], ...]
"""Half-open slices of the text, in code points."""

MAX_TEXT: Final = 100_000_000
"""The most code points of a text: those of 50,000 pages. Reading stops at the page that goes beyond it."""
MAX_LINE: Final = 64 * 2**20
"""The greatest length of a line in bytes: a block as long as a page of a million characters has less."""
_PIECES_TEXT: Final = 500_000
"""The code points of blocks that go on one line: parsing it takes milliseconds, for which no other thread can run."""
_MAX_LEVEL: Final = 100
"""The deepest level of a block."""
_MAX_HEADING: Final = 6
_MAX_PAGES: Final = 2**20
"""The most pages of a file: as many as pdfium counts."""


class Request(NamedTuple):
    """What the child is to do with the file."""

    size: int
    """The number of bytes of the file, which follow."""
    password: str = ""
    in_parts: bool = False
    """True if the beginning is wanted as soon as it is read."""
    left_out: tuple[int, ...] = ()
    """The indices of pages that pdfium did not survive, to be left out."""
    end: int | None = None
    """The index of the page to stop before; `None` to read all pages."""
    passages: Passages | None = None
    """The passages whose places on the pages are wanted in place of the text; `None` for the text."""


class FailureKind(StrEnum):
    """The reason why a file cannot be read."""

    PASSWORD = "password"  # noqa: S105 - a reason
    """It is protected, and the password was not given, or is wrong."""
    BROKEN = "broken"
    """It is no PDF, or too damaged."""
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


def encode_request(request: Request) -> bytes:
    """Return a request as a line."""
    return _line(request)


def decode_request(line: bytes) -> Request:
    """Return the request on a line, as PactReader sent it."""
    request: Request = typed_reader(Request)(json.loads(line)[1])
    return request


def encode(answer: Answer) -> Iterator[bytes]:
    """Yield an answer as lines."""
    if isinstance(answer, Beginning | WholeText):
        chosen: list[Piece] = []
        size = 0
        for piece in answer.text.pieces:
            chosen.append(piece)
            size += len(piece.text)
            if size >= _PIECES_TEXT:
                yield _line(Pieces(tuple(chosen)))
                chosen, size = [], 0
        yield _line(Pieces(tuple(chosen)))
        answer = answer._replace(text=answer.text._replace(pieces=()))
    yield _line(answer)


def _line(message: Request | Pieces | Answer) -> bytes:
    return json.dumps([type(message).__name__, message]).encode() + b"\n"


def decode(lines: Iterable[bytes]) -> Iterator[Answer]:
    """Yield the answers on some lines.

    Raises:
        ValueError: There is something else on them, as when the child ended in the middle of a line.
    """
    pieces: list[Piece] = []
    size = 0
    for line in lines:
        message = _decode_line(line)
        if isinstance(message, Pieces):
            pieces += message.pieces
            size += sum(len(piece.text) for piece in message.pieces)
            if size > 2 * MAX_TEXT:  # the last page may go beyond it
                raise ValueError("too long a text")
            continue
        if isinstance(message, Beginning | WholeText):
            message = message._replace(text=_checked_text(message.text._replace(pieces=tuple(pieces))))
            pieces, size = [], 0
        yield message


def _decode_line(line: bytes) -> Any:
    try:
        name, fields = json.loads(line)
        message = _READERS[name](fields)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a message") from error
    if isinstance(message, Pieces):
        for piece in message.pieces:
            _check_piece(piece)
    elif isinstance(message, Progress) and not 0 <= message.pages_read <= message.pages <= _MAX_PAGES:
        raise ValueError("a progress out of range")
    return message


def _check_piece(piece: Piece) -> None:
    """Check the numbers of a block.

    Raises:
        ValueError: One of them is out of range.
    """
    length = len(piece.text)
    offsets = [offset for offset, _label in piece.places]
    if not (
        0 <= piece.level <= _MAX_LEVEL
        and 0 <= piece.quoted <= _MAX_LEVEL
        and (piece.kind is not BlockKind.HEADING or 1 <= piece.level <= _MAX_HEADING)
        and all(0 <= start < end <= length for start, end, _kind, _target in piece.spans)
        and all(0 <= offset <= length for offset in offsets)
        and all(first <= second for first, second in pairwise(offsets))
        and not piece.lines
    ):
        raise ValueError("a block out of range")


def _checked_text(text: Text) -> Text:
    """Return a text whose numbers are in range.

    Raises:
        ValueError: One of them is not.
    """
    blocks = len(text.pieces)
    length = sum(len(piece.text) + 2 for piece in text.pieces)
    if not (
        0 <= text.pages_read <= text.pages <= _MAX_PAGES
        and 0 <= text.unmapped <= 1
        and text.own_annotations >= 0
        and all(
            1 <= entry.level <= _MAX_LEVEL
            and 0 <= entry.block < blocks
            and 0 <= entry.offset <= len(text.pieces[entry.block].text)
            for entry in text.outline
        )
        and all(0 <= each.start <= each.end <= length for each in text.embedded)
    ):
        raise ValueError("a text out of range")
    return text


_READERS: Final[dict[str, Read]] = {
    each.__name__: typed_reader(each, printable)
    for each in (Failure, Progress, Pieces, Beginning, WholeText, PassageQuads)
}
