from dataclasses import replace

import pytest

from pactreader.core.anchoring import Placement, PlacementKind, describe
from pactreader.core.annotation import Annotation
from pactreader.core.query import parse_query

TEXT = "The agreement remains vague on\nwhat constitutes aggression."
DOUBT = Annotation("a", "doubt", describe(TEXT, 0, len(TEXT)), "Wer entscheidet über “État”?", ("law", "Kim"))
EXACT = Placement(PlacementKind.EXACT, 0, len(TEXT), 1.0)


def finds(typed: str, annotation: Annotation = DOUBT, placement: Placement | None = EXACT) -> bool:
    return parse_query(typed).matches(annotation, placement)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "vague",
        "VAGUE agree",
        "etat",
        "uber",
        '"vague on what"',
        '"vague on wh',
        "#law",
        "#ki",
        "label:doubt",
        "label:Dou",
        "has:note",
        "has:tags vague",
        "is:exact",
        "-is:lost",
        "-absent",
        "-#peace",
        '"état"',
    ],
)
def test_what_an_annotation_says_and_is_finds_it(typed):
    assert finds(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "absent",
        "vague absent",
        '"on vague"',
        "#la#w",
        "label:evidence",
        "is:lost",
        "-vague",
        "-#law",
        "has:versions",
    ],
)
def test_what_it_does_not_say_does_not(typed):
    assert not finds(typed)


def test_a_note_on_the_article_has_no_label_and_is_told_apart():
    note = replace(DOUBT, label="", anchor=None)

    assert finds("is:article", note, None)
    assert not finds("label:d", note, None)
    assert not finds("is:exact", note, None)


def test_what_is_not_understood_is_said_and_finds_nothing():
    query = parse_query("has:wings")

    assert query.problem == "has: knows note, tags, versions."
    assert not query.matches(DOUBT, EXACT)


def test_labels_go_by_the_names_the_reader_gave_them():
    query = parse_query("label:zweifel", label_name=lambda _: "Zweifel")

    assert query.matches(DOUBT, EXACT)


def test_a_colon_in_a_word_is_no_question():
    assert finds("https://x", replace(DOUBT, note="see https://x.org"))


def test_a_lone_sign_asks_for_nothing_while_the_rest_is_typed():
    assert not parse_query('# "')
