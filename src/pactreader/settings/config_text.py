"""The settings as a file that can be read and changed: what is in force, or the defaults behind `#`."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pactreader.core.labels import COLOURS
from pactreader.settings.config_file import AUTO, MEASURES, PANEL_WIDTHS, SIDES, Settings

DEFAULT_HEAD: Final = """\
PactReader's settings. A line that begins with # says nothing: to change a setting, take the # in front of it
away, and start PactReader again. `pactreader settings` says what is in force, and what in here is wrong.
"""
_THEME: Final = f"""\
The theme: pactreader-dark, pactreader-light or one of Textual's, as nord. It goes before the one that was
chosen with ctrl+p; {AUTO} is the one that was on last.
"""
_MEASURE: Final = f"The longest line, in columns, from {MEASURES[0]} to {MEASURES[-1]}.\n"
_PANEL: Final = f"""\
The notes beside the article: on the {" or ".join(SIDES)}; so many columns wide, from {PANEL_WIDTHS[0]} to
{PANEL_WIDTHS[-1]} as far as there is room, or {AUTO}.
"""
_LABELS: Final = f"""\
The labels. A key is one character, or a name as in the list of keys below. A colour is
{", ".join(COLOURS)} or as #12ab9f; PactReader makes it readable in every theme.
A mark is one ASCII character, another for each. A label of your own has an id of your choice:
labels.quote.name = "Quote", and the like. What has a label that is no longer known keeps it.
"""
_KEYS: Final = """\
The keys, by the ids of commands: one, several, or "" for none. Keys are characters, or: up down left right
home end pageup pagedown insert delete backspace enter tab escape space f1 to f24, these also behind ctrl+, shift+
or alt+, and ctrl+a to ctrl+z. Two commands share a key only where they do here.
ctrl+q always quits, f1 always helps, ctrl+p always has every command.
"""


class KeyRow(NamedTuple):
    """A command, as far as a file of settings names it."""

    id: str
    keys: tuple[str, ...]
    title: str


def settings_text(
    settings: Settings, commands: Iterable[KeyRow], *, head: str = DEFAULT_HEAD, sign: str = ""
) -> str:
    """All settings as TOML, each with what it means.

    Args:
        settings: What they are.
        commands: What they are for keys, but for those of labels.
        head: What is said above it all.
        sign: What stands in front of every setting: `#` for a file that sets nothing until the reader takes it away.
    """
    lines = [*_explained(head), "", *_explained(_THEME), f"{sign}theme = {_toml(settings.theme or AUTO)}", ""]
    lines += [*_explained(_MEASURE), f"{sign}measure = {settings.measure}", ""]
    lines += [*_explained(_PANEL), f"{sign}panel.side = {_toml(settings.panel_side)}"]
    lines += [f"{sign}panel.width = {_toml(settings.panel_width or AUTO)}", ""]
    lines += [*_explained(_LABELS), *(sign + line for line in _label_lines(settings)), ""]
    lines += [*_explained(_KEYS), *(sign + line for line in _key_lines(commands))]
    return "\n".join(lines) + "\n"


def _explained(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.splitlines())


def _label_lines(settings: Settings) -> Iterator[str]:
    for label in settings.labels:
        for name in ("name", "key", "colour", "mark"):
            yield f"labels.{label.id}.{name} = {_toml(getattr(label, name))}"


def _key_lines(commands: Iterable[KeyRow]) -> Iterator[str]:
    for command in commands:
        value = command.keys[0] if len(command.keys) == 1 else list(command.keys)
        said = f"keys.{command.id} = {_toml(value or '')}"
        yield f"{said:<44} # {command.title}"


def _toml(value: object) -> str:
    """A number, a text or a list of texts without control characters, in TOML: there they are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
