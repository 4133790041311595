"""The check which article of the library the open one is, made after the first frame, and the question to the user."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from pactreader.core.addresses import is_address
from pactreader.core.errors import PactReaderError
from pactreader.core.wording import pluralise
from pactreader.tui.session.daemon_thread import run_in_daemon_thread, run_with_timeout

if TYPE_CHECKING:
    from pactreader.storage.articles.article_comparison import Finding
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.tui.app import PactReaderApp
    from pactreader.tui.session.reading_session import ReadingSession

_EXIT_SECONDS: Final = 0.5
"""Seconds for which missing sketches are made on quitting."""
_LONGEST_EXIT_SECONDS: Final = 1.0
"""Seconds for which a comparison that is not done on quitting goes on."""
_SKETCHING_SECONDS: Final = 5.0
"""Seconds for which missing sketches are made, those of the articles changed last first; the next check goes on."""
_DIALOG_INTERVAL: Final = 0.1
"""Seconds between looks at whether the user has closed a dialog."""


class IdentityCheck:
    """The check of the open article's identity. Until it is done, the article is not registered in the library."""

    def __init__(
        self, session: "ReadingSession", app: "PactReaderApp", register_article: Callable[[], None]
    ) -> None:
        """Create the check.

        Args:
            session: The reading session.
            app: The app, to show the question in.
            register_article: Saves the entry and the text of the open article, or tells the user that it cannot.
        """
        self._session = session
        self._app = app
        self._register_article = register_article
        self._stopped = Event()
        self._is_registered = False
        """True once the open article is in the library as it was opened."""

    async def run(self, then: Callable[[], Awaitable[None]]) -> None:
        """Compare the open article, if its identity is not certain, and ask the user if it must be.

        Args:
            then: Called once the article has its notebook, before the question.
        """
        session = self._session
        notebook = session.notebook
        self._is_registered = False
        if not session.is_identified:
            comparison = session.identity.comparison()
            if comparison.is_quick:
                found = comparison.run()
            else:
                stop = self._make_stop(_SKETCHING_SECONDS)

                def compare_and_store() -> "Finding":
                    found = comparison.run(stop=stop)
                    session.library.kept.store_text(
                        comparison.article
                    )  # a long text, which takes longer than a key may
                    return found

                found = await run_in_daemon_thread(compare_and_store)
                await self._wait_for_dialogs()
            if session.notebook is not notebook or session.is_identified:
                return  # another article was opened, or the program is about to exit
            self._settle(found)
        self._register()
        await then()
        await self._ask()

    def finish(self) -> None:
        """Complete a check that is not done on quitting, in a short time and without a question, and register the article.

        If two long texts take longer to compare, the check is made when the article is opened next.
        """
        self._stopped.set()
        if not self._session.loaded or self._is_registered:
            return
        if self._session.is_identified:
            self._register()
        else:
            run = partial(self._session.identity.comparison().run, stop=self._make_stop(_EXIT_SECONDS))
            with suppress(TimeoutError):
                self._settle(run_with_timeout(run, _LONGEST_EXIT_SECONDS))
                self._register()

    def _register(self) -> None:
        self._is_registered = True
        self._register_article()

    def _make_stop(self, seconds: float) -> Callable[[], bool]:
        """Return a function that returns true after a time, or at once when the program quits."""
        deadline = monotonic() + seconds
        stopped, self._stopped = self._stopped, Event()
        return lambda: stopped.is_set() or monotonic() > deadline

    def _settle(self, found: "Finding") -> None:
        """Show the notebook of the article that the comparison found, at the position where it was left."""
        screen = self._app.reading_screen
        try:
            is_other = self._session.identity.settle(found)
        except PactReaderError as error:
            screen.show_message(error.one_line, warning=True)
            return
        if is_other and screen.is_attached:
            screen.show_notebook()
            self._app.opener.go_to_stored_position()

    async def _wait_for_dialogs(self) -> None:
        """Wait until no dialog is open, such as a note editor, as the question must not take its keys."""
        while not self._app.shows_reading_screen:  # noqa: ASYNC110 - Textual tells only the screen below a dialog
            await asyncio.sleep(_DIALOG_INTERVAL)

    async def _ask(self) -> None:
        """Ask whether the open article is the one that it resembles, if the user has not said so before."""
        await self._wait_for_dialogs()
        if other := self._session.identity.resembled:
            from pactreader.tui.dialogs.identity_question import IdentityQuestion

            question = IdentityQuestion(
                other.display_title,
                (_description("This one", self._session.entry), _description("That one", other)),
                on_same=lambda: self._answer(other, is_same=True),
                on_other=lambda: self._answer(other, is_same=False),
            )
            await self._app.reading_screen.context.push_dialog(question)

    def _answer(self, other: "ArticleEntry", *, is_same: bool) -> None:
        """Save the answer, show the notebook, and ask the next question, if there is one.

        Raises:
            PactReaderError: The answer is not saved.
        """
        self._session.identity.answer(other, is_same=is_same)
        screen = self._app.reading_screen
        screen.show_notebook()
        if is_same:
            count = pluralise(self._session.notebook.highlight_count, "highlight")
            self._app.opener.go_to_stored_position()
            self._app.opener.tell_changes()
            screen.show_message(f"It is one article, with {count}. The library splits it again.")
        self._app.run_worker(self._resume(), group="identity")

    async def _resume(self) -> None:
        """Restore a draft of the article that the open one is, and ask the next question, if there is one."""
        await self._wait_for_dialogs()
        await self._app.opener.restore_draft()
        self._app.opener.import_embedded()
        await self._ask()


def _description(name: str, entry: "ArticleEntry") -> str:
    """Return the title and the source of an article on one line."""
    source = entry.source if is_address(entry.source) else "standard input"
    return f"{name}: “{entry.display_title}”, {source}"
