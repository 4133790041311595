"""A program on a real pseudo-terminal, driven as a reader drives it: keys go in, a screen of text comes out.

Nothing here sleeps: a test waits for what a reader would see.
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

PATIENCE: Final = 20.0
"""Seconds until something that is waited for is held to have failed. A busy machine takes one or two."""

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
"""What a terminal sends for the keys that are no characters (xterm's control sequences)."""

_ANSWERS: Final = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
}
"""What a program asks a terminal, and what this one answers: who it is, that it is well, where the cursor
stands, that it updates in one go if asked to, that it reports its size by signal only."""

_UPDATE_BEGINS: Final = b"\x1b[?2026h"
_UPDATE_ENDS: Final = b"\x1b[?2026l"
_MODE: Final = re.compile(r"\x1b\[\?([\d;]+)([hl])")
_NOT_FOR_PYTE: Final = re.compile(r"\x1b\[[<=>][\d;]*[A-Za-z]|\x1b[P\]][^\x1b\x07]*(?:\x1b\\|\x07)")
"""Sequences that pyte would draw as text: the kitty keyboard's, device control and operating system commands."""
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[\d;<=>?]*|[P\]][^\x1b\x07]*\x1b?)?\Z")


class Terminal:
    """A program on a pseudo-terminal of its own, with an emulated screen.

    As a context manager it ends the program if that has not ended by itself.
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
            stdin: What it reads instead of the terminal.
            stdout: Where its standard output goes instead of the terminal.
            answers: What the terminal answers otherwise than it usually does; nothing for no answer.
        """
        self._answers = {**_ANSWERS, **(answers or {})}
        self._pyte = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._pyte)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfed = ""
        self._ended = False
        self._closed = False
        self.raw = bytearray()
        """Every byte that the terminal received."""
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        # A session's first process that opens a terminal gets it as its controlling terminal; a shell's redirection
        # does that without a fork of this process, whose threads would not come along.
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

    # What the reader does

    def press(self, *keys: str) -> None:
        """Press keys by name: `press("v", "w", "ctrl+s", "escape")`.

        A terminal sends one byte for escape, with which longer keys begin: wait for what it does before the next key.
        """
        self.type("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        """Type a text, its line ends by the enter key."""
        self._send(text.replace("\n", "\r").encode("utf-8", "surrogateescape"))

    def paste(self, text: str) -> None:
        """Paste a text, as terminals do for a program that has asked for bracketed paste."""
        self._send(b"\x1b[200~" + text.encode("utf-8", "surrogateescape") + b"\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._pyte.resize(rows, columns)
        self._set_size(columns, rows)

    # What the reader sees

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without the spaces at their ends."""
        return [line.rstrip() for line in self._pyte.display]

    @property
    def screen(self) -> str:
        """The screen's text."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The screen's text on one line, where a message is broken into several."""
        return " ".join(self.screen.split())

    def underlined(self) -> str:
        """The underlined characters of the screen, in reading order."""
        rows, columns = self._pyte.lines, self._pyte.columns
        cells = (self._pyte.buffer[row][column] for row in range(rows) for column in range(columns))
        return "".join(cell.data for cell in cells if cell.underscore)

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row that the cursor stands in, from 0."""
        return self._pyte.cursor.x, self._pyte.cursor.y

    @property
    def modes(self) -> dict[str, bool]:
        """The terminal's private modes that the program has set (`1049`: the other screen) or reset."""
        found = _MODE.findall(self.raw.decode("ascii", "replace"))
        return {mode: switch == "h" for modes, switch in found for mode in modes.split(";")}

    @property
    def attributes(self) -> list[object]:
        """How the line is set: whether it echoes, what ctrl+c does (`tcgetattr`)."""
        return termios.tcgetattr(self._master)

    @property
    def foreground(self) -> int:
        """The process group that has the terminal: a shell's own, or that of a job."""
        return os.tcgetpgrp(self._master)

    def wait_for(self, wanted: str | Callable[[], object], *, patience: float = PATIENCE) -> None:
        """Wait until a text stands on the screen, or something holds."""
        self._wait(wanted if callable(wanted) else lambda: wanted in self.screen, f"for {wanted!r}", patience)

    def wait_for_output(self, *, patience: float = PATIENCE) -> None:
        """Wait until the program writes something, but do not take it in."""
        if not select.select([self._master], [], [], patience)[0]:
            raise AssertionError(f"{patience:.0f} seconds went by without output.")

    def wait_until_gone(self, text: str, *, patience: float = PATIENCE) -> None:
        """Wait until a text does not stand on the screen."""
        self._wait(lambda: text not in self.screen, f"for {text!r} to go", patience)

    def _wait(self, holds: Callable[[], object], what: str, patience: float) -> None:
        until = time.monotonic() + patience
        while self._drawing or not holds():
            left = until - time.monotonic()
            if self._ended or left <= 0:
                how = "The program ended" if self._ended else f"{patience:.0f} seconds went by"
                raise AssertionError(f"{how}, waiting {what}. The screen:\n{self.screen}")
            self.read(left)

    # How it ends

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    def kill(self) -> None:
        """End the program at once (SIGKILL), if it has not ended."""
        self._process.kill()
        self._process.wait()

    def wait(self, *, patience: float = PATIENCE) -> int:
        """Wait until the program ends.

        Returns:
            Its exit status.
        """
        self._wait(lambda: self._ended, "for its end", patience)
        return self._process.wait(patience)

    def wait_unread(self, *, patience: float = PATIENCE) -> int:
        """Wait until the program ends, but take in nothing that it writes, as a window that hangs.

        Returns:
            Its exit status.
        """
        return self._process.wait(patience)

    def close(self, *, patience: float = PATIENCE) -> int:
        """Close the window: the program has no terminal any more.

        Returns:
            The program's exit status, when it has ended.
        """
        self._closed = self._ended = True
        os.close(self._master)
        return self._process.wait(patience)

    # How it is done

    @property
    def _drawing(self) -> bool:
        """Whether the program is in the middle of an update: what stands on the screen then, nobody sees."""
        return not self._ended and self.raw.rfind(_UPDATE_BEGINS) > self.raw.rfind(_UPDATE_ENDS)

    def read(self, seconds: float) -> bool:
        """Take in what the program writes next.

        Args:
            seconds: How long to wait for it.

        Returns:
            Whether there was anything.
        """
        if self._ended or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux's way to say that nobody has the terminal open
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
        """Bring the emulated screen up to what was received."""
        text = self._unfed + self._decoder.decode(data)
        whole = text[: found.start()] if (found := _UNFINISHED.search(text)) else text
        self._unfed = text[len(whole) :]
        self._stream.feed(_NOT_FOR_PYTE.sub("", whole))

    def _send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
