"""The program on the screen: it owns the session with the library, gives keys to the page, and ends in order."""

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Event, Key, MouseDown, MouseUp
from textual.screen import Screen
from textual.timer import Timer

from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError, PactReaderError, UsageError
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import pluralise, printable_line
from pactreader.settings.config_file import Settings
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.reading_state import WindowState
from pactreader.tui.idle import wait_until_ancestors_idle, wait_until_idle
from pactreader.tui.keys.key_settings import keymap_of
from pactreader.tui.library_monitor import LibraryMonitor
from pactreader.tui.panes import panel_variables
from pactreader.tui.reading_screen import ReadingScreen, push_over
from pactreader.tui.session import OpenArticle, Opened, ReadingSession
from pactreader.tui.terminal.background_query import BackgroundQuery
from pactreader.tui.terminal.exit_signals import handle_exit_signals
from pactreader.tui.terminal.suspend import handle_suspend_signals, pause
from pactreader.tui.themes import (
    DARK_THEME,
    LIGHT_THEME,
    no_such_theme,
    own_themes,
    palette_of,
    theme_problem,
)

if TYPE_CHECKING:
    from pactreader.tui.dialogs.library_browser import Location

_PREPARE_AFTER: Final = 1.0
"""Seconds after the start until what commands need is loaded: a moment in which most readers read."""
_LOADED_LATER: Final = (
    "pactreader.tui.dialogs.library_browser",
    "pactreader.tui.dialogs.note_editor",
    "pactreader.tui.dialogs.prompt",
    "pactreader.tui.dialogs.help_dialog",
    "pactreader.tui.dialogs.command_palette",
    "pactreader.tui.dialogs.theme_chooser",
    "pactreader.formats.readers.markdown_reader",
    "pactreader.formats.writers.markdown_writer",
)
_PLACE_AFTER: Final = 2.0
"""Seconds from a move until the place is on the disk: what a crash may cost of it."""
_FEW_COLOURS: Final = frozenset({"standard", "windows", None})
"""Rich's names for terminals of 16 colours or none."""


def read(
    *,
    paths: Paths,
    library: Library,
    article: Article,
    open_entry: OpenArticle,
    settings: Settings,
    problems: Sequence[str],
    theme: str = "",
    question: BackgroundQuery | None = None,
    first_start: bool,
) -> Notebook:
    """Let the reader read an article, or one after the other, until they quit.

    Args:
        paths: Where the desk is.
        library: Where the notebook is; it stays open.
        article: What to read.
        open_entry: Reads another article that the reader chooses.
        settings: What the reader has set.
        problems: What is wrong with that, in sentences.
        theme: The name of the theme for this time; empty for the one that is set, chosen, or like the terminal.
        question: What the terminal was asked about its background, if it was.
        first_start: Whether to say what to press.

    Returns:
        The notebook that was open last, as it was left.

    Raises:
        UsageError: There is no such theme.
        PactReaderError: The library cannot be read, or what was being typed could not be kept.
        SystemExit: A signal, the loss of the terminal or a fault of PactReader's own ended it.
    """
    if theme and (wrong := no_such_theme(theme)):
        raise UsageError(f"--theme names “{printable_line(theme)}”: {wrong}.", "Or leave it out.")
    app = PactReaderApp(
        paths=paths,
        library=library,
        article=article,
        open_entry=open_entry,
        settings=settings,
        problems=problems,
        theme=theme,
        question=question,
        first_start=first_start,
    )
    app.run()
    if app.failure:
        raise app.failure
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.session.notebook


