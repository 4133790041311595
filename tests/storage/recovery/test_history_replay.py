"""What changes remember: an annotation whose own record is gone is there as it was last left."""

import json

import pytest

from pactreader.storage.recovery.history_replay import remembered, with_remembered
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from storage.library_driver import LibraryDriver, notes_on_disk


@pytest.fixture
def reader(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.kept, reader.gone = reader.mark(0, 3), reader.mark(4, 7)
    reader.note(reader.kept, "first")
    reader.note(reader.kept, "second")
    reader.note(reader.gone, "third")
    reader.do(reader.notebook.remove(reader.gone))
    reader.library.close()
    return reader


def records(reader):
    return json.loads(reader.file.read_bytes())["records"]


def key_of(reader, annotation_id):
    return next(key for key, one in records(reader).items() if one["id"] == annotation_id)


def test_changes_know_each_annotation_as_it_was_last_left(reader):
    found = remembered(records(reader).values())
    assert found[reader.kept]["note"] == "second"
    assert found[reader.gone]["deleted"] is True


def test_what_was_undone_is_not_remembered_as_done(reader):
    reader.open()
    reader.do(reader.notebook.undo())
    assert remembered(records(reader).values())[reader.gone]["note"] == "third"


def test_what_is_there_is_left_as_it_is(reader):
    assert with_remembered(records(reader)) == records(reader)


def test_a_change_that_is_not_as_it_was_written_is_not_believed(reader):
    forged = records(reader)
    for record in forged.values():
        if record["kind"] == "change":
            record["title"] = "forged"
    del forged[key_of(reader, reader.kept)]
    assert with_remembered(forged) == forged


@pytest.mark.parametrize("damage", [b"\0" * 40, b"", b'"x":'])
def test_a_note_whose_line_is_damaged_is_there_when_the_library_opens(reader, damage):
    content = reader.file.read_bytes()
    start = content.index(f'"{key_of(reader, reader.kept)}":'.encode())
    reader.file.write_bytes(content[:start] + damage + content[start + 40 :])
    assert notes_on_disk(reader.file.parent) == {reader.kept: "second"}
    assert check(reader.paths).state.value == "whole"


def test_what_was_removed_does_not_come_back_with_the_line_that_is_gone(reader):
    content = reader.file.read_bytes()
    start = content.index(f'"{key_of(reader, reader.gone)}":'.encode())
    reader.file.write_bytes(content[:start] + content[start + 40 :])
    assert notes_on_disk(reader.file.parent) == {reader.kept: "second"}


def test_repair_finds_a_note_as_it_was_written_in_what_was_done(reader):
    content = reader.file.read_bytes()
    start = content.index(f'"{key_of(reader, reader.kept)}":'.encode())
    at = content.index(b"second", start)
    reader.file.write_bytes(content[:at] + b"sekond" + content[at + 6 :])
    done = repair(reader.paths, check(reader.paths))
    assert (done.restored, done.accepted) == (1, 0)
    (annotation,) = LibraryDriver(reader.file.parent).notebook
    assert {annotation.note, *(other.note for other in annotation.conflicts)} == {"second", "sekond"}
