"""What the next keys mean when they are no commands: letters of a tag, the unit of a text object, a bookmark's letter."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final, Protocol

LET_BE: Final = ("esc", "let it be")
"""How a footer says that nothing need come of it."""


class Heard(Enum):
    """What became of a key."""

    GO_ON = auto()
    """It was meant; so is the next one."""
    DONE = auto()
    """It was meant, and was the last one."""
    NOT_MEANT = auto()
    """It does what it always does, and so do those after it."""


class Listener(Protocol):
    """Whoever the next keys are meant for."""

    @property
    def says(self) -> Sequence[tuple[str, str]]:
        """Keys, and what they do now: for the footer."""

    def hear(self, key: str) -> Heard:
        """Take in a key: the character it types, or Textual's name for it."""

    def stop(self) -> None:
        """Nothing more comes: leave the screen as it was."""


class NextKeys:
    """Who the next keys are meant for, if it is not the commands."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Args:
        changed: Is called when that changes, or what there is to say of it.
        """
        self._changed = changed
        self._listener: Listener | None = None

    @property
    def says(self) -> Sequence[tuple[str, str]]:
        """What the footer says of the next keys; nothing when they are commands."""
        return self._listener.says if self._listener else ()

    def are_for(self, listener: Listener) -> None:
        """From now on, keys are meant for somebody."""
        self.stop()
        self._listener = listener
        self._changed()

    def hear(self, key: str) -> bool:
        """Hand a key on; whether it was meant for somebody."""
        listener = self._listener
        if listener is None:
            return False
        heard = listener.hear(key)
        if heard is not Heard.GO_ON and self._listener is listener:
            self._listener = None
            listener.stop()
        self._changed()
        return heard is not Heard.NOT_MEANT

    def stop(self) -> None:
        """Keys are commands again."""
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()
            self._changed()
