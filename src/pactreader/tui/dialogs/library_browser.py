"""The library as a list to open articles from: by their titles, and by what stands in their notes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from time import perf_counter
from typing import Final, NamedTuple, Protocol

from textual.screen import Screen

from pactreader.core.annotation import Annotation
from pactreader.core.errors import PactReaderError
from pactreader.core.labels import Labels
from pactreader.core.printable_text import printable_line
from pactreader.core.query import Query, parse_query
from pactreader.core.search import fold, has_words
from pactreader.core.wording import pluralise
from pactreader.tui.dialogs.chooser import Choice, Chooser, RowAction
from pactreader.tui.dialogs.prompt import Prompt

_FORGOTTEN: Final = "is:forgotten"
"""What shows the articles that were forgotten, instead of the others."""
_MOST_NOTES: Final = 200
"""Notes that are listed: who sees so many types another word."""
_SHOWN_QUOTE: Final = 60
"""Code points of a quote that stand before its note."""
_SHOWN_TITLE: Final = 24
"""Code points of a title in a sentence below the list."""
_AT_A_TIME: Final = 0.005
"""Seconds of learning notes between two looks for keys."""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article of the library."""

    id: str
    title: str
    source: str
    highlights: int
    progress: float | None
    """How much of it was read, from 0 to 1; `None` if it is not known."""
    read_at: str
    """When it was last read, UTC, ISO 8601; empty if it is not known."""
    is_forgotten: bool


class LibraryNote(NamedTuple):
    """An annotation of an article."""

    article: str
    title: str
    annotation: Annotation


class Location(NamedTuple):
    """An article, or a passage in it."""

    article: str
    annotation: str = ""
    """The id of the annotation on the passage; empty for where the reader was."""


class Shelves(Protocol):
    """Whoever has the library."""

    def articles(self) -> list[ArticleSummary]:
        """Every article, also those forgotten; or raise PactReaderError."""

    def index_notes(self) -> Iterator[None]:
        """Have every note ready to be searched, bit by bit."""

    def search_notes(self, query: Query) -> Iterator[LibraryNote]:
        """The notes that a query finds."""

    def rename_article(self, article_id: str, name: str) -> None:
        """Have an article called something else, or raise PactReaderError."""

    def forget_article(self, article_id: str, *, forgotten: bool) -> None:
        """Show an article no more, or again; or raise PactReaderError."""


