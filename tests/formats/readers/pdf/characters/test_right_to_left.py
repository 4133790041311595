"""Text from right to left in the order in which it is read."""

from pactreader.formats.readers.pdf.characters.pdfium_text import Box
from pactreader.formats.readers.pdf.characters.right_to_left import (
    characters_in_order,
    reading_order,
    with_brackets,
)


def _ordered(*from_left: str) -> list[str]:
    places = {text: place for place, text in enumerate(from_left)}
    return reading_order(from_left[::-1], str, places.__getitem__)


def _boxes(*centres: float) -> list[Box]:
    return [(centre - 2, 10, centre + 2, 0) for centre in centres]


def test_words_are_read_from_the_right() -> None:
    assert _ordered("דגב", "ל", "א") == ["א", "ל", "דגב"]


def test_words_and_numbers_of_other_scripts_among_them_are_read_from_the_left() -> None:
    assert _ordered("ב", "PDF", "2.0", "א") == ["א", "PDF", "2.0", "ב"]


def test_a_word_from_right_to_left_in_a_line_from_left_to_right_stays_there() -> None:
    assert _ordered("the", "ב", "א", "are", "two", "letters") == ["the", "א", "ב", "are", "two", "letters"]


def test_letters_drawn_in_either_order_are_read_from_the_right() -> None:
    assert characters_in_order("שלום", _boxes(40, 30, 20, 10)) == [(0, 4)]
    assert characters_in_order("םולש", _boxes(10, 20, 30, 40)) == [(3, 4), (2, 3), (1, 2), (0, 1)]


def test_marks_follow_their_letters() -> None:
    assert characters_in_order("שָל", _boxes(40, 39, 30)) == [(0, 3)]


def test_brackets_that_a_page_has_as_they_look_are_as_they_are_written() -> None:
    assert with_brackets(["גג )אב( דה", "f(x)"]) == ["גג (אב) דה", "f(x)"]


def test_brackets_that_a_page_has_as_they_are_written_stay() -> None:
    assert with_brackets(["גג (אב) דה", "ab )cd("]) == ["גג (אב) דה", "ab )cd("]
