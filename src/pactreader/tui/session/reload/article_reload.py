"""An article that was read again, and the counterparts of positions in its former text."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from functools import cached_property

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article, text_hash_of
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.likeness import is_edited
from pactreader.core.reading_setup import ReadingSetup
from pactreader.core.text_positions import describe_position, placed_position
from pactreader.formats import sources
from pactreader.tui.navigation_history import Position


class ReloadedArticle:
    """The present version of an article beside its former one. Creating and asking it may take seconds."""

    def __init__(self, former: Article, article: Article, stored_texts: Mapping[str, str]) -> None:
        """Compare two versions.

        Args:
            former: The version that is open.
            article: The version that was read now.
            stored_texts: The stored texts by their hashes, for anchors made on even earlier ones.
        """
        self.former = former
        self.article = article
        # A chain map is typed to be written to, and is only read here.
        self._former_hash = former.text_hash or text_hash_of(former.text)
        texts = ChainMap({self._former_hash: former.text}, stored_texts)  # type: ignore[arg-type]
        self.locator = Locator(article.text, texts)
        """The finder of passages in the present text."""
        self._found: dict[Anchor, Placement] = {}
        """The placements of anchors that were made on the beginning."""

    @property
    def is_completion(self) -> bool:
        """True if the former version was the beginning of this one, whose rest was still to be read."""
        former, article = self.former, self.article
        is_same = (former.file_hash, former.options) == (article.file_hash, article.options)
        return bool(former.rest) and is_same

    @cached_property
    def is_continuation(self) -> bool:
        """True if the present text begins with the former one, so that positions in that are the same in this one."""
        return self.article.text.startswith(self.former.text)

    @property
    def has_other_text(self) -> bool:
        """True if the texts differ."""
        return self.article.text_hash != self.former.text_hash

    @property
    def is_other_reading(self) -> bool:
        """True if the user chose another way of reading, so that another text is no change of the article."""
        return self.article.options != self.former.options

    @property
    def place_of_change(self) -> str:
        """The place where the article has changed, for a message."""
        return "on the web" if self.article.page else "on the disk"

    @property
    def has_other_blocks(self) -> bool:
        """True if the texts or their blocks differ, such as the level of a heading."""
        return self.has_other_text or self.article.blocks != self.former.blocks

    @cached_property
    def is_edited(self) -> bool:
        """True if the present text is likely to be an edited version of the former one, not that of another article."""
        return is_edited(self.former.text, self.article.text)

    @cached_property
    def _alignment(self) -> Alignment:
        alignment = self.locator.alignment(self._former_hash)
        assert alignment is not None
        return alignment

    def counterpart(self, position: Position) -> Position:
        """Return the position in the present text of one in the former text, by their alignment.

        The time does not depend on the texts after the first call.
        """
        if self.is_continuation:
            return position
        return Position(*map(self._alignment.counterpart, position))

    def place(self, position: Position) -> Position:
        """Return the position of the same words as a position in the former text, also if these have moved."""
        if self.is_continuation:
            return position
        return Position(*map(self._place, position))

    def place_anchors(self, anchors: Iterable[Anchor]) -> dict[Anchor, Placement]:
        """Return the placements in the present text of those anchors whose words are there as they were.

        A placement is found once: the second time it takes no search.
        """
        for anchor in anchors:
            if anchor not in self._found:
                self._found[anchor] = self.locator.place(anchor)
        verbatim = {PlacementKind.EXACT, PlacementKind.MOVED}
        return {anchor: found for anchor in anchors if (found := self._found[anchor]).kind in verbatim}

    def _place(self, offset: int) -> int:
        if anchor := describe_position(self.former, offset):
            placement = self.locator.place(anchor)
            if placement.kind in {PlacementKind.EXACT, PlacementKind.MOVED}:
                return placed_position(offset, anchor, placement)
        return self._alignment.counterpart(offset)


def read_again(
    former: Article, stored_texts: Mapping[str, str], setup: ReadingSetup = ReadingSetup()
) -> ReloadedArticle:
    """Read the file of an article again after it was written, in the same way.

    Raises:
        UnreadableError: It cannot be read.
    """
    reloaded = ReloadedArticle(former, sources.read_changed(former, setup), stored_texts)
    _ = reloaded.is_edited  # now, as it may take seconds
    return reloaded


def read_page(
    page: FetchedPage,
    former: Article,
    stored_texts: Mapping[str, str],
    setup: ReadingSetup = ReadingSetup(),
) -> ReloadedArticle:
    """Read a page that was fetched anew in the same way as the former one.

    Raises:
        UnreadableError: It cannot be read.
    """
    article = sources.read_page(page, former.source, former.options, setup)
    reloaded = ReloadedArticle(former, article, stored_texts)
    _ = reloaded.is_edited  # now, as it may take seconds
    return reloaded


def read_verbatim_or_not(
    former: Article, stored_texts: Mapping[str, str], setup: ReadingSetup = ReadingSetup()
) -> ReloadedArticle:
    """Read an article line by line; one that is shown line by line already, as text.

    Raises:
        UnreadableError: It cannot be read.
    """
    return ReloadedArticle(former, sources.read_verbatim_or_not(former, setup), stored_texts)


def read_whole_or_not(
    former: Article, stored_texts: Mapping[str, str], setup: ReadingSetup = ReadingSetup()
) -> ReloadedArticle:
    """Read everything in a web page; the article in it, if everything is shown already.

    Raises:
        UnreadableError: It cannot be read, or is no web page.
    """
    return ReloadedArticle(former, sources.read_whole_or_not(former, setup), stored_texts)
