"""Commands of the notes panel: filter and sort the cards, select several, go to a passage."""

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.search import fold
from pactreader.tui.keys.key_capture import KeyHints
from pactreader.tui.keys.registry import Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import STILL_SEARCHED, ScreenState, needs_cards, needs_target

if TYPE_CHECKING:
    from pactreader.tui.context import Context

_HINT: Final = "words, #tag, label:doubt, has:note, is:changed, -not"
_STEP_SECONDS: Final = 0.004
"""Seconds for which notes are compared between two keys."""
_ORDER_MESSAGES: Final = {
    "place": "as in the text",
    "time": "those changed last on top",
    "label": "label by label",
}


@command(
    "choose-next",
    "down j",
    "Next card",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="another card",
    footer=Footer("choose", keys="↑↓", notes=1),
    when=needs_cards,
)
def next_card(context: "Context") -> None:
    """Make the next card the current one."""
    context.notes_panel.move_by(1)


@command(
    "choose-previous",
    "up k",
    "Previous card",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="another card",
    when=needs_cards,
)
def previous_card(context: "Context") -> None:
    """Make the previous card the current one."""
    context.notes_panel.move_by(-1)


@command(
    "go",
    "enter",
    "Go to the passage",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="to its passage",
    footer=Footer("go there", notes=2),
    when=needs_target,
)
def go_to_passage(context: "Context") -> None:
    """Go to the passage of the current card."""
    current = context.notes_panel.current
    placement = context.notebook.placement(current.id) if current else None
    if current is None or current.anchor is None:
        context.show_message("This note is on the whole article.")
        return
    if placement is None:
        context.show_message(STILL_SEARCHED)
        return
    context.panes.jump_to(placement.start)
    context.panes.focus_article()
    if placement.kind is PlacementKind.LOST:
        context.show_message("It was here; it is not in the text now, and its note is kept.")


@command(
    "filter",
    "/",
    "Filter the notes",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="filter",
    help="As you type: words, #tag, label:doubt, has:note, is:changed, is:lost.",
    footer=Footer("filter", notes=4),
    when=needs_cards,
)
def filter_notes(context: "Context") -> None:
    """Open the find bar for a filter of the notes."""
    context.filter.open()


@command(
    "notes-order",
    "S",
    "Sort by place, time or label",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="sort",
    when=needs_cards,
)
def sort_notes(context: "Context") -> None:
    """Sort the cards by the next order."""
    order = context.notes_panel.note_list.next_order()
    context.notes_panel.refresh_list()
    context.show_message(f"By {order}: {_ORDER_MESSAGES[order]}.")


@command(
    "choose-also",
    "v",
    "Choose this card too",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="several, all",
    help="Labels, tags, removing, copying and exporting then go to all that are chosen.",
    footer=Footer("choose several", notes=5, selected_notes=6),
    when=needs_cards,
)
def toggle_selection(context: "Context") -> None:
    """Select or deselect the current card, and move to the next one."""
    context.notes_panel.toggle_selection()
    context.notes_panel.move_by(1)


@command(
    "choose-all",
    "*",
    "Choose all cards, or none",
    group=Group.NOTES,
    pane=Pane.NOTES,
    short="several, all",
    when=needs_cards,
)
def toggle_all(context: "Context") -> None:
    """Select every card that is shown, or deselect all."""
    context.notes_panel.toggle_all()


def _panes_word(state: ScreenState) -> str:
    return "article" if state.in_notes else "notes"


@command(
    "panes",
    "tab",
    "Between article and notes",
    group=Group.APP,
    short="notes, hide",
    footer=Footer(_panes_word, reading=7, highlight=4, notes=3),
)
def switch_panes(context: "Context") -> None:
    """Focus the other pane."""
    if context.panes.in_notes:
        context.panes.focus_article()
    else:
        context.panes.focus_notes()


@command("panel", "p", "Show or hide the notes", group=Group.APP, short="notes, hide")
def toggle_panel(context: "Context") -> None:
    """Show or hide the notes panel."""
    context.panes.toggle_notes()


