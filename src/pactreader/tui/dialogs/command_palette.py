"""Every command with its keys, to find by words of its title or its help, or by some letters of the title."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from textual.fuzzy import Matcher

from pactreader.core.search import folded, has_words
from pactreader.tui.dialogs.chooser import Choice, Chooser
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command, ScreenState


def command_palette(keymap: Keymap, state: ScreenState, run: Callable[[Command], None]) -> Chooser[Command]:
    """The list of commands.

    Args:
        keymap: Has them, on their keys.
        state: What the reader is in the middle of: what cannot run now says why.
        run: Runs the one that is chosen.
    """
    choices = [
        Choice(
            command,
            command.title,
            command.shown_keys,
            more=keymap.why_not(command, state) or command.help,
        )
        for command in keymap
    ]
    texts = [(folded(command.title), folded(f"{command.title} {command.help}")) for command in keymap]

    def find(typed: str) -> Sequence[Choice[Command]]:
        words = folded(typed).split()
        found = [
            (has_words(title, words), choice)
            for (title, text), choice in zip(texts, choices, strict=True)
            if has_words(text, words)
        ]
        named_first = sorted(found, key=itemgetter(0), reverse=True)
        return [choice for _, choice in named_first] or _like(typed, choices)

    return Chooser(
        "Commands",
        find=find,
        take=run,
        takes="does it",
        otherwise="No command is called that.",
        placeholder="words of what you want",
    )


def _like(typed: str, choices: Iterable[Choice[Command]]) -> Sequence[Choice[Command]]:
    """The commands whose titles have the letters in their order, the likest first."""
    match = Matcher(typed).match
    scored = [(match(choice.title), choice) for choice in choices]
    return [choice for score, choice in sorted(scored, key=itemgetter(0), reverse=True) if score]
