"""The bars above and below the panes: title bar, footer, hint of the first start."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from pactreader.core.printable_text import printable_line
from pactreader.core.wording import pluralise
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.page.typesetting import truncate, wrap_text
from pactreader.tui.themes import Palette

_SHOWN_FOR: Final = 6.0
"""Seconds that a message stays unless a key is pressed first."""
_SECONDS_PER_LINE: Final = 3.0
"""Seconds more for every further line of a message."""
_LINE_LENGTH: Final = 80
"""Characters of a line, to estimate the lines of a message."""
_PLACE_SHARE: Final = 5
"""The part of the title bar that a place may take: a fifth."""
_BYLINE_GAP: Final = 4
"""Cells around a byline. One that does not fit whole beside the title is left out."""
_MAX_LINES: Final = 5
"""Most lines of a message."""


class _Bar(Widget):
    """A bar in the panel's colours."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette: Palette | None = None

    def paint_with(self, palette: Palette) -> None:
        """Redraw in another palette."""
        self.palette = palette
        self.refresh()

    def _style(self, role: str, *, bold: bool = False) -> Style:
        assert self.palette is not None
        return Style(
            color=getattr(self.palette, role).rich_color, bgcolor=self.palette.panel.rich_color, bold=bold
        )


class TitleBar(_Bar):
    """The article's title and byline, the numbers of highlights and of unsaved changes, the place and the progress."""

    def __init__(self, title: str, byline: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = printable_line(title)
        self._byline = byline
        self._place = self._page_of_all = ""
        """The page or chapter at the caret, and the page with the number of the last one."""
        self._shown: tuple[int | None, int | None] = (None, None)
        """Number of highlights, and progress in per cent, as far as they are known."""
        self._unsaved = 0
        self._outdated = ""
        """The change of the article, in words, until it is read again."""
        self._activity = ""
        """The work in the background."""
        self._pending = 0
        """Number of highlights whose passages are still to be found."""

    def show_outdated(self, change: str) -> None:
        """Show that the article is still to be read again: `changed on the disk`; empty for nothing."""
        if change != self._outdated:
            self._outdated = change
            self.refresh()

    def show_activity(self, activity: str) -> None:
        """Show what is done in the background, as a page that is fetched; empty for nothing."""
        if activity != self._activity:
            self._activity = activity
            self.refresh()

    def rename(self, title: str, byline: str) -> None:
        """Show another title and byline."""
        shown = printable_line(title), byline
        if shown != (self._title, self._byline):
            self._title, self._byline = shown
            self.refresh()

    def show(
        self,
        highlights: int | None,
        progress: float | None,
        *,
        unsaved: int,
        place: str = "",
        page_of_all: str = "",
    ) -> None:
        """Show the state of the article.

        Args:
            highlights: Number of highlights; `None` if it is not known yet.
            progress: Progress from 0 to 1; `None` if it is not known yet.
            unsaved: Number of changes that are not on disk.
            place: The page or chapter at the caret; empty if the article has none.
            page_of_all: The page with the number of the last one, which is shown instead where there is room.
        """
        percent = None if progress is None else round(progress * 100)
        shown = ((highlights, percent), unsaved, place, page_of_all)
        if shown != (self._shown, self._unsaved, self._place, self._page_of_all):
            self._shown, self._unsaved, self._place, self._page_of_all = shown
            self.refresh()

    def show_pending(self, pending: int) -> None:
        """Show how many highlights are still to be found in the text, as placing them takes a while; 0 for nothing."""
        if pending != self._pending:
            self._pending = pending
            self.refresh()

    def render_line(self, _y: int) -> Strip:
        """Render the line."""
        highlights, percent = self._shown
        count = "" if highlights is None else pluralise(highlights, "highlight")
        if self._pending:
            count = f"{self._pending:,} of {count} to be found"
        room = self.size.width // _PLACE_SHARE
        has_room = self._page_of_all and cell_len(self._page_of_all) <= room
        place = self._page_of_all if has_room else truncate(self._place, room)
        many = f"{self._unsaved} " if self._unsaved > 1 else ""
        unsaved = f"{many}not saved" if self._unsaved else ""
        warning = "".join(f"{each} · " for each in (self._activity, self._outdated, unsaved) if each)
        width = self.size.width
        parts = [each for each in (count, place, "" if percent is None else f"{percent} %") if each]
        while len(parts) > 1 and cell_len(warning + " · ".join(parts)) >= width:
            parts.pop()
        right = f"{' · '.join(parts)} "
        title_width = width - cell_len(right) - len(warning) - 3
        left = f" {truncate(self._title, title_width)}" if title_width > 0 else ""
        gap = max(0, width - cell_len(left) - cell_len(warning) - cell_len(right))
        by = f"  {self._byline}" if self._byline and cell_len(self._byline) + _BYLINE_GAP <= gap else ""
        segments = [
            Segment(left, self._style("text", bold=True)),
            Segment(by + " " * (gap - cell_len(by)), self._style("muted")),
            Segment(warning, self._style("warning", bold=True)),
            Segment(right, self._style("muted")),
        ]
        return Strip(segments).adjust_cell_length(width, self._style("muted"))


class FooterBar(_Bar):
    """The keys that can be pressed now; or, for a while, a message."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str]] = []
        self._message = ""
        self._is_warning = False
        self._lines: list[str] = []
        """The message, wrapped to the bar's width."""
        self._timer: Timer | None = None

    def show(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show keys and what they do, unless there is a message."""
        shown = list(keys)
        if shown != self._keys:
            self._keys = shown
            self.refresh()

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message instead of the keys, until it is cleared or, unless it is a warning, for some seconds."""
        self._message, self._is_warning = printable_line(text), warning
        if self._timer:
            self._timer.stop()
        seconds = _SHOWN_FOR + _SECONDS_PER_LINE * (len(self._message) // _LINE_LENGTH)
        self._timer = None if warning else self.set_timer(seconds, self.clear)
        self._fit_height()

    def add_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message behind the one that is shown; without one, alone."""
        self.show_message(f"{self._message} {text}".lstrip(), warning=warning or self._is_warning)

    def clear(self) -> None:
        """Clear the message and show the keys again."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self._message:
            self._message = ""
            self._fit_height()

    def on_resize(self) -> None:
        """Wrap the message again."""
        self._fit_height()

    def _fit_height(self) -> None:
        """Wrap the message, and make the bar as high as it."""
        width = self.size.width or self.app.size.width
        lines = wrap_text(self._message, width - 2) if self._message else []
        if len(lines) > _MAX_LINES:
            lines = [*lines[: _MAX_LINES - 1], truncate(" ".join(lines[_MAX_LINES - 1 :]), width - 2)]
        self._lines = lines
        height = max(1, len(lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render a line of the message, or the one line of keys."""
        width = self.size.width
        if self._message:
            style = self._style("warning" if self._is_warning else "text", bold=self._is_warning)
            line = f" {self._lines[y]}" if y < len(self._lines) else ""
            return Strip([Segment(line, style)]).adjust_cell_length(width, style)
        segments: list[Segment] = [Segment(" ", self._style("muted"))]
        for number, (key, word) in enumerate(self._fitting_keys(width - 2)):
            gap = "   " if number else ""
            segments.append(Segment(gap + key, self._style("accent", bold=True)))
            segments.append(Segment(f" {word}", self._style("muted")))
        return Strip(segments).adjust_cell_length(width, self._style("muted"))

    def _fitting_keys(self, width: int) -> list[tuple[str, str]]:
        """Return the keys that fit. The last two, help and quit, stay; those before them are dropped from the right."""
        keys = list(self._keys)
        while len(keys) > 2 and sum(cell_len(key) + cell_len(word) + 4 for key, word in keys) - 3 > width:
            del keys[-3]
        return keys


class HintBar(_Bar):
    """The hint at the first start: the most important keys."""

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
        """Render the line."""
        width = self.size.width
        hint = self._hint if len(self._hint) + 2 <= width else self._short_hint
        return Strip([Segment(f" {hint}", self._style("text"))]).adjust_cell_length(
            width, self._style("muted")
        )
