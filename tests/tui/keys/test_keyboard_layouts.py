"""The keys of Cyrillic and Greek layouts by their places."""

import pytest

from pactreader.settings.definitions import KEYBOARD_LAYOUTS
from pactreader.tui.keys.keyboard_layouts import LAYOUTS, US_KEYS, KeyboardLayouts


def us_keys(typed, *, layout="", language=""):
    return [*map(KeyboardLayouts(layout, language).us_key, typed)]


def test_the_layouts_of_the_settings_are_those_that_are_known():
    assert tuple(LAYOUTS) == KEYBOARD_LAYOUTS
    assert {len(characters) for characters in LAYOUTS.values()} == {len(US_KEYS)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_letter_key_of_a_layout_is_a_key_of_its_own(layout):
    letters = [letter for letter in LAYOUTS[layout] if letter.isalpha()]
    keys = us_keys(letters, layout=layout)
    capitals = us_keys([letter.upper() for letter in letters], layout=layout)

    assert all(key and key in US_KEYS for key in keys)
    assert len(set(keys)) == len(set(letters))
    assert [capital for capital in capitals if capital.isalpha() and capital != "S"] == [
        key.upper() for key in keys if key.isalpha() and key != "s" and not (layout == "greek" and key == "w")
    ]


@pytest.mark.parametrize(
    ("layout", "typed", "keys"),
    [
        ("russian", "олфЫхъ", "jkaS[]"),
        ("ukrainian", "олфІї", "jkaS]"),
        ("belarusian", "олфіў", "jkabo"),
        ("bulgarian", "тнако", "jkduf"),
        ("bulgarian-phonetic", "йкафв", "jkafw"),
        ("serbian", "јкафж", "jkafz"),
        ("macedonian", "јкафѕ", "jkafy"),
        ("greek", "ξκαΣς", "jkaSw"),
    ],
)
def test_a_letter_is_the_key_in_its_place(layout, typed, keys):
    assert us_keys(typed, layout=layout) == [*keys]


def test_a_letter_that_only_another_layout_has_tells_the_layout():
    assert us_keys("о") == ["j"]
    assert us_keys("јо") == ["j", "o"], "Serbian"
    assert us_keys("јоыо") == ["j", "o", "s", "j"], "and back to Russian"
    assert us_keys("іо") == ["s", "j"], "Ukrainian"
    assert us_keys("ξо") == ["j", "j"], "Greek has no letter of Cyrillic layouts"


@pytest.mark.parametrize(
    ("language", "key"), [("bg", "f"), ("sr", "o"), ("mk", "o"), ("ru", "j"), ("uk", "j"), ("", "j")]
)
def test_the_layout_of_the_locale_is_expected_first(language, key):
    assert us_keys("о", language=language) == [key]


def test_a_layout_that_is_set_is_the_only_one():
    assert us_keys("оξѕ", layout="russian", language="bg") == ["j", "", ""]
    assert us_keys("о", layout="none") == [""]


@pytest.mark.parametrize("typed", ["j", "é", "中", ".", "/", "№", "ש"])
def test_what_is_no_letter_of_these_layouts_has_no_place(typed):
    assert us_keys([typed]) == [""]
