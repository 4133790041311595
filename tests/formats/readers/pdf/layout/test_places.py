"""The pages that begin in blocks."""

from laid_out_pages import pieces_of
from pdf_files import PdfFile


def test_a_page_that_begins_in_a_paragraph_has_its_place_there() -> None:
    pdf = PdfFile()
    page = pdf.page(label="iv")
    for row in range(45):
        page.text(72, 700 - 12 * row, "cats sleep and dogs run and nobody knows why they do it at all,")
    page = pdf.page(label="v")
    page.text(72, 700, "but cats do not answer.")
    (piece,) = pieces_of(pdf)
    at = piece.text.index("but cats")
    assert piece.places == ((0, "p. iv"), (at, "p. v"))
    assert piece.anchors == ("page=1", "page=2")


def test_a_page_without_text_begins_in_the_next_block() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats sleep for most of the day, and nobody has found out")
    page.text(72, 688, "why they do.")
    pdf.page()
    pdf.page().text(72, 700, "Dogs do not.")
    pieces = pieces_of(pdf)
    assert [piece.anchors for piece in pieces] == [("page=1",), ("page=2", "page=3")]
    assert [piece.places for piece in pieces] == [((0, "p. 1"),), ((0, "p. 3"),)]
