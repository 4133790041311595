"""The layout of the help: the commands of the focused pane by group, in columns."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells

from pactreader.core.search import fold
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import EDITOR_COMMANDS, LABEL_PREFIX, Command, Group
from pactreader.tui.keys.screen_state import ScreenState

_ARROWS: Final = frozenset("↑↓←→")
_MIN_COLUMN_WIDTH: Final = 25
"""The least width of a column in cells, so that a screen of 80 has three."""
_MAX_COLUMNS: Final = 4
_KEYS_WIDTH: Final = 8
"""Cells for the keys of a row, which are aligned right. Longer keys take cells from the words."""
_MIN_SECTION_LINES: Final = 3
"""The fewest lines of a section at the bottom of a column: its heading and two rows."""


class Row(NamedTuple):
    """A line of the help: keys and words. A heading, a continued line and an empty line have no keys."""

    keys: str
    words: str
    is_heading: bool = False


_EMPTY: Final = Row("", "")


def sections(keymap: Keymap, state: ScreenState) -> list[list[Row]]:
    """Return a section of rows for each group of commands that has any to list, the heading first.

    Not listed are commands without a key or of the other pane, momentary ones that are disabled, and, without a
    conflict, those that resolve conflicts. If the notes have the focus, their group comes first.
    """
    groups = sorted(Group, key=lambda group: not (state.in_notes and group is Group.NOTES))
    listed = [command for command in keymap if _is_listed(command, state)]
    found = (
        (group, [command for command in listed if command.group is group])
        for group in groups
        if group is not Group.CONFLICTS or state.has_conflicts
    )
    return [
        [Row("", group.value, is_heading=True), *_rows(commands)] for group, commands in found if commands
    ]


def _is_listed(command: Command, state: ScreenState) -> bool:
    is_offered = not command.momentary or not command.disabled_reason(state)
    return bool(command.keys) and command.works_in(state) and is_offered


def _rows(commands: Sequence[Command]) -> list[Row]:
    """Return the rows of a group; commands with the same words share the row of the first one.

    Example: `sentence-next` and `sentence-previous`, both "sentence" → `Row(") (", "sentence")`.
    """
    by_words: dict[str, list[Command]] = {}
    for command in commands:
        by_words.setdefault(command.short or command.title.removesuffix("…"), []).append(command)
    return [Row(_shared_keys(sharing), words) for words, sharing in by_words.items()]


def _shared_keys(commands: Sequence[Command]) -> str:
    """Return the shortest key of each command, a common modifier once: `ctrl+d/u`, `shift+←↓↑→`, `1-5`.

    Letters stand behind the arrow keys that do the same: `←↓↑→ hjkl`.
    """
    if all(command.id.startswith(LABEL_PREFIX) for command in commands):
        return Keymap(commands).label_keys
    shown = [min(map(shown_key, command.keys), key=len) for command in commands]
    modifiers = {key.rpartition("+")[0] for key in shown if len(key) > 1}
    is_common = len(shown) > 1 and len(modifiers) == 1 and all("+" in key for key in shown)
    modifier = f"{modifiers.pop()}+" if is_common else ""
    keys = [key.removeprefix(modifier) for key in shown]
    if not _ARROWS.issuperset(keys):
        return modifier + ("/" if modifier else " ").join(keys)
    letters = [next((key for key in command.keys if len(key) == 1), "") for command in commands]
    return modifier + "".join(keys) + (f" {''.join(letters)}" if all(letters) else "")


class Grid(NamedTuple):
    """The help's rows in columns."""

    columns: list[list[Row]]
    width: int
    """Cells of a column."""


def lay_out(sections: Iterable[Sequence[Row]], width: int) -> Grid:
    """Distribute sections over as many columns as fit, of the least height, with empty lines between sections.

    Args:
        sections: The rows of each section, its heading first.
        width: Cells for all columns.
    """
    count = max(1, min(_MAX_COLUMNS, (width + 1) // _MIN_COLUMN_WIDTH))
    column_width = max(_KEYS_WIDTH + 2, (width + 1) // count)
    wrapped = [[line for row in section for line in _wrapped(row, column_width)] for section in sections]
    height = max(_MIN_SECTION_LINES, ceil(sum(map(len, wrapped)) / count))
    while len(columns := _columns(wrapped, height)) > count:
        height += 1
    return Grid(columns, column_width)


def key_padding(row: Row) -> int:
    """Return the number of cells before a row's keys that aligns them right; fewer before a long heading."""
    room = _MIN_COLUMN_WIDTH - 2 - cell_len(row.words) if row.is_heading else _KEYS_WIDTH
    return max(0, min(room, _KEYS_WIDTH - cell_len(row.keys)))


def _wrapped(row: Row, width: int) -> list[Row]:
    """Break a row into lines that fit a column, of which only the first has the keys.

    Example: `Row("f", "pick words in view")` in 20 cells → `Row("f", "pick words"), Row("", "in view")`.
    """
    room = width - 2 if row.is_heading else max(1, width - 2 - max(_KEYS_WIDTH, cell_len(row.keys)))
    lines = [""]
    for word in row.words.split():
        extended = f"{lines[-1]} {word}".lstrip()
        if cell_len(extended) <= room:
            lines[-1] = extended
        else:
            lines += chop_cells(word, room)
    first, *others = filter(None, lines)
    return [row._replace(words=first), *(Row("", words, row.is_heading) for words in others)]


def _columns(sections: Iterable[Sequence[Row]], height: int) -> list[list[Row]]:
    """Distribute sections over columns of a height, so that no column ends with a heading."""
    columns: list[list[Row]] = [[]]
    for section in sections:
        for number, row in enumerate(section):
            needed = 1 if number else min(_MIN_SECTION_LINES, len(section)) + bool(columns[-1])
            if height - len(columns[-1]) < needed:
                columns.append([])
            elif not number and columns[-1]:
                columns[-1].append(_EMPTY)
            columns[-1].append(row)
    return columns


class Match(NamedTuple):
    """A command found by a search in the help."""

    keys: str
    title: str
    help: str


def search(typed: str, keymap: Keymap) -> list[Match]:
    """Find the commands that have every typed word in their keys, title or help.

    Commands without a key and those of the note editor are searched too.
    """
    words = fold(typed).split()
    commands = [
        Match(command.shown_keys, command.title.removesuffix("…"), command.help) for command in keymap
    ]
    commands += [
        Match(" ".join(map(shown_key, each.keys)), each.title, "While a note is typed.")
        for each in EDITOR_COMMANDS
    ]
    return [
        match
        for match in commands
        if all(word in fold("\n".join(match)) or word in match.keys.split() for word in words)
    ]


def label_names(keymap: Keymap, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the keys of the labels that have one, and their names."""
    pairs = zip(keymap.labels, names, strict=True)
    return [(command.shown_keys, name) for command, name in pairs if command.keys]


def lines(grid: Grid) -> list[list[Row]]:
    """Return the lines of a grid: a row of each column, an empty one where the column is shorter."""
    height = max(map(len, grid.columns), default=0)
    return [[column[y] if y < len(column) else _EMPTY for column in grid.columns] for y in range(height)]
