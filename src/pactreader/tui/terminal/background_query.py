"""Asks the terminal for its background, so that the page is dark or light as it is.

The question is OSC 11 (xterm's control sequences, "Operating System Commands"), and behind it DA1, "who are you",
which every terminal answers: one that answers that alone does not know OSC 11, and nothing need be waited for.
It is asked before Textual is loaded, and answered meanwhile.
"""

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_PATIENCE: Final = 0.2
"""Seconds from the question that the first frame waits for the answer, if it is not there by then."""
_LATEST: Final = 5.0
"""Seconds from the question after which nothing is held back any more: there is no answer to come."""
_BACKGROUND: Final = re.compile(
    r"\x1b\]11;rgba?:([\da-f]{1,4})/([\da-f]{1,4})/([\da-f]{1,4})[^\x07\x1b]*(?:\x07|\x1b\\)", re.IGNORECASE
)
_ANY_COLOUR: Final = re.compile(r"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)")
_WHO: Final = re.compile(r"\x1b\[\?[\d;]*c")
_UNFINISHED: Final = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]*\x1b?)?)?)?|\[(?:\?[\d;]*)?)?\Z")
"""What may be the beginning of an answer."""
_LIGHT_FROM: Final = 0.5
"""Of the lightness of white, from which a background is light."""


class Answers:
    """Takes the terminal's answers out of what comes from it; everything else was typed."""

    def __init__(self) -> None:
        self.is_light: bool | None = None
        """Whether the background is light; `None` while that is not known."""
        self.are_over = False
        """Whether there are none to come."""
        self._held = ""

    def feed(self, text: str) -> str:
        """Take in what comes from the terminal.

        Returns:
            What was typed of it. What may be the beginning of an answer is held back.
        """
        if self.are_over:
            return text
        text = self._held + text
        if found := _BACKGROUND.search(text):
            self.is_light = _lightness(found.groups()) >= _LIGHT_FROM
        text = _ANY_COLOUR.sub("", text)
        if _WHO.search(text):
            self.are_over = True
            text = _WHO.sub("", text, count=1)
        self._held = found[0] if not self.are_over and (found := _UNFINISHED.search(text)) else ""
        return text.removesuffix(self._held)

    def let_go(self) -> str:
        """What was held back: nothing has come behind it, so it was typed."""
        held, self._held = self._held, ""
        return held


class BackgroundQuery:
    """The terminal was asked, and does not show what is typed meanwhile."""

    def __init__(self, terminal: int, attributes: list[Any]) -> None:
        """Args:
        terminal: The descriptor that the answer comes from.
        attributes: How the terminal was set before.
        """
        self.answers = Answers()
        self.attributes = attributes
        self.typed = ""
        """What was typed before anybody listened."""
        self._terminal = terminal
        self._asked = time.monotonic()

    def is_light(self) -> bool | None:
        """Whether the terminal's background is light, by its answer or by `COLORFGBG`; `None` if that is not known."""
        while not self.answers.are_over:
            left = max(
                0.0, self._asked + _PATIENCE - time.monotonic()
            )  # what has come by then is taken in any case
            if not select.select([self._terminal], [], [], left)[0]:
                break
            data = os.read(self._terminal, 1 << 12)
            if not data:
                break
            self.typed += self.answers.feed(data.decode("utf-8", "replace"))
        return _by_environment() if self.answers.is_light is None else self.answers.is_light

    def listen(self, text: str) -> str:
        """Take in what comes from the terminal later; what was typed of it. Nothing, if nothing has come for a moment."""
        if time.monotonic() > self._asked + _LATEST:
            self.answers.are_over = True
        if not text or self.answers.are_over:
            return self.answers.let_go() + text
        return self.answers.feed(text)


@contextmanager
def asked(*, wanted: bool) -> Iterator[BackgroundQuery | None]:
    """Ask the terminal, and leave it as it was at the end.

    Args:
        wanted: Whether the answer matters.

    Yields:
        The question; `None` if it was not asked: there is no terminal that could answer it, or the answer does not
        matter.
    """
    screen, keyboard = sys.__stderr__, sys.__stdin__
    if (
        not wanted
        or sys.platform == "win32"
        or not (screen and keyboard and screen.isatty() and keyboard.isatty())
    ):
        yield None
        return
    import termios

    terminal = keyboard.fileno()
    try:
        before = termios.tcgetattr(terminal)
        quiet = termios.tcgetattr(terminal)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
        os.write(screen.fileno(), _QUESTION)
    except (OSError, termios.error):
        yield None
        return
    try:
        yield BackgroundQuery(terminal, before)
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)


def _lightness(parts: tuple[str, ...]) -> float:
    """How light a colour seems, from 0 to 1 (Rec. 709 luma); its parts are hexadecimal, of one to four digits."""
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _by_environment() -> bool | None:
    """As rxvt, Konsole and others say it: `COLORFGBG=0;15`, where 7 and 15 are the light ones of 16 colours."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in {"7", "15"} if background.isdigit() else None
