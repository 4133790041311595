"""A terminal that measures a program: the time of its output, its processor time and its memory."""

import os
import re
import time
from pathlib import Path
from typing import Final, NamedTuple

from terminal import Terminal

COLUMNS: Final = 120
ROWS: Final = 40
QUIET: Final = 0.06
"""Seconds without output after which the effects of a key are complete. Textual draws every 17 ms."""
_QUIET_CPU: Final = 0.01
"""Seconds of processor time in that while that a blinking cursor, a clock and the collection of garbage may take."""
_FIRST_BYTE: Final = 2.0
"""Seconds until a key is taken for one without effects."""
PATIENCE: Final = 60.0
"""Seconds until a text that never comes ends the benchmark: frogmouth takes 21 to show 3 MB."""
_IDLE_SHARE: Final = 0.03
"""Share of a processor below which a program waits for keys: a blinking cursor and a clock take less."""
_IDLE_TRIES: Final = 60
"""Halves of a second that a program has until it waits for keys."""
_UPDATE_ENDS: Final = b"\x1b[?2026l"
"""The end of a synchronised update."""
_RESIDENT: Final = re.compile(r"VmRSS:\s+(\d+) kB")


class KeyCost(NamedTuple):
    """The costs of a key."""

    first: float
    """Seconds until the end of the first update that it causes."""
    wall: float
    """Seconds until the last byte of its effects."""
    cpu: float
    """Seconds of processor time (user and system, all threads)."""
    written: int
    """Bytes written to the terminal."""


class Start(NamedTuple):
    """The costs of a start until the first words of the text are on the terminal."""

    wall: float
    cpu: float


class MeteredTerminal(Terminal):
    """A terminal that draws nothing until it is asked to, so that it takes no time from the program."""

    def __init__(self, argv: list[str], home: Path, *, cwd: Path) -> None:
        """Start a program.

        Args:
            argv: The program and its arguments.
            home: The home directory, and PactReader's directory for all files.
            cwd: The working directory.
        """
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PACTREADER_HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none",
        }
        super().__init__(argv, columns=COLUMNS, rows=ROWS, env=environment, cwd=cwd)
        self._last_byte = self.started
        self._received: list[tuple[float, bytes]] = []

    def read(self, seconds: float) -> bool:
        """Read what the program writes next, and note the time."""
        if was_read := super().read(seconds):
            self._last_byte = time.perf_counter()
        return was_read

    def _draw(self, data: bytes) -> None:
        """Keep what is received for `draw_until`."""
        self._received.append((time.perf_counter() - self.started, data))

    def draw_all(self) -> None:
        """Draw what was received."""
        for _, data in self._received:
            super()._draw(data)
        self._received.clear()

    def shown_after(self, words: str) -> tuple[float, float]:
        """Return the seconds from the start until the screen is filled, and until some words are on it.

        It is drawn only while the program is quiet, as drawing would delay reading.

        Raises:
            TimeoutError: They never were.
        """
        filled = None
        while True:
            self.wait_until_quiet()
            while self._received:
                seconds, data = self._received.pop(0)
                super()._draw(data)
                if filled is None and sum(map(bool, self.lines)) > ROWS // 2:
                    filled = seconds
                if words in self.screen:
                    return filled or seconds, seconds
            if not self.read(PATIENCE):
                raise TimeoutError(f"{words!r} was never shown:\n{self.screen}")

    @property
    def seconds(self) -> float:
        """Seconds from the start until the last byte that was read."""
        return self._last_byte - self.started

    def cpu(self) -> float:
        """Return the seconds of processor time of the program."""
        return _cpu_of(self.pid)

    def _cpu_with_children(self) -> float:
        """Return the seconds of processor time of the program and of the processes that it has started and that run."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/children")
        return self.cpu() + sum(_cpu_of(int(child)) for task in tasks for child in _words(task))

    def megabytes(self) -> float:
        """Return the resident memory of the program."""
        found = _RESIDENT.search(Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) * 1024 / 1e6 if found else 0.0

    def wait_until_quiet(self) -> None:
        """Wait until the program writes nothing for a while, and does not compute what it will write."""
        while True:
            before = self.cpu()
            if not self.read(QUIET) and self.cpu() - before < _QUIET_CPU:
                return

    def wait_until_idle(self) -> None:
        """Wait until the program writes nothing and hardly takes processor time, also in threads and processes."""
        for _ in range(_IDLE_TRIES):
            before, start = self._cpu_with_children(), time.perf_counter()
            while (left := start + 0.5 - time.perf_counter()) > 0:
                self.read(left)
            if abs(self._cpu_with_children() - before) < 0.5 * _IDLE_SHARE:
                return

    def wait_for_words(self, words: str) -> Start:
        """Wait until the terminal has got some words without a change of style, and return the costs of the start.

        Raises:
            TimeoutError: They never came.
        """
        while words.encode() not in self.raw:
            left = self.started + PATIENCE - time.perf_counter()
            if left <= 0 or not self.read(left):
                raise TimeoutError(f"{words!r} never came")
        return Start(self.seconds, self.cpu())

    def cost_of(self, *keys: str) -> KeyCost:
        """Press some keys at once, and return what they cost."""
        before, written = self.cpu(), len(self.raw)
        start = self._last_byte = time.perf_counter()
        self.press(*keys)
        self.read(_FIRST_BYTE)
        while _UPDATE_ENDS not in self.raw[written:] and self.read(QUIET):
            pass
        first = self._last_byte - start
        self.wait_until_quiet()
        return KeyCost(first, self._last_byte - start, self.cpu() - before, len(self.raw) - written)


def _cpu_of(pid: int) -> float:
    """Return the seconds of processor time of a process by its clock (`clock_getcpuclockid`); 0 if it has ended."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def _words(path: Path) -> list[str]:
    """Return the words of a file; none if it is gone, as those of a thread that has ended."""
    try:
        return path.read_text().split()
    except OSError:
        return []
