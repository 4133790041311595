"""The declarations of the settings: name, values, default and help."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pactreader.core.encoding_names import encoding_name, language_code
from pactreader.core.labels import COLOURS, LABELS, Labels
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import UTF_8_ELSE, ReadingOptions

AUTO: Final = "auto"
"""The value that leaves the choice to PactReader."""
MAX_LABEL_NAME: Final = 24
"""The greatest length of a label's name in characters: as many as a card shows beside a paragraph's number."""
LABEL_MARKS: Final = "#%&@$~^o" + "".join(map(chr, [*range(0x3B, 0x7F), *range(0x21, 0x3B)]))
"""The possible marks of labels, in the order in which labels without one get them. `.` and `:` are among the last, as
they mark lost and doubtful annotations in the margin of the page."""

SettingPath = tuple[str, ...]
"""The path of a setting: `("labels", "doubt", "name")` for `labels.doubt.name`."""


class ValueType(NamedTuple):
    """The values that a setting may have."""

    expected: str
    """The description for messages: `a whole number from 40 to 200`."""
    accepts: Callable[[Any], bool]


def whole_number(first: int, last: int) -> ValueType:
    """Return the type of whole numbers in a range, ends included."""
    expected = f"a whole number from {first} to {last}"
    return ValueType(expected, lambda value: type(value) is int and first <= value <= last)


def choice(*options: str) -> ValueType:
    """Return the type of texts that are one of some options."""
    return ValueType(" or ".join(options), lambda value: value in options)


def true_or_false() -> ValueType:
    """Return the type of truth values."""
    return ValueType("true or false", lambda value: isinstance(value, bool))


def text(expected: str, accepts: Callable[[str], bool] = lambda _text: True) -> ValueType:
    """Return the type of texts that a function accepts."""
    return ValueType(expected, lambda value: isinstance(value, str) and accepts(value))


class Setting(NamedTuple):
    """The declaration of a setting."""

    name: str
    """The name in the file: `panel.width`."""
    type: ValueType
    default: Any = ""
    help: str = ""
    """The lines above the setting in a file; empty if the help of the setting before is for both."""
    auto: bool = False
    """True if the value may be `auto`, for the default."""
    fallback: str = ""
    """The end of the message about an invalid value: what is used instead; empty for "it stays" and the default."""

    def parse(self, value: Any) -> Any:
        """Return the value for `Settings` from one in a file.

        Raises:
            ValueError: The value is invalid. The message is the end of a sentence about the setting.
        """
        if self.auto and value == AUTO:
            return self.default
        if self.type.accepts(value):
            return value
        alternative = f", or {AUTO}" if self.auto else ""
        fallback = self.fallback or f"it stays {self.default}"
        raise ValueError(f"must be {self.type.expected}{alternative}: {fallback}")

    def format(self, value: Any) -> Any:
        """Return the value for a file from one of `Settings`: `auto` for the default, if the setting may have that."""
        return AUTO if self.auto and value == self.default else value


_THEME_HELP: Final = f"""\
The theme: pactreader-dark, pactreader-light or one of Textual's, as nord. It goes before the one that was
chosen with ctrl+p; {AUTO} is the one that was on last."""
_TEXTS_HELP: Final = """\
Megabytes for the texts and web pages of articles without notes, which are kept so that they can be read when their
files are gone, from 0 to 100000. Beyond that, those not read for longest are deleted. What has notes stays."""
_PROTECTED_HELP: Final = """\
Whether texts of files that are protected by a password are kept, too. Unless they are, such a file is asked for its
password each time, and nothing of it stays but what is quoted."""
_LANGUAGE_HELP: Final = f"""\
The language of all articles, as en or de, by which sentences are told; {AUTO} is that of each. --lang goes before it."""
_ENCODING_HELP: Final = f"""\
The encoding of texts that are not UTF-8, as cp1251 or shift_jis; {AUTO} tells it for each. --encoding goes before it."""
KEYBOARD_LAYOUTS: Final = (
    "russian",
    "ukrainian",
    "belarusian",
    "bulgarian",
    "bulgarian-phonetic",
    "serbian",
    "macedonian",
    "greek",
)
"""The keyboard layouts on which keys are found by their places."""
_LAYOUT_HELP: Final = f"""\
The keyboard layout: with it on, a key is found by its place, so that о is j in Russian. {AUTO} tells the layout by its
letters and the locale; none is for Latin letters alone.
One of {", ".join(KEYBOARD_LAYOUTS)}."""
_PANEL_HELP: Final = f"""\
The notes beside the article: on the right or left; so many columns wide, from 24 to
200 as far as there is room, or {AUTO}."""
LABELS_HELP: Final = f"""\
The labels. A key is one character, or a name as in the list of keys below. A colour is
{", ".join(COLOURS)} or as #12ab9f; PactReader makes it readable in every theme.
A mark is one ASCII character, another for each. A label of your own has an id of your choice:
labels.quote.name = "Quote", and the like. What has a label that is no longer known keeps it."""
KEYS_HELP: Final = """\
The keys, by the ids of commands: one, several, or "" for none. Keys are characters, or: up down left right
home end pageup pagedown insert delete backspace enter tab escape space f1 to f24, these also behind ctrl+, shift+
or alt+, and ctrl+a to ctrl+z. Two commands share a key only where they do here.
ctrl+q always quits, f1 always helps, ctrl+p always has every command."""


SETTINGS: Final[Mapping[str, Setting]] = {
    "theme": Setting(
        "theme",
        text("the name of a theme"),
        "",
        _THEME_HELP,
        auto=True,
        fallback="it stays the one that was on last",
    ),
    # A measure of 45 to 75 characters is comfortable to read (Bringhurst).
    "measure": Setting("measure", whole_number(40, 200), 72, "The longest line, in columns, from 40 to 200."),
    "panel_side": Setting("panel.side", choice("right", "left"), "right", _PANEL_HELP),
    "panel_width": Setting(
        "panel.width",
        whole_number(24, 200),
        None,
        auto=True,
        fallback="it is as wide as suits the window",
    ),
    # Compressed, 512 MB are some 10,000 long articles with their pages.
    "text_limit": Setting("texts.limit", whole_number(0, 100_000), 512, _TEXTS_HELP),
    "protected_texts": Setting(
        "texts.protected", true_or_false(), False, _PROTECTED_HELP, fallback="it stays false"
    ),
    "language": Setting(
        "language",
        text("the code of a language, as de", lambda code: code == language_code(code)),
        "",
        _LANGUAGE_HELP,
        auto=True,
        fallback="it stays that of each article",
    ),
    "encoding": Setting(
        "encoding",
        text("the name of an encoding, as cp1251", lambda name: bool(encoding_name(name))),
        "",
        _ENCODING_HELP,
        auto=True,
        fallback="it is told for each text",
    ),
    "keyboard_layout": Setting(
        "keyboard.layout",
        choice("none", *KEYBOARD_LAYOUTS),
        "",
        _LAYOUT_HELP,
        auto=True,
        fallback="it is told by its letters",
    ),
}
"""The declarations of the settings that are scalars, by the fields of `Settings`, in the order of a file."""


class Settings(NamedTuple):
    """The settings: the user's, and defaults for the rest. A new setting is one more field, declared in `SETTINGS`."""

    theme: str = SETTINGS["theme"].default
    measure: int = SETTINGS["measure"].default
    panel_side: str = SETTINGS["panel_side"].default
    panel_width: int | None = SETTINGS["panel_width"].default
    text_limit: int = SETTINGS["text_limit"].default
    protected_texts: bool = SETTINGS["protected_texts"].default
    language: str = SETTINGS["language"].default
    encoding: str = SETTINGS["encoding"].default
    keyboard_layout: str = SETTINGS["keyboard_layout"].default
    labels: Labels = LABELS
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The keys of commands by command id, as in the file. Neither ids nor keys are validated yet."""
    locations: Mapping[SettingPath, str] = MappingProxyType({})
    """The line of each setting in the file, in words: `config.toml, line 7`."""


def reading_defaults(settings: Settings) -> ReadingOptions:
    """Return the choices of the settings for reading articles."""
    encoding = f"{UTF_8_ELSE}{settings.encoding}" if settings.encoding else ""
    return ReadingOptions(language=settings.language, encoding=encoding)


def _label_row(name: str, expected: str, accepts: Callable[[str], bool] = lambda _text: True) -> Setting:
    return Setting(name, text(expected, accepts), fallback="it is left out")


LABEL_ROWS: Final = (
    _label_row(
        "name",
        f"a line of 1 to {MAX_LABEL_NAME} characters, none of them a control character",
        lambda name: 0 < len(name) <= MAX_LABEL_NAME and name == printable_line(name),
    ),
    _label_row("key", "a text in quotation marks"),
    _label_row(
        "colour",
        f"{', '.join(COLOURS)} or as #12ab9f",
        lambda colour: colour in COLOURS or bool(re.fullmatch("#[0-9a-fA-F]{6}", colour)),
    ),
    _label_row("mark", "one ASCII character that can be seen", lambda mark: mark in set(LABEL_MARKS)),
)
"""The settings of a label, in the order in which they are written. The label itself has their defaults."""
