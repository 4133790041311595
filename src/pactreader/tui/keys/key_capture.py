"""Key capture: a handler that gets keys before they run commands, such as the letters of a tag."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Final, Protocol

CANCEL_HINT: Final = ("esc", "let it be")
"""The footer's hint for the key that cancels."""

KeyHints = Sequence[tuple[str, str]]
"""Keys and their effect, for the footer."""


class KeyResult(Enum):
    """The result of handling a key."""

    MORE = auto()
    """The key was handled, and the next key goes to the handler too."""
    DONE = auto()
    """The key was handled, and the capture ends."""
    UNHANDLED = auto()
    """The key was not handled: the capture ends, and the key runs a command."""


class KeyHandler(Protocol):
    """A handler of captured keys."""

    @property
    def hints(self) -> KeyHints:
        """Keys and their effect."""

    def handle_key(self, key: str) -> KeyResult:
        """Handle a key, given as the character that it types or as Textual's name for it."""

    def cancel(self) -> None:
        """Remove from the screen what was shown for this handler."""


class SingleKey:
    """A handler of one key that shows nothing but the footer's hints."""

    def __init__(
        self,
        hints: KeyHints,
        effects: Mapping[str, Callable[[], object]],
        *,
        letter: Callable[[str], object] | None = None,
        us_key: Callable[[str], str] | None = None,
    ) -> None:
        """Create the handler.

        Args:
            hints: Keys and their effects, for the footer.
            effects: A function for each key.
            letter: A function called with any other letter; without one, other letters are not handled.
            us_key: A function that returns the US key in the place of a letter of another script, which then counts.
        """
        self.hints = hints
        self._effects = effects
        self._letter = letter
        self._us_key = us_key

    def handle_key(self, key: str) -> KeyResult:
        """Run the key's function; escape runs none."""
        if self._us_key and key not in self._effects:
            key = self._us_key(key) or key
        if key in self._effects:
            self._effects[key]()
        elif self._letter and len(key) == 1 and key.isalpha():
            self._letter(key)
        elif key != "escape":
            return KeyResult.UNHANDLED
        return KeyResult.DONE

    def cancel(self) -> None:
        """Do nothing, as nothing is shown."""


class KeyCapture:
    """The handler of the next keys, if there is one."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        """Create a capture without a handler.

        Args:
            on_change: Called when the handler or its hints change.
        """
        self._on_change = on_change
        self._handler: KeyHandler | None = None

    @property
    def is_active(self) -> bool:
        """True if the next key goes to a handler."""
        return self._handler is not None

    @property
    def hints(self) -> KeyHints:
        """The handler's hints; empty without a handler."""
        return self._handler.hints if self._handler else ()

    def start(self, handler: KeyHandler) -> None:
        """Send the next keys to a handler."""
        self.cancel()
        self._handler = handler
        self._on_change()

    def handle_key(self, key: str) -> bool:
        """Pass a key to the handler, if there is one, and return whether it was handled."""
        handler = self._handler
        if handler is None:
            return False
        result = handler.handle_key(key)
        if result is not KeyResult.MORE and self._handler is handler:
            self._handler = None
            handler.cancel()
        self._on_change()
        return result is not KeyResult.UNHANDLED

    def cancel(self) -> None:
        """End the capture, so that keys run commands again."""
        handler, self._handler = self._handler, None
        if handler:
            handler.cancel()
            self._on_change()
