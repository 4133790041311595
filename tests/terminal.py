"""A program on a pseudo-terminal, driven as by a user: it gets keys, and its output is drawn on an emulated screen.

Nothing here sleeps: a test waits for what a user would see.
"""

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, Self

import pyte

TIMEOUT: Final = 20.0
"""Seconds until waiting for something fails. A busy machine takes one or two."""

KEYS: Final = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
    **{f"ctrl+{chr(letter + 0x60)}": chr(letter) for letter in range(1, 27) if chr(letter) not in "\b\t\r"},
}
"""Sequences that a terminal sends for keys that are no characters (xterm's control sequences)."""

_ANSWERS: Final = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
"""Queries of a program and the terminal's answers: device attributes, status, cursor position, synchronised updates
supported, size reported by signal only."""

_UPDATE_BEGINS: Final = b"\x1b[?2026h"
_UPDATE_ENDS: Final = b"\x1b[?2026l"
_MODE: Final = re.compile(r"\x1b\[\?([\d;]+)([hl])")
_NOT_FOR_PYTE: Final = re.compile(r"\x1b\[[<=>][\d;]*[A-Za-z]|\x1b[P\]][^\x1b\x07]*(?:\x1b\\|\x07)")
"""Sequences that pyte would draw as text: kitty keyboard protocol, device control, operating system commands."""
_PARTIAL_SEQUENCE: Final = re.compile(r"\x1b(?:\[[\d;<=>?]*|[P\]][^\x1b\x07]*\x1b?)?\Z")


