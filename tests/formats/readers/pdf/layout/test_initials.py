"""Initials that are as high as several lines, and words with spaces between their letters."""

from laid_out_pages import texts_of
from pdf_files import PdfFile
from pdf_pages import Page


def _page() -> tuple[PdfFile, Page]:
    pdf = PdfFile()
    return pdf, pdf.page()


def _spaced(page: Page, x: float, text: str, advance: float = 12) -> None:
    for index, letter in enumerate(text):
        if letter != " ":
            page.text(x + advance * index, 700, letter, size=10)


def test_an_initial_begins_the_first_line_beside_it() -> None:
    pdf, page = _page()
    page.text(72, 676, "T", size=36, font="Times-Bold")
    page.text(98, 700, "he time traveller, for so it will be convenient to speak of him, was")
    page.text(98, 688, "expounding a recondite matter to us. His grey eyes shone and twin-")
    page.text(98, 676, "kled, and his usually pale face was flushed and animated. The fire bur-")
    page.text(72, 664, "nt brightly, and the soft radiance of the lights caught the bubbles in our glass.")
    (text,) = texts_of(pdf)
    assert text == (
        "The time traveller, for so it will be convenient to speak of him, was expounding a recondite matter to us. "
        "His grey eyes shone and twinkled, and his usually pale face was flushed and animated. The fire burnt "
        "brightly, and the soft radiance of the lights caught the bubbles in our glass."
    )


def test_letters_with_spaces_between_them_are_words() -> None:
    pdf, page = _page()
    _spaced(page, 72, "SPACED OUT")
    assert texts_of(pdf) == ["SPACED OUT"]


def test_letters_of_the_alphabet_and_variables_stay_apart() -> None:
    pdf, page = _page()
    page.text(72, 700, "A B C D E F")
    page.text(72, 600, "x y z w v")
    assert [text.split() for text in texts_of(pdf)] == [
        ["A", "B", "C", "D", "E", "F"],
        ["x", "y", "z", "w", "v"],
    ]
