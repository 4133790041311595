"""The search for the passages of anchors in a text."""

from collections.abc import Callable, Mapping
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of

if TYPE_CHECKING:
    from pactreader.core.alignment.text_alignment import Alignment
    from pactreader.core.anchoring.former_text import FormerTextSearch
    from pactreader.core.anchoring.quote_search import QuoteSearch


class Locator:
    """A finder of the passages of anchors in one text. Its methods may be called from several threads."""

    def __init__(
        self,
        text: str,
        former_texts: Mapping[str, str] | None = None,
        *,
        known_hash: Callable[[], str] = lambda: "",
    ) -> None:
        """Create the locator of a text. The text is indexed, and former texts are read, when they are first needed.

        Args:
            text: The text.
            former_texts: Former texts of the article by their hashes, from `text_hash_of`. An anchor that was made on
                one of them is placed by its alignment with the text.
            known_hash: Returns the text's hash if it is known, so that it is not computed again; else an empty text.
        """
        self._known_hash = known_hash
        self._text = text
        self._former_texts = {} if former_texts is None else former_texts
        self._lock = RLock()
        """Held while the index or an alignment is made, so that other threads wait for it."""
        self._searches: dict[str, FormerTextSearch | None] = {}
        self._quote_search: QuoteSearch | None = None

    @cached_property
    def _text_hash(self) -> str:
        return self._known_hash() or text_hash_of(self._text)

    def place_at_once(self, anchor: Anchor) -> Placement | None:
        """Return the placement of an anchor whose quote and context are unchanged at its offsets; `None` for others.

        The time does not depend on the length of the text.
        """
        start, end = anchor.start, anchor.end
        if not (
            0 <= start < end
            and self._text.startswith(anchor.exact, start)
            and len(anchor.exact) == end - start
        ):
            return None
        prefix_start = start - len(anchor.prefix)
        is_in_context = (
            prefix_start >= 0
            and self._text.startswith(anchor.prefix, prefix_start)
            and self._text.startswith(anchor.suffix, end)
        )
        if is_in_context or anchor.text_hash == self._text_hash:  # the hash may have to be computed
            return Placement(PlacementKind.EXACT, start, end, 1.0)
        return None

    def alignment(self, text_hash: str) -> "Alignment | None":
        """Return the alignment with a former text by its hash; `None` if there is no such text."""
        search = self._former_text_search(text_hash)
        return search.alignment if search else None

    def place(self, anchor: Anchor) -> Placement:
        """Find an anchor's passage: at once, else by a former text, else by its quote and context alone."""
        return self.place_at_once(anchor) or self._with_white_space(anchor, self._place(_stripped(anchor)))

    def _with_white_space(self, anchor: Anchor, placement: Placement) -> Placement:
        """Return the placement of a stripped anchor with the white space at both ends of the anchor, if it is there."""
        start = placement.start - (len(anchor.exact) - len(anchor.exact.lstrip()))
        if start >= 0 and placement.found and self._text.startswith(anchor.exact, start):
            return placement._replace(start=start, end=start + len(anchor.exact))
        return placement

    def _place(self, anchor: Anchor) -> Placement:
        """Find the passage of an anchor without white space at its ends by a search."""
        search = self._former_text_search(anchor.text_hash)
        if search and search.has(anchor):
            return search.place(anchor)
        if not anchor.text_hash:
            for text_hash in self._former_texts:
                search = self._former_text_search(text_hash)
                if search and search.has(anchor):
                    return search.place(anchor)
        return self._quotes().place(anchor)

    def _quotes(self) -> "QuoteSearch":
        """Return the search by quotes, which has an index of the text."""
        from pactreader.core.anchoring.quote_search import QuoteSearch
        from pactreader.core.anchoring.text_index import TextIndex

        with self._lock:
            if self._quote_search is None:
                self._quote_search = QuoteSearch(TextIndex(self._text))
            return self._quote_search

    def _former_text_search(self, text_hash: str) -> "FormerTextSearch | None":
        """Return the search by a former text; `None` if there is no such text."""
        from pactreader.core.alignment.text_alignment import Alignment
        from pactreader.core.anchoring.former_text import FormerTextSearch

        with self._lock:
            if text_hash not in self._searches:
                former = self._former_texts.get(text_hash) if text_hash else None
                self._searches[text_hash] = (
                    None if former is None else FormerTextSearch(Alignment(former, self._text), self._quotes)
                )
            return self._searches[text_hash]


def _stripped(anchor: Anchor) -> Anchor:
    """Return an anchor without the white space at both ends of its quote, which is part of its context then."""
    exact = anchor.exact.strip()
    before = len(anchor.exact) - len(anchor.exact.lstrip())
    if not exact or len(exact) == len(anchor.exact):
        return anchor
    end = before + len(exact)
    return anchor._replace(
        exact=exact,
        prefix=anchor.prefix + anchor.exact[:before],
        suffix=anchor.exact[end:] + anchor.suffix,
        start=anchor.start + before,
        end=anchor.start + end,
    )
