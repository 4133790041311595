"""What cannot be saved: it is said, it waits, it is tried again, and nobody leaves without knowing."""

import shutil

from app_driver import SENTENCES, AppDriver, read
from pactreader.core.errors import LockedError
from pactreader.tui import save_queue
from pactreader.tui.dialogs import note_editor

QUOTES = [SENTENCES[0], SENTENCES[1]]


def quotes(reader):
    return [quote for quote, *_ in reader.annotations()]


def test_unsaved_changes_are_saved_in_order_when_there_is_room(tmp_path, monkeypatch):
    monkeypatch.setattr(save_queue, "_DISK_RETRY", 0.05)

    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1")
        assert "Not saved: highlight “The pact is vague.” as Key point. The disk is full." in reader.footer
        await reader.press(")", "2")
        assert "2 not saved · 0 highlights" in reader.title
        await reader.pilot.pause(0.2)
        assert quotes(reader) == []
        reader.save_again()
        await reader.pilot.pause(0.2)
        assert "Saved: highlight “Who decides?” as Evidence." in reader.footer
        assert "not saved" not in reader.title
        assert "2 highlights" in reader.title
        assert quotes(reader) == QUOTES

    read(tmp_path, story)


def test_a_key_tries_again_at_once(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("ctrl+s")
        assert "Everything is saved." in reader.footer
        reader.fail_to_save()
        await reader.press("}", "1", "ctrl+s")
        assert "Not saved: highlight" in reader.footer
        reader.save_again()
        await reader.press("ctrl+s")
        assert "Saved: highlight" in reader.footer
        assert quotes(reader) == QUOTES[:1]

    read(tmp_path, story)


def test_the_next_save_takes_queued_changes_along(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1")
        reader.save_again()
        await reader.press(")", "2")
        assert "2 highlights" in reader.title
        assert quotes(reader) == QUOTES
        await reader.press("u", "u")
        assert quotes(reader) == []

    read(tmp_path, story)


def test_another_label_for_what_waits_takes_the_place_of_the_first(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1", "4")
        assert "1 not saved" not in reader.title
        assert "not saved · 0 highlights" in reader.title
        reader.save_again()
        await reader.press("ctrl+s")
        assert [(quote, label) for quote, label, *_ in reader.annotations()] == [(SENTENCES[0], "doubt")]

    read(tmp_path, story)


def test_undo_lets_go_of_what_waits(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1")
        reader.fail_to_save()
        await reader.press(")", "2", "u")
        assert "Let go of what was not saved: highlight “Who decides?”" in reader.footer
        assert "not saved" not in reader.title
        reader.save_again()
        await reader.press("u")
        assert "Undone: highlight “The pact is vague.”" in reader.footer
        assert quotes(reader) == []

    read(tmp_path, story)


def test_nobody_quits_without_knowing_what_is_lost(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1", "q")
        assert "A change is not saved. The disk is full." in reader.footer
        assert "q again quits without it." in reader.footer
        await reader.press("w", "q")
        assert reader.app.is_running, "after another key it is asked again"
        await reader.press("q")
        assert not reader.app.is_running
        apps.append(reader.app)

    apps = []
    read(tmp_path, story)
    assert "A change is not saved." in str(apps[0].failure)


def test_what_waits_is_saved_at_the_end_if_it_can_be(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1")
        reader.save_again()
        await reader.press("q")
        assert not reader.app.is_running
        assert reader.app.failure is None
        assert quotes(reader) == QUOTES[:1]

    read(tmp_path, story)


def test_another_window_that_is_writing_is_waited_for_with_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(save_queue, "_LOCK_RETRY", 0.05)
    seconds = iter(range(1, 1_000))

    async def story(reader: AppDriver) -> None:
        def save(*_arguments):
            raise LockedError(
                f"Another PactReader (process 4711) has been writing for {next(seconds)} seconds.",
                "Wait for it.",
            )

        reader.app.session.library.save = save
        await reader.press("}", "1")
        assert "Waiting to highlight “The pact is vague.” as Key point. Another PactReader" in reader.footer
        first = reader.footer
        await reader.pilot.pause(0.2)
        assert reader.footer != first, "it is said how long"
        reader.save_again()
        await reader.pilot.pause(0.2)
        assert "Saved: highlight" in reader.footer
        assert quotes(reader) == QUOTES[:1]

    read(tmp_path, story)


def test_a_long_reason_is_shown_whole_and_gives_its_lines_back(tmp_path):
    async def story(reader: AppDriver) -> None:
        before = reader.screen.article_view.size.height
        reader.fail_to_save()
        await reader.press("}", "1")
        await reader.pilot.pause()
        assert reader.footer.endswith("ctrl+s tries again.")
        assert reader.screen.article_view.size.height < before
        await reader.press("w")
        await reader.pilot.pause()
        assert reader.screen.article_view.size.height == before

    read(tmp_path, story, size=(60, 20))


def test_a_deleted_directory_is_written_again(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1")
        shutil.rmtree(tmp_path / "home")
        await reader.press(")", "2")
        assert "2 highlights" in reader.title
        assert quotes(reader) == QUOTES

    read(tmp_path / "home", story)


def test_a_draft_that_could_not_be_kept_is_tried_again_until_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(note_editor, "_DRAFT_RETRY", 0.05)

    async def story(reader: AppDriver) -> None:
        await reader.press("}", "a")
        drafts = reader.paths.drafts
        drafts.parent.mkdir(exist_ok=True)
        drafts.write_text("A file stands where the directory should be.")
        await reader.type("mine")
        await reader.pilot.pause(0.6)
        assert "The draft could not be kept" in reader.seen
        drafts.unlink()
        await reader.pilot.pause(0.3)
        assert "What is typed is kept as a draft now." in reader.seen
        assert len(list(drafts.iterdir())) == 1

    read(tmp_path, story)


def test_a_note_is_saved_with_its_queued_highlight(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "a")
        await reader.type("mine xu1")
        await reader.press("escape")
        assert "mine xu1" in reader.seen
        assert "The disk is full." in reader.seen
        reader.save_again()
        await reader.press("escape")
        assert reader.app.screen is reader.screen
        assert "not saved" not in reader.title
        assert reader.annotations() == [(SENTENCES[0], "key-point", "mine xu1", ())]

    read(tmp_path, story)


def test_a_highlight_that_is_saved_while_its_note_is_typed_gets_it(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "a")
        reader.save_again()
        reader.screen.context.saves.retry_quietly()
        await reader.type("mine")
        await reader.press("escape")
        assert reader.annotations() == [(SENTENCES[0], "key-point", "mine", ())]
        assert list(reader.paths.drafts.glob("*")) == []

    read(tmp_path, story)


def test_nobody_quits_from_the_only_window_that_knows_the_library(tmp_path):
    async def story(reader: AppDriver) -> None:
        await reader.press("}", "1")
        library = reader.paths.library
        library.unlink()
        library.mkdir()
        await reader.press("q")
        assert "What is marked here is in this window alone." in reader.footer
        assert reader.app.is_running
        library.rmdir()
        await reader.pilot.pause(1.2)
        assert quotes(reader) == QUOTES[:1], "it is written again by itself"

    read(tmp_path, story)


def test_what_waits_is_tried_before_the_terminal_is_lent(tmp_path):
    async def story(reader: AppDriver) -> None:
        reader.fail_to_save()
        await reader.press("}", "1")
        reader.save_again()
        reader.app.app_suspend_signal.publish(reader.app)
        assert quotes(reader) == QUOTES[:1]

    read(tmp_path, story)
