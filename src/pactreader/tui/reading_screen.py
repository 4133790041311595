"""The one main screen: lays out the panes, has the rooms around it do what the reader asks for, shows the result."""

from functools import partial
from inspect import isawaitable
from typing import Protocol

from textual.actions import parse
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import Screen

from pactreader.core.annotation import Annotation
from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.links import link_at
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import printable_line
from pactreader.tui.bars import FooterBar, HintBar, TitleBar
from pactreader.tui.commands.annotations import Annotating
from pactreader.tui.commands.bookmarks import Bookmarking, BookmarkKeeper
from pactreader.tui.commands.export import Exporter, Outgoing
from pactreader.tui.commands.find import Finding
from pactreader.tui.commands.hyperlinks import Following, Outside
from pactreader.tui.commands.motion import Moving
from pactreader.tui.commands.navigation import Leaping
from pactreader.tui.commands.notes import DraftKeeper, Writing
from pactreader.tui.commands.panel import Filtering
from pactreader.tui.commands.selection import Selecting
from pactreader.tui.find_bar import FindBar
from pactreader.tui.keys.key_capture import KeyCapture
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command, ScreenState
from pactreader.tui.notes.highlight_list import HighlightList
from pactreader.tui.notes.notes_panel import NotesPanel
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.position_bar import PositionBar
from pactreader.tui.panes import WIDE, Panes
from pactreader.tui.save_queue import SaveQueue, Saver
from pactreader.tui.themes import palette_of


class Keeper(Saver, DraftKeeper, BookmarkKeeper, Exporter, Protocol):
    """Whoever keeps what the reader makes."""

    @property
    def notebook(self) -> Notebook:
        """The article and what is known of it."""

    @property
    def loaded(self) -> bool:
        """Whether the notebook holds its annotations yet."""

    @property
    def article_title(self) -> str:
        """What the article is called."""

    def merge_copies(self) -> str:
        """Bring in the copies beside the library, or raise PactReaderError; what came of it, in a sentence or two."""


class Program(Outside, Protocol):
    """What the screen is a part of."""

    @property
    def colourful(self) -> bool:
        """Whether the terminal's colours can tell highlights apart."""

    def finish_loading(self) -> bool:
        """Have the notebook hold its annotations; whether it does."""

    def moved(self) -> None:
        """Take note that the reader is somewhere else."""

    async def open_library(self) -> None:
        """Show the library, or raise PactReaderError."""


async def push_over(screen: Screen[None]) -> None:
    """Show a screen over this one, with the keys: those that were typed right behind the one that asked for it, too."""
    await screen.app.push_screen(screen)
    wanted = (widget for widget in screen.query(screen.AUTO_FOCUS or "") if widget.focusable)
    screen.set_focus(next(wanted, None))


