"""A check of the library: what is wrong is found, and nothing is changed."""

import json
import os
import random

import pytest

from effort import rounds
from pactreader.core.errors import LibraryError
from pactreader.storage.paths import Paths
from pactreader.storage.recovery import library_check
from pactreader.storage.recovery.library_check import FileState, check
from storage.library_driver import LibraryDriver, with_head


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(library_check, "_A_WRITE_SECONDS", 0)


@pytest.fixture
def reader(tmp_path):
    """A library with something of every kind in it, at rest."""
    reader = LibraryDriver(tmp_path)
    reader.library.register(reader.entry, reader.article)
    first, second = reader.mark(0, 3), reader.mark(4, 18)
    reader.note(first, "Who decides? 北 is “no”")
    reader.do(reader.notebook.tag(first, ("law", "ambiguity")))
    reader.do(reader.notebook.note_on_article("On all of it"))
    reader.do(reader.notebook.remove(second))
    reader.do(reader.notebook.undo())
    reader.do(reader.notebook.undo())
    reader.library.close()
    return reader


def everything(directory):
    """What is on the disk: names, modes, times and bytes."""
    return {
        path: (status.st_mode, status.st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted([directory, *directory.rglob("*")])
        for status in [path.stat()]
    }


def checked(reader):
    """What a check finds, having changed nothing."""
    before = everything(reader.file.parent)
    found = check(reader.paths)
    assert everything(reader.file.parent) == before
    return found


def rewritten(reader, change):
    """The file with its records changed, as another program would have it."""
    tables = json.loads(reader.file.read_bytes())
    change(tables["records"])
    reader.file.write_text(json.dumps(tables))


def of_kind(records, kind):
    return next(record for record in records.values() if record["kind"] == kind and "note" in record)


def test_a_library_at_rest_is_sound(reader):
    found = checked(reader)
    assert found.sound
    assert (found.state, found.articles, found.annotations, found.changes) == (FileState.WHOLE, 1, 2, 6)
    assert found.unchecked == found.repeated == found.strange == 0


def test_a_library_in_use_is_sound(reader):
    again = LibraryDriver(reader.file.parent)
    marked = again.mark(8, 11)
    again.note(marked, "x")
    again.note(marked, "y")
    found = checked(reader)
    assert found.sound
    assert found.repeated == 2


def test_no_library_is_no_trouble(tmp_path):
    found = check(LibraryDriver(tmp_path / "home").paths)
    assert (found.state, found.sound) == (FileState.MISSING, True)
    assert not (tmp_path / "home").exists()


def flips(content, count):
    """Places in the records' contents, and a bit for each: keys, checksums and the past are no content."""
    start = content.index(b"\n") + 1
    paths = []
    for line in content[start:].splitlines(keepends=True):
        end = line.rfind(b',"rev":')
        paths += range(start + line.find(b"{") + 1, start + max(end, 0))
        start += len(line)
    every = [(placement, bit) for placement in paths for bit in range(8)]
    return random.Random(3).sample(every, min(count, len(every)))


def undetected(reader, count):
    """The flips that a check says nothing of, how many of all left valid JSON, and how many there were."""
    content = reader.file.read_bytes()
    tables = json.loads(content)
    missed, valid = [], 0
    every = flips(content, count)
    for placement, bit in every:
        flipped = bytearray(content)
        flipped[placement] ^= 1 << bit
        reader.file.write_bytes(flipped)
        found = check(reader.paths)
        try:
            same = json.loads(bytes(flipped)) == tables
        except ValueError:
            if found.state is not FileState.DAMAGED or found.sound:
                missed.append((placement, bit))
            continue
        valid += 1
        # In an escape such as \u5317, a digit's case says nothing.
        if not same and len(found.failed_checksums) != 1:
            missed.append((placement, bit))
    assert reader.file.read_bytes() != content
    return missed, valid, len(every)


def test_every_flipped_bit_in_a_record_is_found(reader, tally):
    missed, valid, count = undetected(reader, rounds(2_000, 20_000))
    tally(faults=count, lost=len(missed))
    assert missed == []
    assert valid > count / 3


def test_the_flips_find_a_checksum_that_leaves_something_out(reader, monkeypatch):
    real = library_check.revision_fits
    monkeypatch.setattr(library_check, "revision_fits", lambda record: "tags" in record or real(record))
    missed, *_ = undetected(reader, 500)
    assert missed


def test_a_checksum_whose_own_bits_are_flipped_does_not_fit(reader):
    content = reader.file.read_bytes()
    start = content.rindex(b'"rev":')
    for placement in range(start, start + len(b'"rev":"0123456789ab"')):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[placement] ^= 1 << bit
            reader.file.write_bytes(flipped)
            assert not check(reader.paths).sound


def test_wherever_the_file_is_cut_the_records_before_are_counted(reader):
    content = reader.file.read_bytes()
    first_line = content.index(b"\n")
    lines = content.split(b"\n")[1:-1]
    ends = [content.index(line) + len(line.rstrip(b",")) for line in lines]
    kinds = [json.loads(b"{" + line.rstrip(b",") + b"}").popitem()[1]["kind"] for line in lines]
    for length in range(1, len(content), 3):
        reader.file.write_bytes(content[:length])
        found = check(reader.paths)
        assert not found.sound
        if length >= first_line:
            whole = sum(end <= length for end in ends)
            assert found.state is FileState.DAMAGED
            assert found.changes == kinds[:whole].count("change")
            torn = whole < len(ends) and length > content.index(lines[whole])
            closing = not torn and content[:length].endswith(b"\n}")
            assert bool(found.unreadable_lines) == (torn or closing), length
    checked(reader)


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", FileState.EMPTY),
        (b"\0" * 4096, FileState.ZEROED),
        (b"hello", FileState.FOREIGN),
        (b"[]", FileState.FOREIGN),
        (b"\xff\xfe\x00", FileState.FOREIGN),
        (b"[" * 100_000, FileState.FOREIGN),
        (b'{"_default": {"1": {"a": 1}}}', FileState.FOREIGN),
        (
            b'{"meta": {"1": {"format": "pactreader-library", "version": 1}}, "records": []}',
            FileState.FOREIGN,
        ),
        (b'{"meta":{"1":{"format":"pactreader-library","version":1}}}', FileState.DAMAGED),
        (with_head({}).replace('"version": 2', '"version": 3').encode(), FileState.LATER),
        (with_head({}).encode() + b"torn", FileState.DAMAGED),
    ],
)
def test_a_file_that_is_no_sound_library_is_told_for_what_it_is(reader, content, state):
    reader.file.write_bytes(content)
    found = checked(reader)
    assert found.state is state
    assert not found.sound


