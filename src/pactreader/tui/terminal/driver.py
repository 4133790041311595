"""A driver for POSIX terminals that tells answers of the terminal and the escape key from other keys."""

import os
import selectors
from codecs import getincrementaldecoder

# Textual's parser of terminal input is not public. The driver has to call it, as input must be split before: the parser
# takes an escape followed by a letter for a key with alt, and an answer for keys.
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from pactreader.tui.terminal.background_query import BackgroundQuery
from pactreader.tui.terminal.keystrokes import Keystrokes

_TICK = 0.1
"""Seconds without input after which an escape is a key, as in Textual's own driver."""


def driver_with_query(query: BackgroundQuery | None, typed: str = "") -> type[Driver]:
    """Return a driver class for a terminal that a query was sent to, if one was.

    The driver removes late answers from the input, and handles keys that were typed before it started.

    Args:
        query: The query.
        typed: What was typed before that.
    """
    return type("PactReaderDriver", (_PactReaderDriver,), {"query": query, "typed": typed})


class _PactReaderDriver(LinuxDriver):
    query: BackgroundQuery | None
    typed: str

    def start_application_mode(self) -> None:
        """Start, and have the attributes from before the query restored at the end."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        if self.query:
            self.attrs_before = self.query.attributes

    def run_input_thread(self) -> None:
        """Read input and process it without the terminal's answers, until the driver stops."""
        query, keystrokes = self.query, Keystrokes()
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
