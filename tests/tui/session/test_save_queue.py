"""The save queue: failures are reported, changes are retried, and quitting without them needs a second key."""

import shutil

import pytest

from app_driver import SENTENCES, AppDriver, run_story
from pactreader.core.errors import LockedError
from pactreader.storage.library import Library
from pactreader.tui.dialogs import note_editor
from pactreader.tui.session import save_queue

pytestmark = pytest.mark.slow

QUOTES = [SENTENCES[0], SENTENCES[1]]


def saved_quotes(driver):
    return [quote for quote, *_ in driver.annotations()]


def test_unsaved_changes_are_saved_in_order_when_there_is_room(tmp_path, monkeypatch):
    monkeypatch.setattr(save_queue, "_DISK_RETRY", 0.05)

    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1")
        assert "Not saved: highlight “The pact is vague.” as Key point. The disk is full." in driver.footer
        await driver.press(")", "2")
        assert "2 not saved · 0 highlights" in driver.title
        await driver.pilot.pause(0.2)
        assert saved_quotes(driver) == []
        driver.save_again()
        await driver.pilot.pause(0.2)
        assert "Saved: highlight “Who decides?” as Evidence." in driver.footer
        assert "not saved" not in driver.title
        assert "2 highlights" in driver.title
        assert saved_quotes(driver) == QUOTES

    run_story(tmp_path, story)


