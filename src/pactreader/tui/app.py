"""The program on the screen: owns the library, the desk and the notebook, and is the only one that saves."""

import asyncio
import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.binding import Binding
from textual.driver import Driver
from textual.events import Event, Key, MouseDown, MouseUp
from textual.screen import Screen
from textual.timer import Timer

from pactreader.core.annotation import Anchor, timestamp
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError, PactReaderError, UsageError
from pactreader.core.notebook import Change, Notebook
from pactreader.core.printable import counted, printable_line
from pactreader.storage.desk import Desk, Draft, Reading, Window
from pactreader.storage.library import Library
from pactreader.storage.places import Places
from pactreader.storage.records import Entry
from pactreader.storage.settings import Settings
from pactreader.tui.background import Question
from pactreader.tui.command_palette import Commands
from pactreader.tui.endings import heed_endings
from pactreader.tui.key_settings import keymap_of
from pactreader.tui.panes import panel_variables
from pactreader.tui.pausing import heed_pauses, pause
from pactreader.tui.reading_screen import ReadingScreen, push_over
from pactreader.tui.themes import (
    DARK_THEME,
    LIGHT_THEME,
    no_such_theme,
    own_themes,
    palette_of,
    theme_problem,
)

if TYPE_CHECKING:
    from pactreader.core.query import Query
    from pactreader.tui.shelf import ShelfArticle, ShelfNote, Spot

_LOOK_EVERY: Final = 0.5
"""Seconds from what another window saves until it is shown here, at the most. A look costs one `stat`."""
_BACK_UP_EVERY: Final = 60.0
"""Seconds between looks whether the day wants its backup: there is one a day, but days begin while we run."""
_OFFER_EVERY: Final = 5.0
"""Seconds between looks for copies that a file synchroniser has put beside the library."""
_PREPARE_AFTER: Final = 1.0
"""Seconds after the start until what commands need is loaded: a moment in which most readers read."""
_LOADED_LATER: Final = (
    "pactreader.tui.shelf",
    "pactreader.tui.note_editor",
    "pactreader.tui.prompt",
    "pactreader.tui.help_screen",
    "pactreader.formats.read_markdown",
    "pactreader.formats.write_markdown",
)
_CHECKED_AT_ONCE: Final = 100
"""Annotations whose checksum is looked at before keys are heard again: about a millisecond."""
_PATIENCE: Final = 0.3
"""Seconds that the screen stands still for another process that is writing; then the reader is told."""
_PLACE_AFTER: Final = 2.0
"""Seconds from a move until the place is on the disk: what a crash may cost of it."""
_AT_ONCE: Final = 300_000
"""Bytes of a library that the first frame waits for: some five hundred annotations, a few milliseconds."""
_FEW_COLOURS: Final = frozenset({"standard", "windows", None})
"""Rich's names for terminals of 16 colours or none."""


OpenEntry = Callable[[Entry, Library], Article]
"""Reads the article of an entry, or raises PactReaderError."""


