"""The check of a library: faults are found, and nothing is changed."""

import json
import os
import random

import pytest

from effort import rounds
from pactreader.core.errors import LibraryError
from pactreader.storage.paths import Paths
from pactreader.storage.recovery import library_check
from pactreader.storage.recovery.library_check import FileState, check
from storage.library_driver import TEXT, LibraryDriver, an_article, with_head

pytestmark = pytest.mark.usefixtures("no_retry_pause")


@pytest.fixture
def driver(tmp_path):
    """A closed library with records of every kind."""
    driver = LibraryDriver(tmp_path)
    driver.library.register(driver.entry, driver.article)
    first, second = driver.mark(0, 3), driver.mark(4, 18)
    driver.note(first, "Who decides? 北 is “no”")
    driver.do(driver.notebook.tag(first, ("law", "ambiguity")))
    driver.do(driver.notebook.note_on_article("On all of it"))
    driver.do(driver.notebook.remove(second))
    driver.do(driver.notebook.undo())
    driver.do(driver.notebook.undo())
    driver.library.close()
    return driver


def everything(directory):
    """Return the modes, times and bytes of all files in a directory."""
    return {
        path: (status.st_mode, status.st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted([directory, *directory.rglob("*")])
        for status in [path.stat()]
    }


def checked(driver):
    """Check the library, assert that nothing was changed, and return the report."""
    before = everything(driver.file.parent)
    found = check(driver.paths)
    assert everything(driver.file.parent) == before
    return found


def rewritten(driver, change):
    """Change the records and write the file as another program would."""
    tables = json.loads(driver.file.read_bytes())
    change(tables["records"])
    driver.file.write_text(json.dumps(tables))


def of_kind(records, kind):
    return next(record for record in records.values() if record["kind"] == kind and "note" in record)


def test_a_closed_library_is_sound(driver):
    found = checked(driver)
    assert found.is_sound
    assert (found.state, found.articles, found.annotations, found.changes) == (FileState.WHOLE, 1, 2, 6)
    assert found.without_checksum == found.replaced_lines == found.of_unknown_kind == 0


def test_a_library_in_use_is_sound(driver):
    again = LibraryDriver(driver.file.parent)
    marked = again.mark(8, 11)
    again.note(marked, "x")
    again.note(marked, "y")
    found = checked(driver)
    assert found.is_sound
    assert found.replaced_lines == 2


def test_a_missing_library_is_sound(tmp_path):
    found = check(LibraryDriver(tmp_path / "home").paths)
    assert (found.state, found.is_sound) == (FileState.MISSING, True)
    assert not (tmp_path / "home").exists()


def content_flips(content, count):
    """Return random bits, as positions in bytes and numbers of bits, in the contents of records."""
    start = content.index(b"\n") + 1
    positions = []
    for line in content[start:].splitlines(keepends=True):
        end = line.rfind(b',"rev":')
        positions += range(start + line.find(b"{") + 1, start + max(end, 0))
        start += len(line)
    every = [(position, bit) for position in positions for bit in range(8)]
    return random.Random(3).sample(every, min(count, len(every)))


def undetected(driver, count):
    """Return the flips that a check does not find, the number of those that left valid JSON, and that of all."""
    content = driver.file.read_bytes()
    tables = json.loads(content)
    missed, valid = [], 0
    every = content_flips(content, count)
    for position, bit in every:
        flipped = bytearray(content)
        flipped[position] ^= 1 << bit
        driver.file.write_bytes(flipped)
        found = check(driver.paths)
        try:
            same = json.loads(bytes(flipped)) == tables
        except ValueError:
            if found.state is not FileState.DAMAGED or found.is_sound:
                missed.append((position, bit))
            continue
        valid += 1
        # In an escape such as \u5317, the case of a digit has no meaning.
        if not same and len(found.failed_checksums) != 1:
            missed.append((position, bit))
    assert driver.file.read_bytes() != content
    return missed, valid, len(every)


@pytest.mark.slow
def test_every_flipped_bit_in_a_record_is_found(driver, tally):
    missed, valid, count = undetected(driver, rounds(2_000, 20_000))
    tally(faults=count, lost=len(missed))
    assert missed == []
    assert valid > count / 3


@pytest.mark.slow
def test_flipped_bits_reveal_an_incomplete_checksum(driver, monkeypatch):
    real = library_check.has_failed_checksum
    monkeypatch.setattr(
        library_check, "has_failed_checksum", lambda record: "tags" not in record and real(record)
    )
    missed, *_ = undetected(driver, 500)
    assert missed


@pytest.mark.slow
def test_a_flipped_bit_in_a_checksum_is_found(driver):
    content = driver.file.read_bytes()
    start = content.rindex(b'"rev":')
    for position in range(start, start + len(b'"rev":"0123456789ab"')):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[position] ^= 1 << bit
            driver.file.write_bytes(flipped)
            assert not check(driver.paths).is_sound


@pytest.mark.slow
def test_records_before_a_cut_are_counted(driver):
    content = driver.file.read_bytes()
    first_line = content.index(b"\n")
    lines = content.split(b"\n")[1:-1]
    ends = [content.index(line) + len(line.rstrip(b",")) for line in lines]
    kinds = [json.loads(b"{" + line.rstrip(b",") + b"}").popitem()[1]["kind"] for line in lines]
    for length in range(1, len(content), 3):
        driver.file.write_bytes(content[:length])
        found = check(driver.paths)
        assert not found.is_sound
        if length >= first_line:
            whole = sum(end <= length for end in ends)
            assert found.state is FileState.DAMAGED
            assert found.changes == kinds[:whole].count("change")
            torn = whole < len(ends) and length > content.index(lines[whole])
            closing = not torn and content[:length].endswith(b"\n}")
            assert bool(found.unreadable_lines) == (torn or closing), length
    checked(driver)


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
def test_the_state_of_an_unsound_file_is_reported(driver, content, state):
    driver.file.write_bytes(content)
    found = checked(driver)
    assert found.state is state
    assert not found.is_sound


def test_unreadable_lines_are_reported_by_number(driver):
    lines = driver.file.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"id"', b'"id', 1)
    driver.file.write_bytes(b"\n".join(lines) + b"\n" + b"\0" * 9)
    found = checked(driver)
    assert found.unreadable_lines == (3, len(lines) + 1)
    assert found.articles == 1


def test_another_programs_edit_is_reported_with_its_article(driver):
    rewritten(driver, lambda records: of_kind(records, "annotation").update(note="from elsewhere"))
    ((_key, kind, _id, title),) = checked(driver).failed_checksums
    assert (kind, title) == ("annotation", "The pact")


def test_records_without_a_checksum_are_harmless(driver):
    def strip(records):
        for record in records.values():
            del record["rev"], record["past"]

    rewritten(driver, strip)
    found = checked(driver)
    assert found.is_sound
    assert found.without_checksum == 10


def test_unreadable_records_are_reported_and_unknown_kinds_not(driver):
    strange = ["text", None, [], {"kind": ["list"]}, {"kind": "later", "id": 7}, {"id": "x"}]
    broken = [
        {"kind": "annotation", "id": "../../etc", "article": ["a"]},
        {"kind": "annotation", "id": ["a"], "deleted": True},
        {"kind": "change", "id": "y", "edits": 3},
        {"kind": "article", "id": 7},
    ]
    rewritten(
        driver,
        lambda records: records.update({str(100 + n): one for n, one in enumerate(strange + broken)}),
    )
    found = checked(driver)
    assert found.of_unknown_kind == len(strange)
    assert [name.kind for name in found.unreadable] == [one["kind"] for one in broken]
    assert (found.articles, found.annotations) == (1, 2)


def test_a_record_nested_too_deep_is_reported_and_kept(driver):
    deep = json.loads("[" * 600 + "]" * 600)
    rewritten(driver, lambda records: records["1"].update(unknown=deep))
    content = driver.file.read_bytes()
    assert [name.kind for name in checked(driver).unreadable] == ["article"]
    assert LibraryDriver(driver.file.parent).library.articles()[0].title == driver.article.title
    assert driver.file.read_bytes() == content


def test_wrong_and_repeated_keys_are_reported(driver):
    content = driver.file.read_text()
    driver.file.write_text(content.replace('\n"2":', '\n"q":'))
    assert checked(driver).wrong_keys == ("q",)
    driver.file.write_text(content.replace('\n"3":', '\n"2":'))
    (shadowed,) = checked(driver).shadowed
    assert (shadowed.key, shadowed.kind) == ("2", "annotation")


def test_orphaned_annotations_are_reported(driver):
    rewritten(driver, lambda records: records.pop("1"))
    found = checked(driver)
    assert found.articles == 0
    assert {name.id for name in found.orphans} == {annotation.id for annotation in driver.notebook}


def test_missing_and_damaged_texts_are_reported(driver):
    (text,) = driver.paths.texts.iterdir()
    content = text.read_bytes()
    text.write_bytes(content[:-9])
    found = checked(driver)
    assert [entry.title for entry in found.damaged_texts] == ["The pact"]
    assert not found.missing_texts
    text.unlink()
    found = checked(driver)
    assert [entry.title for entry in found.missing_texts] == ["The pact"]
    assert not found.damaged_texts


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_files_open_to_others_are_reported(driver):
    (text,) = driver.paths.texts.iterdir()
    driver.file.chmod(0o640)
    text.chmod(0o604)
    driver.paths.texts.chmod(0o777)
    assert set(checked(driver).too_open) == {driver.file, text, driver.paths.texts}


def test_a_file_read_during_a_write_is_read_again(driver, monkeypatch):
    content = driver.file.read_bytes()
    driver.file.write_bytes(content[:-1])
    monkeypatch.setattr(library_check.time, "sleep", lambda _seconds: driver.file.write_bytes(content))
    assert check(driver.paths).is_sound


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path):
    (tmp_path / "library.json").mkdir()
    with pytest.raises(LibraryError, match="cannot be read"):
        check(Paths.find(tmp_path, {}))


