"""The reading of the rest of an article in the background, while its beginning is shown."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from pactreader.core.article import Article
from pactreader.core.article_rest import ArticleRest, ReadingProgress
from pactreader.core.errors import PactReaderError, ReadingStoppedError
from pactreader.tui.session.daemon_thread import run_in_daemon_thread

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_INTERVAL: Final = 0.2
"""Seconds between updates of the progress on the screen."""


class RestReader:
    """A reader of the rest of the open article, which shows its progress until the user stops it or leaves the article.

    Once all is read, the whole article takes the place of its beginning, as a changed one does.
    """

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._rest: ArticleRest | None = None
        """The rest that is being read; `None` if nothing is."""
        self._progress: ReadingProgress | None = None
        """The progress as the thread has told it last."""

    @property
    def is_running(self) -> bool:
        """True while the rest is read."""
        return self._rest is not None

    def start(self) -> None:
        """Read the rest of the open article, if there is one."""
        beginning = self._app.session.notebook.article
        if beginning.rest and beginning.rest is not self._rest:
            self._rest, self._progress = beginning.rest, None
            self._app.run_worker(self._read(beginning, beginning.rest), group="rest")

    def stop(self) -> None:
        """Stop reading, as another article is opened, or the program exits."""
        rest, self._rest = self._rest, None
        if rest:
            rest.stop()
            self._app.reading_screen.title_bar.show_activity("")

    def stop_and_tell(self) -> None:
        """Stop reading at the user's request. What was read stays."""
        if self._rest:
            self._rest.stop()

    async def _read(self, beginning: Article, rest: ArticleRest) -> None:
        app = self._app
        timer = app.set_interval(_INTERVAL, self._show_progress)
        try:
            whole = await run_in_daemon_thread(partial(rest.finish, partial(self._note, rest)))
        except PactReaderError as error:
            if self._ends(rest, timer):
                await self._tell_failure(error)
        except Exception as fault:  # noqa: BLE001 - it is logged, and told
            app.session.event_log.fault(fault)
            if self._ends(rest, timer):
                await self._tell_failure(
                    PactReaderError("The rest could not be read: a fault of PactReader.")
                )
        else:
            if self._ends(rest, timer):
                await app.source_monitor.take_in_whole(beginning, whole)
        finally:
            timer.stop()

    def _ends(self, rest: ArticleRest, timer: Timer) -> bool:
        """Note that a rest is no longer read, and return whether it still was that of the open article."""
        timer.stop()
        if rest is not self._rest:
            return False
        self._rest = None
        self._app.reading_screen.title_bar.show_activity("")
        return True

    async def _tell_failure(self, error: PactReaderError) -> None:
        """Tell the user why only the beginning is shown, and restore a draft, which waited for the whole text."""
        screen, keymap = self._app.reading_screen, self._app.keymap
        again = f"{keymap.key('reload')} reads all of it"
        if isinstance(error, ReadingStoppedError):
            screen.show_message(f"Only the beginning of the article is shown: {again}.")
        else:
            screen.show_message(f"{error.message} Only the beginning is shown; {again}.", warning=True)
        await self._app.opener.restore_draft()

    def _note(self, rest: ArticleRest, progress: ReadingProgress) -> None:
        if rest is self._rest:
            self._progress = progress

    def _show_progress(self) -> None:
        if self._rest and self._progress:
            activity = f"{_described(self._progress)} · {self._app.keymap.key('let-go')} stops it"
            self._app.reading_screen.title_bar.show_activity(activity)


def _described(progress: ReadingProgress) -> str:
    """Return a description of the progress of reading."""
    if not progress.pages:
        return "reading the rest"
    if progress.is_layout:
        return f"putting {progress.pages_read:,} pages together"
    return f"reading p. {progress.pages_read:,} of {progress.pages:,}"
