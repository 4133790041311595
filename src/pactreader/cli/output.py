"""Standard output and standard error: texts that a terminal may show, and their failures."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable, printable_line


def prepare_output() -> None:
    """Let every character be written: as UTF-8 into pipes and files, as an escape where a terminal has none."""
    if sys.stdout is None:  # it was closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output to a block that writes to it.

    Raises:
        BrokenPipeError: The program at the other end has closed it.
        PactReaderError: It cannot be written.
    """
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise PactReaderError(
            f"Standard output cannot be written: {error.strerror}.", "See that there is room for it."
        ) from error


def discard_output() -> None:
    """Send standard output nowhere, so that Python's flush at its end does not fail again.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(error: PactReaderError) -> None:
    """Print an error on standard error: what happened, and what to do."""
    print_warning(error.message)
    if error.hint:
        sys.stderr.write(f"{printable_line(error.hint)}\n")


def print_warning(sentence: str) -> None:
    """Print a sentence on standard error, as it is no part of the answer."""
    sys.stderr.write(f"pactreader: {printable_line(sentence)}\n")


def print_text(text: str) -> None:
    """Print a text that is printable already."""
    with standard_output() as output:
        output.write(text)


def print_line(line: str) -> None:
    """Print one line, with marks for its control characters and line ends."""
    print_text(printable(line).replace("\n", "␊") + "\n")


def print_json(rows: list[dict[str, Any]]) -> None:
    """Print one JSON document in ASCII, without a character that a terminal obeys."""
    import json

    print_text(json.dumps(rows, indent=2).replace("\x7f", "\\u007f") + "\n")
