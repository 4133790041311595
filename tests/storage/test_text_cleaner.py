"""The cleaning of stored texts: what anything refers to stays, the rest goes after a day without use."""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest

from pactreader.core.anchoring.description import describe
from pactreader.core.article import Passage
from pactreader.core.errors import LibraryError, LockedError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.state.drafts import Draft, Drafts
from pactreader.storage.state.reading_state import ReadingState
from pactreader.storage.texts.store_files import stored_files
from pactreader.storage.texts.text_store import StoredTexts
from storage.library_driver import LibraryDriver, an_article, another_window_that_writes

NOW = datetime(2026, 11, 25, tzinfo=UTC)
NO_LIMIT = 10**9
FIRST, SECOND, THIRD = "Who decides? Nobody.", "Who decides? Somebody.", "Who decides, then? Somebody."


class TextsDriver:
    """A library whose article has several texts in turn."""

    def __init__(self, directory):
        self.paths = Paths.find(directory, {})
        self.library = Library(self.paths, now=lambda: NOW)

    def read(self, text, *, source="/pact.txt", days_ago=2.0):
        """Open an article, as the program does, and return its driver. Its text was last in use some days ago."""
        driver = LibraryDriver(self.paths.data, an_article(text, source=source))
        driver.library.register(driver.entry, driver.article)
        at = NOW.timestamp() - days_ago * 24 * 3600
        os.utime(self.paths.texts / f"{driver.article.text_hash}.json.gz", (at, at))
        return driver

    def clean(self, limit=NO_LIMIT):
        for _ in self.library.text_cleaner.find(limit):
            pass
        return self.library.text_cleaner.remove_found()

    def stored(self):
        texts = StoredTexts(self.paths.texts)
        return {texts[one.hash] for one in stored_files(self.paths.texts)}


@pytest.fixture
def driver(tmp_path):
    return TextsDriver(tmp_path / "home")


def test_a_text_that_nothing_refers_to_goes(driver):
    for text in (FIRST, SECOND, THIRD):
        driver.read(text)
    assert driver.clean() == 2
    assert driver.stored() == {THIRD}
    assert driver.clean() == 0


def test_a_text_in_use_within_a_day_stays(driver):
    driver.read(FIRST, days_ago=0.9)
    driver.read(SECOND)
    assert driver.clean() == 0
    assert driver.stored() == {FIRST, SECOND}


def test_a_text_stays_while_its_annotation_can_be_undone(driver):
    annotated = driver.read(FIRST)
    marked = annotated.mark(0, 12)
    edited = driver.read(SECOND)
    assert driver.clean() == 0
    edited.do(edited.notebook.remove(marked))
    assert driver.clean() == 0, "undo brings the annotation back"
    edited.library.archive(edited.entry.id)
    assert driver.clean() == 0
    assert driver.stored() == {FIRST, SECOND}


def test_the_text_of_a_conflict_stays(driver):
    shared = driver.read(FIRST)
    marked = shared.mark(0, 12)
    other = TextsDriver(driver.paths.data.with_name("other"))
    shutil.copytree(driver.paths.data, other.paths.data)
    edited = driver.read(SECOND)
    edited.do(edited.notebook.reshape(marked, Passage(0, 3)))
    elsewhere = other.read(THIRD)
    elsewhere.do(elsewhere.notebook.reshape(marked, Passage(4, 11)))

    driver.library.merger.merge(other.paths.data)
    driver.read(f"{THIRD} More.")
    for path in driver.paths.texts.iterdir():
        os.utime(path, (1.0, 1.0))

    assert driver.clean() == 0
    assert driver.stored() == {FIRST, SECOND, THIRD, f"{THIRD} More."}


def test_the_text_of_a_bookmark_or_a_draft_stays(driver):
    first = driver.read(FIRST)
    anchor = describe(FIRST, 0, 12, first.article.text_hash)
    ReadingState(driver.paths).save_bookmarks(first.entry.id, {"a": anchor})
    driver.read(SECOND)
    assert driver.clean() == 0
    ReadingState(driver.paths).save_bookmarks(first.entry.id, {})
    Drafts(driver.paths).save(Draft(first.entry.id, "k3x9f2aa", first.article.text_hash, "2026"))
    assert driver.clean() == 0
    Drafts(driver.paths).discard(first.entry.id, "k3x9f2aa")
    assert driver.clean() == 1
    assert driver.stored() == {SECOND}