class NotesFilter:
    """The filter of the notes while it is typed in the find bar."""

    hints: KeyHints = (
        ("↑↓", "other notes"),
        ("enter", "keeps the filter"),
        ("esc", "leaves it as it was"),
    )
    """Keys and their effect while the bar is open, for the footer."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._notes = context.notes_panel
        self._before: str | None = None
        """The filter when the bar was opened; `None` while it is closed."""
        self._card_before = ""
        """The id of the current card when the bar was opened."""
        self._steps: Iterator[None] = iter(())
        """The steps to what is typed."""

    @property
    def is_open(self) -> bool:
        """True while the find bar is open for this filter."""
        return self._before is not None

    def open(self) -> None:
        """Open and focus the find bar."""
        self._before = self._notes.note_list.filter
        self._card_before = self._notes.current_id
        self._context.find_bar.reset(self._before, message=_HINT)
        self._context.find_bar.display = True
        self._notes.screen.set_focus(self._context.find_bar.line_input)

    def update(self, typed: str) -> None:
        """Show the cards that match what is typed so far. Many are compared in steps, with keys handled between."""
        if self._before is None:
            return
        self._steps = self._notes.note_list.filter_in_steps(typed)
        if self._advance():
            self._show_result(typed)
        else:
            self._context.find_bar.show_message("searching…")
            self._notes.run_worker(self._filter_on(typed), group="filter", exclusive=True)

    def _advance(self) -> bool:
        """Compare notes for some milliseconds; return whether all are compared."""
        end = time.perf_counter() + _STEP_SECONDS
        return next((False for _ in self._steps if time.perf_counter() > end), True)

    async def _filter_on(self, typed: str) -> None:
        """Compare the other notes, unless another filter is typed, and show the result."""
        steps = self._steps
        await self._context.app.key_gate.run(lambda: steps is not self._steps or self._advance())
        if steps is self._steps and self.is_open:
            self._show_result(typed)
            self._context.screen.follow()

    def _show_result(self, typed: str) -> None:
        self._notes.refresh_list()
        if not self._notes.current:
            self._notes.move_to(0)
        problem = self._notes.note_list.problem
        shown, total = len(self._notes.note_list), len(self._notes.notebook)
        label_id = "" if shown else self._label_with_name(typed)
        suggestion = f", label:{label_id} has some" if label_id else ""
        count = f"{shown} of {total}{suggestion}" if typed.strip() else _HINT
        self._context.find_bar.show_message(problem or count, warning=bool(problem) or not shown)

    def _label_with_name(self, typed: str) -> str:
        """Return the id of a label in use whose name begins with what was typed; empty if there is none."""
        word = fold(typed.strip())
        notebook = self._notes.notebook
        named = [label.id for label in notebook.labels if fold(label.name).startswith(word)]
        in_use = {annotation.label for annotation in notebook} if named else ()
        return next((label_id for label_id in named if label_id in in_use), "")

    async def step(self, count: int) -> None:
        """Make another card the current one while the bar is open."""
        self._notes.move_by(count)

    async def submit(self) -> None:
        """Close the bar, keep the filter, and focus the cards."""
        while not self._advance():  # noqa: ASYNC110 - others run between
            await asyncio.sleep(0)
        self._focus_notes()
        if not len(self._notes.note_list):
            key = self._context.keymap.key("let-go")
            self._context.show_message(f"Nothing is like that: {key} shows all notes again.")

    def cancel(self) -> None:
        """Close the bar, and restore the filter and the current card."""
        self._steps = iter(())
        self._notes.note_list.set_filter(self._before or "")
        self._focus_notes()
        self._notes.set_current(self._card_before)
        self._context.panes.show_current_card()

    def close(self) -> None:
        """Close the bar because it lost the focus; the filter stays."""
        self._before = None
        self._context.find_bar.display = False

    def _focus_notes(self) -> None:
        self.close()
        self._notes.screen.set_focus(self._notes)
        self._notes.refresh_list()
