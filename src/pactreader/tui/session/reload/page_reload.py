"""The reload of an article from the web: its page is fetched anew in the background, until the user stops it."""

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError
from pactreader.core.fetched_page import FetchedPage
from pactreader.tui.session.daemon_thread import run_in_daemon_thread

if TYPE_CHECKING:
    from pactreader.formats.fetching.limits import FetchProgress
    from pactreader.tui.app import PactReaderApp

_INTERVAL: Final = 0.2
"""Seconds between updates of the progress on the screen."""


class PageReload:
    """A fetcher of the open article's page. One page is fetched at a time."""

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

    def start(self) -> None:
        """Fetch the page of the open article anew at the user's request, and tell the outcome."""
        if self.is_running:
            self._app.reading_screen.show_message(f"The page is being fetched: {self._stop_key} stops it.")
            return
        self._stopped, self._progress = Event(), None
        article = self._app.session.notebook.article
        self._app.run_worker(self._fetch(article, self._stopped), group="fetch")

    def stop(self) -> None:
        """Stop the fetch, if one runs. What was read stays."""
        if self._stopped:
            self._stopped.set()

    @property
    def _stop_key(self) -> str:
        return self._app.keymap.key("let-go")

    async def _fetch(self, article: Article, stopped: Event) -> None:
        """Fetch the page of an article, and have it taken in."""
        timer = self._app.set_interval(_INTERVAL, self._show_progress)
        try:
            page = await run_in_daemon_thread(partial(self._fetched, article, stopped))
        except PactReaderError as error:
            if self._is_open(article):
                self._app.source_monitor.tell_failure(error)
        except Exception as fault:  # noqa: BLE001 - it is logged, and told
            self._app.session.event_log.fault(fault)
            self._app.source_monitor.tell_failure(
                PactReaderError("The page could not be fetched: a fault of PactReader.")
            )
        else:
            if self._is_open(article):
                self._hide_progress(timer)
                await self._app.source_monitor.read_page(page)
        finally:
            self._hide_progress(timer)
            self._stopped = None

    def _fetched(self, article: Article, stopped: Event) -> FetchedPage:
        from pactreader.core.web_addresses import TypedAddress
        from pactreader.formats.fetching.fetch import fetch

        url = article.page.url if article.page else article.source
        return fetch(TypedAddress(url), progress=self._note, stop=stopped.is_set)

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
