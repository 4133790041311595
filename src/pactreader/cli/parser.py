"""The parser of the command line, and its help."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from pactreader import __version__
from pactreader.cli.output import print_error
from pactreader.cli.reading_options import VALUE_OPTIONS
from pactreader.cli.subcommand import Example
from pactreader.cli.subcommands import (
    diff_subcommand,
    doctor_subcommand,
    export_subcommand,
    library_subcommand,
    merge_subcommand,
    notes_subcommand,
    paths_subcommand,
    read_subcommand,
    settings_subcommand,
    text_subcommand,
)
from pactreader.core.errors import UsageError

_MODULES: Final = (
    library_subcommand,
    notes_subcommand,
    export_subcommand,
    text_subcommand,
    diff_subcommand,
    merge_subcommand,
    doctor_subcommand,
    settings_subcommand,
    paths_subcommand,
)
"""The modules of the subcommands, in the order of the overview."""
_READING: Final = read_subcommand.SUBCOMMAND
SUBCOMMANDS: Final = {module.SUBCOMMAND.name: module.SUBCOMMAND for module in _MODULES}

_INVALID_USAGE: Final = 2
"""The exit code for an invalid command line."""
_OVERVIEW_COLUMN: Final = 24
_EXAMPLES_COLUMN: Final = 44


def parse(argv: Sequence[str]) -> Namespace:
    """Parse a command line.

    Args:
        argv: The words after the program's name.

    Returns:
        The arguments, with the function of the subcommand as `run`, and its exit code after an error as `failed_code`.

    Raises:
        SystemExit: The command line is invalid, or asks for the help or the version.
    """
    index = _subcommand_index(argv)
    if index is None:
        subcommand, rest, program = _READING, argv, "pactreader"
    else:
        subcommand = SUBCOMMANDS[argv[index]]
        rest = [*argv[:index], *argv[index + 1 :]]
        program = f"pactreader {subcommand.name}"
    parser = _Parser(
        prog=program,
        description=subcommand.help,
        epilog=_overview() if subcommand is _READING else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="one directory for everything PactReader keeps"
    )
    parser.add_argument("--version", action="version", version=f"pactreader {__version__}")
    subcommand.add_arguments(parser)
    arguments = parser.parse_args(rest)
    arguments.run = subcommand.run
    arguments.failed_code = subcommand.failed_code
    return arguments


class _Parser(ArgumentParser):
    """An argument parser that prints its errors like other errors of the program."""

    def error(self, message: str) -> NoReturn:
        print_error(UsageError(f"{message}.", f"`{self.prog} --help` says what can be typed."))
        self.exit(_INVALID_USAGE)


def _subcommand_index(argv: Sequence[str]) -> int | None:
    """Return the index of the word that names a subcommand; `None` if the command line is for reading."""
    skipped = False
    for index, word in enumerate(argv):
        if word in {"--", "--review"}:
            return None
        if skipped or word.startswith("-"):
            skipped = (word == "--data-dir" or word in VALUE_OPTIONS) and not skipped
            if word == "-":
                return None
        else:
            return index if word in SUBCOMMANDS else None
    return None


def _overview() -> str:
    """Return the end of `pactreader --help`: the list of subcommands, and all examples."""
    commands = (Example(f"{each.name} {each.operands}", each.summary) for each in SUBCOMMANDS.values())
    examples = [example for each in (_READING, *SUBCOMMANDS.values()) for example in each.examples]
    return "\n".join(
        [
            "commands:",
            *_columns(commands, _OVERVIEW_COLUMN),
            "",
            "`pactreader COMMAND --help` says more. To read a file of such a name: `pactreader ./notes`.",
            "",
            "examples:",
            *_columns(examples, _EXAMPLES_COLUMN),
        ]
    )


def _columns(rows: Iterable[Example], column: int) -> Iterator[str]:
    """Format rows in two columns. If the left cell is too long, the right one goes on the next line."""
    for left, right in rows:
        line = f"  {left}".rstrip()
        if len(line) >= column:
            yield line
            line = ""
        yield f"{line:<{column}}{right}"
