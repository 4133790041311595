"""What the next keys mean when they are no commands: letters of a tag, the unit of a text object, a bookmark's letter."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final, Protocol

CANCEL_HINT: Final = ("esc", "let it be")
"""How a footer says that nothing need come of it."""


class KeyResult(Enum):
    """What became of a key."""

    MORE = auto()
    """It was meant; so is the next one."""
    DONE = auto()
    """It was meant, and was the last one."""
    UNHANDLED = auto()
    """It does what it always does, and so do those after it."""


class KeyHandler(Protocol):
    """Whoever the next keys are meant for."""

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys, and what they do now: for the footer."""

    def handle_key(self, key: str) -> KeyResult:
        """Take in a key: the character it types, or Textual's name for it."""

    def stop(self) -> None:
        """Nothing more comes: leave the screen as it was."""


class SingleKey:
    """What a single key does, of which nothing shows but the footer."""

    def __init__(
        self,
        hints: Sequence[tuple[str, str]],
        do: Mapping[str, Callable[[], object]],
        *,
        letter: Callable[[str], object] | None = None,
    ) -> None:
        """Args:
        hints: Keys, and what they do: for the footer.
        do: What keys do.
        letter: Takes any other letter, if one is meant.
        """
        self.hints = hints
        self._do = do
        self._letter = letter

    def handle_key(self, key: str) -> KeyResult:
        """Do what the key does; escape does nothing."""
        if key in self._do:
            self._do[key]()
        elif self._letter and len(key) == 1 and key.isalpha():
            self._letter(key)
        elif key != "escape":
            return KeyResult.UNHANDLED
        return KeyResult.DONE

    def stop(self) -> None:
        """Nothing was shown."""


class KeyCapture:
    """Who the next keys are meant for, if it is not the commands."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Args:
        changed: Is called when that changes, or what there is to say of it.
        """
        self._changed = changed
        self._listener: KeyHandler | None = None

    @property
    def hints(self) -> Sequence[tuple[str, str]]:
        """What the footer says of the next keys; nothing when they are commands."""
        return self._listener.hints if self._listener else ()

    def capture_for(self, listener: KeyHandler) -> None:
        """From now on, keys are meant for somebody."""
        self.stop()
        self._listener = listener
        self._changed()

    def handle_key(self, key: str) -> bool:
        """Hand a key on; whether it was meant for somebody."""
        listener = self._listener
        if listener is None:
            return False
        heard = listener.handle_key(key)
        if heard is not KeyResult.MORE and self._listener is listener:
            self._listener = None
            listener.stop()
        self._changed()
        return heard is not KeyResult.UNHANDLED

    def stop(self) -> None:
        """Keys are commands again."""
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()
            self._changed()