def test_a_key_tries_again_at_once(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+s")
        assert "Everything is saved." in driver.footer
        driver.fail_to_save()
        await driver.press("}", "1", "ctrl+s")
        assert "Not saved: highlight" in driver.footer
        driver.save_again()
        await driver.press("ctrl+s")
        assert "Saved: highlight" in driver.footer
        assert saved_quotes(driver) == QUOTES[:1]

    run_story(tmp_path, story)


def test_the_next_save_takes_queued_changes_along(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1")
        driver.save_again()
        await driver.press(")", "2")
        assert "2 highlights" in driver.title
        assert saved_quotes(driver) == QUOTES
        await driver.press("u", "u")
        assert saved_quotes(driver) == []

    run_story(tmp_path, story)


def test_another_label_for_what_waits_takes_the_place_of_the_first(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1", "4")
        assert "1 not saved" not in driver.title
        assert "not saved · 0 highlights" in driver.title
        driver.save_again()
        await driver.press("ctrl+s")
        assert [(quote, label) for quote, label, *_ in driver.annotations()] == [(SENTENCES[0], "doubt")]

    run_story(tmp_path, story)


def test_undo_lets_go_of_what_waits(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        driver.fail_to_save()
        await driver.press(")", "2", "u")
        assert "Let go of what was not saved: highlight “Who decides?”" in driver.footer
        assert "not saved" not in driver.title
        driver.save_again()
        await driver.press("u")
        assert "Undone: highlight “The pact is vague.”" in driver.footer
        assert saved_quotes(driver) == []

    run_story(tmp_path, story)


def test_nobody_quits_without_knowing_what_is_lost(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1", "q")
        assert "A change is not saved. The disk is full." in driver.footer
        assert "q again quits without it." in driver.footer
        await driver.press("w", "q")
        assert driver.app.is_running, "after another key it is asked again"
        await driver.press("q")
        assert not driver.app.is_running
        apps.append(driver.app)

    apps = []
    run_story(tmp_path, story)
    assert "A change is not saved." in str(apps[0].failure)


def test_what_waits_is_saved_at_the_end_if_it_can_be(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1")
        driver.save_again()
        await driver.press("q")
        assert not driver.app.is_running
        assert driver.app.failure is None
        assert saved_quotes(driver) == QUOTES[:1]

    run_story(tmp_path, story)


def test_another_window_that_is_writing_is_waited_for_with_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr(save_queue, "_LOCK_RETRY", 0.05)
    seconds = iter(range(1, 1_000))

    async def story(driver: AppDriver) -> None:
        def save(*_arguments):
            raise LockedError(
                f"Another PactReader (process 4711) has been writing for {next(seconds)} seconds.",
                "Wait for it.",
            )

        driver.app.session.library.save = save
        await driver.press("}", "1")
        assert "Waiting to highlight “The pact is vague.” as Key point. Another PactReader" in driver.footer
        first = driver.footer
        await driver.pilot.pause(0.2)
        assert driver.footer != first, "it is said how long"
        driver.save_again()
        await driver.pilot.pause(0.2)
        assert "Saved: highlight" in driver.footer
        assert saved_quotes(driver) == QUOTES[:1]

    run_story(tmp_path, story)


def test_a_long_reason_is_shown_whole_and_gives_its_lines_back(tmp_path):
    async def story(driver: AppDriver) -> None:
        before = driver.screen.article_view.size.height
        driver.fail_to_save()
        await driver.press("}", "1")
        await driver.pilot.pause()
        assert driver.footer.endswith("ctrl+s tries again.")
        assert driver.screen.article_view.size.height < before
        await driver.press("w")
        await driver.pilot.pause()
        assert driver.screen.article_view.size.height == before

    run_story(tmp_path, story, size=(60, 20))


def test_a_deleted_directory_is_written_again(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        shutil.rmtree(tmp_path / "home")
        await driver.press(")", "2")
        assert "2 highlights" in driver.title
        assert saved_quotes(driver) == QUOTES

    run_story(tmp_path / "home", story)


def test_a_draft_that_could_not_be_kept_is_tried_again_until_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(note_editor, "_DRAFT_RETRY", 0.05)

    async def story(driver: AppDriver) -> None:
        await driver.press("}", "a")
        drafts = driver.paths.drafts
        drafts.parent.mkdir(exist_ok=True)
        drafts.write_text("A file stands where the directory should be.")
        await driver.type("mine")
        await driver.pilot.pause(0.6)
        assert "The draft could not be kept" in driver.seen
        drafts.unlink()
        await driver.pilot.pause(0.3)
        assert "What is typed is kept as a draft now." in driver.seen
        assert len(list(drafts.iterdir())) == 1

    run_story(tmp_path, story)


def test_a_note_is_saved_with_its_queued_highlight(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "a")
        await driver.type("mine xu1")
        await driver.press("escape")
        assert "mine xu1" in driver.seen
        assert "The disk is full." in driver.seen
        driver.save_again()
        await driver.press("escape")
        assert driver.app.screen is driver.screen
        assert "not saved" not in driver.title
        assert driver.annotations() == [(SENTENCES[0], "key-point", "mine xu1", ())]

    run_story(tmp_path, story)


def test_a_highlight_that_is_saved_while_its_note_is_typed_gets_it(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "a")
        driver.save_again()
        driver.screen.context.saves.retry_in_background()
        await driver.type("mine")
        await driver.press("escape")
        assert driver.annotations() == [(SENTENCES[0], "key-point", "mine", ())]
        assert list(driver.paths.drafts.glob("*")) == []

    run_story(tmp_path, story)


def test_nobody_quits_from_the_only_window_that_knows_the_library(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        library = driver.paths.library
        library.unlink()
        library.mkdir()
        await driver.press("q")
        await driver.wait_until(lambda: "What is marked here is in this window alone." in driver.footer)
        assert driver.app.is_running
        library.rmdir()
        await driver.pilot.pause(1.2)
        assert saved_quotes(driver) == QUOTES[:1], "it is written again by itself"

    run_story(tmp_path, story)


def test_what_waits_is_tried_before_the_terminal_is_lent(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1")
        driver.save_again()
        driver.app.app_suspend_signal.publish(driver.app)
        assert saved_quotes(driver) == QUOTES[:1]

    run_story(tmp_path, story)


def test_the_draft_of_a_queued_highlight_stays_with_it(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "a", *"Who", "escape", "escape")
        driver.save_again()
        await driver.press("ctrl+s")
        assert saved_quotes(driver) == QUOTES[:1]
        await driver.press("a")
        assert "What was not saved is back." in driver.seen
        assert "Who" in driver.seen
        await driver.press("escape")
        assert [note for _, _, note, _ in driver.annotations()] == ["Who"]

    run_story(tmp_path, story)


def test_two_drafts_of_queued_notes_are_both_offered(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "a", *"first", "escape", "escape")
        await driver.press("A", *"second", "escape", "escape", "u")
        driver.save_again()

    async def later(driver: AppDriver) -> None:
        await driver.press("escape")

    run_story(tmp_path, story)
    run_story(tmp_path, later)
    run_story(tmp_path, later)

    async def check(driver: AppDriver) -> None:
        assert sorted(note for *_, note, _ in driver.annotations()) == ["first", "second"]

    run_story(tmp_path, check)


def test_the_note_of_another_window_is_not_overwritten(tmp_path):
    async def story(driver: AppDriver) -> None:
        session = driver.app.session
        driver.fail_to_save()
        await driver.press("}", "a", *"MINE")
        driver.save_again()
        with Library(driver.paths) as window:
            notebook = window.notebook(session.entry, session.notebook.article)
            window.save(session.entry, notebook.highlight((8, 26), "doubt", note="THEIRS"))
        session.refresh()
        await driver.press("escape")
        assert sorted(note for *_, note, _ in driver.annotations()) == ["MINE", "THEIRS"]

    run_story(tmp_path, story)


def test_undo_discards_the_first_queued_highlight(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("}", "1", "u")
        assert "Let go of what was not saved" in driver.footer
        driver.save_again()
        await driver.press("ctrl+s")
        assert saved_quotes(driver) == []

    run_story(tmp_path, story)


def test_a_note_outlives_a_queued_removal(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1")
        driver.fail_to_save()
        await driver.press("x")
        driver.save_again()
        await driver.press("a", *"hello", "escape", "ctrl+s")
        assert [note for *_, note, _ in driver.annotations()] == ["hello"]

    run_story(tmp_path, story)
