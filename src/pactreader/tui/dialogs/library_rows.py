"""The rows of the library browser: articles, the notes on them, and places in their texts."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from rich.cells import cell_len

from pactreader.core.anchoring.description import CONTEXT
from pactreader.core.annotation import Anchor
from pactreader.core.labels import Labels
from pactreader.core.wording import pluralise
from pactreader.tui.dialogs.chooser import Option

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.notes_index import NoteHit
    from pactreader.storage.texts.text_search import TextHit

_MAX_NOTE: Final = 200
"""Code points of a note on its line."""
_MAX_QUOTE: Final = 60
"""Code points of a quote before its note."""
_MAX_BEFORE: Final = 16
"""Cells of a text before the words that were found in it, which so are in view on a line of 50 cells too."""
_MAX_NAME: Final = 24
"""Code points of a title at the end of a line."""
_WITHOUT_FILE: Final = "Another article is in its file now. It opens as you read it last."


class Location(NamedTuple):
    """An article, or a passage in it."""

    article_id: str
    annotation_id: str = ""
    """The id of the annotation on the passage; empty for the article's stored position, or an anchor."""
    anchor: Anchor | None = None
    """The anchor of a passage without an annotation."""


class LibraryRows(Sequence[Option[Location]]):
    """The rows of the browser, of which only those in view are made: there may be ten thousand."""

    def __init__(
        self,
        labels: Labels,
        articles: "Sequence[ArticleSummary]",
        notes: "Sequence[NoteHit]",
        texts: "Sequence[TextHit]",
        titles: dict[str, str],
    ) -> None:
        """Create the rows, in this order.

        Args:
            labels: The labels of notes.
            articles: Articles.
            notes: Notes.
            texts: Places in texts.
            titles: The titles of the articles of the latter by their ids.
        """
        self._labels = labels
        self._articles = articles
        self._notes = notes
        self._texts = texts
        self._titles = titles

    def __len__(self) -> int:
        return len(self._articles) + len(self._notes) + len(self._texts)

    @overload
    def __getitem__(self, index: int) -> Option[Location]: ...

    @overload
    def __getitem__(self, index: slice) -> list[Option[Location]]: ...

    def __getitem__(self, index: int | slice) -> Option[Location] | list[Option[Location]]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < len(self._articles):
            return _article_option(self._articles[index])
        index -= len(self._articles)
        if index < len(self._notes):
            return _note_option(self._notes[index], self._labels)
        hit = self._texts[index - len(self._notes)]
        return _text_option(hit, self._titles.get(hit.article_id, ""))


def _article_option(article: "ArticleSummary") -> Option[Location]:
    progress = "" if article.progress is None else f"{article.progress * 100:.0f} %"
    return Option(
        Location(article.id),
        article.title or "Untitled",
        " · ".join(
            filter(None, (pluralise(article.highlights, "highlight"), progress, _local_day(article.read_at)))
        ),
        description=article.source or _WITHOUT_FILE,
    )


def _note_option(hit: "NoteHit", labels: Labels) -> Option[Location]:
    annotation = hit.annotation
    quote = annotation.anchor.exact if annotation.anchor else ""
    parts = (
        labels.get(annotation.label).mark,
        quote and f"“{excerpt(quote, _MAX_QUOTE)}”",
        annotation.note[:_MAX_NOTE],
        " ".join(f"#{tag}" for tag in annotation.tags),
    )
    return Option(
        Location(hit.entry.id, annotation.id),
        " ".join(filter(None, parts)),
        level=1,
        description=hit.entry.display_title,
    )


def _text_option(hit: "TextHit", title: str) -> Option[Location]:
    return Option(
        Location(hit.article_id, anchor=hit.anchor),
        _passage(hit.anchor),
        excerpt(title, _MAX_NAME),
        level=1,
        description=f"In the text of {title or 'an untitled article'}",
    )


def _passage(anchor: Anchor) -> str:
    """Return a passage with some text of its paragraph, and an ellipsis where that goes on.

    Example: `…s nothing more. Nobody enforces them.` for `enforces`.
    """
    _, start, prefix = anchor.prefix.rpartition("\n\n")
    suffix, end, _ = anchor.suffix.partition("\n\n")
    prefix, rest = (re.sub(r"\s+", " ", part) for part in (prefix, anchor.exact[:_MAX_NOTE] + suffix))
    before = prefix
    while cell_len(before) > _MAX_BEFORE:
        before = before[1:]
    is_first = before == prefix and (start or len(anchor.prefix) < CONTEXT)
    is_last = end or len(anchor.suffix) < CONTEXT
    return f"{'' if is_first else '…'}{before}{rest}{'' if is_last else '…'}"


def excerpt(text: str, length: int) -> str:
    """Return the first `length` code points of a text, with an ellipsis if there are more."""
    return text[:length].rstrip() + "…" if len(text) > length else text


def _local_day(time: str) -> str:
    """Return the day of a UTC time on the user's calendar; empty if it is no time."""
    with suppress(ValueError, OverflowError):
        return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d}"
    return ""