@pytest.fixture
def edited(driver):
    """The library after another highlight, on a second text of the article."""
    article = an_article(f"Once more. {TEXT}")
    edited = LibraryDriver(driver.file.parent, article)
    edited.library.register(edited.entry, article)
    edited.mark(0, 4)
    edited.library.close()
    return edited


def test_former_texts_that_annotations_refer_to_are_checked(driver, edited):
    assert not checked(edited).missing_former_texts
    former = edited.paths.texts / f"{driver.article.text_hash}.json.gz"
    content = former.read_bytes()
    former.write_bytes(content[:-9])
    found = checked(edited)
    assert not found.is_sound
    assert found.damaged_former_texts == ((driver.article.text_hash, "The pact", 2),)
    assert not found.damaged_texts
    former.unlink()
    found = checked(edited)
    assert found.is_sound, "the annotations are placed by their quotes"
    assert found.missing_former_texts == ((driver.article.text_hash, "The pact", 2),)


def test_an_article_that_was_closed_before_its_text_was_whole_lacks_nothing(driver):
    beginning = an_article("Another text.", source="/other")._replace(rest=object(), file_hash="f" * 32)
    other = LibraryDriver(driver.file.parent, beginning)
    other.mark()
    other.library.close()
    found = checked(driver)
    assert found.is_sound
    assert (found.articles, found.missing_texts, found.without_text) == (2, (), 0)


def test_an_article_without_notes_needs_no_text(driver):
    article = an_article("Another text.", source="/other")
    other = LibraryDriver(driver.file.parent, article)
    other.library.register(other.entry, article)
    other.library.close()
    assert checked(driver).without_text == 0
    (driver.paths.texts / f"{article.text_hash}.json.gz").unlink()
    found = checked(driver)
    assert found.is_sound
    assert found.without_text == 1
