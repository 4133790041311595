"""The entry point of `pactreader` and `python -m pactreader`."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Final

from pactreader import SUBCOMMANDS

_INTERRUPTED: Final = 130
"""The exit code of a program that SIGINT ended: 128 plus the number of the signal."""


def main() -> None:
    """Run the command line, and exit with its exit code.

    No garbage is collected until the window's first frame: there is little, and each collection would look at all
    records. Nor is it at the end, as all is freed with the process.
    """
    gc.disable()
    argv = sys.argv[1:]
    try:
        code = _run_subcommand(argv) if argv[:1] and argv[0] in SUBCOMMANDS else _read(argv)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    gc.freeze()
    sys.exit(code)


def _run_subcommand(argv: Sequence[str]) -> int:
    """Run a command line without anything that a window needs."""
    from pactreader.cli import run

    return run(argv)


def _read(argv: Sequence[str]) -> int:
    """Show the screen of the last time if it is due, run the command line, and keep the screen for the next time."""
    from pactreader.storage.kept_screens import KeptScreens
    from pactreader.storage.paths import Paths
    from pactreader.tui.terminal.first_screen import FirstScreen

    first_screen = FirstScreen(KeptScreens(Paths.find(None, os.environ).screens))
    try:
        first_screen.show(argv)
        from pactreader.cli import run  # the screen does not wait for it

        code = run(argv, first_screen)
    finally:
        first_screen.leave()
    first_screen.keep_next()
    return code


if __name__ == "__main__":
    main()
