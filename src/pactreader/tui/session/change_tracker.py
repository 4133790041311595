"""The tracker of what has changed in the open article since it was last read, and of what is read of it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from pactreader.core.anchoring.locator import Locator
from pactreader.core.article import Passage
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.text_changes.screen_time import ScreenTime
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges
from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import LastReadText
from pactreader.tui.session.daemon_thread import run_in_daemon_thread
from pactreader.tui.session.placement.placement_report import changed_sentence
from pactreader.tui.session.reading_session import ReadingSession

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_CHECK_INTERVAL: Final = 0.25
"""Seconds between checks of what is on the screen."""
_CHECKS: Final = 5
"""Checks in a row after which what is on the screen at all of them is read: the first and last are a second apart."""
_WORKERS: Final = "changes"
"""The group of the worker that compares the texts."""


class ChangeTracker:
    """The changes of the open article since it was last read.

    They are found in a thread, as aligning two long texts takes seconds, and stored in the reading state as they are
    read: when they were on the screen for a second while the window had the keys.
    """

    def __init__(self, library: Library, session: ReadingSession, app: "PactReaderApp") -> None:
        self._library = library
        self._session = session
        self._app = app
        self._article_id = ""
        self._options = ReadingOptions()
        """The choices by which it is read. Each way of reading has a text of its own that was last read."""
        self._present = ""
        """The hash of the text that is open."""
        self._base = ""
        """The hash of the text that was last read."""
        self._timer: Timer | None = None
        self._screen_time: ScreenTime | None = None
        self.changes = UnreadChanges(ComparisonState.PENDING)
        """The changes. They are pending until the texts are compared."""
        self.walked = (-1, -1)
        """The index of the change that the user went to last, and the offset of the caret on it."""

    def open_article(self) -> None:
        """Begin to compare the text that is open now with the one that was last read.

        The article must not be registered in the library yet: the library's text is that of the last reading by a
        version that stored no more about it.
        """
        session, article = self._session, self._session.notebook.article
        self._stop_checks()
        self._app.workers.cancel_group(self._app, _WORKERS)
        self._article_id, self._present = session.entry.id, article.text_hash
        self._options = article.options
        known = session.reading_state.last_read_text(self._article_id, self._options)
        former = self._library.comparison_base(session.entry, known)
        if former in {"", self._present}:
            comparison = ComparisonState.UNCHANGED if former else ComparisonState.FIRST_READING
            self._take(UnreadChanges(comparison))
            return
        self._base = former
        self._show(UnreadChanges(ComparisonState.PENDING))
        last_read = known or LastReadText(former, former)
        self._app.run_worker(self._compare(last_read, session.notebook.locator), group=_WORKERS)

    def close(self) -> None:
        """Show no changes, as the open article is another one whose text is not whole."""
        self._stop_checks()
        self._app.workers.cancel_group(self._app, _WORKERS)
        self._show(UnreadChanges(ComparisonState.PENDING))

    async def _compare(self, last_read: LastReadText, locator: Locator) -> None:
        changes = await run_in_daemon_thread(partial(_compared, last_read, self._present, locator))
        self._take(changes)
        screen, placer = self._app.reading_screen, self._app.placer
        if changes.comparison is ComparisonState.REWRITTEN:
            screen.add_message(
                "The article was rewritten since you read it: so much is new that nothing is marked."
            )
        if placer.has_report:
            placer.report_if_due()
        elif count := len(changes.all):
            intro = "The article changed since you read it"
            screen.add_message(changed_sentence(intro, {}, self._app.keymap, text_changes=count))

    def _take(self, changes: UnreadChanges) -> None:
        """Show the changes, store what is known now, and begin to watch what is read."""
        self._show(changes)
        self._store()
        if changes.has_unread:
            self._screen_time = ScreenTime(changes, checks=_CHECKS)
            self._timer = self._app.reading_screen.article_view.set_interval(_CHECK_INTERVAL, self._check)

    def _show(self, changes: UnreadChanges) -> None:
        self.changes = changes
        self.walked = (-1, -1)
        self._app.reading_screen.article_view.show_changes(changes)
        self._app.reading_screen.show_keys()

    def _store(self) -> None:
        """Store which changes are read; once all are, the present text is the one that was last read."""
        read: tuple[Passage, ...] = ()
        if self.changes.has_unread:
            read = tuple(self.changes.read_passages)
        else:
            self._base = self._present
        last_read = LastReadText(self._base, self._present, read)
        self._session.reading_state.save_last_read_text(self._article_id, last_read, self._options)

    # What is read

    def _check(self) -> None:
        """Mark what was on the screen for a second as read."""
        assert self._screen_time is not None
        read = self._screen_time.check(self._visible)
        if not read:
            return
        self.changes.mark_read(read)
        self._store()
        self._app.reading_screen.article_view.show_changes(self.changes)
        if not self.changes.has_unread:
            self._stop_checks()

    @property
    def _visible(self) -> Passage | None:
        """The passage on the screen; `None` if another window has the keys, or something covers the article."""
        app, screen = self._app, self._app.reading_screen
        view = screen.article_view
        if not (view.is_attached and view.size):  # the app is exiting
            return None
        is_seen = app.app_focus and app.screen is screen and not screen.panes.drawer_open
        return view.visible_passage if is_seen else None

    def _stop_checks(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None


def _compared(last_read: LastReadText, present: str, locator: Locator) -> UnreadChanges:
    """Compare a text with the one that was last read. It may take seconds.

    Args:
        last_read: The text that was last read, and what was read of the one opened after it.
        present: The hash of the present text.
        locator: The locator of the present text, which knows the former texts.
    """
    from pactreader.core.text_changes.comparison import compare  # not for an unchanged article

    alignment = locator.alignment(last_read.base)
    if alignment is None:
        return UnreadChanges(ComparisonState.NOT_KEPT)
    if not last_read.read or last_read.opened == present:
        return compare(alignment, last_read.read)
    since = locator.alignment(last_read.opened)
    return compare(alignment, last_read.read if since else (), since)