class ReadingScreen(Screen[None]):
    """An article, and the notes on it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's declaration
    ALLOW_SELECT = False

    def __init__(
        self,
        program: Program,
        keeper: Keeper,
        *,
        keymap: Keymap,
        measure: int,
        top: int,
        caret: int,
        panel_shown: bool,
        panel_first: bool,
        hint: bool,
    ) -> None:
        """Args:
        program: What this is a part of.
        keeper: Keeps what the reader makes.
        keymap: Says what keys are for.
        measure: Cells of the longest line.
        top: The offset that the window begins with.
        caret: The offset that the caret stands on.
        panel_shown: Whether the panel stands beside the article where there is room.
        panel_first: Whether it stands on the left.
        hint: Whether to say what to press.
        """
        super().__init__()
        self._program = program
        self._keeper = keeper
        self.keymap = keymap
        """What keys are for."""
        self._panel_first = panel_first
        notebook = keeper.notebook
        self.notebook = notebook
        self.article = notebook.article
        self.title_bar = TitleBar(keeper.article_title, id="title")
        self.article_view = ArticleView(notebook, measure=measure, top=top, caret=caret, id="article")
        self.position_bar = PositionBar(self.article_view, id="position")
        self.notes_panel = NotesPanel(notebook, keymap, ready=self._keeper.loaded, id="notes")
        self.footer_bar = FooterBar(id="footer")
        self._hint = HintBar(keymap, id="hint") if hint else None
        self._saving = SaveQueue(keeper, self)
        self._warned_of_leaving = False
        panes = self.panes = Panes(
            self, notebook, self.article_view, self.notes_panel, notes_shown=panel_shown
        )
        self._writing = Writing(
            notebook, panes, self._saving, keeper, keymap=keymap, say=self.say, push=push_over
        )
        self._key_capture = KeyCapture(self._show_keys)
        self._highlight_list = HighlightList(id="highlights")
        self._find_bar = FindBar(id="find")
        self._find_bar.display = False
        self._finding = Finding(notebook, panes, self._find_bar, keymap=keymap, say=self.say)
        self._filtering = Filtering(panes, self._find_bar, keymap=keymap, say=self.say)
        leaping = Leaping(
            notebook, panes, self._key_capture, self._highlight_list, say=self.say, push=push_over
        )
        self._rooms = (
            self,
            panes,
            self._writing,
            Annotating(notebook, panes, self._saving, keymap=keymap, say=self.say),
            Selecting(notebook, panes, self._saving, self._key_capture, keymap=keymap, say=self.say),
            Moving(notebook, panes, self.say),
            leaping,
            Bookmarking(
                self.article,
                panes,
                self._key_capture,
                keeper,
                back=leaping.action_back,
                keymap=keymap,
                say=self.say,
            ),
            Following(self.article, panes, self._key_capture, program, say=self.say),
            self._finding,
            self._filtering,
            Outgoing(notebook, panes, keeper, copy=program.copy, say=self.say, push=push_over),
        )
        """Who does what commands ask for."""
        self.add_class("-wide" if self.app.size.width >= WIDE else "-narrow")  # for the first frame
        self._repaint()

    def compose(self) -> ComposeResult:
        """Title, article and notes, keys."""
        yield self.title_bar
        with Horizontal(id="panes"):
            if self._panel_first:
                yield self.notes_panel
            yield self.article_view
            yield self.position_bar
            if not self._panel_first:
                yield self.notes_panel
            yield self._highlight_list
        if self._hint:
            yield self._hint
        yield self._find_bar
        yield self.footer_bar

    def on_mount(self) -> None:
        """Follow the theme; begin in the article."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        self.article_view.focus()
        self._follow()
        if self.article.warning:
            self.say(self.article.warning)

    def on_screen_resume(self) -> None:
        """In the library the article may have been given another name."""
        self.title_bar.rename(self._keeper.article_title)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something in the footer."""
        self.footer_bar.say(text, warning=warning)

    # How commands arrive

    async def press(self, event: Key) -> bool:
        """Have a key do what it is for: what was begun hears it first, otherwise it is a command's.

        Returns:
            Whether it was for the panes: not while a line is typed into, nor if there is nothing on it.
        """
        if self.focused not in {None, self.article_view, self.notes_panel}:
            return False
        names = [event.key]
        if event.is_printable and event.character:
            names.insert(0, event.character)
        if self._key_capture.handle_key(names[0]):
            return True
        if command := self.keymap.command(names, self.state()):
            await self._do(command)
            return True
        if event.is_printable:
            self.say(f"Nothing is on {printable_line(names[0])}. {self.keymap.key('help')} shows the keys.")
        return event.is_printable

    async def _do(self, command: Command) -> None:
        """Run a command, or say why it cannot run now."""
        if not self._program.finish_loading():
            return
        self.footer_bar.hush()
        self._warned_of_leaving = self._warned_of_leaving and command.id == "quit"
        reason = self.keymap.why_not(command, self.state())
        if reason:
            self.say(reason)
            return
        _, name, arguments = parse(command.action)
        done = next(filter(None, (getattr(room, f"action_{name}", None) for room in self._rooms)))(*arguments)
        if isawaitable(done):
            await done

    def on_mouse_down(self) -> None:
        """What was begun with keys is let be."""
        self._key_capture.stop()

    def state(self) -> ScreenState:
        """What the reader is in the middle of."""
        notebook, target = self.notebook, self.panes.target
        in_article, caret = not self.panes.in_notes, self.article_view.caret
        has_highlights = notebook.next_after(-1) is not None
        return ScreenState(
            in_notes=not in_article,
            selecting=in_article and caret.selecting,
            selection_is_fresh=in_article and caret.is_fresh,
            on_link=in_article and not caret.selecting and bool(link_at(self.article, caret.offset)),
            reshaping=in_article and bool(self.article_view.reshaping),
            has_target=target is not None,
            has_highlights=has_highlights,
            has_lost=not has_highlights and notebook.highlight_count > 0,
            has_cards=len(notebook) > 0,
            has_selected_notes=not in_article and bool(self.notes_panel.selected_ids),
            has_text=bool(self.article.text),
            has_versions=bool(target and target.conflicts),
            has_conflicts=bool(notebook.conflicted),
            has_unsaved=len(self._saving) > 0,
            can_undo=notebook.can_undo,
            can_redo=notebook.can_redo,
        )

    # How the panes keep together

    def on_article_view_moved(self) -> None:
        """The panel follows the caret."""
        self._follow()
        self._program.moved()

    def on_notes_panel_chosen(self, message: NotesPanel.Chosen) -> None:
        """The article follows the panel."""
        placement = self.notebook.placement(message.annotation_id)
        if placement and placement.found:
            self.article_view.clear_selection()
            self.article_view.go_to(placement.start)
        else:
            self._follow()

    @property
    def _typing(self) -> Finding | Filtering:
        """What the line is typed for."""
        return self._filtering if self._filtering.is_open else self._finding

    def on_find_bar_typed(self, message: FindBar.Typed) -> None:
        """Look for it, or have fewer notes."""
        self._typing.type(message.text)

    def on_find_bar_stepped(self, message: FindBar.Stepped) -> None:
        """Show another hit, or another note."""
        self._typing.step(message.count)

    def on_find_bar_taken(self) -> None:
        """The hit is the selection."""
        self._typing.take()
        self._follow()

    def on_find_bar_let_be(self) -> None:
        """Back to where the reader was."""
        self._typing.let_be()
        self._follow()

    def on_descendant_focus(self) -> None:
        """Other keys work in the other pane; a line that was typed into is left with a click elsewhere."""
        if self._typing.is_open and not self._find_bar.line.has_focus:
            self._typing.leave()
        self._follow()

    def _follow(self) -> None:
        """Bring panel and bars up to where the reader is."""
        if not self.panes.in_notes and not self._filtering.is_open:
            at, here = self.article_view.target, self.panes.here
            if at and at.id in self.notes_panel.note_list:
                self.notes_panel.choose(at.id)
            else:
                self.notes_panel.choose_near(here.caret)
        count = self.notebook.highlight_count if self._keeper.loaded else None
        progress = self.article_view.progress if self.article_view.is_measured else None
        self.title_bar.show(count, progress, unsaved=self._saving.unsaved)
        self._show_keys()
        self.position_bar.refresh_if_moved()

    def _show_keys(self) -> None:
        """Show what keys do now."""
        typing = self._typing.hints if self._typing.is_open else ()
        self.footer_bar.show(self._key_capture.hints or typing or self.keymap.footer(self.state()))

    def _repaint(self) -> None:
        """Draw everything in the palette of the theme that is on."""
        palette = palette_of(self.app.current_theme)
        colourful = self._program.colourful
        self.article_view.paint_with(Painter(palette, palette.background, colourful=colourful))
        self.position_bar.paint_with(Painter(palette, palette.background, colourful=colourful))
        chosen = Painter(palette, palette.chosen, colourful=colourful)
        on_panel = Painter(palette, palette.panel, colourful=colourful)
        self.notes_panel.paint_with(on_panel, chosen)
        self._highlight_list.paint_with(on_panel)
        for bar in (self.title_bar, self.footer_bar, self._hint):
            if bar:
                bar.paint_with(palette)

    def show_notebook(self) -> None:
        """Show what the notebook holds now."""
        if self._hint and len(self.notebook):
            self._hint.display = False
        self.title_bar.rename(self._keeper.article_title)
        self.article_view.show_notebook()
        self.notes_panel.show_notebook()
        self.position_bar.refresh()
        self._follow()

    # What is kept

    async def edit_note(self, annotation: Annotation | None) -> None:
        """Open the editor on an annotation's note, or on a new note on the whole article; a draft comes back."""
        await self._writing.edit_note(annotation)

    def save_draft(self) -> None:
        """Have on the disk, as a draft, what is typed in the note's editor, if one is open.

        Raises:
            NotSavedError: It is not.
        """
        self._writing.save_draft()

    def action_save(self) -> None:
        """Try again to save what waits."""
        self._saving.try_again()

    def save_waiting(self) -> None:
        """Have on the disk what waits, as this is the end.

        Raises:
            NotSavedError: It is not.
        """
        self._saving.finish()

    def may_leave(self) -> bool:
        """Whether nothing is lost by quitting, or the reader was told what is."""
        if self._warned_of_leaving or not self._saving:
            return True
        try:
            self._saving.finish()
        except NotSavedError as error:
            self._warned_of_leaving = True
            self.say(f"{error.in_a_line} {self.keymap.key('quit')} again quits without it.", warning=True)
            return False
        return True

    def action_merge_copies(self) -> None:
        """Bring in the copies that a file synchroniser has put beside the library."""
        try:
            said = self._keeper.merge_copies()
        except PactReaderError as error:
            self.say(f"Not merged: {error.in_a_line}", warning=True)
        else:
            self.show_notebook()
            self.say(said)

    def action_let_go(self) -> None:
        """Let go of the selection; from the notes, back to where the reader was in the article."""
        if self.panes.in_notes:
            self._let_go_in_notes()
        elif self.article_view.reshaping:
            self.article_view.leave_reshaping()
        elif self.article_view.caret.selecting or self.article_view.hits:
            self.article_view.clear_selection()
            self.article_view.show_hits(())
            self.position_bar.refresh()
        elif self.panes.drawer_open:
            self.panes.close_drawer()
        elif self._hint:
            self._hint.display = False

    def _let_go_in_notes(self) -> None:
        """Let go of what was chosen, then of the filter, then of the notes."""
        notes = self.notes_panel
        if notes.selected_ids:
            notes.clear_selection()
        elif notes.note_list.filter:
            notes.note_list.show("")
            notes.show_listing()
            self.say("All notes are shown again.")
        else:
            self.panes.return_to(self.panes.here)
            self.panes.to_article()

    # What else there is

    async def action_help(self) -> None:
        """Show the keys."""
        from pactreader.tui.dialogs.help_dialog import HelpDialog  # noqa: PLC0415 - not for the first frame

        await push_over(HelpDialog(self.keymap, self.notebook.labels, self.state()))

    async def action_library(self) -> None:
        """Show the library."""
        try:
            await self._program.open_library()
        except PactReaderError as error:
            self.say(error.in_a_line, warning=True)

    async def action_palette(self) -> None:
        """Show every command, and run the one that is chosen when the list is gone."""
        from pactreader.tui.dialogs.command_palette import command_palette  # noqa: PLC0415 - not for the first frame

        def run(command: Command) -> None:
            self.call_later(self._do, command)

        await push_over(command_palette(self.keymap, self.state(), run))

    async def action_theme(self) -> None:
        """Choose a theme."""
        from pactreader.tui.dialogs.theme_chooser import theme_chooser  # noqa: PLC0415 - not for the first frame

        app = self.app
        await push_over(
            theme_chooser(app.available_themes.values(), app.theme, partial(setattr, app, "theme"))
        )

    def action_suspend(self) -> None:
        """Pause."""
        self.app.action_suspend_process()

    async def action_quit(self) -> None:
        """Quit."""
        await self.app.action_quit()
