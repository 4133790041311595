"""Tests of the citation of passages."""

import pytest

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.citations import cite

PAPER = Article.assemble(
    [
        Piece(BlockKind.HEADING, "Title", 1),
        Piece(BlockKind.PARAGRAPH, "One page and another.", places=((0, "p. iv"), (9, "p. 1"))),
        Piece(BlockKind.PARAGRAPH, "[1] A note.", places=((0, "p. iv"),)),
        Piece(BlockKind.PARAGRAPH, "Still the second.", places=((0, "p. 1"),)),
        Piece(BlockKind.PARAGRAPH, "An annex.", places=((0, "p. A-1"),)),
    ],
    title="A paper",
)
BOOK = Article.assemble(
    [Piece(BlockKind.PARAGRAPH, f"Text {n}.", places=((0, f"Chapter {n}"),)) for n in (1, 2)], title="A book"
)


def cited(article: Article, first: str, last: str = "") -> str:
    text = article.text
    start = text.index(first)
    return ", ".join(cite(article, start, text.index(last or first, start) + len(last or first)))


@pytest.mark.parametrize(
    ("first", "last", "citation"),
    [
        ("Title", "", "¶ 1"),
        ("page", "", "p. iv"),
        ("page", "and", "pp. iv–1"),
        ("another", "A note", "pp. iv–1"),
        ("Still", "annex", "pp. 1–A-1"),
        ("Title", "another", "¶ 1"),
    ],
)
def test_a_passage_is_cited_by_its_pages(first: str, last: str, citation: str) -> None:
    assert cited(PAPER, first, last) == citation


def test_a_passage_that_ends_before_a_page_is_not_on_it() -> None:
    assert cited(PAPER, "One page ") == "p. iv"
    assert cited(PAPER, "another.\n\n") == "p. 1"


def test_a_passage_is_cited_by_the_chapter_that_it_begins_in_and_its_paragraph() -> None:
    assert cited(BOOK, "Text 2") == "Chapter 2, ¶ 2"
    assert cited(BOOK, "Text 1", "Text 2") == "Chapter 1, ¶ 1"


def test_numbered_pages_are_told_with_the_number_of_the_last_one() -> None:
    pages = [Piece(BlockKind.PARAGRAPH, "Text.", places=((0, f"p. {n}"),)) for n in ("ii", "1", "2")]
    places = Article.assemble(pages, title="").places
    assert [places.page_of_all(offset) for offset in places.offsets] == ["", "p. 1 of 2", "p. 2 of 2"]
    assert PAPER.places.page_of_all(20) == "", "the last page is A-1"
    assert BOOK.places.page_of_all(0) == Article.assemble([], title="").places.page_of_all(0) == ""
