"""The article and the notes beside it: which of them the reader is in, and what a command is about."""

from typing import Final

from textual.screen import Screen

from pactreader.core.annotation import Annotation
from pactreader.core.article import Passage
from pactreader.core.notebook import Notebook
from pactreader.tui.idle import wait_until_idle
from pactreader.tui.navigation_history import NavigationHistory, Position
from pactreader.tui.notes.notes_panel import NotesPanel
from pactreader.tui.page.article_view import ArticleView

WIDE: Final = 100
"""Columns from which the notes stand beside the article; below that they are a drawer over it."""


def panel_variables(side: str, width: int | None) -> dict[str, str]:
    """Where the notes stand and how wide they are, for the style sheet.

    Args:
        side: `right` or `left`.
        width: Columns, as far as there is room; `None` for what suits the window.
    """
    beside = ("35%", "36", "62") if width is None else (str(width), "24", "60%")
    names = ("panel-width", "panel-min", "panel-max")
    return dict(zip(names, beside, strict=True)) | {
        "panel-side": side,
        "drawer-width": "48" if width is None else str(width),
    }


class Panes:
    """Both panes of a screen, one of which has the focus."""

    def __init__(
        self,
        screen: Screen[None],
        notebook: Notebook,
        article: ArticleView,
        notes: NotesPanel,
        *,
        notes_shown: bool,
    ) -> None:
        """Args:
        screen: Where they are; its classes say how they stand.
        notebook: What both show.
        article: The one.
        notes: The other.
        notes_shown: Whether the notes stand beside the article where there is room.
        """
        self.article = article
        self.notes = notes
        self._screen = screen
        self._notebook = notebook
        self.history = NavigationHistory()
        """The places to go back to."""
        self._left = Position(article.caret.offset, article.top_offset)
        screen.set_class(not notes_shown, "-panel-hidden")

    # What the reader is about to do something with

    @property
    def in_notes(self) -> bool:
        """Whether the reader is in the notes, not in the article."""
        return self.notes.has_focus

    @property
    def target(self) -> Annotation | None:
        """What a command is about: the chosen card, or the highlight at the caret."""
        return self.notes.chosen if self.in_notes else self.article.target

    @property
    def selected_ids(self) -> list[str]:
        """The ids of the annotations that a command is about all at once, as their cards stand; none if it is about one."""
        if not self.in_notes:
            return []
        note_list = self.notes.note_list
        return sorted((id_ for id_ in self.notes.selected_ids if id_ in note_list), key=note_list.index)

    @property
    def selection(self) -> Passage | None:
        """What is selected in the article, if that is where the reader is."""
        return None if self.in_notes else self.article.caret.selection

    @property
    def marked(self) -> Annotation | None:
        """What a label or a note goes to, if there is something: the highlight on just the selection, or the target."""
        selection = None if self.article.reshaping else self.selection
        return self._notebook.with_passage(selection) if selection else self.target

    async def wait_until_idle(self) -> None:
        """Wait until the panes have taken what the mouse did: a key that comes behind it is about that."""
        await wait_until_idle(self.article, self.notes)

    # Where the reader is

    @property
    def here(self) -> Position:
        """Where the reader is in the article; while they look through the notes, where they were before."""
        if not self.in_notes:
            self._left = Position(self.article.caret.offset, self.article.top_offset)
        return self._left

    def leap_to(self, offset: int) -> None:
        """Go somewhere in the article from where the reader may want to come back, with nothing selected."""
        self.history.leave(self.here)
        self.article.clear_selection()
        self.article.go_to(offset)

    def return_to(self, stop: Position) -> None:
        """Go to where the reader was, the window as it was."""
        self.article.clear_selection()
        self.article.return_to(stop)

    # How they stand

    @property
    def notes_shown(self) -> bool:
        """Whether the notes stand beside the article where there is room."""
        return not self._screen.has_class("-panel-hidden")

    @property
    def drawer_open(self) -> bool:
        """Whether the notes lie over the article, as there is no room beside it."""
        return self._screen.has_class("-drawer-open")

    def to_article(self) -> None:
        """Go to the article."""
        self._screen.set_focus(self.article)
        self.close_drawer()

    def to_notes(self) -> None:
        """Go to the notes, wherever they stand."""
        if self._screen.has_class("-wide"):
            self._screen.remove_class("-panel-hidden")
        else:
            self._screen.add_class("-drawer-open")
        self._screen.set_focus(self.notes)
        if not self.notes.chosen and len(self._notebook):
            self.notes.choose_nth(0)

    def close_drawer(self) -> None:
        """Let the notes lie over the article no more."""
        self._screen.remove_class("-drawer-open")

    # What commands do

    def action_panes(self) -> None:
        """Between article and notes."""
        if self.in_notes:
            self.to_article()
        else:
            self.to_notes()

    def action_panel(self) -> None:
        """Show or hide the notes."""
        if self.in_notes:
            self._screen.set_focus(self.article)
        if self._screen.has_class("-wide"):
            self._screen.toggle_class("-panel-hidden")
            self.close_drawer()
        else:
            self._screen.toggle_class("-drawer-open")
