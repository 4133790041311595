"""Textual's driver for POSIX terminals, with answers of the terminal and the escape key told from other keys."""

import os
import selectors
from codecs import getincrementaldecoder

# Textual makes its parser of terminal input nowhere public. The driver has to call it, as only before it can input be
# split: it would take the escape key with a letter behind it for a key with alt, and an answer for keys.
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from pactreader.tui.terminal.background_query import BackgroundQuery
from pactreader.tui.terminal.keystrokes import Keystrokes

_TICK = 0.1
"""Seconds without input after which an escape is a key, as in Textual's own driver."""


def driver_with_query(query: BackgroundQuery | None) -> type[Driver]:
    """Return a driver class for a terminal that a query was sent to, if one was.

    A late answer is not taken for keys, and keys typed before the driver started are not lost.
    """
    return type("PactReaderDriver", (_PactReaderDriver,), {"query": query})


class _PactReaderDriver(LinuxDriver):
    query: BackgroundQuery | None

    def start_application_mode(self) -> None:
        """Start, and restore at the end the attributes that the terminal had before the query."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        if self.query:
            self.attrs_before = self.query.attributes

    def run_input_thread(self) -> None:
        """Read input, and pass it on without the terminal's answers, until the driver stops."""
        query, keystrokes = self.query, Keystrokes()
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        typed = ""
        if query:
            typed, query.typed = query.typed, ""
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
