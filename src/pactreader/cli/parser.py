"""The arguments of the command line, and the help, collected from the subcommands."""

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from pactreader import __version__
from pactreader.cli.output import print_error
from pactreader.cli.subcommand import Example
from pactreader.cli.subcommands import (
    doctor_subcommand,
    export_subcommand,
    library_subcommand,
    merge_subcommand,
    notes_subcommand,
    paths_subcommand,
    read_subcommand,
    settings_subcommand,
)
from pactreader.core.errors import UsageError

_MODULES: Final = (
    library_subcommand,
    notes_subcommand,
    export_subcommand,
    merge_subcommand,
    doctor_subcommand,
    settings_subcommand,
    paths_subcommand,
)
"""The modules of the subcommands, in the order of the overview."""
_READING: Final = read_subcommand.SUBCOMMAND
SUBCOMMANDS: Final = {module.SUBCOMMAND.name: module.SUBCOMMAND for module in _MODULES}

_MISUSED: Final = 2
"""The exit code for a command line that is not understood."""
_OVERVIEW_COLUMN: Final = 24
_EXAMPLES_COLUMN: Final = 44


def parse(words: Sequence[str]) -> Namespace:
    """Parse a command line.

    Args:
        words: The words after the program's name.

    Returns:
        The arguments; among them `run`, the function of the subcommand.

    Raises:
        SystemExit: The words are not understood, or ask for help or the version.
    """
    index = _subcommand_index(words)
    if index is None:
        subcommand, rest, program = _READING, words, "pactreader"
    else:
        subcommand = SUBCOMMANDS[words[index]]
        rest = [*words[:index], *words[index + 1 :]]
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
    return arguments


class _Parser(ArgumentParser):
    """A parser whose errors look like all others."""

    def error(self, message: str) -> NoReturn:
        print_error(UsageError(f"{message}.", f"`{self.prog} --help` says what can be typed."))
        self.exit(_MISUSED)


def _subcommand_index(words: Sequence[str]) -> int | None:
    """Return the index of the word that names a subcommand; `None` if the words are for reading."""
    skipped = False
    for index, word in enumerate(words):
        if word in {"--", "--review"}:
            return None
        if skipped or word.startswith("-"):
            skipped = word == "--data-dir" and not skipped
            if word == "-":
                return None
        else:
            return index if word in SUBCOMMANDS else None
    return None


def _overview() -> str:
    """Return the end of `pactreader --help`: the subcommands, and the examples of all."""
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
    """Yield lines whose right halves begin at a column, below a left half that is too long."""
    for left, right in rows:
        line = f"  {left}".rstrip()
        if len(line) >= column:
            yield line
            line = ""
        yield f"{line:<{column}}{right}"
