"""PDFs that the library for them does not survive, and those that have nothing to be read, in the window."""

import os
import signal
import time
from pathlib import Path

import pytest

from pdf_files import PdfFile
from pdf_pages import Box
from real_terminal.faulty_pdf import start


@pytest.fixture
def cats(home):
    pdf = PdfFile()
    for number in range(1, 41):
        pdf.page().text(72, 700, f"Cat{number} sleeps.")
    return home.write("cats.pdf", pdf.to_bytes())


def children_of(process_id):
    """Return the ids of the processes that another one has started."""
    files = Path(f"/proc/{process_id}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def test_a_page_that_never_ends_is_left_out_and_named(home, cats):
    with start(home, "hang", [11]) as terminal:
        terminal.wait_for("p. 12 could not be read: it took too long.")
        assert "Cat11" in terminal.screen
        assert "Cat12" not in terminal.screen
        assert "Cat13" in terminal.screen
        terminal.quit_reading()

    with home.start("cats.pdf") as terminal:  # this time nothing happens
        terminal.wait_for("Cat1")
        terminal.wait_for("Cat12")
        assert "changed" not in terminal.screen
        terminal.quit_reading()


def test_a_process_that_is_killed_in_the_middle_takes_nothing_with_it(home, cats):
    marker = home.write("marker", "")
    with start(home, "hang", [11], "reading", str(marker), seconds=20) as terminal:
        while marker.exists():
            time.sleep(0.01)
        (child,) = children_of(terminal.pid)
        os.kill(child, signal.SIGKILL)
        terminal.wait_for("Cat13")
        assert "could not be read" not in terminal.screen
        terminal.quit_reading()


def test_a_scanned_file_is_refused_with_what_helps(home):
    pdf = PdfFile()
    for _ in range(12):
        pdf.page().image(Box(0, 0, 612, 792))
    home.write("scan.pdf", pdf.to_bytes())

    with home.start("scan.pdf") as terminal:
        assert terminal.wait() == 1

    assert "pactreader: scan.pdf is scanned: its 12 pages are pictures without text." in terminal.words
    assert "Run an OCR program first: `ocrmypdf scan.pdf scan-ocr.pdf`" in terminal.words
