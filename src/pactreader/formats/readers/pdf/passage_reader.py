"""Reading where passages stand on the pages of a PDF, by the child process."""

from typing import NamedTuple

from pactreader.core.errors import UnreadableError
from pactreader.formats.readers.pdf.child_process import ChildProcess
from pactreader.formats.readers.pdf.messages import PageRead, PassageQuads, Passages, Request


class PassagePlaces(NamedTuple):
    """The places of passages on the pages of a file."""

    found: PassageQuads
    pages: int
    """The number of pages of the file, as pdfium counts them."""


def read_passage_places(data: bytes, name: str, passages: Passages) -> PassagePlaces:
    """Read where passages of the text of a PDF stand.

    Args:
        data: The file, which needs no password.
        name: Its name for messages; printable.
        passages: The passages, in code points.

    Raises:
        UnreadableError: It cannot be read.
    """
    pages = 0
    for message in ChildProcess(data, Request(len(data), passages=passages)).messages():
        if isinstance(message, PageRead):
            pages = message.pages
        elif isinstance(message, PassageQuads):
            return PassagePlaces(message, pages)
    raise UnreadableError(f"{name} cannot be read as a PDF.", "Download or copy it once more.")
