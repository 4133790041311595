"""Damaged files (cut, empty, zeroed, rewritten, with a flipped bit): every record that can be read is recovered."""

import inspect
import json
import random

import pytest
from tinydb import TinyDB

from effort import rounds
from pactreader.core.errors import LibraryError, NotSavedError
from pactreader.storage.journal import file_contents, journal_file
from pactreader.storage.journal.atomic_write import atomic_write
from pactreader.storage.recovery import backups, record_recovery
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.repair import restore
from storage.library_driver import (
    LibraryDriver,
    an_article,
    documents,
    mode,
    notes,
    notes_on_disk,
    plain_tinydb,
    recovering_journal,
)

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture
def driver(tmp_path):
    """An open library with changes of every kind."""
    driver = LibraryDriver(tmp_path / "home", an_article("Kim met the envoy.", title="T"))
    first, second = driver.mark(0, 3), driver.mark(4, 7)
    driver.note(first, "Who decides? 北 is “no”")
    driver.do(driver.notebook.note_on_article("On all of it"))
    driver.do(driver.notebook.remove(second))
    return driver


def reopened(driver):
    return LibraryDriver(driver.file.parent, driver.article)


def kept_aside(driver):
    return list(driver.file.parent.glob("library.damaged-*.json"))


# Cut


def records_before(content, cut):
    """Return the records whose lines are complete before a cut."""
    start = content.index(b"\n") + 1
    whole = {}
    for line in content[start : content.rindex(b"\n}}")].split(b"\n"):
        record = line.removesuffix(b",")
        if start + len(record) <= cut:
            whole |= json.loads(b"{" + record + b"}")
        start += len(line) + 1
    return whole


@pytest.mark.slow
def test_a_file_cut_at_any_byte_keeps_records_before_it(tmp_path, tally):
    driver = LibraryDriver(tmp_path / "whole", an_article("Kim met.", title="T"))
    for number in range(rounds(1, 25)):
        driver.note(driver.mark(number % 3, 8), f"note {number}")
    content = driver.file.read_bytes()
    path = tmp_path / "torn" / "library.json"
    path.parent.mkdir()
    for cut in range(len(content)):
        path.write_bytes(content[:cut])
        expected = records_before(content, cut)
        assert recovering_journal(path).records == expected, f"cut at {cut}"
        if cut:
            assert documents(path) == list(expected.values())
            (aside,) = path.parent.glob("library.damaged-*.json")
            assert aside.read_bytes() == content[:cut]
            assert mode(aside) == 0o600
            aside.unlink()
    assert len(expected) == len(documents(driver.file)) == 1 + 3 * rounds(1, 25)
    tally(faults=len(content))


@pytest.mark.slow
def test_a_tinydb_file_cut_at_any_byte_keeps_records_before_it(driver):
    driver.library.close()
    with TinyDB(driver.file) as database:
        database.table("mine").insert({"a": 1})
    content = driver.file.read_bytes()
    assert b"\n" not in content
    records = json.loads(content)["records"]
    ends = {content.index(json.dumps(one).encode()) + len(json.dumps(one)): one for one in records.values()}
    for cut in range(content.index(b'"records"'), len(content), 3):
        driver.file.write_bytes(content[:cut])
        found = recovering_journal(driver.file).records
        assert list(found.values()) == [one for end, one in ends.items() if end <= cut], f"cut at {cut}"
        kept_aside(driver)[0].unlink()


def every_cut(driver):
    content = driver.file.read_bytes()
    for cut in range(0, len(content), rounds(5, 1)):
        driver.file.write_bytes(content[:cut])
        yield cut
        for aside in kept_aside(driver):
            aside.unlink()


@pytest.mark.slow
def test_a_file_cut_at_any_byte_is_completed_from_a_backup(driver):
    driver.library.close()
    driver.library.back_up_daily()
    for cut in every_cut(driver):
        again = reopened(driver)
        assert notes(again.notebook) == notes(driver.notebook) == plain_tinydb(driver.file), f"cut at {cut}"
        (notice,) = again.library.notices()
        assert notice.startswith("The library was damaged: ")
        assert ("from the backup of" in notice) == (len(records_before_cut(driver, cut)) < 9), notice


def records_before_cut(driver, cut):
    (backup,) = driver.paths.backups.iterdir()
    return records_before(backup.read_bytes(), cut)


@pytest.mark.slow
def test_an_open_file_cut_at_any_byte_is_completed(driver):
    before = notes(driver.notebook)
    for cut in every_cut(driver):
        assert driver.library.notebooks.refresh(driver.entry, driver.notebook) == 0
        assert notes(driver.notebook) == before == plain_tinydb(driver.file), f"cut at {cut}"
    more = driver.mark(8, 11)
    assert plain_tinydb(driver.file) == before | {more: ""}


