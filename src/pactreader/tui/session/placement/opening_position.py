"""The position at which an article opens: the stored one, found again in the text as it is now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article
from pactreader.core.links import resolve_target
from pactreader.core.page_anchors import awaited_anchor, missing_anchor
from pactreader.core.text_positions import placed_position
from pactreader.storage.state.reading_state import ReadingPosition
from pactreader.tui.navigation_history import Position
from pactreader.tui.session.daemon_thread import run_in_daemon_thread
from pactreader.tui.session.placement.quick_placement import place_quickly

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_LONGEST_PARAGRAPH: Final = 1_000
"""Code points before the caret that the window may show of its paragraph and still shows the caret."""


class OpeningPosition:
    """The position at which the open article is shown first.

    In an unchanged text it is the stored one; in a changed one that is not long, its counterpart. In a long text that
    changed, it is the paragraph at the stored offset, and the counterpart is searched for after the first frame. The
    window then goes there, unless the user has moved.
    """

    def __init__(self, app: "PactReaderApp", anchor: str = "") -> None:
        """Create the position.

        Args:
            app: The app.
            anchor: The name of an anchor in the first article, which is shown instead; empty for none.
        """
        self._app = app
        self._anchor = anchor
        """The name of the anchor, until the article is shown at it."""
        self._returned_to: Position | None = None
        """The position to show instead, in an article that the user goes back to."""
        self._stored: ReadingPosition | None = None
        """The stored position that is still to be found in the text; `None` if there is none."""
        self._shown = Position(0, 0)
        """The position that is shown until the user moves."""

    def choose(self, *, anchor: str = "", position: Position | None = None) -> None:
        """Choose the anchor or the position at which the article that is opened next is shown, in place of the stored one."""
        self._anchor, self._returned_to = anchor, position

    def first(self) -> Position:
        """Return the position to show first."""
        session = self._app.session
        stored, article = session.position, session.notebook.article
        self._stored = None
        is_whole = article.rest is None
        if self._returned_to:
            self._shown, self._returned_to = _inside(article, self._returned_to), None
            return self._shown
        if self._anchor and (target := resolve_target(article, f"#{self._anchor}")):
            self._anchor = ""
            self._shown = Position(target.start, target.start)
            return self._shown
        if stored is None:
            self._shown = Position(0, 0)
            return self._shown
        place = partial(place_quickly, session.locator, article)
        found = _placed(stored, place if is_whole else session.locator.place_at_once)
        is_unread = not is_whole and (bool(self._anchor) or stored.caret >= len(article.text))
        if found is None or is_unread:
            self._stored = stored
            start = Position(stored.caret, _paragraph_start(article, stored.caret))
            found = start if is_whole else Position(0, 0)
        self._shown = _inside(article, found)
        return self._shown

    def report_missing_anchor(self) -> None:
        """Tell the user if the article has no anchor of the name that was asked for, or none in what is read so far."""
        if not self._anchor:
            return
        article, screen = self._app.session.notebook.article, self._app.reading_screen
        if article.rest:
            screen.add_message(awaited_anchor(self._anchor))
        else:
            name, self._anchor = self._anchor, ""
            screen.add_message(missing_anchor(name, article.anchors))

    def forget(self) -> None:
        """Forget the position that was to be shown, as the user has moved in the beginning of the article."""
        self._anchor, self._stored = "", None

    @property
    def is_due_in_whole(self) -> bool:
        """True if the user has not moved in the beginning of the article, and is to be shown another position."""
        is_due = self._anchor or self._stored is not None
        return bool(is_due) and self._app.reading_screen.panes.position == self._shown

    def start_search(self) -> None:
        """Search for the counterpart in a thread, if that is due and the user has not moved; the window goes there."""
        if self.is_searching:
            self._shown = self._app.reading_screen.panes.position  # its top is that of a line
            self._app.run_worker(self._go_to_counterpart(), group="position", exclusive=True)

    @property
    def is_stored_one_due(self) -> bool:
        """True while the stored position must stay: it is being searched for, or is in what is not read yet."""
        is_unread = self._stored is not None and self._app.session.notebook.article.rest is not None
        return is_unread or self.is_searching

    @property
    def is_searching(self) -> bool:
        """True until the counterpart of the stored position is found, or the user moves."""
        return self._stored is not None and self._app.reading_screen.panes.position.caret == self._shown.caret

    async def _go_to_counterpart(self) -> None:
        stored, session, screen = self._stored, self._app.session, self._app.reading_screen
        assert stored is not None
        article, locator = session.notebook.article, session.locator
        found = await run_in_daemon_thread(partial(_placed, stored, locator.place))
        if self._stored is not stored:  # another article is open
            return
        self._stored = None
        if found and session.notebook.article is article and screen.panes.position == self._shown:
            screen.panes.return_to(_inside(article, found))
            screen.follow()


def _placed(stored: ReadingPosition, place: Callable[[Anchor], Placement | None]) -> Position | None:
    """Return a stored position in the present text; `None` if an anchor is not placed.

    Args:
        stored: The stored position.
        place: Places an anchor, or returns `None`.
    """
    if stored.caret_anchor is None or stored.top_anchor is None:
        return Position(stored.caret, stored.top)
    by_caret, by_top = place(stored.caret_anchor), place(stored.top_anchor)
    if by_caret is None or by_top is None:
        return None
    caret = placed_position(stored.caret, stored.caret_anchor, by_caret)
    top = placed_position(stored.top, stored.top_anchor, by_top)
    if 0 <= caret - top <= stored.caret - stored.top:
        return Position(caret, top)
    if by_top.found and not by_caret.found:
        return Position(top, top)
    # What is between the top of the window and the caret is longer now: the caret stays as far from the top as it was.
    return Position(caret, max(0, caret - max(0, stored.caret - stored.top)))


def _paragraph_start(article: Article, caret: int) -> int:
    """Return where a window begins that shows the caret's paragraph from its start; at the caret if that is too long."""
    start = article.block_at(caret).start if article.blocks else 0
    return start if caret - start <= _LONGEST_PARAGRAPH else caret


def _inside(article: Article, position: Position) -> Position:
    """Return a position inside the text, whatever a damaged file says."""
    last = max(0, len(article.text) - 1)
    return Position(*(max(0, min(offset, last)) for offset in position))
