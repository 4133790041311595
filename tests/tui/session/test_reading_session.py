"""The reading session: what was typed and marked follows an article that is joined or split, here or elsewhere."""

import shutil

import pytest

from app_driver import AppDriver, run_story
from pactreader.cli.library_access import open_entry
from pactreader.core.anchoring.description import describe
from pactreader.core.article import Article, Passage
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.state.drafts import Draft
from pactreader.tui.session.reading_session import ReadingSession
from storage.library_driver import an_article

ONE = an_article("The first report is here.", title="One", source="/gone/one.txt")
TWO = an_article("A second memo stands there.", title="Two", source="/gone/two.txt")
ANCHOR = describe(TWO.text, 0, 8, TWO.text_hash)


def session_on(home, article: Article) -> ReadingSession:
    """Return a session of a window that opened an article."""
    paths = Paths.find(home, {})
    session = ReadingSession(paths=paths, library=Library(paths), article=article, open_article=open_entry)
    session.load()
    if not session.is_identified:
        session.identity.settle(session.identity.comparison().run())
    session.library.register(session.entry, article)
    return session


def mark(session: ReadingSession) -> str:
    change = session.library.save(session.entry, session.notebook.highlight(Passage(0, 3), "doubt"))
    session.notebook.apply(change)
    return change.edits[0].id


@pytest.fixture
def home(tmp_path):
    """A home whose library has both articles, the second with a bookmark and a note that is being typed."""
    session_on(tmp_path / "home", ONE)
    second = session_on(tmp_path / "home", TWO)
    second.reading_state.save_bookmarks(second.entry.id, {"k": ANCHOR})
    second.save_draft("", "Half a thought")
    return tmp_path / "home"


def test_bookmarks_and_drafts_follow_a_join_on_another_computer(home, tmp_path):
    shutil.copytree(home, tmp_path / "elsewhere")
    elsewhere = session_on(tmp_path / "elsewhere", ONE)
    elsewhere.identity.join(elsewhere.entry.id, TWO.text_hash[:8])
    session_on(home, ONE).library.merger.merge(elsewhere.paths.library)

    opened = session_on(home, TWO)
    opened.adopt_state()

    assert opened.entry.title == "Two"
    assert opened.entry.id == ONE.text_hash[:8]
    assert opened.reading_state.bookmarks(opened.entry.id) == {"k": ANCHOR}
    assert opened.unfinished_note().note == "Half a thought"


def test_a_bookmark_that_was_removed_does_not_come_back(home):
    session = session_on(home, TWO)
    session.library.identity.join(ONE.text_hash[:8], TWO.text_hash[:8])
    opened = session_on(home, TWO)
    opened.adopt_state()
    opened.reading_state.save_bookmarks(opened.entry.id, {})
    opened.adopt_state()
    assert opened.reading_state.bookmarks(opened.entry.id) == {}


def test_a_note_typed_before_the_article_was_known_is_offered_again(home):
    path = home / "renamed.txt"
    article = an_article(TWO.text.replace("memo", "note"), title="Two", source=str(path))
    paths = Paths.find(home, {})
    killed = ReadingSession(paths=paths, library=Library(paths), article=article, open_article=open_entry)
    killed.load()
    killed.save_draft("", "Typed at once")
    known = killed.library.find(ONE.text_hash[:8])
    killed.library.register(killed.library.identity.read_again(article, known), article)

    opened = session_on(home, article)
    opened.adopt_state()

    assert opened.entry.id == known.id
    assert opened.unfinished_note().note == "Typed at once"


def test_a_draft_stays_on_its_annotation_when_that_is_split(home):
    session = session_on(home, ONE)
    session.identity.join(ONE.text_hash[:8], TWO.text_hash[:8])
    second = session_on(home, TWO)
    annotation_id = mark(second)
    second.save_draft(annotation_id, "On the second memo")
    second.drafts.discard(second.entry.id)
    (part,) = second.library.identity.parts(second.entry.id)
    second.identity.split(second.entry.id, part)

    first = session_on(home, ONE)
    first.adopt_state()
    assert first.unfinished_note() is None

    again = session_on(home, TWO)
    again.adopt_state()
    again.drafts.discard(again.entry.id)
    draft = again.unfinished_note()
    assert draft == Draft(again.entry.id, annotation_id, "On the second memo", draft.at)


def test_a_window_goes_on_in_the_article_that_another_one_split(home):
    session = session_on(home, ONE)
    session.identity.join(ONE.text_hash[:8], TWO.text_hash[:8])
    window = session_on(home, TWO)
    assert window.entry.id == ONE.text_hash[:8]
    (part,) = session.library.identity.parts(session.entry.id)
    session.identity.split(session.entry.id, part)

    window.refresh()
    assert window.identity.follow()
    mark(window)

    with Library(window.paths) as library:
        assert [entry.title for entry, _ in library.annotations()] == ["Two"]


@pytest.mark.slow
def test_a_join_in_another_window_is_told(home):
    async def story(driver: AppDriver) -> None:
        other = session_on(home, ONE)
        mark(other)
        await driver.press("escape")
        other.identity.join(ONE.text_hash[:8], TWO.text_hash[:8])
        await driver.wait_until(lambda: "Another window has joined or split this article." in driver.footer)
        assert "1 highlight " in driver.title

    run_story(home, story, article=TWO)
