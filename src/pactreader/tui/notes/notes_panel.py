"""The panel of highlights and notes, a card for each annotation."""

from collections.abc import Iterable
from itertools import chain, repeat
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Annotation
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.notes.note_list import NoteList, Order
from pactreader.tui.notes.row_list import RowList
from pactreader.tui.page.painter import Painter

_CACHED_CARDS: Final = 300
_CURRENT_SIGN: Final = ">"
"""The sign in the margin of the current card on a terminal without colours for its background."""
_SELECTED_SIGN: Final = "x"
"""The sign in the margin of a selected card."""
_FIRST_KEYS: Final = {
    "pick": "picks words to mark",
    "pick-sentence": "picks a sentence",
    "find": "finds words",
    "note": "writes a note on the sentence",
    "note-article": "writes a note on the article",
}
"""Hints for an empty panel, by the ids of commands."""


class NotesPanel(RowList, can_focus=True):
    """The panel with the notebook's annotations as cards, one of them current, any of them selected.

    Cards are drawn when they come into view, and are no widgets, so that a notebook may have ten thousand.
    """

    HEADER_LINES = 2
    GAP_LINES = 1

    class Moved(Message):
        """The user moved to a card."""

        def __init__(self, annotation_id: str) -> None:
            super().__init__()
            self.annotation_id = annotation_id

    def __init__(self, notebook: Notebook, keymap: Keymap, *, loaded: bool, id: str | None = None) -> None:
        """Create the panel.

        Args:
            notebook: The annotations to show.
            keymap: The keymap, for hints.
            loaded: True if the notebook has its annotations already; False if it has them at the next `show_notebook`.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._loaded = loaded
        self.notebook = notebook
        self.note_list = NoteList(notebook)
        """The annotations that have a card, in the order of the cards."""
        self.selected_ids: set[str] = set()
        """The ids of the annotations that are selected."""
        self.current_id = ""
        """The id of the current card's annotation, which is in `note_list`; empty if no card is current."""
        self._keymap = keymap
        self._first_hints = _first_hints(notebook, keymap)
        self._cards: dict[tuple[str, bool], tuple[Annotation, Placement | None, list[Strip]]] = {}
        """Cards drawn at `_cards_width`, by the ids of their annotations and whether they are current."""
        self._cards_width = 0

    # Updates

    def show_notebook(self) -> None:
        """Redraw the panel for the present notebook; if the current card is gone, make the next one current."""
        self._loaded = True
        self.selected_ids = {id_ for id_ in self.selected_ids if self.notebook.get(id_)}
        self.refresh_list()

    def refresh_list(self) -> None:
        """Redraw the panel after the filter or the order of `note_list` has changed."""
        if self.current_id in self.note_list:
            self.current_index = self.note_list.index(self.current_id)
        else:
            self.current_id = ""
            if self.has_focus:
                self.move_to(self.current_index)
        self.redraw()

    def clear_cards(self) -> None:
        """Draw all cards again at the next refresh, as the article was replaced by another version."""
        self._cards.clear()

    def paint_with(self, painter: Painter, current_painter: Painter | None = None) -> None:
        """Set the painters, and redraw all cards."""
        self._cards.clear()
        super().paint_with(painter, current_painter)

    # The current card

    @property
    def current(self) -> Annotation | None:
        """The annotation of the current card."""
        return self.notebook.get(self.current_id)

    @property
    def _has_current(self) -> bool:
        return self.current is not None

    def set_current(self, annotation_id: str) -> None:
        """Make the card of an annotation current without posting `Moved`; if it has no card, none is current."""
        if annotation_id != self.current_id:
            self.current_id = annotation_id if annotation_id in self.note_list else ""
            self.current_index = self.note_list.index(annotation_id) if self.current_id else 0
            self._follows_current = True
            self.redraw()

    def set_current_near(self, offset: int) -> None:
        """Make the card current whose passage is the last that begins at or before an offset; none if none does.

        Args:
            offset: An offset in the text, in code points.
        """
        index = self.note_list.index_at(offset)
        self.set_current(self.note_list.nth(index).id if index >= 0 else "")

    def move_by(self, count: int) -> None:
        """Move to the card `count` cards further down, up if negative; to the first one if none is current."""
        self.move_to(self.current_index + count if self.current else 0)

    def move_to(self, index: int) -> None:
        """Move to a card by its index; beyond the ends, to the card at the end."""
        if len(self.note_list):
            index = min(max(0, index), len(self.note_list) - 1)
            self.set_current(self.note_list.nth(index).id)
            self.post_message(self.Moved(self.current_id))

    def page(self, windows: float) -> None:
        """Move down by so many viewports, up if negative; if part of the current card is hidden there, scroll in it."""
        lines = max(1, int(abs(windows) * self._viewport_height))
        step = 1 if windows > 0 else -1
        if hidden := self._hidden_lines(step):
            self.scroll_rows(step * min(lines, hidden))
            return
        index = self.current_index if self.current else 0
        while lines > 0 and 0 <= index + step < len(self.note_list):
            index += step
            lines -= self._row_height(index)
        self.move_to(index)

    # Selected cards

    def toggle_selection(self) -> None:
        """Select the current card, or deselect it."""
        if self.current_id:
            self._select(self.selected_ids ^ {self.current_id})

    def toggle_all(self) -> None:
        """Select every card that is shown, or deselect all if they are selected already."""
        shown = {self.note_list.nth(index).id for index in range(len(self.note_list))}
        self._select(set() if shown <= self.selected_ids else self.selected_ids | shown)

    def clear_selection(self) -> None:
        """Deselect all cards."""
        self._select(set())

    def _select(self, annotation_ids: set[str]) -> None:
        self.selected_ids = annotation_ids
        self._cards.clear()
        self.redraw()

    # Drawing

    @property
    def _row_count(self) -> int:
        return len(self.note_list)

    def _draw_row(self, index: int) -> list[Strip]:
        annotation = self.note_list.nth(index)
        is_current = annotation.id == self.current_id
        width = self.size.width
        if self._cards_width != width or len(self._cards) > _CACHED_CARDS:
            self._cards.clear()
            self._cards_width = width
        placement = self.notebook.placement(annotation.id)
        cached = self._cards.get((annotation.id, is_current))
        if cached is None or (cached[0], cached[1]) != (annotation, placement):
            cached = annotation, placement, self._draw_card(annotation, is_current=is_current)
            self._cards[annotation.id, is_current] = cached
        return cached[2]

    def _draw_card(self, annotation: Annotation, *, is_current: bool) -> list[Strip]:
        from pactreader.tui.notes.cards import draw_card  # the first frame has no cards

        painter = self.current_painter if is_current else self.painter
        width = self.size.width
        card = draw_card(annotation, self.notebook, width - 1, painter, self._keymap, is_current=is_current)
        base = self.painter.base
        if annotation.id in self.selected_ids:
            sign = Segment(_SELECTED_SIGN, base + self.painter.tag)
        else:
            sign = Segment(_CURRENT_SIGN if is_current and not painter.colourful else " ", base)
        margins = chain([sign], repeat(Segment(" ", base)))
        strips = [Strip([margin, *line], width) for margin, line in zip(margins, card, strict=False)]
        return [*strips, Strip.blank(width, base)]

    def _draw_header(self, y: int) -> Iterable[Segment]:
        """Draw the heading with the number of cards, or the empty line below it."""
        if y:
            return ()
        painter, note_list = self.painter, self.note_list
        accent = Style(color=painter.palette.accent.rich_color) if self.has_focus else Style()
        number = (
            f"{self.current_index + 1} of {len(note_list)}" if self.current else str(len(note_list) or "")
        )
        filtered = f"{number} with {printable_line(note_list.filter)}" if note_list.filter else number
        order = "" if note_list.order is Order.POSITION else f"by {note_list.order}"
        conflicted = len(self.notebook.conflicted)
        bold = painter.base + Style(bold=True)
        return (
            Segment("  Notes", bold + accent),
            Segment(f"   {len(self.selected_ids)} chosen" if self.selected_ids else "", bold),
            Segment(f"   {' · '.join(filter(None, (filtered, order)))}", painter.muted),
            Segment(f" · {conflicted} to choose" if conflicted else "", painter.warned),
        )

    def _draw_below(self, y: int) -> Iterable[Segment]:
        """Draw a line of the hints that are shown if there are no cards."""
        if not self._loaded or self._row_count:
            return ()
        if not len(self.notebook):
            return self._draw_first_hint(y)
        hints = ("Nothing is like that.", f"{self._keymap.key('let-go')} shows all.")
        return [Segment(f"  {hints[y]}", self.painter.muted)] if y < len(hints) else ()

    def _draw_first_hint(self, y: int) -> Iterable[Segment]:
        if y >= len(self._first_hints):
            return ()
        key, words = self._first_hints[y]
        painter = self.painter
        accent = painter.base + Style(color=painter.palette.accent.rich_color, bold=True)
        return [Segment(f"  {key}", accent if words else painter.muted), Segment(words, painter.muted)]

    # Events

    def on_focus(self) -> None:
        """Show the focus in the header."""
        self.redraw()

    def on_blur(self) -> None:
        """Show that the focus is gone."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Move to the card that is clicked; with ctrl or shift, select it too."""
        index = self.row_at(event.y)
        if index is not None:
            self.move_to(index)
            if event.ctrl or event.shift:
                self.toggle_selection()


def _first_hints(notebook: Notebook, keymap: Keymap) -> list[tuple[str, str]]:
    """Return the hints for a notebook without annotations: keys, and their effects."""
    labels = [
        (key, label.name)
        for label, command in zip(notebook.labels, keymap.labels, strict=True)
        for key in map(shown_key, command.keys)
    ]
    others = [(keymap.key(command_id), words) for command_id, words in _FIRST_KEYS.items()]
    width = max(cell_len(key) for key, _ in (*labels, *others)) + 2
    rows = [("Nothing marked yet.", ""), ("", ""), *labels, ("", ""), *others]
    return [(set_cell_size(key, width) if words else key, words) for key, words in rows]
