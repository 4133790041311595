"""The pictures and tables of keys in the documentation: they match the program."""

import pytest

import benchmarks.speed.chart as speed
import generated_docs
from generated_docs import KEYS_PAGE, PICTURES, README, ROOT
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands

HOW = "run `python tests/generated_docs.py`"


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_show_the_present_screen(name):
    kept = (ROOT / "assets" / name).read_text("utf-8")

    drawn = generated_docs.picture(PICTURES[name])

    assert generated_docs.texts_in(kept) == generated_docs.texts_in(drawn), HOW
    assert generated_docs.colours_in(kept) == generated_docs.colours_in(drawn), HOW


def test_keys_page_lists_the_present_commands():
    assert KEYS_PAGE.read_text("utf-8") == generated_docs.keys_page(), HOW


def test_keys_page_has_every_command_that_has_a_key():
    page = KEYS_PAGE.read_text("utf-8")

    missing = [
        command.id
        for command in all_commands(LABELS)
        for key in command.shown_keys.split()
        if f"`{key}`" not in page or command.title.removeprefix("Highlight as ").rstrip("…") not in page
    ]

    assert missing == []


def test_readme_lists_the_present_main_keys():
    readme = README.read_text("utf-8")

    assert readme == generated_docs.with_main_keys(readme), HOW


def test_readme_names_twenty_main_commands():
    assert len(set(generated_docs.MAIN_COMMANDS)) == 20


def test_readme_shows_every_picture():
    readme = README.read_text("utf-8")

    for name in (*PICTURES, speed.CHART.name):
        assert f"assets/{name}" in readme


def test_speed_is_shown_as_it_was_measured():
    ratios = speed.kept_ratios()
    readme = README.read_text("utf-8")

    assert speed.CHART.read_text("utf-8") == speed.chart(ratios), HOW
    assert readme == speed.with_speed(readme, ratios), HOW
