"""The replay of the undo history: an annotation without a record is restored as it last was."""

import json

import pytest

from pactreader.storage.recovery.history_replay import replayed_annotations, with_replayed_annotations
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from storage.library_driver import LibraryDriver, notes_on_disk


@pytest.fixture
def driver(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.kept, driver.gone = driver.mark(0, 3), driver.mark(4, 7)
    driver.note(driver.kept, "first")
    driver.note(driver.kept, "second")
    driver.note(driver.gone, "third")
    driver.do(driver.notebook.remove(driver.gone))
    driver.library.close()
    return driver


def records_on_disk(driver):
    return json.loads(driver.file.read_bytes())["records"]


def key_of(driver, annotation_id):
    return next(key for key, one in records_on_disk(driver).items() if one["id"] == annotation_id)


def test_history_holds_annotations_as_last_left(driver):
    found = replayed_annotations(records_on_disk(driver).values())
    assert found[driver.kept]["note"] == "second"
    assert found[driver.gone]["deleted"] is True


def test_an_undone_change_is_replayed_as_undone(driver):
    driver.open()
    driver.do(driver.notebook.undo())
    assert replayed_annotations(records_on_disk(driver).values())[driver.gone]["note"] == "third"


def test_present_annotations_are_left_as_they_are(driver):
    assert with_replayed_annotations(records_on_disk(driver)) == records_on_disk(driver)


def test_a_change_with_a_failed_checksum_is_not_replayed(driver):
    forged = records_on_disk(driver)
    for record in forged.values():
        if record["kind"] == "change":
            record["title"] = "forged"
    del forged[key_of(driver, driver.kept)]
    assert with_replayed_annotations(forged) == forged


@pytest.mark.parametrize("damage", [b"\0" * 40, b"", b'"x":'])
def test_a_note_on_a_damaged_line_comes_from_the_history(driver, damage):
    content = driver.file.read_bytes()
    start = content.index(f'"{key_of(driver, driver.kept)}":'.encode())
    driver.file.write_bytes(content[:start] + damage + content[start + 40 :])
    assert notes_on_disk(driver.file.parent) == {driver.kept: "second"}
    assert check(driver.paths).state.value == "whole"


def test_a_removed_annotation_does_not_come_back(driver):
    content = driver.file.read_bytes()
    start = content.index(f'"{key_of(driver, driver.gone)}":'.encode())
    driver.file.write_bytes(content[:start] + content[start + 40 :])
    assert notes_on_disk(driver.file.parent) == {driver.kept: "second"}


def test_repair_finds_a_note_in_the_history(driver):
    content = driver.file.read_bytes()
    start = content.index(f'"{key_of(driver, driver.kept)}":'.encode())
    at = content.index(b"second", start)
    driver.file.write_bytes(content[:at] + b"sekond" + content[at + 6 :])
    done = repair(driver.paths, check(driver.paths))
    assert (done.restored, done.accepted) == (1, 0)
    (annotation,) = LibraryDriver(driver.file.parent).notebook
    assert {annotation.note, *(other.note for other in annotation.conflicts)} == {"second", "sekond"}


@pytest.mark.parametrize("damage", ["torn", "repaired"])
def test_a_conflict_with_a_removal_survives_recovery(driver, damage):
    driver.open()
    before = json.loads(driver.file.read_bytes())
    driver.do(driver.notebook.remove(driver.kept))
    for record in before["records"].values():
        if record["id"] == driver.kept:
            record["note"] = "from another program"
    driver.file.write_text(json.dumps(before))
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    assert driver.notebook[driver.kept].conflicts
    driver.library.close()

    if damage == "torn":
        driver.file.write_bytes(driver.file.read_bytes()[:-2] + b',\n"999":{"kind":"annot')
    else:
        driver.file.chmod(0o644)
        repair(driver.paths, check(driver.paths))
    driver.open()

    annotation = driver.notebook[driver.kept]
    notes = {one and one.note for one in (annotation, *annotation.conflicts)}
    assert "from another program" in notes
