"""A driver for POSIX terminals that takes the terminal over from the first screen.

It tells answers of the terminal and the escape key from other keys, and holds frames back.
"""

import os
import selectors
from codecs import getincrementaldecoder

# Textual's parser of terminal input is not public. The driver has to call it, as input must be split before: the parser
# takes an escape followed by a letter for a key with alt, and an answer for keys.
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from pactreader.tui.terminal.first_screen import ENTER, FirstScreen
from pactreader.tui.terminal.frames import Frames
from pactreader.tui.terminal.keystrokes import Keystrokes

_TICK = 0.1
"""Seconds without input after which an escape is a key, as in Textual's own driver."""


def driver_after(first_screen: FirstScreen, frames: Frames, typed: str = "") -> type[Driver]:
    """Return a driver class for the terminal of a first screen.

    The driver removes late answers from the input, and handles keys that were typed before it started.

    Args:
        first_screen: The owner of the terminal until the driver starts.
        frames: The filter of the frames.
        typed: What was typed before the first screen got the terminal.
    """
    return type(
        "PactReaderDriver",
        (_PactReaderDriver,),
        {"first_screen": first_screen, "frames": frames, "typed": typed},
    )


class _PactReaderDriver(LinuxDriver):
    first_screen: FirstScreen
    frames: Frames
    typed: str
    _is_entered = False
    """True from a start on the alternate screen until that would be entered again, which some terminals clear it for."""

    def start_application_mode(self) -> None:
        """Start, and have the attributes from before the first screen restored at the end."""
        attributes = self.first_screen.attributes
        self._is_entered = self.first_screen.hand_over()
        if not self._is_entered:
            self.frames.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        if attributes:
            self.attrs_before = attributes

    def write(self, data: str) -> None:
        """Write output, without frames that are held back."""
        if data == ENTER and self._is_entered:
            self._is_entered = False
        elif self.frames.passes(data):
            super().write(data)

    def run_input_thread(self) -> None:
        """Read input and process it without the terminal's answers, until the driver stops."""
        query, keystrokes = self.first_screen.query, Keystrokes()
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        typed, type(self).typed = self.typed, ""
        if query:
            typed, query.typed = typed + query.typed, ""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for part in keystrokes.split(typed):
                    self._process(parser, part)
                for event in parser.tick():
                    self.process_message(event)
                is_ready = selector.select(_TICK)
                data = os.read(self.fileno, 1 << 12) if is_ready else b""
                if is_ready and not data:  # the terminal is gone, which `exit_signals` handles
                    self.exit_event.wait(_TICK)
                typed = decode(data)
                if query:
                    typed = query.without_answers(typed)

    def _process(self, parser: XTermParser, part: str | None) -> None:
        if part is None:
            self.process_message(Key("escape", "\x1b"))
        elif part:
            for event in parser.feed(part):
                self.process_message(event)
