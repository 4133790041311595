"""The paragraph below the title of a page or book with its author and date."""

from pactreader.core.article import BlockKind, Piece, Span, SpanKind
from pactreader.core.byline import byline


def byline_block(author: str, date: str) -> list[Piece]:
    """Return the paragraph with author and date, in emphasis; none if neither is known."""
    words = byline(author, date, "")
    return (
        [Piece(BlockKind.PARAGRAPH, words, spans=(Span(0, len(words), SpanKind.EMPHASIS),))] if words else []
    )
