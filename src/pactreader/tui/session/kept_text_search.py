"""The search of the articles' kept texts for what is typed in the library browser, in a thread."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from pactreader.tui.session.daemon_thread import run_in_daemon_thread

if TYPE_CHECKING:
    from pactreader.storage.texts.text_search import TextHit

_MAX_HITS: Final = 200
"""The number of articles that are listed at most; a longer list is of no use."""
_TYPING_PAUSE: Final = 0.15
"""Seconds without a letter after which a search begins."""
_UPDATE_INTERVAL: Final = 0.1
"""Seconds between two updates of the list."""


class KeptTextSearch:
    """A search of the kept texts. Its hits arrive while it runs."""

    def __init__(self, directory: Path, texts: Sequence[tuple[str, str]], words: Sequence[str]) -> None:
        """Create the search, which does not run yet.

        Args:
            directory: The directory of the stored texts.
            texts: The ids of articles with the hashes of their texts, in the order in which they are searched.
            words: Folded words or phrases that a text must have.
        """
        self._directory = directory
        self._texts = texts
        self._words = words
        self._stopped = Event()
        self._searched = 0
        self.hits: list[TextHit] = []
        """The hits so far."""

    @property
    def status(self) -> str:
        """The status for the user: how much was searched, and what was found; empty if that is all."""
        if self._searched < len(self._texts) and len(self.hits) < _MAX_HITS:
            return f"searching texts… {100 * self._searched // len(self._texts)} %"
        return ""

    async def run(self, on_update: Callable[[], None]) -> None:
        """Search until all is searched, or enough is found, or the task is cancelled.

        Args:
            on_update: Called at intervals, and at the end.
        """
        await asyncio.sleep(_TYPING_PAUSE)
        search = asyncio.ensure_future(run_in_daemon_thread(self._search))
        try:
            while not search.done():
                await asyncio.wait({search}, timeout=_UPDATE_INTERVAL)
                on_update()
            search.result()
        finally:
            self._stopped.set()

    def _search(self) -> None:
        from pactreader.storage.texts.text_search import search_texts

        for hit in search_texts(self._directory, self._texts, self._words):
            if self._stopped.is_set():
                return
            self._searched += 1
            if hit:
                self.hits.append(hit)
                if len(self.hits) >= _MAX_HITS:
                    return
