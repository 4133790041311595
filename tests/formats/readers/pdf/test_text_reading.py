"""The limits of a text, and what an open file is read to."""

from itertools import count

import pytest

from pactreader.formats.readers.pdf import text_reading
from pactreader.formats.readers.pdf.process.messages import (
    Beginning,
    Failure,
    FailureKind,
    Progress,
    Request,
    WholeText,
)
from pactreader.formats.readers.pdf.process.worker import carry_out
from pdf_files import PdfFile


@pytest.fixture
def cats():
    pdf = PdfFile()
    for number in range(1, 6):
        pdf.page().text(72, 700, f"Cats sleep on page {number}.")
    return pdf.to_bytes()


@pytest.mark.parametrize(("limit", "value"), [("MAX_PAGES", 3), ("MAX_TEXT", 60)])
def test_reading_stops_at_the_page_that_goes_beyond_a_limit(cats, monkeypatch, limit, value):
    monkeypatch.setattr(text_reading, limit, value)
    told = []

    whole = carry_out(Request(len(cats)), cats, told.append)

    assert isinstance(whole, WholeText)
    assert "page 3" in whole.text.pieces[-1].text
    assert (whole.text.pages_read, whole.text.pages) == (3, 5)
    assert told == [*(Progress(number, 5) for number in range(4)), Progress(3, 5, is_layout=True)]


@pytest.mark.parametrize(("lines", "pages"), [(0, 4), (90, 1)])
def test_a_cover_is_not_all_that_is_shown_first(monkeypatch, lines, pages):
    pdf = PdfFile()
    for _ in range(6):
        page = pdf.page()
        page.text(72, 760, "Cats")
        for line in range(lines):
            page.text(
                72, 750 - 8 * line, f"Cat {line} sleeps most of the day, and nobody knows what it dreams of."
            )
    file, clock = pdf.to_bytes(), count(0, 0.06)  # seconds, a page later each time
    monkeypatch.setattr(text_reading, "monotonic", lambda: next(clock))
    told = []

    carry_out(Request(len(file), in_parts=True), file, told.append)

    (beginning,) = (each for each in told if isinstance(each, Beginning))
    assert beginning.text.pages_read == pages


def test_a_page_that_is_not_there_is_left_out(cats):
    broken = cats.replace(b"/Type /Page ", b"/Type /Pug  ", 1)
    assert broken != cats

    whole = carry_out(Request(len(broken)), broken, lambda _answer: None)

    assert isinstance(whole, WholeText)
    assert len(whole.text.left_out) == 1


def test_a_file_without_any_page_that_can_be_loaded_is_broken(cats):
    broken = cats.replace(b"/Type /Page ", b"/Type /Pug  ")

    assert carry_out(Request(len(broken)), broken, lambda _answer: None) == Failure(FailureKind.BROKEN, 5)


def outside(pdf: PdfFile) -> None:
    """Add a page whose text cannot be seen."""
    pdf.page().text(-500, 700, "Cats sleep outside of the page.")


def test_a_file_whose_text_is_outside_of_its_pages_is_empty():
    pdf = PdfFile()
    outside(pdf)
    data = pdf.to_bytes()

    assert carry_out(Request(len(data)), data, lambda _answer: None) == Failure(FailureKind.EMPTY, 1)


def test_no_beginning_is_shown_that_has_no_text(monkeypatch):
    monkeypatch.setattr(text_reading, "_BEGINNING_PAGES", 1)
    monkeypatch.setattr(text_reading, "_REST_SECONDS", 0)
    pdf = PdfFile()
    outside(pdf)
    for number in range(5):
        pdf.page().text(72, 700, f"Cats sleep on page {number}.")
    data = pdf.to_bytes()
    told = []

    whole = carry_out(Request(len(data), in_parts=True), data, told.append)

    assert isinstance(whole, WholeText)
    assert not any(isinstance(answer, Beginning) for answer in told)
