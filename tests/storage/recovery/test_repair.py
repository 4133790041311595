"""Repair: faults are repaired from the file and the backups, and the former file is kept."""

import json
import os
import stat

import pytest

from pactreader.core.errors import LibraryError
from pactreader.storage.recovery.library_check import check
from pactreader.storage.recovery.repair import repair
from storage.library_driver import TEXT, LibraryDriver, an_article, documents, notes_on_disk, plain_tinydb

pytestmark = pytest.mark.usefixtures("no_retry_pause")


@pytest.fixture
def driver(tmp_path):
    driver = LibraryDriver(tmp_path)
    driver.library.register(driver.entry, driver.article)
    driver.first, driver.second = driver.mark(0, 3), driver.mark(4, 18)
    driver.note(driver.first, "Who decides?")
    driver.library.close()
    return driver


def replace_in_file(driver, old, new, count=1):
    content = driver.file.read_bytes()
    assert old in content
    driver.file.write_bytes(content.replace(old, new, count))


def repaired(driver):
    before = driver.file.read_bytes()
    done = repair(driver.paths, check(driver.paths))
    assert done.kept.read_bytes() == before
    assert stat.S_IMODE(done.kept.stat().st_mode) == 0o600
    found = check(driver.paths)
    assert found.is_sound, found
    documents(driver.file)
    return done


def test_a_changed_record_conflicts_with_its_backup(driver):
    driver.open()
    driver.library.back_up_daily()
    driver.library.close()
    replace_in_file(driver, b'"note":"Who decides?"', b'"note":"Who desides?"')
    assert repaired(driver).restored == 1
    (annotation,) = [one for one in LibraryDriver(driver.file.parent).notebook if one.id == driver.first]
    assert {annotation.note, *(other.note for other in annotation.conflicts)} == {
        "Who decides?",
        "Who desides?",
    }


def test_a_changed_record_without_original_is_accepted(driver):
    tables = json.loads(driver.file.read_bytes())
    tables["records"] = {key: one for key, one in tables["records"].items() if one["kind"] != "change"}
    driver.file.write_text(json.dumps(tables))
    replace_in_file(driver, b'"note": "Who decides?"', b'"note": "Who desides?"')
    done = repaired(driver)
    assert (done.accepted, done.restored) == (1, 0)
    assert notes_on_disk(driver.file.parent)[driver.first] == "Who desides?"


def test_an_unreadable_record_comes_from_a_backup(driver):
    driver.open()
    driver.library.back_up_daily()
    driver.library.close()
    replace_in_file(driver, b'"created"', b'"createt"')
    assert driver.first not in notes_on_disk(driver.file.parent)
    assert repaired(driver).restored == 1
    assert notes_on_disk(driver.file.parent)[driver.first] == "Who decides?"


def test_a_shadowed_record_gets_a_key_of_its_own(driver):
    tables = json.loads(driver.file.read_bytes())
    lines = [f'"{key}":{json.dumps(record)}' for key, record in tables["records"].items()]
    shadowed = next(line for line in lines if f'"id": "{driver.second}"' in line and '"annotation"' in line)
    other = next(line for line in lines if f'"id": "{driver.first}"' in line and '"annotation"' in line)
    lines = [line for line in lines if line not in {shadowed, other}]
    key = shadowed.split(":")[0]
    lines += [shadowed, key + other[other.index(":") :]]
    rows = ",\n".join(lines)
    driver.file.write_text(f'{{"meta":{json.dumps(tables["meta"])},"records":{{\n{rows}\n}}}}')
    assert set(plain_tinydb(driver.file)) == {driver.first}
    assert repaired(driver).rekeyed == 1
    assert set(plain_tinydb(driver.file)) == {driver.first, driver.second}


def test_a_lost_article_comes_from_a_backup(driver):
    driver.open()
    driver.library.back_up_daily()
    driver.library.close()
    tables = json.loads(driver.file.read_bytes())
    tables["records"] = {key: one for key, one in tables["records"].items() if one["kind"] != "article"}
    driver.file.write_text(json.dumps(tables))
    assert repaired(driver).restored == 1
    assert [entry.title for entry in LibraryDriver(driver.file.parent).library.articles()] == ["The pact"]


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
def test_a_damaged_file_is_rewritten_with_all_readable_records(driver, damage):
    driver.file.write_bytes(damage(driver.file.read_bytes()))
    repaired(driver)
    assert notes_on_disk(driver.file.parent) == {driver.first: "Who decides?", driver.second: ""}


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_files_open_to_others_are_made_private(driver):
    driver.file.chmod(0o644)
    driver.paths.data.chmod(0o777)
    repaired(driver)
    assert stat.S_IMODE(driver.file.stat().st_mode) == 0o600
    assert not stat.S_IMODE(driver.paths.data.stat().st_mode) & 0o022


def test_a_damaged_text_is_quarantined_and_stored_anew(driver):
    (text,) = driver.paths.texts.iterdir()
    text.write_bytes(b"x")
    repair(driver.paths, check(driver.paths))
    assert text.with_name(f"{text.name}.damaged").read_bytes() == b"x"
    driver.open()
    driver.library.register(driver.entry, driver.article)
    assert check(driver.paths).is_sound


@pytest.mark.parametrize("content", [b"hello", b'{"_default":{"1":{"a":1}}}'])
def test_a_foreign_file_is_not_repaired(driver, content):
    driver.file.write_bytes(content)
    with pytest.raises(LibraryError, match="not a PactReader library"):
        repair(driver.paths, check(driver.paths))
    assert driver.file.read_bytes() == content


def test_a_library_of_a_later_version_is_not_repaired(driver):
    replace_in_file(driver, b'"version":2', b'"version":9')
    before = driver.file.read_bytes()
    with pytest.raises(LibraryError, match="later PactReader"):
        repair(driver.paths, check(driver.paths))
    assert driver.file.read_bytes() == before


def test_a_damaged_former_text_is_put_aside(driver):
    former = driver.paths.texts / f"{driver.article.text_hash}.json.gz"
    edited = LibraryDriver(driver.file.parent, an_article(f"Once more. {TEXT}"))
    edited.library.register(edited.entry, edited.article)
    edited.library.close()
    former.write_bytes(b"x")
    repaired(edited)
    assert former.with_name(f"{former.name}.damaged").read_bytes() == b"x"
    assert not former.exists()
