"""Records: a revision for each content, and the revisions before it."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from pactreader.storage.schema import revisions
from pactreader.storage.schema.revisions import PAST, REVISION, revised, revision, revision_fits
from storage.library_driver import LibraryDriver, documents, plain_tinydb

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
CONTENTS = st.dictionaries(st.text(), VALUES, max_size=5).map(
    lambda content: {name: value for name, value in content.items() if name not in {REVISION, PAST}}
)


def as_kept(content):
    return json.dumps(content, sort_keys=True)


@given(CONTENTS, CONTENTS)
def test_the_revision_is_another_if_and_only_if_the_content_is(one, other):
    assert (revision(one) == revision(other)) == (as_kept(one) == as_kept(other))


@given(CONTENTS, st.data())
def test_neither_the_order_of_fields_nor_the_past_nor_the_file_make_another_revision(content, data):
    shuffled = dict(data.draw(st.permutations(list(content.items()))))
    kept = json.loads(json.dumps({**shuffled, PAST: ["0" * 12], REVISION: "x"}))
    assert revision(kept) == revision(content)


def test_the_revision_is_what_other_programs_compute():
    assert revision({"b": [1, None], "rev": "x", "past": [], "a": "é"}) == "e0906a00ec0d"


def records(reader, record_id):
    return next(one for one in documents(reader.file) if one["id"] == record_id)


def test_an_edit_remembers_what_it_replaced_the_newest_first(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    first = records(reader, marked)
    assert first[PAST] == []
    reader.note(marked, "one")
    second = records(reader, marked)
    reader.reopen()
    reader.do(reader.notebook.remove(marked))
    third = records(reader, marked)
    assert second[PAST] == [first[REVISION]]
    assert third[PAST] == [second[REVISION], first[REVISION]]
    assert all(map(revision_fits, documents(reader.file)))


def test_only_the_newest_are_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(revisions, "_LONGEST_PAST", 16)
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    seen = [records(reader, marked)[REVISION]]
    for number in range(20):
        reader.note(marked, str(number))
        seen.insert(0, records(reader, marked)[REVISION])
    assert records(reader, marked)[PAST] == seen[1:17]
    assert len(set(seen)) == 21


def test_what_another_program_wrote_is_read_and_gets_a_revision_when_it_is_edited(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked = reader.mark()
    written = records(reader, marked)[REVISION]
    with TinyDB(reader.file) as database:
        database.table("records").update({"note": "from elsewhere"}, where("id") == marked)
    changed = records(reader, marked)
    assert not revision_fits(changed)
    reader.open()
    assert (
        plain_tinydb(reader.file)
        == {marked: "from elsewhere"}
        == {annotation.id: annotation.note for annotation in reader.notebook}
    )
    reader.note(marked, "edited")
    edited = records(reader, marked)
    assert revision_fits(edited)
    assert edited[PAST] == [revision(changed), written]


def test_a_record_of_before_there_were_revisions_stays_as_it_is_until_it_is_edited(tmp_path):
    reader = LibraryDriver(tmp_path)
    marked, other = reader.mark(0, 3), reader.mark(4, 7)
    reader.library.close()
    tables = json.loads(reader.file.read_bytes())
    for record in tables["records"].values():
        del record[REVISION], record[PAST]
    reader.file.write_text(json.dumps(tables))
    old = records(reader, marked)
    reader.open()
    reader.note(marked, "x")
    reader.library.close()
    assert REVISION not in records(reader, other)
    assert records(reader, marked)[PAST] == [revision(old)]


def test_a_past_that_is_none_is_not_handed_on():
    for past in (None, 7, "0" * 12, {"0" * 12: 1}, [["0" * 12], None, "0" * 11, "\x1b[2J" + "0" * 8]):
        replaced = {"id": "a", PAST: past}
        assert revised({"id": "b"}, replaced)[PAST] == [revision(replaced)]


def test_the_same_content_is_the_same_record():
    kept = revised({"id": "a"})
    assert revised({"id": "a"}, kept) == kept
    there_and_back = revised({"id": "a"}, revised({"id": "b"}, kept))
    assert there_and_back[REVISION] == kept[REVISION]
    assert there_and_back[PAST] == [revision({"id": "b"})]
