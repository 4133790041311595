"""Commands on a Cyrillic keyboard, and letters that are none."""

import pytest

from app_driver import run_story, selected_text
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def locale(monkeypatch):
    """Have no locale of a language with a layout of its own."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_commands_are_found_by_the_places_of_their_keys(tmp_path):
    async def story(driver):
        caret = driver.screen.article_view.caret
        await driver.press("Ъ")  # }
        moved = caret.offset
        assert moved > 0
        await driver.press("м", "у")  # v e
        assert selected_text(driver) == "The"
        await driver.press("ш", "ы")  # i s, the sentence: the second key of a command
        assert selected_text(driver) == "The pact is vague."
        await driver.press("1", "г")  # u
        assert driver.annotations() == []
        driver.post("ctrl+з")  # ctrl+p, as terminals with the kitty protocol send it
        await driver.wait_until(lambda: not driver.app.shows_reading_screen)

    run_story(tmp_path, story)


def test_letters_that_are_waited_for_stay_what_they_are(tmp_path):
    async def story(driver):
        before = driver.screen.article_view.caret.offset
        await driver.press("Э", "о")  # ", a bookmark of a letter
        assert "о" in driver.app.session.reading_state.bookmarks(driver.app.session.entry.id)
        await driver.press("а", "о", "escape")  # f, then no letter of a tag
        assert driver.screen.article_view.caret.offset == before
        await driver.press("/", "ф", "ы")
        assert driver.screen.context.find_bar.line_input.value == "фы"
        await driver.press("escape", "ф", "о", "л")  # a
        assert driver.app.screen.query_one("#note").text == "ол"

    run_story(tmp_path, story)


def test_a_binding_to_a_letter_goes_before_its_place(tmp_path):
    path = Paths.find(tmp_path, {}).settings
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('keyboard.layout = "serbian"\nkeys.palette = "о"\n', "utf-8")

    async def story(driver):
        await driver.press("ј")
        assert driver.screen.article_view.caret.offset > 0, "j, down"
        await driver.press("о")
        assert not driver.app.shows_reading_screen

    run_story(tmp_path, story)
