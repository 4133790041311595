"""The import of the annotations that other programs made in the open article's file."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import LockedError, PactReaderError

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_INTERVAL: Final = 0.1
"""Seconds between looks at whether all anchors are placed, and between tries while another process is writing."""


class EmbeddedImporter:
    """The importer of annotations. Each is taken in once, as one change for all that are new, which can be undone."""

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app

    def start(self) -> None:
        """Begin to take in what is new in the file of the open article, once it is known which article that is."""
        article = self._app.session.notebook.article
        if article.embedded and not article.rest:
            self._app.run_worker(self._run(), group="embedded", exclusive=True)

    async def _run(self) -> None:
        session = self._app.session
        article = session.notebook.article
        while session.notebook.article is article and session.is_identified:
            if session.identity.resembled:
                return  # it is done once the user has said which article it is
            try:
                if not session.notebook.pending:  # what is there already is found by its passage
                    self._take_in()
                    return
            except LockedError:
                pass
            except PactReaderError as error:
                session.event_log.warning("not taken in", error)
                sentence = f"The highlights in the file are not taken in. {error.one_line}"
                self._app.reading_screen.add_message(sentence, warning=True)
                return
            await asyncio.sleep(_INTERVAL)

    def _take_in(self) -> None:
        """Save the change and tell the user what was taken in.

        Raises:
            PactReaderError: It was not saved.
        """
        session, screen = self._app.session, self._app.reading_screen
        found = session.new_embedded()
        if not found.new:
            return
        change = partial(found.change, session.notebook, is_used=session.library.is_used)
        with session.without_waiting():
            screen.context.saves.save_once(change)
        it, were = ("it", "was") if len(found.new) == 1 else ("them", "were")
        screen.add_message(
            f"{found.summary} of another program {were} taken in from the file. "
            f"{self._app.keymap.key('undo')} takes {it} back."
        )