def test_a_tail_of_nul_bytes_and_a_line_in_the_middle_are_told_by_their_numbers(reader):
    lines = reader.file.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"id"', b'"id', 1)
    reader.file.write_bytes(b"\n".join(lines) + b"\n" + b"\0" * 9)
    found = checked(reader)
    assert found.unreadable_lines == (3, len(lines) + 1)
    assert found.articles == 1


def test_what_another_program_changed_is_told_with_its_article(reader):
    rewritten(reader, lambda records: of_kind(records, "annotation").update(note="from elsewhere"))
    ((_key, kind, _id, title),) = checked(reader).failed_checksums
    assert (kind, title) == ("annotation", "The pact")


def test_records_without_a_checksum_are_harmless(reader):
    def strip(records):
        for record in records.values():
            del record["rev"], record["past"]

    rewritten(reader, strip)
    found = checked(reader)
    assert found.sound
    assert found.unchecked == 10


def test_what_cannot_be_read_is_told_and_what_is_not_known_is_not(reader):
    strange = ["text", None, [], {"kind": ["list"]}, {"kind": "later", "id": 7}, {"id": "x"}]
    broken = [
        {"kind": "annotation", "id": "../../etc", "article": ["a"]},
        {"kind": "annotation", "id": ["a"], "deleted": True},
        {"kind": "change", "id": "y", "edits": 3},
        {"kind": "article", "id": 7},
    ]
    rewritten(
        reader,
        lambda records: records.update({str(100 + n): one for n, one in enumerate(strange + broken)}),
    )
    found = checked(reader)
    assert found.strange == len(strange)
    assert [name.kind for name in found.unreadable] == [one["kind"] for one in broken]
    assert (found.articles, found.annotations) == (1, 2)


def test_a_record_that_is_nested_too_deep_is_told_and_kept(reader):
    deep = json.loads("[" * 600 + "]" * 600)
    rewritten(reader, lambda records: records["1"].update(unknown=deep))
    content = reader.file.read_bytes()
    assert [name.kind for name in checked(reader).unreadable] == ["article"]
    assert LibraryDriver(reader.file.parent).library.articles()[0].title == reader.article.title
    assert reader.file.read_bytes() == content


def test_a_key_that_is_no_number_and_one_that_another_record_took_are_told(reader):
    content = reader.file.read_text()
    reader.file.write_text(content.replace('\n"2":', '\n"q":'))
    assert checked(reader).wrong_keys == ("q",)
    reader.file.write_text(content.replace('\n"3":', '\n"2":'))
    (hidden,) = checked(reader).hidden
    assert (hidden.key, hidden.kind) == ("2", "annotation")


def test_annotations_whose_article_is_lost_are_told(reader):
    rewritten(reader, lambda records: records.pop("1"))
    found = checked(reader)
    assert found.articles == 0
    assert {name.id for name in found.orphans} == {annotation.id for annotation in reader.notebook}


def test_kept_texts_that_are_missing_or_damaged_are_told(reader):
    (text,) = reader.paths.texts.iterdir()
    content = text.read_bytes()
    text.write_bytes(content[:-9])
    found = checked(reader)
    assert [entry.title for entry in found.damaged_texts] == ["The pact"]
    assert not found.missing_texts
    text.unlink()
    found = checked(reader)
    assert [entry.title for entry in found.missing_texts] == ["The pact"]
    assert not found.damaged_texts


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_what_others_may_read_is_told(reader):
    (text,) = reader.paths.texts.iterdir()
    reader.file.chmod(0o640)
    text.chmod(0o604)
    reader.paths.texts.chmod(0o777)
    assert set(checked(reader).too_open) == {reader.file, text, reader.paths.texts}


def test_a_write_of_another_window_that_is_under_way_is_waited_for(reader, monkeypatch):
    content = reader.file.read_bytes()
    reader.file.write_bytes(content[:-1])
    monkeypatch.setattr(library_check.time, "sleep", lambda _seconds: reader.file.write_bytes(content))
    assert check(reader.paths).sound


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "library.json").mkdir()
    with pytest.raises(LibraryError, match="cannot be read"):
        check(Paths.find(tmp_path, {}))
