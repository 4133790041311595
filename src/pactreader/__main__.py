"""The entry point of `pactreader` and `python -m pactreader`."""

import os
import sys
from typing import Final

from pactreader.storage.kept_screens import KeptScreens
from pactreader.storage.paths import Paths
from pactreader.tui.terminal.first_screen import FirstScreen

_INTERRUPTED: Final = 130
"""The exit code of a program that SIGINT ended: 128 plus the number of the signal."""


def main() -> None:
    """Show the screen of the last time if it is due, run the command line, and exit with its exit code."""
    first_screen = FirstScreen(KeptScreens(Paths.find(None, os.environ).screens))
    try:
        first_screen.show(sys.argv[1:])
        from pactreader.cli import run  # the screen does not wait for it

        code = run(sys.argv[1:], first_screen)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    finally:
        first_screen.leave()
    first_screen.keep_next()
    sys.exit(code)


if __name__ == "__main__":
    main()
