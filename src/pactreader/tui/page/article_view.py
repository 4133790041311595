"""The article's pane: moving the caret, selecting and scrolling."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.hits import Hits
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.text_changes.unread_changes import UnreadChanges
from pactreader.core.text_units import TextUnit
from pactreader.tui.idle import KeyGate
from pactreader.tui.navigation_history import Position
from pactreader.tui.page.caret import Caret, CaretState
from pactreader.tui.page.line import Line
from pactreader.tui.page.line_renderer import PageRenderer
from pactreader.tui.page.mouse_selection import MouseSelectable
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import Layout
from pactreader.tui.page.viewport import Viewport

_SCROLL_MARGIN: Final = 2
"""Lines kept in view above and below the caret, where there are any."""
_WHEEL_LINES: Final = 3
_COUNTING_SECONDS: Final = 0.004
"""Seconds for which lines are counted between two keys."""


class ScrollMetrics(NamedTuple):
    """The position of the window on the page, in lines."""

    top: int
    """First line in the window."""
    height: int
    """Height of the window."""
    page_height: int
    """Height of the page."""


class ArticleView(MouseSelectable, can_focus=True):
    """The window on the article's page, drawn with Textual's Line API.

    It owns the caret, the selection and the scroll position; the notebook owns the highlights. All offsets
    are code points of the article's text.
    """

    ALLOW_SELECT = False

    class Moved(Message):
        """Message that the caret, the selection or the window moved."""

    def __init__(
        self,
        notebook: Notebook,
        key_gate: KeyGate,
        *,
        measure: int,
        top: int = 0,
        caret: int = 0,
        id: str | None = None,
    ) -> None:
        """Create the view of a notebook's article.

        Args:
            notebook: The article and its highlights.
            key_gate: That at which the counting of lines waits while a key is handled.
            measure: Length of the longest line, in cells.
            top: Offset that the window begins with.
            caret: Offset of the caret.
            id: Id of the widget.
        """
        super().__init__(id=id)
        self.notebook = notebook
        self.article = notebook.article
        self.caret = Caret(self.article, caret)
        self._counts_lines = False
        """True once all lines of the page are to be counted, which the first frame does not wait for."""
        self._key_gate = key_gate
        self._measure = measure
        self._painter: Painter | None = None
        self._viewport = Viewport(self.article, measure=measure, top=top)
        self._renderer = PageRenderer(notebook, self.caret, self._viewport)
        self._has_painted = False
        self._goal_column: int | None = None
        """The cell that the caret keeps to while it moves up and down; `None` for the cell that it is in."""
        self._reshaping = ""
        self._before_reshaping = self.caret.state

    # State

    @property
    def target(self) -> Annotation | None:
        """The highlight that a command applies to: the one being reshaped, at the caret, or exactly on its sentence."""
        if self.reshaping:
            return self.notebook.get(self.reshaping)
        return self.notebook.annotation_at(self.caret.offset) or self.notebook.annotation_on(
            self.caret.sentence
        )

    @property
    def state(self) -> tuple[object, ...]:
        """All that is shown of the caret and the window, to be compared."""
        viewport = self._viewport
        return (
            self.caret.state,
            self.caret,
            viewport.top,
            viewport.is_laid_out and viewport.layout,
            self.height_known,
        )

    @property
    def reshaping(self) -> str:
        """Id of the annotation whose passage is being changed; empty if there is none."""
        return self._reshaping if self.caret.selecting else ""

    @property
    def hits(self) -> Hits:
        """The passages found by a search, which are marked."""
        return self._renderer.hits

    @property
    def tags(self) -> Sequence[tuple[int, str]]:
        """The tags on the page, with the offsets at which they are drawn, in order."""
        return self._renderer.tags

    @property
    def visible_passage(self) -> Passage:
        """The passage in the window; a table row that is cut off is counted whole."""
        self._fit_layout()
        return self._viewport.passage

    def visible_units(self, unit: TextUnit) -> list[Passage]:
        """Return the text units that overlap the window, with starts before it moved to its first offset."""
        first, last = self.visible_passage
        return [
            Passage(max(start, first), end)
            for start, end in self.caret.units.units_between(unit, first, last)
        ]

    @property
    def top_offset(self) -> int:
        """The first offset in the window; if the top line is the blank one before a block, the newline before that."""
        return self._viewport.top_offset

    @property
    def height_known(self) -> bool:
        """True once all lines of the page are counted. In a large article they are counted between keys."""
        return self._counts_lines and self._viewport.is_laid_out and self._viewport.layout.is_counted

    @property
    def progress(self) -> float:
        """The share of the page above the window's lower edge, from 0 to 1; an estimate until the height is known."""
        if not self.height_known:
            return self.article.progress(self.caret.offset)
        layout = self._viewport.layout
        return min(1.0, (self._viewport.bottom - layout.first) / layout.height)

    @property
    def scroll_metrics(self) -> ScrollMetrics:
        """The position of the window on the page. It takes counting all lines."""
        layout = self._fit_layout()
        return ScrollMetrics(self._viewport.top - layout.first, self._viewport.height, layout.height)

    def offsets_between(self, first_line: int, last_line: int) -> Passage:
        """Return the passage from the start of one line of the page, counted from its top, to that of another.

        If there is no such line, it is to the end. It takes counting all lines.
        """
        layout = self._fit_layout()
        first, last = layout.first + first_line, layout.first + last_line
        beyond = len(self.article.text) + 1
        end = layout.line(last).start if layout.has_line(last) else beyond
        return Passage(layout.line(first).start, end)

    # Display

    def count_lines(self) -> None:
        """Count all lines from now on, after every new layout, between keys; post `Moved` when they are counted."""
        self._counts_lines = True
        self._count_lines()
        self.post_message(self.Moved())

    def use_counts(self, other: "ArticleView") -> None:
        """Use the lines that another view of the same article has counted."""
        self._viewport.counted = other.page_layout

    @property
    def page_layout(self) -> Layout:
        """The layout of the page for the present size."""
        return self._fit_layout()

    def _count_lines(self) -> None:
        """Begin to count the lines of the layout if that is due. Those of a small article are counted at once."""
        if self._counts_lines and self.size and not self._viewport.layout.count(_COUNTING_SECONDS):
            self.run_worker(self._count_on(), group="lines", exclusive=True)

    async def _count_on(self) -> None:
        await self._key_gate.run(lambda: self._fit_layout().count(_COUNTING_SECONDS))
        self.post_message(self.Moved())

    def paint_with(self, painter: Painter) -> None:
        """Redraw in another palette."""
        self._painter = painter
        self._renderer.set_painter(painter)
        self.refresh()

    def show_article(self, position: Position) -> None:
        """Show the notebook's article after it was replaced by another version, at a position in that."""
        assert self._painter is not None
        self.article = self.notebook.article
        self.caret = Caret(self.article, position.caret)
        self._viewport = Viewport(self.article, measure=self._measure, top=position.top)
        self._renderer = PageRenderer(self.notebook, self.caret, self._viewport)
        self.paint_with(self._painter)
        self._fit_layout()  # which may move a caret that is out of view, so that it is put back
        self.restore_position(position)

    def show_notebook(self) -> None:
        """Redraw the highlights."""
        self._renderer.invalidate()
        self.refresh()

    def show_hits(self, hits: Hits) -> None:
        """Mark passages found by a search."""
        if hits or self.hits:
            self._renderer.hits = hits
            self._renderer.invalidate()
            self.refresh()

    def show_changes(self, changes: UnreadChanges) -> None:
        """Mark the changes of the article since it was last read, in the margin."""
        self._renderer.changes = changes
        self._renderer.invalidate()
        self.refresh()

    def show_tags(self, tags: Mapping[Passage, str]) -> None:
        """Draw tags over the starts of passages, and fade everything else; without tags, draw the page as usual."""
        self._renderer.tags = sorted((passage.start, tag) for passage, tag in tags.items())
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render a line of the window."""
        self._fit_layout()
        self._has_painted = True
        return self._renderer.render(self._viewport.top + y)

    # Moving the caret

    def move(self, unit: TextUnit, *, forward: bool) -> None:
        """Move the caret to the start of the next or previous text unit."""
        self.caret.move(unit, forward=forward)
        self._show_caret()

    def move_to_end(self, unit: TextUnit) -> None:
        """Move the caret to the last character of a text unit."""
        self.caret.move_to_end(unit)
        self._show_caret()

    def move_by_lines(self, count: int) -> None:
        """Move the caret down by lines, up if negative, keeping its column."""
        offset, column = self._offset_below(count)
        self.caret.put(offset)
        self._show_caret(goal_column=column)

    def page(self, windows: float) -> None:
        """Move window and caret down by so many windows, up if negative. The caret stays on its row of the window."""
        viewport, layout = self._viewport, self._fit_layout()
        height = max(2, viewport.height)
        direction = 1 if windows > 0 else -1
        lines = direction * max(1, int(height - 2 if abs(windows) >= 1 else height / 2))
        column = self._column()
        row, top_offset = layout.line_at(self.caret.offset) - viewport.top, self.top_offset
        self._scroll_to_line(viewport.top + lines)
        layout = self._fit_layout()
        is_at_edge = self.top_offset == top_offset
        y = layout.line_at(self.caret.offset) + lines if is_at_edge else viewport.top + row
        self._put_caret(viewport.nearest_text(layout.nearest(y), direction, column))
        self._show_caret(goal_column=column)

    def go_to(self, offset: int) -> None:
        """Put the caret at an offset; if that is out of view, scroll so that it is a third down the window."""
        self.caret.put(offset)
        self._approach(self.caret.offset)
        y = self._fit_layout().line_at(self.caret.offset)
        if not self._viewport.shows(y) or y == self._viewport.bottom - 1:
            self._scroll_to_line(y - self._viewport.height // 3)
        self._show_caret()

    def go_to_passage(self, passage: Passage) -> None:
        """Select a passage; if its start is out of view, scroll so that it is a third down the window."""
        self.go_to(passage.start)
        self.select_passage(passage)

    def go_to_top(self) -> None:
        """Put the caret on the first character."""
        self.caret.put(0)
        self._scroll_to_offset(0)
        self._show_caret()

    def go_to_bottom(self) -> None:
        """Put the caret on the last character."""
        self.caret.put(max(0, len(self.article.text) - 1))
        self._approach(self.caret.offset)
        self._scroll_to_line(self._fit_layout().last)
        self._show_caret()

    def go_to_line_start(self) -> None:
        """Put the caret on the first character of its line."""
        self.caret.put(self._caret_line().offset_at(0))
        self._show_caret()

    def go_to_line_end(self) -> None:
        """Put the caret on the last character of its line."""
        line = self._caret_line()
        self.caret.put(line.offset_at(line.columns[-1]))
        self._show_caret()

    def place_caret(self, offset: int) -> None:
        """Clear the selection and put the caret at an offset, scrolling no further than needed."""
        self.caret.clear_selection()
        self.caret.put(offset)
        self._show_caret()

    def restore(self, state: CaretState, top: int) -> None:
        """Restore the caret with its selection, and the window by its first offset `top`."""
        self.caret.restore(state)
        self._scroll_to_offset(top)
        self._show_caret()

    def restore_position(self, position: Position) -> None:
        """Restore a position of the navigation history: caret and window."""
        self.caret.put(position.caret)
        self._scroll_to_offset(position.top)
        self._show_caret()

    # Selecting

    def select(self, unit: TextUnit) -> None:
        """Begin to select by character or by sentence."""
        self.caret.select(unit)
        self._show_caret()

    def select_passage(self, passage: Passage) -> None:
        """Select a passage, with the caret at its end."""
        self.caret.select_passage(passage)
        self._show_caret()

    def select_between(self, start: int, end: int) -> None:
        """Select from the character at one offset to that at another, with the caret on the latter."""
        self.caret.select_between(start, end)
        self._show_caret()

    def change_selection(self, change: Callable[[], object]) -> bool:
        """Call a function that changes the caret's selection, and show the result.

        Returns:
            False if the function returned `False`: there was nothing to change.
        """
        changed = change() is not False
        self._show_caret()
        return changed

    def extend(self, direction: str) -> None:
        """Extend the selection as shift with an arrow key does, in the direction `left`, `right`, `up` or `down`."""
        column = None
        if direction in {"up", "down"}:
            target, column = self._offset_below(1 if direction == "down" else -1)
        else:
            units = self.caret.units
            find = units.next_start if direction == "right" else units.previous_start
            found = find(TextUnit.CHARACTER, self.caret.offset)
            target = self.caret.offset if found is None else found
        if self.caret.selecting:
            self.caret.put(target)
        else:
            self.caret.select_towards(target)
        self._show_caret(goal_column=column)

    def swap_ends(self) -> None:
        """Move the caret to the other end of the selection."""
        self.caret.swap_ends()
        self._show_caret()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.caret.clear_selection()
        self._reshaping = ""
        self._show_caret()

    def reshape(self, annotation_id: str, passage: Passage) -> None:
        """Select the passage of an annotation in order to change it; `cancel_reshaping` restores the caret."""
        self._reshaping = annotation_id
        self._before_reshaping = self.caret.state
        if not passage.start <= self.caret.offset < passage.end:
            self.go_to(passage.start)
        self.select_passage(passage)

    def cancel_reshaping(self) -> None:
        """Leave the annotation's passage as it was, and restore the caret from before."""
        self._reshaping = ""
        self.caret.restore(self._before_reshaping)
        self._show_caret()

    # Scrolling

    def scroll_window_to(self, top: int) -> None:
        """Scroll so that the window begins with a line of the page, counted from its top; the caret stays in view.

        It takes counting all lines.
        """
        self._scroll_window_by(self._fit_layout().first + top - self._viewport.top)

    def _scroll_window_by(self, lines: int) -> None:
        """Scroll by so many lines, and move the caret so that it stays in view."""
        self._scroll_to_line(self._viewport.top + lines)
        layout, viewport = self._fit_layout(), self._viewport
        y = layout.line_at(self.caret.offset)
        first = viewport.top + (self._scroll_margin if layout.has_line(viewport.top - 1) else 0)
        last = viewport.bottom - 1 - (self._scroll_margin if layout.has_line(viewport.bottom) else 0)
        column = self._column()
        if y < first:
            self._put_caret(viewport.nearest_text(first, 1, column))
        elif y > last:
            self._put_caret(viewport.nearest_text(last, -1, column))
        self._show_caret(goal_column=column)

    def keep_above(self, passage: Passage, covered_lines: int) -> None:
        """Scroll so that a dialog over the window's last lines does not cover a passage, or not its beginning."""
        layout = self._fit_layout()
        first, last = layout.line_at(passage.start), layout.line_at(max(passage.start, passage.end - 1))
        hidden = last - (self._viewport.bottom - covered_lines) + 1
        if hidden > 0:
            self._scroll_to_line(min(first, self._viewport.top + hidden), beyond=covered_lines)

    def _scroll_to_offset(self, offset: int) -> None:
        """Scroll so that `top_offset` is this offset."""
        self._approach(offset)
        self._scroll_to_line(self._viewport.line_of_top(offset))

    def _approach(self, offset: int) -> None:
        """Lay out the page around an offset if that is far from what is laid out."""
        self._fit_layout()
        if self._viewport.approach(offset):
            self._show_another_layout()

    def _show_another_layout(self) -> None:
        self._count_lines()
        self._renderer.update_caret_lines()
        self.refresh()

    def _scroll_to_line(self, top: int, *, beyond: int = 0) -> None:
        """Scroll so that the window begins with a line, and ends at most `beyond` lines after the page; redraw it."""
        self._fit_layout()
        if self._viewport.scroll_to(top, beyond=beyond):
            self._renderer.update_caret_lines()
            self.refresh()

    # Layout and caret

    def _fit_layout(self) -> Layout:
        """Fit the layout to the widget's size, with the same text on the top line, and return it."""
        viewport = self._viewport
        if viewport.fit(*self.size):
            may_move = self._has_painted and not self.caret.selecting and self.app.screen is self.screen
            if may_move and not self._is_caret_in_view:
                self._put_caret(viewport.nearest_text(viewport.top, 1, self._goal_column or 0))
            self._renderer.update_caret_lines()
            self._count_lines()
        return viewport.layout

    @property
    def _is_caret_in_view(self) -> bool:
        layout, offset = self._viewport.layout, self.caret.offset
        return layout.is_near(offset) and self._viewport.shows(layout.line_at(offset))

    def _put_caret(self, offset: int | None) -> None:
        if offset is not None:
            self.caret.put(offset)

    def _show_caret(self, *, goal_column: int | None = None) -> None:
        """Scroll the caret into view, redraw the lines that it changed, and post `Moved`."""
        self._goal_column = goal_column
        self._approach(self.caret.offset)
        viewport, margin = self._viewport, self._scroll_margin
        y = viewport.layout.line_at(self.caret.offset)
        if y < viewport.top + margin:
            self._scroll_to_line(y - margin)
        elif y >= viewport.bottom - margin:
            self._scroll_to_line(y - viewport.height + 1 + margin)
        self._move_terminal_cursor()
        before = self._renderer.update_caret_lines()
        for lines in (before, self._renderer.caret_lines):
            first, last = max(lines.start, viewport.top), min(lines.stop, viewport.bottom)
            if first < last:
                self.refresh(Region(0, first - viewport.top, viewport.width, last - first))
        self.post_message(self.Moved())

    def _move_terminal_cursor(self) -> None:
        """Move the terminal's hidden cursor to the caret, as input methods open beside it.

        Before the widget has a size, nothing is done, as that would compute a layout in vain.
        """
        if not self.size or not self.has_focus:
            return
        layout, viewport = self._fit_layout(), self._viewport
        if not layout.is_near(self.caret.offset):
            return
        y = layout.line_at(self.caret.offset)
        cell = layout.line(y).cell_of(self.caret.offset) or 0
        self.app.cursor_position = self.region.offset + Offset(viewport.left + cell, y - viewport.top)

    @property
    def _scroll_margin(self) -> int:
        """Lines kept in view above and below the caret."""
        return min(_SCROLL_MARGIN, max(0, (self._viewport.height - 1) // 2))

    def _caret_line(self) -> Line:
        layout = self._fit_layout()
        return layout.line(layout.line_at(self.caret.offset))

    def _column(self) -> int:
        """Return the cell, from the text's left edge, that the caret keeps to when it moves up and down."""
        self._fit_layout()
        if self._goal_column is None:
            return self._viewport.column_of(self.caret.offset)
        return self._goal_column

    def _offset_below(self, count: int) -> tuple[int, int]:
        """Return the offset so many lines below the caret in its column, and that column."""
        column = self._column()
        return self._viewport.offset_below(self.caret.offset, count, column), column

    # Events

    def on_focus(self) -> None:
        """Move the terminal's cursor to the caret."""
        self._move_terminal_cursor()

    def on_resize(self) -> None:
        """Fit the layout to the new size."""
        if self.size:
            self._fit_layout()
        self._move_terminal_cursor()
        self.post_message(self.Moved())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self._scroll_window_by(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self._scroll_window_by(-_WHEEL_LINES)

    def offset_under(self, event: events.MouseEvent) -> int:
        """Return the offset of the text under the mouse, or the nearest one."""
        layout, viewport = self._fit_layout(), self._viewport
        y = layout.nearest(viewport.top + min(max(0, event.y), viewport.height - 1))
        direction = -1 if y > layout.line_at(self.caret.offset) else 1
        found = viewport.nearest_text(y, direction, event.x - viewport.left)
        return self.caret.offset if found is None else found
