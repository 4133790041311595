"""The context of the command functions."""

from functools import cached_property
from typing import TYPE_CHECKING

from textual.screen import Screen

from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.links import link_at
from pactreader.core.notebooks.notebook import Notebook
from pactreader.tui.commands.find import ArticleSearch
from pactreader.tui.commands.panel import NotesFilter
from pactreader.tui.keys.key_capture import KeyCapture
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.screen_state import ScreenState
from pactreader.tui.notes.highlight_list import HighlightList
from pactreader.tui.notes.notes_panel import NotesPanel
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.panes import Panes
from pactreader.tui.session.reading_session import ReadingSession
from pactreader.tui.session.save_queue import SaveQueue

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.commands.review import Attachment
    from pactreader.tui.dialogs.note_editor import NoteEditor
    from pactreader.tui.find_bar import FindBar
    from pactreader.tui.reading_screen import ReadingScreen


class Context:
    """The argument of every command function: the open article's notebook, the panes, the screen and the app."""

    def __init__(
        self,
        app: "PactReaderApp",
        screen: "ReadingScreen",
        session: ReadingSession,
        keymap: Keymap,
        *,
        article_view: ArticleView,
        notes_panel: NotesPanel,
        highlight_list: HighlightList,
        notes_shown: bool,
    ) -> None:
        self.app = app
        self.screen = screen
        self.session = session
        self.keymap = keymap
        self.notebook: Notebook = session.notebook
        self.article_view = article_view
        self.notes_panel = notes_panel
        self.highlight_list = highlight_list
        self.panes = Panes(screen, self.notebook, article_view, notes_panel, notes_shown=notes_shown)
        """The article and the notes panel, with the focus and the target of a command."""
        self.saves = SaveQueue(session, screen)
        """The changes that are not saved yet."""
        self.capture = KeyCapture(screen.show_keys)
        """The handler of the next keys, such as the letters of a tag, before they are commands."""
        self.search = ArticleSearch(self)
        self.filter = NotesFilter(self)
        self.attachment: Attachment | None = None
        """The highlight that is to be attached to another passage, while that is chosen."""
        self.reviewed_id = ""
        """The id of the annotation that the review is at; empty without a review."""
        self.editor: NoteEditor | None = None
        """The note editor that was opened last."""

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar for a search or a filter, which is above the footer from its first use on."""
        from pactreader.tui.find_bar import FindBar

        bar = FindBar(id="find")
        bar.display = False
        self.screen.mount(bar, before=self.screen.footer_bar)
        return bar

    def us_key(self, letter: str) -> str:
        """Return the key of the US layout in the place of a letter in Cyrillic or Greek script; empty for any other."""
        return "" if letter.isascii() or len(letter) > 1 else self.app.keyboard.us_key(letter)

    def show_message(self, message: str, *, warning: bool = False) -> None:
        """Show a message in the footer; a warning stays until the next command."""
        self.screen.show_message(message, warning=warning)

    async def push_dialog(self, dialog: Screen[None]) -> None:
        """Show a dialog over the current screen, with its input focused on return.

        So keys typed before the dialog is drawn reach it.
        """
        await self.app.push_screen(dialog)
        inputs = (widget for widget in dialog.query(dialog.AUTO_FOCUS or "") if widget.focusable)
        dialog.set_focus(next(inputs, None))

    def save_draft(self) -> None:
        """Save what is typed in an open note editor as a draft.

        Raises:
            NotSavedError: It was not saved.
        """
        if self.editor:
            self.editor.save_draft()

    def state(self) -> ScreenState:
        """Return the state that commands depend on."""
        notebook, panes, caret = self.notebook, self.panes, self.article_view.caret
        in_article, target, unconfirmed = not panes.in_notes, panes.target, panes.unconfirmed_target
        placement = notebook.placement(unconfirmed.id) if unconfirmed else None
        return ScreenState(
            in_notes=not in_article,
            selecting=in_article and caret.selecting,
            selection_is_fresh=in_article and caret.is_selection_new,
            on_link=in_article and not caret.selecting and bool(link_at(notebook.article, caret.offset)),
            reshaping=in_article and bool(self.article_view.reshaping),
            attaching=in_article and self.attachment is not None,
            has_target=target is not None,
            can_accept=placement is not None and placement.kind is not PlacementKind.LOST,
            has_highlights=notebook.has_found,
            has_lost=not notebook.has_found and notebook.highlight_count > 0,
            has_pending=len(notebook.pending) > 0,
            has_cards=len(notebook) > 0,
            has_selected_notes=not in_article and bool(panes.selected_ids),
            has_text=bool(notebook.article.text),
            on_conflict=bool(target and target.conflicts),
            has_conflicts=bool(notebook.conflicted),
            has_unsaved=len(self.saves) > 0,
            comparison=self.app.change_tracker.changes.comparison,
            can_undo=notebook.can_undo,
            can_redo=notebook.can_redo,
        )
