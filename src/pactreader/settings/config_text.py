"""The settings as the text of a config file: those in force, or the defaults behind `#`."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pactreader.settings.definitions import KEYS_HELP, LABEL_ROWS, LABELS_HELP, SETTINGS, Settings

DEFAULT_HEAD: Final = """\
PactReader's settings. A line that begins with # says nothing: to change a setting, take the # in front of it
away, and start PactReader again. `pactreader settings` says what is in force, and what in here is wrong.
"""


class CommandKeys(NamedTuple):
    """A command with its keys, for a config file."""

    id: str
    keys: tuple[str, ...]
    title: str


def settings_text(
    settings: Settings, commands: Iterable[CommandKeys], *, head: str = DEFAULT_HEAD, prefix: str = ""
) -> str:
    """Return all settings as TOML, each below its help.

    Args:
        settings: The values.
        commands: The commands with their keys, but for those of labels.
        head: The text above all settings.
        prefix: The characters before every setting: `#` for a file that sets nothing.
    """
    lines = list(_comment(head))
    for field_name, row in SETTINGS.items():
        if row.help:
            lines += ["", *_comment(row.help)]
        lines.append(f"{prefix}{row.name} = {_toml(row.format(getattr(settings, field_name)))}")
    lines += ["", *_comment(LABELS_HELP), *(prefix + line for line in _label_lines(settings))]
    lines += ["", *_comment(KEYS_HELP), *(prefix + line for line in _key_lines(commands))]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.splitlines())


def _label_lines(settings: Settings) -> Iterator[str]:
    for label in settings.labels:
        for row in LABEL_ROWS:
            yield f"labels.{label.id}.{row.name} = {_toml(getattr(label, row.name))}"


def _key_lines(commands: Iterable[CommandKeys]) -> Iterator[str]:
    for command in commands:
        value = command.keys[0] if len(command.keys) == 1 else list(command.keys)
        assignment = f"keys.{command.id} = {_toml(value or '')}"
        yield f"{assignment:<44} # {command.title}"


def _toml(value: object) -> str:
    """Return a number, a text or a list of texts in TOML, for which JSON is valid."""
    return json.dumps(value, ensure_ascii=False)