class LibraryBrowser:
    """The list, while it is open."""

    def __init__(
        self,
        shelves: Shelves,
        labels: Labels,
        *,
        open_article: Callable[[Location], None],
        push: Callable[[Screen[None]], Awaitable[object]],
    ) -> None:
        """Args:
        shelves: Has the library.
        labels: How the labels of notes are called and shown.
        open_article: Has the reader read an article; or raises PactReaderError, and they stay where they are.
        push: Shows a screen over this one.

        Raises:
            PactReaderError: The library cannot be read.
        """
        self._shelves = shelves
        self._labels = labels
        self._push = push
        self._articles = self._sorted()
        self._knows_notes = False
        """Whether what stands in the notes can be found by now."""
        self._undo: list[Callable[[], None]] = []
        """What takes back what was done here."""
        self.chooser = Chooser(
            "Library",
            find=self.find,
            take=open_article,
            takes="opens it",
            otherwise="Nothing is called that or says that.",
            placeholder=f"title, words, #tag, label:doubt, {_FORGOTTEN}",
            row_actions={"ctrl+r": self._rename, "ctrl+d": self._forget, "ctrl+z": self._take_back},
        )

    async def learn(self) -> None:
        """Learn what stands in the notes, then list it too."""
        began = perf_counter()
        try:
            for _ in self._shelves.index_notes():
                if perf_counter() - began > _AT_A_TIME:
                    await asyncio.sleep(0)
                    began = perf_counter()
            self._knows_notes = True
            self._look_again()
        except PactReaderError as error:
            if self.chooser.is_attached:
                self.chooser.say(error.one_line, warning=True)
        else:
            self.chooser.find_again()

    def find(self, typed: str) -> Sequence[Choice[Location]]:
        """The articles that are called so, those read last on top; then the notes that say so."""
        words = fold(typed).split()
        forgotten = _FORGOTTEN in words
        wanted = [word for word in words if word != _FORGOTTEN]
        articles = [
            _article_choice(article)
            for article, text in self._articles
            if article.is_forgotten is forgotten and has_words(text, wanted)
        ]
        if forgotten or not words or not self._knows_notes:
            return articles
        found = self._shelves.search_notes(parse_query(typed, label_name=self._labels.name))
        return [*articles, *(_note_choice(note, self._labels) for note in islice(found, _MOST_NOTES))]

    def _sorted(self) -> list[tuple[ArticleSummary, str]]:
        """The articles and what is looked for in them, those read last on top."""
        articles = sorted(self._shelves.articles(), key=lambda article: article.read_at, reverse=True)
        return [(article, fold(f"{article.title}\n{article.source}")) for article in articles]

    # What else can be done with an article

    def _rename(self, spot: Location | None) -> RowAction:
        article = self._article(spot)
        if article is None:
            return RowAction()

        def take(name: str) -> None:
            self._shelves.rename_article(article.id, printable_line(name))
            self._did(partial(self._shelves.rename_article, article.id, article.title))

        async def ask() -> None:
            hint = "enter calls it so, nothing typed: by its own title"
            await self._push(
                Prompt("What it is called", value=printable_line(article.title), hint=hint, take=take)
            )

        return RowAction("rename", ask)

    def _forget(self, spot: Location | None) -> RowAction:
        article = self._article(spot)
        if article is None:
            return RowAction()
        forgotten = not article.is_forgotten

        def forget() -> None:
            self._shelves.forget_article(article.id, forgotten=forgotten)
            self._did(partial(self._shelves.forget_article, article.id, forgotten=not forgotten))

        title = _cut(printable_line(article.title), _SHOWN_TITLE) or "Untitled"
        if not forgotten:
            return RowAction("recall", forget, f"“{title}” is in the library again.")
        return RowAction(
            "forget", forget, f"“{title}” is forgotten, ctrl+z recalls it. Its notes and its file stay."
        )

    def _take_back(self, _spot: Location | None) -> RowAction:
        if not self._undo:
            return RowAction()

        def take_back() -> None:
            self._undo[-1]()
            self._undo.pop()
            self._look_again()

        return RowAction("undo", take_back)

    def _did(self, undo: Callable[[], None]) -> None:
        self._undo.append(undo)
        self._look_again()

    def _look_again(self) -> None:
        """Know what is otherwise by now: little, so it takes no time."""
        self._articles = self._sorted()
        if self._knows_notes:
            for _ in self._shelves.index_notes():
                pass

    def _article(self, spot: Location | None) -> ArticleSummary | None:
        """The article that is chosen; `None` for a note of one."""
        if spot is None or spot.annotation:
            return None
        return next((article for article, _ in self._articles if article.id == spot.article), None)


def _article_choice(article: ArticleSummary) -> Choice[Location]:
    progress = "" if article.progress is None else f"{article.progress * 100:.0f} %"
    parts = (pluralise(article.highlights, "highlight"), progress, _day(article.read_at))
    return Choice(
        Location(article.id),
        article.title or "Untitled",
        " · ".join(filter(None, parts)),
        more=article.source,
    )


def _note_choice(note: LibraryNote, labels: Labels) -> Choice[Location]:
    annotation = note.annotation
    quote = annotation.anchor.exact if annotation.anchor else ""
    cut = _cut(quote, _SHOWN_QUOTE)
    tags = " ".join(f"#{tag}" for tag in annotation.tags)
    said = (labels.get(annotation.label).mark, quote and f"“{cut}”", annotation.note[:_MOST_NOTES], tags)
    return Choice(
        Location(note.article, annotation.id), " ".join(filter(None, said)), more=note.title, level=1
    )


def _cut(text: str, most: int) -> str:
    """So many code points of a text at the most, and a sign where the rest is left out."""
    return text[:most].rstrip() + "…" if len(text) > most else text


def _day(moment: str) -> str:
    """The day of a moment in UTC, as the reader's calendar has it; nothing if it is none."""
    with suppress(ValueError):
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d}"
    return ""
