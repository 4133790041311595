import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from pactreader.core.labels import COLOURS
from pactreader.tui.page.painter import Painter
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
def test_every_text_is_readable_on_its_backgrounds(theme):
    palette = palette_of(theme)
    backgrounds = (palette.background, palette.panel, palette.chosen)
    pairs = {
        f"text on {colour}": (palette.text, label.background) for colour, label in palette.labels.items()
    }
    pairs |= {
        "text on the tint": (palette.text, palette.tint),
        "text on a selection": (palette.text, palette.selection),
    }
    for role in ("accent", "muted"):
        pairs[f"{role} on the tint"] = (getattr(palette, role), palette.tint)
    for number, background in enumerate(backgrounds):
        for role in ("text", "muted", "accent", "warning", "changed"):
            pairs[f"{role} on background {number}"] = (getattr(palette, role), background)
        for colour, label in palette.labels.items():
            pairs[f"{colour} mark on background {number}"] = (label.mark, background)

    unreadable = {
        name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READABLE
    }
    assert not unreadable


_COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02X}{:02x}".format(*rgb))


@pytest.mark.slow
@given(_COLOURS)
@example("#000000")
@example("#ffffff")
@example("#808080")
@example("#15171c")
@example("#fbf8f2")
def test_a_label_of_any_colour_is_readable_in_every_theme(colour):
    for palette in map(palette_of, THEMES):
        label = palette.label_colours(colour)
        assert contrast(palette.text, label.background) >= READABLE
        for background in (palette.background, palette.panel, palette.chosen, palette.tint):
            assert contrast(label.mark, background) >= READABLE


@given(_COLOURS)
@example("#000000")
@example("#ffffff")
@example("#15171c")
@example("#fbf8f2")
def test_a_highlight_of_any_colour_is_visible_in_our_themes(colour):
    for palette in map(palette_of, (DARK_THEME, LIGHT_THEME)):
        assert contrast(palette.label_colours(colour).background, palette.background) >= 1.1


def test_a_readable_colour_is_used_unchanged():
    assert palette_of(DARK_THEME).label_colours("#12ab9f").mark.hex == "#12AB9F"


def test_a_label_without_a_colour_is_plain():
    palette = palette_of(DARK_THEME)
    assert (palette.label_colours("").background, palette.label_colours("").mark) == (
        palette.tint,
        palette.muted,
    )


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_label_has_a_colour_of_its_own(theme):
    palette = palette_of(theme)

    assert set(palette.labels) == set(COLOURS)
    assert len({palette.labels[colour].mark.hex for colour in COLOURS}) == len(COLOURS)


def test_contrast_is_that_of_wcag():
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color.parse("#767676")

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)


def in_256_colours(colour: Color) -> Color:
    """Return the colour that a terminal of 256 colours shows."""
    return Color.parse(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex)


@pytest.mark.parametrize("theme", own_themes("256"), ids=lambda theme: theme.name)
def test_with_256_colours_text_is_readable_and_backgrounds_differ(theme):
    palette = palette_of(theme)
    backgrounds = [palette.background, palette.chosen, palette.tint, palette.selection, palette.found]
    labels = [label for name, label in palette.labels.items() if name != "orange"]
    assert (
        len(
            {in_256_colours(colour).hex for colour in (*backgrounds, *(label.background for label in labels))}
        )
        == 10
    )
    for colour in (*backgrounds, palette.panel, *(label.background for label in labels)):
        assert contrast(in_256_colours(palette.text), in_256_colours(colour)) >= READABLE
    for background in (palette.background, palette.panel, palette.chosen, palette.tint):
        colours = (palette.muted, palette.accent, palette.warning, palette.changed)
        for colour in (*colours, *(label.mark for label in labels)):
            assert contrast(in_256_colours(colour), in_256_colours(background)) >= READABLE


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_current_hit_is_the_strongest_on_the_page(theme):
    palette = palette_of(theme)
    painter = Painter(palette, palette.background)
    current = Color.from_rich_color(painter.current.bgcolor)
    others = [
        palette.found,
        palette.selection,
        palette.tint,
        *(label.background for label in palette.labels.values()),
    ]

    assert contrast(Color.from_rich_color(painter.current.color), current) >= READABLE
    assert contrast(current, palette.background) > 1.3 * max(
        contrast(other, palette.background) for other in others
    )
