"""How the reader gets about: in the article, from highlight to highlight, from card to card."""

from collections.abc import Callable

from pactreader.core.notebook import Highlight, Notebook
from pactreader.core.text_units import TextUnit
from pactreader.tui.panes import Panes


class Moving:
    """Moves the caret, or the chosen card."""

    def __init__(self, notebook: Notebook, panes: Panes, say: Callable[[str], None]) -> None:
        """Args:
        notebook: Knows where the highlights are.
        panes: What is moved in.
        say: Says something to the reader.
        """
        self._notebook = notebook
        self._panes = panes
        self._say = say

    def action_move(self, unit: str, count: int) -> None:
        """Move the caret by lines or units."""
        if unit == "line":
            self._panes.article.move_by_lines(count)
        else:
            self._panes.article.move(TextUnit(unit), forward=count > 0)

    def action_move_to_end(self, unit: str) -> None:
        """Move the caret to the end of a unit."""
        self._panes.article.move_to_end(TextUnit(unit))

    def action_line_start(self) -> None:
        """Move the caret to the beginning of its line."""
        self._panes.article.to_line_edge(end=False)

    def action_line_end(self) -> None:
        """Move the caret to the end of its line."""
        self._panes.article.to_line_edge(end=True)

    def action_page(self, windows: float) -> None:
        """Page in the pane that has the focus."""
        (self._panes.notes if self._panes.in_notes else self._panes.article).page(windows)

    def action_top(self) -> None:
        """To the top of the pane that has the focus."""
        if self._panes.in_notes:
            self._panes.notes.choose_nth(0)
        else:
            self._panes.history.leave(self._panes.here)
            self._panes.article.go_to_top()

    def action_bottom(self) -> None:
        """To the bottom of the pane that has the focus."""
        if self._panes.in_notes:
            self._panes.notes.choose_nth(len(self._notebook) - 1)
        else:
            self._panes.history.leave(self._panes.here)
            self._panes.article.to_bottom()

    def action_highlight_next(self) -> None:
        """To the next highlight."""
        caret = self._panes.article.caret
        found = self._notebook.next_after(caret.units.around(TextUnit.CHARACTER, caret.offset).end - 1)
        self._to_highlight(found, "That was the last highlight.")

    def action_highlight_previous(self) -> None:
        """To the previous highlight."""
        found = self._notebook.previous_before(self._panes.article.caret.offset)
        self._to_highlight(found, "That was the first highlight.")

    def _to_highlight(self, highlight: Highlight | None, otherwise: str) -> None:
        if highlight is None:
            self._say(otherwise)
            return
        self._panes.article.go_to(highlight.start)
        self._panes.notes.choose(highlight.annotation.id)

    def action_choose(self, count: int) -> None:
        """Choose another card."""
        self._panes.notes.choose_by(count)

    def action_go(self) -> None:
        """To the passage of the chosen card."""
        target = self._panes.notes.chosen
        placement = self._notebook.placement(target.id) if target else None
        if placement and placement.found:
            self._panes.leap_to(placement.start)
            self._panes.to_article()
        else:
            self._say(
                "This passage is not in the text now: its note is kept here."
                if placement
                else "This note is on the whole article."
            )
