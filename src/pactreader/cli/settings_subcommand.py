"""`pactreader settings`: what is in force, what is wrong with the file, and a file to begin with."""

import os
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pactreader.cli.output import say, warn, write
from pactreader.core.errors import PactReaderError
from pactreader.core.labels import Labels
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.settings.config_text import CommandKeys
    from pactreader.settings.definitions import Settings
    from pactreader.storage.paths import Paths
    from pactreader.tui.keys.keymap import Keymap


def settings(arguments: Namespace, paths: "Paths") -> None:
    """Show the settings, or write a file of them."""
    if arguments.write:
        _write_defaults(paths)
    else:
        _show(paths)


def _show(paths: "Paths") -> None:
    """Print what is in force, as a file of settings, and on standard error what is wrong with the reader's.

    Raises:
        PactReaderError: Something is.
    """
    from pactreader.settings.config_file import read_settings
    from pactreader.settings.config_text import settings_text
    from pactreader.tui.commands import all_commands
    from pactreader.tui.keys.key_bindings import build_keymap

    found, problems = read_settings(paths.settings)
    keymap, wrong_keys = build_keymap(all_commands, found.labels, found.keys, found.locations)
    wrong_theme = _wrong_theme(found)
    if wrong_theme:
        found = replace(found, theme="")
    wrong = [*(problem.message for problem in problems), *filter(None, (wrong_theme,)), *wrong_keys]
    path = printable_line(str(paths.settings))
    head = f"What is in force: the settings in {path}, and for the rest PactReader's own.\n"
    if not os.path.lexists(paths.settings):
        head = f"What is in force: PactReader's own settings. `pactreader settings --write` makes a file for yours,\n{path}\n"
    write(
        settings_text(replace(found, labels=_on_their_keys(found.labels, keymap)), _rows(keymap), head=head)
    )
    for sentence in wrong:
        warn(sentence)
    if wrong:
        rest = "Everything else in it is." if found.locations else "PactReader's own settings are."
        raise PactReaderError(f"Not all of {path} is in force.", rest)


def _wrong_theme(found: "Settings") -> str:
    """What is wrong with the theme that is set, in a sentence. Only then Textual has to be asked."""
    if not found.theme:
        return ""
    from pactreader.settings.theme_names import theme_problem

    return theme_problem(found.theme, found.locations)


def _on_their_keys(labels: Labels, keymap: "Keymap") -> Labels:
    """The labels with the keys that they have."""
    commands = zip(labels, keymap.labels, strict=True)
    return Labels(replace(label, key="".join(command.keys[:1])) for label, command in commands)


def _rows(keymap: "Keymap") -> Iterable["CommandKeys"]:
    from pactreader.settings.config_text import CommandKeys

    labels = {command.id for command in keymap.labels}
    return [CommandKeys(command.id, command.keys, command.title) for command in keymap if command.id not in labels]


def _write_defaults(paths: "Paths") -> None:
    """Write a file that says everything and sets nothing.

    Raises:
        PactReaderError: There is one, or it cannot be written.
    """
    from pactreader.core.labels import LABELS
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
    text = settings_text(Settings(), _rows(Keymap(all_commands(LABELS))), prefix="#")
    try:
        make_directory(path.parent)
        atomic_write(path, text.encode())
    except OSError as error:
        raise PactReaderError(
            f"{path} cannot be written: {error.strerror or error}.",
            "See that its directory can be written to.",
        ) from error
    say(str(path))
