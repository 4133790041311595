"""The deletion of an article: nothing of it is kept, and nothing of others is lost."""

import json
import shutil

import pytest

from pactreader.core.anchoring.description import describe
from pactreader.storage.library import Library
from pactreader.storage.parsed_articles import ParsedArticles
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.library_check import check
from pactreader.storage.state.drafts import Draft, Drafts
from pactreader.storage.state.reading_state import ReadingState
from pactreader.storage.texts.store_files import stored_files
from storage.library_driver import LibraryDriver, an_article

SECRET = "Zanzibar was never mentioned."
NOTE = "Quicksilver"


def read(home, text, source):
    driver = LibraryDriver(home, an_article(text, title=f"On {source}", source=source))
    driver.library.register(driver.entry, driver.article)
    return driver


def everything_kept(home):
    return "\n".join(
        path.read_text("utf-8", "replace")
        for path in home.rglob("*")
        if path.is_file() and path.parent.name != "backups"
    )


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    other = read(home, "Something else.", "/other.txt")
    other.mark(0, 9)
    other.library.close()
    driver = read(home, SECRET, "/secret.txt")
    marked = driver.mark(0, 8)
    driver.note(marked, NOTE)
    driver.mark(9, 12)
    anchor = describe(SECRET, 0, 8, driver.article.text_hash)
    ReadingState(driver.paths).save_bookmarks(driver.entry.id, {"a": anchor})
    Drafts(driver.paths).save(Draft(driver.entry.id, "", NOTE, "2026"))
    ParsedArticles(driver.paths.parsed).store(driver.article._replace(file_hash="f" * 32))
    driver.paths.screens.mkdir(parents=True)
    (driver.paths.screens / "1").write_text(SECRET)
    driver.library.close()
    return home


def test_nothing_of_a_deleted_article_is_kept(home):
    paths = Paths.find(home, {})
    with Library(paths) as library:
        library.delete(library.find("secret").id)
        assert [entry.title for entry in library.articles()] == ["On /other.txt"]
        assert len(list(library.annotations())) == 1
    kept = everything_kept(home)
    for words in ("Zanzibar", NOTE, "secret.txt"):
        assert words not in kept, words
    assert len(list(stored_files(paths.texts))) == 1
    assert check(paths).is_sound


def test_a_text_that_another_article_has_too_stays(tmp_path):
    home = tmp_path / "home"
    one = read(home, "Shared text.", "/one.txt")
    changed = read(home, "Shared text, edited.", "/one.txt")
    assert changed.entry.id == one.entry.id
    keeper = read(home, "Its own.", "/two.txt")
    with Library(one.paths) as library:
        ReadingState(one.paths).save_bookmarks(
            keeper.entry.id, {"b": describe("Shared text.", 0, 6, one.article.text_hash)}
        )
        library.delete(one.entry.id)
    assert {file.hash for file in stored_files(one.paths.texts)} == {
        one.article.text_hash,
        keeper.article.text_hash,
    }


def test_an_older_copy_does_not_bring_a_deleted_article_back(home, tmp_path):
    shutil.copytree(home, tmp_path / "elsewhere")
    with Library(Paths.find(home, {})) as library:
        library.delete(library.find("secret").id)
        library.merger.merge(tmp_path / "elsewhere")
        assert [entry.title for entry in library.articles()] == ["On /other.txt"]
        assert len(list(library.annotations())) == 1


def test_a_deleted_article_that_is_opened_again_is_new(home):
    with Library(Paths.find(home, {})) as library:
        library.delete(library.find("secret").id)
    again = read(home, SECRET, "/secret.txt")
    assert again.library.find("secret").id == again.entry.id
    assert len(again.notebook) == 0
    assert not again.notebook.can_undo
    again.mark(0, 8)
    again.library.close()
    with Library(again.paths) as library:
        assert len(list(library.annotations(again.entry.id))) == 1
    assert check(again.paths).is_sound


def test_a_window_that_has_the_article_open_does_not_lose_what_is_marked_then(home):
    window = LibraryDriver(home, an_article(SECRET, title="On /secret.txt", source="/secret.txt"))
    with Library(window.paths) as library:
        library.delete(window.entry.id)
    window.library.register(window.entry, window.article)
    window.mark(9, 12)
    window.library.close()
    with Library(window.paths) as library:
        quotes = [one.anchor.exact for _, one in library.annotations() if one.anchor]
        assert "was" in quotes
    stored = json.loads(window.paths.library.read_text())
    assert stored["records"]
