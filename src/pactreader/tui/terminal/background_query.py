"""The query of the terminal's background colour, for a dark or light theme like the terminal.

The query is OSC 11 (xterm's control sequences, "Operating System Commands"), followed by DA1 (primary device
attributes), which every terminal answers: one that answers only DA1 does not know OSC 11, and need not be waited for.
The query is sent before Textual is imported, and answered meanwhile.
"""

import os
import re
import time
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_QUERY: Final = b"\x1b]11;?\x1b\\\x1b[c"
_TIMEOUT: Final = 0.2
"""Seconds from the query for which the first frame waits for the answer."""
_LATEST_ANSWER: Final = 5.0
"""Seconds from the query after which no answer is expected."""
_BACKGROUND: Final = lazy_pattern(
    r"\x1b\]11;rgba?:([\da-f]{1,4})/([\da-f]{1,4})/([\da-f]{1,4})[^\x07\x1b]*(?:\x07|\x1b\\)", re.IGNORECASE
)
_COLOUR_ANSWER: Final = lazy_pattern(r"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)")
_ATTRIBUTES_ANSWER: Final = lazy_pattern(r"\x1b\[\?[\d;]*c")
_PARTIAL_ANSWER: Final = lazy_pattern(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]*\x1b?)?)?)?|\[(?:\?[\d;]*)?)?\Z")
"""The beginning of an answer at the end of the input."""
_LIGHT_FROM: Final = 0.5
"""The luma from which a background is light; that of white is 1."""


class AnswerFilter:
    """A filter that removes the terminal's answers from its input."""

    def __init__(self) -> None:
        self.is_light: bool | None = None
        """True if the background is light; `None` while that is not known."""
        self.is_complete = False
        """True if no more answers are expected."""
        self._held = ""

    def feed(self, text: str) -> str:
        """Return input without answers. An end that may be the beginning of an answer is held back."""
        if self.is_complete:
            return text
        text = self._held + text
        if found := _BACKGROUND.search(text):
            self.is_light = _luma(found.groups()) >= _LIGHT_FROM
        text = _COLOUR_ANSWER.sub("", text)
        if _ATTRIBUTES_ANSWER.search(text):
            self.is_complete = True
            text = _ATTRIBUTES_ANSWER.sub("", text, count=1)
        partial = None if self.is_complete else _PARTIAL_ANSWER.search(text)
        self._held = partial[0] if partial else ""
        return text.removesuffix(self._held)

    def flush(self) -> str:
        """Return what was held back. As nothing has followed, it is no answer but keys."""
        held, self._held = self._held, ""
        return held


class BackgroundQuery:
    """A query that was sent to the terminal, and its answer. The terminal must not echo it."""

    def __init__(self, *, keyboard: int, screen: int) -> None:
        """Send the query.

        Args:
            keyboard: The file descriptor that the answer is read from.
            screen: The file descriptor that it is sent to.

        Raises:
            OSError: It could not be sent.
        """
        os.write(screen, _QUERY)
        self.typed = ""
        """The input other than answers that was read before the driver started."""
        self._filter = AnswerFilter()
        self._keyboard = keyboard
        self._sent_at = time.monotonic()

    def is_light(self) -> bool | None:
        """Return whether the background is light, by the answer or else by `COLORFGBG`; `None` if that is unknown."""
        self.is_answered(_TIMEOUT)
        return _is_light_by_environment() if self._filter.is_light is None else self._filter.is_light

    def is_answered(self, timeout: float) -> bool:
        """Wait for the answer until so many seconds after the query, and return whether it is complete."""
        from select import select

        while not self._filter.is_complete:
            # After the time limit, what has arrived is still read.
            left = max(0.0, self._sent_at + timeout - time.monotonic())
            if not select([self._keyboard], [], [], left)[0]:
                break
            data = os.read(self._keyboard, 1 << 12)
            if not data:
                break
            self.typed += self._filter.feed(data.decode("utf-8", "replace"))
        return self._filter.is_complete

    def without_answers(self, text: str) -> str:
        """Return later input without answers. Empty input means that nothing has arrived for a moment."""
        if time.monotonic() > self._sent_at + _LATEST_ANSWER:
            self._filter.is_complete = True
        if not text or self._filter.is_complete:
            return self._filter.flush() + text
        return self._filter.feed(text)


def _luma(parts: tuple[str, ...]) -> float:
    """Return the luma of a colour from 0 to 1 (Rec. 709), given as hexadecimal red, green, blue of 1 to 4 digits."""
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_light_by_environment() -> bool | None:
    """Return whether `COLORFGBG` of rxvt, Konsole and others names a light background.

    Example: `0;15` does. Of the 16 colours, 7 and 15 are light.
    """
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in {"7", "15"} if background.isdigit() else None
