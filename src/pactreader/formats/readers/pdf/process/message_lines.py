"""Messages as lines of JSON, on their way between PactReader and the child process that reads a PDF.

What the child sends is as little trusted as the file: types and offsets are checked, and every text is made printable.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from pactreader.core.article import BlockKind, Piece
from pactreader.core.printable_text import printable
from pactreader.formats.readers.pdf.process.messages import (
    MAX_TEXT,
    Answer,
    Beginning,
    Failure,
    PassageQuads,
    Pieces,
    Progress,
    Request,
    Text,
    WholeText,
)
from pactreader.formats.readers.pdf.process.typed_json import Read, typed_reader

MAX_LINE: Final = 64 * 2**20
"""The greatest length of a line in bytes: a block as long as a page of a million characters has less."""
_PIECES_TEXT: Final = 500_000
"""The code points of blocks that go on one line: parsing it takes milliseconds, for which no other thread can run."""
_MAX_LEVEL: Final = 100
"""The deepest level of a block."""
_MAX_HEADING: Final = 6
_COLOUR: Final = re.compile("(?:#[0-9a-f]{6})?")
_TIME: Final = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)?", re.ASCII)
"""A time as `timestamp` writes it, or none."""
_MAX_PAGES: Final = 2**20
"""The most pages of a file: as many as pdfium counts."""


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
        length
        and 0 <= piece.level <= _MAX_LEVEL
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
        and all(
            0 <= each.start <= each.end <= length
            and _COLOUR.fullmatch(each.colour)
            and _TIME.fullmatch(each.created)
            and _TIME.fullmatch(each.modified)
            for each in text.embedded
        )
    ):
        raise ValueError("a text out of range")
    return text


_READERS: Final[dict[str, Read]] = {
    each.__name__: typed_reader(each, printable)
    for each in (Failure, Progress, Pieces, Beginning, WholeText, PassageQuads)
}