class Terminal:
    """A program on a pseudo-terminal of its own, with an emulated screen.

    As a context manager it kills the program at the end, if that still runs.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        """Start a program.

        Args:
            argv: The program and its arguments.
            columns: The screen's width, in cells.
            rows: The screen's height, in lines.
            env: The program's whole environment.
            cwd: Its working directory.
            stdin: Standard input instead of the terminal.
            stdout: Standard output instead of the terminal.
            answers: Answers by query, in addition to the usual ones or instead of them; empty for no answer.
        """
        self._answers = {**_ANSWERS, **(answers or {})}
        self._pyte = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._pyte)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._ended = False
        self._closed = False
        self.raw = bytearray()
        """All bytes received from the program."""
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        # A session leader that opens a terminal gets it as its controlling terminal. A shell's redirection does that
        # without a fork of this process, whose threads would be lost in it.
        session = ["/bin/sh", "-c", 'exec 3<>"$0" 3>&-; exec "$@"', os.ttyname(slave), *argv]
        self.started = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                session,
                stdin=stdin or slave,
                stdout=stdout or slave,
                stderr=slave,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.kill()
        if not self._closed:
            os.close(self._master)

    # Input

    def press(self, *keys: str) -> None:
        """Press keys by name: `press("v", "w", "ctrl+s", "escape")`.

        Escape is one byte, with which sequences of other keys begin too: wait for its effect before the next key.
        """
        self.type("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        """Type a text, with the enter key for its newlines."""
        self._send(text.replace("\n", "\r").encode("utf-8", "surrogateescape"))

    def paste(self, text: str) -> None:
        """Paste a text in brackets, as terminals do for a program that has requested it."""
        self._send(b"\x1b[200~" + text.encode("utf-8", "surrogateescape") + b"\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Resize the window to a number of cells and lines."""
        self._pyte.resize(rows, columns)
        self._set_size(columns, rows)

    # Output

    @property
    def lines(self) -> list[str]:
        """Lines of the screen, without the spaces at their ends."""
        return [line.rstrip() for line in self._pyte.display]

    @property
    def screen(self) -> str:
        """Text of the screen, a line each."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """Text of the screen on one line, to find a message that is wrapped."""
        return " ".join(self.screen.split())

    @property
    def cells(self) -> list[list[object]]:
        """Cells of the screen, each with its character, colours and attributes, a list for each line."""
        return cells_of(self._pyte)

    def underlined(self) -> str:
        """Return the underlined characters of the screen, in reading order."""
        rows, columns = self._pyte.lines, self._pyte.columns
        cells = (self._pyte.buffer[row][column] for row in range(rows) for column in range(columns))
        return "".join(cell.data for cell in cells if cell.underscore)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return self._pyte.cursor.x, self._pyte.cursor.y

    @property
    def modes(self) -> dict[str, bool]:
        """Private modes that the program has set (True) or reset, by number: `1049` is the alternate screen."""
        found = _MODE.findall(self.raw.decode("ascii", "replace"))
        return {mode: switch == "h" for modes, switch in found for mode in modes.split(";")}

    @property
    def attributes(self) -> list[object]:
        """Attributes of the terminal, such as echo (`tcgetattr`)."""
        return termios.tcgetattr(self._master)

    @property
    def foreground(self) -> int:
        """Process group in the foreground: the shell's own, or that of a job."""
        return os.tcgetpgrp(self._master)

    def cells_before(self, mark: bytes) -> list[list[object]]:
        """Return the cells of the screen that was drawn by all output before the first occurrence of some bytes."""
        screen = pyte.Screen(self._pyte.columns, self._pyte.lines)
        text = bytes(self.raw).partition(mark)[0].decode()
        pyte.Stream(screen).feed(_NOT_FOR_PYTE.sub("", text))
        return cells_of(screen)

    def wait_for(self, wanted: str | Callable[[], object], *, timeout: float = TIMEOUT) -> None:
        """Wait until a text is on the screen, or a function returns something true."""
        self._wait(wanted if callable(wanted) else lambda: wanted in self.screen, f"for {wanted!r}", timeout)

    def wait_for_output(self, *, timeout: float = TIMEOUT) -> None:
        """Wait until the program writes something, without reading it."""
        if not select.select([self._master], [], [], timeout)[0]:
            raise AssertionError(f"{timeout:.0f} seconds went by without output.")

    def wait_until_gone(self, text: str, *, timeout: float = TIMEOUT) -> None:
        """Wait until a text is not on the screen."""
        self._wait(lambda: text not in self.screen, f"for {text!r} to go", timeout)

    def _wait(self, holds: Callable[[], object], what: str, timeout: float) -> None:
        until = time.monotonic() + timeout
        while self._is_updating or not holds():
            left = until - time.monotonic()
            if self._ended or left <= 0:
                how = "The program ended" if self._ended else f"{timeout:.0f} seconds went by"
                raise AssertionError(f"{how}, waiting {what}. The screen:\n{self.screen}")
            self.read(left)

    # Exit

    @property
    def pid(self) -> int:
        """Process id of the program."""
        return self._process.pid

    def kill(self) -> None:
        """Kill the program (SIGKILL), if it still runs."""
        self._process.kill()
        self._process.wait()

    def wait(self, *, timeout: float = TIMEOUT) -> int:
        """Wait until the program ends, and return its exit status."""
        self._wait(lambda: self._ended, "for its end", timeout)
        return self._process.wait(timeout)

    def wait_unread(self, *, timeout: float = TIMEOUT) -> int:
        """Wait until the program ends without reading its output, like a window that hangs; return its exit status."""
        return self._process.wait(timeout)

    def close(self, *, timeout: float = TIMEOUT) -> int:
        """Close the terminal, wait until the program ends, and return its exit status."""
        self._closed = self._ended = True
        os.close(self._master)
        return self._process.wait(timeout)

    def quit_reading(self) -> None:
        """Quit the program with its key, and wait until it has ended without an error."""
        self.press("q")
        assert self.wait() == 0

    @property
    def _is_updating(self) -> bool:
        """True while the program is in the middle of a synchronised update, which a user does not see."""
        return not self._ended and self.raw.rfind(_UPDATE_BEGINS) > self.raw.rfind(_UPDATE_ENDS)

    def read(self, seconds: float) -> bool:
        """Read what the program writes next, waiting at most so many seconds. Return whether there was anything."""
        if self._ended or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # on Linux: no process has the terminal open
            data = b""
        if not data:
            self._ended = True
            return False
        self.raw += data
        for question, answer in self._answers.items():
            if answer and question in data:
                self._send(answer)
        self._draw(data)
        return True

    def _draw(self, data: bytes) -> None:
        """Draw received bytes on the emulated screen."""
        text = self._held + self._decoder.decode(data)
        whole = text[: found.start()] if (found := _PARTIAL_SEQUENCE.search(text)) else text
        self._held = text[len(whole) :]
        self._stream.feed(_NOT_FOR_PYTE.sub("", whole))

    def _send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def cells_of(screen: pyte.Screen) -> list[list[object]]:
    """Return the cells of an emulated screen."""
    return [[screen.buffer[row][column] for column in range(screen.columns)] for row in range(screen.lines)]
