"""The text of lines: spaces, raised letters, hyphens, styles, and the characters that it was made of."""

import pytest

from laid_out_pages import blocks_of, characters_of, pieces_of, texts_of
from pactreader.core.article import SpanKind
from pdf_files import PdfFile
from pdf_pages import Page


def _page() -> tuple[PdfFile, Page]:
    pdf = PdfFile()
    return pdf, pdf.page()


def _raised(before: str, raised: str, after: str) -> str:
    pdf, page = _page()
    first = page.text(72, 700, before)
    mark = page.text(first.right, 704, raised, size=7)
    page.text(mark.right, 700, after)
    (text,) = texts_of(pdf)
    return text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("There was a word", "There was a word¹ and more"),
        ("The end.", "The end.¹ and more"),
        ("It is 10", "It is 10¹ and more"),
        ("Let it be x", "Let it be x1 and more"),
        ("Take the sin", "Take the sin1 and more"),
    ],
)
def test_raised_numbers_are_those_that_would_say_something_else(before: str, text: str) -> None:
    assert _raised(before, "1", " and more") == text


def test_other_raised_letters_stand_on_the_line() -> None:
    assert _raised("on the 10", "th", " of May") == "on the 10th of May"


def test_hyphens_of_divided_words_are_dropped_and_the_runs_say_so() -> None:
    pdf, page = _page()
    page.text(72, 700, "Nobody knows why cats sleep for most of the day or in the after-")
    page.text(72, 688, "noon, as it is well-known that they do.")
    (block,) = blocks_of(pdf)
    (characters,) = characters_of(pdf)
    assert "in the afternoon, as it is well-known" in block.piece.text
    made_of = "".join(characters.text[run.first : run.first + run.length] for run in block.runs)
    assert made_of == block.piece.text


def test_each_run_is_what_it_stands_for() -> None:
    pdf, page = _page()
    page.text(72, 700, "Cats sleep for most of the day,")
    page.text(72, 688, "and dogs run.")
    (block,) = blocks_of(pdf)
    (characters,) = characters_of(pdf)
    for run in block.runs:
        there = characters.text[run.first : run.first + run.length]
        assert block.piece.text[run.offset : run.offset + run.length] == there


def test_styles_are_those_of_the_fonts() -> None:
    pdf, page = _page()
    page.text(72, 724, "Nobody knows it, and they do not answer.")
    left = page.text(72, 700, "Cats are ").right
    left = page.text(left, 700, "very", font="Times-Bold").right
    left = page.text(left, 700, " good at ", font="Times-Roman").right
    page.text(left, 700, "sleep", font="Times-Italic")
    piece = pieces_of(pdf)[-1]
    found = [(piece.text[span.start : span.end], span.kind) for span in piece.spans]
    assert found == [("very", SpanKind.STRONG), ("sleep", SpanKind.EMPHASIS)]
