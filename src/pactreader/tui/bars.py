"""The lines above and below the page: title and count, keys, and what there is to say."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from pactreader.core.printable_text import pluralise, printable_line
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.page.typesetting import broken, fitted
from pactreader.tui.themes import Palette

_SAID_FOR: Final = 6.0
"""Seconds that a message stays unless the reader goes on first."""
_A_LINE_FOR: Final = 3.0
"""Seconds more for every further line that there is to read."""
_LINE_READ: Final = 80
"""Characters of such a line."""
_MOST_LINES: Final = 5
"""Lines that a message takes at the most."""


class _Bar(Widget):
    """One line in the panel's colours."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette: Palette | None = None

    def paint_with(self, palette: Palette) -> None:
        """Draw in another palette from now on."""
        self.palette = palette
        self.refresh()

    def _style(self, role: str, *, bold: bool = False) -> Style:
        assert self.palette is not None
        return Style(
            color=getattr(self.palette, role).rich_color, bgcolor=self.palette.panel.rich_color, bold=bold
        )


class TitleBar(_Bar):
    """The article's title; how many highlights are safely on disk; how far the reader is."""

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = printable_line(title)
        self._shown: tuple[int | None, int | None] = (None, None)
        self._unsaved = 0

    def rename(self, title: str) -> None:
        """Show another title."""
        if (shown := printable_line(title)) != self._title:
            self._title = shown
            self.refresh()

    def show(self, highlights: int | None, progress: float | None, *, unsaved: int) -> None:
        """Show a count and a progress from 0 to 1, if they are known, and how many changes did not reach the disk."""
        shown = (highlights, None if progress is None else round(progress * 100))
        if (shown, unsaved) != (self._shown, self._unsaved):
            self._shown, self._unsaved = shown, unsaved
            self.refresh()

    def render_line(self, _y: int) -> Strip:
        """The one line."""
        highlights, percent = self._shown
        count = "" if highlights is None else pluralise(highlights, "highlight")
        right = " · ".join(filter(None, (count, "" if percent is None else f"{percent} %"))) + " "
        many = f"{self._unsaved} " if self._unsaved > 1 else ""
        warning = f"{many}not saved · " if self._unsaved else ""
        width = self.size.width
        room = width - cell_len(right) - len(warning) - 3
        left = f" {fitted(self._title, room)}" if room > 0 else ""
        gap = max(0, width - cell_len(left) - cell_len(warning) - cell_len(right))
        segments = [
            Segment(left + " " * gap, self._style("text", bold=True)),
            Segment(warning, self._style("warning", bold=True)),
            Segment(right, self._style("muted")),
        ]
        return Strip(segments).adjust_cell_length(width, self._style("muted"))


class FooterBar(_Bar):
    """What can be done now; or, for a while, what there is to say."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str]] = []
        self._said = ""
        self._is_warning = False
        self._lines: list[str] = []
        """What is said, as it is broken at this width."""
        self._timer: Timer | None = None

    def show(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show keys and what they do."""
        shown = list(keys)
        if shown != self._keys:
            self._keys = shown
            self.refresh()

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something instead, until the reader goes on or a few seconds are over; a warning stays longer."""
        self._said, self._is_warning = printable_line(text), warning
        if self._timer:
            self._timer.stop()
        seconds = _SAID_FOR + _A_LINE_FOR * (len(self._said) // _LINE_READ)
        self._timer = None if warning else self.set_timer(seconds, self.hush)
        self._make_room()

    def hush(self) -> None:
        """Show the keys again."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self._said:
            self._said = ""
            self._make_room()

    def on_resize(self) -> None:
        """Break what is said anew."""
        self._make_room()

    def _make_room(self) -> None:
        """Be as high as what is said is long: no part of a reason is cut off."""
        width = self.size.width or self.app.size.width
        lines = broken(self._said, width - 2) if self._said else []
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], fitted(" ".join(lines[_MOST_LINES - 1 :]), width - 2)]
        self._lines = lines
        height = max(1, len(lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of what is said; or the one line of as many keys as there is room for."""
        width = self.size.width
        if self._said:
            style = self._style("warning" if self._is_warning else "text", bold=self._is_warning)
            said = f" {self._lines[y]}" if y < len(self._lines) else ""
            return Strip([Segment(said, style)]).adjust_cell_length(width, style)
        segments: list[Segment] = [Segment(" ", self._style("muted"))]
        for number, (key, word) in enumerate(self._fitting(width - 2)):
            gap = "   " if number else ""
            segments.append(Segment(gap + key, self._style("accent", bold=True)))
            segments.append(Segment(f" {word}", self._style("muted")))
        return Strip(segments).adjust_cell_length(width, self._style("muted"))

    def _fitting(self, room: int) -> list[tuple[str, str]]:
        """The keys that fit, those before the last two given up from the right: help and quitting stay."""
        keys = list(self._keys)
        while len(keys) > 2 and sum(cell_len(key) + cell_len(word) + 4 for key, word in keys) - 3 > room:
            del keys[-3]
        return keys


class HintBar(_Bar):
    """One unobtrusive line for the first start: what to press."""

    def __init__(self, keymap: Keymap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        labels = keymap.label_keys or keymap.key("label")
        note, pick, help_ = map(keymap.key, ("note", "pick", "help"))
        self._hint = (
            f"The tinted sentence is what {labels} will highlight. {pick} picks other words, {note} writes a note, "
            f"{help_} shows every key."
        )
        self._short_hint = f"{labels} highlight the tinted sentence, {help_} shows every key."

    def render_line(self, _y: int) -> Strip:
        """The one line."""
        width = self.size.width
        hint = self._hint if len(self._hint) + 2 <= width else self._short_hint
        return Strip([Segment(f" {hint}", self._style("text"))]).adjust_cell_length(
            width, self._style("muted")
        )
