"""PactReader's two themes, and the palette that the panes draw with, made from whatever theme is on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.color import Color
from textual.theme import Theme

READABLE: Final = 4.5
"""The least contrast of text, after WCAG 2.2, success criterion 1.4.3."""


@dataclass(frozen=True)
class Ink:
    """The two colours of a label."""

    behind: Color
    """Lies behind the text."""
    mark: Color
    """Is its mark, its name and its tick."""


@dataclass(frozen=True)
class Palette:
    """The colours that the panes are drawn with, every text of them readable on what it lies on."""

    dark: bool
    background: Color
    panel: Color
    chosen: Color
    """Behind the chosen card."""
    text: Color
    muted: Color
    tint: Color
    """Behind the sentence at the caret."""
    selection: Color
    found: Color
    """Behind what was looked for."""
    accent: Color
    warning: Color
    track: Color
    """The bar beside the article."""
    thumb: Color
    inks: Mapping[str, Ink]
    """By the names of `COLOURS`."""

    def ink(self, colour: str) -> Ink:
        """A label's two colours, made from its own until they are readable here; plain ones if it has none."""
        if ink := self.inks.get(colour):
            return ink
        return self._mixed(Color.parse(colour)) if colour else Ink(self.tint, self.muted)

    def _mixed(self, colour: Color) -> Ink:
        """The colour as a mark, and mixed into the page as what lies behind the text."""
        mark = _readable(colour, self.background, self.panel, self.chosen, self.tint)
        return Ink(_ground_for(self.text, self.background.blend(mark, 0.28), self.background), mark)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _inks(**colours: tuple[str, str]) -> dict[str, Ink]:
    return {name: Ink(Color.parse(behind), Color.parse(mark)) for name, (behind, mark) in colours.items()}


DARK: Final = Palette(
    dark=True,
    background=Color.parse("#15171c"),
    panel=Color.parse("#1b1e25"),
    chosen=Color.parse("#262b36"),
    text=Color.parse("#d5d8df"),
    muted=Color.parse("#8f96a4"),
    tint=Color.parse("#20252f"),
    selection=Color.parse("#37415a"),
    found=Color.parse("#0f5257"),
    accent=Color.parse("#8ab4f8"),
    warning=Color.parse("#ff7d7d"),
    track=Color.parse("#1f232b"),
    thumb=Color.parse("#3a4150"),
    inks=_inks(
        yellow=("#4d4213", "#f2cf4a"),
        green=("#1e4330", "#5fd08f"),
        blue=("#1c3d5e", "#6cb2ff"),
        red=("#5a272c", "#ff7d7d"),
        magenta=("#472b54", "#d79bf0"),
        orange=("#573313", "#ffab5c"),
    ),
)
LIGHT: Final = Palette(
    dark=False,
    background=Color.parse("#fbf8f2"),
    panel=Color.parse("#f3eee4"),
    chosen=Color.parse("#eae3d4"),
    text=Color.parse("#2b2a28"),
    muted=Color.parse("#675f56"),
    tint=Color.parse("#f1ebdd"),
    selection=Color.parse("#cfdcf2"),
    found=Color.parse("#a9e4e0"),
    accent=Color.parse("#1f5fbf"),
    warning=Color.parse("#b5301f"),
    track=Color.parse("#ebe4d6"),
    thumb=Color.parse("#c9bfab"),
    inks=_inks(
        yellow=("#ffe9a0", "#7a5a00"),
        green=("#cdeed4", "#1a6e39"),
        blue=("#d2e6fb", "#1f5fbf"),
        red=("#fbd5cf", "#b5301f"),
        magenta=("#ecd8f6", "#7d3fa0"),
        orange=("#ffd7ad", "#954b00"),
    ),
)
# On a terminal of 256 colours the nearest to those above would be a black panel and a pink sentence at the caret.
# These are of the terminal's own cube (00 5f 87 af d7 ff) and of greys, the light ones as Rich has to be given them:
# it takes e0 for da, as it counts them from white.
DARK_256: Final = Palette(
    dark=True,
    background=Color.parse("#121212"),
    panel=Color.parse("#1c1c1c"),
    chosen=Color.parse("#303030"),
    text=Color.parse("#e0e0e0"),
    muted=Color.parse("#adadad"),
    tint=Color.parse("#262626"),
    selection=Color.parse("#444444"),
    found=Color.parse("#005f5f"),
    accent=Color.parse("#87afff"),
    warning=Color.parse("#ff8787"),
    track=Color.parse("#1c1c1c"),
    thumb=Color.parse("#4e4e4e"),
    inks=_inks(
        yellow=("#5f5f00", "#ffd75f"),
        green=("#005f00", "#5fd787"),
        blue=("#005f87", "#5fafff"),
        red=("#5f0000", "#ff8787"),
        magenta=("#5f005f", "#d787ff"),
        orange=("#5f5f00", "#ffaf5f"),
    ),
)
LIGHT_256: Final = Palette(
    dark=False,
    background=Color.parse("#ffffff"),
    panel=Color.parse("#f5f5f5"),
    chosen=Color.parse("#e0e0e0"),
    text=Color.parse("#262626"),
    muted=Color.parse("#585858"),
    tint=Color.parse("#ebebeb"),
    selection=Color.parse("#afd7ff"),
    found=Color.parse("#afd7d7"),
    accent=Color.parse("#005faf"),
    warning=Color.parse("#af0000"),
    track=Color.parse("#ebebeb"),
    thumb=Color.parse("#c2c2c2"),
    inks=_inks(
        yellow=("#ffffaf", "#5f5f00"),
        green=("#d7ffd7", "#005f00"),
        blue=("#d7d7ff", "#005faf"),
        red=("#ffd7d7", "#af0000"),
        magenta=("#ffd7ff", "#870087"),
        orange=("#ffd7af", "#5f0000"),
    ),
)
_COLOURS: Final = "pactreader-colours"
"""The variable of our themes that says for how many colours they are."""


