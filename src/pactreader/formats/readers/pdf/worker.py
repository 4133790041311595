"""The child process that reads a PDF: `python -m pactreader.formats.readers.pdf.worker`.

It reads a request and the file from standard input, and writes messages to standard output.
"""

import sys
from collections.abc import Callable
from typing import Final

from pactreader.core.article import Piece
from pactreader.formats.readers.pdf.layout import lay_out
from pactreader.formats.readers.pdf.messages import (
    Beginning,
    Failure,
    FailureKind,
    Message,
    PageRead,
    Request,
    Text,
    WholeText,
    decode,
    encode,
)
from pactreader.formats.readers.pdf.page_characters import PageCharacters, read_page_characters

_BEGINNING: Final = 4
"""The number of pages that are shown first."""


def main() -> None:
    """Carry out the request on standard input."""
    source, output = sys.stdin.buffer, sys.stdout.buffer
    request = decode(source.readline())
    assert isinstance(request, Request)

    def send(message: Message) -> None:
        output.write(encode(message))
        output.flush()

    send(carry_out(request, source.read(request.size), send))


def carry_out(request: Request, data: bytes, send: Callable[[Message], None]) -> Message:
    """Carry out a request.

    Args:
        request: The request.
        data: The file.
        send: A function that sends a message ahead of the last one.

    Returns:
        The last message.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=request.password or None)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", 0) == pypdfium2.raw.FPDF_ERR_PASSWORD
        return Failure(FailureKind.PASSWORD if is_locked else FailureKind.BROKEN)
    pages: list[PageCharacters] = []
    count = len(document)
    for index in range(count):
        if index not in request.left_out:
            label = document.get_page_label(index) or str(index + 1)
            page = document[index]
            pages.append(read_page_characters(page, page.get_textpage(), index, label))
        send(PageRead(index, count))
        if request.in_parts and index + 1 == _BEGINNING < count:
            send(Beginning(Text(_pieces(pages), pages=count)))
    pieces = _pieces(pages)
    return WholeText(Text(pieces, pages=count)) if pieces else Failure(FailureKind.NO_TEXT, count)


def _pieces(pages: list[PageCharacters]) -> tuple[Piece, ...]:
    return tuple(block.piece for block in lay_out(pages))


if __name__ == "__main__":
    main()
