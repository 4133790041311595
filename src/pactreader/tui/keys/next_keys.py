"""What the next keys mean when they are no commands: letters of a tag, the unit of a text object, a bookmark's letter."""

from collections.abc import Callable, Mapping, Sequence
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


class OneKey:
    """What a single key does, of which nothing shows but the footer."""

    def __init__(
        self,
        says: Sequence[tuple[str, str]],
        do: Mapping[str, Callable[[], object]],
        *,
        letter: Callable[[str], object] | None = None,
    ) -> None:
        """Args:
        says: Keys, and what they do: for the footer.
        do: What keys do.
        letter: Takes any other letter, if one is meant.
        """
        self.says = says
        self._do = do
        self._letter = letter

    def hear(self, key: str) -> Heard:
        """Do what the key does; escape does nothing."""
        if key in self._do:
            self._do[key]()
        elif self._letter and len(key) == 1 and key.isalpha():
            self._letter(key)
        elif key != "escape":
            return Heard.NOT_MEANT
        return Heard.DONE

    def stop(self) -> None:
        """Nothing was shown."""


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
