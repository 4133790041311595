"""The command palette: every command, found by words of its title or help, or by letters of the title."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from textual.fuzzy import Matcher

from pactreader.core.search import fold, has_words
from pactreader.tui.dialogs.chooser import Choice, Chooser
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command
from pactreader.tui.keys.screen_state import ScreenState


def command_palette(keymap: Keymap, state: ScreenState, run: Callable[[Command], None]) -> Chooser[Command]:
    """Return the dialog.

    Args:
        keymap: The commands on their keys.
        state: The state of the reading screen; a command that cannot run now says why.
        run: Runs the chosen command.
    """
    choices = [
        Choice(
            command, command.title, command.shown_keys, more=keymap.why_not(command, state) or command.help
        )
        for command in keymap
    ]
    texts = [(fold(command.title), fold(f"{command.title} {command.help}")) for command in keymap]

    def find(typed: str) -> Sequence[Choice[Command]]:
        words = fold(typed).split()
        found = [
            (has_words(title, words), choice)
            for (title, text), choice in zip(texts, choices, strict=True)
            if has_words(text, words)
        ]
        title_first = sorted(found, key=itemgetter(0), reverse=True)
        return [choice for _, choice in title_first] or _fuzzy_matches(typed, choices)

    return Chooser(
        "Commands",
        find=find,
        take=run,
        takes="does it",
        otherwise="No command is called that.",
        placeholder="words of what you want",
    )


def _fuzzy_matches(typed: str, choices: Iterable[Choice[Command]]) -> Sequence[Choice[Command]]:
    """Return the commands whose titles have the letters in their order, the best match first."""
    match = Matcher(typed).match
    scored = [(match(choice.title), choice) for choice in choices]
    return [choice for score, choice in sorted(scored, key=itemgetter(0), reverse=True) if score]
