"""The names of the themes, and the message about one that does not exist."""

from textual.theme import BUILTIN_THEMES

from pactreader.settings.theme_names import OWN_THEMES, TEXTUAL_THEMES, theme_problem
from pactreader.tui.themes import DARK_THEME, LIGHT_THEME


def test_the_names_are_those_of_the_themes_there_are():
    assert tuple(BUILTIN_THEMES) == TEXTUAL_THEMES
    assert (DARK_THEME.name, LIGHT_THEME.name) == OWN_THEMES


def test_an_unknown_theme_is_reported_with_similar_ones():
    locations = {("theme",): "config.toml, line 3"}
    assert theme_problem("nord", locations) == ""
    assert theme_problem("pactreader-light", locations) == ""
    assert "no such theme, but nord" in theme_problem("nrod", locations)
    message = theme_problem("x" * 500, locations)
    assert message.startswith("config.toml, line 3 sets theme")
    assert message.endswith("but pactreader-dark, pactreader-light.")
    assert len(message) < 200
