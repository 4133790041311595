"""The themes, to choose from."""

from collections.abc import Callable, Iterable, Sequence

from textual.theme import Theme

from pactreader.core.search import fold, has_words
from pactreader.tui.dialogs.chooser import Choice, Chooser


def theme_chooser(themes: Iterable[Theme], current: str, take: Callable[[str], None]) -> Chooser[str]:
    """The list of themes, PactReader's own first.

    Args:
        themes: All there are.
        current: The name of the one that is on.
        take: Takes the name of the one that is chosen.
    """
    choices = [
        Choice(theme.name, theme.name, "dark" if theme.dark else "light")
        for theme in sorted(themes, key=_own_first)
    ]

    def find(typed: str) -> Sequence[Choice[str]]:
        words = fold(typed).split()
        return [choice for choice in choices if has_words(f"{choice.title} {choice.details}", words)]

    chosen = next((at for at, choice in enumerate(choices) if choice.value == current), 0)
    return Chooser(
        "Theme",
        find=find,
        take=take,
        takes="puts it on",
        chosen=chosen,
        otherwise="No theme is called that.",
        placeholder="a name, dark or light",
    )


def _own_first(theme: Theme) -> tuple[bool, str]:
    return not theme.name.startswith("pactreader"), theme.name
