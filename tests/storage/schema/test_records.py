"""Annotations as records, and back."""

from dataclasses import fields, replace

import pytest

from pactreader.core.annotation import Anchor, Annotation, content_of
from pactreader.storage.schema.records import annotation_record, read_annotation
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
    saved = replace(FIRST, extra={"colour": "red"})
    assert read_annotation(annotation_record("3f2a9c41", saved)) == saved


@pytest.mark.parametrize("name", [each.name for each in fields(Annotation)])
def test_versions_with_another_content_are_a_conflict(name):
    changed = replace(FIRST, **{name: getattr(OTHER, name)})
    if content_of(changed) == content_of(FIRST):
        return

    shown = read_annotation(
        merged(*(revised(annotation_record("3f2a9c41", one)) for one in (FIRST, changed)))
    )

    assert shown is not None
    assert {content_of(shown), *map(content_of, shown.conflicts)} == {content_of(FIRST), content_of(changed)}
