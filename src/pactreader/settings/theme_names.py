"""The names of the themes, for code that does not import Textual."""

from collections.abc import Mapping
from typing import Final

OWN_THEMES: Final = ("pactreader-dark", "pactreader-light")
TEXTUAL_THEMES: Final = (
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
)
"""The keys of `textual.theme.BUILTIN_THEMES`; a test compares them."""


def unknown_theme_reason(name: str) -> str:
    """Return the end of a message that a theme does not exist, with similar names; empty if it does."""
    known = (*OWN_THEMES, *TEXTUAL_THEMES)
    if name in known:
        return ""
    from difflib import get_close_matches  # not needed where the name is right

    own = [each for each in OWN_THEMES if each.endswith(name)]
    near = own or get_close_matches(name, known, 3, 0.4) or OWN_THEMES
    return f"there is no such theme, but {', '.join(near)}"


def theme_problem(name: str, locations: Mapping[tuple[str, ...], str]) -> str:
    """Return the problem with the theme in the settings, if it does not exist; else an empty string.

    Args:
        name: The name of the theme.
        locations: The line of each setting in the file.
    """
    problem = unknown_theme_reason(name)
    return f"{locations['theme',]} sets theme, which is “{name[:40]}”: {problem}." if problem else ""
