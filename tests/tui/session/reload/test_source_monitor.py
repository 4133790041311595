"""Reload: the open file changes on the disk, and its new text is taken in with the place kept."""

import os
import subprocess
from functools import partial
from threading import Event

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.errors import UnreadableError
from pactreader.formats.sources import read_source
from pactreader.tui.reading_screen import ReadingScreen
from pactreader.tui.session.reload import article_reload, file_changes
from pactreader.tui.session.reload.article_reload import read_again

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_monitor")]

FIRST = "One is here. It is vague.\n\n"
REST = "\n\n".join(f"Paragraph {n} begins here. It says little." for n in range(60))
INSERTED = "Inserted above. It moves all.\n\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(FIRST + REST)
    return path


def save_atomically(path, text):
    """Write a file as editors do: a new one in place of the former."""
    new = path.with_name("new")
    new.write_text(text)
    new.replace(path)


def read(path, story):
    run_story(path.parent / "home", story, article=read_source(str(path), None))


def at_caret(driver):
    return driver.screen.article.text[driver.screen.article_view.caret.offset :].split(".")[0]


def first_lines(driver):
    return [driver.line(y)[:60] for y in range(1, 6)]


async def seen(driver, words):
    await driver.wait_until(lambda: words in driver.seen or words in driver.footer)


def test_an_atomic_save_is_taken_in_with_the_place_kept(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", *["}"] * 30, "2")
        where, lines = at_caret(driver), first_lines(driver)
        assert where == "Paragraph 29 begins here"
        save_atomically(path, INSERTED * 5 + FIRST + REST)
        await seen(driver, "The article changed on the disk: 2 ")
        assert (at_caret(driver), first_lines(driver)) == (where, lines)
        await driver.press("g")
        assert at_caret(driver) == "Inserted above"

    read(path, story)


def test_filter_history_search_and_undo_outlast_a_reload(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "}", "/", *"begins", "enter", "2", "tab", "/", *"label:evidence", "enter")
        save_atomically(path, INSERTED + FIRST + REST)
        await seen(driver, "The article changed on the disk: 2 ")
        assert "1 of 1 with label:evidence" in driver.seen
        await driver.press("tab", "n")
        assert "2 of 60." in driver.footer
        await driver.press("escape", "ctrl+o")
        assert at_caret(driver) == "Paragraph 0 begins here"
        await driver.press("u")
        assert [label for _, label, *_ in driver.annotations()] == ["key-point"]

    read(path, story)


def test_a_deletion_is_told_once_and_the_return_is_taken_in(path):
    async def story(driver: AppDriver) -> None:
        path.unlink()
        await seen(driver, "The file report.txt is gone. What you read stays here.")
        assert "One is here." in driver.seen
        await driver.press("j")
        await driver.pilot.pause(0.2)
        assert "is gone" not in driver.seen
        path.write_text(f"Back again. {FIRST}{REST}")
        await seen(driver, "Back again. One is here.")

    read(path, story)


OTHER = "\n\n".join(f"Apple tree {n} wants light. Cut the dead wood first." for n in range(9))
QUESTION = "Is this the same article as"


