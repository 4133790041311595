from app_driver import AppDriver, read
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.dialogs.command_palette import command_palette
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.screen_state import ScreenState


def found(typed: str, state: ScreenState | None = None) -> list[str]:
    """The ids of the commands that are offered."""
    taken = command_palette(Keymap(all_commands(LABELS)), state or ScreenState(), run=lambda _command: None)
    return [choice.value.id for choice in taken._find(typed)]


def test_everything_is_offered_until_something_is_typed():
    assert found("") == [command.id for command in Keymap(all_commands(LABELS))]


def test_words_of_the_title_come_before_words_of_the_help():
    ids = found("note")
    assert ids[0] == "note"
    assert "export" not in ids[: ids.index("filter")]
    assert found("MARKDOWN export") == ["export"]


def test_letters_in_their_order_find_what_no_word_does():
    assert found("hlkp")[0] == "label:key-point"
    assert found("zzzz") == []


def test_the_chosen_command_is_run_over_the_page_when_the_list_is_gone(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+p", *"write a note", "enter")
        assert "Note on “A pact”" in reader.seen

    read(tmp_path, story)


def test_what_cannot_run_now_says_why_before_and_after_it_is_chosen(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+p", *"redo")
        assert "There is nothing to redo." in reader.seen
        await reader.press("enter")
        assert "There is nothing to redo." in reader.footer

    read(tmp_path, story)


def test_keys_that_no_list_could_take_are_harmless(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+p", "pageup", *"zzzz", "pagedown", "pageup", "down", "enter")
        assert "No command is called that." in reader.seen
        await reader.press("escape")
        assert reader.screen.article_view.has_focus

    read(tmp_path, story)