class PactReaderApp(App[None]):
    """An article that is read, its notebook, and the library that they are kept in."""

    TITLE = "PactReader"
    CSS_PATH = Path(__file__).with_name("pactreader.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+q", "quit", "Quit", show=False)]  # noqa: RUF012 - Textual's declaration
    """Without the priority that Textual gives it, so that the note editor can save first."""

    def __init__(
        self,
        *,
        paths: Paths,
        library: Library,
        article: Article,
        open_entry: OpenArticle,
        settings: Settings,
        problems: Sequence[str],
        theme: str = "",
        question: BackgroundQuery | None = None,
        first_start: bool,
    ) -> None:
        # Textual asks for the variables of the style sheet while it begins.
        self._settings = settings
        super().__init__(driver_class=_driver_after(question))
        self.session = ReadingSession(paths=paths, library=library, article=article, open_entry=open_entry)
        self.reading_screen: ReadingScreen
        """The main screen. It is asked for the place after Textual has let go of its screens."""
        self.failure: PactReaderError | None = None
        """Why the library cannot be read, or what was typed is not kept."""
        self._first_start = first_start
        self._place_timer: Timer | None = None
        self._warned_of_loss = False
        self._early_keys: list[Key] | None = []
        """Keys that were typed before there was a page; `None` once there is."""
        self._pointed = False
        """Whether the mouse was used since the last key."""
        self._next: tuple[Opened, str] | None = None
        """The article that is to be read instead, and the annotation in it to go to; until the list of articles is gone."""
        self._opened = 0
        """Articles that were opened after the first one."""
        for own in own_themes(self.console.color_system):
            self.register_theme(own)
        self.keymap, wrong_keys = keymap_of(settings.labels, settings.keys, settings.where)
        self._problems = [*problems, *wrong_keys]
        if settings.theme and (problem := theme_problem(settings.theme, settings.where)):
            self._problems.append(problem)
        wanted = (theme, settings.theme, self.session.window.theme)
        self.theme = self._first_theme = next(filter(self.available_themes.get, wanted), "") or (
            LIGHT_THEME.name if question and question.is_light() else DARK_THEME.name
        )
        """The one that it began with: if another is on, the reader has chosen it."""
        self._watch = LibraryMonitor(library, self.session, keymap=self.keymap, program=self)

    def finish_loading(self) -> bool:
        """Have the notebook hold its annotations, if they did not come before the first frame.

        Returns:
            Whether it does. If the library cannot be read, the app ends, and says why in `failure`.
        """
        if not self.session.loaded:
            try:
                self.session.load()
            except PactReaderError as error:
                self.failure = error
                self.exit()
                return False
            self.show_notebook()
        return True

    @property
    def colourful(self) -> bool:
        """Whether the terminal's colours can tell highlights apart."""
        return not self.no_color and self.console.color_system not in _FEW_COLOURS

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, and those of the palette made from it."""
        palette = palette_of(self.current_theme)
        return super().get_css_variables() | {
            "muted": palette.muted.hex,
            "sheet": palette.panel.hex,
            "warned": palette.warning.hex,
            **panel_variables(self._settings.panel_side, self._settings.panel_width),
        }

    def get_default_screen(self) -> Screen[None]:
        """The main screen for the first article, where the reader left off."""
        return self._make_screen(panel_shown=self.session.window.panel, hint=self._first_start)

    def _make_screen(self, *, panel_shown: bool, hint: bool) -> ReadingScreen:
        """A main screen for the article, where the reader left off."""
        reading = self.session.reading
        last = max(0, len(self.session.notebook.article.text) - 1)
        self.reading_screen = ReadingScreen(
            self,
            self.session,
            keymap=self.keymap,
            measure=self._settings.measure,
            top=min(reading.top, last) if reading else 0,
            caret=min(reading.caret, last) if reading else 0,
            panel_shown=panel_shown,
            panel_first=self._settings.panel_side == "left",
            hint=hint,
        )
        return self.reading_screen

    def on_mount(self) -> None:
        """End in order, and pause, also when no key asks for it."""
        self.app_suspend_signal.subscribe(self, self._keep_before_lending, immediate=True)
        if not self.is_headless:
            handle_exit_signals(self._end)
            handle_suspend_signals(self, self.action_suspend_process)

    async def on_event(self, event: Event) -> None:
        """Have keys do what they are for one after the other, so that each finds what the one before it did.

        Textual sends a key to the widget that has the focus and looks for its binding when it comes back from
        there: of keys that come in one burst, all would be sent to the page, or to the line that the first closed.
        """
        if isinstance(event, Key) and not event.is_forwarded:
            await self._take_key(event)
            return
        if isinstance(event, MouseDown | MouseUp) and not event.is_forwarded:
            self._pointed = True
        await super().on_event(event)

    async def _take_key(self, event: Key) -> None:
        """Have the page do at once what a key is for; of a key for something else, wait for what comes of it."""
        if self._early_keys is not None:
            self._early_keys.append(event)
            return
        if self.screen_stack and self.screen is self.reading_screen:
            if self._pointed:
                self._pointed = False
                await self.reading_screen.panes.wait_until_idle()
            if await self.reading_screen.press(event):
                return
        typed_into = self.focused if self.screen_stack else None
        if typed_into is None or event.is_printable:  # letters close nothing
            await super().on_event(event)
            return
        await wait_until_ancestors_idle(typed_into)
        await super().on_event(event)
        await wait_until_ancestors_idle(typed_into)
        await wait_until_idle(self.reading_screen)
        await self._change_article()

    async def on_ready(self) -> None:
        """What need not be done before the text is on the screen."""
        self.call_after_refresh(self._begin)
        early, self._early_keys = self._early_keys or [], None
        for key in early:
            await self.on_event(key)

    async def _begin(self) -> None:
        if not self.finish_loading():
            return
        self.reading_screen.article_view.measure()
        gc.enable()
        gc.freeze()
        self._tell_of_lost()
        self._watch.tell()
        self._tell_of_settings()
        self._watch.begin()
        self._check_annotations()
        self.set_timer(_PREPARE_AFTER, _prepare)
        self.keep_place()
        await self._bring_back_draft()

    def _check_annotations(self) -> None:
        self.run_worker(self._watch.check_annotations(), group="check", exclusive=True)

    def _tell_of_lost(self) -> None:
        """Say if passages that were highlighted are not in the text any more."""
        if lost := self.session.notebook.lost_count:
            are = "is" if lost == 1 else "are"
            self.say(
                f"{pluralise(lost, 'highlight')} {are} not in the text as it is now; the notes keep what was there: "
                f"{self.keymap.key('panes')}, {self.keymap.key('filter')} is:lost.",
                warning=True,
            )

    def _tell_of_settings(self) -> None:
        """Say what is wrong with the settings."""
        if self._problems:
            first, *more = self._problems
            also = (
                f" {pluralise(len(more), 'more problem')}: `pactreader settings` lists them." if more else ""
            )
            self.say(f"{first}{also}", warning=True)

    async def _bring_back_draft(self) -> None:
        """Go on with a note that was being typed, here or in an editor, when PactReader stopped."""
        try:
            self.session.take_from_editors()
            annotation_id = self.session.unfinished()
        except NotSavedError as error:
            self.say(error.in_a_line, warning=True)
            return
        if annotation_id is not None:
            notebook = self.session.notebook
            await self.reading_screen.edit_note(notebook[annotation_id] if annotation_id else None)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say something below the page."""
        self.reading_screen.say(text, warning=warning)

    def show_notebook(self) -> None:
        """Show what the notebook holds now."""
        self.reading_screen.show_notebook()

    # What is kept

    def moved(self) -> None:
        """The reader is somewhere else: that is kept in a while."""
        if self._place_timer is None:
            self._place_timer = self.set_timer(_PLACE_AFTER, self.keep_place)

    def keep_place(self) -> None:
        """Keep where the reader is, and how the window looks."""
        self._place_timer = None
        if not self.session.loaded:
            return
        screen = self.reading_screen
        view = screen.article_view
        self.session.keep_reading(top=view.top_offset, caret=view.caret.offset, progress=view.progress)
        theme = self.session.window.theme if self.theme == self._first_theme else self.theme
        self.session.keep_window(WindowState(theme=theme, panel=screen.panes.notes_shown))

    # The library

    async def open_library(self) -> None:
        """Show the library.

        Raises:
            PactReaderError: It cannot be read.
        """
        from pactreader.tui.dialogs.library_browser import LibraryBrowser  # noqa: PLC0415 - not for the first frame

        shelf = LibraryBrowser(
            self.session, self._settings.labels, open_article=self._open_article, push=push_over
        )
        await push_over(shelf.chooser)
        self.run_worker(shelf.learn(), group="shelf", exclusive=True)

    def _open_article(self, spot: "Location") -> None:
        """Have the reader read another article, or go to an annotation of it.

        Raises:
            PactReaderError: It cannot be read, or something here is not saved; the reader stays.
        """
        if spot.article == self.session.entry.id:
            self._go_to(spot.annotation)
            return
        opened = self.session.read_other(spot.article)
        self.reading_screen.save_waiting()
        self.keep_place()
        self._next = opened, spot.annotation
        self.call_later(self._change_article)

    async def _change_article(self) -> None:
        """Put another article in the place of this one, if one was opened."""
        if self._next is None:
            return
        (opened, annotation_id), self._next = self._next, None
        panel_shown = self.reading_screen.panes.notes_shown
        self.session.turn_to(opened)
        former = self.current_mode
        # Textual lets a base screen go with its mode alone, and the first one, which the start is fastest with, never.
        self._opened += 1
        mode = f"article {self._opened}"
        self.add_mode(mode, lambda: self._make_screen(panel_shown=panel_shown, hint=False))
        await self.switch_mode(mode)
        if former != self.DEFAULT_MODE:
            await self.remove_mode(former)
        self.reading_screen.article_view.measure()
        self._watch.keep_article()
        self.keep_place()
        self._check_annotations()
        self._tell_of_lost()
        self._go_to(annotation_id)
        await self._bring_back_draft()

    def _go_to(self, annotation_id: str) -> None:
        """Go to the passage of an annotation, if it has one."""
        placement = self.session.notebook.placement(annotation_id)
        if placement and placement.found:
            self.reading_screen.panes.leap_to(placement.start)
            self.reading_screen.panes.to_article()

    # What goes out

    def copy(self, text: str) -> str:
        """Have a text on the clipboards that there are: of the terminal, and of the platform.

        Returns:
            Where it is on its way to.
        """
        from pactreader.tui.terminal.clipboard import clipboard_tool, put_on_clipboard  # noqa: PLC0415 - not for the first frame

        self.copy_to_clipboard(text)
        tool = clipboard_tool()
        if not tool:
            return "the terminal’s clipboard"
        put_on_clipboard(tool, text)
        return "the clipboard"

    def open_outside(self, address: str) -> bool:
        """Have the browser or the mail program open an address; whether there is one."""
        from pactreader.tui.terminal.desktop import open_outside  # noqa: PLC0415 - not for the first frame

        return open_outside(address)

    # How it pauses and ends

    def action_suspend_process(self) -> None:
        """Pause: let the shell have the terminal until it goes on with us."""
        if not pause(self):
            self.say(
                f"There is no shell here to go on after a pause. {self.keymap.key('quit')} quits, and nothing is lost."
            )

    def action_help_quit(self) -> None:
        """What ctrl+c does: nothing that could be regretted."""
        self.say(f"{self.keymap.key('quit')} quits. What you marked and wrote is saved already.")

    @property
    def _ways_to_keep(self) -> Sequence[Callable[[], None]]:
        """What has to be done to keep everything; each raises PactReaderError if it could not be."""
        return self.reading_screen.save_draft, self.reading_screen.save_waiting, self.session.ensure_saved

    def _keep_before_lending(self, _app: object) -> None:
        """Keep everything while the shell or an editor has the terminal: there may be no coming back."""
        for keep in self._ways_to_keep:
            # What cannot be kept stays where it is typed or waits, and is tried again.
            with suppress(PactReaderError), self.session.at_once():
                keep()
        self.keep_place()

    async def action_quit(self) -> None:
        """Quit, unless something is not saved and the reader was not told."""
        if self.reading_screen.may_leave() and self._is_secure():
            self.exit()

    def _is_secure(self) -> bool:
        """Whether all that was saved is in the file, or the reader knows that it is in this window alone."""
        if self._warned_of_loss:
            return True
        try:
            self.session.ensure_saved()
        except NotSavedError as error:
            self._warned_of_loss = True
            self.say(
                f"What is marked here is in this window alone. {error.in_a_line} "
                f"{self.keymap.key('quit')} again quits and loses it.",
                warning=True,
            )
            return False
        return True

    def on_unmount(self) -> None:
        """Keep everything, also after a fault of our own."""
        self._keep_all()

    def _end(self, status: int) -> None:
        """Keep everything at once, as Textual may not get to its end; then quit."""
        self._keep_all()
        self.exit(return_code=status)

    def _keep_all(self) -> None:
        """Keep what is typed, what waits and what the file may lack; what cannot be is in `failure`."""
        errors = []
        for keep in self._ways_to_keep:
            try:
                keep()
            except PactReaderError as error:
                errors.append(error)
        if errors:
            self.failure = PactReaderError(" ".join(error.message for error in errors), errors[0].hint)
        self.keep_place()


def _driver_after(question: BackgroundQuery | None) -> type[Driver] | None:
    """The driver for a terminal that was asked something, or was not; `None` for Textual's own."""
    if sys.platform == "win32":
        return None
    from pactreader.tui.terminal.driver import driver_after  # noqa: PLC0415 - there is none on Windows

    return driver_after(question)


def _prepare() -> None:
    """Load what commands need: their first time is like every other, also when no more files can be opened."""
    for name in _LOADED_LATER:
        import_module(name)
