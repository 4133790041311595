import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from pactreader.core.annotation import LABELS
from pactreader.tui.themes import DARK_THEME, LIGHT_THEME, READABLE, contrast, palette_of

THEMES = [DARK_THEME, LIGHT_THEME, *BUILTIN_THEMES.values()]


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


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_label_has_a_colour_of_its_own(theme):
    palette = palette_of(theme)

    assert {label.colour for label in LABELS} <= set(palette.inks)
    assert len({palette.inks[label.colour].mark.hex for label in LABELS}) == len(LABELS)


def test_contrast_is_that_of_wcag():
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color.parse("#767676")

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
