"""How the command line says things: standard output, whatever becomes of it, and errors beside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable, printable_line


def prepare_output() -> None:
    """Have every character go out somehow: as UTF-8 into pipes and files, as an escape where a terminal has none."""
    if sys.stdout is None:  # it was closed
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output, whose failures are said.

    Raises:
        BrokenPipeError: Nobody reads it any more.
        PactReaderError: It cannot be written.
    """
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go_of_output()
        raise PactReaderError(
            f"Standard output cannot be written: {error.strerror}.", "See that there is room for it."
        ) from error


def let_go_of_output() -> None:
    """Keep Python from flushing once more: see https://docs.python.org/3/library/signal.html#note-on-sigpipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(error: PactReaderError) -> None:
    """Say an error on stderr: what happened, and what to do."""
    warn(error.message)
    if error.hint:
        sys.stderr.write(f"{printable_line(error.hint)}\n")


def warn(sentence: str) -> None:
    """Say something on stderr that is no part of the answer."""
    sys.stderr.write(f"pactreader: {printable_line(sentence)}\n")


def write(text: str) -> None:
    """Print a text that was made printable."""
    with standard_output() as output:
        output.write(text)


def say(line: str) -> None:
    """Print one line on which nothing is a control character, not even a line end."""
    write(printable(line).replace("\n", "␊") + "\n")


def say_json(rows: list[dict[str, Any]]) -> None:
    """One JSON document in ASCII, without a character that a terminal obeys."""
    import json

    write(json.dumps(rows, indent=2).replace("\x7f", "\\u007f") + "\n")
