"""The library browser: a list of articles and notes, to open, rename, archive, join and split articles."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from textual.screen import Screen

from pactreader.core.errors import PactReaderError
from pactreader.core.labels import Labels
from pactreader.core.printable_text import printable_line
from pactreader.core.query import Query, parse_query
from pactreader.core.search import fold, has_words
from pactreader.tui.dialogs.chooser import Chooser, Option, RowAction
from pactreader.tui.dialogs.library_rows import LibraryRows, Location, excerpt
from pactreader.tui.dialogs.prompt import Prompt
from pactreader.tui.idle import KeyGate
from pactreader.tui.session.daemon_thread import keys_first
from pactreader.tui.session.kept_text_search import KeptTextSearch
from pactreader.tui.session.library_listing import LibraryListing

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.articles.article_parts import ArticlePart
    from pactreader.storage.notes_index import NoteHit
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.tui.session.reading_session import ReadingSession

_Value = TypeVar("_Value")
_FORGOTTEN: Final = "is:forgotten"
"""The word of a query that lists the archived articles instead of the others."""
_NOTHING: Final = "Nothing is called that or says that."
_MAX_NOTES: Final = 200
"""The number of notes that are listed at most; a longer list is of no use."""
_TEXTS: Final = "texts"
"""The group of the worker that searches the kept texts."""
_MAX_TITLE: Final = 24
"""Code points of a title in a message."""
_SHORTEST_WORD: Final = 3
"""The number of ASCII letters from which a word is looked for in texts: two are in all of them."""
_SLICE: Final = 0.002
"""Seconds for which the library is read before keys are handled again."""


class _Matches(NamedTuple):
    """The articles and notes that match a text."""

    typed: str
    """The text."""
    articles: "list[ArticleSummary]"
    notes: "list[NoteHit]"


class LibraryBrowser:
    """The content of the library browser, and the undo of its actions while it is open."""

    def __init__(
        self,
        session: "ReadingSession",
        labels: Labels,
        key_gate: KeyGate,
        *,
        open_article: Callable[[Location], None],
        push_dialog: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Create the dialog. It lists the articles of a small library at once, and the rest while `complete` runs.

        Args:
            session: The reading session, for the library.
            labels: The labels of notes.
            key_gate: That at which reading the library waits while a key is handled.
            open_article: A function that opens the chosen location. It raises PactReaderError to reject it, and the
                dialog stays open.
            push_dialog: A function that shows another dialog.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self._session = session
        self._labels = labels
        self._key_gate = key_gate
        self._push_dialog = push_dialog
        self._listing = LibraryListing(session)
        self._is_listed = session.loaded and session.is_quickly_loaded
        """True once the articles are listed."""
        if self._is_listed:
            self._listing.read()
        self._text_search: KeptTextSearch | None = None
        """The search of the kept texts for what is typed; `None` for a query of other things than words."""
        self._typed = ""
        """The text last typed, for which the kept texts are searched."""
        self._matches: _Matches | None = None
        """The articles and notes that match the text last typed; `None` where others may match now."""
        self._has_notes = False
        """True once the notes are indexed."""
        self._undo: list[Callable[[], object]] = []
        """Functions that undo the actions of this dialog, the newest last."""
        self.chooser = Chooser(
            "Library",
            options=self.options,
            on_choose=open_article,
            confirm_label="opens it",
            is_filling=not self._is_listed,
            placeholder=f"title, words, #tag, label:doubt, {_FORGOTTEN}",
            row_actions={
                "ctrl+r": self._rename_action,
                "ctrl+d": self._forget_action,
                "ctrl+g": self._join_action,
                "ctrl+t": self._split_action,
                "ctrl+z": self._undo_action,
            },
        )

    async def complete(self, loaded: Event) -> None:
        """List the articles, index the notes and read all positions, in slices between which keys are handled.

        Args:
            loaded: Is set once the session is loaded: until then another thread has the library.
        """
        await loaded.wait()
        listing = self._listing
        try:
            with keys_first():
                if not self._is_listed:
                    await self._in_slices(listing.each_step())
                    self._is_listed = True
                    self._show_more()
                    await self.chooser.finish_filling()
                await self._in_slices(self._session.library.notes.update())
                self._has_notes = True
                self._show_more()
                await self._in_slices(listing.each_position())
                await self._in_slices(listing.each_step())
        except PactReaderError as error:
            if self.chooser.is_attached:
                self.chooser.show_message(error.one_line, warning=True)
        else:
            self._show_more()

    def _show_more(self) -> None:
        """Show what matches now."""
        self._matches = None
        self.chooser.add_options()

    async def _in_slices(self, steps: Iterable[object]) -> None:
        """Do steps, and let keys be handled and painted before them and every few milliseconds."""
        await self._key_gate.wait()
        began = perf_counter()
        for _ in steps:
            if perf_counter() - began > _SLICE:
                await self._key_gate.wait()
                began = perf_counter()

    def options(self, typed: str) -> Sequence[Option[Location]]:
        """Return the articles whose titles match, the one read last first, then the notes, then the texts that match."""
        query, words = parse_query(typed, label_name=self._labels.name), fold(typed).split()
        forgotten = _FORGOTTEN in words
        self._search_texts(typed, () if forgotten or query.tests or query.without else query.words)
        if self._matches is None or self._matches.typed != typed:  # the same ones while texts are searched
            self._matches = self._find_matches(typed, query, words)
        _, articles, notes = self._matches
        texts = self._text_search.hits if self._text_search else []
        self.chooser.empty_message = "" if self._is_searching else _NOTHING
        return LibraryRows(self._labels, articles, notes, [*texts], self._titles() if texts else {})

    def _find_matches(self, typed: str, query: Query, words: Sequence[str]) -> "_Matches":
        """Return the articles and the notes that match a text, its query and its folded words."""
        forgotten = _FORGOTTEN in words
        title_words = [word for word in words if word != _FORGOTTEN]
        articles = [
            article
            for article, text in self._listing.articles
            if article.is_archived is forgotten and has_words(text, title_words)
        ]
        notes: list[NoteHit] = []
        if words and self._has_notes and not forgotten:
            notes = [*islice(self._session.library.notes.search(query), _MAX_NOTES)]
        return _Matches(typed, articles, notes)

    @property
    def _is_searching(self) -> bool:
        """True while more may be found."""
        return not self._has_notes or bool(self._text_search and self._text_search.status)

    def _search_texts(self, typed: str, words: Sequence[str]) -> None:
        """Begin to search the kept texts for words, instead of for what was typed before."""
        if typed == self._typed or not self._is_listed:
            return
        self._typed, self._text_search = typed, None
        self.chooser.workers.cancel_group(self.chooser, _TEXTS)
        self.chooser.show_status("")
        if not any(len(word) >= _SHORTEST_WORD or not word.isascii() for word in words):
            return
        texts = [
            (article.id, article.text_hash)
            for article, _ in self._listing.articles
            if not article.is_archived
        ]
        search = self._text_search = KeptTextSearch(self._session.paths.texts, texts, words)
        self.chooser.run_worker(search.run(partial(self._show_hits, search)), group=_TEXTS)

    def _show_hits(self, search: KeptTextSearch) -> None:
        """Show what a search of the texts has found so far."""
        if search is self._text_search:
            self.chooser.add_options()
            self.chooser.show_status(search.status)

    def _titles(self) -> dict[str, str]:
        """Return the titles of the articles by their ids."""
        return {article.id: article.title for article, _ in self._listing.articles}

    # Row actions

    def _rename_action(self, location: Location | None) -> RowAction:
        article = self._article(location)
        if article is None:
            return RowAction()

        def rename(name: str) -> None:
            rename_to = partial(self._session.rename_article, article.id)
            self._do(partial(rename_to, printable_line(name)), undo=partial(rename_to, article.title))

        async def ask() -> None:
            hint = "enter calls it so, nothing typed: by its own title"
            title = printable_line(article.title)
            await self._push_dialog(Prompt("What it is called", value=title, hint=hint, on_submit=rename))

        return RowAction("rename", ask)

    def _forget_action(self, location: Location | None) -> RowAction:
        article = self._article(location)
        if article is None:
            return RowAction()
        archive = partial(self._session.archive_article, article.id)
        unarchive = partial(self._session.library.unarchive, article.id)
        if article.is_archived:
            run = partial(self._do, unarchive, undo=archive)
            return RowAction("recall", run, f"{_quoted(article)} is in the library again.")
        run = partial(self._do, archive, undo=unarchive)
        return RowAction(
            "forget", run, f"{_quoted(article)} is forgotten, ctrl+z recalls it. Its notes and its file stay."
        )

    def _join_action(self, location: Location | None) -> RowAction:
        article = self._article(location)
        if article is None or article.is_archived:
            return RowAction()
        others = (one for one, _ in self._listing.articles if not one.is_archived and one.id != article.id)
        if next(others, None) is None:
            return RowAction()

        def join(other_id: str) -> None:
            self._do_undoably(partial(self._session.identity.join, article.id, other_id))

        def options(typed: str) -> Sequence[Option[str]]:
            words = fold(typed).split()
            return [
                Option(one.id, one.title or "Untitled", description=one.source)
                for one, text in self._listing.articles
                if not one.is_archived and one.id != article.id and has_words(text, words)
            ]

        return RowAction(
            "join", partial(self._choose, f"Join {_quoted(article)} with", options, join, "joins")
        )

    def _split_action(self, location: Location | None) -> RowAction:
        article = self._article(location)
        if article is None or not self._session.library.identity.can_split(article.id):
            return RowAction()
        identity = self._session.library.identity

        def split(part: "ArticlePart") -> None:
            self._do_undoably(partial(self._session.identity.split, article.id, part))

        def ask() -> Awaitable[object]:
            parts = [Option(part, part.title) for part in identity.parts(article.id)]

            def options(typed: str) -> "Sequence[Option[ArticlePart]]":
                words = fold(typed).split()
                return [option for option in parts if has_words(fold(option.title), words)]

            title = f"Split from {_quoted(article)}, with the annotations made there"
            return self._choose(title, options, split, "splits")

        return RowAction("split", ask)

    def _choose(
        self,
        title: str,
        options: Callable[[str], Sequence[Option[_Value]]],
        on_choose: Callable[[_Value], None],
        effect: str,
    ) -> Awaitable[object]:
        """Show a chooser over the dialog."""
        return self._push_dialog(Chooser(title, options=options, on_choose=on_choose, confirm_label=effect))

    def _do_undoably(self, action: "Callable[[], list[ArticleEntry]]") -> None:
        """Run an action that returns the entries with which it is undone.

        Raises:
            PactReaderError: The action failed.
        """
        before: list[ArticleEntry] = []
        self._do(lambda: before.extend(action()), undo=lambda: self._session.identity.restore(before))

    def _undo_action(self, _location: Location | None) -> RowAction:
        if not self._undo:
            return RowAction()

        def undo() -> None:
            self._undo[-1]()
            self._undo.pop()
            self._reload()

        return RowAction("undo", undo)

    def _do(self, action: Callable[[], object], *, undo: Callable[[], object]) -> None:
        """Run an action, and remember how to undo it.

        Raises:
            PactReaderError: The action failed.
        """
        action()
        self._undo.append(undo)
        self._reload()

    def _reload(self) -> None:
        """List the articles anew after an action, and index the notes that have changed, which are few."""
        self._matches = None
        if self._listing.has_positions:
            for _ in self._session.library.notes.update():
                pass
        self._listing.read()

    def _article(self, location: Location | None) -> "ArticleSummary | None":
        """Return the article of a location; `None` for a location of an annotation."""
        if location is None or location.annotation_id:
            return None
        return next(
            (article for article, _ in self._listing.articles if article.id == location.article_id), None
        )


def _quoted(article: "ArticleSummary") -> str:
    """Return the beginning of an article's title in quotation marks."""
    return f"“{excerpt(printable_line(article.title), _MAX_TITLE) or 'Untitled'}”"
