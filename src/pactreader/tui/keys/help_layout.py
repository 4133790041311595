"""The keys of where the reader is now, by what they are for, on one screen; and those that a word is about."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final, NamedTuple

from pactreader.core.search import folded
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import EDITOR_COMMANDS, LABEL, Command, ScreenState, shown_key

_ANY_LABEL: Final = "label"
_ARROWS: Final = frozenset("↑↓←→")
COLUMN: Final = 25
"""Cells of a column of the chart: keys, a space, words, space to the next."""
KEYS: Final = 8
"""Cells in which the keys of a row stand, at their right edge."""

WORDS: Final = COLUMN - KEYS - 2
"""Cells for what they do."""
_OTHER_KEYS: Final = ""
"""In the place of words: the other keys that do the same."""
_BEGIN: Final = 3
"""Lines of a section that stand together, if it has so many: its heading and two rows."""
_VERSIONS: Final = "Two versions"

_SECTIONS: Final = (
    (
        "In the notes",
        (
            ("choose-next choose-previous", "another card"),
            ("go", "to its passage"),
            ("filter", "filter"),
            ("notes-order", "sort"),
            ("choose-also choose-all", "several, all"),
        ),
    ),
    (
        "Mark",
        (
            (_ANY_LABEL, "label it"),
            ("label-last", "the last label"),
            ("remove", "remove"),
            ("tags", "tags"),
            ("highlight-next highlight-previous", "next, previous"),
            ("pick-highlight", "pick from list"),
            ("reshape", "reshape"),
        ),
    ),
    (
        "Select",
        (
            ("select select-sentence", "free, sentence"),
            ("select-left select-down select-up select-right", "as usual"),
            ("pick", "pick words"),
            ("pick-sentence", "pick a sentence"),
            ("grow shrink", "more, less"),
            ("text-object text-object-around", "word, sentence…"),
            ("swap-ends", "other end"),
            ("keep-ends", "keep the ends"),
            ("let-go", "let go"),
        ),
    ),
    ("Find", (("find", "as you type"), ("find-next find-previous", "next, previous"))),
    (
        "Write",
        (
            ("note note-article", "note, on it all"),
            ("undo redo", "undo, redo"),
            ("copy", "copy"),
            ("export", "export"),
            ("save", "save again"),
        ),
    ),
    (
        "Move",
        (
            ("caret-left caret-down caret-up caret-right", _OTHER_KEYS),
            ("word-next word-previous word-end", "word"),
            ("sentence-next sentence-previous", "sentence"),
            ("paragraph-next paragraph-previous", "paragraph"),
            ("line-start line-end", "line’s ends"),
            ("page-down page-up", "page"),
            ("half-page-down half-page-up", "half a page"),
            ("top bottom", "top, bottom"),
            ("contents", "contents"),
            ("back forward", "back, forward"),
            ("bookmark to-bookmark", "set, go to mark"),
            ("link", "pick a link"),
            ("follow", "follow the link"),
        ),
    ),
    (
        _VERSIONS,
        (
            ("version-keep version-take version-join", "this, that, all"),
            ("version-next", "to the next"),
            ("merge", "merge copies"),
        ),
    ),
    (
        "PactReader",
        (
            ("library", "library"),
            ("panes panel", "notes, hide"),
            ("help palette", "help, commands"),
            ("suspend", "pause"),
            ("quit", "quit"),
        ),
    ),
)
"""Every command with a key once: what shares a row is wanted together."""
_ONLY_IF_ABLE: Final = frozenset(
    {
        "text-object",
        "text-object-around",
        "swap-ends",
        "keep-ends",
        "save",
        "follow",
    }
)
"""Commands that are for a moment: the chart has them in that moment alone."""


class Row(NamedTuple):
    """Keys, and what they do; a heading has no keys, a space between sections neither."""

    keys: str
    words: str


def chart(keymap: Keymap, state: ScreenState) -> list[list[Row]]:
    """The sections of the chart, the heading of each on top."""
    sections = (one for one in _SECTIONS if one[0] != _VERSIONS or state.has_conflicts)
    found = ((title, [*_rows(rows, keymap, state)]) for title, rows in sections)
    return [[Row("", title), *rows] for title, rows in found if rows]


def charted_ids() -> list[str]:
    """The ids of the commands in the chart, `label` for all that label."""
    return [id_ for _title, rows in _SECTIONS for ids, _words in rows for id_ in ids.split()]


def _rows(rows: Sequence[tuple[str, str]], keymap: Keymap, state: ScreenState) -> Iterator[Row]:
    for ids, words in rows:
        if ids == _ANY_LABEL:
            if keymap.label_keys:
                yield Row(keymap.label_keys, words)
            continue
        commands = [keymap[id_] for id_ in ids.split()]
        first = commands[0]
        is_wanted = first.id not in _ONLY_IF_ABLE or not all(one.why_not(state) for one in commands)
        if is_wanted and first.works_in(state) and (keys := _keys(commands)):
            yield Row(keys, words or f"or {_second_keys(commands)}")


def _second_keys(commands: Sequence[Command]) -> str:
    return "".join(shown_key(command.keys[1]) for command in commands if len(command.keys) > 1)


def _keys(commands: Sequence[Command]) -> str:
    """The shortest keys of some commands, what they have in common once: `shift+←→`, `ctrl+d/u`."""
    shown = [min(map(shown_key, command.keys), key=len) for command in commands if command.keys]
    heads = {key.rpartition("+")[0] for key in shown if len(key) > 1}
    head = (
        f"{heads.pop()}+" if len(heads) == 1 and all("+" in key for key in shown) and len(shown) > 1 else ""
    )
    rest = [key.removeprefix(head) for key in shown]
    between = "" if _ARROWS.issuperset(rest) else "/" if head else " "
    return head + between.join(rest)


def columns(sections: Sequence[Sequence[Row]], count: int) -> list[list[Row]]:
    """The sections in so many columns at the most, as low as may be, a line between two sections.

    Args:
        sections: Rows, the heading of each on top.
        count: How many columns there is room for.
    """
    height = max(_BEGIN, ceil(sum(map(len, sections)) / count))
    while len(filled := _filled(sections, height)) > count:
        height += 1
    return filled


def _filled(sections: Sequence[Sequence[Row]], height: int) -> list[list[Row]]:
    """The sections in columns of a height; none begins at the foot of one."""
    filled: list[list[Row]] = [[]]
    for section in sections:
        for number, row in enumerate(section):
            needed = 1 if number else min(_BEGIN, len(section)) + bool(filled[-1])
            if height - len(filled[-1]) < needed:
                filled.append([])
            elif not number and filled[-1]:
                filled[-1].append(Row("", ""))
            filled[-1].append(row)
    return filled


def about(typed: str, keymap: Keymap) -> list[tuple[str, str, str]]:
    """The keys, titles and help of the commands that what was typed is about, those without a key too."""
    words = folded(typed).split()
    found = [(command.shown_keys, command.title.removesuffix("…"), command.help) for command in keymap]
    found += [
        (" ".join(map(shown_key, each.keys)), each.title, "While a note is typed.")
        for each in EDITOR_COMMANDS
    ]
    return [
        one
        for one in found
        if all(word in folded("\n".join(one)) or word in one[0].split() for word in words)
    ]


def labels_row(keymap: Keymap, names: Sequence[str]) -> list[tuple[str, str]]:
    """The keys of the labels and what these are called."""
    pairs = zip(keymap.labels, names, strict=True)
    return [
        (command.shown_keys, name) for command, name in pairs if command.keys and command.id.startswith(LABEL)
    ]