def test_what_a_backup_or_a_conflict_file_refers_to_stays(driver):
    annotated = driver.read(FIRST)
    annotated.mark()
    annotated.library.back_up_daily()
    conflict_file = driver.paths.library.with_name("library.sync-conflict-20261124-101112-ABCDEFG.json")
    shutil.copy(driver.paths.library, conflict_file)
    driver.paths.library.unlink()
    driver.library = Library(driver.paths, now=lambda: NOW)
    driver.read(SECOND)
    shutil.rmtree(driver.paths.backups)
    assert driver.clean() == 0
    conflict_file.unlink()
    assert driver.clean() == 1


def test_beyond_the_limit_the_longest_unused_texts_go_first(driver):
    for number in range(5):
        driver.read(f"Article {number}.", source=f"/{number}", days_ago=10 - number)
    annotated = driver.read("Annotated.", source="/annotated", days_ago=100)
    annotated.mark()
    size = next(stored_files(driver.paths.texts)).size
    assert driver.clean(limit=5 * size + 99) == 0
    assert driver.clean(limit=3 * size + 99) == 2
    assert driver.stored() == {"Article 2.", "Article 3.", "Article 4.", "Annotated."}
    assert driver.clean(limit=0) == 3
    assert driver.stored() == {"Annotated."}


def test_the_last_text_of_an_article_with_annotations_stays(driver):
    driver.read(FIRST).mark()
    driver.read(SECOND)
    assert driver.clean(limit=0) == 0
    assert driver.stored() == {FIRST, SECOND}


def test_a_reference_that_is_made_during_the_search_counts(driver):
    driver.read(FIRST)
    window = driver.read(SECOND)
    driver.read(THIRD)
    for _ in driver.library.text_cleaner.find(NO_LIMIT):
        pass
    window.mark()
    assert driver.library.text_cleaner.remove_found() == 1
    assert driver.stored() == {SECOND, THIRD}


def test_nothing_is_deleted_while_another_window_writes(driver):
    driver.read(FIRST)
    driver.read(SECOND)
    for _ in driver.library.text_cleaner.find(NO_LIMIT):
        pass
    driver.library.lock_timeout = 0
    with another_window_that_writes(driver.paths.library), pytest.raises(LockedError):
        driver.library.text_cleaner.remove_found()
    assert driver.library.text_cleaner.remove_found() == 1


def test_nothing_is_deleted_without_a_library(driver):
    driver.read(FIRST)
    driver.paths.library.unlink()
    assert TextsDriver(driver.paths.data).clean(limit=0) == 0
    driver.paths.library.write_bytes(b"hello")
    with pytest.raises(LibraryError):
        TextsDriver(driver.paths.data).clean(limit=0)
    assert driver.stored() == {FIRST}


def forget_hashes(file):
    """Rewrite a library file as version 0.1.0 writes it, which knows nothing of texts of anchors and former texts."""
    tables = json.loads(file.read_bytes())
    for record in tables["records"].values():
        record.pop("texts", None)
        sides = [side for edit in record.get("edits", ()) for side in edit.values() if side]
        for one in [*sides, *([record] if record["kind"] == "annotation" else ())]:
            one.pop("text_hash", None)
    file.write_text(json.dumps(tables))


def test_the_text_of_an_anchor_without_a_hash_is_recognised(driver):
    first = driver.read(FIRST)
    first.mark(4, 11)
    for text in (SECOND, THIRD):
        driver.read(text).library.close()
    forget_hashes(driver.paths.library)
    driver = TextsDriver(driver.paths.data)
    assert driver.library.find(first.entry.id).text_hashes == ()

    assert driver.clean() == 1

    assert driver.stored() == {FIRST, THIRD}
    assert first.article.text_hash in driver.library.find(first.entry.id).text_hashes
    assert driver.clean() == 0


@pytest.mark.skipif(os.name == "nt", reason="a directory is no file that cannot be read there")
def test_nothing_is_deleted_if_a_reference_cannot_be_read(driver):
    driver.read(FIRST)
    driver.read(SECOND)
    (driver.paths.bookmarks / "3f2a9c41.json").mkdir(parents=True)
    with pytest.raises(LibraryError, match=r"3f2a9c41.json cannot be read"):
        driver.clean()
    assert driver.library.text_cleaner.remove_found() == 0
    assert driver.stored() == {FIRST, SECOND}
