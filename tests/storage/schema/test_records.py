"""Annotations as records, and back."""

import pytest

from pactreader.core.annotation import Anchor, Annotation, content_of
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.reading_options import ReadingOptions
from pactreader.storage.schema.records import (
    OTHERS,
    ArticleEntry,
    annotation_record,
    change_record,
    entry_record,
    read_annotation,
    read_change,
    read_entry,
)
from pactreader.storage.schema.revisions import revised
from pactreader.storage.sync.merge import merged

FIRST = Annotation(
    id="k3x9f2aa",
    label="doubt",
    anchor=Anchor("vague", "is ", ".", 8, 13),
    note="Who?",
    tags=("law",),
    created="2026-11-23T17:40:02.118Z",
    modified="2026-11-23T17:52:40.000Z",
)
OTHER = Annotation(
    "",
    "term",
    Anchor("pact", "", "", 2, 6),
    "What?",
    ("arms",),
    "2025-01-01T00:00:00.000Z",
    "2027-01-01T00:00:00.000Z",
)


def test_an_annotation_is_read_as_it_was_written():
    saved = FIRST._replace(extra={"colour": "red"})
    assert read_annotation(annotation_record("3f2a9c41", saved)) == saved


@pytest.mark.parametrize("name", Annotation._fields)
def test_versions_with_another_content_are_a_conflict(name):
    changed = FIRST._replace(**{name: getattr(OTHER, name)})
    if content_of(changed) == content_of(FIRST):
        return

    shown = read_annotation(
        merged(*(revised(annotation_record("3f2a9c41", one)) for one in (FIRST, changed)))
    )

    assert shown is not None
    assert {content_of(shown), *map(content_of, shown.conflicts)} == {content_of(FIRST), content_of(changed)}


A_HASH = "530abc13c92a52567625819670b82dee"
OTHER_HASH = "018572d2b0393aaaa180fc08e603755f"
HASHED = FIRST._replace(anchor=FIRST.anchor._replace(text_hash=A_HASH))


def test_the_text_of_an_anchor_is_beside_it():
    record = annotation_record("3f2a9c41", HASHED)
    assert record["text_hash"] == A_HASH
    assert "text_hash" not in record["anchor"]
    assert read_annotation(record) == HASHED
    assert "text_hash" not in annotation_record("3f2a9c41", FIRST)


@pytest.mark.parametrize("text_hash", [None, 7, [], {"a": 1}])
def test_a_damaged_hash_hides_no_annotation(text_hash):
    assert read_annotation({**annotation_record("3f2a9c41", HASHED), "text_hash": text_hash}) == FIRST


def test_a_change_carries_the_text_of_each_version():
    conflict = HASHED._replace(note="Whose?", anchor=HASHED.anchor._replace(text_hash=OTHER_HASH))
    edits = (Edit(HASHED._replace(conflicts=(conflict, None)), None),)
    change = Change("c1", 1, "remove", "2026-11-23T18:00:00.000Z", edits)
    assert read_change(change_record("3f2a9c41", change)) == change


def test_the_same_passage_of_two_texts_is_no_conflict():
    other = HASHED._replace(anchor=HASHED.anchor._replace(text_hash=OTHER_HASH))
    records = [revised(annotation_record("3f2a9c41", one)) for one in (HASHED, other, FIRST)]
    for first, second in ((0, 1), (0, 2), (2, 1)):
        shown = read_annotation({**records[first], OTHERS: [records[second]]})
        assert shown is not None
        assert shown.conflicts == ()


def test_an_entry_has_the_texts_of_all_its_versions():
    entry = ArticleEntry("3f2a9c41", "A pact", text_hash="c", text_hashes=("a", "b", "c"))
    assert read_entry(entry_record(entry)) == entry
    other = entry_record(entry._replace(text_hash="d", text_hashes=("a", "x")))

    both = read_entry({**entry_record(entry), OTHERS: [other]})

    assert both is not None
    assert both.text_hashes == ("a", "b", "c")
    assert set(both.other_texts) == {"a", "x", "d"}


@pytest.mark.parametrize("texts", [None, 7, "abc", [1, None, [], "a"]])
def test_damaged_texts_of_an_entry_are_left_out(texts):
    entry = read_entry({**entry_record(ArticleEntry("3f2a9c41", text_hash="c")), "texts": texts})
    assert entry is not None
    assert set(entry.text_hashes) <= {"a"}


def test_an_entry_has_the_choices_by_which_it_is_read():
    entry = ArticleEntry("3f2a9c41", "A pact", options=ReadingOptions("code", "", "cp1251"))
    record = entry_record(entry)
    assert record["reading"] == {"format": "code", "encoding": "cp1251"}
    assert read_entry(record) == entry
    assert "reading" not in entry_record(entry._replace(options=ReadingOptions()))


@pytest.mark.parametrize(
    "reading", [None, 7, "code", ["code"], {"format": 1, "language": None, "other": "x"}]
)
def test_damaged_choices_are_left_out(reading):
    entry = read_entry({**entry_record(ArticleEntry("3f2a9c41")), "reading": reading})
    assert entry is not None
    assert entry.options == ReadingOptions()