def read(
    *,
    places: Places,
    library: Library,
    article: Article,
    open_entry: OpenEntry,
    settings: Settings,
    problems: Sequence[str],
    theme: str = "",
    question: Question | None = None,
    first_start: bool,
) -> Notebook:
    """Let the reader read an article, or one after the other, until they quit.

    Args:
        places: Where the desk is.
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
        places=places,
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
    return app.notebook


class PactReaderApp(App[None]):
    """An article that is read, its notebook, and the library that they are kept in."""

    TITLE = "PactReader"
    CSS_PATH = Path(__file__).with_name("pactreader.tcss")
    COMMANDS = {Commands}  # noqa: RUF012 - Textual's declaration
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [Binding("ctrl+q", "quit", "Quit", show=False)]  # noqa: RUF012 - Textual's declaration
    """Without the priority that Textual gives it, so that the note editor can save first."""
    reading_screen: ReadingScreen
    """The main screen. It is asked for the place after Textual has let go of its screens."""

    def __init__(
        self,
        *,
        places: Places,
        library: Library,
        article: Article,
        open_entry: OpenEntry,
        settings: Settings,
        problems: Sequence[str],
        theme: str = "",
        question: Question | None = None,
        first_start: bool,
    ) -> None:
        # Textual asks for the variables of the style sheet while it begins.
        self._settings = settings
        super().__init__(driver_class=_driver_after(question))
        self._open_entry = open_entry
        self._library = library
        self._places = places
        self._desk = Desk(places)
        self.notebook = library.empty_notebook(article)
        self._entry: Entry | None = None
        self.failure: PactReaderError | None = None
        """Why the library cannot be read, or what was typed is not kept."""
        self._reading = self._desk.lately_read(article.source)
        if self._reading is None or _size(places.library) <= _AT_ONCE:
            self._open_notebook()
        self._first_start = first_start
        self._place_timer: Timer | None = None
        self._troubles: dict[str, str] = {}
        """What keeps going wrong with the library, as it was said last."""
        self._is_gone = False
        """Whether the library's file was not there at the last look."""
        self._warned_of_loss = False
        self._early_keys: list[Key] | None = []
        """Keys that were typed before there was a page; `None` once there is."""
        self._pointed = False
        """Whether the mouse was used since the last key."""
        self._opened = 0
        """Articles that were opened after the first one."""
        self.copies: list[Path] = []
        """Copies of the library that a file synchroniser has put beside it."""
        self._window = self._desk.window()
        for own in own_themes(self.console.color_system):
            self.register_theme(own)
        self.keymap, wrong_keys = keymap_of(settings.labels, settings.keys, settings.where)
        self._problems = [*problems, *wrong_keys]
        if settings.theme and (problem := theme_problem(settings.theme, settings.where)):
            self._problems.append(problem)
        wanted = (theme, settings.theme, self._window.theme)
        self.theme = self._first_theme = next(filter(self.available_themes.get, wanted), "") or (
            LIGHT_THEME.name if question and question.is_light() else DARK_THEME.name
        )
        """The one that it began with: if another is on, the reader has chosen it."""

    @property
    def loaded(self) -> bool:
        """Whether the notebook holds its annotations.

        Those in a large library come right after the first frame, if the place in the article is known without it.
        """
        return self._entry is not None

    @property
    def entry(self) -> Entry:
        """The article in the library, once the notebook is loaded."""
        assert self._entry is not None
        return self._entry

    def finish_loading(self) -> bool:
        """Have the notebook hold its annotations, if they did not come before the first frame.

        Returns:
            Whether it does. If the library cannot be read, the app ends, and says why in `failure`.
        """
        if self._entry is None:
            try:
                self._open_notebook()
            except PactReaderError as error:
                self.failure = error
                self.exit()
                return False
            self.reading_screen.show_notebook()
        return True

    def _open_notebook(self) -> None:
        entry = self._library.adopt(self.notebook.article)
        self._library.load(entry, self.notebook)
        self._library.patience = _PATIENCE
        self._entry = entry

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
        reading = self._desk.reading(self._entry.id) if self._entry else self._reading
        return self._make_screen(reading, panel_shown=self._window.panel, hint=self._first_start)

    def _make_screen(self, reading: Reading | None, *, panel_shown: bool, hint: bool) -> ReadingScreen:
        """A main screen for the article, where the reader left off."""
        last = max(0, len(self.notebook.article.text) - 1)
        self.reading_screen = ReadingScreen(
            self,
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
            heed_endings(self._end)
            heed_pauses(self, self.action_suspend_process)

    async def on_event(self, event: Event) -> None:
        """Have the page take a key at once, so that the next one finds what this one opened.

        Textual sends a key to the widget that has the focus and looks for its binding when it comes back from
        there: of keys that come in one burst, all would be sent to the page.
        """
        if isinstance(event, MouseDown | MouseUp) and not event.is_forwarded:
            self._pointed = True
        if isinstance(event, Key) and not event.is_forwarded:
            if self._early_keys is not None:
                self._early_keys.append(event)
                return
            if self.screen_stack and self.screen is self.reading_screen:
                if self._pointed:
                    self._pointed = False
                    await self.reading_screen.panes.settle()
                if await self.reading_screen.press(event):
                    return
        await super().on_event(event)

    async def on_ready(self) -> None:
        """What need not be done before the text is on the screen."""
        self.call_after_refresh(self._settle)
        early, self._early_keys = self._early_keys or [], None
        for key in early:
            await self.on_event(key)

    async def _settle(self) -> None:
        if not self.finish_loading():
            return
        self.reading_screen.article_view.measure()
        gc.enable()
        gc.freeze()
        self._tell()
        self._tell_of_settings()
        self._keep_article()
        self._library.prepare()
        self._back_up()
        self._offer_copies()
        self._tell()
        self.set_interval(_BACK_UP_EVERY, self._back_up)
        self.set_interval(_OFFER_EVERY, self._offer_copies)
        self.set_interval(_LOOK_EVERY, self._look_around)
        self.run_worker(self._check_annotations(), group="check", exclusive=True)
        self.set_timer(_PREPARE_AFTER, _prepare)
        await self._bring_back_draft()

    def _keep_article(self) -> None:
        """Have the article that was opened in the library, and on the desk."""
        try:
            self._library.keep(self.entry, self.notebook.article)
        except PactReaderError as error:
            self.reading_screen.say(error.in_a_line, warning=True)
        self.keep_place()

    def _back_up(self) -> None:
        """Keep a copy of the library, once a day; say once why it cannot be kept."""
        try:
            self._library.back_up_daily()
        except PactReaderError as error:
            self._say_once("backing up", error)
        else:
            self._troubles.pop("backing up", None)

    def _offer_copies(self) -> None:
        """Offer to merge what a synchroniser left beside the library."""
        known, self.copies = self.copies, self._library.copies()
        if set(self.copies) - set(known):
            names = ", ".join(printable_line(path.name) for path in self.copies)
            self.reading_screen.say(
                f"The library was changed elsewhere too: {names}. "
                f"{self.keymap.key('merge')} merges that, {self.keymap.key('undo')} undoes it.",
                warning=True,
            )

    def _say_once(self, what: str, error: PactReaderError) -> None:
        """Say what keeps going wrong, but not again and again."""
        if error.message != self._troubles.get(what):
            self._troubles[what] = error.message
            self.reading_screen.say(error.in_a_line, warning=True)

    def _look_around(self) -> None:
        """Show what other windows and programs have done to the library."""
        try:
            news = self._library.refresh(self.entry, self.notebook)
        except PactReaderError as error:
            self._say_once("reading", error)
            return
        self._troubles.pop("reading", None)
        self._write_again_what_is_gone()
        if news:
            self.reading_screen.show_notebook()
            self.reading_screen.say(f"{counted(news, 'annotation')} changed elsewhere.")
        self._tell()

    def _write_again_what_is_gone(self) -> None:
        """Have the library on the disk again, if it is still gone at the second look.

        Some programs replace a file in two steps.
        """
        was_gone, self._is_gone = self._is_gone, self._library.is_gone
        if was_gone and self._is_gone:
            # What fails is tried at every look, and said at the end.
            with suppress(NotSavedError), self.at_once():
                self._library.secure()

    async def _check_annotations(self) -> None:
        """Say if annotations of this article are not as they were written; keys go first."""
        unlike = 0
        with suppress(PactReaderError):  # a file that cannot be read now is said when it is looked at
            for number, is_unlike in enumerate(self._library.unlike(self.entry)):
                unlike += is_unlike
                if not number % _CHECKED_AT_ONCE:
                    await asyncio.sleep(0)
        if unlike:
            what = counted(unlike, "annotation")
            self.reading_screen.say(
                f"Not as they were written: {what}, changed by another program or damaged. "
                "`pactreader doctor` says which, with --repair it looks for them in the backups.",
                warning=True,
            )

    def _tell(self) -> None:
        """Say what the library has to say of itself: that it was damaged, or cannot be changed."""
        if notices := self._library.notices():
            self.reading_screen.say(" ".join(notices), warning=True)

    def _tell_of_settings(self) -> None:
        """Say what is wrong with the settings."""
        if self._problems:
            first, *more = self._problems
            also = f" {counted(len(more), 'more problem')}: `pactreader settings` lists them." if more else ""
            self.reading_screen.say(f"{first}{also}", warning=True)

    async def _bring_back_draft(self) -> None:
        """Go on with a note that was being typed, here or in an editor, when PactReader stopped."""
        notebook = self.notebook
        try:
            self._desk.take_from_editors(
                self.entry.id, saved=lambda each: notebook[each].note if each in notebook else ""
            )
        except NotSavedError as error:
            self.reading_screen.say(error.in_a_line, warning=True)
        for draft in self._desk.drafts(self.entry.id):
            if not draft.annotation:
                await self.reading_screen.edit_note(None)
                return
            if draft.annotation in self.notebook:
                await self.reading_screen.edit_note(self.notebook[draft.annotation])
                return
            self.keep_draft("", draft.note)  # what it was a note on is gone: the words are not
            self.drop_draft(draft.annotation)
            await self.reading_screen.edit_note(None)
            return

    # What is kept

    def save(self, change: Change) -> Change:
        """Put a change on the disk, then take it into the notebook, with what has come from elsewhere.

        Returns:
            The change as it was saved.

        Raises:
            NotSavedError: It is not on the disk, and the notebook is as it was.
        """
        if not change.edits:  # an undo that leaves everything alone: what it would undo stays on record
            self.notebook.apply(change)
            return change
        saved = self._library.save(self.entry, change)
        self.notebook.apply(saved)
        with suppress(PactReaderError):  # what cannot be read now is said when it is looked for
            self._library.refresh(self.entry, self.notebook)
        return saved

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Wait for nobody, for a while."""
        self._library.patience = 0
        try:
            yield
        finally:
            self._library.patience = _PATIENCE

    def merge_copies(self) -> str:
        """Bring in the copies that were found beside the library.

        Returns:
            What came of it, in a sentence or two.

        Raises:
            PactReaderError: One of them is not merged. Those before it are.
        """
        said = []
        if not self._library.copies():
            return "There is no other copy of the library beside it."
        try:
            for path, merged in self._library.merge_copies():
                said += [f"{printable_line(path.name)}: {merged.in_words}", merged.notice]
                if change := merged.changes.get(self.entry.id):
                    self.notebook.apply(change)
        finally:
            self._library.refresh(self.entry, self.notebook)
            self.copies = self._library.copies()
        return " ".join(filter(None, said))

    def draft(self, annotation_id: str) -> str | None:
        """What was being typed on an annotation, or as a new note on the article."""
        draft = self._desk.draft(self.entry.id, annotation_id)
        return draft.note if draft else None

    def keep_draft(self, annotation_id: str, note: str) -> None:
        """Keep what is being typed.

        Raises:
            NotSavedError: It is not kept.
        """
        self._desk.keep_draft(Draft(self.entry.id, annotation_id, note, timestamp(datetime.now(UTC))))

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft whose note is saved."""
        self._desk.drop_draft(self.entry.id, annotation_id)

    def editor_file(self, annotation_id: str) -> Path:
        """Where the reader's own editor may have what is being typed.

        Raises:
            NotSavedError: There is no place for it.
        """
        return self._desk.editor_file(self.entry.id, annotation_id)

    def moved(self) -> None:
        """The reader is somewhere else: that is kept in a while."""
        if self._place_timer is None:
            self._place_timer = self.set_timer(_PLACE_AFTER, self.keep_place)

    def keep_place(self) -> None:
        """Keep where the reader is, and how the window looks."""
        self._place_timer = None
        if not self.loaded:
            return
        screen = self.reading_screen
        view = screen.article_view
        now = timestamp(datetime.now(UTC))
        self._desk.keep_reading(
            Reading(
                self.entry.id,
                self.notebook.article.source,
                view.top_offset,
                view.caret.offset,
                view.progress,
                now,
            )
        )
        theme = self._window.theme if self.theme == self._first_theme else self.theme
        window = Window(theme=theme, panel=screen.panes.notes_shown)
        if window != self._window:
            self._window = window
            self._desk.keep_window(window)

    def bookmarks(self) -> dict[str, Anchor]:
        """The bookmarks in this article, by their letters."""
        return self._desk.bookmarks(self.entry.id)

    def keep_bookmarks(self, bookmarks: Mapping[str, Anchor]) -> None:
        """Keep the bookmarks in this article.

        Raises:
            NotSavedError: They are not kept.
        """
        self._desk.keep_bookmarks(self.entry.id, bookmarks)

    # The library

    @property
    def article_title(self) -> str:
        """What the article is called."""
        return self._entry.called if self._entry else self.notebook.article.title

    async def open_library(self) -> None:
        """Show the library.

        Raises:
            PactReaderError: It cannot be read.
        """
        from pactreader.tui.shelf import Shelf  # noqa: PLC0415 - not for the first frame

        shelf = Shelf(self, self._settings.labels, push_over)
        await push_over(shelf.chooser)
        self.run_worker(shelf.learn(), group="shelf", exclusive=True)

    def shelf_articles(self) -> "list[ShelfArticle]":
        """Every article of the library, also those forgotten.

        Raises:
            PactReaderError: It cannot be read.
        """
        from pactreader.tui.shelf import ShelfArticle  # noqa: PLC0415 - not for the first frame

        counts, readings = self._library.highlight_counts(), self._desk.readings()
        return [
            ShelfArticle(
                entry.id,
                entry.called,
                entry.source,
                counts[entry.id],
                readings[entry.id].progress if entry.id in readings else None,
                readings[entry.id].read_at if entry.id in readings else "",
                bool(entry.forgotten),
            )
            for forgotten in (False, True)
            for entry in self._library.articles(forgotten=forgotten)
        ]

    def learn_notes(self) -> Iterator[None]:
        """Have every note of the library ready to be searched, bit by bit."""
        return self._library.learn_notes()

    def search_notes(self, query: "Query") -> "Iterator[ShelfNote]":
        """The notes of the library that a query finds."""
        from pactreader.tui.shelf import ShelfNote  # noqa: PLC0415 - not for the first frame

        found = self._library.search_notes(query)
        return (ShelfNote(one.entry.id, one.entry.called, one.annotation) for one in found)

    def rename_article(self, article_id: str, name: str) -> None:
        """Have an article called something else; nothing typed, by its own title.

        Raises:
            PactReaderError: It is called as before.
        """
        renamed = self._library.rename(article_id, name)
        if renamed.id == self.entry.id:
            self._entry = renamed
            self.reading_screen.show_notebook()

    def forget_article(self, article_id: str, *, forgotten: bool) -> None:
        """Show an article no more, or again.

        Raises:
            PactReaderError: That is not done.
        """
        if not forgotten:
            self._library.recall(article_id)
        elif article_id == self.entry.id:
            raise PactReaderError("This is the article that you are reading.", "Open another one first.")
        else:
            self._library.forget(article_id)

    def open_article(self, spot: "Spot") -> None:
        """Have the reader read another article, or go to an annotation of it.

        Raises:
            PactReaderError: It cannot be read, or something here is not saved; the reader stays.
        """
        if spot.article == self.entry.id:
            self._go_to(spot.annotation)
            return
        article = self._open_entry(self._library.find(spot.article), self._library)
        self.reading_screen.save_waiting()
        self.keep_place()
        notebook = self._library.empty_notebook(article)
        entry = self._library.adopt(article)
        self._library.load(entry, notebook)
        self.call_later(self._change_article, entry, notebook, spot.annotation)

    async def _change_article(self, entry: Entry, notebook: Notebook, annotation_id: str) -> None:
        """Put another article in the place of this one."""
        panel_shown = self.reading_screen.panes.notes_shown
        self.notebook, self._entry = notebook, entry
        former, reading = self.current_mode, self._desk.reading(entry.id)
        # Textual lets a base screen go with its mode alone, and the first one, which the start is fastest with, never.
        self._opened += 1
        mode = f"article {self._opened}"
        self.add_mode(mode, lambda: self._make_screen(reading, panel_shown=panel_shown, hint=False))
        await self.switch_mode(mode)
        if former != self.DEFAULT_MODE:
            await self.remove_mode(former)
        self.reading_screen.article_view.measure()
        self._keep_article()
        self.run_worker(self._check_annotations(), group="check", exclusive=True)
        self._go_to(annotation_id)
        await self._bring_back_draft()

    def _go_to(self, annotation_id: str) -> None:
        """Go to the passage of an annotation, if it has one."""
        place = self.notebook.place(annotation_id)
        if place and place.found:
            self.reading_screen.panes.leap_to(place.start)
            self.reading_screen.panes.to_article()

    # What goes out

    def copy(self, text: str) -> str:
        """Have a text on the clipboards that there are: of the terminal, and of the platform.

        Returns:
            Where it is on its way to.
        """
        from pactreader.tui.clipboard import clipboard_tool, put_on_clipboard  # noqa: PLC0415 - not for the first frame

        self.copy_to_clipboard(text)
        tool = clipboard_tool()
        if not tool:
            return "the terminal’s clipboard"
        put_on_clipboard(tool, text)
        return "the clipboard"

    def open_outside(self, address: str) -> bool:
        """Have the browser or the mail program open an address; whether there is one."""
        from pactreader.tui.browser import open_outside  # noqa: PLC0415 - not for the first frame

        return open_outside(address)

    def export_path(self) -> Path:
        """Where an export goes unless the reader says otherwise: a file in the working directory."""
        from pactreader.formats.write_markdown import export_name  # noqa: PLC0415 - not for the first frame

        return Path(export_name(self.notebook.article.title))

    def export(self, typed: str, *, only: Collection[str] = (), replace: bool) -> int:
        """Write the notebook as Markdown, whole or not at all.

        Args:
            typed: The path, as the reader typed it.
            only: The ids of the annotations that are wanted; none for all.
            replace: Whether a file of that name may be replaced.

        Returns:
            How many annotations were written.

        Raises:
            FileExistsError: There is a file of that name, which may not be replaced.
            PactReaderError: The file cannot be written.
        """
        from pactreader.formats.write_markdown import write_markdown  # noqa: PLC0415 - not for the first frame
        from pactreader.storage.whole_file import replace_whole  # noqa: PLC0415

        markdown = write_markdown(
            self.notebook, article_id=self.entry.id, exported=datetime.now(UTC), only=only
        )
        try:
            path = Path(typed).expanduser()
            if replace or not path.exists():
                replace_whole(path, markdown.encode(), mode=self._places.mode_for(path))
                return len(only) or len(self.notebook)
        except (OSError, RuntimeError) as error:  # the latter: a home directory that nobody has
            why = getattr(error, "strerror", None) or str(error)
            raise PactReaderError(f"It could not be written: {why}.", "Try another place.") from error
        raise FileExistsError(typed)

    def action_command_palette(self) -> None:
        """Show every command; not over something that is being typed."""
        if self.screen is self.reading_screen:
            super().action_command_palette()

    # How it pauses and ends

    def action_suspend_process(self) -> None:
        """Pause: let the shell have the terminal until it goes on with us."""
        if not pause(self):
            self.reading_screen.say(
                f"There is no shell here to go on after a pause. {self.keymap.key('quit')} quits, and nothing is lost."
            )

    def action_help_quit(self) -> None:
        """What ctrl+c does: nothing that could be regretted."""
        self.reading_screen.say(
            f"{self.keymap.key('quit')} quits. What you marked and wrote is saved already."
        )

    def _keep_before_lending(self, _app: object) -> None:
        """Keep everything while the shell or an editor has the terminal: there may be no coming back."""
        keeping = [self.reading_screen.keep_typed]
        if self.loaded:
            keeping += [self.reading_screen.save_waiting, self._library.secure]
        for keep in keeping:
            # What cannot be kept stays where it is typed or waits, and is tried again.
            with suppress(PactReaderError), self.at_once():
                keep()
        self.keep_place()

    async def action_quit(self) -> None:
        """Quit, unless something is not saved and the reader was not told."""
        if self.reading_screen.may_leave() and self._is_secure():
            self.exit()

    def _is_secure(self) -> bool:
        """Whether all that was saved is in the file, or the reader knows that it is in this window alone."""
        if not self.loaded or self._warned_of_loss:
            return True
        try:
            self._library.secure()
        except NotSavedError as error:
            self._warned_of_loss = True
            self.reading_screen.say(
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
        secure = (self._library.secure,) if self.loaded else ()
        errors = []
        for keep in (self.reading_screen.keep_typed, self.reading_screen.save_waiting, *secure):
            try:
                keep()
            except PactReaderError as error:
                errors.append(error)
        if errors:
            self.failure = PactReaderError(" ".join(error.message for error in errors), errors[0].hint)
        self.keep_place()


def _driver_after(question: Question | None) -> type[Driver] | None:
    """The driver for a terminal that was asked something; `None` for Textual's own."""
    if question is None:
        return None
    from pactreader.tui.driver import driver_after  # noqa: PLC0415 - there is none on Windows

    return driver_after(question)


def _prepare() -> None:
    """Load what commands need: their first time is like every other, also when no more files can be opened."""
    for name in _LOADED_LATER:
        import_module(name)


def _size(path: Path) -> int:
    """The bytes of a file; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
