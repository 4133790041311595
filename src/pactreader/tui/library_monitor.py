"""What goes on with the library while the reader reads: other windows, backups, copies, damage. All of it is said."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from textual.timer import Timer

from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.printable_text import pluralise, printable_line
from pactreader.storage.library import Library
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.session import ReadingSession

_LOOK_EVERY: Final = 0.5
"""Seconds from what another window saves until it is shown here, at the most. A look costs one `stat`."""
_BACK_UP_EVERY: Final = 60.0
"""Seconds between looks whether the day wants its backup: there is one a day, but days begin while we run."""
_OFFER_EVERY: Final = 5.0
"""Seconds between looks for copies that a file synchroniser has put beside the library."""
_CHECKED_AT_ONCE: Final = 100
"""Annotations whose checksum is looked at before keys are heard again: about a millisecond."""


class Program(Protocol):
    """Whoever shows what became of the library."""

    def show_notebook(self) -> None:
        """Show what the notebook holds now."""

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Call something every so many seconds."""


class LibraryMonitor:
    """Looks after the library."""

    def __init__(
        self,
        library: Library,
        session: ReadingSession,
        *,
        keymap: Keymap,
        program: Program,
    ) -> None:
        """Args:
        library: What is looked after.
        session: What the reader has open of it.
        keymap: Says what to press.
        program: Shows what came of it.
        """
        self._library = library
        self._session = session
        self._keymap = keymap
        self._program = program
        self._copies: frozenset[str] = frozenset()
        """The names of the copies that lay beside the library at the last look."""
        self._troubles: dict[str, str] = {}
        """What keeps going wrong with the library, as it was said last."""
        self._is_gone = False
        """Whether the library's file was not there at the last look."""

    def begin(self) -> None:
        """Look at everything now, and then again and again."""
        self.keep_article()
        self._library.preload()
        self._back_up()
        self._offer_copies()
        self.tell()
        self._program.set_interval(_BACK_UP_EVERY, self._back_up)
        self._program.set_interval(_OFFER_EVERY, self._offer_copies)
        self._program.set_interval(_LOOK_EVERY, self._look_around)

    def tell(self) -> None:
        """Say what the library has to say of itself: that it was damaged, or cannot be changed."""
        if notices := self._library.notices():
            self._program.say(" ".join(notices), warning=True)

    def keep_article(self) -> None:
        """Have the article that was opened in the library."""
        try:
            self._library.keep(self._session.entry, self._session.notebook.article)
        except PactReaderError as error:
            self._program.say(error.in_a_line, warning=True)

    async def check_annotations(self) -> None:
        """Say if annotations of the article are not as they were written; keys go first."""
        failed_checksums = 0
        with suppress(PactReaderError):  # a file that cannot be read now is said when it is looked at
            for number, is_unlike in enumerate(self._library.failed_checksums(self._session.entry)):
                failed_checksums += is_unlike
                if not number % _CHECKED_AT_ONCE:
                    await asyncio.sleep(0)
        if failed_checksums:
            what = pluralise(failed_checksums, "annotation")
            self._program.say(
                f"Not as they were written: {what}, changed by another program or damaged. "
                "`pactreader doctor` says which, with --repair it looks for them in the backups.",
                warning=True,
            )

    def _back_up(self) -> None:
        """Keep a copy of the library, once a day; say once why it cannot be kept."""
        try:
            self._library.back_up_daily()
        except PactReaderError as error:
            self._warn_once("backing up", error)
        else:
            self._troubles.pop("backing up", None)

    def _offer_copies(self) -> None:
        """Offer to merge what a synchroniser left beside the library."""
        names = [printable_line(path.name) for path in self._library.copies()]
        known, self._copies = self._copies, frozenset(names)
        if self._copies - known:
            self._program.say(
                f"The library was changed elsewhere too: {', '.join(names)}. "
                f"{self._keymap.key('merge')} merges that, {self._keymap.key('undo')} undoes it.",
                warning=True,
            )

    def _look_around(self) -> None:
        """Show what other windows and programs have done to the library."""
        try:
            news = self._library.refresh(self._session.entry, self._session.notebook)
        except PactReaderError as error:
            self._warn_once("reading", error)
            return
        self._troubles.pop("reading", None)
        self._write_again_what_is_gone()
        if news:
            self._program.show_notebook()
            self._program.say(f"{pluralise(news, 'annotation')} changed elsewhere.")
        self.tell()

    def _write_again_what_is_gone(self) -> None:
        """Have the library on the disk again, if it is still gone at the second look.

        Some programs replace a file in two steps.
        """
        was_gone, self._is_gone = self._is_gone, self._library.is_gone
        if was_gone and self._is_gone:
            # What fails is tried at every look, and said at the end.
            with suppress(NotSavedError), self._session.at_once():
                self._library.ensure_saved()

    def _warn_once(self, what: str, error: PactReaderError) -> None:
        """Say what keeps going wrong, but not again and again."""
        if error.message != self._troubles.get(what):
            self._troubles[what] = error.message
            self._program.say(error.in_a_line, warning=True)