def _theme(name: str, palette: Palette, colours: str = "many") -> Theme:
    return Theme(
        name=name,
        dark=palette.dark,
        primary=palette.accent.hex,
        secondary=palette.inks["magenta"].mark.hex,
        accent=palette.accent.hex,
        warning=palette.inks["yellow"].mark.hex,
        error=palette.warning.hex,
        success=palette.inks["green"].mark.hex,
        foreground=palette.text.hex,
        background=palette.background.hex,
        surface=palette.panel.hex,
        panel=palette.panel.hex,
        boost=palette.chosen.hex,
        variables={
            "input-selection-background": palette.selection.hex,
            "border": palette.muted.hex,
            _COLOURS: colours,
        },
    )


DARK_THEME: Final = _theme("pactreader-dark", DARK)
LIGHT_THEME: Final = _theme("pactreader-light", LIGHT)
_OWN: Final = {
    (DARK_THEME.name, "many"): DARK,
    (LIGHT_THEME.name, "many"): LIGHT,
    (DARK_THEME.name, "256"): DARK_256,
    (LIGHT_THEME.name, "256"): LIGHT_256,
}


def own_themes(colour_system: str | None) -> tuple[Theme, Theme]:
    """PactReader's dark and its light theme, for a terminal.

    Args:
        colour_system: What it can show, as Rich calls it.
    """
    if colour_system != "256":
        return DARK_THEME, LIGHT_THEME
    return _theme(DARK_THEME.name, DARK_256, "256"), _theme(LIGHT_THEME.name, LIGHT_256, "256")


def palette_of(theme: Theme) -> Palette:
    """The palette of a theme.

    Ours are drawn by hand. Of Textual's, the background and the text are taken, and everything else is mixed
    from them with the inks of our own dark or light palette until it is readable. A theme that leaves its
    colours to the terminal names none that could be mixed: it is drawn in ours.
    """
    own = DARK if theme.dark else LIGHT
    if hand_made := _OWN.get((theme.name, theme.variables.get(_COLOURS, ""))):
        return hand_made
    if theme.ansi:
        return own
    colours = theme.to_color_system().generate()
    background = _opaque(colours["background"], own.background)
    panel = _opaque(colours["surface"], own.panel)
    text = _readable(_opaque(colours["foreground"], own.text), background, panel)
    chosen = panel.blend(text, 0.08)
    accent = _opaque(colours["accent"], own.accent)
    tint = background.blend(text, 0.06)
    grounds = (background, panel, chosen, tint)
    selection = background.blend(accent, 0.25)
    text = _readable(text, *grounds, selection)
    found = _ground_for(text, background.blend(own.found, 0.8), background)
    return Palette(
        dark=theme.dark,
        background=background,
        panel=panel,
        chosen=chosen,
        text=text,
        muted=_readable(background.blend(text, 0.6), *grounds),
        tint=tint,
        selection=selection,
        found=found,
        accent=_readable(accent, *grounds),
        warning=_readable(_opaque(colours["error"], own.warning), *grounds),
        track=background.blend(text, 0.05),
        thumb=background.blend(text, 0.2),
        inks={
            name: Ink(
                _ground_for(text, background.blend(ink.mark, 0.28), background), _readable(ink.mark, *grounds)
            )
            for name, ink in own.inks.items()
        },
    )


def _opaque(value: str, otherwise: Color) -> Color:
    colour = Color.parse(value)
    return otherwise if colour.ansi is not None else Color(colour.r, colour.g, colour.b)


def _ground_for(text: Color, ground: Color, plain: Color) -> Color:
    """The ground, moved towards a plain one until a text is readable on it."""
    for step in range(21):
        moved = ground.blend(plain, step / 20)
        if contrast(text, moved) >= READABLE:
            return moved
    return plain


def _readable(colour: Color, *grounds: Color) -> Color:
    """The colour, moved towards black or white until it is readable on every ground."""
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    goal = max((white, black), key=lambda end: min(contrast(end, ground) for ground in grounds))
    for step in range(21):
        moved = colour.blend(goal, step / 20)
        if all(contrast(moved, ground) >= READABLE for ground in grounds):
            return moved
    return goal
