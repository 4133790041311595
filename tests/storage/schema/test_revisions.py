"""Revisions: an id for each content, and the ids of the revisions that it replaced."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from pactreader.storage.schema import revisions
from pactreader.storage.schema.revisions import PAST, REV, checksums_match, revised, revision_id
from storage.library_driver import LibraryDriver, documents, plain_tinydb

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
CONTENTS = st.dictionaries(st.text(), VALUES, max_size=5).map(
    lambda content: {name: value for name, value in content.items() if name not in {REV, PAST}}
)


def as_kept(content):
    return json.dumps(content, sort_keys=True)


@given(CONTENTS, CONTENTS)
def test_the_revision_differs_exactly_if_the_content_does(one, other):
    assert (revision_id(one) == revision_id(other)) == (as_kept(one) == as_kept(other))


@given(CONTENTS, st.data())
def test_field_order_past_and_storing_keep_the_revision(content, data):
    shuffled = dict(data.draw(st.permutations(list(content.items()))))
    kept = json.loads(json.dumps({**shuffled, PAST: ["0" * 12], REV: "x"}))
    assert revision_id(kept) == revision_id(content)


def test_the_revision_is_what_other_programs_compute():
    assert revision_id({"b": [1, None], "rev": "x", "past": [], "a": "é"}) == "e0906a00ec0d"


def record_on_disk(driver, record_id):
    return next(one for one in documents(driver.file) if one["id"] == record_id)


def test_an_edit_lists_what_it_replaced_newest_first(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    first = record_on_disk(driver, marked)
    assert first[PAST] == []
    driver.note(marked, "one")
    second = record_on_disk(driver, marked)
    driver.reopen()
    driver.do(driver.notebook.remove(marked))
    third = record_on_disk(driver, marked)
    assert second[PAST] == [first[REV]]
    assert third[PAST] == [second[REV], first[REV]]
    assert all(map(checksums_match, documents(driver.file)))


def test_only_the_newest_revisions_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(revisions, "_LONGEST_PAST", 16)
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    seen = [record_on_disk(driver, marked)[REV]]
    for number in range(20):
        driver.note(marked, str(number))
        seen.insert(0, record_on_disk(driver, marked)[REV])
    assert record_on_disk(driver, marked)[PAST] == seen[1:17]
    assert len(set(seen)) == 21


def test_another_programs_edit_gets_a_revision_when_edited(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked = driver.mark()
    written = record_on_disk(driver, marked)[REV]
    with TinyDB(driver.file) as database:
        database.table("records").update({"note": "from elsewhere"}, where("id") == marked)
    changed = record_on_disk(driver, marked)
    assert not checksums_match(changed)
    driver.open()
    assert (
        plain_tinydb(driver.file)
        == {marked: "from elsewhere"}
        == {annotation.id: annotation.note for annotation in driver.notebook}
    )
    driver.note(marked, "edited")
    edited = record_on_disk(driver, marked)
    assert checksums_match(edited)
    assert edited[PAST] == [revision_id(changed), written]


def test_a_record_without_a_revision_stays_so_until_edited(tmp_path):
    driver = LibraryDriver(tmp_path)
    marked, other = driver.mark(0, 3), driver.mark(4, 7)
    driver.library.close()
    tables = json.loads(driver.file.read_bytes())
    for record in tables["records"].values():
        del record[REV], record[PAST]
    driver.file.write_text(json.dumps(tables))
    old = record_on_disk(driver, marked)
    driver.open()
    driver.note(marked, "x")
    driver.library.close()
    assert REV not in record_on_disk(driver, other)
    assert record_on_disk(driver, marked)[PAST] == [revision_id(old)]


def test_a_malformed_past_is_not_inherited():
    for past in (None, 7, "0" * 12, {"0" * 12: 1}, [["0" * 12], None, "0" * 11, "\x1b[2J" + "0" * 8]):
        replaced = {"id": "a", PAST: past}
        assert revised({"id": "b"}, replaced)[PAST] == [revision_id(replaced)]


def test_the_same_content_has_the_same_revision():
    kept = revised({"id": "a"})
    assert revised({"id": "a"}, kept) == kept
    there_and_back = revised({"id": "a"}, revised({"id": "b"}, kept))
    assert there_and_back[REV] == kept[REV]
    assert there_and_back[PAST] == [revision_id({"id": "b"})]
