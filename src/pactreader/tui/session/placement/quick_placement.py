"""Placing of a single anchor while the user waits for it."""

from typing import Final

from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article

LONGEST_QUICK: Final = 100_000
"""Code points of a text up to which an anchor is placed while the user waits, in some ten milliseconds."""


def place_quickly(locator: Locator, article: Article, anchor: Anchor) -> Placement | None:
    """Return the placement of an anchor; `None` if it takes a search in a long text, which has to run in a thread."""
    if len(article.text) <= LONGEST_QUICK:
        return locator.place(anchor)
    return locator.place_at_once(anchor)
