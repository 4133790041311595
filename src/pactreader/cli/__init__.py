"""The command line: it parses, builds the parts, runs one command, and says what went wrong."""

import argparse
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from pactreader import __version__
from pactreader.cli.doctor_subcommand import doctor
from pactreader.cli.export_subcommand import export
from pactreader.cli.library_subcommand import list_library, list_paths
from pactreader.cli.merge_subcommand import merge
from pactreader.cli.notes_subcommand import list_notes
from pactreader.cli.output import complain, let_go_of_output, prepare_output, standard_output
from pactreader.cli.read_subcommand import read
from pactreader.cli.settings_subcommand import settings
from pactreader.core.errors import PactReaderError, UsageError
from pactreader.core.labels import LABELS

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths

_FAILED: Final = 1
_MISUSED: Final = 2
_INTERRUPTED: Final = 130
"""What a shell reports of a program that ctrl+c ended: 128 and the signal's number."""
_BROKEN_PIPE: Final = 141

_EXAMPLES: Final = """\
commands:
  library               the articles known, the one read last on top
  notes [WORDS...]      annotations across every article
  export [SOURCE...]    annotations as Markdown
  merge [FILE...]       other copies of the library into this one
  doctor                check the library, changing nothing; --repair, --backups, --restore
  settings              what you have set: labels, keys, theme, measure, panel; --write makes a file for it
  paths                 where the library, the settings and everything else is

`pactreader COMMAND --help` says more. To read a file of such a name: `pactreader ./notes`.

examples:
  pactreader                                go on reading; the first time, the bundled article
  pactreader article.md                     read a Markdown or text file
  curl -s https://example.org/article.txt | pactreader -
                                            read text or Markdown that another program prints
  pactreader --review plan.md > notes.md    read, and have the notes on standard output at the end
  pactreader notes ambiguity --tag law      find what you wrote
  pactreader export --all -o notes/         write one Markdown file an article
"""


def run(words: Sequence[str]) -> int:
    """Run a command line.

    Args:
        words: What was typed after the program's name.

    Returns:
        The exit code: 0, 1 after an error that was said, 2 if the words were wrong.
    """
    prepare_output()
    try:
        arguments = _parse(words)
        from pactreader.storage.paths import Paths

        arguments.command(arguments, Paths.find(arguments.data_dir, os.environ))
        with standard_output() as output:
            output.flush()
    except PactReaderError as error:
        complain(error)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        let_go_of_output()
        return _BROKEN_PIPE
    return 0


class _Parser(ArgumentParser):
    """A parser whose errors look like all others."""

    def error(self, message: str) -> NoReturn:
        complain(UsageError(f"{message}.", f"`{self.prog} --help` says what can be typed."))
        self.exit(_MISUSED)


class _Command(NamedTuple):
    """A command, named by a word."""

    run: Callable[[Namespace, "Paths"], None]
    help: str
    add_arguments: Callable[[ArgumentParser], object]


def _parse(words: Sequence[str]) -> Namespace:
    """What was typed, as arguments; among them `command`, the function to call."""
    index = _command_index(words)
    if index is None:
        parser = _parser("pactreader", "Read an article in the terminal, mark it, keep every note.")
        parser.epilog = _EXAMPLES
        _add_reading_arguments(parser)
        arguments = parser.parse_args(words)
        arguments.command = read
        return arguments
    name = words[index]
    command = _COMMANDS[name]
    parser = _parser(f"pactreader {name}", command.help)
    command.add_arguments(parser)
    arguments = parser.parse_args([*words[:index], *words[index + 1 :]])
    arguments.command = command.run
    return arguments


def _command_index(words: Sequence[str]) -> int | None:
    """Where the name of a command stands; `None` if the words are for reading."""
    skipped = False
    for index, word in enumerate(words):
        if word in {"--", "--review"}:
            return None
        if skipped or word.startswith("-"):
            skipped = word == "--data-dir" and not skipped
            if word == "-":
                return None
        else:
            return index if word in _COMMANDS else None
    return None


def _parser(name: str, description: str) -> ArgumentParser:
    parser = _Parser(
        prog=name,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="one directory for everything PactReader keeps"
    )
    parser.add_argument("--version", action="version", version=f"pactreader {__version__}")
    return parser


def _add_reading_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="?",
        metavar="SOURCE",
        help="a file, '-' for standard input, or an article known to the library: its id or part of its title; "
        "without one, the article read last",
    )
    parser.add_argument(
        "--theme", metavar="NAME", help="pactreader-dark, pactreader-light or one of Textual's, this time"
    )
    parser.add_argument(
        "--review", action="store_true", help="on quit, print the annotations to standard output as Markdown"
    )


def _add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _add_notes_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="words in the quote, the note or the tags, all of them; also '#tag', label:doubt, has:note, is:lost, as in "
        "the program",
    )
    parser.add_argument("--in", dest="source", metavar="SOURCE", help="of this article only")
    parser.add_argument(
        "--label", help=f"with this label: {', '.join(label.id for label in LABELS)}, or your own"
    )
    parser.add_argument("--tag", help="with this tag")
    _add_json(parser)


def _add_export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="without one, the article read last")
    parser.add_argument("--all", action="store_true", help="every article that has annotations")
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE|DIR",
        help="where to write, instead of standard output; into a directory, one file an article",
    )
    parser.add_argument("--force", action="store_true", help="replace files that exist")
    parser.add_argument(
        "--format", choices=["markdown"], default="markdown", help="markdown, the only one so far"
    )
    parser.add_argument(
        "--plain", action="store_true", help="leave out the comments and ids that are for programs"
    )


def _add_merge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a library.json, or a directory with one; without one, the copies that a file synchroniser has put "
        "beside the library",
    )


def _add_settings_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--write",
        action="store_true",
        help="write a file with every setting and what it means, each behind a #; one that is there stays as it is",
    )


def _add_doctor_arguments(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--repair", action="store_true", help="mend what can be mended; the damaged file is kept"
    )
    what.add_argument("--backups", action="store_true", help="list the backups")
    what.add_argument(
        "--restore",
        nargs="?",
        const="",
        metavar="BACKUP",
        help="put a backup in the library's place, the newest unless one is named; what is there is backed up",
    )


_COMMANDS: Final = {
    "library": _Command(list_library, "List the articles known, the one read last on top.", _add_json),
    "notes": _Command(list_notes, "Find annotations across every article.", _add_notes_arguments),
    "export": _Command(export, "Write annotations as Markdown.", _add_export_arguments),
    "merge": _Command(
        merge,
        "Bring other copies of the library into this one, losing nothing of either.",
        _add_merge_arguments,
    ),
    "doctor": _Command(
        doctor,
        "Check the library and say what was found, changing nothing. Exit code 1 if something is wrong.",
        _add_doctor_arguments,
    ),
    "settings": _Command(
        settings,
        "Print the settings that are in force, each with what it means, and what is wrong with config.toml. "
        "Exit code 1 if something is.",
        _add_settings_arguments,
    ),
    "paths": _Command(
        list_paths, "Say where the library, the settings and everything else is.", lambda _parser: None
    ),
}
