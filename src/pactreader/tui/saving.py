"""Changes on their way to the disk: what could not be saved waits here, in order, and is tried again."""

from collections.abc import Callable
from functools import partial

from pactreader.core.notebook import Change

Ask = partial[Change] | partial[Change | None]
"""What the reader asked for: a method of the notebook, and first of all what it is about, a passage or an annotation.
It can be asked again, as the notebook is another by then."""


class Saving:
    """Has changes saved. Of two that wait about one thing, the later takes the place of the earlier."""

    def __init__(self, save: Callable[[Change], Change]) -> None:
        """Args:
        save: Puts a change on the disk and takes it into the notebook; raises NotSavedError.
        """
        self._save = save
        self._waiting: list[Ask] = []
        self.title = ""
        """What was being saved last."""

    def __len__(self) -> int:
        """How much waits."""
        return len(self._waiting)

    def make(self, ask: Ask) -> Change | None:
        """Save what waits, and then what is asked for; `None` if there was nothing to do.

        Raises:
            NotSavedError: It waits now, with all that waited before and is not saved either.
        """
        self._waiting = [other for other in self._waiting if _about(other) != _about(ask)] + [ask]
        return self.save_waiting()[-1]

    def save_waiting(self) -> list[Change | None]:
        """Save what waits; `None` for what cannot be done any more, as the annotation is gone.

        Raises:
            NotSavedError: Something could not be saved: that and what came after it still wait.
        """
        saved: list[Change | None] = []
        while self._waiting:
            change = _change(self._waiting[0])
            self.title = change.title if change else self.title
            saved.append(self._save(change) if change else None)
            del self._waiting[0]
        return saved

    def let_go(self) -> str:
        """Forget what was asked for last and waits.

        Returns:
            What that was.
        """
        change = _change(self._waiting.pop())
        return change.title if change else ""


def _about(ask: Ask) -> object:
    return ask.args[0] if ask.args else ask.func


def _change(ask: Ask) -> Change | None:
    try:
        return ask()
    except KeyError:  # the annotation was removed elsewhere
        return None
