"""The journal: any TinyDB reads it, several processes write it, and changes by other programs do no harm."""

import json
import os
import re
from itertools import pairwise

import pytest
from filelock import FileLock
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from pactreader.core.errors import LibraryError, LockedError, NotSavedError
from pactreader.storage.journal import atomic_write, journal_file
from pactreader.storage.journal.journal_file import JournalFile
from storage.library_driver import (
    LibraryDriver,
    an_article,
    another_window_that_writes,
    documents,
    mode,
    notes,
    notes_on_disk,
    plain_tinydb,
    recovering_journal,
    with_head,
)

RECORD = {"kind": "annotation", "id": "a", "note": "x"}


def test_nothing_is_created_before_the_first_change(tmp_path):
    home = tmp_path / "home"
    driver = LibraryDriver(home)
    driver.library.close()
    assert not home.exists()


def test_a_stock_tinydb_reads_the_file_after_each_change(tmp_path):
    driver = LibraryDriver(tmp_path)
    first, second = driver.mark(0, 3), driver.mark(4, 7)
    steps = [
        lambda: driver.note(first, "Who?"),
        lambda: driver.note(second, "北\ud800\x1b[2J"),
        lambda: driver.do(driver.notebook.remove(first)),
        lambda: driver.do(driver.notebook.undo()),
        lambda: driver.do(driver.notebook.undo()),
        lambda: driver.do(driver.notebook.redo()),
        driver.library.close,
        lambda: driver.mark(8, 11),
    ]
    for step in steps:
        step()
        assert plain_tinydb(driver.file) == notes(driver.notebook)
    assert documents(driver.file, "meta") == [{"format": "pactreader-library", "version": 2}]
    assert driver.file.read_bytes().isascii()


def is_lock_signature(call):
    name, content, *_ = (*call, None)
    return name == "write" and (not content or bytes(content).startswith(b'{"process"'))


