"""Reading where passages stand on the pages of a PDF, by the child process."""

from typing import NamedTuple

from pactreader.formats.origin import Origin
from pactreader.formats.readers.pdf.process.messages import Failure, PassageQuads, Passages, Progress, Request
from pactreader.formats.readers.pdf.process.reports import failure_error, fault_error
from pactreader.formats.readers.pdf.process.supervision import ProcessesFailedError, Supervision


class PassagePlaces(NamedTuple):
    """The places of passages on the pages of a file."""

    found: PassageQuads
    pages: int
    """The number of pages of the file, as pdfium counts them."""


def read_passage_places(data: bytes, origin: Origin, passages: Passages) -> PassagePlaces:
    """Read where passages of the text of a PDF stand.

    Args:
        data: The file, which needs no password.
        origin: Its origin.
        passages: The passages, in code points.

    Raises:
        UnreadableError: It cannot be read.
    """
    pages = 0
    try:
        for answer in Supervision(data, Request(len(data), passages=passages)).answers():
            match answer:
                case Progress():
                    pages = answer.pages
                case Failure():
                    raise failure_error(answer, origin)
                case PassageQuads():
                    return PassagePlaces(answer, pages)
    except ProcessesFailedError as error:
        raise fault_error(error.kind, origin) from error
    raise AssertionError("no last answer")
