"""The README says what the program does now."""

import pytest

from readme import PICTURES, README, ROOT, picture, with_keys, words_in


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_show_the_program_as_it_is(name):
    kept = (ROOT / "assets" / name).read_text("utf-8")

    assert words_in(kept) == words_in(picture(PICTURES[name])), "run `python tests/readme.py`"


def test_the_keys_are_those_of_the_commands():
    readme = README.read_text("utf-8")

    assert readme == with_keys(readme), "run `python tests/readme.py`"


def test_every_picture_that_is_shown_is_there():
    readme = README.read_text("utf-8")

    for name in PICTURES:
        assert f"assets/{name}" in readme
