"""Accents drawn over their letters."""

from collections.abc import Sequence

from pactreader.formats.readers.pdf.characters.accents import with_accents

Box = tuple[float, float, float, float]


class _Page:
    """A page whose characters have these places."""

    def __init__(self, *edges: tuple[float, float]) -> None:
        self._edges = edges

    def boxes(self, indices: Sequence[int]) -> list[Box]:
        return [(left, 10, right, 0) for left, right in (self._edges[index] for index in indices)]


def test_an_accent_over_the_letter_after_it_is_a_part_of_it() -> None:
    assert with_accents("f\u00a8ur", _Page((0, 3), (3.5, 7), (3, 8), (8, 12))) == "f\u200bür"


def test_an_accent_over_the_letter_before_it_is_a_part_of_it() -> None:
    assert with_accents("fu\u00a8r", _Page((0, 3), (3, 8), (3.5, 7), (8, 12))) == "fü\u200br"


def test_an_accent_over_a_letter_without_a_dot_gives_one_with_an_accent() -> None:
    assert (
        with_accents("na\u00a8\u0131ve", _Page((0, 4), (4, 8), (8, 11), (8, 11), (11, 15), (15, 19)))
        == "na\u200bïve"
    )


def test_an_accent_beside_a_letter_stays() -> None:
    assert with_accents("x\u02dcy", _Page((0, 5), (5, 9), (9, 13))) == "x\u02dcy"


def test_an_accent_over_a_letter_that_unicode_does_not_have_with_it_stays() -> None:
    assert with_accents("\u02dcx", _Page((0, 5), (0, 5))) == "\u02dcx"


def test_an_accent_between_two_letters_is_of_the_one_that_it_is_over() -> None:
    assert with_accents("p\u02dcay", _Page((0, 5), (6, 9), (5, 10), (10, 15))) == "p\u200bãy"
