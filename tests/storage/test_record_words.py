"""Records that may have words: none is left out whose annotation has them."""

import pytest

from pactreader.core.query import parse_query, searchable_text
from pactreader.storage.record_words import may_have_words
from pactreader.storage.schema.records import Record, read_annotation


def record(quote: str | None = "Who decides", note: str = "", **fields: object) -> Record:
    anchor = quote and {"exact": quote, "prefix": "", "suffix": "", "start": 0, "end": len(quote)}
    return {
        "kind": "annotation",
        "id": "a1",
        "article": "b1",
        "label": "term",
        "anchor": anchor,
        "note": note,
        "tags": [],
        "created": "",
        "modified": "",
        **fields,
    }


@pytest.mark.parametrize(
    ("found", "typed"),
    [
        (record("WHO decides"), "who"),
        (record("two\n  words"), '"two words"'),
        (record("an indus-\ntrial town"), "industrial"),
        (record("the État"), "etat"),
        (record(None, "a Note"), "note"),
        (record(tags=["law", "arms"]), '"#arms"'),
        (record(author="Ada"), "ada"),
        (record(others=[{**record(note="the other"), "rev": "0"}]), "other"),
    ],
)
def test_annotations_with_words_are_among_those_that_may_have_them(found: Record, typed: str) -> None:
    words = parse_query(typed).words or (typed.strip('"'),)
    annotation = read_annotation(found)
    assert annotation
    versions = (annotation, *filter(None, annotation.conflicts))
    assert all(any(word in searchable_text(one) for one in versions) for word in words)
    assert may_have_words(found, " ".join(words).split())


def test_records_without_a_word_are_left_out() -> None:
    assert not may_have_words(record("Who decides", "on the well-known case"), ["who", "nobody"])


def test_records_that_cannot_be_read_are_left_to_the_reader() -> None:
    assert may_have_words({"kind": "annotation", "id": "a1"}, ["who"])
    assert may_have_words(record(tags=[1]), ["who"])
