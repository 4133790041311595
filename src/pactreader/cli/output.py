"""Printing to standard output and standard error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from pactreader.core.errors import PactReaderError, UsageError
from pactreader.core.printable_text import printable, printable_line


def prepare_output() -> None:
    """Make every character printable: in pipes and files as UTF-8, on a terminal without it as an escape sequence."""
    if sys.stdout is None:  # it was closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Yield standard output to a block, and translate its errors.

    Raises:
        BrokenPipeError: The pipe was closed at its other end.
        PactReaderError: Standard output cannot be written.
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
    """Redirect standard output to the null device, so that Python's flush on exit does not fail too.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(error: PactReaderError) -> None:
    """Print the message of an error and its hint on standard error."""
    print_warning(error.message)
    if error.hint:
        sys.stderr.write(f"{printable_line(error.hint)}\n")


def print_warning(sentence: str) -> None:
    """Print a sentence on standard error."""
    sys.stderr.write(f"pactreader: {printable_line(sentence)}\n")


def print_text(text: str) -> None:
    """Print a text, which must be printable."""
    with standard_output() as output:
        output.write(text)


def print_line(line: str) -> None:
    """Print one line, with symbols for control characters and line ends."""
    print_text(printable(line).replace("\n", "␊") + "\n")


def print_json(content: list[dict[str, Any]] | dict[str, Any]) -> None:
    """Print rows, or one object, as one JSON document that a person can read, too."""
    import json

    _print_json(json.dumps(content, indent=2))


def print_compact_json(content: dict[str, Any]) -> None:
    """Print an object as one JSON document on one line, which is ten times as fast for a large one."""
    import json

    _print_json(json.dumps(content))


def _print_json(document: str) -> None:
    """Print a JSON document in ASCII, without control characters that a terminal would execute."""
    print_text(document.replace("\x7f", "\\u007f") + "\n")


def confirm(question: str) -> bool:
    """Ask a question on the terminal, and return whether the answer is yes. No answer is no.

    Raises:
        UsageError: There is no terminal to ask on.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("There is no terminal to ask on, so nothing is done.", "--yes says yes beforehand.")
    sys.stderr.write(f"{printable_line(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
