"""Quotations: the text of a passage with the marks that the page shows beside it."""

import pytest

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Annotation
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.quotations import annotation_quotation, quotation

JOBS = Article.assemble(
    [
        Piece(BlockKind.HEADING, "Jobs", 1),
        Piece(BlockKind.LIST_ITEM, "call the bank", 1, "☐"),
        Piece(BlockKind.LIST_ITEM, "pay the rent", 1, "☑"),
        Piece(BlockKind.LIST_ITEM, "go home", 1, "3."),
        Piece(BlockKind.LIST_ITEM, "a later paragraph", 1),
        Piece(BlockKind.LIST_ITEM, "rest", 1, "•"),
        Piece(BlockKind.TABLE, "who\tage\nAnn\t30"),
        Piece(BlockKind.CODE, "a\tb"),
    ],
    title="Jobs",
)


def quoted(words: str) -> str:
    start = JOBS.text.index(words)
    return quotation(JOBS, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Jobs", "Jobs"),
        ("call the bank", "☐ call the bank"),
        ("pay", "☑ pay"),
        ("the rent", "the rent"),
        ("rent\n\ngo home\n\na later", "rent\n\n3. go home\n\na later"),
        ("\n\nrest", "\n\nrest"),
        ("age\nAnn\t30", "age\nAnn │ 30"),
        ("a\tb", "a\tb"),
    ],
)
def test_boxes_numbers_and_borders_are_in_a_quotation(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_all_of_an_article_can_be_quoted() -> None:
    assert quotation(JOBS, 0, len(JOBS.text)) == (
        "Jobs\n\n☐ call the bank\n\n☑ pay the rent\n\n3. go home\n\na later paragraph\n\nrest\n\n"
        "who │ age\nAnn │ 30\n\na\tb"
    )
    assert quotation(JOBS, 3, 3) == ""
    assert quotation(Article.assemble((), title=""), 0, 0) == ""


@pytest.mark.parametrize(
    ("kind", "shown"),
    [(PlacementKind.EXACT, "☐ call"), (PlacementKind.MOVED, "☐ call"), (PlacementKind.CHANGED, "call")],
)
def test_an_annotation_is_quoted_as_the_page_shows_it_if_its_words_are_there(
    kind: PlacementKind, shown: str
) -> None:
    start = JOBS.text.index("call")
    annotation = Annotation("a", "doubt", describe(JOBS.text, start, start + 4))
    assert annotation_quotation(annotation, JOBS, Placement(kind, start, start + 4, 1.0)) == shown
    assert annotation_quotation(annotation, JOBS, None) == "call"
    assert annotation_quotation(Annotation("b", "", None, "Mine"), JOBS, None) == ""
