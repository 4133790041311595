"""The command line: it runs a subcommand, and turns errors into two lines and an exit code."""

import os
from collections.abc import Sequence
from typing import Final

from pactreader.cli.output import discard_output, prepare_output, print_error, standard_output
from pactreader.cli.parser import parse
from pactreader.core.errors import PactReaderError

_FAILED: Final = 1
_INTERRUPTED: Final = 130
"""The exit code of a program that ctrl+c ended, for a shell: 128 and the signal's number."""
_BROKEN_PIPE: Final = 141


def run(words: Sequence[str]) -> int:
    """Run a command line.

    Args:
        words: The words after the program's name.

    Returns:
        The exit code: 0, or 1 after an error that was printed.

    Raises:
        SystemExit: The words are not understood, with 2; or they ask for help or the version, with 0.
    """
    prepare_output()
    try:
        arguments = parse(words)
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
