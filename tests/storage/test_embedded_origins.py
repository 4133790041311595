"""What was taken in from the file of an article is taken in once, whatever becomes of it in the library."""

import json
import shutil
from pathlib import Path

import pytest

from pactreader.core.embedded_annotations import EmbeddedAnnotation, EmbeddedKind
from pactreader.core.errors import LockedError
from pactreader.core.notebooks.embedded_import import find_new
from pactreader.storage.recovery.history_replay import replayed_annotations
from storage.library_driver import LibraryDriver, World

FOUND = [
    EmbeddedAnnotation("k1", EmbeddedKind.HIGHLIGHT, 0, 3, "Who?", "Ada", created="2024-01-31T11:00:00.000Z"),
    EmbeddedAnnotation("k2", EmbeddedKind.HIGHLIGHT, 4, 7),
]


def open_and_take_in(home: Path, *, world: World | None = None) -> LibraryDriver:
    """Open the article, whose file has two annotations of another program."""
    driver = LibraryDriver(home, world=world)
    new = find_new(FOUND, driver.notebook, driver.library.origins(driver.entry.id))
    if new.new:
        change = new.change(driver.notebook, is_used=driver.library.is_used)
        driver.do(change)
    driver.library.register(driver.entry, driver.article)
    return driver


def quotes(driver: LibraryDriver) -> list[str]:
    return [one.anchor.exact for one in driver.notebook if one.anchor]


def test_author_and_origin_are_saved(tmp_path):
    open_and_take_in(tmp_path).library.close()
    first, second = LibraryDriver(tmp_path).notebook
    assert (first.author, first.origin, second.author, second.origin) == ("Ada", "k1", "", "k2")


@pytest.mark.parametrize("what", ["undo", "remove", "note", "nothing"])
def test_it_is_not_taken_in_again(tmp_path, what):
    driver = open_and_take_in(tmp_path)
    first = driver.notebook.by_index(0).id
    if what == "undo":
        driver.do(driver.notebook.undo())
    elif what == "remove":
        driver.do(driver.notebook.remove(first))
    elif what == "note":
        driver.note(first, "Mine")
    before = quotes(driver)
    driver.library.close()
    assert quotes(open_and_take_in(tmp_path)) == before


def test_two_windows_that_take_it_in_at_the_same_time_do_so_once(tmp_path):
    world = World()
    windows = [LibraryDriver(tmp_path, world=world) for _ in range(2)]
    changes = [
        find_new(FOUND, each.notebook, ()).change(each.notebook, is_used=each.library.is_used)
        for each in windows
    ]
    windows[0].do(changes[0])
    with pytest.raises(LockedError):  # and a try later finds nothing that is new
        windows[1].do(changes[1])
    assert quotes(open_and_take_in(tmp_path, world=world)) == ["Kim", "met"]


def test_a_removal_is_a_conflict_and_nothing_is_doubled_if_two_computers_took_it_in(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    open_and_take_in(one).library.close()
    elsewhere = open_and_take_in(other)
    elsewhere.do(elsewhere.notebook.remove(elsewhere.notebook.by_index(0).id))
    elsewhere.library.close()
    here = open_and_take_in(one)
    here.library.merger.merge(elsewhere.paths.library)
    here.reopen()
    assert quotes(here) == ["met"]
    assert quotes(open_and_take_in(one)) == ["met"]


def test_the_undo_history_knows_what_was_taken_back(tmp_path):
    driver = open_and_take_in(tmp_path)
    driver.do(driver.notebook.undo())
    driver.library.close()
    replayed = replayed_annotations(json.loads(driver.file.read_text())["records"].values())
    assert [(one["deleted"], one["origin"]) for one in replayed.values()] == [(True, "k1"), (True, "k2")]


def test_a_program_that_does_not_know_of_origins_keeps_them(tmp_path):
    """It takes them for unknown fields, which it keeps with an annotation and with its tombstone."""
    driver = open_and_take_in(tmp_path)
    driver.library.close()
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path, copy, ignore=shutil.ignore_patterns("copy"))
    data = json.loads((copy / "library.json").read_text())
    for record in data["records"].values():
        if record["kind"] == "annotation":
            record |= {"deleted": True, "modified": "2026-11-26T00:00:00.000Z"}
            for name in ("anchor", "label", "note", "tags", "author", "text_hash"):
                record.pop(name, None)
    (copy / "library.json").write_text(json.dumps(data))
    assert quotes(open_and_take_in(copy)) == []


def test_an_article_that_was_deleted_with_its_notes_is_new(tmp_path):
    driver = open_and_take_in(tmp_path)
    driver.library.delete(driver.entry.id)
    driver.library.close()
    assert quotes(open_and_take_in(tmp_path)) == ["Kim", "met"]
