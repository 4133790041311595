"""Selection of text with the mouse: press, drag, scroll at the window's edges, double and triple click."""

from abc import abstractmethod
from typing import Final

from textual import events
from textual.timer import Timer
from textual.widget import Widget

from pactreader.core.article import Passage
from pactreader.core.text_units import TextUnit
from pactreader.tui.page.caret import Caret

_LEFT_BUTTON: Final = 1
_SCROLL_INTERVAL: Final = 0.05
"""Seconds between scrolls while the mouse is dragged outside the window."""
_CLICKED_UNITS: Final = {2: TextUnit.WORD, 3: TextUnit.SENTENCE}
"""The units that a double and a triple click select."""


class _Drag:
    """The state of a drag, while the button is held."""

    def __init__(self, start: int) -> None:
        self.start = start
        """The offset at which the button was pressed."""
        self.overshoot = 0
        """The number of lines that the mouse is below the window; negative above it."""
        self.timer: Timer | None = None
        """The timer that scrolls while the mouse is outside the window."""


class MouseSelectable(Widget):
    """The base of a widget whose text can be selected with the mouse."""

    caret: Caret

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drag: _Drag | None = None

    @abstractmethod
    def offset_under(self, event: events.MouseEvent) -> int:
        """Return the offset of the text under the mouse, or the nearest one."""

    @abstractmethod
    def select_between(self, start: int, end: int) -> None:
        """Select from the character at one offset to that at another, with the caret on the latter."""

    @abstractmethod
    def place_caret(self, offset: int) -> None:
        """Clear the selection and put the caret at an offset, scrolling no further than needed."""

    @abstractmethod
    def select_passage(self, passage: Passage) -> None:
        """Select a passage, with the caret at its end."""

    @abstractmethod
    def move_by_lines(self, count: int) -> None:
        """Move the caret down by lines, up if negative."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse; with shift, extend the selection to it."""
        if event.button != _LEFT_BUTTON:
            return
        offset = self.offset_under(event)
        if event.shift:
            self.select_between(self.caret.anchor, offset)
        else:
            self.place_caret(offset)
        self._drag = _Drag(self.caret.anchor)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select to the mouse while the button is held, and scroll while the mouse is outside the window."""
        drag = self._drag
        if drag is None:
            return
        drag.overshoot = min(0, event.y) or max(0, event.y - self.size.height + 1)
        if drag.overshoot and drag.timer is None:
            drag.timer = self.set_interval(_SCROLL_INTERVAL, self._scroll_while_dragging)
        self._drag_to(self.offset_under(event))

    def on_mouse_up(self) -> None:
        """End the drag and keep the selection."""
        if self._drag:
            if self._drag.timer:
                self._drag.timer.stop()
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word under a double click, the sentence under a triple click."""
        unit = _CLICKED_UNITS.get(event.chain)
        if unit and event.button == _LEFT_BUTTON:
            self.select_passage(self.caret.units.unit_at(unit, self.offset_under(event)))

    def _scroll_while_dragging(self) -> None:
        if self._drag and self._drag.overshoot:
            self.move_by_lines(self._drag.overshoot)
            self._drag_to(self.caret.offset)

    def _drag_to(self, offset: int) -> None:
        drag = self._drag
        if drag and (self.caret.selecting or offset != drag.start):
            self.select_between(drag.start, offset)
