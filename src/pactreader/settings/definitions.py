"""The settings, one row each: its name, its values, its default and its help."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, NamedTuple

from pactreader.core.labels import COLOURS, LABELS, Labels
from pactreader.core.printable_text import printable_line

AUTO: Final = "auto"
"""The value that leaves a choice to PactReader."""
LONGEST_LABEL_NAME: Final = 24
"""Characters: as many as a card shows beside a paragraph's number."""
LABEL_MARKS: Final = "#%&@$~^:o" + "".join(map(chr, range(0x21, 0x7F)))
"""The possible marks; labels without one are given the first that is free."""

SettingPath = tuple[str, ...]
"""The names that lead to a setting: `("labels", "doubt", "name")` for `labels.doubt.name`."""


class ValueType(NamedTuple):
    """The values that a setting may have."""

    expected: str
    """A description for a message: `a whole number from 40 to 200`."""
    accepts: Callable[[Any], bool]


def whole_number(first: int, last: int) -> ValueType:
    """Return the type of the whole numbers of a range, both ends included."""
    return ValueType(
        f"a whole number from {first} to {last}", lambda value: type(value) is int and first <= value <= last
    )


def choice(*options: str) -> ValueType:
    """Return the type of a few fixed texts."""
    return ValueType(" or ".join(options), lambda value: value in options)


def text(expected: str) -> ValueType:
    """Return the type of any text."""
    return ValueType(expected, lambda value: isinstance(value, str))


class Setting(NamedTuple):
    """A row: one setting, as it is read, checked and explained."""

    name: str
    """As it stands in the file: `panel.width`."""
    type: ValueType
    default: Any = ""
    help: str = ""
    """Lines to stand above it in a file; empty if the help of the row before is about both."""
    auto: str = ""
    """What the default means, in a message; empty if the setting cannot be `auto`."""

    @property
    def path(self) -> SettingPath:
        """The names that lead to the setting."""
        return tuple(self.name.split("."))

    @property
    def problem(self) -> str:
        """The part of a sentence that says what the value must be, and what it is instead."""
        alternative = f", or {AUTO}" if self.auto else ""
        return f"must be {self.type.expected}{alternative}: {self.auto or f'it stays {self.default}'}"

    def parse(self, value: Any) -> Any:
        """Return the value for `Settings`, from one that stands in a file.

        Raises:
            ValueError: The setting cannot have it.
        """
        if self.auto and value == AUTO:
            return self.default
        if not self.type.accepts(value):
            raise ValueError(self.problem)
        return printable_line(value) if isinstance(value, str) else value

    def format(self, value: Any) -> Any:
        """Return a value of `Settings` as it stands in a file: `auto` for a default that means it."""
        return AUTO if self.auto and value == self.default else value


def setting_row(name: str, values: ValueType, *, default: Any, help_: str = "", auto: str = "") -> Any:
    """Declare a field of `Settings` with its row."""
    return field(default=default, metadata={"row": Setting(name, values, default, help_, auto)})


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings, and PactReader's defaults for the rest. A new setting is one more row here."""

    theme: str = setting_row(
        "theme",
        text("the name of a theme"),
        default="",
        help_="The theme: pactreader-dark, pactreader-light or one of Textual's, as nord. It goes before the one that was\n"
        f"chosen with ctrl+p; {AUTO} is the one that was on last.",
        auto="it stays the one that was on last",
    )
    measure: int = setting_row(
        "measure",
        whole_number(40, 200),
        default=72,  # comfortable to read (Bringhurst: 45 to 75 characters)
        help_="The longest line, in columns, from 40 to 200.",
    )
    panel_side: str = setting_row(
        "panel.side",
        choice("right", "left"),
        default="right",
        help_="The notes beside the article: on the right or left; so many columns wide, from 24 to\n"
        f"200 as far as there is room, or {AUTO}.",
    )
    panel_width: int | None = setting_row(
        "panel.width", whole_number(24, 200), default=None, auto="it is as wide as suits the window"
    )

    labels: Labels = LABELS
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of commands by command id, as in the file: not yet compared with the commands there are."""
    locations: Mapping[SettingPath, str] = field(default_factory=dict, compare=False)
    """The line of each setting that is in the file: `config.toml, line 7`."""


def setting_rows(schema: type[Settings] = Settings) -> Mapping[str, Setting]:
    """Return the rows of the scalar settings, in their order, by their fields in `Settings`."""
    return {each.name: each.metadata["row"] for each in fields(schema) if "row" in each.metadata}


LABELS_HELP: Final = f"""\
The labels. A key is one character, or a name as in the list of keys below. A colour is
{", ".join(COLOURS)} or as #12ab9f; PactReader makes it readable in every theme.
A mark is one ASCII character, another for each. A label of your own has an id of your choice:
labels.quote.name = "Quote", and the like. What has a label that is no longer known keeps it."""
LABEL_ROWS: Final = (
    Setting(
        "name",
        ValueType(
            f"a line of 1 to {LONGEST_LABEL_NAME} characters, none of them a control character",
            lambda value: 0 < len(value) <= LONGEST_LABEL_NAME and value == printable_line(value),
        ),
    ),
    Setting("key", text("a text in quotation marks")),
    Setting(
        "colour",
        ValueType(
            f"{', '.join(COLOURS)} or as #12ab9f",
            lambda value: value in COLOURS or bool(re.fullmatch("#[0-9a-fA-F]{6}", value)),
        ),
    ),
    Setting(
        "mark", ValueType("one ASCII character that can be seen", lambda value: value in set(LABEL_MARKS))
    ),
)
"""The fields of a label, in the order in which they are written. Each is a text; its default is the label's."""

KEYS_HELP: Final = """\
The keys, by the ids of commands: one, several, or "" for none. Keys are characters, or: up down left right
home end pageup pagedown insert delete backspace enter tab escape space f1 to f24, these also behind ctrl+, shift+
or alt+, and ctrl+a to ctrl+z. Two commands share a key only where they do here.
ctrl+q always quits, f1 always helps, ctrl+p always has every command."""
