"""The panel of highlights and notes: a window on the notebook's cards, one of them chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pactreader.core.annotation import Annotation
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.notes.cards import card
from pactreader.tui.notes.note_list import NoteList, Order
from pactreader.tui.page.painter import Painter

_HEADER_LINES: Final = 2
_REMEMBERED_CARDS: Final = 300
_WHEEL_LINES: Final = 3
_CHOSEN: Final = ">"
"""What stands before the chosen card where its ground cannot show it."""
_SEVERAL: Final = "x"
"""What stands before a card that is one of several."""
_FIRST_KEYS: Final = {
    "pick": "picks words to mark",
    "pick-sentence": "picks a sentence",
    "find": "finds words",
    "note": "writes a note on the sentence",
    "note-article": "writes a note on the article",
}
"""What a reader needs who has marked nothing yet, by commands."""


class NotesPanel(Widget, can_focus=True):
    """The notebook's annotations as cards, in reading order.

    Ten thousand of them are ten thousand records, not widgets: cards are drawn when they come into view. The
    window is kept as a card and a line of it, so nothing has to know how high all the others are.
    """

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The reader chose a card."""

        annotation_id: str

    def __init__(self, notebook: Notebook, keymap: Keymap, *, ready: bool, id: str | None = None) -> None:
        """Args:
        notebook: Whose annotations are shown.
        keymap: Says what to press.
        ready: Whether they are there; if not, `show_notebook` says when they are.
        id: The widget's id.
        """
        super().__init__(id=id)
        self._ready = ready
        self.notebook = notebook
        self.note_list = NoteList(notebook)
        """The cards."""
        self.selected_ids: set[str] = set()
        """The ids of what was chosen to have something done with it all at once."""
        self._keymap = keymap
        self._nothing_yet = _nothing_yet(notebook, keymap)
        self.chosen_id = ""
        """The id of the chosen annotation; empty if none is. Always in the listing."""
        self._first = 0
        self._skipped = 0
        self._painter: Painter | None = None
        self._chosen_painter: Painter | None = None
        self._cards: dict[tuple[str, bool], tuple[Annotation, list[Strip]]] = {}
        self._cards_width = 0
        self._window: list[tuple[Strip, int]] | None = None
        self._chosen_index = 0
        """Its place among the cards, or that of the one that was chosen last and is gone."""
        self._follows_chosen = True
        """Whether the window keeps to the chosen card; not after it was scrolled away."""

    @property
    def chosen(self) -> Annotation | None:
        """The chosen annotation."""
        return self.notebook.get(self.chosen_id)

    def paint_with(self, painter: Painter, chosen_painter: Painter) -> None:
        """Draw in another palette from now on."""
        self._painter, self._chosen_painter = painter, chosen_painter
        self._cards.clear()
        self._redraw()

    def show_notebook(self) -> None:
        """Draw the cards anew; the place of a card that went is taken by the next."""
        self._ready = True
        self.selected_ids.intersection_update(
            one.id for one in map(self.notebook.get, self.selected_ids) if one
        )
        self.show_listing()

    def show_listing(self) -> None:
        """Draw the cards anew, as others are shown or they stand otherwise."""
        if self.chosen_id in self.note_list:
            self._chosen_index = self.note_list.index(self.chosen_id)
        else:
            self.chosen_id = ""
            if self.has_focus:
                self.choose_nth(self._chosen_index)
        self._redraw()

    def choose(self, annotation_id: str) -> None:
        """Choose a card and bring it into view; an id that is not there chooses none."""
        if annotation_id != self.chosen_id:
            self.chosen_id = annotation_id if annotation_id in self.note_list else ""
            self._chosen_index = self.note_list.index(annotation_id) if self.chosen_id else 0
            self._follows_chosen = True
            self._redraw()

    def choose_near(self, offset: int) -> None:
        """Choose the card of the last passage that begins at or before an offset; none, if there is none."""
        index = self.note_list.index_at(offset)
        self.choose(self.note_list.nth(index).id if index >= 0 else "")

    def toggle(self) -> None:
        """Have the chosen card among several, or not any more."""
        if self.chosen_id:
            self.selected_ids ^= {self.chosen_id}
            self._cards.clear()
            self._redraw()

    def toggle_all(self) -> None:
        """Have every card that is shown among several; none, if they are already."""
        shown = {self.note_list.nth(index).id for index in range(len(self.note_list))}
        self.selected_ids = set() if shown <= self.selected_ids else self.selected_ids | shown
        self._cards.clear()
        self._redraw()

    def clear_selection(self) -> None:
        """Have none among several."""
        self.selected_ids.clear()
        self._cards.clear()
        self._redraw()

    def choose_by(self, count: int) -> None:
        """Choose the card so many further down, up if negative."""
        self.choose_nth(self._chosen_index + count if self.chosen else 0)

    def choose_nth(self, index: int) -> None:
        """Choose a card by its place; beyond the ends, the one at the end."""
        if len(self.note_list):
            index = min(max(0, index), len(self.note_list) - 1)
            self.choose(self.note_list.nth(index).id)
            self.post_message(self.Chosen(self.chosen_id))

    def page(self, windows: float) -> None:
        """Go on in the chosen card if it is higher than the window, else to a card so many windows further down."""
        lines = max(1, int(abs(windows) * self._room))
        step = 1 if windows > 0 else -1
        hidden = self._hidden_of_chosen(step)
        if hidden:
            self._scroll(step * min(lines, hidden))
            return
        index = self._chosen_index if self.chosen else 0
        while lines > 0 and 0 <= index + step < len(self.note_list):
            index += step
            lines -= self._height(index)
        self.choose_nth(index)

    def _hidden_of_chosen(self, step: int) -> int:
        """Lines of the chosen card below the window (`step` 1) or above it (-1), if it begins near the window."""
        index = self._chosen_index
        if not self.chosen or abs(index - self._first) > self._room:
            return 0
        top = sum(map(self._height, range(self._first, index))) - sum(
            map(self._height, range(index, self._first))
        )
        top -= self._skipped
        bottom = top + self._height(index) - 1
        return max(0, bottom - self._room if step > 0 else -top)

    def _scroll(self, lines: int) -> None:
        """Move the window over the cards; what is chosen stays chosen."""
        first, skipped = self._first, self._skipped + lines
        while skipped < 0 and first:
            first -= 1
            skipped += self._height(first)
        while first + 1 < len(self.note_list) and skipped >= self._height(first):
            skipped -= self._height(first)
            first += 1
        self._first = first
        self._skipped = max(0, min(skipped, self._height(first) - 1)) if len(self.note_list) else 0
        self._follows_chosen = False
        self._redraw()

    # How it is drawn

    @property
    def _room(self) -> int:
        """Lines for the cards."""
        return max(1, self.size.height - _HEADER_LINES)

    def _redraw(self) -> None:
        self._window = None
        self.refresh()

    def _card(self, index: int) -> list[Strip]:
        """A card's lines and the space below it."""
        annotation = self.note_list.nth(index)
        is_chosen = annotation.id == self.chosen_id
        painter = self._chosen_painter if is_chosen else self._painter
        assert painter is not None
        assert self._painter is not None
        width = self.size.width - 1
        if self._cards_width != width or len(self._cards) > _REMEMBERED_CARDS:
            self._cards.clear()
            self._cards_width = width
        kept = self._cards.get((annotation.id, is_chosen))
        if kept is None or kept[0] is not annotation:
            lines = card(annotation, self.notebook, width, painter, self._keymap, chosen=is_chosen)
            base = self._painter.base
            if annotation.id in self.selected_ids:
                first = Segment(_SEVERAL, base + self._painter.tag)
            else:
                first = Segment(_CHOSEN if is_chosen and not painter.colourful else " ", base)
            margins = chain([first], repeat(Segment(" ", base)))
            strips = [Strip([margin, *line], width + 1) for margin, line in zip(margins, lines, strict=False)]
            kept = (annotation, [*strips, Strip([Segment(" " * (width + 1), self._painter.base)], width + 1)])
            self._cards[annotation.id, is_chosen] = kept
        return kept[1]

    def _height(self, index: int) -> int:
        return len(self._card(index))

    def _lines(self) -> list[tuple[Strip, int]]:
        """The window's lines, each with the index of its card."""
        if self._window is None:
            self._bring_chosen_into_view()
            room = self._room
            self._window = []
            for index, strips in self._cards_from(self._first):
                self._window += [(strip, index) for strip in strips]
                if len(self._window) >= room + self._skipped:
                    break
            self._window = self._window[self._skipped :]
        return self._window

    def _cards_from(self, index: int) -> Iterator[tuple[int, list[Strip]]]:
        return ((number, self._card(number)) for number in range(index, len(self.note_list)))

    def _bring_chosen_into_view(self) -> None:
        count, room = len(self.note_list), self._room
        if self._first >= count:
            self._first, self._skipped = max(0, count - 1), 0
        if not self.chosen or not self._follows_chosen:
            return
        index = self._chosen_index
        if index < self._first or (index == self._first and self._skipped):
            self._first, self._skipped = index, 0
            return
        if index - self._first <= room:
            used = sum(self._height(number) for number in range(self._first, index + 1)) - self._skipped - 1
            if used <= room:
                return
        self._end_with(index, room)

    def _end_with(self, index: int, room: int) -> None:
        """Let the window end with a card; with its beginning, if it is higher than the window."""
        lines = self._height(index) - 1
        first = index
        while lines < room and first:
            first -= 1
            lines += self._height(first)
        self._first = first
        self._skipped = max(0, lines - room) if first < index else 0

    def render_line(self, y: int) -> Strip:
        """A line of the window."""
        painter = self._painter
        assert painter is not None
        width = self.size.width
        if y < _HEADER_LINES:
            return self._header(painter, width) if not y else Strip.blank(width, painter.base)
        lines = self._lines()
        if self._ready and not len(self.notebook) and y - _HEADER_LINES < len(self._nothing_yet):
            key, words = self._nothing_yet[y - _HEADER_LINES]
            accent = Style(color=painter.palette.accent.rich_color, bold=True)
            shown = [
                Segment(f"  {key}", painter.base + accent if words else painter.muted),
                Segment(words, painter.muted),
            ]
            return Strip(shown).adjust_cell_length(width, painter.base)
        if self._ready and not lines and y - _HEADER_LINES < 2:
            said = ("Nothing is like that.", f"{self._keymap.key('let-go')} shows all.")[y - _HEADER_LINES]
            return Strip([Segment(f"  {said}", painter.muted)]).adjust_cell_length(width, painter.base)
        if y - _HEADER_LINES < len(lines):
            return lines[y - _HEADER_LINES][0]
        return Strip.blank(width, painter.base)

    def _header(self, painter: Painter, width: int) -> Strip:
        accent = Style(color=painter.palette.accent.rich_color) if self.has_focus else Style()
        count = len(self.note_list)
        number = f"{self._chosen_index + 1} of {count}" if self.chosen else str(count or "")
        typed = printable_line(self.note_list.filter)
        order = "" if self.note_list.order is Order.PLACE else f"by {self.note_list.order}"
        where = " · ".join(filter(None, (f"{number} with {typed}" if typed else number, order)))
        conflicted = len(self.notebook.conflicted)
        selected_ids = f"   {len(self.selected_ids)} chosen" if self.selected_ids else ""
        segments = [
            Segment("  Notes", painter.base + Style(bold=True) + accent),
            Segment(selected_ids, painter.base + Style(bold=True)),
            Segment(f"   {where}", painter.muted),
            Segment(f" · {conflicted} to choose" if conflicted else "", painter.warned),
        ]
        return Strip(segments).adjust_cell_length(width, painter.base)

    # What the mouse and the terminal do

    def on_resize(self) -> None:
        """Set the cards anew."""
        self._redraw()

    def on_focus(self) -> None:
        """The header shows it."""
        self.refresh()

    def on_blur(self) -> None:
        """The header shows it."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the card that the mouse points at."""
        lines = self._lines()
        if 0 <= event.y - _HEADER_LINES < len(lines):
            self.choose_nth(lines[event.y - _HEADER_LINES][1])
            if event.ctrl or event.shift:
                self.toggle()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        event.stop()
        self._scroll(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        event.stop()
        self._scroll(-_WHEEL_LINES)


def _nothing_yet(notebook: Notebook, keymap: Keymap) -> list[tuple[str, str]]:
    """What stands in an empty panel: keys, and what they do."""
    labels = [
        (key, label.name)
        for label, command in zip(notebook.labels, keymap.labels, strict=True)
        for key in map(shown_key, command.keys)
    ]
    conflicts = [(keymap.key(command_id), words) for command_id, words in _FIRST_KEYS.items()]
    width = max(cell_len(key) for key, _ in (*labels, *conflicts)) + 2
    rows = [("Nothing marked yet.", ""), ("", ""), *labels, ("", ""), *conflicts]
    return [(set_cell_size(key, width) if words else key, words) for key, words in rows]