def test_another_text_saved_over_the_file_is_asked_about(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1")
        save_atomically(path, OTHER)
        await driver.wait_until(lambda: not driver.app.shows_reading_screen)
        await driver.pilot.pause()
        assert QUESTION in driver.seen
        assert "0 highlights" in driver.title
        await driver.press("n", "2")
        save_atomically(path, FIRST + REST)
        await seen(driver, "Key point")
        assert "1 highlight " in driver.title
        save_atomically(path, OTHER)
        await seen(driver, "Evidence")

    read(path, story)


def test_another_text_that_is_the_same_article_has_its_notes(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1")
        save_atomically(path, OTHER)
        await driver.wait_until(lambda: not driver.app.shows_reading_screen)
        await driver.press("y")
        await seen(driver, "not in the text now")

    read(path, story)


def test_the_text_of_another_article_shows_its_notes(path):
    other = path.with_name("other.txt")
    other.write_text(INSERTED + FIRST + REST)

    async def mark(driver: AppDriver) -> None:
        await driver.press("1")

    async def say_no(driver: AppDriver) -> None:
        await driver.press("n", "2")

    async def see_it_replaced(driver: AppDriver) -> None:
        assert "Key point" in driver.seen
        save_atomically(path, other.read_text())
        await seen(driver, "Evidence")
        await driver.press("G", "3")
        save_atomically(path, FIRST + REST)
        await seen(driver, "Key point")
        assert "1 highlight " in driver.title

    read(path, mark)
    run_story(path.parent / "home", say_no, article=read_source(str(other), None))

    async def see_both(driver: AppDriver) -> None:
        assert "2 highlights" in driver.title

    read(path, see_it_replaced)
    run_story(path.parent / "home", see_both, article=read_source(str(other), None))


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_file_that_becomes_a_pipe_is_as_gone(path):
    async def story(driver: AppDriver) -> None:
        path.unlink()
        os.mkfifo(path)
        await seen(driver, "The file report.txt is gone. What you read stays here.")
        assert "One is here." in driver.seen

    read(path, story)


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_pipe_is_not_taken_for_the_file(path):
    article = read_source(str(path), None)
    path.unlink()
    os.mkfifo(path)
    with (
        subprocess.Popen(["sh", "-c", 'printf "From a pipe." > "$0"', str(path)]),
        pytest.raises(UnreadableError, match="a pipe now"),
    ):
        read_again(article, {})


def test_no_highlight_is_pending_when_a_changed_text_is_shown(path, monkeypatch):
    pending = []
    show_article = ReadingScreen.show_article

    def show(screen, *arguments):
        pending.append(len(screen.notebook.pending))
        show_article(screen, *arguments)

    monkeypatch.setattr(ReadingScreen, "show_article", show)

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "}", "2")
        save_atomically(path, INSERTED + FIRST + REST)
        await seen(driver, "The article changed on the disk: 2 ")
        assert pending == [0]

    read(path, story)


def test_a_touched_file_says_nothing(path):
    async def story(driver: AppDriver) -> None:
        former = driver.screen.article
        save_atomically(path, FIRST + REST)
        await driver.pilot.pause(0.3)
        assert driver.screen.article is former
        assert "disk" not in driver.seen
        await driver.press("ctrl+l")
        await seen(driver, "The file is as it was read.")

    read(path, story)


def test_a_file_that_cannot_be_read_any_more_is_told_once(path):
    async def story(driver: AppDriver) -> None:
        path.write_text("")
        await seen(driver, "report.txt is empty. What you read stays here.")
        await driver.press("j")
        await driver.pilot.pause(0.2)
        assert "is empty" not in driver.seen
        assert "One is here." in driver.seen

    read(path, story)


def test_a_changed_link_is_followed(path):
    link, other = path.with_name("link.txt"), path.with_name("other.txt")
    other.write_text("Another text. " + FIRST + REST)
    link.symlink_to(path)

    async def story(driver: AppDriver) -> None:
        link.unlink()
        link.symlink_to(other)
        await seen(driver, "Another text.")

    read(link, story)


def test_a_reload_waits_until_the_note_is_closed(path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", "1", "a")
        save_atomically(path, INSERTED + FIRST + REST)
        await seen(driver, "The article changed on the disk: it is read again when the note is closed.")
        await driver.wait_until(lambda: "changed on the disk ·" in driver.title)
        await driver.type("Mine.")
        assert "Inserted above." not in driver.screen.article.text
        await driver.press("escape")
        await seen(driver, "The article changed on the disk: 1 ")
        await driver.wait_until(lambda: "changed on the disk" not in driver.title)
        assert driver.annotations() == [("Paragraph 0 begins here.", "key-point", "Mine.", ())]

    read(path, story)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (("v",), "the selection is let go"),
        (("f",), "the pick is done"),
        (("/",), "the search is closed"),
        (("1", "tab", "/"), "the filter is closed"),
        (("?",), "the dialog is closed"),
    ],
)
def test_a_reload_waits_for_what_the_user_is_in(path, keys, reason):
    async def story(driver: AppDriver) -> None:
        await driver.press(*keys)
        save_atomically(path, INSERTED + FIRST + REST)
        await driver.wait_until(lambda: driver.screen.title_bar._outdated)
        if reason != "the dialog is closed":  # which covers the footer
            assert f"it is read again when {reason}." in driver.footer
        assert not driver.screen.article.text.startswith("Inserted")
        await driver.press("escape")
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Inserted"))

    read(path, story)


def test_a_reload_waits_until_every_change_is_saved(path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("1")
        save_atomically(path, INSERTED + FIRST + REST)
        await seen(driver, "it is read again when every change is saved.")
        driver.save_again()
        await driver.press("ctrl+s")
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Inserted"))
        assert [quote for quote, *_ in driver.annotations()] == ["One is here."]

    read(path, story)


def test_it_is_shown_that_the_file_is_read_at_the_users_request(path, monkeypatch):
    may_end = Event()

    def read_slowly(*args):
        may_end.wait(20)
        return read_again(*args)

    async def story(driver: AppDriver) -> None:
        monkeypatch.setattr(article_reload, "read_again", read_slowly)
        await driver.press("ctrl+l")
        await driver.wait_until(lambda: "reading the file" in driver.title)
        may_end.set()
        await seen(driver, "The file is as it was read.")
        assert "reading" not in driver.title

    read(path, story)


def test_a_pipe_has_nothing_to_be_read_again(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+l")
        assert "This article has no file to be read again." in driver.footer

    from pactreader.formats.sources import bundled_article

    run_story(tmp_path, story, article=bundled_article())


def test_a_change_that_the_stamp_of_the_file_hides_is_taken_in(path, monkeypatch):
    monkeypatch.setattr(file_changes, "_RECENT", 0.0)
    article = read_source(str(path), None)._replace(is_unverified=True)
    path.write_text(INSERTED + FIRST + REST)

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Inserted above"))
        assert not driver.screen.article.is_unverified

    run_story(path.parent / "home", story, article=article)


def test_an_article_that_was_opened_is_taken_from_the_cache_the_next_time(path, tmp_path):
    article = read_source(str(path), None)

    async def story(driver: AppDriver) -> None:
        parsed = driver.app.parsed
        known = partial(
            parsed.of_content, article.source, article.file_hash, article.reader, article.options, None
        )
        await driver.wait_until(lambda: known() is not None)
        path.write_text(INSERTED + FIRST + REST)
        await driver.wait_until(lambda: driver.screen.article.text.startswith("Inserted above"))
        await driver.wait_until(lambda: known() is None)

    run_story(path.parent / "home", story, article=article)
