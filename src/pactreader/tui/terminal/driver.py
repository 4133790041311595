"""Textual's driver for POSIX terminals, which tells keys from what looks like them."""

import os
import selectors
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from pactreader.tui.terminal.background_query import BackgroundQuery
from pactreader.tui.terminal.keystrokes import Keystrokes

_TICK = 0.1
"""Seconds without input after which an escape is a key, as in Textual's own driver."""


def driver_after(question: BackgroundQuery | None) -> type[Driver]:
    """The driver for a terminal that was asked something, or was not.

    A late answer is not taken for keys, and what was typed while nobody listened is not lost.
    """
    return type("PactReaderDriver", (_PactReaderDriver,), {"question": question})


class _PactReaderDriver(LinuxDriver):
    question: BackgroundQuery | None

    def start_application_mode(self) -> None:
        """Begin; and know how the terminal was set before it was asked, to leave it so."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        if self.question:
            self.attrs_before = self.question.attributes

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, without answers."""
        question, keystrokes = self.question, Keystrokes()
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        typed = ""
        if question:
            typed, question.typed = question.typed, ""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for part in keystrokes.parts(typed):
                    self._hand_on(parser, part)
                for event in parser.tick():
                    self.process_message(event)
                has_come = selector.select(_TICK)
                data = os.read(self.fileno, 1 << 12) if has_come else b""
                if has_come and not data:  # the terminal is gone, which others notice
                    self.exit_event.wait(_TICK)
                typed = decode(data)
                if question:
                    typed = question.listen(typed)

    def _hand_on(self, parser: XTermParser, part: str | None) -> None:
        if part is None:
            self.process_message(Key("escape", "\x1b"))
        elif part:
            for event in parser.feed(part):
                self.process_message(event)
