"""The source monitor: it notices that the open article's file changed on the disk, and takes the new text in."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pactreader.core.addresses import is_web_address
from pactreader.core.article import Article
from pactreader.core.errors import PactReaderError, PasswordNeededError
from pactreader.core.fetched_page import FetchedPage
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_setup import ReadingSetup
from pactreader.tui.navigation_history import Position
from pactreader.tui.session.daemon_thread import run_in_daemon_thread
from pactreader.tui.session.placement.anchor_placer import Placements
from pactreader.tui.session.reload.file_changes import REST, FileChange, FileChanges, is_monitorable

if TYPE_CHECKING:
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.session.reload.article_reload import ReloadedArticle

    OtherReading = Callable[[Article, Mapping[str, str], ReadingSetup], ReloadedArticle]

_T = TypeVar("_T")
_INTERVAL: Final = 0.5
"""Seconds between checks of the file. A check costs one `stat`."""
_BUSY_INTERVAL: Final = 0.02
"""Seconds between looks at whether the file that is being read is read."""
_STAYS: Final = "What you read stays here."


class SourceMonitor:
    """A runner of periodic checks of the open article's file.

    A change is read in a thread, and taken in as soon as the user is neither typing nor selecting.
    """

    def __init__(self, app: "PactReaderApp") -> None:
        self._app = app
        self._changes: FileChanges | None = None
        """The changes of the open article's file; `None` if its source is no file."""
        self._reloaded: ReloadedArticle | None = None
        """The changed article, while it waits to be taken in."""
        self._is_busy = False
        """True while the file is read, or the changed article is compared with the former one."""
        self._told = ""
        """The last message about the file."""

    def start(self) -> None:
        """Begin to check the open article's file periodically."""
        self._follow_file()
        self._app.set_interval(_INTERVAL, self._check)

    def follow_article(self) -> None:
        """Check the file of an article that was opened in place of another one from now on."""
        self._reloaded = None
        self._told = ""
        self._app.page_fetch.stop()
        self._follow_file()

    @property
    def is_current(self) -> bool:
        """True if the open article is what is in its file now, as far as it has one."""
        return self._reloaded is None and (self._changes is None or self._changes.is_accepted)

    async def take_in_whole(self, beginning: Article, whole: Article) -> None:
        """Show the whole of the open article in place of its beginning, or let it wait until that can be done."""
        from pactreader.tui.session.reload.article_reload import ReloadedArticle

        await self._wait_until_idle()
        if self._app.session.notebook.article is beginning:
            self._reloaded = ReloadedArticle(beginning, whole, self._app.session.library.texts)
            await self._take_in(self._reloaded)

    def _follow_file(self) -> None:
        source = self._app.session.notebook.article.source
        self._changes = FileChanges(source) if is_monitorable(source) else None
        if self._changes and self._changes.is_recent:
            self._app.run_worker(self._read_after_opening(), group="reload")
        self._keep()

    def _keep(self) -> None:
        """Keep the open article as it was parsed, or verify that it is still that; once all of it is read."""
        article = self._app.session.notebook.article
        if article.is_unverified:
            self._app.run_worker(self._verify(article), group="parsed")
        elif not article.rest:
            store = partial(self._app.parsed.store, article)
            self._app.run_worker(run_in_daemon_thread(store), group="parsed")

    async def _verify(self, article: Article) -> None:
        """Read the file of an article that was taken from the cache if its content is another one in spite of its stamp."""
        changes = self._changes
        if await run_in_daemon_thread(partial(self._app.parsed.verify, article)):
            return
        await self._wait_until_idle()
        if changes is self._changes:
            await self._read_again()

    async def _read_after_opening(self) -> None:
        """Read a file that was written a moment ago, unless the open text is the stored one of an article that it had.

        While the rest of the article is read, that waits.
        """
        changes = self._changes
        while self._is_incomplete:  # noqa: ASYNC110 - as `_wait_until_idle`
            await asyncio.sleep(_INTERVAL)
        session = self._app.session
        if changes is self._changes and not session.notebook.article.rest:
            await self._read_again()

    async def _read_again(self) -> None:
        """Read the file once more, unless the open text is the stored one of an article that it had."""
        session = self._app.session
        entry = session.entry
        await self._read(is_wanted=lambda article: not session.library.is_other(article, entry))

    def read_now(self) -> None:
        """Read the file again at the user's request, or fetch the page anew, and tell the outcome."""
        if is_web_address(self._app.session.notebook.article.source):
            self._told = ""
            self._fetch_page()
        elif self._changes is None and self._app.session.notebook.article.rest and not self._is_incomplete:
            from pactreader.tui.session.reload.article_reload import read_again

            self._read_otherwise(read_again)
        elif self._changes is None:
            self._app.reading_screen.show_message("This article has no file to be read again.")
        elif self._is_busy or self._is_incomplete:
            self._app.reading_screen.show_message("The file is being read.")
        else:
            self._told = ""
            self._changes.check()
            self._app.run_worker(self._read_and_tell(), group="reload")

    def _fetch_page(self) -> None:
        from pactreader.core.web_addresses import TypedAddress

        article = self._app.session.notebook.article
        url = article.page.url if article.page else article.source
        self._app.page_fetch.start(TypedAddress(url), then=self.read_page, on_failure=self.tell_failure)

    def read_verbatim_or_not(self) -> None:
        """Show the article line by line at the user's request, or as text if it is shown so already."""
        from pactreader.tui.session.reload.article_reload import read_verbatim_or_not

        self._read_otherwise(read_verbatim_or_not)

    def read_whole_or_not(self) -> None:
        """Show everything in a web page at the user's request, or the article in it if all is shown already."""
        from pactreader.tui.session.reload.article_reload import read_whole_or_not

        self._read_otherwise(read_whole_or_not)

    def _read_otherwise(self, read: "OtherReading") -> None:
        if until := self.wait_reason():
            self._app.reading_screen.show_message(f"That can be done when {until}.")
        else:
            self._app.run_worker(self._take_other_reading(read), group="reload")

    async def _take_other_reading(self, read: "OtherReading") -> None:
        await self._wait_until_idle()
        former = self._app.session.notebook.article
        try:
            reloaded = await self._run(
                partial(read, former, self._app.session.library.texts, self._app.reading_setup)
            )
        except PactReaderError as error:
            self._app.reading_screen.show_message(error.one_line, warning=True)
            return
        if self._app.session.notebook.article is former:
            self._reloaded = reloaded
            await self._take_in(reloaded)

    async def _wait_until_idle(self) -> None:
        while self._is_busy:  # noqa: ASYNC110 - a thread that reads the file sets no event of the loop
            await asyncio.sleep(_BUSY_INTERVAL)

    async def read_page(self, page: FetchedPage) -> None:
        """Read the open article from a page that was fetched anew, and take it in or let it wait if it changed."""
        from pactreader.tui.session.reload.article_reload import read_page

        await self._wait_until_idle()
        session = self._app.session
        former = session.notebook.article
        try:
            reloaded = await self._run(
                partial(read_page, page, former, session.library.texts, self._app.reading_setup)
            )
            if session.notebook.article is not former:
                return
            if reloaded.has_other_blocks:
                self._reloaded = reloaded
                await self._take_in(reloaded)
                return
            session.renew(reloaded.article)
            self._app.opener.import_embedded()
        except PactReaderError as error:
            self.tell_failure(error)
        else:
            self._tell("The page is as it was read.")

    def tell_failure(self, error: PactReaderError) -> None:
        """Tell the user why an article could not be read anew."""
        is_locked = isinstance(error, PasswordNeededError)
        hint = f" {self._app.keymap.key('reload')} asks for it." if is_locked else ""
        self._tell(f"{error.message} {_STAYS}{hint}", warning=True)

    async def _read_and_tell(self) -> None:
        title_bar = self._app.reading_screen.title_bar
        title_bar.show_activity("reading the file")
        try:
            has_told = await self._read(on_failure=self._ask_or_tell)
        finally:
            title_bar.show_activity("")
        if not has_told:
            self._tell("The file is as it was read.")

    def _ask_or_tell(self, error: PactReaderError) -> None:
        """Ask for the password of a file that has another one now, and read it; tell any other failure."""
        if not isinstance(error, PasswordNeededError):
            self.tell_failure(error)
            return

        def read() -> None:
            self._app.run_worker(self._read_and_tell(), group="reload")

        self._app.opener.password_question.ask(error, then=read)

    def _check(self) -> None:
        """Take in what waits, and look for a new change."""
        changes = self._changes
        if self._is_busy:
            return
        change = changes.check() if changes and not self._is_incomplete else None
        if changes and change is FileChange.GONE:
            if changes.accept():
                self._tell(f"The file {self._name} is gone. {_STAYS}", warning=True)
        elif change is FileChange.WRITTEN:
            self._app.run_worker(self._read(), group="reload")
        elif self._reloaded:
            self._app.run_worker(self._take_in(self._reloaded), group="reload")
        elif changes and changes.is_pending:
            self._app.set_timer(REST, self._check)

    @property
    def _is_incomplete(self) -> bool:
        """True while the rest of the open article is read, or the whole of it waits to be taken in."""
        waits = self._reloaded is not None and self._reloaded.is_completion
        return self._app.rest_reader.is_running or waits

    @property
    def _name(self) -> str:
        """The name of the open article's file."""
        return printable_line(Path(self._app.session.notebook.article.source).name)

    async def _read(
        self,
        is_wanted: Callable[[Article], bool] = lambda _article: True,
        on_failure: Callable[[PactReaderError], None] | None = None,
    ) -> bool:
        """Read the file, and take it in or let it wait if it changed; return whether there was anything to tell.

        Args:
            is_wanted: Returns whether what was read may be taken in.
            on_failure: A function that tells the user why it cannot be read, or else `tell_failure`.
        """
        from pactreader.tui.session.reload.article_reload import read_again

        changes, former = self._changes, self._app.session.notebook.article
        if changes is None or self._is_busy:
            return False
        try:
            reloaded = await self._run(
                partial(read_again, former, self._app.session.library.texts, self._app.reading_setup)
            )
        except PactReaderError as error:
            if changes is self._changes and changes.accept():
                (on_failure or self.tell_failure)(error)
            return True
        if changes is not self._changes or not changes.accept():
            return True  # the next check sees the change
        self._told = ""
        if reloaded.has_other_blocks and is_wanted(reloaded.article):
            self._reloaded = reloaded
            await self._take_in(reloaded)
            return True
        if self._reloaded and not self._reloaded.is_other_reading:
            self._reloaded = None
        is_marked_anew = not reloaded.has_other_blocks and reloaded.article.embedded != former.embedded
        if is_marked_anew:
            self._take_in_embedded(reloaded.article)
        self._app.reading_screen.title_bar.show_outdated("")
        return is_marked_anew

    def _take_in_embedded(self, article: Article) -> None:
        """Take in what another program has marked in the file of the article, whose text is the same."""
        try:
            self._app.session.renew(article)
        except PactReaderError as error:
            self._tell(error.one_line, warning=True)
        self._app.opener.import_embedded()

    async def _run(self, function: Callable[[], _T]) -> _T:
        """Call a function in a thread, with `_is_busy` set meanwhile.

        Raises:
            PactReaderError: The function raised it, or there was a fault of the program, which is logged.
        """
        self._is_busy = True
        try:
            return await run_in_daemon_thread(function)
        except PactReaderError:
            raise
        except Exception as fault:
            self._app.session.event_log.fault(fault)
            raise PactReaderError("The changed file could not be read: a fault of PactReader.") from fault
        finally:
            self._is_busy = False

    async def _take_in(self, reloaded: "ReloadedArticle") -> None:
        """Replace the article by its changed version, with caret and window kept at their passages.

        If the user is in the middle of something it waits for the next check.
        """
        session = self._app.session
        is_ready = session.is_identified or bool(session.notebook.article.rest)
        if self._is_busy or not is_ready or self._waits(reloaded):
            return
        position = self._position
        place_anchors = self._app.placer.make_slice_ahead(reloaded.locator)
        try:
            placed, placements = await self._run(partial(self._prepare, reloaded, position, place_anchors))
            if reloaded is not self._reloaded or self._waits(reloaded):
                return
            if position != self._position:
                placed = reloaded.counterpart(self._position)
            self._app.opener.take_in(reloaded, placed, placements)
            self._keep()
        except PactReaderError as error:
            self._reloaded = None
            self._tell(error.one_line, warning=True)
            return
        self._reloaded = None
        self._told = ""
        self._app.reading_screen.title_bar.show_outdated("")

    def _prepare(
        self, reloaded: "ReloadedArticle", position: Position, place_anchors: Callable[[], Placements]
    ) -> tuple[Position, Placements]:
        """Store and compare the changed text, and place anchors in it.

        Returns:
            The position that corresponds to one in the former text, and the placements.
        """
        self._app.session.library.kept.store_text(reloaded.article)
        reloaded.counterpart(position)
        if reloaded.is_completion:
            reloaded.place_anchors(self._app.session.notebook.anchors_without_hash)
        return reloaded.place(position), place_anchors()

    @property
    def _position(self) -> Position:
        view = self._app.reading_screen.article_view
        return Position(view.caret.offset, view.top_offset)

    def _waits(self, reloaded: "ReloadedArticle") -> bool:
        """Tell the user if the changed article cannot be taken in yet, and return whether it cannot."""
        until = self.wait_reason(offsets_stay=reloaded.is_completion and reloaded.is_continuation)
        if until and reloaded.is_completion:
            self._app.reading_screen.title_bar.show_outdated(f"all of it is shown when {until}")
        elif until:
            change = f"changed {reloaded.place_of_change}"
            self._app.reading_screen.title_bar.show_outdated(change)
            if reloaded.is_other_reading:
                change = "is to be shown otherwise"
            self._tell(f"The article {change}: it is read again when {until}.")
        return bool(until)

    def wait_reason(self, *, offsets_stay: bool = False) -> str:
        """Return what has to happen before the article may be replaced; empty if it may be now.

        Args:
            offsets_stay: Whether changes that are not saved yet will have the same passages in the text that replaces it.
        """
        app, context = self._app, self._app.reading_screen.context
        if not app.shows_reading_screen or app.opener.is_switching:
            editor = context.editor
            return "the note is closed" if editor and editor.is_active else "the dialog is closed"
        reasons = {
            "the selection is let go": context.article_view.caret.selecting,
            "the pick is done": bool(context.capture.hints),
            "the search is closed": context.search.is_open,
            "the filter is closed": context.filter.is_open,
            "every change is saved": context.saves.unsaved > 0 and not offsets_stay,
        }
        return next((reason for reason, is_given in reasons.items() if is_given), "")

    def _tell(self, message: str, *, warning: bool = False) -> None:
        """Show a message, unless it was the last one."""
        if message == self._told:
            return
        self._told = message
        app = self._app
        app.reading_screen.show_message(message, warning=warning)
        editor = app.reading_screen.context.editor
        if editor and editor.is_active:
            editor.show_message(message)