def test_a_change_of_several_records_is_one_write_and_one_sync(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    calls = []
    for name in ("write", "fsync"):
        real = getattr(os, name)
        monkeypatch.setattr(
            atomic_write.os,
            name,
            lambda *a, name=name, real=real: (calls.append((name, *a[1:])), real(*a))[1],
        )
    driver.mark()
    calls = [call for call in calls if not is_lock_signature(call)]
    names = [name for name, *_ in calls]
    assert names == ["write", "write", "fsync"]
    assert not bytes(calls[0][1]).strip(), "the file is first extended with spaces"
    written = bytes(calls[1][1])
    assert written.count(b'"kind"') == 2
    assert written.endswith(b"\n}}")


def test_a_new_file_is_synced_before_its_name(tmp_path, monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, real=real: (calls.append(name), real(*a))[1])
    atomic_write.atomic_write(tmp_path / "file", b"content")
    assert calls == ["fsync", "replace", "fsync"]


def test_a_change_leaves_the_bytes_before_it(tmp_path):
    driver = LibraryDriver(tmp_path)
    for _ in range(5):
        before = driver.file.read_bytes().removesuffix(b"\n}}") if driver.file.exists() else b""
        inode = driver.file.stat().st_ino if before else None
        driver.mark()
        assert driver.file.read_bytes().startswith(before)
        assert inode in {None, driver.file.stat().st_ino}


def test_closing_leaves_no_repeated_keys(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    for text in ("a", "b", "c"):
        driver.note(marked, text)

    def keys():
        pairs = json.loads(driver.file.read_bytes(), object_pairs_hook=lambda pairs: pairs)
        return [key for key, _ in dict(pairs)["records"]]

    assert len(keys()) > len(set(keys()))
    driver.library.close()
    assert len(keys()) == len(set(keys()))
    assert plain_tinydb(driver.file) == {marked: "c"}


def test_many_edits_trigger_compaction(tmp_path, monkeypatch):
    monkeypatch.setattr(journal_file, "_MIN_REPEATED_BYTES", 5_000)
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.note(marked, "x" * 500)
    sizes = []
    for _ in range(10):
        driver.do(driver.notebook.undo())
        driver.do(driver.notebook.redo())
        sizes.append(driver.file.stat().st_size)
    assert any(later < sooner for sooner, later in pairwise(sizes))
    assert plain_tinydb(driver.file) == {marked: "x" * 500} == notes_on_disk(tmp_path)


def test_files_are_private(tmp_path):
    old = os.umask(0)
    try:
        driver = LibraryDriver(tmp_path / "a" / "b")
        driver.mark()
        driver.library.register(driver.entry, driver.article)
    finally:
        os.umask(old)
    assert {mode(path) for path in (tmp_path / "a").rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in tmp_path.rglob("*") if path.is_dir()} == {0o700}


def test_a_mode_that_the_user_chose_stays(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.file.chmod(0o640)
    driver.note(marked, "x")
    driver.library.close()
    assert mode(driver.file) == 0o640


def test_a_symbolic_link_is_kept(tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / "library.json").symlink_to(elsewhere / "mine.json")
    driver = LibraryDriver(home)
    marked = driver.mark()
    driver.note(marked, "x")
    driver.library.close()
    assert (home / "library.json").is_symlink()
    assert plain_tinydb(elsewhere / "mine.json") == {marked: "x"}


def test_two_windows_see_each_other_and_share_no_key(tmp_path):
    one, two = LibraryDriver(tmp_path), LibraryDriver(tmp_path)
    made = set()
    for number in range(6):
        made |= {one.mark(number, number + 1), two.mark(number, number + 1)}
        if number == 3:
            one.library.close()
    for driver in (one, two):
        assert {annotation.id for _, annotation in driver.library.annotations()} == made
    assert set(plain_tinydb(one.file)) == made
    assert one.entry.id == two.entry.id, "a new article is the same in both"
    assert len(one.library.articles()) == 1


def test_a_window_reads_only_what_another_appended(tmp_path, monkeypatch):
    one, two = LibraryDriver(tmp_path), LibraryDriver(tmp_path)
    one.mark()
    two.library.articles()
    one.mark()
    monkeypatch.setattr(JournalFile, "_load", lambda self: pytest.fail("read whole"))
    assert len(list(two.library.annotations())) == 2


def test_a_file_rewritten_by_tinydb_is_read_and_appended_to(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    with TinyDB(driver.file) as database:
        database.table("records").update({"note": "from elsewhere"}, where("kind") == "annotation")
    ((_, annotation),) = driver.library.annotations()
    assert {annotation.note, *(other.note for other in annotation.conflicts)} == {"", "from elsewhere"}
    driver.open()
    driver.mark(4, 7)
    assert plain_tinydb(driver.file) == notes(driver.notebook)


def append(journal, *records):
    with journal.changing():
        journal.append(dict(zip(journal.free_keys(), records, strict=False)))


def test_a_record_changed_in_place_is_read_with_appended_ones(tmp_path):
    path = tmp_path / "library.json"
    journal = JournalFile(path)
    append(journal, {"note": "old"})
    content = path.read_bytes().replace(b"old", b"new").removesuffix(b"\n}}")
    path.write_bytes(content + b',\n"2":{"note":"more"}\n}}')
    journal.refresh()
    notes = [one["note"] for one in journal.records.values()]
    assert notes == ["new", "more"] == [one["note"] for one in documents(path)]


def test_a_record_appended_with_the_key_of_another_shadows_nothing(tmp_path):
    path = tmp_path / "library.json"
    journal = recovering_journal(path)
    append(journal, RECORD)
    other = RECORD | {"id": "b"}
    path.write_bytes(path.read_bytes().removesuffix(b"\n}}") + f',\n"1":{json.dumps(other)}\n}}}}'.encode())
    journal.refresh()
    assert {one["id"] for one in journal.records.values()} == {"a", "b"}
    assert {one["id"] for one in documents(path)} == {"a", "b"}


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
@pytest.mark.parametrize("records", [{}, {"1": RECORD}, {"7": RECORD, "3": RECORD}])
@pytest.mark.parametrize("order", [1, -1])
def test_a_file_in_another_layout_is_appended_to(tmp_path, indent, records, order):
    path = tmp_path / "library.json"
    tables = json.loads(with_head(records, mine={"1": {"a": 1}}))
    path.write_text(json.dumps(dict(list(tables.items())[::order]), indent=indent) + "\n \n")
    journal = JournalFile(path)
    append(journal, {"id": "new"})
    append(journal, {"id": "newer"})
    assert [one["id"] for one in documents(path)] == [
        *(one["id"] for one in records.values()),
        "new",
        "newer",
    ]
    assert documents(path, "mine") == [{"a": 1}]


def test_a_stock_tinydb_uses_the_journal_as_its_storage(tmp_path):
    path = tmp_path / "library.json"
    with TinyDB(path, storage=JournalFile) as ours, TinyDB(storage=MemoryStorage) as stock:
        tables = [database.table("records") for database in (ours, stock)]
        for table in tables:
            assert table.insert_multiple([{"n": number, "tags": []} for number in range(5)]) == [
                1,
                2,
                3,
                4,
                5,
            ]
            table.update({"odd": True}, where("n").test(lambda n: n % 2))
            table.update(lambda document: document["tags"].append("x"), doc_ids=[2])
            table.upsert({"n": 4, "seen": True}, where("n") == 4)
            table.upsert({"n": 9}, where("n") == 9)
            table.remove(where("n") == 0)
            table.remove(doc_ids=[3])
            table.insert({"n": 10})
        assert tables[0].all() == tables[1].all() == documents(path)
        assert [one.doc_id for one in tables[0]] == [one.doc_id for one in tables[1]]
        for table in tables:
            table.truncate()
            assert table.all() == []
    assert documents(path) == []
    assert documents(path, "meta")


def test_a_failing_change_of_a_stock_tinydb_changes_nothing(tmp_path):
    path = tmp_path / "library.json"
    with TinyDB(path, storage=JournalFile) as database:
        table = database.table("records")
        table.insert({"n": 1, "tags": []})
        with pytest.raises(ZeroDivisionError):
            table.update(lambda document: document["tags"].append(1 / 0), doc_ids=[1])
        with pytest.raises(TypeError):
            table.update(lambda document: document["tags"].append(object()), doc_ids=[1])
        with pytest.raises(TypeError):
            table.insert({"n": object()})
        assert table.all() == [{"n": 1, "tags": []}] == documents(path)
        assert list(database.storage.records.values()) == [{"n": 1, "tags": []}]


def test_records_that_cannot_be_encoded_are_not_appended(tmp_path):
    path = tmp_path / "library.json"
    journal = JournalFile(path)
    append(journal, {"n": 1})
    with pytest.raises(TypeError):
        append(journal, {"n": 2}, {"n": object()})
    assert list(journal.records.values()) == [{"n": 1}] == documents(path)


def test_a_damaged_file_is_refused_without_recovery(tmp_path):
    path = tmp_path / "library.json"
    append(JournalFile(path), {"n": 1})
    path.write_bytes(torn := path.read_bytes()[:-2])
    with pytest.raises(LibraryError, match="damaged beyond recognition"):
        JournalFile(path)
    assert path.read_bytes() == torn


def test_a_library_of_a_later_version_is_read_only(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.file.write_text(driver.file.read_text().replace('"version":2', '"version":3'))
    before = driver.file.read_bytes()
    for later in (driver, LibraryDriver(tmp_path)):
        assert [annotation.id for _, annotation in later.library.annotations()] == [marked]
        with pytest.raises(NotSavedError, match="Update PactReader"):
            later.mark()
        later.library.close()
    assert driver.file.read_bytes() == before


def test_a_failed_save_on_a_read_only_disk_names_the_reason(tmp_path, monkeypatch):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    real = os.open

    def read_only(path, flags, *arguments, **options):
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", read_only)
    again = LibraryDriver(tmp_path)
    assert set(notes(again.notebook)) == {marked}
    with pytest.raises(NotSavedError, match="Read-only file system") as refused:
        again.mark()
    assert str(tmp_path) in refused.value.hint
    assert set(notes(again.notebook)) == {marked}
    driver.file.write_bytes(driver.file.read_bytes()[:-1])
    assert set(notes_on_disk(tmp_path)) == {marked}, "a torn file too"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    driver = LibraryDriver(tmp_path)
    with pytest.raises(NotSavedError, match="Permission denied"):
        driver.mark()
    tmp_path.chmod(0o700)
    driver.mark()


@pytest.mark.slow
def test_a_writing_process_is_waited_for_and_then_named(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    with another_window_that_writes(driver.file) as pid:
        driver.library.lock_timeout = 1.1
        with pytest.raises(LockedError) as refused:
            driver.mark(4, 7)
        assert f"Another PactReader (process {pid}) has been writing" in refused.value.message
        assert re.search(r"for [1-9]\d* seconds", refused.value.message)
        assert len(driver.notebook) == 1
    driver.library.lock_timeout = 5
    driver.mark(4, 7)
    assert len(notes_on_disk(tmp_path)) == 2


def test_an_unsigned_lock_names_no_process(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    driver.library.lock_timeout = 0.05
    with FileLock(tmp_path / "library.lock"), pytest.raises(LockedError, match="Another program has been"):
        driver.mark()


def test_unknown_tables_records_and_fields_are_kept(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.library.close()
    tables = json.loads(driver.file.read_bytes())
    for record in tables["records"].values():
        record["from_the_future"] = {"deep": [1, {"x": None}]}
        for edit in record.get("edits", ()):
            edit["after"]["rev"] = "abc"
    strange = [{"kind": "later", "id": 7}, "text", None, [], {"kind": ["list"]}, {"id": "x"}]
    strange += [{"kind": "annotation", "id": "../../etc"}, {"kind": "change", "id": "y", "edits": 3}]
    keep = {str(1000 + number): record for number, record in enumerate(strange)}
    tables["records"] |= keep
    tables = {"meta": tables["meta"], "later": {"1": {"a": 1}}, "records": tables["records"]}
    tables["meta"]["1"]["more"] = "x"
    driver.file.write_text(json.dumps(tables))

    again = LibraryDriver(tmp_path, an_article(title="Renamed"))
    assert set(notes(again.notebook)) == {marked}
    again.note(marked, "noted")
    again.do(again.notebook.undo())
    again.do(again.notebook.undo())
    again.do(again.notebook.redo())
    again.library.close()
    after = json.loads(again.file.read_bytes())
    assert after["later"] == tables["later"]
    assert after["meta"] == tables["meta"]
    for key, record in tables["records"].items():
        if key in keep:
            assert after["records"][key] == record
        else:
            assert after["records"][key]["from_the_future"] == record["from_the_future"]
    assert len(again.library.articles()) == 1
