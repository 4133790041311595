"""Textual's driver for POSIX terminals, listening for an answer that is still to come."""

import os
import selectors
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from pactreader.tui.terminal.background import Question

_TICK = 0.1
"""Seconds without input after which an escape is a key, as in Textual's own driver."""


def driver_after(question: Question) -> type[Driver]:
    """The driver for a terminal that was asked something.

    A late answer is not taken for keys, and what was typed while nobody listened is not lost.
    """
    return type("AskedDriver", (_AskedDriver,), {"question": question})


class _AskedDriver(LinuxDriver):
    question: Question

    def start_application_mode(self) -> None:
        """Begin; and know how the terminal was set before it was asked, to leave it so."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's
        self.attrs_before = self.question.attributes

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, without answers."""
        question = self.question
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        typed, question.typed = question.typed, ""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                self._hand_on(parser, typed)
                has_come = selector.select(_TICK)
                data = os.read(self.fileno, 1 << 12) if has_come else b""
                if has_come and not data:  # the terminal is gone, which others notice
                    self.exit_event.wait(_TICK)
                typed = question.listen(decode(data))

    def _hand_on(self, parser: XTermParser, typed: str) -> None:
        if typed:
            for event in parser.feed(typed):
                self.process_message(event)
        for event in parser.tick():
            self.process_message(event)
