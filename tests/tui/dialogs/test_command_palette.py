import pytest

from app_driver import AppDriver, run_story
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.dialogs.command_palette import command_palette
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.screen_state import ScreenState

pytestmark = pytest.mark.slow


def offered(typed: str, state: ScreenState | None = None) -> list[str]:
    """Return the ids of the listed commands."""
    palette = command_palette(Keymap(all_commands(LABELS)), state or ScreenState(), run=lambda _command: None)
    return [choice.value.id for choice in palette.options(typed)]


def test_all_commands_are_offered_before_typing():
    assert sorted(offered("")) == sorted(command.id for command in Keymap(all_commands(LABELS)))


def test_matches_in_the_title_come_before_those_in_the_help():
    ids = offered("note")
    assert ids[0] == "note"
    assert "export" not in ids[: ids.index("filter")]
    assert offered("MARKDOWN export") == ["export"]


def test_letters_in_order_match_if_no_word_does():
    assert offered("hlkp")[0] == "label:key-point"
    assert offered("zzzz") == []


def test_the_chosen_command_runs_after_the_palette_closes(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+p", *"write a note", "enter")
        assert "Note on “A pact”" in driver.seen

    run_story(tmp_path, story)


def test_a_command_that_cannot_run_says_why(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+p", *"redo")
        assert "There is nothing to redo." in driver.seen
        await driver.press("enter")
        assert "There is nothing to redo." in driver.footer

    run_story(tmp_path, story)


def test_keys_in_an_empty_list_do_nothing(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+p", "pageup", *"zzzz", "pagedown", "pageup", "down", "enter")
        assert "No command is called that." in driver.seen
        await driver.press("escape")
        assert driver.screen.article_view.has_focus

    run_story(tmp_path, story)


def test_what_is_looked_for_by_name_comes_before_motions():
    ids = offered("")
    assert max(map(ids.index, ("note", "tags", "export", "copy"))) < ids.index("select-left")


def test_a_command_with_the_typed_title_comes_first():
    assert offered("library")[0] == "library"
