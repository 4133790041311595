"""The characters of pages: those that can be seen, in the direction of the page, with the letters that they are."""

import pytest

from laid_out_pages import characters_of, texts_of
from pdf_files import PdfFile
from pdf_fonts import UNICODE, UNMAPPED


def _page_of(text: str, *, angle: int = 0, rotation: int = 0) -> PdfFile:
    pdf = PdfFile()
    page = pdf.page(rotation=rotation)
    page.text(300, 400, text, angle=angle)
    return pdf


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_page_is_turned_as_its_text_is(angle: int) -> None:
    page = characters_of(_page_of("Cats sleep", angle=angle, rotation=angle))[0]
    assert [page.text[each.first : each.end] for each in page.stretches] == ["Cats", "sleep"]
    cats, sleep = page.stretches
    assert cats.left < cats.right < sleep.left < sleep.right < page.width
    assert (
        cats.baseline
        == sleep.baseline
        == pytest.approx({0: 400, 90: 312, 180: 392, 270: 300}[angle], abs=0.1)
    )


def test_every_word_of_a_full_page_is_in_its_place() -> None:
    pdf = PdfFile()
    page = pdf.page()
    for line in range(60):
        page.text(72, 760 - 12 * line, " ".join(["cat"] * 20), size=8)
    stretches = characters_of(pdf)[0].stretches
    rows = [stretches[20 * line : 20 * line + 20] for line in range(60)]
    lefts = [word.left for word in rows[0]]
    assert lefts == sorted(lefts)
    assert lefts[0] == pytest.approx(72)
    assert [[word.left for word in row] for row in rows] == [lefts] * 60
    assert [{word.baseline for word in row} for row in rows] == [{760 - 12 * line} for line in range(60)]


def test_a_stamp_in_the_margin_is_left_out() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats sleep for most of the day.")
    page.text(30, 300, "arXiv:1234.5678v1", size=20, angle=90)
    assert texts_of(pdf) == ["Cats sleep for most of the day."]


def test_text_outside_of_the_page_is_left_out() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats sleep.")
    page.text(72, 900, "Proof of 12 May.")
    page.text(700, 600, "Proof.")
    assert texts_of(pdf) == ["Cats sleep."]


def test_the_text_behind_a_scanned_page_is_read() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "Cats sleep.", is_invisible=True)
    assert texts_of(pdf) == ["Cats sleep."]


def test_ligatures_are_letters_of_which_each_is_on_the_page() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "the \ufb01rst \ufb02ight of a co\ufb03n", font=UNICODE)
    assert texts_of(pdf) == ["the first flight of a coffin"]


def test_letters_beyond_the_basic_plane_keep_their_places() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "Cats \U0001f408 sleep", font=UNICODE)
    assert texts_of(pdf) == ["Cats \U0001f408 sleep"]


def test_letters_of_formulas_are_those_of_words() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "so \U0001d44e = \U0001d44f holds", font=UNICODE)
    assert texts_of(pdf) == ["so a = b holds"]


def test_glyphs_without_letters_are_counted() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats")
    page.text(72, 680, "sleep", font=UNMAPPED)
    assert characters_of(pdf)[0].unmapped == 5


def test_letters_of_no_size_are_no_error() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats", size=0)
    page.text(72, 700, "sleep")
    assert "sleep" in texts_of(pdf)[-1]


def test_text_drawn_twice_is_read_once() -> None:
    pdf = PdfFile()
    page = pdf.page()
    page.text(72, 700, "Cats sleep")
    for row in range(30):
        page.text(72, 688 - 12 * row, "for most of the day")
    page.text(72.4, 700, "Cats sleep")
    assert "".join(texts_of(pdf)).count("Cats") == 1


def test_text_from_right_to_left_is_read_in_its_order() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "םלוע םולש", font=UNICODE)
    assert texts_of(pdf) == ["שלום עולם"]


def test_words_from_right_to_left_take_the_room_of_all_their_letters() -> None:
    pdf = PdfFile()
    pdf.page().text(72, 700, "םולש", font=UNICODE)
    pdf.page().text(72, 700, "Cats", font=UNICODE)
    right_to_left, other = (page.stretches[0] for page in characters_of(pdf))
    assert right_to_left.right - right_to_left.left == pytest.approx(other.right - other.left)
