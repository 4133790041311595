"""The declaration of a subcommand."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths


class Example(NamedTuple):
    """A line of the examples in `pactreader --help`."""

    command_line: str
    purpose: str


def _add_no_arguments(_parser: ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """A subcommand: what `pactreader --help` and its own `--help` show of it, and its function."""

    name: str
    """The word that is typed; empty for reading, which needs none."""
    operands: str = ""
    """Its operands, in the overview: `[WORDS...]`."""
    summary: str = ""
    """Its line in the overview, which begins with a small letter and ends without a full stop."""
    help: str
    """Sentences at the top of its own help."""
    run: Callable[[Namespace, "Paths"], None]
    add_arguments: Callable[[ArgumentParser], None] = _add_no_arguments
    examples: tuple[Example, ...] = ()


def add_json_argument(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
