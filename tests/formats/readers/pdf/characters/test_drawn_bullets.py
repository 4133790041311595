"""Bullets that are drawn as shapes."""

from collections.abc import Iterator

import pypdfium2
import pytest
from pypdfium2 import raw

from pactreader.formats.readers.pdf.characters.drawn_bullets import read_drawn_bullets


@pytest.fixture
def page() -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(612, 792)
    yield page
    page.close()
    document.close()


def _draw(page: pypdfium2.PdfPage, x: float, y: float, width: float, height: float) -> None:
    raw.FPDFPage_InsertObject(page, raw.FPDFPageObj_CreateNewRect(x, y, width, height))


def test_small_squares_are_bullets(page: pypdfium2.PdfPage) -> None:
    _draw(page, 80, 700, 4, 4)
    ((left, right, middle),) = read_drawn_bullets(page)
    assert (left, right, middle) == pytest.approx((80, 84, 702))


def test_strokes_and_large_shapes_are_none(page: pypdfium2.PdfPage) -> None:
    _draw(page, 72, 650, 400, 0.5)
    _draw(page, 72, 600, 4, 12)
    _draw(page, 72, 400, 100, 100)
    assert read_drawn_bullets(page) == ()


def test_bullets_are_counted_from_the_corner_of_what_is_visible(page: pypdfium2.PdfPage) -> None:
    page.set_cropbox(50, 100, 600, 700)
    _draw(page, 80, 600, 4, 4)
    assert read_drawn_bullets(page)[0] == pytest.approx((30, 34, 502))


def test_the_points_of_a_diagram_are_no_bullets(page: pypdfium2.PdfPage) -> None:
    for index in range(300):
        _draw(page, index, index, 3, 3)
    assert read_drawn_bullets(page) == ()
