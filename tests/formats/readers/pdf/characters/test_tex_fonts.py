"""The signs in TeX's fonts, which files leave without letters."""

import pytest

from pactreader.formats.readers.pdf.characters.tex_fonts import mathematical_signs, with_composed_signs


@pytest.mark.parametrize(
    ("font", "codes", "signs"),
    [
        ("CMSY10", "4P2;", "△P∈∅"),
        ("CMMI10", "%R`", "ϱR\u2113"),
        ("CMEX10", "P", "∑"),
        ("MSAM10", "]6", "∡⩽"),
        ("MSBM10", "R(", "R⊊"),
        ("CMR10", "6%", "6%"),
    ],
)
def test_codes_are_signs_of_their_fonts(font: str, codes: str, signs: str) -> None:
    assert codes.translate(mathematical_signs(font)) == signs


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("6=", "\u200b≠"),
        ("62", "\u200b∉"),
        ("7→", "\u200b↦"),
        ("7", "↦"),
        ("6 ", "\u0338 "),
        ("6•", "•\u0338"),
    ],
)
def test_signs_that_are_drawn_in_two_parts_are_one(drawn: str, read: str) -> None:
    letters = list(drawn.translate(mathematical_signs("CMSY10")))
    with_composed_signs(letters, 0, len(drawn))
    assert "".join(letters) == read
