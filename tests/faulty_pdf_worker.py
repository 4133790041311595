"""A child process that reads PDFs as the real one does, but for some pages, at which something happens to it."""

import ctypes
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pactreader.formats.readers.pdf import text_reading
from pactreader.formats.readers.pdf.process import worker
from pactreader.formats.readers.pdf.process.child_process import worker_command


def faulty_command(
    fault: str, pages: Sequence[int], stage: str = "reading", marker: Path | str = ""
) -> Sequence[str]:
    """Return the command of a child process with a fault.

    Args:
        fault: The name of the fault.
        pages: The indices of the pages at which it happens.
        stage: `reading` if it happens when one of them is read, `layout` when one of them is laid out, `whole layout`
            when all of them are laid out at once.
        marker: A file without which it does not happen, and which it deletes.
    """
    code = f"sys.path.append({str(Path(__file__).parent)!r}); import faulty_pdf_worker"
    return worker_command(
        f"{code}; faulty_pdf_worker.main({fault!r}, {set(pages)}, {stage!r}, {str(marker)!r})"
    )


def main(fault, pages, stage, marker):
    read, lay_out = text_reading.read_page_characters, text_reading.lay_out

    def fail():
        if marker:
            if not Path(marker).exists():
                return
            Path(marker).unlink()
        FAULTS[fault]()

    def read_or_fail(page, text_page, index, label):
        if stage == "reading" and index in pages:
            fail()
        return read(page, text_page, index, label)

    def lay_out_or_fail(characters, *arguments):
        faulty = pages.intersection(page.page for page in characters)
        if (stage == "layout" and faulty) or (stage == "whole layout" and faulty == pages):
            fail()
        return lay_out(characters, *arguments)

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
