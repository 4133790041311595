"""Changes on their way to the disk: what could not be saved is said, waits here, in order, and is tried again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Final, Protocol

from textual.timer import Timer

from pactreader.core.errors import LockedError, NotSavedError
from pactreader.core.notebook import Change
from pactreader.core.printable_text import pluralise

_LOCK_RETRY: Final = 0.25
"""Seconds until another process that is writing is asked again."""
_DISK_RETRY: Final = 2.0
"""Seconds until a disk is tried again that could not be written."""

Ask = partial[Change] | partial[Change | None]
"""What the reader asked for: a method of the notebook, and first of all what it is about, a passage or an annotation.
It can be asked again, as the notebook is another by then."""


class Saver(Protocol):
    """Whoever puts changes on the disk."""

    def save(self, change: Change) -> Change:
        """Put a change on the disk, then take it into the notebook as it was saved, or raise NotSavedError."""

    def at_once(self) -> AbstractContextManager[None]:
        """Wait for nobody, for a while: another process that is writing is an error at once."""


class _Teller(Protocol):
    """Whoever shows the reader what became of it."""

    def show_notebook(self) -> None:
        """Show what the notebook holds now."""

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call something after so many seconds."""


class SaveQueue:
    """Has changes saved. Of two that wait about one thing, the later takes the place of the earlier."""

    def __init__(self, saver: Saver, teller: _Teller) -> None:
        """Args:
        saver: Puts changes on the disk.
        teller: Shows what became of them.
        """
        self._saver = saver
        self._teller = teller
        self._waiting: list[Ask] = []
        self._title = ""
        """What was being saved last."""
        self._timer: Timer | None = None
        self._typed_unsaved = False
        """Whether something that was typed did not reach the disk: it is where it was typed, or a draft."""

    def __len__(self) -> int:
        """How much waits."""
        return len(self._waiting)

    @property
    def unsaved(self) -> int:
        """How much did not reach the disk: what waits, and what was typed."""
        return len(self) + self._typed_unsaved

    def make(self, ask: Ask) -> Change | None:
        """Save what waits, and then what is asked for, and show it.

        Returns:
            The change; `None` if there was nothing to do, or it could not be saved: then the reader is told why.
        """
        self.wait(ask)
        try:
            saved = self._save_waiting()
        except NotSavedError as error:
            self._say_not_saved(error)
            return None
        self._teller.show_notebook()
        return saved[-1]

    def save_typed(self, change: Change) -> Change:
        """Save what was typed, and show it. Where it was typed it waits, if need be, not here.

        Returns:
            The change as it was saved.

        Raises:
            NotSavedError: It is not saved, and nothing has changed.
        """
        try:
            saved = self._saver.save(change)
        except NotSavedError:
            self._typed_unsaved = True
            self._teller.show_notebook()
            raise
        self._typed_unsaved = False
        self.try_quietly()
        self._teller.show_notebook()
        return saved

    def typed_is_safe(self) -> None:
        """Nothing that was typed waits any more."""
        self._typed_unsaved = False

    def wait(self, ask: Ask) -> None:
        """Have something wait, to be tried later."""
        self.forget(_about(ask))
        self._waiting.append(ask)

    def forget(self, about: object) -> None:
        """Let go of what waits about a passage or an annotation."""
        self._waiting = [ask for ask in self._waiting if _about(ask) != about]

    def try_again(self) -> None:
        """Save what waits, because the reader asks for it, and say what became of it."""
        try:
            self._save_waiting()
        except NotSavedError as error:
            self._say_not_saved(error)
        else:
            self._say_saved()

    def try_quietly(self) -> None:
        """Save what waits, as it may be possible by now, waiting for nobody; say only what is new."""
        self._timer = None
        if not self._waiting:
            return
        try:
            with self._saver.at_once():
                self._save_waiting()
        except LockedError as error:
            self._say_not_saved(error)
        except NotSavedError as error:
            self._try_later(error)
        else:
            self._say_saved()

    def finish(self) -> None:
        """Have on the disk what waits, as this is the end.

        Raises:
            NotSavedError: It is not. The sentence says how much.
        """
        try:
            self._save_waiting()
        except NotSavedError as error:
            are = "is" if len(self) == 1 else "are"
            what = "A change" if len(self) == 1 else pluralise(len(self), "change")
            raise NotSavedError(f"{what} {are} not saved. {error.message}", error.hint) from error

    def let_go(self) -> str:
        """Forget what was asked for last and waits.

        Returns:
            What that was.
        """
        change = _change(self._waiting.pop())
        self._teller.show_notebook()
        return change.title if change else ""

    def _save_waiting(self) -> list[Change | None]:
        """Save what waits; `None` for what cannot be done any more, as the annotation is gone.

        Raises:
            NotSavedError: Something could not be saved: that and what came after it still wait.
        """
        saved: list[Change | None] = []
        while self._waiting:
            change = _change(self._waiting[0])
            self._title = change.title if change else self._title
            saved.append(self._saver.save(change) if change else None)
            del self._waiting[0]
        return saved

    def _say_saved(self) -> None:
        self._teller.show_notebook()
        self._teller.say(f"Saved: {self._title}.")

    def _say_not_saved(self, error: NotSavedError) -> None:
        """Say why something waits, and try again in a while."""
        self._teller.show_notebook()
        if isinstance(error, LockedError):
            said = f"Waiting to {self._title}. {error.message}"
        else:
            said = f"Not saved: {self._title}. {error.in_a_line} ctrl+s tries again."
        self._teller.say(said, warning=True)
        self._try_later(error)

    def _try_later(self, error: NotSavedError) -> None:
        if self._timer is None:
            seconds = _LOCK_RETRY if isinstance(error, LockedError) else _DISK_RETRY
            self._timer = self._teller.set_timer(seconds, self.try_quietly)


def _about(ask: Ask) -> object:
    return ask.args[0] if ask.args else ask.func


def _change(ask: Ask) -> Change | None:
    try:
        return ask()
    except KeyError:  # the annotation was removed elsewhere
        return None
