"""A child process that reads PDFs as the real one does, but for some pages, at which something happens to it."""

import ctypes
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pactreader.formats.readers.pdf import text_reading, worker
from pactreader.formats.readers.pdf.child_process import worker_command


def faulty_command(fault: str, pages: Sequence[int] = (), marker: Path | str | None = None) -> Sequence[str]:
    """Return the command of a child process with a fault.

    Args:
        fault: The name of the fault.
        pages: The indices of the pages at which it happens; without any, it happens when all pages are laid out.
        marker: A file without which it does not happen, and which it deletes.
    """
    code = f"sys.path.append({str(Path(__file__).parent)!r}); import faulty_pdf_worker"
    return worker_command(
        f"{code}; faulty_pdf_worker.main({fault!r}, {list(pages)}, {marker and str(marker)!r})"
    )


def main(fault, pages, marker):
    read, lay_out = text_reading.read_page_characters, text_reading.lay_out

    def fail():
        if marker:
            if not Path(marker).exists():
                return
            Path(marker).unlink()
        FAULTS[fault]()

    def read_or_fail(page, text_page, index, label):
        if index in pages:
            fail()
        return read(page, text_page, index, label)

    def lay_out_or_fail(*arguments):
        if not pages:
            fail()
        return lay_out(*arguments)

    text_reading.read_page_characters = read_or_fail
    text_reading.lay_out = lay_out_or_fail
    worker.main()


def crash():
    """Read memory that is not there, as a fault of pdfium would."""
    ctypes.string_at(0)


def hang():
    while True:
        time.sleep(60)


def pause():
    time.sleep(0.2)


def fill_memory():
    bytearray(2**40)


def babble():
    sys.stdout.write("What?\n")
    sys.stdout.flush()


def lie():
    sys.stdout.write('["Pieces", [[["paragraph", "Cats", 0, "", 0, [[3, 99, "strong", ""]], [], [], []]]]]\n')
    sys.stdout.flush()


def digress():
    sys.stdout.write('["PassageQuads", ["", []]]\n')
    sys.stdout.flush()


def complain():
    sys.stderr.write("pdfium: something is wrong\n")


FAULTS = {each.__name__: each for each in (crash, hang, pause, fill_memory, babble, lie, digress, complain)}
