"""Rows of annotations: each gives back the annotation that it was made of, whatever that is."""

from random import Random

import pytest

from effort import rounds
from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor, Annotation
from pactreader.core.notebooks.annotation_rows import row_of, sorted_rows

TEXT = "Kim met the envoy. Nobody said why.\n\n北朝鮮は何も言わない。" * 4
IN_PLACE = Annotation("a1", "doubt", describe(TEXT, 8, 17, "hash"), "Who?", ("law",), "2026-01", "2026-02")


def row(annotation, kind=PlacementKind.EXACT):
    anchor = annotation.anchor
    placement = anchor and Placement(kind, anchor.start, anchor.end, 1.0)
    return row_of(annotation, placement, TEXT, {})


def test_an_annotation_in_place_is_made_of_the_text():
    assert row(IN_PLACE).whole is None
    assert row(IN_PLACE).annotation(TEXT) == IN_PLACE


@pytest.mark.parametrize(
    "annotation",
    [
        IN_PLACE._replace(anchor=None, label=""),
        IN_PLACE._replace(anchor=IN_PLACE.anchor._replace(exact="the envoi")),
        IN_PLACE._replace(anchor=IN_PLACE.anchor._replace(prefix="Jim met ")),
        IN_PLACE._replace(anchor=IN_PLACE.anchor._replace(suffix="?")),
        IN_PLACE._replace(anchor=Anchor("Kim", "before the text ", " met", 0, 3)),
        IN_PLACE._replace(author="Kim"),
        IN_PLACE._replace(origin="pdf:1"),
        IN_PLACE._replace(conflicts=(None,)),
        IN_PLACE._replace(extra={"x": 1}),
    ],
)
def test_any_other_one_is_kept_whole(annotation):
    assert row(annotation).whole is annotation
    assert row(annotation).annotation(TEXT) is annotation


def test_one_that_is_found_elsewhere_is_at_its_placement():
    moved = row_of(IN_PLACE, Placement(PlacementKind.MOVED, 20, 29, 0.9), TEXT, {})
    assert (moved.start, moved.end) == (20, 29)
    assert moved.annotation(TEXT) is IN_PLACE


def test_rows_sort_in_reading_order():
    chance = Random(1)
    rows = []
    for number in range(rounds(5_000, 50_000)):
        start = chance.randrange(len(TEXT) - 5)
        created = f"2026-{chance.randrange(9)}"
        anchor = describe(TEXT, start, start + 5) if number % 9 else None
        rows.append(row(Annotation(f"a{number}", "term", anchor, created=created)))
    expected = sorted(rows, key=lambda one: (one.start, one.end, one.created, one.id))
    assert sorted_rows(iter(rows)) == expected


def test_equal_strings_are_kept_once():
    strings = {}
    place = Placement(PlacementKind.EXACT, 8, 17, 1.0)
    one = row_of(IN_PLACE._replace(modified=str(b"2026-01", "ascii")), place, TEXT, strings)
    other = row_of(IN_PLACE._replace(id="a2", created=str(b"2026-01", "ascii")), place, TEXT, strings)
    assert one.modified is other.created
