"""`pactreader settings`: the effective settings, the problems of the config file, and a new file of defaults."""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from pactreader.cli.output import print_line, print_text, print_warning
from pactreader.cli.subcommand import Subcommand
from pactreader.core.errors import PactReaderError
from pactreader.core.labels import LABELS, Labels
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.settings.config_text import CommandKeys
    from pactreader.storage.paths import Paths
    from pactreader.tui.keys.keymap import Keymap


def show_or_write_settings(arguments: Namespace, paths: "Paths") -> None:
    """Print the effective settings, or write a config file of the defaults."""
    if arguments.write:
        _write_defaults(paths)
    else:
        _show(paths)


def _show(paths: "Paths") -> None:
    """Print the effective settings as a config file, and the problems of the user's file on standard error.

    Raises:
        PactReaderError: There are problems.
    """
    from pactreader.settings.config_file import read_settings
    from pactreader.settings.config_text import settings_text
    from pactreader.settings.theme_names import theme_problem
    from pactreader.tui.commands import all_commands
    from pactreader.tui.keys.key_bindings import build_keymap

    settings, found = read_settings(paths.settings)
    problems = [problem.message for problem in found]
    if settings.theme and (problem := theme_problem(settings.theme, settings.locations)):
        problems.append(problem)
        settings = settings._replace(theme="")
    keymap, key_problems = build_keymap(all_commands, settings.labels, settings.keys, settings.locations)
    problems += key_problems
    path = printable_line(str(paths.settings))
    head = f"What is in force: the settings in {path}, and for the rest PactReader's own.\n"
    if not os.path.lexists(paths.settings):
        head = f"What is in force: PactReader's own settings. `pactreader settings --write` makes a file for yours,\n{path}\n"
    settings = settings._replace(labels=_with_effective_keys(settings.labels, keymap))
    print_text(settings_text(settings, _command_keys(keymap), head=head))
    for problem in problems:
        print_warning(problem)
    if problems:
        rest = "Everything else in it is." if settings.locations else "PactReader's own settings are."
        raise PactReaderError(f"Not all of {path} is in force.", rest)


def _with_effective_keys(labels: Labels, keymap: "Keymap") -> Labels:
    """Return the labels with their effective keys, which may differ from those in the file."""
    commands = zip(labels, keymap.labels, strict=True)
    return Labels(label._replace(key="".join(command.keys[:1])) for label, command in commands)


def _command_keys(keymap: "Keymap") -> "list[CommandKeys]":
    """Return the commands with their keys, except for those of labels."""
    from pactreader.settings.config_text import CommandKeys

    labels = {command.id for command in keymap.labels}
    return [
        CommandKeys(command.id, command.keys, command.title) for command in keymap if command.id not in labels
    ]


def _write_defaults(paths: "Paths") -> None:
    """Write a config file with every setting commented out.

    Raises:
        PactReaderError: The file exists, or cannot be written.
    """
    from pactreader.settings.config_text import settings_text
    from pactreader.settings.definitions import Settings
    from pactreader.storage.journal.atomic_write import atomic_write, make_directory
    from pactreader.tui.commands import all_commands
    from pactreader.tui.keys.keymap import Keymap

    path = paths.settings
    if os.path.lexists(path):
        raise PactReaderError(
            f"{path} exists, and stays as it is.", "`pactreader settings` prints every setting there is."
        )
    text = settings_text(Settings(), _command_keys(Keymap(all_commands(LABELS))), prefix="#")
    try:
        make_directory(path.parent)
        atomic_write(path, text.encode())
    except OSError as error:
        raise PactReaderError(
            f"{path} cannot be written: {error.strerror or error}.",
            "See that its directory can be written to.",
        ) from error
    print_line(str(path))


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--write",
        action="store_true",
        help="write a file with every setting and what it means, each behind a #; one that is there stays as it is",
    )


SUBCOMMAND = Subcommand(
    name="settings",
    summary="what you have set: labels, keys, theme, measure, panel, texts; --write makes a file for it",
    help="Print the settings that are in force, each with what it means, and what is wrong with config.toml. "
    "Exit code 1 if something is.",
    run=show_or_write_settings,
    add_arguments=_add_arguments,
)
