"""The index of records: those of an article in one lookup, as they are now, also after they went to another article."""

import json

import pytest

from pactreader.storage.journal.file_format import render
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.json_lines import encode
from pactreader.storage.journal.record_index import RecordIndex, RecordKeys
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.record_recovery import recovery_from
from pactreader.storage.schema import undo_history


def annotation(record_id, article, **fields):
    return {"kind": "annotation", "id": record_id, "article": article, "anchor": {"exact": "x"}, **fields}


RECORDS = [
    {"kind": "article", "id": "A"},
    annotation("a", "A"),
    annotation("b", "B"),
    annotation("c", "A", deleted=True),
    annotation("d", "A"),
    annotation("e", ["A"]),
    {"kind": "change", "id": "f", "article": "A"},
    {"kind": "other", "id": "g", "article": "A"},
]


def append(file, *rows):
    with file.changing():
        free = file.free_keys()
        file.append({key or next(free): record for key, record in rows})


@pytest.fixture(params=["decoded", "packed"])
def file(request, tmp_path):
    path = tmp_path / "library.json"
    append(JournalFile(path), *(("", record) for record in RECORDS))
    return JournalFile(path, observe=(lambda _records: None) if request.param == "packed" else None)


def ids(records):
    return [record["id"] for record in records]


def test_records_are_found_by_kind_id_and_article(file):
    index = RecordIndex(file)
    assert ids(index.records("annotation")) == ["a", "b", "c", "d", "e"]
    assert ids(index.records("annotation", ["B", "A"])) == ["b", "a", "c", "d"]
    assert ids(index.records("change", ["A", "nothing"])) == ["f"]
    assert index.find("annotation", "b") == ("3", RECORDS[2])
    assert index.find("change", "b") == ("", {})
    assert index.has_id("f")
    assert not index.has_id("g")  # of a kind that is not known
    assert index.has_any("article")
    assert index.highlight_counts() == {"A": 2, "B": 1}


def test_an_edit_counts_at_the_place_of_the_record(file):
    index = RecordIndex(file)
    index.records("annotation")
    append(file, ("2", annotation("a", "A", note="x")), ("", annotation("h", "A")))
    assert ids(index.records("annotation", ["A"])) == ["a", "c", "d", "h"]
    assert index.find("annotation", "a")[1]["note"] == "x"


def test_a_record_that_goes_to_another_article_and_back_is_there_once(file):
    index = RecordIndex(file)
    index.records("annotation")
    append(file, ("2", annotation("a", "B")))
    assert ids(index.records("annotation", ["A"])) == ["c", "d"]
    assert ids(index.records("annotation", ["B"])) == ["a", "b"]
    append(file, ("2", annotation("a", "A")))
    assert ids(index.records("annotation", ["A"])) == ["a", "c", "d"]
    assert ids(index.records("annotation", ["B"])) == ["b"]
    assert index.highlight_counts() == {"A": 2, "B": 1}


def test_records_of_an_article_are_read_without_those_of_others(tmp_path, monkeypatch):
    path = tmp_path / "library.json"
    rows = (
        ("", annotation(f"{article}-{number}", f"{article}")) for article in range(300) for number in range(9)
    )
    append(JournalFile(path), *rows)
    index = RecordIndex(JournalFile(path, observe=lambda _records: None))
    index.has_any("annotation")
    decoded, real = [], json.loads
    monkeypatch.setattr(json, "loads", lambda text: decoded.append(len(text)) or real(text))
    assert ids(index.records("annotation", ["17"])) == [f"17-{number}" for number in range(9)]
    assert sum(decoded) < path.stat().st_size / 3


def test_a_file_that_is_read_packed_is_indexed_while_it_is_read(file, monkeypatch):
    keys = RecordKeys()
    packed = JournalFile(file._path, observe=keys.add)
    index = RecordIndex(packed, keys)
    monkeypatch.setattr(RecordKeys, "add", None)
    assert ids(index.records("annotation", ["A"])) == ["a", "c", "d"]


def test_a_file_that_cannot_be_packed_is_indexed_once_it_is_read(file):
    tables = json.loads(file._path.read_bytes())
    file._path.write_text(encode(tables))  # in one line
    keys = RecordKeys()
    whole = JournalFile(file._path, observe=keys.add)
    assert not whole.is_packed
    assert ids(RecordIndex(whole, keys).records("annotation", ["A"])) == ["a", "c", "d"]


@pytest.fixture
def few_changes(monkeypatch):
    monkeypatch.setattr(undo_history, "MAX_CHANGES", 2)


def change(record_id, at):
    return {"kind": "change", "id": record_id, "article": "A", "at": at}


def test_only_what_another_window_edited_arrives_when_it_rewrote_the_file(file, few_changes):
    index = RecordIndex(file)
    other = JournalFile(file._path)
    append(other, ("", change("g1", "1")), ("", change("g2", "2")), ("", change("g3", "3")))
    file.refresh()
    cursor = index.cursor
    assert ids(index.records("change")) == ["f", "g1", "g2", "g3"]
    append(other, ("2", annotation("a", "A", note="x")), ("2", annotation("a", "A", note="y")))
    other.close()  # writes the file anew, without the edits that are replaced and the oldest change
    file.refresh()
    assert ids(index.records("change"))[-2:] == ["g2", "g3"]
    assert ids(index.records("annotation", ["A"])) == ["a", "c", "d"]
    assert index.find("annotation", "a")[1]["note"] == "y"
    assert index.find("change", "g1") == ("", {})
    if file.is_packed:
        assert [one["note"] for one in index.records_since(cursor)] == ["y"]


def test_what_another_program_left_out_of_a_packed_file_is_noticed(tmp_path):
    path = tmp_path / "library.json"
    append(JournalFile(path), *(("", record) for record in RECORDS))
    window = JournalFile(path, observe=lambda _records: None, recover=recovery_from(Backups(tmp_path / "b")))
    tables = json.loads(path.read_bytes())
    del tables["records"]["3"]
    path.write_bytes(render(tables))
    window.refresh()
    assert window.records["3"] == RECORDS[2]
    assert json.loads(path.read_bytes())["records"]["3"]["id"] == "b"
