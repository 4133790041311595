"""The article: draws its lines, moves the caret, selects, and reports where the reader went."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.notebook import Notebook
from pactreader.core.text_units import TextUnit
from pactreader.tui.navigation_history import Position
from pactreader.tui.page.caret import Caret, CaretState
from pactreader.tui.page.line import Line
from pactreader.tui.page.line_renderer import LineRenderer, Overlay
from pactreader.tui.page.painter import Layer, Painter
from pactreader.tui.page.typesetting import Layout
from pactreader.tui.page.viewport import Viewport

_LINES_AROUND: Final = 2
"""Lines kept in view above and below the caret, where there are any."""
_WHEEL_LINES: Final = 3
_LEFT_BUTTON: Final = 1
_DRAG_EVERY: Final = 0.05
"""Seconds between lines that come along while the mouse is held beyond an edge of the window."""


@dataclass
class _Drag:
    """The mouse's button is held."""

    start: int
    """The offset that it was pressed at."""
    beyond: int = 0
    """Lines that the mouse is beyond the window's lower edge; negative above the upper one."""
    timer: Timer | None = None
    """Lets the text come along."""


class ArticleView(Widget, can_focus=True):
    """A window on the article's lines.

    It owns the caret, the selection and what the window shows; the notebook owns the highlights. It draws on
    the Line API and keeps the drawn lines, so that a key costs what changes on the screen.
    """

    ALLOW_SELECT = False

    @dataclass
    class Moved(Message):
        """The caret or the window moved."""

    def __init__(
        self, notebook: Notebook, *, measure: int, top: int = 0, caret: int = 0, id: str | None = None
    ) -> None:
        """Args:
        notebook: The article and its highlights.
        measure: The longest line, in cells.
        top: The offset that the window begins with.
        caret: The offset that the caret stands on.
        id: The widget's id.
        """
        super().__init__(id=id)
        self.notebook = notebook
        self.article = notebook.article
        self.caret = Caret(self.article, caret)
        self._viewport = Viewport(self.article, measure=measure, top=top)
        self._painted = False
        self.is_measured = False
        """Whether it is known how long the page is. The first frame does without."""
        self._goal: int | None = None
        self._drawing: LineRenderer | None = None
        self._strips: dict[int, Strip] = {}
        """Lines as they were drawn, those that the caret lays nothing over."""
        self._strips_of: tuple[Layout | None, int] = (None, -1)
        """The layout, and the notebook's revision, that they were drawn from."""
        self._overlaid: range = range(0)
        self._reshaping = ""
        self._before_reshaping = self.caret.state
        self._tags: list[tuple[int, str]] = []
        """Offsets that wear a tag, in their order, and what it says."""
        self._drag: _Drag | None = None
        self.hits: Sequence[Passage] = ()
        """What is lit, as it was looked for."""

    # What others may ask

    @property
    def target(self) -> Annotation | None:
        """The highlight that a command is about: the one that is being reshaped, or at the caret, or on the sentence there."""
        if self.reshaping:
            return self.notebook.get(self.reshaping)
        return self.notebook.at(self.caret.offset) or self.notebook.with_passage(self.caret.sentence)

    @property
    def reshaping(self) -> str:
        """The id of the annotation that the selection is to be the passage of, if one is being reshaped."""
        return self._reshaping if self.caret.selecting else ""

    @property
    def shown(self) -> Passage:
        """What the window shows; of rows of tables that are cut, the whole."""
        self._page()
        return self._viewport.passage

    def in_view(self, unit: TextUnit) -> list[Passage]:
        """The units in the window, as far as they are in it; of long words and of rows of tables, the whole."""
        first, last = self.shown
        return [Passage(max(start, first), end) for start, end in self.caret.units.between(unit, first, last)]

    @property
    def top_offset(self) -> int:
        """The offset that the window begins with; of the space before a block, that of the line feed there."""
        return self._viewport.top_offset

    @property
    def progress(self) -> float:
        """How much of the page is above the window's lower edge, from 0 to 1."""
        if not self.is_measured:
            return self.article.progress(self.caret.offset)
        return min(1.0, self._viewport.bottom / max(1, self._viewport.layout.height))

    @property
    def extent(self) -> tuple[int, int, int]:
        """The first line in the window, the window's height and the page's height, in lines."""
        layout = self._page()
        return self._viewport.top, self._viewport.height, layout.height

    def first_offset_between(self, first_line: int, last_line: int) -> tuple[int, int]:
        """The offsets at which two lines begin."""
        layout = self._page()
        beyond = len(self.article.text) + 1
        end = layout.line(last_line).start if last_line < layout.height else beyond
        return layout.line(first_line).start, end

    # What others may say

    def measure(self) -> None:
        """Find out how long the page is, from now on at once."""
        self.is_measured = True
        self.post_message(self.Moved())

    def paint_with(self, painter: Painter) -> None:
        """Draw in another palette from now on."""
        self._drawing = LineRenderer(self.notebook, self._viewport, painter)
        self._strips.clear()
        self.refresh()

    def show_notebook(self) -> None:
        """Draw the highlights anew."""
        self._strips.clear()
        self.refresh()

    def move(self, unit: TextUnit, *, forward: bool) -> None:
        """Move the caret by a unit."""
        self.caret.step(unit, forward=forward)
        self._moved()

    def move_to_end(self, unit: TextUnit) -> None:
        """Move the caret to the last character of a unit."""
        self.caret.step_to_end(unit)
        self._moved()

    def move_by_lines(self, count: int) -> None:
        """Move the caret down by lines, up if negative, keeping its column."""
        offset, goal = self._offset_below(count)
        self.caret.put(offset)
        self._moved(goal=goal)

    def page(self, windows: float) -> None:
        """Move window and caret by so many windows, keeping the caret's row."""
        viewport, layout = self._viewport, self._page()
        height = max(2, viewport.height)
        step = 1 if windows > 0 else -1
        lines = step * max(1, int(height - 2 if abs(windows) >= 1 else height / 2))
        goal = self._column()
        row, top_offset = layout.line_at(self.caret.offset) - viewport.top, self.top_offset
        self._show_from(viewport.top + lines)
        layout = self._page()
        stands = self.top_offset == top_offset
        y = layout.line_at(self.caret.offset) + lines if stands else viewport.top + row
        self._put(viewport.nearest_text(min(max(0, y), layout.height - 1), step, goal))
        self._moved(goal=goal)

    def go_to(self, offset: int) -> None:
        """Put the caret at an offset; if that is out of view, into the upper third of the window."""
        self.caret.put(offset)
        y = self._page().line_at(self.caret.offset)
        if not self._viewport.shows(y) or y == self._viewport.bottom - 1:
            self._show_from(y - self._viewport.height // 3)
        self._moved()

    def go_to_passage(self, passage: Passage) -> None:
        """Select a passage; if it is out of view, in the upper third of the window."""
        self.go_to(passage.start)
        self.select_passage(passage)

    def put_back(self, state: CaretState, top: int) -> None:
        """Have the caret and the window where they were; `top` is the offset that the window began with."""
        self.caret.put_back(state)
        self._show_from_offset(top)
        self._moved()

    def return_to(self, stop: Position) -> None:
        """Put the caret where the reader was, with the window as it was."""
        self.caret.put(stop.caret)
        self._show_from_offset(stop.top)
        self._moved()

    def make_room(self, lines: int) -> None:
        """Scroll so that the sentence at the caret stands above the window's last lines, which will be covered."""
        layout = self._page()
        sentence = self.caret.sentence
        first, last = layout.line_at(sentence.start), layout.line_at(max(sentence.start, sentence.end - 1))
        covered = last - (self._viewport.bottom - lines) + 1
        if covered > 0:
            self._show_from(min(first, self._viewport.top + covered), beyond=lines)

    def go_to_top(self) -> None:
        """Put the caret on the first character."""
        self.caret.put(0)
        self._show_from(0)
        self._moved()

    def to_bottom(self) -> None:
        """Put the caret on the last character."""
        self.caret.put(max(0, len(self.article.text) - 1))
        self._show_from(self._page().height)
        self._moved()

    def to_line_edge(self, *, end: bool) -> None:
        """Put the caret on the first or last character of its line."""
        layout = self._page()
        line = layout.line(layout.line_at(self.caret.offset))
        self.caret.put(line.offset_at(line.columns[-1] if end else 0))
        self._moved()

    def extend(self, direction: str) -> None:
        """Select as shift and an arrow do."""
        if direction in {"up", "down"}:
            target, goal = self._offset_below(1 if direction == "down" else -1)
        else:
            forward = direction == "right"
            find = self.caret.units.next_start if forward else self.caret.units.previous_start
            found = find(TextUnit.CHARACTER, self.caret.offset)
            target, goal = (self.caret.offset if found is None else found), None
        if self.caret.selecting:
            self.caret.put(target)
        else:
            self.caret.select_towards(target)
        self._moved(goal=goal)

    def select(self, unit: TextUnit) -> None:
        """Begin to select by character or by sentence."""
        self.caret.select(unit)
        self._moved()

    def select_passage(self, passage: Passage) -> None:
        """Select a passage, the caret at its end."""
        self.caret.select_passage(passage)
        self._moved()

    def change_selection(self, change: Callable[[], object]) -> bool:
        """Have the caret change what is selected, and show it.

        Returns:
            Whether there was something to change: what was called did not return `False`.
        """
        changed = change() is not False
        self._moved()
        return changed

    def reshape(self, annotation_id: str, passage: Passage) -> None:
        """Select the passage of an annotation, to be changed until it is kept or let go of."""
        self._reshaping = annotation_id
        self._before_reshaping = self.caret.state
        if not passage.start <= self.caret.offset < passage.end:
            self.go_to(passage.start)
        self.select_passage(passage)

    def leave_reshaping(self) -> None:
        """Let go of what was selected to be an annotation's passage, and go back to where that began."""
        self._reshaping = ""
        self.caret.put_back(self._before_reshaping)
        self._moved()

    def show_hits(self, hits: Sequence[Passage]) -> None:
        """Light what was found: passages in their order, which do not overlap."""
        if hits or self.hits:
            self.hits = hits
            self._strips.clear()
            self.refresh()

    def show_tags(self, worn: Mapping[Passage, str]) -> None:
        """Draw tags over the beginnings of passages; everything else steps back while there are any."""
        self._tags = sorted((passage.start, tag) for passage, tag in worn.items())
        self.refresh()

    def swap_ends(self) -> None:
        """Go to the other end of the selection."""
        self.caret.swap_ends()
        self._moved()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.caret.clear_selection()
        self._reshaping = ""
        self._moved()

    # How the window moves

    def _page(self) -> Layout:
        """The layout for the size that the view has now."""
        viewport = self._viewport
        if viewport.fit(*self.size):
            y = viewport.layout.line_at(self.caret.offset)
            stays = self.caret.selecting or self.app.screen is not self.screen
            if self._painted and not stays and not viewport.shows(y):
                self._put(viewport.nearest_text(viewport.top, 1, self._goal or 0))
            self._overlaid = self._overlay_lines()
        return viewport.layout

    def _put(self, offset: int | None) -> None:
        """Put the caret at an offset, if there is one."""
        if offset is not None:
            self.caret.put(offset)

    def _show_from_offset(self, offset: int) -> None:
        """Let the window begin with an offset, as `top_offset` has it."""
        self._page()
        self._show_from(self._viewport.line_of_top(offset))

    def _show_from(self, top: int, *, beyond: int = 0) -> None:
        """Let the window begin with a line, as far as the page and some lines beyond its end reach."""
        self._page()
        if self._viewport.show_from(top, beyond=beyond):
            self._overlaid = self._overlay_lines()
            self.refresh()

    def _moved(self, *, goal: int | None = None) -> None:
        """Bring the caret into view, draw what changed, say so."""
        self._goal = goal
        y, viewport = self._page().line_at(self.caret.offset), self._viewport
        if y < viewport.top + self._around:
            self._show_from(y - self._around)
        elif y >= viewport.bottom - self._around:
            self._show_from(y - viewport.height + 1 + self._around)
        self.place_cursor()
        before, self._overlaid = self._overlaid, self._overlay_lines()
        for lines in (before, self._overlaid):
            first, last = max(lines.start, viewport.top), min(lines.stop, viewport.bottom)
            if first < last:
                self.refresh(Region(0, first - viewport.top, viewport.width, last - first))
        self.post_message(self.Moved())

    def place_cursor(self) -> None:
        """Have the terminal's own cursor, which is hidden, where the caret stands: input methods open beside it."""
        layout, viewport = self._page(), self._viewport
        y = layout.line_at(self.caret.offset)
        cell = layout.line(y).cell_of(self.caret.offset) or 0
        if self.has_focus:
            self.app.cursor_position = self.region.offset + Offset(viewport.left + cell, y - viewport.top)

    @property
    def _around(self) -> int:
        """Lines kept in view above and below the caret."""
        return min(_LINES_AROUND, max(0, (self._viewport.height - 1) // 2))

    def _column(self) -> int:
        """The cell, from the text's left edge, that the caret keeps to when it goes up and down."""
        self._page()
        return self._viewport.column_of(self.caret.offset) if self._goal is None else self._goal

    def _offset_below(self, count: int) -> tuple[int, int]:
        """The offset so many lines below the caret in its column, and that column."""
        column = self._column()
        return self._viewport.offset_below(self.caret.offset, count, column), column

    # How lines are drawn

    def _overlay(self, painter: Painter, line: Line) -> Overlay:
        """What the caret lays over a line."""
        layers: list[Layer] = []
        if selection := self.caret.selection:
            layers.append(Layer(*selection, painter.selection))
        offset = self.caret.offset
        if self.article.text:
            layers.append(
                Layer(offset, self.caret.units.around(TextUnit.CHARACTER, offset).end, painter.caret)
            )
        return Overlay(self._tinted(), layers, self._caret_behind(line))

    def _tinted(self) -> Passage:
        """What a label would mark now: the sentence at the caret, unless a selection or a highlight is the target."""
        if self.caret.selecting or self.target:
            return Passage(0, 0)
        return self.caret.sentence

    def _overlay_lines(self) -> range:
        """The lines that the caret, the tinted sentence and the selection touch."""
        if not self.article.text:
            return range(0)
        layout = self._viewport.layout
        passage = self.caret.passage
        first = layout.line_at(min(passage.start, self.caret.offset))
        return range(first, layout.line_at(max(passage.end - 1, self.caret.offset)) + 1)

    def render_line(self, y: int) -> Strip:
        """A line of the window."""
        layout, drawing = self._page(), self._drawing
        assert drawing is not None
        self._painted = True
        if self._strips_of != (layout, self.notebook.revision):
            self._strips_of = (layout, self.notebook.revision)
            self._strips.clear()
        at = self._viewport.top + y
        line = layout.line(at)
        if at in self._overlaid:
            strip = drawing.strip(line, self.hits, self._overlay(drawing.painter, line))
        elif kept := self._strips.get(at):
            strip = kept
        else:
            if len(self._strips) > 10 * self._viewport.height + 100:
                self._strips.clear()
            strip = self._strips[at] = drawing.strip(line, self.hits, None)
        return drawing.tagged(line, strip, self._tags) if self._tags else strip

    def _caret_behind(self, line: Line) -> bool:
        """Whether the caret stands on the space or line feed that a line breaks at."""
        offset = self.caret.offset
        if offset < line.end or line.blank:
            return False
        layout = self._page()
        return layout.line(layout.line_at(offset))[:3] == line[:3]

    # What the mouse and the terminal do

    def on_focus(self) -> None:
        """Have the cursor here."""
        self.place_cursor()

    def on_resize(self) -> None:
        """Keep the text at the top of the window."""
        self.place_cursor()
        self.post_message(self.Moved())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the caret stays in the window."""
        event.stop()
        self.scroll_window_to(self._viewport.top + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll; the caret stays in the window."""
        event.stop()
        self.scroll_window_to(self._viewport.top - _WHEEL_LINES)

    def scroll_window_to(self, top: int) -> None:
        """Let the window begin with a line; a caret that would be left behind comes along."""
        self._show_from(top)
        layout, viewport = self._page(), self._viewport
        y = layout.line_at(self.caret.offset)
        first = viewport.top + (self._around if viewport.top else 0)
        last = viewport.bottom - 1 - (self._around if viewport.bottom < layout.height else 0)
        goal = self._column()
        if y < first:
            self._put(viewport.nearest_text(first, 1, goal))
        elif y > last:
            self._put(viewport.nearest_text(last, -1, goal))
        self._moved(goal=goal)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret where the mouse points; with shift, take the selection there."""
        if event.button != _LEFT_BUTTON:
            return
        offset = self._pointed_at(event)
        if event.shift:
            self.caret.drag(self.caret.anchor, offset)
        else:
            self.caret.clear_selection()
            self.caret.put(offset)
        self._drag = _Drag(self.caret.anchor)
        self.capture_mouse()
        self._moved()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is held; at the window's edges the text comes along."""
        if self._drag is None:
            return
        beyond = min(0, event.y) or max(0, event.y - self.size.height + 1)
        self._drag.beyond = beyond
        if beyond and self._drag.timer is None:
            self._drag.timer = self.set_interval(_DRAG_EVERY, self._drag_on)
        self._drag_to(self._pointed_at(event))

    def _drag_on(self) -> None:
        """Let the text come along while the mouse is beyond an edge."""
        drag = self._drag
        if drag and drag.beyond:
            self.move_by_lines(drag.beyond)
            self._drag_to(self.caret.offset)

    def _drag_to(self, offset: int) -> None:
        drag = self._drag
        if drag and (self.caret.selecting or offset != drag.start):
            self.caret.drag(drag.start, offset)
            self._moved()

    def on_mouse_up(self) -> None:
        """What is selected stays so."""
        if self._drag:
            if self._drag.timer:
                self._drag.timer.stop()
            self._drag = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A second click selects the word, a third the sentence."""
        unit = {2: TextUnit.WORD, 3: TextUnit.SENTENCE}.get(event.chain)
        if unit and event.button == _LEFT_BUTTON:
            self.select_passage(self.caret.units.around(unit, self._pointed_at(event)))

    def _pointed_at(self, event: events.MouseEvent) -> int:
        """The offset that the mouse points at, or is nearest to."""
        layout, viewport = self._page(), self._viewport
        y = min(viewport.top + min(max(0, event.y), viewport.height - 1), layout.height - 1)
        step = -1 if y > layout.line_at(self.caret.offset) else 1
        found = viewport.nearest_text(y, step, event.x - viewport.left)
        return self.caret.offset if found is None else found
