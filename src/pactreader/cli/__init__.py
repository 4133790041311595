"""The command line: running a subcommand, and turning its errors into messages and exit codes."""

import os
from collections.abc import Sequence
from typing import Final

from pactreader.cli.output import discard_output, prepare_output, print_error, standard_output
from pactreader.cli.parser import parse
from pactreader.core.errors import PactReaderError

_FAILED: Final = 1
_INTERRUPTED: Final = 130
"""The exit code of a program that SIGINT ended: 128 plus the number of the signal."""
_BROKEN_PIPE: Final = 141
"""The exit code of a program that SIGPIPE ended: 128 plus the number of the signal."""


def run(argv: Sequence[str]) -> int:
    """Run a command line.

    Args:
        argv: The words after the program's name.

    Returns:
        The exit code: 0; 1 after an error, which is printed; 130 or 141 if it was interrupted or a pipe was closed.

    Raises:
        SystemExit: With code 2 if the command line is invalid; with 0 after printing the help or the version.
    """
    prepare_output()
    try:
        arguments = parse(argv)
        from pactreader.storage.event_log import EventLog
        from pactreader.storage.paths import Paths

        paths = Paths.find(arguments.data_dir, os.environ)
        with EventLog(paths.log_file).logging_errors():
            arguments.run(arguments, paths)
        with standard_output() as output:
            output.flush()
    except PactReaderError as error:
        print_error(error)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return _BROKEN_PIPE
    return 0
