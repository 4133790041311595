"""The command palette: the list of commands with their keys."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Final

from textual.fuzzy import Matcher

from pactreader.core.search import fold, has_words
from pactreader.tui.dialogs.chooser import Chooser, Option
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command, Group
from pactreader.tui.keys.screen_state import ScreenState

_GROUP_ORDER: Final = (
    Group.MARK,
    Group.WRITE,
    Group.CONFLICTS,
    Group.SELECT,
    Group.FIND,
    Group.MOVE,
    Group.NOTES,
    Group.APP,
)
"""The order of the commands while nothing is typed: what is looked for by name before motions, which have keys."""


def command_palette(keymap: Keymap, state: ScreenState, run: Callable[[Command], None]) -> Chooser[Command]:
    """Create the command palette.

    It finds the commands that have all typed words in title and help, first the one with this title, then those that
    have the words in the title. If there are none, it finds those with the typed letters in the title: "hlkp" finds "Highlight as Key point".

    Args:
        keymap: The commands and their keys.
        state: The state of the screen, which decides what can run now.
        run: A function called with the chosen command.
    """
    commands = sorted(keymap, key=lambda command: _GROUP_ORDER.index(command.group))
    all_options = [
        Option(
            command,
            command.title,
            command.shown_keys,
            description=keymap.disabled_reason(command, state) or command.help,
        )
        for command in commands
    ]
    texts = [(_folded_title(command), fold(f"{command.title} {command.help}")) for command in commands]

    def options(typed: str) -> Sequence[Option[Command]]:
        words = fold(typed).split()
        found = [
            ((title.split() == words, has_words(title, words)), option)
            for (title, text), option in zip(texts, all_options, strict=True)
            if has_words(text, words)
        ]
        titles_first = sorted(found, key=itemgetter(0), reverse=True)
        return [option for _, option in titles_first] or _by_letters(typed, all_options)

    return Chooser(
        "Commands",
        options=options,
        on_choose=run,
        confirm_label="does it",
        empty_message="No command is called that.",
        placeholder="words of what you want",
    )


def _folded_title(command: Command) -> str:
    return fold(command.title.removesuffix("…"))


def _by_letters(typed: str, options: Iterable[Option[Command]]) -> Sequence[Option[Command]]:
    """Return the options with the typed letters in their titles, in this order, the best match first."""
    match = Matcher(typed).match
    scored = [(match(option.title), option) for option in options]
    return [option for score, option in sorted(scored, key=itemgetter(0), reverse=True) if score]
