"""The two panes of the reading screen: focus, layout, and the target of a command."""

from collections.abc import Callable
from typing import Final

from textual.screen import Screen

from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.notebooks.notebook import Notebook
from pactreader.tui.idle import wait_until_idle
from pactreader.tui.navigation_history import NavigationHistory, Position
from pactreader.tui.notes.notes_panel import NotesPanel
from pactreader.tui.page.article_view import ArticleView

WIDE: Final = 100
"""Cells of width from which the notes panel is beside the article; below that it is a drawer over it."""


def panel_variables(side: str, width: int | None) -> dict[str, str]:
    """Return the style sheet's variables for the side and width of the notes panel.

    Args:
        side: `right` or `left`.
        width: Columns, as far as there is room; `None` for a width that suits the window.
    """
    beside = ("35%", "36", "62") if width is None else (str(width), "24", "60%")
    names = ("panel-width", "panel-min", "panel-max")
    return dict(zip(names, beside, strict=True)) | {
        "panel-side": side,
        "drawer-width": "48" if width is None else str(width),
    }


class Panes:
    """The article and the notes panel, one of which has the focus."""

    def __init__(
        self,
        screen: Screen[None],
        notebook: Notebook,
        article: ArticleView,
        notes: NotesPanel,
        *,
        notes_shown: bool,
    ) -> None:
        """Create the panes' controller.

        Args:
            screen: The screen, whose CSS classes are the layout of the panes.
            notebook: The notebook that both show.
            article: The article pane.
            notes: The notes pane.
            notes_shown: True to show the notes panel beside the article where there is room.
        """
        self.article = article
        self.notes = notes
        self._screen = screen
        self._notebook = notebook
        self.history = NavigationHistory()
        self._position = Position(article.caret.offset, article.top_offset)
        screen.set_class(not notes_shown, "-panel-hidden")

    # The target of a command

    @property
    def in_notes(self) -> bool:
        """True if the notes panel has the focus."""
        return self._screen.focused is self.notes  # `has_focus` follows with a message

    @property
    def target(self) -> Annotation | None:
        """The annotation that a command applies to: that of the current card, or the highlight at the caret."""
        return self.notes.current if self.in_notes else self.article.target

    @property
    def unconfirmed_target(self) -> Annotation | None:
        """The changed, doubtful or lost annotation that a command applies to: the target, or a doubtful one at the caret."""
        target, caret = self.target, self.article.caret
        if target and target.id in self._notebook.unconfirmed:
            return target
        return None if target or self.in_notes else self._notebook.doubtful_at(caret.offset)

    @property
    def selected_ids(self) -> list[str]:
        """The ids of the selected cards, in the order of the panel; empty in the article."""
        if not self.in_notes:
            return []
        note_list = self.notes.note_list
        return sorted((id_ for id_ in self.notes.selected_ids if id_ in note_list), key=note_list.index)

    @property
    def selection(self) -> Passage | None:
        """The selection in the article, if the article has the focus."""
        return None if self.in_notes else self.article.caret.selection

    @property
    def label_target(self) -> Annotation | None:
        """The annotation that a label or a note applies to: the one exactly on the selection, if there is a selection.

        Without a selection, or while a highlight is being reshaped, it is `target`.
        """
        selection = None if self.article.reshaping else self.selection
        return self._notebook.annotation_on(selection) if selection else self.target

    async def wait_until_idle(self) -> None:
        """Wait until the panes have handled the mouse, so that its effects come before those of the next key."""
        await wait_until_idle(self.article, self.notes)

    # Positions

    @property
    def position(self) -> Position:
        """The position in the article; in the notes, the one at which the focus left the article."""
        if not self.in_notes:
            self._position = Position(self.article.caret.offset, self.article.top_offset)
        return self._position

    def jump_to(self, offset: int) -> None:
        """Go to an offset of the article, in code points; the present position goes into the navigation history."""
        self.history.push(self.position)
        self.article.clear_selection()
        self.article.go_to(offset)

    def return_to(self, position: Position) -> None:
        """Restore a position of the navigation history."""
        self.article.clear_selection()
        self.article.restore_position(position)

    def show_article(self, position: Position, counterpart: Callable[[Position], Position]) -> None:
        """Show the notebook's article after it was replaced by another version.

        Args:
            position: The position to show.
            counterpart: Returns the position in the present text for one in the former text.
        """
        self.history.map(counterpart)
        self._position = counterpart(self._position)
        self.article.show_article(position)

    def show_current_card(self) -> None:
        """Show the passage of the panel's current card in the article; if it is lost, where it was."""
        placement = self._notebook.placement(self.notes.current_id)
        if placement:
            self.article.clear_selection()
            self.article.go_to(placement.start)

    # Focus and layout

    @property
    def notes_shown(self) -> bool:
        """True if the notes panel is shown beside the article where there is room."""
        return not self._screen.has_class("-panel-hidden")

    @property
    def drawer_open(self) -> bool:
        """True if the notes panel is shown over the article."""
        return self._screen.has_class("-drawer-open")

    def focus_article(self) -> None:
        """Focus the article; the drawer closes."""
        self._screen.set_focus(self.article)
        self.close_drawer()

    def focus_notes(self) -> None:
        """Show and focus the notes panel; without a current card, make the first one current."""
        if self._screen.has_class("-wide"):
            self._screen.remove_class("-panel-hidden")
        else:
            self._screen.add_class("-drawer-open")
        self._screen.set_focus(self.notes)
        if not self.notes.current and len(self._notebook):
            self.notes.move_to(0)

    def close_drawer(self) -> None:
        """Remove the drawer from over the article."""
        self._screen.remove_class("-drawer-open")

    def toggle_notes(self) -> None:
        """Show or hide the notes panel."""
        if self.in_notes:
            self._screen.set_focus(self.article)
        if self._screen.has_class("-wide"):
            self._screen.toggle_class("-panel-hidden")
            self.close_drawer()
        else:
            self._screen.toggle_class("-drawer-open")
