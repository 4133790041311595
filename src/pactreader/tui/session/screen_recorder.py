"""The recorder of the screen that the next start will show, drawn by the same code just before the app exits."""

from asyncio import Event, timeout
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import textual

from pactreader.core.addresses import is_web_address
from pactreader.formats.sources import BUNDLED
from pactreader.storage.kept_screens import KeptScreen, circumstances, fingerprints
from pactreader.tui.session.reload.file_changes import is_monitorable
from pactreader.tui.terminal.first_screen import NextScreen

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.reading_screen import ReadingScreen

_PATIENCE: Final = 0.5
"""Seconds for which quitting waits for the end of the start. It takes a fifth of that with a library of usual size."""
_LONGEST_DRAWING: Final = 3.0
"""Seconds after which drawing is given up. It takes three frames of 20 ms, and the time to count lines that are not."""


class ScreenRecorder:
    """The recorder of the screen of the next start, with all that it depends on.

    Each start saves the position anew, so that a kept screen serves for one start, and is recorded again at its end.
    """

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app

    async def record(self) -> None:
        """Record the screen, if the next start will surely show it. The app must exit then, and draws no more."""
        app, session = self._app, self._app.session
        await self._wait_until_settled()
        if not self._is_certain:
            return
        session.refresh()
        app.save_position()
        source = session.notebook.article.source
        source_file = fingerprints([source] if Path(source).is_absolute() else [])
        frame = await self._draw()
        if not frame or not app.source_monitor.is_current:
            return
        theme, is_chosen = app.theme_after()
        query = app.first_screen.query
        if theme != app.theme:
            return
        is_light = query.is_light() if query else None
        screen = KeptScreen(frame, circumstances(*app.size), is_light, is_chosen)
        files = [str(path) for path in self._files]
        last = [
            str(path) for path in (session.paths.positions, session.paths.recent, session.paths.last_article)
        ]
        by_source = {"": [*files, *last]} | dict.fromkeys(source_file, files)
        app.first_screen.next = NextScreen(screen, by_source, source_file)

    async def _wait_until_settled(self) -> None:
        """Wait a moment for the end of the start, as for a user who quits after a short look."""
        settled = Event()
        self._app.start.when_settled(settled.set)
        with suppress(TimeoutError):
            async with timeout(_PATIENCE):
                await settled.wait()

    @property
    def _is_certain(self) -> bool:
        """True if what is open can be opened again, and nothing but it would be shown."""
        app, session = self._app, self._app.session
        screens, article = app.first_screen.screens, session.notebook.article
        return bool(
            screens
            and screens.directory == session.paths.screens
            and not (app.is_headless or app.console.is_dumb_terminal)
            and app.start.is_settled
            and session.is_identified
            and (
                article.source == BUNDLED or is_web_address(article.source) or is_monitorable(article.source)
            )
            and not (article.is_protected or article.rest or session.notebook.pending)
            and not app.change_tracker.changes.all
            and not session.drafts.for_article(session.entry.id)
        )

    @property
    def _files(self) -> list[Path]:
        """The paths of the files and directories that decide what is shown, beside the source."""
        session = self._app.session
        paths, options = session.paths, session.notebook.article.options
        state = session.reading_state.files_of(session.entry.id, options)
        programs = Path(textual.__file__).parent
        return [paths.library, paths.data, paths.settings, paths.drafts, *state, programs]

    async def _draw(self) -> str:
        """Draw the screen of the next start, without showing it, and return the output."""
        app = self._app
        former = app.reading_screen
        app.frames.hold()
        screen = app.make_screen(panel_shown=former.panes.notes_shown, hint=False)
        app.reading_screen = former
        screen.article_view.use_counts(former.article_view)
        await app.push_screen(screen)
        screen.article_view.count_lines()
        screen.set_focus(screen.article_view)
        screen.footer_bar.clear()
        with suppress(TimeoutError):
            async with timeout(_LONGEST_DRAWING):
                while not screen.article_view.height_known:
                    await self._drawn(screen)
                former_frame, frame = "", await self._drawn(screen)
                while frame != former_frame:
                    former_frame, frame = frame, await self._drawn(screen)
                return frame
        return ""

    async def _drawn(self, screen: "ReadingScreen") -> str:
        """Wait until the whole screen is laid out and drawn, and return its frame."""
        drawn = Event()
        screen.follow()
        screen.refresh()
        screen.call_after_refresh(drawn.set)
        await drawn.wait()
        return self._app.frames.held
