"""The app: its start, its keys one at a time, suspending and quitting."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.events import (
    Event,
    Key,
    MouseDown,
    MouseScrollDown,
    MouseScrollUp,
    MouseUp,
    Paste,
    Resize,
)
from textual.screen import Screen
from textual.timer import Timer

from pactreader.core.errors import PactReaderError, UsageError
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_setup import ReadingSetup
from pactreader.core.wording import pluralise
from pactreader.settings.definitions import Settings, reading_defaults
from pactreader.settings.theme_names import theme_problem, unknown_theme_reason
from pactreader.storage.parsed_articles import ParsedArticles
from pactreader.storage.state.reading_state import WindowState
from pactreader.tui.article_opener import ArticleOpener
from pactreader.tui.commands import all_commands
from pactreader.tui.idle import KeyGate, wait_for_refreshes, wait_until_ancestors_idle, wait_until_idle
from pactreader.tui.keys.key_bindings import build_keymap
from pactreader.tui.panes import panel_variables
from pactreader.tui.reading_screen import ReadingScreen
from pactreader.tui.session.change_tracker import ChangeTracker
from pactreader.tui.session.daemon_thread import is_thread_working
from pactreader.tui.session.reading_session import OpenArticle, ReadingSession, SourceReaders
from pactreader.tui.session.start_sequence import StartSequence
from pactreader.tui.terminal.exit_signals import handle_exit_signals
from pactreader.tui.terminal.first_screen import FirstScreen
from pactreader.tui.terminal.frames import Frames
from pactreader.tui.terminal.suspend import handle_suspend_signals, suspend_process
from pactreader.tui.themes import DARK_THEME, LIGHT_THEME, own_themes, palette_of

if TYPE_CHECKING:
    from pactreader.core.article import Article
    from pactreader.core.held_passwords import HeldPasswords
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.tui.keys.keyboard_layouts import KeyboardLayouts
    from pactreader.tui.session.conflict_merge import ConflictMerge
    from pactreader.tui.session.library_monitor import LibraryMonitor
    from pactreader.tui.session.page_fetch import PageFetch
    from pactreader.tui.session.placement.anchor_placer import AnchorPlacer
    from pactreader.tui.session.reload.source_monitor import SourceMonitor
    from pactreader.tui.session.rest_reader import RestReader
    from pactreader.tui.session.screen_recorder import ScreenRecorder
    from pactreader.tui.session.shutdown import ShutdownSaver

_PRELOAD_DELAY: Final = 1.0
"""Seconds from the start until modules are preloaded: most users read then, and press no key."""
_PRELOADED: Final = (
    "pactreader.tui.notes.cards",
    "pactreader.tui.find_bar",
    "pactreader.tui.dialogs.identity_question",
    "pactreader.tui.dialogs.library_browser",
    "pactreader.tui.dialogs.note_editor",
    "pactreader.tui.dialogs.prompt",
    "pactreader.tui.dialogs.password_prompt",
    "pactreader.tui.dialogs.help_dialog",
    "pactreader.tui.dialogs.command_palette",
    "pactreader.tui.dialogs.theme_chooser",
    "pactreader.tui.dialogs.change_dialog",
    "pactreader.tui.commands.tag_pickers",
    "pactreader.storage.event_log",
    "pactreader.storage.library_merger",
    "pactreader.storage.state.drafts",
    "regex",
    "pactreader.core.alignment.text_alignment",
    "pactreader.tui.session.reload.article_reload",
    "pactreader.tui.session.screen_recorder",
    "pactreader.tui.session.shutdown",
    "pactreader.formats.readers.code_reader",
    "markdown_it.common.entities",
    "markdown_it.helpers",
    "markdown_it",
    "pactreader.formats.readers.article_metadata",
    "pactreader.formats.readers.markdown.inline_rules",
    "pactreader.formats.readers.markdown_reader",
    "pactreader.formats.writers.markdown_writer",
)
"""Modules that the first frame does without and commands need, those first that others import and that take long."""
_CLEANING_DELAY: Final = 10.0
"""Seconds from the start until stored texts are cleaned: then most users read, and a short look at an article is over."""
_LONGEST_BATCH: Final = 0.1
"""Seconds for which painting waits for all effects of a key, so that nobody sees it stand still."""
_POSITION_DELAY: Final = 2.0
"""Seconds from a move until the position is stored. Moves made since are lost in a crash."""
_MEGABYTE: Final = 1_000_000
_INPUT: Final = (Key, Paste, MouseDown, MouseScrollDown, MouseScrollUp)
"""The events by which the user acts."""
_FEW_COLOURS: Final = frozenset({"standard", "windows", None})
"""Rich's names for terminals of 16 colours or none."""