@pytest.mark.slow
def test_a_write_torn_between_sectors_loses_nothing_saved(tmp_path):
    driver = LibraryDriver(tmp_path / "whole", an_article("Kim met.", title="T"))
    first = driver.mark(0, 3)
    old = driver.file.read_bytes()
    driver.mark(4, 7)
    new = driver.file.read_bytes()
    reserved = old.ljust(len(new))
    path = tmp_path / "torn" / "library.json"
    path.parent.mkdir()
    for at in range(len(old) - 3, len(new)):
        for torn in (new[:at] + reserved[at:], reserved[:at] + new[at:], new[:at] + bytes(len(new) - at)):
            path.write_bytes(torn)
            found = {record["id"] for record in recovering_journal(path).records.values()}
            assert first in found, f"torn at {at - len(old)}: {torn[len(old) - 20 :]!r}"
            json.loads(path.read_bytes())
            for aside in path.parent.glob("library.damaged-*"):
                aside.unlink()


def test_a_damaged_record_costs_no_other(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = [driver.mark(number, number + 1) for number in range(3)]
    content = driver.file.read_bytes()
    line = next(line for line in content.split(b"\n") if marked[1].encode() in line)
    driver.file.write_bytes(content.replace(line, line.replace(b'"id"', b'"id', 1), 1))
    assert set(notes_on_disk(tmp_path)) == set(marked), "its change remembers it"


def test_an_empty_file_is_a_new_library(tmp_path):
    (tmp_path / "library.json").touch()
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    assert set(plain_tinydb(driver.file)) == {marked}


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "null",
        "1",
        '"text"',
        "hello",
        '{"_default": {"1": {"a": 1}}}',
        '{"meta": {"1": {"format": "other", "version": 1}}, "records": {}}',
        '{"meta": {"1": {"format": "pactreader-library", "version": "1"}}, "records": {}}',
        '{"meta": {"1": {"format": "pactreader-library", "version": true}}, "records": {}}',
        "[" * 100_000,
    ],
)
def test_a_foreign_file_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "library.json"
    path.write_text(content)
    with pytest.raises(LibraryError) as refused:
        LibraryDriver(tmp_path)
    assert refused.value.hint
    assert path.read_text() == content
    assert {found.name for found in tmp_path.iterdir()} <= {"library.json", "library.lock"}


def test_a_file_that_replaced_an_open_library_is_kept_aside(tmp_path):
    driver = LibraryDriver(tmp_path)
    first = driver.mark()
    driver.file.write_text('{"other": {}}')
    second = driver.mark()
    assert set(plain_tinydb(driver.file)) == {first, second}
    (aside,) = tmp_path.glob("library.damaged-*")
    assert aside.read_text() == '{"other": {}}'


