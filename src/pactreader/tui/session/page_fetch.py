"""The fetch of a page of the web in the background: of the open article's anew, or of one that a link leads to."""

from collections.abc import Awaitable, Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.fetched_page import FetchedPage
from pactreader.tui.session.daemon_thread import run_in_daemon_thread

if TYPE_CHECKING:
    from pactreader.core.web_addresses import TypedAddress
    from pactreader.formats.fetching.limits import FetchProgress
    from pactreader.tui.app import PactReaderApp

_INTERVAL: Final = 0.2
"""Seconds between updates of the progress on the screen."""


class PageFetch:
    """A fetcher of pages, one at a time, that shows its progress until the user stops it or opens another article."""

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._stopped: Event | None = None
        """Set to stop the fetch that runs; `None` if none does."""
        self._progress: FetchProgress | None = None
        """The progress as the thread has told it last."""

    @property
    def is_running(self) -> bool:
        """True while a page is fetched."""
        return self._stopped is not None

    def start(
        self,
        address: "TypedAddress",
        *,
        then: Callable[[FetchedPage], Awaitable[None]],
        on_failure: Callable[[PactReaderError], None],
    ) -> None:
        """Fetch a page at the user's request, unless one is being fetched.

        Args:
            address: The address of the page.
            then: A function that shows the page. It is called if the article that is open now still is.
            on_failure: A function that tells the user why the page cannot be fetched or shown, likewise.
        """
        self._app.reading_screen.show_message(f"The page is being fetched: {self._stop_key} stops it.")
        if self.is_running:
            return
        self._stopped, self._progress = Event(), None
        self._app.run_worker(self._fetch(address, self._stopped, then, on_failure), group="fetch")

    def stop(self) -> None:
        """Stop the fetch, if one runs. What was read stays."""
        if self._stopped:
            self._stopped.set()

    @property
    def _stop_key(self) -> str:
        return self._app.keymap.key("let-go")

    async def _fetch(
        self,
        address: "TypedAddress",
        stopped: Event,
        then: Callable[[FetchedPage], Awaitable[None]],
        on_failure: Callable[[PactReaderError], None],
    ) -> None:
        article = self._app.session.notebook.article
        timer = self._app.set_interval(_INTERVAL, self._show_progress)
        try:
            page = await run_in_daemon_thread(partial(self._fetched, address, stopped))
            if self._is_open(article):
                self._hide_progress(timer)
                await then(page)
        except PactReaderError as error:
            if self._is_open(article):
                on_failure(error)
        except Exception as fault:  # noqa: BLE001 - it is logged, and told
            self._app.session.event_log.fault(fault)
            on_failure(PactReaderError("The page could not be fetched: a fault of PactReader."))
        finally:
            self._hide_progress(timer)
            self._stopped = None

    def _fetched(self, address: "TypedAddress", stopped: Event) -> FetchedPage:
        from pactreader.formats.fetching.fetch import fetch

        return fetch(address, progress=self._note, stop=stopped.is_set)

    def _note(self, progress: "FetchProgress") -> None:
        self._progress = progress

    def _show_progress(self) -> None:
        if self._progress:
            activity = f"{self._progress.line} · {self._stop_key} stops it"
            self._app.reading_screen.title_bar.show_activity(activity)

    def _hide_progress(self, timer: Timer) -> None:
        timer.stop()
        self._app.reading_screen.title_bar.show_activity("")

    def _is_open(self, article: Article) -> bool:
        """Return whether an article is still the open one, also if it was read in another way meanwhile."""
        return self._app.session.notebook.article.source == article.source
