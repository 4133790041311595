"""Citations: the words that say where in an article a passage is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactreader.core.article_outline import is_page

if TYPE_CHECKING:
    from pactreader.core.article import Article


def cite(article: "Article", start: int, end: int) -> Sequence[str]:
    """Return the place of a passage, as its page or chapter, and the number of its paragraph, as far as they are cited.

    `("Chapter 3", "¶ 95")`, `("¶ 95",)`, but `("p. 12",)`: on a page nobody counts paragraphs.

    Args:
        article: The article.
        start: The offset of the passage, in code points.
        end: The offset behind it.
    """
    return cite_place(article.places.between(start, end), article.paragraph_number(start))


def cite_place(place: str, paragraph: int) -> Sequence[str]:
    """Return a place, empty for none, and the number of a paragraph in it, as `cite` does."""
    if is_page(place):
        return (place,)
    numbered = f"¶ {paragraph}"
    return (place, numbered) if place else (numbered,)
