"""The command line: running a subcommand, and turning its errors into messages and exit codes."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final, cast

from pactreader import SUBCOMMANDS
from pactreader.cli.output import discard_output, prepare_output, print_error, standard_output
from pactreader.core.errors import PactReaderError

if TYPE_CHECKING:
    from argparse import Namespace

    from pactreader.tui.terminal.first_screen import FirstScreen

_INTERRUPTED: Final = 130
"""The exit code of a program that SIGINT ended: 128 plus the number of the signal."""
_BROKEN_PIPE: Final = 141
"""The exit code of a program that SIGPIPE ended: 128 plus the number of the signal."""


def run(argv: Sequence[str], first_screen: "FirstScreen | None" = None) -> int:
    """Run a command line.

    Args:
        argv: The words after the program's name.
        first_screen: The owner of the terminal until the app draws; `None` if nothing touched it.

    Returns:
        The exit code: that of the subcommand, usually 0; after an error, which is printed, 1, or 2 for a subcommand to
        which 1 means something else; 130 or 141 if it was interrupted or a pipe was closed.

    Raises:
        SystemExit: With code 2 if the command line is invalid; with 0 after printing the help or the version.
    """
    try:
        prepare_output()
        with first_screen.left_by_messages() if first_screen else nullcontext():
            return _run(_parse(argv), first_screen)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return _BROKEN_PIPE
    finally:
        if first_screen:
            first_screen.leave()


def _parse(argv: Sequence[str]) -> "Namespace":
    """Parse a command line, without the parser if it has no options and no subcommand."""
    if len(argv) <= 1 and not any(word.startswith("-") or word in SUBCOMMANDS for word in argv):
        from pactreader.cli.subcommands.read_subcommand import plain_arguments

        return cast("Namespace", plain_arguments(*argv))
    from pactreader.cli.parser import parse

    return parse(argv)


def _run(arguments: "Namespace", first_screen: "FirstScreen | None") -> int:
    """Run a subcommand, print its error if it fails, and return the exit code."""
    from pactreader.storage.event_log import EventLog
    from pactreader.storage.paths import Paths

    arguments.first_screen = first_screen
    try:
        paths = Paths.find(arguments.data_dir, os.environ)
        with EventLog(paths.log_file).logging_errors():
            code: int | None = arguments.run(arguments, paths)
        with standard_output() as output:
            output.flush()
    except PactReaderError as error:
        print_error(error)
        failed: int = arguments.failed_code
        return failed
    return code or 0
