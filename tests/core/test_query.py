import pytest

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement, PlacementKind
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
        "“vague on what”",
        "«agreement»",
    ],
)
def test_a_query_matches_content_label_tags_and_placement(typed):
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
def test_a_query_rejects_other_annotations(typed):
    assert not finds(typed)


def test_a_note_on_the_article_has_no_label_or_placement():
    note = DOUBT._replace(label="", anchor=None)

    assert finds("is:article", note, None)
    assert not finds("label:d", note, None)
    assert not finds("is:exact", note, None)


def test_annotations_of_others_are_found_by_their_author():
    assert finds("lovelace", DOUBT._replace(author="Ada Lovelace"))


def test_an_unknown_term_is_a_problem_and_matches_nothing():
    query = parse_query("has:wings")

    assert query.problem == "has: knows note, tags, versions."
    assert not query.matches(DOUBT, EXACT)


def test_labels_match_by_the_users_names():
    query = parse_query("label:zweifel", label_name=lambda _: "Zweifel")

    assert query.matches(DOUBT, EXACT)


def test_a_colon_in_a_word_is_no_field():
    assert finds("https://x", DOUBT._replace(note="see https://x.org"))


def test_an_unfinished_term_is_ignored():
    assert not parse_query('# "')


@pytest.mark.parametrize(
    "typed", ["industrial", "well-known", "wellknown", "lodz", "1/2", '"a well-known industrial"']
)
def test_notes_are_folded_as_articles_are(typed):
    quote = "Łódź: a well-\nknown indus-\n  trial town"
    note = "½ of a well-known industrial town"

    assert finds(typed, Annotation("a", "doubt", describe(quote, 0, len(quote)), note))
    assert finds("industrial", Annotation("a", "doubt", describe(quote, 0, len(quote))))
    assert not finds("й", Annotation("a", "doubt", note="или"))
