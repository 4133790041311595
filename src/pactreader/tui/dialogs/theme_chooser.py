"""The theme chooser."""

from collections.abc import Callable, Iterable, Sequence

from textual.theme import Theme

from pactreader.core.search import fold, has_words
from pactreader.tui.dialogs.chooser import Chooser, Option


def theme_chooser(themes: Iterable[Theme], current: str, on_choose: Callable[[str], None]) -> Chooser[str]:
    """Create the theme chooser, which lists PactReader's own themes first.

    Args:
        themes: All themes.
        current: The name of the theme in use.
        on_choose: A function called with the name of the chosen theme.
    """
    all_options = [
        Option(theme.name, theme.name, "dark" if theme.dark else "light")
        for theme in sorted(themes, key=_own_first)
    ]

    def options(typed: str) -> Sequence[Option[str]]:
        words = fold(typed).split()
        return [option for option in all_options if has_words(f"{option.title} {option.detail}", words)]

    return Chooser(
        "Theme",
        options=options,
        on_choose=on_choose,
        confirm_label="puts it on",
        current_index=next((index for index, option in enumerate(all_options) if option.value == current), 0),
        empty_message="No theme is called that.",
        placeholder="a name, dark or light",
    )


def _own_first(theme: Theme) -> tuple[bool, str]:
    return not theme.name.startswith("pactreader"), theme.name
