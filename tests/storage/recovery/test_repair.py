"""Repair: what is damaged is mended as well as file and backups allow, and what was there before is kept."""

import json
import os
import stat

import pytest

from pactreader.core.errors import LibraryError
from pactreader.storage.recovery import library_check
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from storage.library_driver import LibraryDriver, documents, notes_on_disk, plain_tinydb


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(library_check, "_A_WRITE_SECONDS", 0)


@pytest.fixture
def reader(tmp_path):
    reader = LibraryDriver(tmp_path)
    reader.library.register(reader.entry, reader.article)
    reader.first, reader.second = reader.mark(0, 3), reader.mark(4, 18)
    reader.note(reader.first, "Who decides?")
    reader.library.close()
    return reader


def change(reader, old, new, count=1):
    content = reader.file.read_bytes()
    assert old in content
    reader.file.write_bytes(content.replace(old, new, count))


def repaired(reader):
    before = reader.file.read_bytes()
    done = repair(reader.paths, check(reader.paths))
    assert done.kept.read_bytes() == before
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600
    found = check(reader.paths)
    assert found.sound, found
    documents(reader.file)
    return done


def test_a_record_that_a_backup_has_as_it_was_written_stays_beside_what_became_of_it(reader):
    reader.open()
    reader.library.back_up_daily()
    reader.library.close()
    change(reader, b'"note":"Who decides?"', b'"note":"Who desides?"')
    assert repaired(reader).restored == 1
    (annotation,) = [one for one in LibraryDriver(reader.file.parent).notebook if one.id == reader.first]
    assert {annotation.note, *(other.note for other in annotation.conflicts)} == {
        "Who decides?",
        "Who desides?",
    }


def test_a_record_that_nothing_else_knows_is_accepted_as_it_is(reader):
    tables = json.loads(reader.file.read_bytes())
    tables["records"] = {key: one for key, one in tables["records"].items() if one["kind"] != "change"}
    reader.file.write_text(json.dumps(tables))
    change(reader, b'"note": "Who decides?"', b'"note": "Who desides?"')
    done = repaired(reader)
    assert (done.accepted, done.restored) == (1, 0)
    assert notes_on_disk(reader.file.parent)[reader.first] == "Who desides?"


def test_a_record_that_cannot_be_read_comes_from_a_backup(reader):
    reader.open()
    reader.library.back_up_daily()
    reader.library.close()
    change(reader, b'"created"', b'"createt"')
    assert reader.first not in notes_on_disk(reader.file.parent)
    assert repaired(reader).restored == 1
    assert notes_on_disk(reader.file.parent)[reader.first] == "Who decides?"


def test_a_hidden_record_is_seen_again(reader):
    tables = json.loads(reader.file.read_bytes())
    lines = [f'"{key}":{json.dumps(record)}' for key, record in tables["records"].items()]
    hidden = next(line for line in lines if f'"id": "{reader.second}"' in line and '"annotation"' in line)
    other = next(line for line in lines if f'"id": "{reader.first}"' in line and '"annotation"' in line)
    lines = [line for line in lines if line not in {hidden, other}]
    key = hidden.split(":")[0]
    lines += [hidden, key + other[other.index(":") :]]
    rows = ",\n".join(lines)
    reader.file.write_text(f'{{"meta":{json.dumps(tables["meta"])},"records":{{\n{rows}\n}}}}')
    assert set(plain_tinydb(reader.file)) == {reader.first}
    assert repaired(reader).rekeyed == 1
    assert set(plain_tinydb(reader.file)) == {reader.first, reader.second}


def test_an_article_that_is_lost_comes_from_a_backup(reader):
    reader.open()
    reader.library.back_up_daily()
    reader.library.close()
    tables = json.loads(reader.file.read_bytes())
    tables["records"] = {key: one for key, one in tables["records"].items() if one["kind"] != "article"}
    reader.file.write_text(json.dumps(tables))
    assert repaired(reader).restored == 1
    assert [entry.title for entry in LibraryDriver(reader.file.parent).library.articles()] == ["The pact"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-40],
        lambda content: content.replace(b'\n"2":', b'\n"q":'),
        lambda content: content.replace(b'{"meta":{"1":{"format"', b'{"neta":{"1":{"format"'),
        lambda content: content.replace(b'"records"', b'"recordr"'),
    ],
    ids=["cut", "a key that is no number", "no meta", "no records"],
)
def test_a_file_in_no_shape_is_written_anew_with_all_that_can_be_read(reader, damage):
    reader.file.write_bytes(damage(reader.file.read_bytes()))
    repaired(reader)
    assert notes_on_disk(reader.file.parent) == {reader.first: "Who decides?", reader.second: ""}


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_what_was_open_to_others_is_the_readers_alone(reader):
    reader.file.chmod(0o644)
    reader.paths.data.chmod(0o777)
    repaired(reader)
    assert stat.S_IMODE(reader.file.stat().st_mode) == 0o600
    assert not stat.S_IMODE(reader.paths.data.stat().st_mode) & 0o022


def test_a_damaged_text_is_put_aside_and_kept_anew(reader):
    (text,) = reader.paths.texts.iterdir()
    text.write_bytes(b"x")
    repair(reader.paths, check(reader.paths))
    assert text.with_name(f"{text.name}.damaged").read_bytes() == b"x"
    reader.open()
    reader.library.register(reader.entry, reader.article)
    assert check(reader.paths).sound


@pytest.mark.parametrize("content", [b"hello", b'{"_default":{"1":{"a":1}}}'])
def test_what_is_no_library_is_left_as_it_is(reader, content):
    reader.file.write_bytes(content)
    with pytest.raises(LibraryError, match="not a PactReader library"):
        repair(reader.paths, check(reader.paths))
    assert reader.file.read_bytes() == content


def test_a_library_of_a_later_version_is_left_as_it_is(reader):
    change(reader, b'"version":2', b'"version":9')
    before = reader.file.read_bytes()
    with pytest.raises(LibraryError, match="later PactReader"):
        repair(reader.paths, check(reader.paths))
    assert reader.file.read_bytes() == before
