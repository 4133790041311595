"""Tests of the anchors of a PDF's pages."""

from pactreader.core.article import Article, BlockKind, Piece
from pactreader.formats.readers.pdf.pages import page_anchors


def words_at_pages(pieces: list[Piece], pages: int) -> list[str]:
    article = Article.assemble(pieces, title="")
    found = page_anchors(article, pages)
    return [article.text[found[f"page={page}"] :].split()[0] for page in range(1, pages + 1)]


def paragraph(text: str, pages: list[int], places: list[str]) -> Piece:
    """Return a paragraph with the anchors of pages, and with the places that begin at some of its words."""
    return Piece(
        BlockKind.PARAGRAPH,
        text,
        anchors=[f"page={page}" for page in pages],
        places=[(text.index(word), f"p. {word}") for word in places],
    )


def test_a_page_begins_inside_of_a_block() -> None:
    pieces = [
        paragraph("a b", [1, 2], ["a", "b"]),
        paragraph("c d e", [3, 4], ["d", "e"]),
        paragraph("f", [], []),
    ]
    assert words_at_pages(pieces, 4) == ["a", "b", "d", "e"]


def test_a_page_without_text_is_where_the_next_one_begins_or_the_last_one() -> None:
    assert words_at_pages([paragraph("a b", [3], ["b"])], 4) == ["b"] * 4


def test_a_page_that_is_not_read_yet_has_no_anchor() -> None:
    article = Article.assemble([paragraph("a b", [1, 3], ["a", "b"]), paragraph("c", [], [])], title="")
    assert page_anchors(article, 9, is_whole=False) == {"page=1": 0, "page=2": 2, "page=3": 2}


def test_a_page_is_where_its_block_begins_if_places_do_not_tell_it() -> None:
    """A footnote at the end of a paragraph goes back to the page before."""
    assert words_at_pages([paragraph("a b c", [2], ["b", "c"])], 2) == ["a", "a"]


def test_other_anchors_are_kept() -> None:
    article = Article.assemble([Piece(BlockKind.PARAGRAPH, "a", anchors=["page=1", "intro"])], title="")
    assert page_anchors(article, 1) == {"page=1": 0, "intro": 0}
    assert page_anchors(Article.assemble([], title=""), 1) == {"page=1": 0}


def test_pages_behind_the_beginning_of_a_text_have_no_anchor_yet():
    article = Article.assemble([paragraph("a b", [1, 3], ["a", "b"])], title="t")
    anchors = page_anchors(article, 9, is_whole=False)
    assert list(anchors) == ["page=1", "page=3", "page=2"]
