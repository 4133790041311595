"""The library monitor: periodic checks for changes, due backups, conflict files and damage."""

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise
from pactreader.storage.library import Library
from pactreader.tui.session.reading_session import ReadingSession

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp

_REFRESH_INTERVAL: Final = 0.5
"""Seconds between checks for changes of other windows. A check costs one `stat`."""
_BACKUP_INTERVAL: Final = 60.0
"""Seconds between checks for a due backup, one of which is made a day."""
_TEXT_INTERVAL: Final = 60.0
"""Seconds between checks that the open article's text is stored. A check costs two `stat`s."""
_CONFLICT_FILE_INTERVAL: Final = 5.0
"""Seconds between checks for conflict files."""
_CHECKSUMS_AT_ONCE: Final = 50
"""Annotations that are verified before keys are handled again: about two milliseconds."""


class LibraryMonitor:
    """A runner of periodic checks of the library. It tells the user what they find."""

    def __init__(self, library: Library, session: ReadingSession, app: "PactReaderApp") -> None:
        self._library = library
        self._session = session
        self._app = app
        self._conflict_files: frozenset[str] = frozenset()
        """The names of the conflict files at the last check."""
        self._errors: dict[str, str] = {}
        """The last message of each check that keeps failing, by the check."""
        self._was_gone = False
        """True if the library's file was missing at the last check."""

    def start(self) -> None:
        """Run all checks now, and then periodically."""
        self._library.preload()
        self._back_up()
        self._offer_conflict_files()
        self.report_notices()
        self._app.set_interval(_BACKUP_INTERVAL, self._back_up)
        self._app.set_interval(_TEXT_INTERVAL, self._keep_text)
        self._app.set_interval(_CONFLICT_FILE_INTERVAL, self._offer_conflict_files)
        self._app.set_interval(_REFRESH_INTERVAL, self._refresh)

    def report_notices(self) -> None:
        """Tell the user the library's notices, as that it was damaged or cannot be changed."""
        if notices := self._library.notices():
            self._session.event_log.warning("library notice")
            self._app.reading_screen.show_message(" ".join(notices), warning=True)

    def register_article(self) -> None:
        """Store the open article in the library, with its text."""
        try:
            self._library.register(self._session.entry, self._session.notebook.article)
        except PactReaderError as error:
            self._app.reading_screen.show_message(error.one_line, warning=True)

    async def verify_checksums(self) -> None:
        """Tell the user how many annotations of the article do not match their checksums."""
        failed = 0
        with suppress(PactReaderError):  # a file that cannot be read is reported by `_refresh`
            for number, is_failed in enumerate(self._library.failed_checksums(self._session.entry)):
                failed += is_failed
                if not number % _CHECKSUMS_AT_ONCE:
                    await self._app.key_gate.wait()
        if failed:
            what = pluralise(failed, "annotation")
            self._app.reading_screen.show_message(
                f"Not as they were written: {what}, changed by another program or damaged. "
                "`pactreader doctor` says which, with --repair it looks for them in the backups.",
                warning=True,
            )

    async def clean_texts(self, limit: int) -> None:
        """Delete the stored texts that nothing refers to, and the oldest of articles without annotations beyond a limit.

        Args:
            limit: The bytes that the texts of articles without annotations may take.
        """
        with suppress(PactReaderError):  # the next start tries again
            for _ in self._library.text_cleaner.find(limit):
                await self._app.key_gate.wait()
            with self._session.without_waiting():
                self._library.text_cleaner.remove_found()

    def _keep_text(self) -> None:
        """Store the text of the open article again if it was deleted, and renew its time if that is old."""
        # A failure to store it was reported when the article was opened.
        with suppress(PactReaderError), self._session.without_waiting():
            self._library.register(self._session.entry, self._session.notebook.article)

    def _back_up(self) -> None:
        """Back up the library if the day's backup is due."""
        try:
            self._library.back_up_daily()
        except PactReaderError as error:
            self._warn_once("backup", error)
        else:
            self._errors.pop("backup", None)

    def _offer_conflict_files(self) -> None:
        """Offer to merge new conflict files."""
        names = [printable_line(path.name) for path in self._library.merger.conflict_files()]
        known, self._conflict_files = self._conflict_files, frozenset(names)
        if self._conflict_files - known:
            key = self._app.keymap.key
            self._app.reading_screen.show_message(
                f"The library was changed elsewhere too: {', '.join(names)}. "
                f"{key('merge')} merges that, {key('undo')} undoes it.",
                warning=True,
            )

    def _refresh(self) -> None:
        """Apply and show the changes of other windows and programs."""
        try:
            changed = self._library.notebooks.refresh(self._session.entry, self._session.notebook)
            is_other = self._session.identity.follow()
        except PactReaderError as error:
            self._warn_once("refresh", error)
            return
        self._errors.pop("refresh", None)
        self._restore_missing_file()
        if is_other:
            self._app.reading_screen.show_notebook()
            self._app.reading_screen.show_message("Another window has joined or split this article.")
        elif changed:
            self._app.reading_screen.show_notebook()
            self._app.reading_screen.show_message(f"{pluralise(changed, 'annotation')} changed elsewhere.")
        self.report_notices()

    def _restore_missing_file(self) -> None:
        """Write the library again if its file is missing at two checks in a row.

        Once is not enough: some programs replace a file by removing it first.
        """
        was_gone, self._was_gone = self._was_gone, self._library.is_gone
        if was_gone and self._was_gone:
            # A failure is retried at every check, and reported on quitting.
            with suppress(NotSavedError), self._session.without_waiting():
                self._library.ensure_saved()

    def _warn_once(self, check: str, error: PactReaderError) -> None:
        """Show the error of a check, unless it is the same as the last time."""
        if error.message != self._errors.get(check):
            self._errors[check] = error.message
            self._session.event_log.warning(f"{check} failed", error)
            self._app.reading_screen.show_message(error.one_line, warning=True)
