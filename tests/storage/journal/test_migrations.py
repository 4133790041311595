"""A library of every version that ever was opens, and is of this version after its first change."""

import json
import shutil
from pathlib import Path

import pytest

from pactreader.storage.journal.file_format import VERSION
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.library_check import check
from storage.library_driver import LibraryDriver, notes, plain_tinydb

LIBRARIES = Path(__file__).with_name("libraries")
OLD = sorted(LIBRARIES.glob("version-1*.json"))
EVERY = sorted(LIBRARIES.glob("*.json"))


def reader_of(home, library):
    home.mkdir()
    shutil.copy(library, home / "library.json")
    return LibraryDriver(home)


def known(old, new):
    """What of a record was there before, whatever is said of its versions."""
    return {name: new.get(name) for name in old if name not in {"rev", "past"}}


def test_there_is_a_library_of_every_version():
    versions = {json.loads(library.read_bytes())["meta"]["1"]["version"] for library in EVERY}
    assert versions == set(range(1, VERSION + 1))


@pytest.mark.parametrize("library", EVERY, ids=lambda path: path.stem)
def test_it_opens_with_its_notes_and_what_can_be_undone(tmp_path, library):
    reader = reader_of(tmp_path / "home", library)
    (annotation,) = reader.notebook
    found = {(version.note, version.tags) for version in (annotation, *annotation.conflicts)}
    assert ("Which envoy? 北", ("people", "law")) in found
    while reader.do(reader.notebook.undo()):
        pass
    assert len(reader.notebook) == 0
    assert check(reader.paths).state.value == "whole"


@pytest.mark.parametrize("library", OLD, ids=lambda path: path.stem)
def test_to_read_it_changes_nothing_and_the_first_change_keeps_a_backup_of_it(tmp_path, library):
    reader = reader_of(tmp_path / "home", library)
    reader.library.close()
    assert reader.file.read_bytes() == library.read_bytes()
    reader.open()
    reader.mark(4, 7)
    (backup,) = Backups(reader.paths.backups).all()
    assert backup.reason == "before-migration"
    assert backup.path.read_bytes() == library.read_bytes()
    tables, before = json.loads(reader.file.read_bytes()), json.loads(library.read_bytes())
    assert tables["meta"]["1"]["version"] == VERSION
    assert tables["mine"] == before["mine"]
    for key, record in before["records"].items():
        assert known(record, tables["records"][key]) == known(record, record)
    assert plain_tinydb(reader.file) == notes(reader.notebook)
    assert check(reader.paths).unchecked == 0


def test_a_library_whose_backup_fails_is_not_migrated(tmp_path):
    reader = reader_of(tmp_path / "home", OLD[0])
    reader.paths.backups.write_text("A file stands where the directory should.")
    with pytest.raises(Exception, match="could not be written"):
        reader.mark()
    assert reader.file.read_bytes() == OLD[0].read_bytes()
    assert len(reader.notebook) == 1
    reader.paths.backups.unlink()
    reader.mark()
    assert json.loads(reader.file.read_bytes())["meta"]["1"]["version"] == VERSION


def test_two_windows_may_migrate_it_at_once(tmp_path):
    one = reader_of(tmp_path / "home", OLD[0])
    two = LibraryDriver(tmp_path / "home")
    one.mark(0, 3)
    two.mark(4, 7)
    one.library.refresh(one.entry, one.notebook)
    two.library.refresh(two.entry, two.notebook)
    assert len(one.notebook) == len(two.notebook) == 3


@pytest.mark.parametrize("library", EVERY, ids=lambda path: path.stem)
def test_a_migration_changes_nothing_of_what_it_is_given(library):
    tables = json.loads(library.read_bytes())
    again = json.loads(library.read_bytes())
    version = tables["meta"]["1"]["version"]
    once = migrated(tables, version)
    assert tables == again
    assert migrated(once, VERSION) == once


def test_a_head_that_was_lost_is_made_anew():
    tables = migrated({"records": {"1": {"kind": "annotation", "id": "a"}}}, 0)
    assert tables["meta"] == {"1": {"format": "pactreader-library", "version": VERSION}}
    assert tables["records"]["1"]["rev"]
