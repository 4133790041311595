"""The library browser: a list of articles and notes, to open, rename, archive, join and split articles."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from textual.screen import Screen

from pactreader.core.errors import PactReaderError
from pactreader.core.labels import Labels
from pactreader.core.printable_text import printable_line
from pactreader.core.query import parse_query
from pactreader.core.search import fold, has_words
from pactreader.core.wording import pluralise
from pactreader.tui.dialogs.chooser import Chooser, Option, RowAction
from pactreader.tui.dialogs.prompt import Prompt

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.articles.article_parts import ArticlePart
    from pactreader.storage.notes_index import NoteHit
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.tui.session.reading_session import ReadingSession

_Value = TypeVar("_Value")
_FORGOTTEN: Final = "is:forgotten"
"""The word of a query that lists the archived articles instead of the others."""
_MAX_NOTES: Final = 200
"""The number of notes that are listed at most; a longer list is of no use."""
_MAX_NOTE: Final = 200
"""Code points of a note on its line."""
_MAX_QUOTE: Final = 60
"""Code points of a quote before its note."""
_MAX_TITLE: Final = 24
"""Code points of a title in a message."""
_WITHOUT_FILE: Final = "Another article is in its file now. It opens as you read it last."
_INDEXING_SLICE: Final = 0.005
"""Seconds for which notes are indexed before keys are handled again."""


class Location(NamedTuple):
    """An article, or a passage in it."""

    article_id: str
    annotation_id: str = ""
    """The id of the annotation on the passage; empty for the article's stored position."""


class LibraryBrowser:
    """The content of the library browser, and the undo of its actions while it is open."""

    def __init__(
        self,
        session: "ReadingSession",
        labels: Labels,
        *,
        open_article: Callable[[Location], None],
        push_dialog: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Create the dialog. It lists articles at once, and notes after `index_notes`.

        Args:
            session: The reading session, for the library.
            labels: The labels of notes.
            open_article: A function that opens the chosen location. It raises PactReaderError to reject it, and the
                dialog stays open.
            push_dialog: A function that shows another dialog.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self._session = session
        self._labels = labels
        self._push_dialog = push_dialog
        self._articles = self._searchable_articles()
        self._has_notes = False
        """True once the notes are indexed."""
        self._undo: list[Callable[[], object]] = []
        """Functions that undo the actions of this dialog, the newest last."""
        self.chooser = Chooser(
            "Library",
            options=self.options,
            on_choose=open_article,
            confirm_label="opens it",
            empty_message="Nothing is called that or says that.",
            placeholder=f"title, words, #tag, label:doubt, {_FORGOTTEN}",
            row_actions={
                "ctrl+r": self._rename_action,
                "ctrl+d": self._forget_action,
                "ctrl+g": self._join_action,
                "ctrl+t": self._split_action,
                "ctrl+z": self._undo_action,
            },
        )

    async def index_notes(self) -> None:
        """Index the notes of the library in slices, between which keys are handled, and list them."""
        began = perf_counter()
        try:
            for _ in self._session.library.notes.update():
                if perf_counter() - began > _INDEXING_SLICE:
                    await asyncio.sleep(0)
                    began = perf_counter()
            self._has_notes = True
            self._reload()
        except PactReaderError as error:
            if self.chooser.is_attached:
                self.chooser.show_message(error.one_line, warning=True)
        else:
            self.chooser.refresh_options()

    def options(self, typed: str) -> Sequence[Option[Location]]:
        """Return the articles whose titles match, the one read last first, then the notes that match."""
        words = fold(typed).split()
        forgotten = _FORGOTTEN in words
        title_words = [word for word in words if word != _FORGOTTEN]
        articles = [
            _article_option(article)
            for article, text in self._articles
            if article.is_archived is forgotten and has_words(text, title_words)
        ]
        if forgotten or not words or not self._has_notes:
            return articles
        found = self._session.library.notes.search(parse_query(typed, label_name=self._labels.name))
        return [*articles, *(_note_option(hit, self._labels) for hit in islice(found, _MAX_NOTES))]

    def _searchable_articles(self) -> "list[tuple[ArticleSummary, str]]":
        """Return the articles with their searchable text."""
        articles = self._session.articles()
        return [(article, fold(f"{article.title}\n{article.source}")) for article in articles]

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
        others = [one for one, _ in self._articles if not one.is_archived and one != article]
        if article is None or article.is_archived or not others:
            return RowAction()

        def join(other_id: str) -> None:
            self._do_undoably(partial(self._session.identity.join, article.id, other_id))

        def options(typed: str) -> Sequence[Option[str]]:
            words = fold(typed).split()
            return [
                Option(one.id, one.title or "Untitled", description=one.source)
                for one in others
                if has_words(fold(f"{one.title}\n{one.source}"), words)
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
        """Reload the articles, and index the notes that have changed, which are few."""
        self._articles = self._searchable_articles()
        if self._has_notes:
            for _ in self._session.library.notes.update():
                pass

    def _article(self, location: Location | None) -> "ArticleSummary | None":
        """Return the article of a location; `None` for a location of an annotation."""
        if location is None or location.annotation_id:
            return None
        return next((article for article, _ in self._articles if article.id == location.article_id), None)


def _article_option(article: "ArticleSummary") -> Option[Location]:
    progress = "" if article.progress is None else f"{article.progress * 100:.0f} %"
    parts = (pluralise(article.highlights, "highlight"), progress, _local_day(article.read_at))
    return Option(
        Location(article.id),
        article.title or "Untitled",
        " · ".join(filter(None, parts)),
        description=article.source or _WITHOUT_FILE,
    )


def _quoted(article: "ArticleSummary") -> str:
    """Return the beginning of an article's title in quotation marks."""
    return f"“{_excerpt(printable_line(article.title), _MAX_TITLE) or 'Untitled'}”"


def _note_option(hit: "NoteHit", labels: Labels) -> Option[Location]:
    annotation = hit.annotation
    quote = annotation.anchor.exact if annotation.anchor else ""
    parts = (
        labels.get(annotation.label).mark,
        quote and f"“{_excerpt(quote, _MAX_QUOTE)}”",
        annotation.note[:_MAX_NOTE],
        " ".join(f"#{tag}" for tag in annotation.tags),
    )
    return Option(
        Location(hit.entry.id, annotation.id),
        " ".join(filter(None, parts)),
        level=1,
        description=hit.entry.display_title,
    )


def _excerpt(text: str, length: int) -> str:
    """Return the first `length` code points of a text, with an ellipsis if there are more."""
    return text[:length].rstrip() + "…" if len(text) > length else text


def _local_day(time: str) -> str:
    """Return the day of a UTC time on the user's calendar; empty if it is no time."""
    with suppress(ValueError, OverflowError):
        return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d}"
    return ""