def test_a_library_missing_at_the_end_is_written_again(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    driver.file.unlink()
    driver.library.close()
    assert set(plain_tinydb(driver.file)) == {marked}


def test_a_library_that_vanished_is_written_again(tmp_path):
    driver = LibraryDriver(tmp_path)
    first = driver.mark()
    driver.file.unlink()
    second = driver.mark()
    assert set(plain_tinydb(driver.file)) == {first, second}


# Emptied, zeroed, gone

RUIN = {
    "empty": lambda _content: b"",
    "NUL bytes": lambda content: bytes(len(content)),
    "NUL bytes at the end": lambda content: content[:400] + bytes(len(content) - 400),
    "NUL bytes at the beginning": lambda content: bytes(400) + content[400:],
    "gone": lambda _content: None,
}


def ruin(driver, how):
    content = RUIN[how](driver.file.read_bytes())
    driver.file.unlink()
    if content is not None:
        driver.file.write_bytes(content)
    return content


@pytest.mark.parametrize("how", [how for how in RUIN if how != "gone"])
def test_a_ruined_file_comes_from_the_backup(driver, how):
    driver.library.close()
    driver.library.back_up_daily()
    content = ruin(driver, how)
    again = reopened(driver)
    assert notes(again.notebook) == notes(driver.notebook) == plain_tinydb(driver.file)
    assert "from the backup of" in again.library.notices()[0]
    assert [aside.read_bytes() for aside in kept_aside(driver)] == [content] * bool(content)


def test_a_missing_library_is_not_restored_unasked(driver):
    driver.library.back_up_daily()
    ruin(driver, "gone")
    again = reopened(driver)
    assert notes(again.notebook) == {}
    assert "`pactreader doctor --restore` brings it back" in again.library.notices()[0]


@pytest.mark.parametrize("how", RUIN)
def test_a_file_ruined_while_it_is_open_is_written_again_from_memory(driver, how):
    ruin(driver, how)
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    marked = driver.mark(8, 11)
    assert marked in plain_tinydb(driver.file)
    assert (
        plain_tinydb(driver.file)
        == notes(driver.notebook)
        == notes_on_disk(driver.file.parent, driver.article)
    )
    assert len(driver.notebook) == 3


@pytest.mark.parametrize("how", RUIN)
def test_a_new_library_replaces_a_ruined_file(driver, how):
    content = ruin(driver, how)
    again = reopened(driver)
    marked = again.mark(8, 11)
    again.note(marked, "new")
    again.library.close()
    assert plain_tinydb(driver.file).items() >= {marked: "new"}.items()
    assert [aside.read_bytes() for aside in kept_aside(driver)] == [content] * bool(content)


def without_notes(driver):
    """Rewrite the file without annotations, as another program could."""
    tables = json.loads(driver.file.read_bytes())
    tables["records"] = {k: one for k, one in tables["records"].items() if one["kind"] != "annotation"}
    driver.file.write_text(json.dumps(tables))


def test_a_backup_before_a_repair_is_used_last(driver):
    driver.library.close()
    driver.library.back_up_daily()
    without_notes(driver)
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    assert "what it left out is back" in driver.library.notices()[0]
    assert len(list(driver.paths.backups.iterdir())) == 2, "what the other program wrote is kept too"
    ruin(driver, "empty")
    assert notes(reopened(driver).notebook) == notes(driver.notebook)


def test_a_restored_backup_is_still_a_backup(driver):
    driver.library.back_up_daily()
    (backup,) = Backups(driver.paths.backups).all()
    more = driver.mark(8, 11)
    restore(driver.paths, backup.path.name)
    assert more not in plain_tinydb(driver.file)
    assert backup in Backups(driver.paths.backups).all()
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    restore(driver.paths, "")
    assert more in plain_tinydb(driver.file)


def test_temporary_files_of_a_killed_program_are_deleted(driver):
    driver.library.back_up_daily()
    left_over = [driver.paths.backups / "library-x.json.7.new", driver.file.parent / "library.json.7.new"]
    for path in left_over:
        path.write_bytes(b"{")
    without_notes(driver)
    driver.library.notebooks.refresh(driver.entry, driver.notebook)
    assert not any(path.exists() for path in left_over)


# Rewritten in another shape

SHAPES = {
    "records in a list": lambda tables: tables | {"records": list(tables["records"].values())},
    "keys that are no numbers": lambda tables: (
        tables | {"records": {f"x{key}": one for key, one in tables["records"].items()}}
    ),
    "one key that is no number": lambda tables: (
        tables | {"records": {"q" if key == "2" else key: one for key, one in tables["records"].items()}}
    ),
    "the table renamed": lambda tables: {"meta": tables["meta"], "_default": tables["records"]},
    "no meta": lambda tables: {"records": tables["records"]},
    "another format": lambda tables: tables | {"meta": {"1": {"format": "other", "version": 2}}},
    "a version that is a word": lambda tables: (
        tables | {"meta": {"1": {"format": "pactreader-library", "version": "2"}}}
    ),
    "version 0": lambda tables: tables | {"meta": {"1": {"format": "pactreader-library", "version": 0}}},
    "the records twice": lambda tables: tables | {"copy": tables["records"]},
    "the records first": lambda tables: {"records": tables["records"], "meta": tables["meta"]},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_library_in_another_shape_loses_no_annotation(driver, shape, indent):
    before = notes(driver.notebook)
    driver.library.close()
    driver.file.write_text(json.dumps(SHAPES[shape](json.loads(driver.file.read_bytes())), indent=indent))
    again = reopened(driver)
    marked = again.mark(8, 11)
    assert notes(again.notebook) == before | {marked: ""} == plain_tinydb(driver.file)
    again.do(again.notebook.undo())
    again.do(again.notebook.undo())
    again.library.close()
    assert plain_tinydb(driver.file) == notes_on_disk(driver.file.parent, driver.article) != before


# Flipped bits


def line_of(content, position):
    """Return the number, from 0, of the line of a byte. A line feed belongs to the line that it ends."""
    return content.count(b"\n", 0, position)


def untouched(content, position):
    """Return the notes of the annotations by id, without the line of a byte."""
    lines = content.split(b"\n")
    hit = line_of(content, position)
    kept = {}
    for number, line in enumerate(lines[1:-1], 1):
        ((_key, record),) = json.loads(b"{" + line.removesuffix(b",") + b"}").items()
        if record["kind"] == "annotation":
            kept.pop(record["id"], None)
            if number != hit:
                kept[record["id"]] = None if record.get("deleted") else record["note"]
    return kept


def structure_flips(content, count):
    """Return the bits around line ends and in the first line, and a random sample of the others."""
    structure = {*range(content.index(b"\n") + 1), *range(len(content) - 4, len(content))}
    for position in range(len(content)):
        if content[position - 1 : position] == b"\n" or content[position : position + 1] == b"\n":
            structure.update(range(position - 2, min(position + 8, len(content))))
    every = [(position, bit) for position in sorted(structure) for bit in range(8)]
    others = [
        (position, bit) for position in range(len(content)) for bit in range(8) if position not in structure
    ]
    return every[:: max(1, len(every) // count)] + random.Random(5).sample(others, min(count, len(others)))


def lost_to_flips(driver, count):
    """Return a message for each bit flip after which opening and changing the library loses another record."""
    driver.library.close()
    content = driver.file.read_bytes()
    return [
        f"bit {bit} of byte {position}, {content[max(0, position - 20) : position + 20]!r}: {lost}"
        for position, bit in structure_flips(content, count)
        if (lost := lost_to_a_flip(driver, content, position, bit))
    ]


def lost_to_a_flip(driver, content, position, bit):
    flipped = bytearray(content)
    flipped[position] ^= 1 << bit
    for left in (*kept_aside(driver), *driver.paths.backups.glob("*")):
        left.unlink()
    driver.file.write_bytes(flipped)
    kept = untouched(content, position)
    again = reopened(driver)
    found = notes(again.notebook)
    try:
        again.mark(8, 11)
    except NotSavedError:  # the version is a later one now: nothing may change
        return driver.file.read_bytes() != flipped
    again.library.close()
    after = notes(reopened(driver).notebook)
    return any(found.get(id_) != note or after.get(id_) != note for id_, note in kept.items())


@pytest.mark.slow
def test_a_flipped_bit_costs_at_most_the_record_it_is_in(driver, tally):
    count = rounds(300, 10_000)
    complaints = lost_to_flips(driver, count)
    tally(faults=2 * count, lost=len(complaints))
    assert not complaints, "\n".join(complaints)


# Broken code, which the tests above must detect


def read_no_rows(_line):
    """A broken version of `_read_rows_in`: it reads no damaged line."""
    yield from ()


def find_nothing_missing(_records, _others):
    """A broken version of `_missing_records`: it finds no missing record."""
    return {}


def write_damaged_files_empty(path, content, *, mode=0o600):
    """A broken version of `atomic_write`: it keeps no content of damaged files."""
    return atomic_write(path, b"" if "damaged" in path.name else content, mode=mode)


CARELESS = [
    (file_contents, "_read_rows_in", read_no_rows, test_a_file_cut_at_any_byte_keeps_records_before_it),
    (
        file_contents,
        "_read_rows_in",
        read_no_rows,
        test_a_tinydb_file_cut_at_any_byte_keeps_records_before_it,
    ),
    (file_contents, "_read_rows_in", read_no_rows, test_a_flipped_bit_costs_at_most_the_record_it_is_in),
    (file_contents, "_read_rows_in", read_no_rows, test_a_damaged_record_costs_no_other),
    (
        record_recovery,
        "_missing_records",
        find_nothing_missing,
        test_a_file_cut_at_any_byte_is_completed_from_a_backup,
    ),
    (
        record_recovery,
        "_missing_records",
        find_nothing_missing,
        test_an_open_file_cut_at_any_byte_is_completed,
    ),
    (
        journal_file,
        "atomic_write",
        write_damaged_files_empty,
        test_a_file_cut_at_any_byte_keeps_records_before_it,
    ),
    (
        record_recovery,
        "with_shadowed_records",
        lambda found, _: (found, 0),
        test_a_flipped_bit_costs_at_most_the_record_it_is_in,
    ),
    (backups, "expired_backups", lambda found: found[1:], test_a_restored_backup_is_still_a_backup),
    (
        record_recovery,
        "best_backup",
        lambda _: None,
        test_a_backup_before_a_repair_is_used_last,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "what", "careless", "test"),
    CARELESS,
    ids=[f"{what}, {test.__name__}" for _, what, _, test in CARELESS],
)
def test_broken_code_fails_the_damage_tests(request, monkeypatch, where, what, careless, test):
    monkeypatch.setattr(where, what, careless)
    fixtures = {name: request.getfixturevalue(name) for name in inspect.signature(test).parameters}
    if "tally" in fixtures:  # what a careless program loses is not to be counted
        fixtures["tally"] = lambda **_numbers: None
    with pytest.raises((AssertionError, LibraryError)):
        test(**fixtures)
