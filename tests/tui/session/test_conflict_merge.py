"""Merging in the window: keys are handled meanwhile, escape stops it, and what was merged before is told."""

import shutil
from threading import Event

import pytest

from app_driver import ARTICLE, AppDriver, run_story
from pactreader.core.article import Passage
from pactreader.core.errors import UsageError
from pactreader.storage.library import Library
from pactreader.storage.library_merger import LibraryMerger
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow


def highlight(library_file, home, start):
    """Highlight a letter in a copy of a library, and leave that as a synchroniser would."""
    other = home.parent / "other"
    shutil.copytree(home, other)
    with Library(Paths.find(other, {})) as library:
        entry = library.entry_for(ARTICLE)
        library.register(entry, ARTICLE)
        library.save(entry, library.notebook(entry, ARTICLE).highlight(Passage(start, start + 1), "term"))
    shutil.move(other / "library.json", home / library_file)
    shutil.rmtree(other)


@pytest.fixture
def home(tmp_path):
    """A library with two conflict files, each with a highlight of its own."""
    home = tmp_path / "home"
    with Library(Paths.find(home, {})) as library:
        library.register(library.entry_for(ARTICLE), ARTICLE)
    for number in (1, 2):
        highlight(f"library.sync-conflict-{number}.json", home, number)
    return home


def test_escape_stops_a_merge_and_the_rest_can_be_merged_again(home, monkeypatch):
    compared, go_on, prepare = Event(), Event(), LibraryMerger.prepare

    def slowly(merger, path, state, *, on_progress):
        if path.name.endswith("2.json"):
            compared.set()
            assert go_on.wait(20)
        return prepare(merger, path, state, on_progress=on_progress)

    monkeypatch.setattr(LibraryMerger, "prepare", slowly)

    async def story(driver: AppDriver) -> None:
        await driver.press("M")
        await driver.wait_until(compared.is_set)
        await driver.wait_until(lambda: "merging · esc stops it" in driver.title)
        await driver.press(")")
        assert driver.screen.article_view.caret.offset > 0
        await driver.press("escape")
        go_on.set()
        await driver.wait_until(lambda: "Stopped: the rest is not merged." in driver.footer)
        assert "library.sync-conflict-1.json: 1 new annotation." in driver.footer
        assert "merging" not in driver.title
        assert "1 highlight" in driver.title
        await driver.press("M")
        await driver.wait_until(lambda: "2 highlights" in driver.title)

    run_story(home, story)


def test_a_file_that_cannot_be_merged_hides_nothing_of_those_before_it(home, monkeypatch):
    prepare = LibraryMerger.prepare

    def fail_at_second(merger, path, state, *, on_progress):
        if path.name.endswith("2.json"):
            raise UsageError("The file is no library.", "Remove it.")
        return prepare(merger, path, state, on_progress=on_progress)

    monkeypatch.setattr(LibraryMerger, "prepare", fail_at_second)

    async def story(driver: AppDriver) -> None:
        await driver.press("M")
        await driver.wait_until(lambda: "Not merged: The file is no library." in driver.footer)
        assert "1 new annotation." in driver.footer
        assert "1 highlight" in driver.title

    run_story(home, story)
