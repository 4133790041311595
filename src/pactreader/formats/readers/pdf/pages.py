"""The anchors of a PDF's pages in its article."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from pactreader.core.article import Article
from pactreader.core.page_anchors import page_anchor


def page_anchors(article: Article, pages: int, *, is_whole: bool = True) -> Mapping[str, int]:
    """Return the anchors of an article with one for each page, exactly where the page begins.

    The blocks have the anchors of the pages that begin in them, and their places in the same order. A page without text
    is where the next one begins, or the last one; at the end of a text that is not whole, it is still to be read.

    Args:
        article: The article as it was assembled, with the anchors of pages at the beginnings of blocks.
        pages: The number of pages.
        is_whole: Whether all of them were read.
    """
    if not is_whole:
        pages = next((page for page in range(pages, 0, -1) if page_anchor(page) in article.anchors), 0)
    names = [page_anchor(page) for page in range(1, pages + 1)]
    found = {name: article.anchors[name] for name in names if name in article.anchors}
    by_block: defaultdict[int, list[str]] = defaultdict(list)
    for name, offset in found.items():
        by_block[offset].append(name)
    for start, own in by_block.items():
        places = article.places.offsets
        first = bisect_left(places, start)
        begun = places[first : bisect_left(places, article.block_at(start).end)]
        if len(begun) == len(own):
            found |= zip(own, begun, strict=True)
    following = max(found.values(), default=0)
    for name in reversed(names):
        following = found.setdefault(name, following)
    return {**article.anchors, **found}
