"""The messages between PactReader and the child process that reads a PDF: JSON, one on a line.

A request is followed by the bytes of the file. The child answers with any number of `PageRead`, at most one `Beginning`
before the last page, and at the end a `WholeText`, a `PassageQuads` or a `Failure`.
"""

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, NamedTuple

from pactreader.core.article import BlockKind, Piece, Span, SpanKind
from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind

Quad = tuple[float, float, float, float]
"""A rectangle on a page around characters of one line: left, bottom, right, top, in PDF units from the page's lower left."""
PagePlaces = tuple[tuple[int, tuple[Quad, ...]], ...]
"""The indices of pages with rectangles on them."""
Passages = tuple[tuple[int, int], ...]
"""Half-open slices of the text, in code points."""


class Request(NamedTuple):
    """What the child is to do with the file."""

    size: int
    """The number of bytes of the file, which follow."""
    password: str = ""
    in_parts: bool = False
    """True if the beginning is wanted as soon as it is read."""
    left_out: tuple[int, ...] = ()
    """The indices of pages that pdfium did not survive, to be left out."""
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
    NO_TEXT = "no text"
    """Its pages are pictures."""
    EMPTY = "empty"
    """There is nothing on its pages."""


class Failure(NamedTuple):
    """The end of reading without a text."""

    kind: FailureKind
    pages: int = 0
    """The number of its pages, if that is known."""


class PageRead(NamedTuple):
    """The progress: a page was read."""

    page: int
    """Its index."""
    pages: int
    """The number of pages."""


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
    pictures: tuple[str, ...] = ()
    """The labels of the pages that are pictures without text."""
    unmapped: float = 0.0
    """The share of its characters of which the file does not say which letters they are."""
    is_protected: bool = False
    embedded: tuple[EmbeddedAnnotation, ...] = ()
    own_annotations: int = 0
    """The number of annotations that PactReader wrote into the file, which are not among `embedded`."""


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


Message = Request | Failure | PageRead | Beginning | WholeText | PassageQuads


def encode(message: Message) -> bytes:
    """Return a message as a line."""
    return json.dumps([type(message).__name__, *message]).encode() + b"\n"


def decode(line: bytes) -> Message:
    """Return the message on a line.

    Raises:
        ValueError: There is none, as when the child ended in the middle of it.
    """
    try:
        name, *fields = json.loads(line)
        message: Message = _DECODERS[name](fields)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a message") from error
    return message


def _text(fields: Any) -> Text:
    text = Text(*fields)
    return text._replace(
        pieces=tuple(map(_piece, text.pieces)),
        tags=tuple(text.tags),
        outline=tuple(OutlineEntry(*entry) for entry in text.outline),
        pictures=tuple(text.pictures),
        embedded=tuple(
            each._replace(kind=EmbeddedKind(each.kind))
            for each in (EmbeddedAnnotation(*fields) for fields in text.embedded)
        ),
    )


def _piece(fields: Any) -> Piece:
    kind, text, level, marker, quoted, spans, _lines, anchors, places = fields
    read = tuple(Span(start, end, SpanKind(style), target) for start, end, style, target in spans)
    return Piece(
        BlockKind(kind), text, level, marker, quoted, read, (), anchors, [(at, label) for at, label in places]
    )


def _request(fields: Any) -> Request:
    request = Request(*fields)
    passages = request.passages
    return request._replace(
        left_out=tuple(request.left_out),
        passages=None if passages is None else tuple((start, end) for start, end in passages),
    )


def _quads(fields: Any) -> PassageQuads:
    text_hash, quads = fields
    read = tuple(
        tuple((page, tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in rectangles)) for page, rectangles in pages)
        for pages in quads
    )
    return PassageQuads(text_hash, read)


_DECODERS: Final[dict[str, Callable[[Any], Message]]] = {
    Request.__name__: _request,
    Failure.__name__: lambda fields: Failure(FailureKind(fields[0]), fields[1]),
    PageRead.__name__: lambda fields: PageRead(*fields),
    Beginning.__name__: lambda fields: Beginning(_text(fields[0])),
    WholeText.__name__: lambda fields: WholeText(_text(fields[0])),
    PassageQuads.__name__: _quads,
}
