"""Merging and editing of records of any shape: no exception, no lost revision, and a readable revision first."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.notebooks.changes import Edit
from pactreader.storage.schema.records import (
    annotation_record,
    is_readable,
    is_removed,
    read_annotation,
    read_change,
)
from pactreader.storage.schema.revisions import (
    OTHERS,
    PAST,
    REV,
    content_of,
    past_of,
    revised,
    revision_id,
    revisions_of,
)
from pactreader.storage.sync.conflicts import edited
from pactreader.storage.sync.merge import identity, merged, updates_from_copy, updates_from_same_file
from storage.any_json import ANY_JSON, DEEP, damaged, nested
from storage.library_driver import LibraryDriver, documents

CREATED = "2026-11-25T00:00:00.000Z"


def an_annotation(note, at=0, **fields):
    return Annotation(
        "a", "doubt", Anchor("x", "", "", 0, 1), note, (), CREATED, f"2026-11-25T00:00:0{at}.000Z", **fields
    )


def a_record(note, at=0):
    return annotation_record("article", an_annotation(note, at))


GONE = {
    "kind": "annotation",
    "id": "a",
    "article": "article",
    "deleted": True,
    "created": "",
    "modified": "1",
}
BASE = revised(a_record("base"))
ONE, TWO = revised(a_record("one", 1), BASE), revised(a_record("two", 2), BASE)
VALID = [
    BASE,
    ONE,
    TWO,
    merged(ONE, TWO),
    revised(GONE, ONE),
    {**BASE, OTHERS: [ONE, {**TWO, OTHERS: [revised(GONE)]}]},
    {"kind": "change", "id": "a", "at": "1", "number": 1, "edits": [{"before": None, "after": BASE}]},
    {"kind": "article", "id": "a", "title": "T"},
]
OF_ANNOTATION = [one for one in VALID if one["kind"] == "annotation"]


@st.composite
def copies(draw, count):
    """Draw copies of one record, of which only the kind and id are certain."""
    kind = draw(st.sampled_from(["annotation", "annotation", "annotation", "article", "change"]))
    valid = st.sampled_from([one for one in VALID if one["kind"] == kind])
    found = [{**draw(damaged(valid)), "kind": kind, "id": "a"} for _ in range(count)]
    return [
        revised(one) | {k: v for k, v in one.items() if k == OTHERS} if draw(st.booleans()) else one
        for one in found
    ]


def replaced_ids(record):
    return {rev for revision in revisions_of(record) for rev in past_of(revision)}


def revision_sets(record):
    """Return the id of the first revision, the ids of the others, and the ids of the replaced ones."""
    first, *others = revisions_of(record)
    return revision_id(first), {revision_id(one) for one in others}, replaced_ids(record)


@given(copies(2))
def test_merging_loses_no_revision_and_commutes(pair):
    one, other = pair
    both = merged(one, other)
    held = {revision_id(revision) for revision in revisions_of(both)}
    for revision in [*revisions_of(one), *revisions_of(other)]:
        assert revision_id(revision) in held | replaced_ids(both)
    assert identity(both) == identity(one)
    assert revision_sets(merged(other, one))[:2] == revision_sets(both)[:2] or both is one
    assert merged(both, other) is both
    assert merged(both, one) is both
    assert merged(both, both) is both


@given(copies(3))
def test_merging_is_associative_whatever_the_shape(three):
    one, two, three = three
    left, right = merged(merged(one, two), three), merged(one, merged(two, three))
    assert merged(left, right) is left
    assert merged(right, left) is right


@given(copies(2))
def test_a_readable_revision_comes_first(pair):
    both = merged(*pair)
    if both is pair[0]:
        return
    first, *others = revisions_of(both)
    if any(is_readable(one) and not is_removed(one) and identity(one) == identity(both) for one in others):
        assert is_readable(content_of(first))


def test_a_note_that_another_program_set_to_null_is_still_shown():
    for other in ({**TWO, "note": None}, {**TWO, "note": None, "modified": "9"}):
        for both in (merged(ONE, other), merged(other, ONE)):
            assert read_annotation(both).note == "one"
            assert {revision_id(one) for one in revisions_of(both)} == {revision_id(ONE), revision_id(other)}


def test_a_readable_revision_behind_another_is_read():
    hidden = {**ONE, "note": None, OTHERS: [{**TWO, "tags": 7}, TWO, revised(GONE), {**TWO, "id": "b"}]}
    assert read_annotation(hidden) == an_annotation("two", 2, conflicts=(None,))


def test_an_edit_of_a_revision_behind_another_keeps_the_other():
    unreadable = {**ONE, "note": None}
    known = {**unreadable, OTHERS: [TWO]}
    base = read_annotation(known)
    after = edited(known, "article", Edit(base, an_annotation("edited", 3)), undone=False, at="3")
    assert read_annotation(after).note == "edited"
    assert [revision_id(one) for one in after[OTHERS]] == [revision_id(unreadable)]
    assert after[PAST] == [TWO[REV], BASE[REV]]


@given(damaged(st.sampled_from(OF_ANNOTATION)), st.booleans(), st.booleans())
def test_an_edit_loses_no_unreadable_revision(known, undone, removes):
    known = {**known, "kind": "annotation", "id": "a"}
    base = read_annotation(known) or an_annotation("base")
    edit = Edit(base, None if removes else an_annotation("edited", 3, conflicts=base.conflicts))
    if undone:
        edit = Edit(edit.after, edit.before)
    after = edited(known, "article", edit, undone=undone, at="3")
    held = {revision_id(revision) for revision in revisions_of(after)}
    for revision in revisions_of(known):
        assert revision_id(revision) in held | replaced_ids(after)
        if not is_removed(revision) and read_annotation({**revision, OTHERS: []}) is None:
            assert revision_id(revision) in held


def test_a_change_with_an_endless_number_is_left_out():
    change = {"kind": "change", "id": "a", "number": 7, "edits": []}
    assert read_change(change).number == 7
    assert read_change({**change, "number": 10**4_299}) is None
    assert read_change({**change, "follows": 10**4_299}) is None


KEYS = st.sampled_from(["1", "2", "7", "x", "", "-1", "²", "9" * 5_000]) | st.text(max_size=3)
TABLES = st.dictionaries(KEYS, damaged(st.sampled_from(VALID)) | ANY_JSON, max_size=4)


@pytest.mark.slow
@pytest.mark.parametrize("updates", [updates_from_copy, updates_from_same_file])
@given(ours=TABLES, theirs=TABLES)
@example(ours={"9" * 5_000: BASE}, theirs={"1": TWO, "9" * 5_000: 1})
def test_a_table_merged_once_has_nothing_new(updates, ours, theirs):
    written = updates(ours, theirs)
    assert updates({**ours, **written}, theirs) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {PAST: [[]]},
        {PAST: {}, OTHERS: None},
        {OTHERS: "x"},
        {OTHERS: [None, 7, "x", [], {}]},
        {OTHERS: [{"modified": "9999", PAST: [BASE[REV]]}]},
        {"note": None},
        {"anchor": {"start": 10**4_000}},
        {"later": float("nan")},
        {"later": nested(DEEP, {})},
        {"id": [], "kind": {}},
    ],
)
def test_a_copy_with_a_record_of_any_shape_is_merged(tmp_path, fields):
    here = LibraryDriver(tmp_path / "here")
    marked = here.mark()
    here.library.close()
    there = tmp_path / "there.json"
    tables = json.loads(here.file.read_bytes())
    key = next(k for k, one in tables["records"].items() if one["id"] == marked)
    tables["records"][key] |= fields
    there.write_text(json.dumps(tables))
    here.open()
    here.note(marked, "here")
    here.library.merger.merge(there)
    here.reopen()
    assert here.notebook[marked].note in {"here", ""}
    assert "here" in json.dumps(documents(here.file))
    assert here.library.merger.merge(there).summary == "It had nothing that was not here already."