class StartOptions(NamedTuple):
    """The arguments of `run_app`."""

    paths: "Paths"
    library: "Library"
    """The open library; the caller closes it."""
    article: "Article"
    """The first article."""
    open_article: OpenArticle
    """A function that reads another article of the library."""
    readers: SourceReaders
    """Functions that read the files and pages that links lead to."""
    settings: Settings
    passwords: "HeldPasswords"
    """The passwords that were given before."""
    problems: Sequence[str] = ()
    """Problems with the settings, in sentences."""
    theme: str = ""
    """The name of the theme for this run; empty for the one that is set, chosen, or suits the terminal."""
    first_screen: FirstScreen | None = None
    """The owner of the terminal until the app draws; `None` for a new one."""
    anchor: str = ""
    """The name of the anchor in the first article to show first; empty for the place where it was left."""
    typed: str = ""
    """The keys typed before the app started."""
    first_start: bool = False
    """True to show the hint of the first start."""


def run_app(options: StartOptions) -> ReadingSession:
    """Run the app until the user quits, and return the session with the article that was open last.

    Raises:
        UsageError: There is no such theme.
        PactReaderError: The library cannot be read, or something could not be saved on exit.
        SystemExit: A signal, the loss of the terminal or a fault of the program ended it.
    """
    if options.theme and (problem := unknown_theme_reason(options.theme)):
        raise UsageError(f"--theme names “{printable_line(options.theme)}”: {problem}.", "Or leave it out.")
    app = PactReaderApp(options)
    app.run()
    if app.failure:
        raise app.failure
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.session


