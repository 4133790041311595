"""The declaration of a subcommand."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from pactreader.storage.paths import Paths


class Example(NamedTuple):
    """An example in `pactreader --help`."""

    command_line: str
    purpose: str


def _add_no_arguments(_parser: "ArgumentParser") -> None:
    pass


class Subcommand(NamedTuple):
    """The declaration of a subcommand: its function, arguments and help."""

    name: str
    """The name; empty for reading, which is run without one."""
    help: str
    """The sentences at the top of the subcommand's own help."""
    run: "Callable[[Namespace, Paths], int | None]"
    """The function, which may return an exit code; `None` is 0."""
    add_arguments: "Callable[[ArgumentParser], None]" = _add_no_arguments
    operands: str = ""
    """The operands in the overview: `[WORDS...]`."""
    summary: str = ""
    """The line in the overview, which begins with a small letter and ends without a full stop."""
    examples: tuple[Example, ...] = ()
    failed_code: int = 1
    """The exit code after an error."""


def load_subcommand(name: str) -> Subcommand:
    """Import the module of a subcommand, and return its declaration."""
    declared: Subcommand = import_module(f"pactreader.cli.subcommands.{name}_subcommand").SUBCOMMAND
    return declared


def add_json_argument(parser: "ArgumentParser") -> None:
    """Add the argument `--json` to a parser."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
