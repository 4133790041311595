"""The index of the notes and quotes of all articles, fast enough to search at each key press."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from pactreader.core.annotation import Annotation
from pactreader.core.query import Query, searchable_text
from pactreader.storage.articles.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, ArticleEntry, read_annotation

_BATCH: Final = 200
"""The number of annotations that are indexed between two pauses, in a few milliseconds."""

_Item = TypeVar("_Item")


class NoteHit(NamedTuple):
    """An annotation that a query finds."""

    entry: ArticleEntry
    """The entry of its article; it has only an id if the article's record is lost."""
    annotation: Annotation
    text: str
    """The searched text, as `searchable_text` returns it."""


class NotesIndex:
    """The annotations of a library with their searchable texts, updated as records are appended to the file."""

    def __init__(
        self, records: RecordIndex, registry: Callable[[], ArticleRegistry], refresh: Callable[[], object]
    ) -> None:
        """Create an empty index.

        Args:
            records: The index of the records in the file.
            registry: Returns the articles after a refresh of the file.
            refresh: Refreshes the file; raises a `LibraryError` if it cannot be read.
        """
        self._records = records
        self._registry = registry
        self._refresh = refresh
        self._indexed: dict[str, tuple[str, Annotation, str]] = {}
        """The article id, the annotation and its searchable text, by the annotation's id."""
        self._hits: Sequence[NoteHit] = ()
        self._cursor = Cursor()

    def update(self) -> Iterator[None]:
        """Index the annotations that were appended since the last update, yielding at intervals to let keys be handled.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._refresh()
        cursor, records = self._records.cursor, self._records.records_since(self._cursor)
        if cursor == self._cursor:
            return
        if records is None:
            self._indexed.clear()
            records = self._records.records(ANNOTATION)
        for number, record in enumerate(records, 1):
            if record["kind"] == ANNOTATION:
                self._index(record["id"], record.get("article"), read_annotation(record))
            if not number % _BATCH:
                yield
        self._hits = self._in_order()
        self._cursor = cursor

    def search(self, query: Query) -> Sequence[NoteHit]:
        """Return the indexed annotations that match a query, grouped by article, in reading order.

        A condition on the placement matches none, as the texts are not loaded.
        """
        found = self._hits
        for word in sorted(query.words, key=len, reverse=True):
            found = [one for one in found if word in one.text]
        for word in query.without:
            found = [one for one in found if word not in one.text]
        for test in query.tests:
            found = [one for one in found if test(one.annotation, None)]
        return found

    def _index(self, record_id: str, article_id: object, annotation: Annotation | None) -> None:
        if annotation and isinstance(article_id, str):
            self._indexed[record_id] = article_id, annotation, searchable_text(annotation)
        else:
            self._indexed.pop(record_id, None)

    def _in_order(self) -> list[NoteHit]:
        """Return the annotations of articles that are not archived, grouped by article, in reading order."""
        found = ((article_id, (annotation, text)) for article_id, annotation, text in self._indexed.values())
        return [
            NoteHit(entry, annotation, text)
            for entry, items in by_article(self._registry(), found, key=lambda item: item[0])
            if not entry.archived
            for annotation, text in items
        ]


def by_article(
    registry: ArticleRegistry, found: Iterable[tuple[str, _Item]], *, key: Callable[[_Item], Annotation]
) -> Iterator[tuple[ArticleEntry, list[_Item]]]:
    """Group annotations by article: yield each entry with its items in reading order.

    The articles are in the order of the registry. Those whose record is lost come last, with entries that have only an
    id.

    Args:
        registry: The articles.
        found: Pairs of an article's id, or an alias of it, and an item.
        key: Returns the annotation of an item.
    """
    groups: dict[str, list[_Item]] = {article_id: [] for article_id in registry.by_id}
    for article_id, item in found:
        groups.setdefault(registry.id_of(article_id), []).append(item)
    for article_id, items in groups.items():
        if items:
            items.sort(key=lambda item: _reading_order(key(item)))
            yield registry.by_id.get(article_id) or ArticleEntry(article_id), items


def _reading_order(annotation: Annotation) -> tuple[int, str, str]:
    """Return a sort key for the annotations of one article, which sorts them as its notebook does."""
    return annotation.anchor.start if annotation.anchor else -1, annotation.created, annotation.id
