"""The parser of the command line, and its help."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

from pactreader import SUBCOMMANDS, __version__
from pactreader.cli.output import print_error
from pactreader.cli.reading_options import VALUE_OPTIONS
from pactreader.cli.subcommand import Example, load_subcommand
from pactreader.core.errors import UsageError

_READING: Final = "read"
"""The name in the module of the subcommand that is run without one."""

_INVALID_USAGE: Final = 2
"""The exit code for an invalid command line."""
_NO_WIDTH: Final = 80
"""The width for a formatter that formats nothing: argparse makes one for each argument, and `shutil` to ask the terminal
for its width takes two milliseconds to be imported."""
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
        subcommand, rest, program = load_subcommand(_READING), argv, "pactreader"
    else:
        subcommand = load_subcommand(argv[index])
        rest = [*argv[:index], *argv[index + 1 :]]
        program = f"pactreader {subcommand.name}"
    parser_class = _ReadingParser if index is None else _Parser
    parser = parser_class(
        prog=program,
        description=subcommand.help,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=_NO_WIDTH),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="one directory for everything PactReader keeps"
    )
    parser.add_argument("--version", action="version", version=f"pactreader {__version__}")
    subcommand.add_arguments(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    arguments = parser.parse_args(rest)
    arguments.run = subcommand.run
    arguments.failed_code = subcommand.failed_code
    return arguments


class _Parser(ArgumentParser):
    """An argument parser that prints its errors like other errors of the program."""

    def error(self, message: str) -> NoReturn:
        print_error(UsageError(f"{message}.", f"`{self.prog} --help` says what can be typed."))
        self.exit(_INVALID_USAGE)


class _ReadingParser(_Parser):
    """The parser of the subcommand without a name, whose help ends with the overview of the others."""

    def format_help(self) -> str:
        self.epilog = _overview()  # it imports the modules of all subcommands
        return super().format_help()


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
    subcommands = [load_subcommand(name) for name in SUBCOMMANDS]
    commands = (Example(f"{each.name} {each.operands}", each.summary) for each in subcommands)
    examples = [example for each in (load_subcommand(_READING), *subcommands) for example in each.examples]
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
