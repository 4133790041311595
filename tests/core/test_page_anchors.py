"""Tests of the anchors of pages."""

import pytest

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.links import resolve_target
from pactreader.core.page_anchors import anchor_in_pdf, missing_anchor

PAPER = Article.assemble(
    [
        Piece(BlockKind.HEADING, "Page=3", 1, anchors=("page=1",)),
        Piece(BlockKind.PARAGRAPH, "On one page and another."),
        Piece(
            BlockKind.PARAGRAPH,
            "The third one.",
            places=((4, "p. A-1"),),
            anchors=("page=3", "intro", "nameddest=odd", "page=3&zoom=auto,90,467"),
        ),
    ],
    title="A paper",
)
PAPER = PAPER._replace(anchors={**PAPER.anchors, "page=2": PAPER.text.index("another")})
PAGE = Article.assemble([Piece(BlockKind.HEADING, "Page=12", 1)], title="A page of the web")


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("page=2", "another."),
        ("page=002", "another."),
        ("Page=2&zoom=150,0,0", "another."),
        ("zoom=50&page=2", "another."),
        ("page=2#toolbar=0", "another."),
        ("page=2&search=%2523", "another."),
        ("nameddest=intro", "The third one."),
        ("nameddest=intro&view=FitH", "The third one."),
        ("nameddest=odd", "The third one."),
        ("intro", "The third one."),
        ("page=3", "The third one."),
        ("page=a-1&zoom=50", "third one."),
        ("page=x", None),
        ("page=4", None),
        ("page=0", None),
        ("page=-1", None),
        ("page=" + "9" * 5000, None),
        ("nameddest=no", None),
    ],
)
def test_a_fragment_of_a_pdf_leads_to_its_page(fragment: str, words: str | None) -> None:
    found = resolve_target(PAPER, f"#{fragment}")
    assert (found and PAPER.text[found.start : found.end]) == words


def test_other_articles_have_no_pages() -> None:
    assert resolve_target(PAGE, "#page=12") is not None, "the heading has this anchor by its words"
    assert resolve_target(PAGE, "#page=2") is None
    assert anchor_in_pdf("page=x") == "page=x"


def test_a_missing_anchor_is_told_as_a_page_where_there_are_pages() -> None:
    assert (
        missing_anchor("page=012", PAPER.anchors) == "There is no page 12 in this article, which has 3 pages."
    )
    assert missing_anchor("a\nb", PAPER.anchors) == "There is no “a b” in this article to go to."
    assert missing_anchor("page=12", PAGE.anchors) == "There is no “page=12” in this article to go to."