class PactReaderApp(App[None]):
    """The app, with the session of the open article."""

    TITLE = "PactReader"
    CSS_PATH = Path(__file__).with_name("pactreader.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+q", "quit", "Quit", show=False)]  # noqa: RUF012 - Textual's declaration
    """The binding without the priority that Textual gives it, so that the note editor can save first."""

    def __init__(self, options: StartOptions) -> None:
        self._settings = options.settings
        self._first_theme = ""
        """The theme at the start. A different one at the end was chosen by the user, and is stored."""
        self.first_screen = options.first_screen or FirstScreen()
        """The owner of the terminal until the app draws."""
        self.frames = Frames()
        """The filter of the frames that are drawn."""
        super().__init__(driver_class=_driver_class(self.first_screen, self.frames, options.typed))
        if self.first_screen.frame and self.size == self.first_screen.size:
            self.frames.hold(behind=self.first_screen.frame)
        self.session = ReadingSession(
            paths=options.paths,
            library=options.library,
            article=options.article,
            open_article=options.open_article,
        )
        self.reading_screen: ReadingScreen
        """The main screen. It is kept here as its position is stored after Textual has removed the screen."""
        self.failure: PactReaderError | None = None
        """The error to report after the end: the library cannot be read, or something is not saved."""
        self._first_start = options.first_start
        self._is_quitting = False
        """True once the user has quit. Later keys have no effect."""
        self._position_timer: Timer | None = None
        self.key_gate = KeyGate()
        """That at which long work waits while a key is handled."""
        self.start = StartSequence(self, then=self._begin_background_work)
        for theme in own_themes(self.console.color_system):
            self.register_theme(theme)
        self.keymap, key_problems = build_keymap(
            all_commands, options.settings.labels, options.settings.keys, options.settings.locations
        )
        self._problems = [*options.problems, *key_problems]
        if options.settings.theme and (
            problem := theme_problem(options.settings.theme, options.settings.locations)
        ):
            self._problems.append(problem)
        self._first_theme = self.theme = self.theme_after(options.theme)[0]
        self.passwords = options.passwords
        """The passwords of the protected files that are or were open."""
        self.parsed = ParsedArticles(options.paths.parsed, reading_defaults(options.settings))
        """The cache of parsed articles."""
        self.change_tracker = ChangeTracker(options.library, self.session, self)
        self.opener = ArticleOpener(self.session, self, readers=options.readers, anchor=options.anchor)

    # The workers beside the reading screen, which the first frame does without

    @cached_property
    def placer(self) -> "AnchorPlacer":
        """The placing of anchors that need longer than the first frame."""
        from pactreader.tui.session.placement.anchor_placer import AnchorPlacer

        return AnchorPlacer(self)

    @cached_property
    def source_monitor(self) -> "SourceMonitor":
        """The monitor of the open article's file."""
        from pactreader.tui.session.reload.source_monitor import SourceMonitor

        return SourceMonitor(self)

    @cached_property
    def page_fetch(self) -> "PageFetch":
        """The fetching of pages of the web."""
        from pactreader.tui.session.page_fetch import PageFetch

        return PageFetch(self)

    @cached_property
    def conflict_merge(self) -> "ConflictMerge":
        """The merging of conflict files."""
        from pactreader.tui.session.conflict_merge import ConflictMerge

        return ConflictMerge(self)

    @cached_property
    def rest_reader(self) -> "RestReader":
        """The reading of an article's rest while its beginning is shown."""
        from pactreader.tui.session.rest_reader import RestReader

        return RestReader(self)

    @cached_property
    def keyboard(self) -> "KeyboardLayouts":
        """The keyboard layouts in other scripts that the user may type with."""
        from pactreader.tui.keys.keyboard_layouts import KeyboardLayouts, locale_language

        return KeyboardLayouts(self._settings.keyboard_layout, locale_language())

    @cached_property
    def library_monitor(self) -> "LibraryMonitor":
        """The monitor of the library file, which keeps it as well."""
        from pactreader.tui.session.library_monitor import LibraryMonitor

        return LibraryMonitor(self.session.library, self.session, self)

    @cached_property
    def _saver(self) -> "ShutdownSaver":
        from pactreader.tui.session.shutdown import ShutdownSaver

        return ShutdownSaver(self.session, self)

    @cached_property
    def _recorder(self) -> "ScreenRecorder":
        from pactreader.tui.session.screen_recorder import ScreenRecorder

        return ScreenRecorder(self)

    # The look

    def theme_after(self, *names: str) -> tuple[str, bool]:
        """Return the first theme that exists of some names, of the settings and of the last run; and True.

        Without any, PactReader's own dark or light one, like the terminal's background; and False.
        """
        wanted = (*names, self._settings.theme, self.session.window.theme)
        if chosen := next(filter(self.available_themes.get, wanted), ""):
            return chosen, True
        query = self.first_screen.query
        return (LIGHT_THEME if query and query.is_light() else DARK_THEME).name, False

    @property
    def colourful(self) -> bool:
        """True if the terminal's colours can tell highlights apart."""
        return not self.no_color and self.console.color_system not in _FEW_COLOURS

    def get_css_variables(self) -> dict[str, str]:
        """Return the style sheet's variables: the theme's, its palette's and the panel's.

        Textual asks for them in its constructor too, where no theme is chosen yet and no style sheet is parsed.
        """
        if not self._first_theme:
            return {}
        palette = palette_of(self.current_theme)
        return super().get_css_variables() | {
            "muted": palette.muted.hex,
            "dialog": palette.panel.hex,
            "warned": palette.warning.hex,
            **panel_variables(self._settings.panel_side, self._settings.panel_width),
        }

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Apply the style sheet's variables, at the start too, where the theme is set before there is a screen.

        Textual would parse the style sheet for it then, and once more when there is a screen.
        """
        if self.children:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen for the first article."""
        return self.make_screen(panel_shown=self.session.window.panel, hint=self._first_start)

    def make_screen(self, *, panel_shown: bool, hint: bool) -> ReadingScreen:
        """Return a main screen for the open article, at the stored position."""
        position = self.opener.position.first()
        self.reading_screen = ReadingScreen(
            self,
            self.session,
            keymap=self.keymap,
            measure=self._settings.measure,
            top=position.top,
            caret=position.caret,
            panel_shown=panel_shown,
            panel_first=self._settings.panel_side == "left",
            hint=hint,
        )
        return self.reading_screen

    def on_mount(self) -> None:
        """Handle signals that end or suspend the program."""
        self.app_suspend_signal.subscribe(
            self, lambda _app: self._saver.save_before_suspend(), immediate=True
        )
        if not self.is_headless:
            handle_exit_signals(self._exit_by_signal)
            handle_suspend_signals(self, self.action_suspend_process)
        self.start.when_settled(self._show_frames)

    def _show_frames(self) -> None:
        """Draw what was held back behind the first screen."""
        if self.frames.is_held:
            self.frames.release()
            if self.screen_stack:
                self.screen.refresh()

    # Keys

    async def on_event(self, event: Event) -> None:
        """Handle keys one at a time, each with all of its effects before the next one, and painted at once.

        Textual alone would forward all keys of a burst to the widget that is focused now, even if the first of them
        opens a dialog or closes an input. And it would paint the effects of posted messages in frames of their own.
        """
        if isinstance(event, Resize) and event.size != self.first_screen.size:
            self.frames.forget()
        elif isinstance(event, _INPUT):
            self._show_frames()
        event = self._by_place(event)
        if isinstance(event, Key | Paste) and not event.is_forwarded and self._keeps_back(event):
            pass
        elif not isinstance(event, Key) or event.is_forwarded:
            if isinstance(event, MouseDown | MouseUp) and not event.is_forwarded:
                self.reading_screen.mouse_used = True
            await super().on_event(event)
        else:
            self.key_gate.close()
            shown, focused = self._shown, self.focused
            with self._held_updates():
                if self.shows_reading_screen and await self.reading_screen.press(event):
                    if self.focused is not focused:
                        await wait_until_idle(*self.reading_screen.panes_and_screen)
                    await wait_for_refreshes()
                else:
                    await self._forward_key(event)
            if self.screen_stack:
                if self._shown != shown:
                    self._hold_until_removed()
                    self.screen.refresh()
                self.screen.call_after_refresh(self.key_gate.open)
            await self.opener.switch()

    def _by_place(self, event: Event) -> Event:
        """Return a key with ctrl and a letter of another script as the one in its place: `ctrl+з` → `ctrl+p`."""
        if not isinstance(event, Key) or not event.key.startswith("ctrl+") or event.key.isascii():
            return event
        key = self.keyboard.us_key(event.key.removeprefix("ctrl+"))
        return Key(f"ctrl+{key}", None) if key else event

    def _keeps_back(self, event: Key | Paste) -> bool:
        """Return whether a key or paste is dropped, as the app quits, or waits for the start."""
        return self._is_quitting or self.start.holds(event)

    @contextmanager
    def _held_updates(self) -> Iterator[None]:
        """Paint nothing meanwhile; unless it takes long, as what is done in a while then shows its progress."""
        with ExitStack() as batch:
            batch.enter_context(self.batch_update())

            def end() -> None:
                batch.close()
                if self.screen_stack:
                    self.screen.refresh()

            timer = asyncio.get_running_loop().call_later(_LONGEST_BATCH, end)
            try:
                yield
            finally:
                timer.cancel()

    def _hold_until_removed(self) -> None:
        """Paint nothing until a dialog that was closed is removed, with which Textual lays out all anew."""
        if not self.opener.is_switching:
            batch = ExitStack()
            batch.enter_context(self.batch_update())
            self.call_next(batch.close)

    @property
    def _shown(self) -> tuple[object, ...]:
        """That with which everything is painted anew. Textual drops what it lays out in a batch."""
        return self.screen_stack[-1:], self.screen_stack and self.screen.size, self.theme

    @property
    def shows_reading_screen(self) -> bool:
        """True if no dialog is shown over the main screen."""
        return bool(self.screen_stack) and self.screen is self.reading_screen

    async def _forward_key(self, event: Key) -> None:
        """Forward a key to the focused widget of a dialog, and wait for its effects."""
        focused = self.focused if self.screen_stack else None
        if focused is None:
            await super().on_event(event)
            return
        if not event.is_printable:  # a letter closes no dialog
            await wait_until_ancestors_idle(focused)
        await super().on_event(event)
        await wait_until_ancestors_idle(focused)
        await wait_until_idle(self.reading_screen)

    # The start

    async def on_ready(self) -> None:
        """Begin what the first frame does without."""
        await self.start.begin()

    async def _begin_background_work(self) -> None:
        """Begin the work that the notes as they are shown first do without, with keys handled between."""
        notebook = self.session.notebook
        self.library_monitor.report_notices()
        self._report_settings()
        self.opener.position.report_missing_anchor()
        await self.key_gate.wait()
        self.library_monitor.start()
        await self.key_gate.wait()
        self.source_monitor.start()
        self.set_timer(_PRELOAD_DELAY, lambda: self.run_worker(_preload(self.key_gate), group="preload"))
        self.set_timer(_CLEANING_DELAY, self._clean_texts)
        await self.key_gate.wait()
        if self.session.notebook is notebook:  # no other article was opened
            self.opener.start_background_work()

    def _clean_texts(self) -> None:
        limit = self._settings.text_limit * _MEGABYTE
        self.run_worker(self.library_monitor.clean_texts(limit), group="texts", exclusive=True)

    @property
    def reading_setup(self) -> ReadingSetup:
        """The circumstances in which articles are read again."""
        return ReadingSetup(reading_defaults(self._settings), self.passwords.recall)

    def _report_settings(self) -> None:
        """Tell the user of problems with the settings."""
        if self._problems:
            first, *more = self._problems
            also = (
                f" {pluralise(len(more), 'more problem')}: `pactreader settings` lists them." if more else ""
            )
            self.reading_screen.show_message(f"{first}{also}", warning=True)

    # The reading state

    def schedule_position(self) -> None:
        """Store the position after a delay, once for all moves in it."""
        if self._position_timer is None:
            self._position_timer = self.set_timer(_POSITION_DELAY, self._save_position_when_quiet)

    def _save_position_when_quiet(self) -> None:
        """Store the position; later if a thread works, for which each access to a file would wait."""
        self._position_timer = None
        if is_thread_working():
            self.schedule_position()
        else:
            self.save_position()

    def save_position(self) -> None:
        """Store the position and the state of the window."""
        self._position_timer = None
        view = self.reading_screen.article_view
        if not self.opener.position.is_stored_one_due:
            progress = self.reading_screen.progress or 0.0
            self.session.save_position(top=view.top_offset, caret=view.caret.offset, progress=progress)
        theme = self.session.window.theme if self.theme == self._first_theme else self.theme
        self.session.save_window(WindowState(theme=theme, panel=self.reading_screen.panes.notes_shown))

    # The library

    async def open_library(self) -> None:
        """Open the library browser.

        Raises:
            PactReaderError: The library cannot be read.
        """
        from pactreader.tui.dialogs.library_browser import LibraryBrowser

        push_dialog = self.reading_screen.context.push_dialog
        browser = LibraryBrowser(
            self.session,
            self._settings.labels,
            self.key_gate,
            open_article=self.opener.open,
            push_dialog=push_dialog,
        )
        await push_dialog(browser.chooser)
        self.run_worker(browser.complete(self.start.loaded), group="library", exclusive=True)

    # Other programs

    def copy(self, text: str) -> str:
        """Copy a text to the clipboards of the terminal and the platform, and return their name for a message."""
        from pactreader.tui.terminal.clipboard import clipboard_tool, put_on_clipboard

        self.copy_to_clipboard(text)
        tool = clipboard_tool()
        if not tool:
            return "the terminal’s clipboard"
        put_on_clipboard(tool, text)
        return "the clipboard"

    def open_outside(self, address: str) -> bool:
        """Open an address in the browser or mail program, and return whether there is one."""
        from pactreader.tui.terminal.desktop import open_address

        return open_address(address)

    # Suspending and quitting

    def action_suspend_process(self) -> None:
        """Suspend the program: the shell has the terminal until `fg`."""
        if not suspend_process(self):
            self.reading_screen.show_message(
                f"There is no shell here to go on after a pause. {self.keymap.key('quit')} quits, and nothing is lost."
            )

    def action_help_quit(self) -> None:
        """Tell the user how to quit: ctrl+c, which Textual calls this for, does nothing else."""
        self.reading_screen.show_message(
            f"{self.keymap.key('quit')} quits. What you marked and wrote is saved already."
        )

    async def action_quit(self) -> None:
        """Quit, or tell the user what is not saved; a second time, quit without it."""
        if self._saver.prepare_to_quit() and not self._is_quitting:
            self._is_quitting = True
            self.run_worker(self._record_and_exit(), group="quit")

    async def _record_and_exit(self) -> None:
        """Record the screen of the next start, which nothing draws while a key is handled, and exit."""
        await self._recorder.record()
        self.exit()

    def on_unmount(self) -> None:
        """Stop what runs in the background, and save everything, also after a fault of the program."""
        self.placer.stop()
        self.page_fetch.stop()
        self.conflict_merge.stop()
        self.rest_reader.stop()
        self._save_before_exit()

    def _exit_by_signal(self, status: int) -> None:
        """Save everything at once, as Textual may not get as far as `on_unmount`; then exit."""
        self._save_before_exit()
        self.exit(return_code=status)

    def _save_before_exit(self) -> None:
        self.opener.finish_identification()
        self.failure = self._saver.save_before_exit() or self.failure

    def _handle_exception(self, error: Exception) -> None:
        """Log a fault before Textual shows it and exits. There is no public method to override."""
        self.session.event_log.fault(error)
        super()._handle_exception(error)


def _driver_class(first_screen: FirstScreen, frames: Frames, typed: str) -> type[Driver] | None:
    """Return the driver that takes the terminal over; `None` for Textual's own, on Windows.

    Args:
        first_screen: The owner of the terminal until then.
        frames: The filter of the frames.
        typed: What was typed before.
    """
    if sys.platform == "win32":
        return None
    from pactreader.tui.terminal.driver import driver_after

    return driver_after(first_screen, frames, typed)


async def _preload(key_gate: KeyGate) -> None:
    """Import the modules of commands, so that their first use is fast, and works if no more files can be opened.

    Keys are handled, with all their effects, between two modules. An import reads files, and each time waits for the threads that work.
    """
    for name in _PRELOADED:
        while is_thread_working():  # noqa: ASYNC110 - threads set no event of the loop when they end
            await asyncio.sleep(_PRELOAD_DELAY)
        await key_gate.wait()
        import_module(name)
