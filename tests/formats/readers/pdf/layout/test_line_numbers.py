"""The numbers of lines in margins, and the numbers of rows."""

from collections.abc import Callable

import pytest

from laid_out_pages import texts_of
from pdf_files import PdfFile

PROSE = (
    "Cats sleep for most of the day, and nobody has found out why they do it, although many have asked them. They do "
    "not answer, and go out to see what the night has brought to the garden. It is not much, and in the morning they "
    "come back to the house, where their owners have waited for them with some milk."
)


def _numbered(number: Callable[[int], int | None], x: float) -> list[str]:
    """Return the texts of a page of prose, each line of which has a number at some place, or none."""
    pdf = PdfFile()
    page = pdf.page()
    for index, box in enumerate(page.paragraph(72, 700, PROSE, width=300)):
        found = number(index)
        if found is not None:
            page.text(x, box.bottom + 2, str(found), size=8)
    return texts_of(pdf)


@pytest.mark.parametrize("x", [55, 400])
@pytest.mark.parametrize("first", [1, 231])
def test_numbers_of_lines_are_no_text(x: float, first: int) -> None:
    assert _numbered(lambda index: first + index, x) == [PROSE]


def test_numbers_that_do_not_count_are_text() -> None:
    assert "1843" in "".join(_numbered(lambda index: (1843, 1820, 12, 7, 30, 8, 9)[index % 7], 40))


def test_numbers_of_the_rows_of_a_table_are_text() -> None:
    pdf = PdfFile()
    page = pdf.page()
    for index, name in enumerate(("Minka", "Mohrle", "Garfield", "Felix", "Tom", "Sylvester")):
        page.text(72, 700 - 14 * index, str(index + 1))
        page.text(100, 700 - 14 * index, f"{name} of Berlin")
        page.text(300, 700 - 14 * index, f"{index + 3} mice in a month")
    assert texts_of(pdf)[0].startswith("1\tMinka of Berlin\t3 mice")
