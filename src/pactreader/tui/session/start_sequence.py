"""The start of the app behind its first frame: the steps until all is shown, and the keys typed meanwhile."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.events import Key, Paste

from pactreader.core.errors import PactReaderError
from pactreader.tui.session.daemon_thread import run_in_daemon_thread
from pactreader.tui.session.reading_session import LoadedNotebook

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_PATIENCE: Final = 0.3
"""Seconds for which keys wait for the notes until the user is told, as a short message would only flicker."""
_SETTLING_INTERVAL: Final = 0.01
"""Seconds between looks at whether lines are counted and highlights placed."""


class StartSequence:
    """The steps of the start that the first frame does without, and the keys that wait for them.

    The notes of a large library are loaded in a thread. Meanwhile the keys that need no notes are handled at once; the
    first one that needs them waits, with all keys and pastes behind it, so that their order is kept and nothing is lost.
    Escape waits too: behind the key that opens the note editor it saves the note.

    The start is *settled* once everything is shown that will be shown without the user: text, cards, counts, and the
    places of the highlights.
    """

    def __init__(self, app: "PactReaderApp", then: Callable[[], Awaitable[None]]) -> None:
        """Create the sequence.

        Args:
            app: The app.
            then: Begins the work in the background, once the notes are shown, with keys handled between.
        """
        self._app = app
        self._then = then
        self._is_drawn = False
        """True once the first frame is on the screen."""
        self.loaded = asyncio.Event()
        """Set once the notes are loaded."""
        self._waiting: list[Key | Paste] = []
        """The keys and pastes that wait, in their order."""
        self._settled: list[Callable[[], object]] | None = []
        """Functions to call when the start is settled; `None` since then."""

    def when_settled(self, call: Callable[[], object]) -> None:
        """Call a function once the start is settled and drawn; at once if it is."""
        if self._settled is None:
            call()
        else:
            self._settled.append(call)

    @property
    def is_settled(self) -> bool:
        """True once the start is settled and drawn."""
        return self._settled is None

    # Keys

    def holds(self, event: Key | Paste) -> bool:
        """Return whether a key or paste waits, for the first frame or behind others."""
        if self._is_drawn and not self._waiting:
            return False
        self._waiting.append(event)
        return True

    def hold(self, event: Key) -> None:
        """Let a key wait until the notes are loaded."""
        self._waiting.append(event)
        self._app.set_timer(_PATIENCE, self._report_waiting)

    def _report_waiting(self) -> None:
        if self._waiting:
            self._app.reading_screen.show_message("The notes are being loaded… What you press is done then.")

    async def _handle_waiting(self) -> None:
        """Handle the keys that wait, until one has to wait for the notes again."""
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            await self._app.on_event(event)

    # Steps

    async def begin(self) -> None:
        """Begin the steps after the first frame, and handle the keys typed before it."""
        self._is_drawn = True
        if self._app.session.is_quickly_loaded:
            if self._load():
                self._app.call_after_refresh(self._app.run_worker, self._finish(), group="start")
        else:
            self._app.run_worker(self._load_in_thread(), group="start")
        await self._handle_waiting()

    async def _load_in_thread(self) -> None:
        """Load the notes in a thread, then handle the keys that wait for them."""
        try:
            loaded = await run_in_daemon_thread(self._prepare)
        except PactReaderError as error:
            self._fail(error)
        else:
            await self._app.key_gate.wait()
            self._show(loaded)
            self._app.call_later(self._handle_waiting)
            await self._finish()

    def _prepare(self) -> LoadedNotebook:
        """Load the notes, and make the backup that is due, which takes as long; in a thread."""
        session = self._app.session
        loaded = session.prepare()
        with suppress(PactReaderError):  # the library monitor tries again, and reports it
            session.library.back_up_daily()
        return loaded

    def _load(self) -> bool:
        """Load the notes now, and return whether they could be."""
        try:
            self._show(self._app.session.prepare())
        except PactReaderError as error:
            self._fail(error)
            return False
        return True

    def _fail(self, error: PactReaderError) -> None:
        """Exit, as the library cannot be read."""
        self._app.failure = error
        self._app.exit()

    def _show(self, loaded: LoadedNotebook) -> None:
        """Show the notes, and the position where the article was left if only they tell it."""
        app = self._app
        is_position_known = app.session.position is not None
        app.session.take(loaded)
        self.loaded.set()
        app.reading_screen.show_notebook()
        if not is_position_known:
            app.opener.go_to_stored_position()

    async def _finish(self) -> None:
        app = self._app
        await app.key_gate.wait()
        app.reading_screen.article_view.count_lines()
        gc.enable()
        gc.freeze()
        app.placer.place()
        await self._then()
        app.run_worker(self._settle(), group="settling")

    async def _settle(self) -> None:
        """Tell those who wait for it that the start is settled, once lines are counted, and highlights placed and drawn."""
        app = self._app
        while app.placer.is_placing or not app.reading_screen.article_view.height_known:  # noqa: ASYNC110 - each may begin anew
            await asyncio.sleep(_SETTLING_INTERVAL)
        app.call_after_refresh(self._report_settled)

    def _report_settled(self) -> None:
        calls, self._settled = self._settled or [], None
        for call in calls:
            call()
