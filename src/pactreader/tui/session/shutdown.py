"""Saving before the app is suspended or exits."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.tui.session.notes_export import COPIES
from pactreader.tui.session.reading_session import ReadingSession

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp


class ShutdownSaver:
    """The saves that the app makes when it is suspended, quits, or is ended by a signal or a fault."""

    def __init__(self, session: ReadingSession, app: "PactReaderApp") -> None:
        self._session = session
        self._app = app
        self._warned_of_loss = False
        """True once the user was told that the library's file lacks changes."""
        self._warned_of_copy = False
        """True once the user was told that a copy is being written."""

    @property
    def _saves(self) -> Sequence[Callable[[], None]]:
        """Functions that save the draft, the save queue and what the library's file lacks.

        Each may raise PactReaderError.
        """
        context = self._app.reading_screen.context
        return context.save_draft, context.saves.flush, self._session.ensure_saved

    def save_before_suspend(self) -> None:
        """Save everything, as the program may never be resumed.

        What cannot be saved stays in its editor or in the save queue, and is retried.
        """
        for save in self._saves:
            with suppress(PactReaderError), self._session.without_waiting():
                save()
        self._app.save_position()

    def save_before_exit(self) -> PactReaderError | None:
        """Save everything, and return one error for all that failed; `None` if nothing did."""
        errors = []
        for save in self._saves:
            try:
                save()
            except PactReaderError as error:
                errors.append(error)
        self._app.save_position()
        if not errors:
            return None
        return PactReaderError(" ".join(error.message for error in errors), errors[0].hint)

    def prepare_to_quit(self) -> bool:
        """Save everything, or warn once of what would be lost; return whether the app may quit."""
        screen = self._app.reading_screen
        return screen.prepare_to_quit() and self._ensure_saved() and self._are_copies_written()

    def _are_copies_written(self) -> bool:
        """Return whether no copy of a PDF is being written, or the user was warned of that before."""
        is_writing = any(each.group == COPIES and each.is_running for each in self._app.workers)
        if not is_writing or self._warned_of_copy:
            self._warned_of_copy = False
            return True
        self._warned_of_copy = True
        again = f"{self._app.keymap.key('quit')} again quits without it"
        self._app.reading_screen.show_message(f"The copy is not written yet: {again}.", warning=True)
        return False

    def _ensure_saved(self) -> bool:
        """Write what the library's file lacks, or warn once that it is in this window alone.

        Returns:
            True if the file is complete, or the user was warned before.
        """
        if self._warned_of_loss:
            return True
        try:
            self._session.ensure_saved()
        except NotSavedError as error:
            self._warned_of_loss = True
            self._app.reading_screen.show_message(
                f"What is marked here is in this window alone. {error.one_line} "
                f"{self._app.keymap.key('quit')} again quits and loses it.",
                warning=True,
            )
            return False
        return True
