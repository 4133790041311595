"""The child process that reads a PDF.

It reads a request and the file from standard input, and writes answers to standard output. It ends when standard input
does, as its parent has ended then.
"""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import Final

from pactreader.formats.readers.pdf.process.message_lines import decode_request, encode
from pactreader.formats.readers.pdf.process.messages import Answer, Failure, FailureKind, Request

_MEMORY: Final = 2**32
"""The most memory that the process may take beside the file, in bytes: twice what 20,000 pages of a book take. On a small
computer it is half of its memory."""
_COPIES: Final = 4
"""The copies of the file that there is memory for: pdfium keeps its streams as they are, and inflated for a page."""


def main() -> None:
    """Carry out the request on standard input, and end the process."""
    gc.disable()  # there is little garbage, and much that would be looked at
    source, output = sys.stdin.buffer, sys.stdout.buffer
    request = decode_request(source.readline())
    _limit_memory(request.size)
    data = source.read(request.size)
    Thread(target=_end_with_parent, daemon=True).start()

    writing = Lock()

    def send(answer: Answer) -> None:
        with writing:
            output.writelines(encode(answer))
            output.flush()

    send(carry_out(request, data, send))
    os._exit(0)  # nothing is left to do, and pdfium need not be taken down


def _limit_memory(size: int) -> None:
    """Limit the memory of the process, where that is possible.

    Args:
        size: The size of the file in bytes.
    """
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    wanted = min(_MEMORY, installed // 2) + _COPIES * size
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):  # not every system has such a limit
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    """Wait for the end of standard input, and end the process. A call into pdfium does not hold this thread up."""
    while os.read(0, 1):
        pass
    os._exit(1)


def carry_out(request: Request, data: bytes, send: Callable[[Answer], None]) -> Answer:
    """Carry out a request.

    Args:
        request: The request.
        data: The file.
        send: A function that sends an answer ahead of the last one. It is called from another thread, too.

    Returns:
        The last answer.
    """
    from pactreader.formats.readers.pdf.document.opening import open_file
    from pactreader.formats.readers.pdf.text_reading import read_text

    try:
        file = open_file(data, request.password)
        return file if isinstance(file, Failure) else read_text(file, request, send)
    except MemoryError:
        return Failure(FailureKind.MEMORY)
