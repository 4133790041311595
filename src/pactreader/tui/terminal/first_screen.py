"""The terminal from the start of the process until the app draws: a kept screen if one is due, and what is typed.

Until then the terminal echoes nothing, and keeps what is typed for the app, ctrl+z too; ctrl+c ends the program. Before
anything but the app writes to the terminal, the screen is left.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pactreader.tui.terminal.background_query import BackgroundQuery

if TYPE_CHECKING:
    from pactreader.storage.kept_screens import Fingerprint, KeptScreen, KeptScreens

ENTER: Final = "\x1b[?1049h"
"""The sequence that enters the alternate screen (xterm's control sequences, private mode 1049)."""
_BEFORE: Final = f"{ENTER}\x1b[?25l\x1b[?7l"
"""Output before a kept screen: the alternate screen without cursor and line wrap, on which Textual draws too."""
_AFTER: Final = "\x1b[?7h\x1b[?1049l\x1b[?25h"
"""Output that takes that back."""
_PATIENCE: Final = 0.03
"""Seconds for which a kept screen waits for the terminal's background colour. A terminal on this machine answers within
a few milliseconds; one that is further away most likely has the background that it had."""


class NextScreen(NamedTuple):
    """A screen to be kept when the program has ended."""

    screen: "KeptScreen"
    paths_by_source: Mapping[str, Sequence[str]]
    """The paths of files that it depends on, by the sources that it is kept for, as in `KeptScreens`."""
    known_files: "Mapping[str, Fingerprint]"
    """The fingerprints of files as they were when the screen was drawn."""


class FirstScreen:
    """The owner of the terminal until the driver of the app takes it over."""

    def __init__(self, screens: "KeptScreens | None" = None) -> None:
        """Create the owner without touching the terminal.

        Args:
            screens: The kept screens; `None` to show and keep none, as on Windows.
        """
        self.screens = None if sys.platform == "win32" else screens
        self.attributes: list[Any] | None = None
        """The attributes of the terminal before they were changed (`tcgetattr`); `None` if they were not."""
        self.query: BackgroundQuery | None = None
        """The query for the terminal's background colour; `None` if none was sent."""
        self.frame = ""
        """The output that drew the screen; empty if none is shown."""
        self.size = (0, 0)
        """Columns and lines of the window when it was drawn."""
        self.next: NextScreen | None = None
        """The screen to be kept for the next start; `None` to keep none."""

    def show(self, argv: Sequence[str]) -> None:
        """Show the kept screen of a command line, if it is due.

        Args:
            argv: The words after the program's name.
        """
        source = _source(argv)
        if self.screens is None or source is None or not all(map(os.isatty, range(3))):
            return
        columns, lines = os.get_terminal_size(2)
        kept = self.screens.find(source)
        if kept is None or not kept.suits(columns, lines) or not self._has_theme_of(kept):
            return
        self._make_quiet()
        if self.attributes:
            self.frame, self.size = kept.frame, (columns, lines)
            self._handle_signals()
            _write(_BEFORE + kept.frame)

    def _has_theme_of(self, kept: "KeptScreen") -> bool:
        """Return whether a screen has the theme that suits the terminal, as far as that is known yet."""
        if kept.is_theme_chosen:
            return True
        query = self.ask_background()
        return query is None or not query.is_answered(_PATIENCE) or query.is_light() == kept.is_light

    def ask_background(self) -> BackgroundQuery | None:
        """Ask the terminal for its background colour unless it was asked, and return the query; `None` if that fails."""
        if self.query is None and os.isatty(0) and os.isatty(2):
            self._make_quiet()
            if self.attributes:
                with suppress(OSError):
                    self.query = BackgroundQuery(keyboard=0, screen=2)
        return self.query

    def _make_quiet(self) -> None:
        """Switch off echo, and the keys and translations of the terminal that Textual switches off too, except ctrl+c."""
        if sys.platform == "win32" or self.attributes:
            return
        import termios  # not on Windows

        with suppress(termios.error):
            before, quiet = termios.tcgetattr(0), termios.tcgetattr(0)
            quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            disabled = bytes([os.fpathconf(0, "PC_VDISABLE") & 0xFF])
            quiet[6][termios.VSUSP] = quiet[6][termios.VQUIT] = disabled
            quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
            termios.tcsetattr(0, termios.TCSANOW, quiet)
            self.attributes = before

    def _handle_signals(self) -> None:
        """Leave the screen before a signal ends or stops the process, until the app handles signals."""
        import signal

        def leave(number: int, _frame: object) -> None:
            self.leave()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            self._make_quiet()  # it was stopped, and goes on

        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, leave)

    @contextmanager
    def left_by_messages(self) -> Iterator[None]:
        """Leave the screen as soon as anything is written to `sys.stderr` in a block, so that it can be read there."""
        stream = sys.stderr
        sys.stderr = _LeavingStream(stream, self)
        try:
            yield
        finally:
            sys.stderr = stream

    def hand_over(self) -> bool:
        """Leave the terminal to the driver; return whether the alternate screen is entered already."""
        is_shown, self.frame = bool(self.frame), ""
        return is_shown

    def leave(self) -> None:
        """Leave the screen if it is shown, and restore the terminal."""
        if self.hand_over():
            with suppress(OSError):  # the terminal may be gone
                _write(_AFTER)
        if self.attributes:
            import termios  # not on Windows

            with suppress(termios.error):
                termios.tcsetattr(0, termios.TCSANOW, self.attributes)
            self.attributes = None

    def keep_next(self) -> None:
        """Keep the screen for the next start."""
        if self.screens is None or self.next is None:
            return
        screen, paths_by_source, known_files = self.next
        for source, paths in paths_by_source.items():
            self.screens.keep(source, screen, paths, known_files)


class _LeavingStream:
    """Standard error, from before the app has the terminal."""

    def __init__(self, stream: Any, screen: FirstScreen) -> None:
        self._stream = stream
        self._screen = screen

    def write(self, text: str) -> int:
        """Leave the screen if it is shown, and write."""
        if self._screen.frame:
            self._screen.leave()
        written: int = self._stream.write(text)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _source(argv: Sequence[str]) -> str | None:
    """Return the source that a command line names, if it is surely for reading, without options; empty without a word.

    A word with neither a dot nor a separator may be a subcommand, or an article of the library.
    """
    if not argv:
        return ""
    word = argv[0]
    is_path = len(argv) == 1 and not word.startswith("-") and ("." in word or os.sep in word)
    return os.path.abspath(word) if is_path and os.path.isfile(word) else None  # noqa: PTH100, PTH113 - as `sources`


def _write(output: str) -> None:
    """Write to the terminal as Textual does."""
    encoding = sys.__stderr__.encoding if sys.__stderr__ else "utf-8"
    rest = memoryview(output.encode(encoding, "backslashreplace"))
    while rest:
        rest = rest[os.write(2, rest) :]
