"""Every note and quote of every article, ready to be looked through at each key."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from pactreader.core.annotation import Annotation
from pactreader.core.query import Query, searchable_text
from pactreader.storage.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, ArticleEntry, read_annotation

_AT_ONCE: Final = 200
"""Annotations that are learnt between two pauses: some milliseconds."""


class NoteHit(NamedTuple):
    """An annotation of an article."""

    entry: ArticleEntry
    """The article; without a title, if its own record is lost."""
    annotation: Annotation
    text: str
    """What is looked for in it, as `searched` has it."""


class NotesIndex:
    """The annotations of a library with their folded texts, kept up with what comes into the file."""

    def __init__(self, records: RecordIndex, known: Callable[[], ArticleRegistry]) -> None:
        """Args:
        records: What is in the file.
        known: The articles as they are now.
        """
        self._records = records
        self._known = known
        self._indexed: dict[str, tuple[str, Annotation, str]] = {}
        """By its id: the id that its article goes by in its record, the annotation, its text."""
        self._found: Sequence[NoteHit] = ()
        self._learnt = Cursor()

    def learn(self) -> Iterator[None]:
        """Take in what has come since the last time, pausing again and again, so that keys can be heard in between."""
        cursor, records = self._records.cursor, self._records.records_since(self._learnt)
        if cursor == self._learnt:
            return
        if records is None:
            self._indexed.clear()
            records = self._records.records(ANNOTATION)
        for number, record in enumerate(records, 1):
            if record["kind"] == ANNOTATION:
                self._learn(record["id"], record.get("article"), read_annotation(record))
            if not number % _AT_ONCE:
                yield
        self._found = self._in_order()
        self._learnt = cursor

    def _learn(self, record_id: str, article: object, annotation: Annotation | None) -> None:
        if annotation and isinstance(article, str):
            self._indexed[record_id] = article, annotation, searchable_text(annotation)
        else:
            self._indexed.pop(record_id, None)

    def _in_order(self) -> list[NoteHit]:
        """Article by article, as they came, each in the order of its text; those of forgotten articles left out."""
        known = self._known()
        by_article: dict[str, list[NoteHit]] = {id_: [] for id_ in known.by_id}
        for article, annotation, text in self._indexed.values():
            id_ = known.id_of(article)
            entry = known.by_id.get(id_) or ArticleEntry(id_)
            if not entry.forgotten:
                by_article.setdefault(id_, []).append(NoteHit(entry, annotation, text))
        for found in by_article.values():
            found.sort(key=_reading_order)
        return [one for found in by_article.values() for one in found]

    def search(self, query: Query) -> Sequence[NoteHit]:
        """What is found among what is learnt. What a query asks about places finds nothing here."""
        found = self._found
        for word in sorted(query.words, key=len, reverse=True):
            found = [one for one in found if word in one.text]
        for word in query.without:
            found = [one for one in found if word not in one.text]
        for test in query.tests:
            found = [one for one in found if test(one.annotation, None)]
        return found


def _reading_order(found: NoteHit) -> tuple[int, str, str]:
    annotation = found.annotation
    return annotation.anchor.start if annotation.anchor else -1, annotation.created, annotation.id
