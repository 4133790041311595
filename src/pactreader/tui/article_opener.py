"""The opener of articles: the steps after the first frame of each, and the switch to another one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from pactreader.core.article import Article, BlockKind
from pactreader.core.errors import NotSavedError, PasswordNeededError, UnreadableError
from pactreader.core.links import resolve_target
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import WHOLE
from pactreader.tui.navigation_history import Departure, NavigationHistory, Position
from pactreader.tui.session.placement.opening_position import OpeningPosition

if TYPE_CHECKING:
    from pactreader.core.fetched_page import FetchedPage
    from pactreader.core.web_addresses import TypedAddress
    from pactreader.storage.library import Library
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.dialogs.library_rows import Location
    from pactreader.tui.session.embedded_import import EmbeddedImporter
    from pactreader.tui.session.identity_check import IdentityCheck
    from pactreader.tui.session.password_question import PasswordQuestion
    from pactreader.tui.session.placement.anchor_placer import Placements
    from pactreader.tui.session.reading_session import OpenedArticle, ReadingSession, SourceReaders
    from pactreader.tui.session.reload.article_reload import ReloadedArticle

_IDENTIFICATION: Final = "identity"
"""The group of the worker that identifies the open article."""
_WAITING_INTERVAL: Final = 0.1
"""Seconds between looks at whether a page that was fetched may be shown."""


class ArticleOpener:
    """The opening of the first article, of others from the library, and of a changed version of the open one."""

    def __init__(
        self,
        session: "ReadingSession",
        app: "PactReaderApp",
        *,
        readers: "SourceReaders",
        anchor: str = "",
    ) -> None:
        self._session = session
        self._readers = readers
        self._app = app
        self.position = OpeningPosition(app, anchor)
        """The position at which the open article is shown first."""
        self._chosen: tuple[OpenedArticle, NavigationHistory, Location | None] | None = None
        """The article to switch to after the key is handled, its history, and the location to go to."""
        self._modes = 0
        """The number of modes that were made, one for each article that was switched to."""

    @cached_property
    def _identity_check(self) -> "IdentityCheck":
        from pactreader.tui.session.identity_check import IdentityCheck

        return IdentityCheck(self._session, self._app, self._register_article)

    @cached_property
    def _importer(self) -> "EmbeddedImporter":
        from pactreader.tui.session.embedded_import import EmbeddedImporter

        return EmbeddedImporter(self._app)

    @cached_property
    def password_question(self) -> "PasswordQuestion":
        """The question for the password of a protected file."""
        from pactreader.tui.session.password_question import PasswordQuestion

        return PasswordQuestion(self._app)

    @property
    def is_switching(self) -> bool:
        """True if another article was chosen that is not shown yet."""
        return self._chosen is not None

    # After the first frame

    def start_background_work(self) -> None:
        """Begin what the first frame of an article does without: its identification, and checks."""
        app = self._app
        app.run_worker(self._app.library_monitor.verify_checksums(), group="check", exclusive=True)
        if self._session.notebook.article.rest:
            app.workers.cancel_group(app, _IDENTIFICATION)
            app.change_tracker.close()
            app.rest_reader.start()
        else:
            self.position.start_search()
            self._identify()

    def _identify(self) -> None:
        """Begin to find out which article of the library the open one is."""
        run = self._identity_check.run(then=self._resume)
        self._app.run_worker(run, group=_IDENTIFICATION, exclusive=True)

    def finish_identification(self) -> None:
        """Identify the open article now, as another one is opened or the program exits; if its text is whole."""
        session = self._session
        if not session.notebook.article.rest:
            self._identity_check.finish()
        elif session.loaded:
            session.keep_beginning()

    def tell_changes(self) -> None:
        """Compare the open article with the text that was read last, place its anchors, and tell what changed."""
        self._app.change_tracker.open_article()
        self._place_anchors()

    def _register_article(self) -> None:
        """Save the entry and the text of the open article, and begin to compare it with the text that was read last."""
        self._app.change_tracker.open_article()
        self._app.library_monitor.register_article()

    async def _resume(self) -> None:
        """Place the anchors of the article, save its position, and restore its draft."""
        self._place_anchors()
        self._app.save_position()
        await self.restore_draft()
        self.import_embedded()

    def import_embedded(self) -> None:
        """Begin to take in what other programs marked in the file of the open article, as far as it is new."""
        self._importer.start()

    def _place_anchors(self) -> None:
        """Place the pending anchors of an article that was opened, and tell the user if its text changed."""
        is_told = self._session.text_changed and self._session.notebook.highlight_count
        self._app.placer.place_and_report("The article changed since you read it" if is_told else "")

    async def restore_draft(self) -> None:
        """Open the editor on a note that was not saved when the program ended, typed here or in an external editor."""
        from pactreader.tui.commands.notes import reopen_draft

        screen = self._app.reading_screen
        try:
            self._session.adopt_state()
            self._session.recover_editor_files()
            if draft := self._session.unfinished_note():
                await reopen_draft(screen.context, draft)
        except NotSavedError as error:
            screen.show_message(error.one_line, warning=True)

    # Another article, or another version

    def open(self, location: "Location") -> None:
        """Open another article of the library, or go to an annotation of the open one.

        Raises:
            PactReaderError: It cannot be read, or changes to the open article cannot be saved; that one stays open.
        """
        if location.article_id == self._session.entry.id:
            self._go_to(location)
        else:
            self.open_or_ask(partial(self._open_location, location))

    def _open_location(self, location: "Location") -> None:
        opened = self._session.open_other(location.article_id)
        history = NavigationHistory(former=self._leave(opened))
        self._choose(opened, history, location)

    def open_file(self, path: str, anchor: str = "") -> None:
        """Open the article in a file, or go to an anchor of the open one.

        Args:
            path: The absolute path of a regular file.
            anchor: The name of the anchor to show; empty for the place where the article was left.

        Raises:
            PactReaderError: As for `open`.
        """
        self.open_or_ask(partial(self._open_read, partial(self._readers.read_file, path), anchor))

    def open_address(self, address: "TypedAddress") -> None:
        """Open the kept page of an address; if there is none, fetch it in the background and open it then.

        Raises:
            PactReaderError: As for `open`.
        """
        from pactreader.core.web_addresses import canonical_address

        session = self._session
        if known := session.library.with_address(canonical_address(address.url)):
            with suppress(UnreadableError):
                self.open_or_ask(lambda: self._open(session.open_other(known.id), address.fragment))
                return
        screen = self._app.reading_screen
        self._app.page_fetch.start(
            address,
            then=partial(self._open_page, anchor=address.fragment),
            on_failure=lambda error: screen.show_message(error.one_line, warning=True),
        )

    async def _open_page(self, page: "FetchedPage", anchor: str) -> None:
        """Open a page that was fetched, once the user is neither typing nor selecting.

        Raises:
            PactReaderError: As for `open`.
        """
        article = self._session.notebook.article
        while until := self._app.source_monitor.wait_reason():
            self._app.reading_screen.title_bar.show_activity(f"the page opens when {until}")
            await asyncio.sleep(_WAITING_INTERVAL)
        if self._session.notebook.article is article:
            self.open_or_ask(partial(self._open_read, partial(self._readers.read_page, page), anchor))
            await self.switch()

    def _open_read(self, read: Callable[["Library"], Article], anchor: str) -> None:
        self._open(self._session.with_notebook(read(self._session.library)), anchor)

    def _open(self, opened: "OpenedArticle", anchor: str) -> None:
        """Open an article at an anchor, or go to the anchor if its text is open already.

        Raises:
            NotSavedError: Changes to the open article cannot be saved.
        """
        from pactreader.core.article_rest import stop_reading

        if _is_same_text(opened.notebook.article, self._session.notebook.article):
            stop_reading(opened.notebook.article)
            self.go_to_anchor(anchor)
            return
        history = NavigationHistory(former=self._leave(opened))
        self.position.choose(anchor=anchor)
        self._choose(opened, history)

    def open_again(self, departure: Departure) -> None:
        """Open the former or the following article of the navigation history where it was left.

        If its text is another one now, it is shown at the stored position.

        Raises:
            PactReaderError: As for `open`.
        """
        self.open_or_ask(partial(self._open_departed, departure))

    def _open_departed(self, departure: Departure) -> None:
        opened = self._session.open_other(departure.article_id)
        here = self._leave(opened)
        if here.history.former is departure:
            departure.history.following = here
        else:
            departure.history.former = here
        if opened.notebook.article.text_hash == departure.text_hash:
            self.position.choose(position=departure.position)
        else:
            departure.history.clear()
        self._choose(opened, departure.history)

    def open_or_ask(self, open_it: Callable[[], None]) -> None:
        """Call a function that opens an article; if its file is protected, ask for the password and call it again.

        Raises:
            PactReaderError: The function raised it for another reason.
        """
        try:
            open_it()
        except PasswordNeededError as error:
            self.password_question.ask(error, then=partial(self.open_or_ask, open_it))

    def _leave(self, opened: "OpenedArticle") -> Departure:
        """Save what is to be saved of the open article before another one is opened.

        Raises:
            NotSavedError: Changes to it cannot be saved. The other one is not read on.
        """
        from pactreader.core.article_rest import stop_reading

        panes = self._app.reading_screen.panes
        try:
            self._app.reading_screen.context.saves.flush()
        except NotSavedError:
            stop_reading(opened.notebook.article)
            raise
        self.finish_identification()
        self._app.save_position()
        text_hash = self._session.notebook.article.text_hash
        return Departure(self._session.entry.id, text_hash, panes.position, panes.history)

    def _choose(
        self, opened: "OpenedArticle", history: NavigationHistory, location: "Location | None" = None
    ) -> None:
        self._chosen = opened, history, location
        self._app.call_later(self.switch)

    async def switch(self) -> None:
        """Ask for the password of a protected article, or switch to the article that was chosen, if one was."""
        app = self._app
        await self.password_question.proceed()
        if self._chosen is None:
            return
        (opened, history, location), self._chosen = self._chosen, None
        panel_shown = app.reading_screen.panes.notes_shown
        app.placer.stop()
        app.rest_reader.stop()
        self._session.switch_to(opened)
        former_mode = app.current_mode
        # Textual removes a base screen with its mode alone, and never that of the default mode.
        self._modes += 1
        mode = f"article {self._modes}"
        app.add_mode(mode, lambda: app.make_screen(panel_shown=panel_shown, hint=False))
        await app.switch_mode(mode)
        if former_mode != app.DEFAULT_MODE:
            await app.remove_mode(former_mode)
        app.reading_screen.panes.history = history
        app.reading_screen.article_view.count_lines()
        self.position.report_missing_anchor()
        if location:
            self._go_to(location)
        app.placer.place()
        app.source_monitor.follow_article()
        self.start_background_work()

    def take_in(self, reloaded: "ReloadedArticle", position: Position, placements: "Placements") -> None:
        """Show another version of the open article, or the article as it is in another way of reading.

        Args:
            reloaded: The version, with the counterparts of positions in the former one.
            position: The position to show in it.
            placements: The placements of anchors in it, as far as they are found already.

        Raises:
            PactReaderError: The library cannot be read. The former version is still shown.
        """
        app, screen = self._app, self._app.reading_screen
        app.rest_reader.stop()
        if reloaded.is_completion:
            self._take_in_whole(reloaded, position, placements)
            return
        app.placer.stop()
        self._session.take_in(reloaded)
        self._session.notebook.place(placements)
        screen.show_article(position, reloaded.counterpart)
        screen.footer_bar.clear()
        if reloaded.article.warning:
            screen.show_warning()
        elif reloaded.is_other_reading:
            screen.show_message(self._way_of_reading(reloaded))
        if not self._session.is_identified:
            self._identify()
            return
        self._register_article()
        app.save_position()
        if reloaded.is_other_reading:
            app.placer.place_and_report("")
        elif reloaded.has_other_text:
            app.placer.place_and_report(f"The article changed {reloaded.place_of_change}")
        self.import_embedded()

    def _take_in_whole(
        self, reloaded: "ReloadedArticle", position: Position, placements: "Placements"
    ) -> None:
        """Show the whole of the open article, at the position that was left if the user has not moved, and identify it.

        Raises:
            PactReaderError: As for `take_in`.
        """
        screen = self._app.reading_screen
        self._session.take_in(reloaded)
        self._session.notebook.place(placements)
        if self.position.is_due_in_whole:
            position = self.position.first()
        else:
            self.position.forget()
        screen.show_article(position, reloaded.counterpart)
        self.position.report_missing_anchor()
        self.position.start_search()
        self._app.placer.go_if_placed()
        if reloaded.article.warning not in {"", reloaded.former.warning}:
            screen.show_warning()
        self._identify()

    def _way_of_reading(self, reloaded: "ReloadedArticle") -> str:
        """Return a sentence on the way in which an article is shown now, and the key for the other one."""
        article, keymap = reloaded.article, self._app.keymap
        key, whole_key = keymap.key("verbatim"), keymap.key("whole-page")
        if [block.kind for block in article.blocks] == [BlockKind.CODE]:
            source = "page" if article.page else "file"
            return f"Line by line, as it stands in the {source}. {key} shows it as text."
        if article.options.format == WHOLE:
            return f"The whole page. {whole_key} shows the article in it."
        if reloaded.former.options.format == WHOLE:
            return f"The article in the page. {whole_key} shows the whole page."
        return f"Shown as text. {key} shows it line by line."

    # Places in the open article

    def go_to_stored_position(self) -> None:
        """Go to the position where the user left the article, unless the caret was moved."""
        panes = self._app.reading_screen.panes
        if panes.position == (0, 0):
            panes.return_to(self.position.first())
            self.position.start_search()

    def go_to_anchor(self, name: str) -> None:
        """Go to an anchor of the open article, or tell the user that there is none of that name."""
        from pactreader.core.page_anchors import missing_anchor

        screen = self._app.reading_screen
        if found := resolve_target(screen.article, f"#{name}"):
            screen.panes.jump_to(found.start)
        elif screen.article.rest:
            screen.show_message(f"“{printable_line(name)}” is not in what is read so far.")
        else:
            screen.show_message(missing_anchor(name, screen.article.anchors))

    def _go_to(self, location: "Location") -> None:
        """Go to the passage of a location of the open article, if it has one, and tell the user if it is gone."""
        self.go_to_annotation(location.annotation_id)
        if location.anchor is None:
            return
        screen = self._app.reading_screen
        from pactreader.tui.session.placement.quick_placement import place_quickly

        placement = place_quickly(self._session.notebook.locator, screen.article, location.anchor)
        if placement and placement.found:
            screen.panes.jump_to(placement.start)
            screen.panes.focus_article()
        else:
            key = self._app.keymap.key("find")
            screen.show_message(f"The text is another one now. {key} looks for words in it.")

    def go_to_annotation(self, annotation_id: str) -> None:
        """Go to the passage of an annotation, if it is in the text; if it is not placed yet, as soon as it is."""
        if annotation_id in self._session.notebook.pending:
            self._app.placer.go_when_placed(annotation_id)
            return
        placement = self._session.notebook.placement(annotation_id)
        if placement and placement.found:
            self._app.reading_screen.panes.jump_to(placement.start)
            self._app.reading_screen.panes.focus_article()


def _is_same_text(one: Article, other: Article) -> bool:
    """Return whether two articles have the same text, or will have it when all of it is read."""
    if one.rest or other.rest:
        return (one.file_hash, one.options) == (other.file_hash, other.options)
    return one.text_hash == other.text_hash
