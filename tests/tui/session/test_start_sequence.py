"""The start: keys are answered while the notes of a large library are loaded, and none is lost or overtakes another."""

from threading import Event

import pytest
from textual.events import Paste

from app_driver import ARTICLE, SENTENCES, run_story
from pactreader.core.article import Article, BlockKind, Passage, Piece
from pactreader.core.errors import LibraryError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui import app
from pactreader.tui.session import reading_session
from pactreader.tui.session.reading_session import ReadingSession


@pytest.fixture
def loading(monkeypatch):
    """Take every library for a large one, and load none until this event is set."""
    go_on, prepare = Event(), ReadingSession.prepare

    def wait_and_prepare(session):
        assert go_on.wait(20)
        return prepare(session)

    monkeypatch.setattr(reading_session, "_SMALL_LIBRARY", -1)
    monkeypatch.setattr(ReadingSession, "prepare", wait_and_prepare)
    yield go_on
    go_on.set()


@pytest.fixture
def home(tmp_path):
    """A library with the article and a highlight on its first letter."""
    with Library(Paths.find(tmp_path, {})) as library:
        entry = library.entry_for(ARTICLE)
        library.register(entry, ARTICLE)
        notebook = library.notebook(entry, ARTICLE)
        library.save(entry, notebook.highlight(Passage(0, 1), "term"))
    return tmp_path


def loaded(driver):
    return driver.wait_until(lambda: driver.app.session.loaded and driver.screen.notes_panel is not None)


def test_moves_do_not_wait_for_the_notes_and_labels_do_in_order(home, loading):
    async def story(driver):
        view = driver.screen.article_view
        await driver.press(")", ")")
        first = view.caret.offset
        assert first > 0
        assert not driver.app.session.loaded

        for key in "1)2":
            driver.post(key)
        await driver.pilot.pause()
        assert view.caret.offset == first  # the move waits behind the label
        assert "1 highlight" not in driver.title

        loading.set()
        await driver.wait_until(lambda: len(driver.app.session.notebook) == 3)
        assert [quote for quote, *_ in driver.annotations()][1:] == list(SENTENCES[1:3])
        assert "3 highlights" in driver.title

    run_story(home, story)


def test_find_help_and_paging_work_while_the_notes_are_loaded(home, loading):
    async def story(driver):
        await driver.press("slash", *"weapons", "enter")
        assert driver.screen.article_view.caret.offset >= ARTICLE.text.index("weapons")
        await driver.press("question_mark")
        assert "Move" in driver.seen
        await driver.press("escape", "g")
        assert driver.screen.article_view.caret.offset == 0
        assert not driver.app.session.loaded

    run_story(home, story)


def test_the_library_opens_and_takes_letters_while_it_is_being_loaded(home, loading):
    async def story(driver):
        await driver.press("o", *"pact")
        assert "Library · being read…" in driver.seen
        assert "> pact" in driver.seen
        assert "1 highlight" not in driver.seen
        await driver.press("escape")
        assert "being read…" not in driver.seen

        await driver.press("o", *"pact")
        assert not driver.app.session.loaded
        loading.set()
        await driver.wait_until(lambda: "1 highlight" in driver.seen.partition("> pact")[2])
        assert "being read…" not in driver.seen

    run_story(home, story)


@pytest.mark.parametrize(
    ("later", "is_opened"), [((), True), (("s",), False), (("escape", "o"), False)], ids=str
)
def test_enter_opens_what_was_typed_once_it_is_listed_unless_the_user_goes_on(
    home, loading, later, is_opened
):
    other = Article.assemble([Piece(BlockKind.PARAGRAPH, "No one enforces them.")], title="Sanctions")
    with Library(Paths.find(home, {})) as library:
        library.register(library.entry_for(other), other)

    async def story(driver):
        await driver.press("o", *"sanction", "enter", *later)
        assert not driver.app.session.loaded
        loading.set()
        await driver.wait_until(lambda: "No one enforces them." in driver.seen or "Sanctions" in driver.seen)
        await driver.pilot.pause(0.1)
        assert ("No one enforces them." in driver.seen) is is_opened

    run_story(home, story)


def test_a_note_typed_pasted_and_saved_by_escape_while_the_notes_are_loaded_is_kept(home, loading):
    async def story(driver):
        await driver.press(")", ")")
        for key in "aA ":
            driver.post(key)
        await driver.wait_until(lambda: "being loaded" in driver.footer)
        driver.app.post_message(Paste("pasted"))
        for key in (*" note", "escape", ")", "2"):
            driver.post(key)
        await driver.pilot.pause()
        assert not driver.app.session.loaded
        loading.set()
        await driver.wait_until(lambda: len(driver.app.session.notebook) == 3)
        assert [one.note for one in driver.app.session.notebook if one.note] == ["A pasted note"]
        assert [one.label for one in driver.app.session.notebook if not one.note] == ["term", "evidence"]

    run_story(home, story)


def test_a_position_reached_while_the_notes_are_loaded_is_kept(home, loading):
    async def read(driver):
        loading.set()
        await loaded(driver)

    async def quit_early(driver):
        await driver.press(")", ")")
        await driver.press("q")

    async def story(driver):
        assert driver.screen.article_view.caret.offset == ARTICLE.text.index(SENTENCES[1])

    run_story(home, read)
    loading.clear()
    run_story(home, quit_early)
    run_story(home, story)


def test_the_position_is_stored_once_the_notes_are_loaded_as_keys_would_wait_for_the_file(
    home, loading, monkeypatch
):
    stored = []
    save_position = ReadingSession.save_position

    def note_and_save(session, **position):
        stored.append(position["caret"])
        save_position(session, **position)

    monkeypatch.setattr(app, "_POSITION_DELAY", 0.02)
    monkeypatch.setattr(ReadingSession, "save_position", note_and_save)

    async def story(driver):
        await driver.press(")")
        caret = driver.screen.article_view.caret.offset
        await driver.pilot.pause(0.2)
        assert stored == []

        loading.set()
        await driver.wait_until(lambda: caret in stored)

    run_story(home, story)


def test_a_library_that_cannot_be_read_ends_the_program_with_the_reason(home, monkeypatch):
    def fail(_session):
        raise LibraryError("The library cannot be read.", "See that it is a file.")

    async def story(driver):
        await driver.wait_until(lambda: driver.app.failure)
        assert driver.app.failure.message == "The library cannot be read."

    monkeypatch.setattr(reading_session, "_SMALL_LIBRARY", -1)
    monkeypatch.setattr(ReadingSession, "prepare", fail)
    run_story(home, story)


def test_the_start_is_settled_once_the_notes_are_shown(home, loading):
    async def story(driver):
        seen = []
        driver.app.start.when_settled(lambda: seen.append(driver.title))
        await driver.pilot.pause()
        assert not seen
        loading.set()
        await driver.wait_until(lambda: seen)
        assert "1 highlight" in seen[0]
        driver.app.start.when_settled(lambda: seen.append("at once"))
        assert seen[1:] == ["at once"]

    run_story(home, story)
