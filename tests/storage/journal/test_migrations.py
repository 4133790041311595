"""Migrations: a library of every former version opens, and has the present version after its first change."""

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


def driver_of(home, library):
    home.mkdir()
    shutil.copy(library, home / "library.json")
    return LibraryDriver(home)


def known(old, new):
    """Return the fields of a record that an earlier record has, without those of revisions."""
    return {name: new.get(name) for name in old if name not in {"rev", "past"}}


def test_every_version_has_a_library():
    versions = {json.loads(library.read_bytes())["meta"]["1"]["version"] for library in EVERY}
    assert versions == set(range(1, VERSION + 1))


@pytest.mark.parametrize("library", EVERY, ids=lambda path: path.stem)
def test_old_libraries_open_with_notes_and_undo_history(tmp_path, library):
    driver = driver_of(tmp_path / "home", library)
    (annotation,) = driver.notebook
    found = {(version.note, version.tags) for version in (annotation, *annotation.conflicts)}
    assert ("Which envoy? 北", ("people", "law")) in found
    while driver.do(driver.notebook.undo()):
        pass
    assert len(driver.notebook) == 0
    assert check(driver.paths).state.value == "whole"


@pytest.mark.parametrize("library", OLD, ids=lambda path: path.stem)
def test_only_the_first_change_migrates_and_keeps_a_backup(tmp_path, library):
    driver = driver_of(tmp_path / "home", library)
    driver.library.close()
    assert driver.file.read_bytes() == library.read_bytes()
    driver.open()
    driver.mark(4, 7)
    (backup,) = Backups(driver.paths.backups).all()
    assert backup.reason == "before-migration"
    assert backup.path.read_bytes() == library.read_bytes()
    tables, before = json.loads(driver.file.read_bytes()), json.loads(library.read_bytes())
    assert tables["meta"]["1"]["version"] == VERSION
    assert tables["mine"] == before["mine"]
    for key, record in before["records"].items():
        assert known(record, tables["records"][key]) == known(record, record)
    assert plain_tinydb(driver.file) == notes(driver.notebook)
    assert check(driver.paths).without_checksum == 0


def test_a_library_whose_backup_fails_is_not_migrated(tmp_path):
    driver = driver_of(tmp_path / "home", OLD[0])
    driver.paths.backups.write_text("A file stands where the directory should.")
    with pytest.raises(Exception, match="could not be written"):
        driver.mark()
    assert driver.file.read_bytes() == OLD[0].read_bytes()
    assert len(driver.notebook) == 1
    driver.paths.backups.unlink()
    driver.mark()
    assert json.loads(driver.file.read_bytes())["meta"]["1"]["version"] == VERSION


def test_two_windows_may_migrate_a_library_at_once(tmp_path):
    one = driver_of(tmp_path / "home", OLD[0])
    two = LibraryDriver(tmp_path / "home")
    one.mark(0, 3)
    two.mark(4, 7)
    one.library.notebooks.refresh(one.entry, one.notebook)
    two.library.notebooks.refresh(two.entry, two.notebook)
    assert len(one.notebook) == len(two.notebook) == 3


@pytest.mark.parametrize("library", EVERY, ids=lambda path: path.stem)
def test_a_migration_does_not_modify_its_argument(library):
    tables = json.loads(library.read_bytes())
    again = json.loads(library.read_bytes())
    version = tables["meta"]["1"]["version"]
    once = migrated(tables, version)
    assert tables == again
    assert migrated(once, VERSION) == once


def test_a_lost_version_is_written_again():
    tables = migrated({"records": {"1": {"kind": "annotation", "id": "a"}}}, 0)
    assert tables["meta"] == {"1": {"format": "pactreader-library", "version": VERSION}}
    assert tables["records"]["1"]["rev"]
