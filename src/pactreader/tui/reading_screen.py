"""The main screen: panes and bars, the commands of keys, and updates of panes and bars."""

import math
import time
from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pactreader.core.byline import byline
from pactreader.core.errors import NotSavedError
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import WHOLE_OPTION
from pactreader.tui.bars import FooterBar, HintBar, TitleBar
from pactreader.tui.commands.find import ArticleSearch
from pactreader.tui.commands.panel import NotesFilter
from pactreader.tui.context import Context
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command
from pactreader.tui.navigation_history import Position
from pactreader.tui.notes.highlight_list import HighlightList
from pactreader.tui.notes.notes_panel import NotesPanel
from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.position_bar import PositionBar
from pactreader.tui.panes import WIDE
from pactreader.tui.session.reading_session import ReadingSession
from pactreader.tui.themes import palette_of

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.find_bar import FindBar


class ReadingScreen(Screen[None]):
    """The screen with an article and its notes."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's declaration
    ALLOW_SELECT = False
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The focused widget. Textual would paint the whole screen again for another one."""

    def __init__(
        self,
        app: "PactReaderApp",
        session: ReadingSession,
        *,
        keymap: Keymap,
        measure: int,
        top: int,
        caret: int,
        panel_shown: bool,
        panel_first: bool,
        hint: bool,
    ) -> None:
        """Create the screen for the session's open article.

        Args:
            app: The app.
            session: The open article.
            keymap: The commands and their keys.
            measure: The longest line, in cells.
            top: The offset of the top line, in code points.
            caret: The caret's offset, in code points.
            panel_shown: True to show the notes panel beside the article where there is room.
            panel_first: True to show it on the left.
            hint: True to show the hint of the first start.
        """
        super().__init__()
        self._session = session
        self._panel_first = panel_first
        self.keymap = keymap
        self.notebook = session.notebook
        self.article = session.notebook.article
        self.title_bar = TitleBar(session.article_title, self._byline, id="title")
        self.article_view = ArticleView(
            self.notebook, app.key_gate, measure=measure, top=top, caret=caret, id="article"
        )
        self.position_bar = PositionBar(self.article_view, id="position")
        self.notes_panel = NotesPanel(self.notebook, keymap, loaded=session.loaded, id="notes")
        self.footer_bar = FooterBar(id="footer")
        self._hint = HintBar(keymap, id="hint") if hint else None
        self._highlight_list = HighlightList(id="highlights")
        self.context = Context(
            app,
            self,
            session,
            keymap,
            article_view=self.article_view,
            notes_panel=self.notes_panel,
            highlight_list=self._highlight_list,
            notes_shown=panel_shown,
        )
        self.panes = self.context.panes
        self.mouse_used = False
        """True if the mouse was used since the last key. The next key waits for its effects."""
        self._key_pressed_at = -math.inf
        """The time of the last key, in seconds of the monotonic clock."""
        self._followed: tuple[object, ...] = ()
        """The state of the article view that panel and bars are updated for."""
        self._warned_of_quitting = False
        self._shown_revision = self.notebook.revision
        """The revision of the notebook that is drawn."""
        self.add_class("-wide" if self.app.size.width >= WIDE else "-narrow")  # for the first frame
        self._repaint()

    @property
    def _byline(self) -> str:
        return byline(self.article.author, self.article.date, self.article.url)

    def compose(self) -> ComposeResult:
        """Yield title, article and notes, bars."""
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
        yield self.footer_bar

    def on_mount(self) -> None:
        """Subscribe to changes of the theme, focus the article, and show the article's warning."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        self.article_view.focus()
        self.follow()
        if self.article.warning:
            self.show_warning()
        if (page := self.article.page) and page.is_from_store:
            self.add_message(f"{page.fetched_sentence} {self.keymap.key('reload')} fetches it anew.")

    def on_screen_resume(self) -> None:
        """Update title and notes, as the article may have been renamed, joined or split in the library."""
        self.title_bar.rename(self._session.article_title, self._byline)
        if self._session.loaded and self.notebook.revision != self._shown_revision:
            self.show_notebook()

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message in the footer."""
        self.footer_bar.show_message(text, warning=warning)

    def show_warning(self) -> None:
        """Show the warning about the article, with the key in place of the option that it names."""
        key = self.keymap.key("whole-page")
        self.show_message(self.article.warning.replace(f"{WHOLE_OPTION} ", f"{key} "))

    def add_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message behind the one that is in the footer."""
        self.footer_bar.add_message(text, warning=warning)

    @property
    def panes_and_screen(self) -> tuple[Widget, ...]:
        """The widgets whose messages are the effects of keys."""
        return self.article_view, self.notes_panel, self

    @property
    def idle_seconds(self) -> float:
        """Seconds since the last key in the panes."""
        return time.monotonic() - self._key_pressed_at

    # Commands

    async def press(self, event: Key) -> bool:
        """Handle a key of the panes: by the key capture if one is active, else by running its command.

        Returns:
            True if the key was handled. While the find bar has the focus none is.
        """
        self._key_pressed_at = time.monotonic()
        if self.mouse_used:
            self.mouse_used = False
            await self.panes.wait_until_idle()
        if self.focused not in {None, self.article_view, self.notes_panel}:
            return False
        names = [event.key]
        if event.is_printable and event.character:
            names.insert(0, event.character)
        is_captured = self.context.capture.is_active
        if self.context.capture.handle_key(names[0]):
            self.follow()
        elif command := self._command(names, by_place=not is_captured):
            if command.needs_notes and not self._session.loaded:
                self.context.app.start.hold(event)
            else:
                await self.run_command(command)
        elif event.is_printable:
            self.show_message(
                f"Nothing is on {printable_line(names[0])}. {self.keymap.key('help')} shows the keys."
            )
        else:
            return False
        return True

    def _command(self, names: list[str], *, by_place: bool) -> Command | None:
        """Return the command of a key by its names; by its place, if they are in another script and on no command."""
        state = self.context.state()
        command = self.keymap.command(names, state)
        if command is None and by_place and (key := self.context.us_key(names[0])):
            command = self.keymap.command([key], state)
        return command

    async def run_command(self, command: Command) -> None:
        """Run a command, or tell the user why it is disabled; then update panes and bars for one repaint."""
        context = self.context
        self.footer_bar.clear()
        self._warned_of_quitting = self._warned_of_quitting and command.id == "quit"
        reason = self.keymap.disabled_reason(command, context.state())
        if reason:
            self.show_message(reason)
            return
        card = self.notes_panel.current_id
        done = command.run(context)
        if isawaitable(done):
            await done
        if self.panes.in_notes and self.notes_panel.current_id != card:
            self.panes.show_current_card()
        self.follow()

    def on_mouse_down(self) -> None:
        """Cancel the key capture."""
        self.context.capture.cancel()

    # Updates of panes and bars

    def on_article_view_moved(self) -> None:
        """Update panel and bars for the caret's new position unless the key that moved it did, and store that."""
        if self.article_view.state != self._followed:
            self.follow()
        self.context.app.schedule_position()

    def on_notes_panel_moved(self, message: NotesPanel.Moved) -> None:
        """Show the passage of the panel's new current card."""
        if message.annotation_id == self.notes_panel.current_id:
            self.panes.show_current_card()
        self.follow()

    @property
    def _find_bar_owner(self) -> ArticleSearch | NotesFilter:
        """The search or the filter that the find bar is open for."""
        return self.context.filter if self.context.filter.is_open else self.context.search

    def on_find_bar_typed(self, message: "FindBar.Typed") -> None:
        """Update the search or the filter."""
        self._find_bar_owner.update(message.text)

    async def on_find_bar_stepped(self, message: "FindBar.Stepped") -> None:
        """Go to another hit or card."""
        await self._find_bar_owner.step(message.count)

    async def on_find_bar_submitted(self) -> None:
        """Keep the hit or the filter."""
        await self._find_bar_owner.submit()
        self.follow()

    def on_find_bar_cancelled(self) -> None:
        """Restore the position or the filter."""
        self._find_bar_owner.cancel()
        self.follow()

    def on_descendant_focus(self) -> None:
        """Close the find bar if the focus left it, and update panel and bars."""
        if self._find_bar_owner.is_open and not self.context.find_bar.line_input.has_focus:
            self._find_bar_owner.close()
        self.follow()

    def follow(self) -> None:
        """Update panel and bars for the caret and the notebook, redrawing only what changed."""
        self._followed = self.article_view.state
        if self.context.reviewed_id:
            self.notes_panel.set_current(self.context.reviewed_id)
        elif not self.panes.in_notes and not self.context.filter.is_open:
            target, position = self.article_view.target, self.panes.position
            if target and target.id in self.notes_panel.note_list:
                self.notes_panel.set_current(target.id)
            else:
                self.notes_panel.set_current_near(position.caret)
        count = self.notebook.highlight_count if self._session.loaded else None
        progress = self.progress if self.article_view.height_known else None
        caret, places = self.panes.position.caret, self.article.places
        page_of_all = "" if self.article.rest else places.page_of_all(caret)
        self.title_bar.show(
            count,
            progress,
            unsaved=self.context.saves.unsaved,
            place=places.at(caret),
            page_of_all=page_of_all,
        )
        self.show_keys()
        self.notes_panel.refresh_changed_lines()
        self.position_bar.refresh_if_changed()

    @property
    def progress(self) -> float | None:
        """The share of the article that was read, from 0 to 1; `None` while it is not known how long it is."""
        return None if self.article.rest else self.article_view.progress

    def show_keys(self) -> None:
        """Show in the footer the keys that can be pressed now."""
        typing = self._find_bar_owner.hints if self._find_bar_owner.is_open else ()
        hints = self.context.capture.hints or typing or self.keymap.footer(self.context.state())
        self.footer_bar.show(hints)

    def hide_hint(self) -> None:
        """Hide the hint of the first start."""
        if self._hint:
            self._hint.display = False

    def _repaint(self) -> None:
        """Draw everything in the palette of the current theme."""
        palette = palette_of(self.app.current_theme)
        colourful = self.context.app.colourful
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
        """Redraw panes and bars for the notebook's present content, and begin to place what is pending in it."""
        self._shown_revision = self.notebook.revision
        if len(self.notebook):
            self.hide_hint()
        self.title_bar.rename(self._session.article_title, self._byline)
        self.article_view.show_notebook()
        self.notes_panel.show_notebook()
        self.follow()
        if self.notebook.pending:
            self.context.app.placer.place()

    def show_article(self, position: Position, counterpart: Callable[[Position], Position]) -> None:
        """Show the notebook's article after it was replaced by another version, with panes, filter and search kept.

        Args:
            position: The position to show.
            counterpart: Returns the position in the present text for one in the former text.
        """
        self.article = self.notebook.article
        self.panes.show_article(position, counterpart)
        self.context.search.search_again()
        self.notes_panel.clear_cards()
        self.show_notebook()

    # Quitting

    def prepare_to_quit(self) -> bool:
        """Save the queue, or warn once of what would be lost; return whether the app may quit."""
        saves = self.context.saves
        if self._warned_of_quitting or not saves:
            return True
        try:
            saves.flush()
        except NotSavedError as error:
            self._warned_of_quitting = True
            self.show_message(
                f"{error.one_line} {self.keymap.key('quit')} again quits without it.", warning=True
            )
            return False
        return True
