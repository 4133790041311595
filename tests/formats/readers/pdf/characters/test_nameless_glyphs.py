"""Glyphs without letters, as those of TeX's bitmap fonts."""

import re

from pactreader.formats.readers.pdf.characters.nameless_glyphs import named

PROSE = re.split(" ", "his pale face was \x1dushed and the \x1cre burnt with a di\x1berent light")


def test_codes_that_read_as_words_are_letters() -> None:
    words, unknown = named(PROSE)
    assert words[4] == "ﬂushed"
    assert words[7] == "ﬁre"
    assert words[11] == "diﬀerent"
    assert unknown == 0


def test_the_older_encoding_has_its_ligatures_elsewhere() -> None:
    words, _unknown = named([word.translate({0x1C: "\x0c", 0x1B: "\x0b", 0x1D: "\x0f"}) for word in PROSE])
    assert words[7] == "ﬁre"


def test_codes_that_are_shifted_are_unknown() -> None:
    shifted = ["".join(chr(ord(letter) - 29) for letter in word) for word in PROSE if word.isalpha()]
    words, unknown = named(shifted)
    assert words == shifted
    assert unknown == sum(map(len, shifted))


def test_a_few_codes_are_no_words() -> None:
    assert named(["a", "b2"])[1] == 3


def test_the_bullets_of_lists_are_known() -> None:
    assert named(["\x88", "\x03"]) == (["•", "\x03"], 1)
