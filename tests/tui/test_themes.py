import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from pactreader.core.labels import COLOURS
from pactreader.tui.themes import (
    DARK_THEME,
    LIGHT_THEME,
    READABLE,
    contrast,
    own_themes,
    palette_of,
)

THEMES = [DARK_THEME, LIGHT_THEME, *own_themes("256"), *BUILTIN_THEMES.values()]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_is_readable_on_what_it_lies_on(theme):
    palette = palette_of(theme)
    grounds = (palette.background, palette.panel, palette.chosen)
    pairs = {f"text on {colour}": (palette.text, ink.behind) for colour, ink in palette.inks.items()}
    pairs |= {
        "text on the tint": (palette.text, palette.tint),
        "text on a selection": (palette.text, palette.selection),
    }
    for role in ("accent", "muted"):
        pairs[f"{role} on the tint"] = (getattr(palette, role), palette.tint)
    for number, ground in enumerate(grounds):
        for role in ("text", "muted", "accent", "warning"):
            pairs[f"{role} on ground {number}"] = (getattr(palette, role), ground)
        for colour, ink in palette.inks.items():
            pairs[f"{colour} mark on ground {number}"] = (ink.mark, ground)

    unreadable = {
        name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READABLE
    }
    assert not unreadable


_COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02X}{:02x}".format(*rgb))


@given(_COLOURS)
@example("#000000")
@example("#ffffff")
@example("#808080")
@example("#15171c")
@example("#fbf8f2")
def test_a_label_of_any_colour_is_readable_in_every_theme(colour):
    for palette in map(palette_of, THEMES):
        ink = palette.ink(colour)
        assert contrast(palette.text, ink.behind) >= READABLE
        for ground in (palette.background, palette.panel, palette.chosen, palette.tint):
            assert contrast(ink.mark, ground) >= READABLE


@given(_COLOURS)
@example("#000000")
@example("#ffffff")
@example("#15171c")
@example("#fbf8f2")
def test_a_highlight_of_any_colour_can_be_seen_in_pactreaders_themes(colour):
    for palette in map(palette_of, (DARK_THEME, LIGHT_THEME)):
        assert contrast(palette.ink(colour).behind, palette.background) >= 1.1


def test_a_readable_colour_is_taken_as_it_is():
    assert palette_of(DARK_THEME).ink("#12ab9f").mark.hex == "#12AB9F"


def test_a_label_without_a_colour_is_plain():
    palette = palette_of(DARK_THEME)
    assert (palette.ink("").behind, palette.ink("").mark) == (palette.tint, palette.muted)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_label_has_a_colour_of_its_own(theme):
    palette = palette_of(theme)

    assert set(palette.inks) == set(COLOURS)
    assert len({palette.inks[colour].mark.hex for colour in COLOURS}) == len(COLOURS)


def test_contrast_is_that_of_wcag():
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color.parse("#767676")

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)


def shown(colour: Color) -> Color:
    """What a terminal of 256 colours makes of it."""
    return Color.parse(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex)


@pytest.mark.parametrize("theme", own_themes("256"), ids=lambda theme: theme.name)
def test_with_256_colours_everything_is_readable_and_no_ground_looks_like_another(theme):
    palette = palette_of(theme)
    grounds = [palette.background, palette.chosen, palette.tint, palette.selection, palette.found]
    inks = [ink for name, ink in palette.inks.items() if name != "orange"]
    assert len({shown(colour).hex for colour in (*grounds, *(ink.behind for ink in inks))}) == 10
    for colour in (*grounds, palette.panel, *(ink.behind for ink in inks)):
        assert contrast(shown(palette.text), shown(colour)) >= READABLE
    for ground in (palette.background, palette.panel, palette.chosen, palette.tint):
        for colour in (palette.muted, palette.accent, palette.warning, *(ink.mark for ink in inks)):
            assert contrast(shown(colour), shown(ground)) >= READABLE
