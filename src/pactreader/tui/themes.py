"""PactReader's dark and light themes, and the palettes that the panes are drawn with."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from textual.color import Color
from textual.theme import Theme

READABLE: Final = 4.5
"""The minimum contrast ratio of text (WCAG 2.2, success criterion 1.4.3)."""
_MIXED_SHARE: Final = 0.28
"""The share of a label's mark colour in the background of its highlights, about that of the palettes below."""


class LabelColours(NamedTuple):
    """The two colours of a label."""

    background: Color
    """Colour behind highlighted text."""
    mark: Color
    """Colour of the label's mark, name and tick."""


class Palette(NamedTuple):
    """The colours that the panes are drawn with. Text is readable on every background that it may have."""

    dark: bool
    background: Color
    panel: Color
    chosen: Color
    """Background of the chosen card."""
    text: Color
    muted: Color
    tint: Color
    """Background of the sentence at the caret."""
    selection: Color
    found: Color
    """Background of the hits of a search."""
    accent: Color
    warning: Color
    changed: Color
    """Colour of the marks of what has changed since it was last read."""
    track: Color
    """Colour of the scroll bar beside the article."""
    thumb: Color
    """Colour of the part of the scroll bar that is in view."""
    labels: Mapping[str, LabelColours]
    """The colours of labels, by the names in `COLOURS`."""

    def label_colours(self, colour: str) -> LabelColours:
        """Return the colours of a label.

        Args:
            colour: A name in `COLOURS`; or any colour, which is changed until it is readable here; or empty for a
                label without a colour.
        """
        if named := self.labels.get(colour):
            return named
        return self._mixed(Color.parse(colour)) if colour else LabelColours(self.tint, self.muted)

    def _mixed(self, colour: Color) -> LabelColours:
        """Make the mark and the background of a label from one colour."""
        mark = _readable(colour, self.background, self.panel, self.chosen, self.tint)
        background = self.background.blend(mark, _MIXED_SHARE)
        return LabelColours(_readable_background(self.text, background, self.background), mark)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(code: str) -> Color:
    """Return the colour of a code as `#15171c`, in a tenth of the time that Textual takes for colours of any kind."""
    return Color(*bytes.fromhex(code[1:]))


def _labels(**colours: tuple[str, str]) -> dict[str, LabelColours]:
    return {name: LabelColours(_hex(background), _hex(mark)) for name, (background, mark) in colours.items()}


DARK: Final = Palette(
    dark=True,
    background=_hex("#15171c"),
    panel=_hex("#1b1e25"),
    chosen=_hex("#262b36"),
    text=_hex("#d5d8df"),
    muted=_hex("#8f96a4"),
    tint=_hex("#20252f"),
    selection=_hex("#37415a"),
    found=_hex("#0f5257"),
    accent=_hex("#8ab4f8"),
    warning=_hex("#ff7d7d"),
    changed=_hex("#6fc3c0"),
    track=_hex("#1f232b"),
    thumb=_hex("#3a4150"),
    labels=_labels(
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
    background=_hex("#fbf8f2"),
    panel=_hex("#f3eee4"),
    chosen=_hex("#eae3d4"),
    text=_hex("#2b2a28"),
    muted=_hex("#675f56"),
    tint=_hex("#f1ebdd"),
    selection=_hex("#cfdcf2"),
    found=_hex("#a9e4e0"),
    accent=_hex("#1f5fbf"),
    warning=_hex("#b5301f"),
    changed=_hex("#1f6f70"),
    track=_hex("#ebe4d6"),
    thumb=_hex("#c9bfab"),
    labels=_labels(
        yellow=("#ffe9a0", "#7a5a00"),
        green=("#cdeed4", "#1a6e39"),
        blue=("#d2e6fb", "#1f5fbf"),
        red=("#fbd5cf", "#b5301f"),
        magenta=("#ecd8f6", "#7d3fa0"),
        orange=("#ffd7ad", "#954b00"),
    ),
)
# Of 256 colours, the nearest to those above would be a black panel and a pink sentence at the caret. So these palettes
# are made of the 256: the colour cube (00 5f 87 af d7 ff) and the greys. The light greys are given as Rich maps them:
# e0 becomes da, as Rich counts them from white.
DARK_256: Final = Palette(
    dark=True,
    background=_hex("#121212"),
    panel=_hex("#1c1c1c"),
    chosen=_hex("#303030"),
    text=_hex("#e0e0e0"),
    muted=_hex("#adadad"),
    tint=_hex("#262626"),
    selection=_hex("#444444"),
    found=_hex("#005f5f"),
    accent=_hex("#87afff"),
    warning=_hex("#ff8787"),
    changed=_hex("#5fd7d7"),
    track=_hex("#1c1c1c"),
    thumb=_hex("#4e4e4e"),
    labels=_labels(
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
    background=_hex("#ffffff"),
    panel=_hex("#f5f5f5"),
    chosen=_hex("#e0e0e0"),
    text=_hex("#262626"),
    muted=_hex("#585858"),
    tint=_hex("#ebebeb"),
    selection=_hex("#afd7ff"),
    found=_hex("#afd7d7"),
    accent=_hex("#005faf"),
    warning=_hex("#af0000"),
    changed=_hex("#005f5f"),
    track=_hex("#ebebeb"),
    thumb=_hex("#c2c2c2"),
    labels=_labels(
        yellow=("#ffffaf", "#5f5f00"),
        green=("#d7ffd7", "#005f00"),
        blue=("#d7d7ff", "#005faf"),
        red=("#ffd7d7", "#af0000"),
        magenta=("#ffd7ff", "#870087"),
        orange=("#ffd7af", "#5f0000"),
    ),
)
_COLOURS: Final = "pactreader-colours"
"""The variable of PactReader's own themes that names the number of colours they are made for."""


def _theme(name: str, palette: Palette, colours: str = "many") -> Theme:
    return Theme(
        name=name,
        dark=palette.dark,
        primary=palette.accent.hex,
        secondary=palette.labels["magenta"].mark.hex,
        accent=palette.accent.hex,
        warning=palette.labels["yellow"].mark.hex,
        error=palette.warning.hex,
        success=palette.labels["green"].mark.hex,
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
    """Return PactReader's dark and light theme for a terminal.

    Args:
        colour_system: Rich's name for the colours of the terminal.
    """
    if colour_system != "256":
        return DARK_THEME, LIGHT_THEME
    return _theme(DARK_THEME.name, DARK_256, "256"), _theme(LIGHT_THEME.name, LIGHT_256, "256")


def palette_of(theme: Theme) -> Palette:
    """Return the palette of a theme.

    PactReader's own themes have the palettes above. For another theme, all colours are derived from its background,
    surface, text, accent and error colours and the labels of the own dark or light palette, with readable contrasts.
    A theme of ANSI colours, which the terminal defines, has none to compute with: it gets the own palette.
    """
    own = DARK if theme.dark else LIGHT
    if own_palette := _OWN.get((theme.name, theme.variables.get(_COLOURS, ""))):
        return own_palette
    if theme.ansi:
        return own
    colours = theme.to_color_system().generate()
    background = _opaque(colours["background"], own.background)
    panel = _opaque(colours["surface"], own.panel)
    text = _readable(_opaque(colours["foreground"], own.text), background, panel)
    chosen = panel.blend(text, 0.08)
    accent = _opaque(colours["accent"], own.accent)
    tint = background.blend(text, 0.06)
    backgrounds = (background, panel, chosen, tint)
    selection = background.blend(accent, 0.25)
    text = _readable(text, *backgrounds, selection)
    found = _readable_background(text, background.blend(own.found, 0.8), background)
    return Palette(
        dark=theme.dark,
        background=background,
        panel=panel,
        chosen=chosen,
        text=text,
        muted=_readable(background.blend(text, 0.6), *backgrounds),
        tint=tint,
        selection=selection,
        found=found,
        accent=_readable(accent, *backgrounds),
        warning=_readable(_opaque(colours["error"], own.warning), *backgrounds),
        changed=_readable(own.changed, *backgrounds),
        track=background.blend(text, 0.05),
        thumb=background.blend(text, 0.2),
        labels={
            name: LabelColours(
                _readable_background(text, background.blend(label.mark, _MIXED_SHARE), background),
                _readable(label.mark, *backgrounds),
            )
            for name, label in own.labels.items()
        },
    )


def _opaque(value: str, default: Color) -> Color:
    """Return a colour without its opacity, or the default if it is one that the terminal chooses."""
    colour = Color.parse(value)
    return default if colour.ansi is not None else Color(colour.r, colour.g, colour.b)


def _readable_background(text: Color, background: Color, plain: Color) -> Color:
    """Return a background, moved towards a plain one in steps of 5 % until a text is readable on it."""
    for step in range(21):
        moved = background.blend(plain, step / 20)
        if contrast(text, moved) >= READABLE:
            return moved
    return plain


def _readable(colour: Color, *backgrounds: Color) -> Color:
    """Return a colour, moved towards black or white in steps of 5 % until it is readable on every background."""
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    goal = max((white, black), key=lambda end: min(contrast(end, background) for background in backgrounds))
    for step in range(21):
        moved = colour.blend(goal, step / 20)
        if all(contrast(moved, background) >= READABLE for background in backgrounds):
            return moved
    return goal
