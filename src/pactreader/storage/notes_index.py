"""The index of the notes and quotes of all articles, fast enough to search at each key press."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from pactreader.core.annotation import Annotation
from pactreader.core.query import Query, searchable_text
from pactreader.storage.articles.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, ArticleEntry, read_annotation
from pactreader.storage.schema.revisions import Record

_BATCH: Final = 50
"""The number of annotations that are indexed between two pauses, in a millisecond."""

_Item = TypeVar("_Item")
_Indexed = tuple[Annotation, str]
"""An annotation and its searchable text."""


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
        self._article_ids: dict[str, str] = {}
        """The article id of each indexed annotation, by the annotation's id."""
        self._by_article: dict[str, dict[str, _Indexed]] = {}
        """By article id, which may be an alias, the annotations in reading order with their searchable texts, by id."""
        self._articles: list[tuple[ArticleEntry, Collection[_Indexed]]] = []
        """The articles that are not archived with their annotations, in the order of the registry."""
        self._cursor = Cursor()

    def update(self) -> Iterator[None]:
        """Index the annotations that were appended since the last update, yielding at intervals to let keys be handled.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._refresh()
        cursor = self._records.cursor
        if cursor == self._cursor:
            return
        records: Iterable[Record] | None = self._records.records_since(self._cursor)
        if records is None:
            self._article_ids.clear()
            self._by_article.clear()
            records = self._records.each(ANNOTATION)
        changed: set[str] = set()
        for number, record in enumerate(records, 1):
            if record["kind"] == ANNOTATION:
                changed |= self._index(record["id"], record.get("article"), read_annotation(record))
            if not number % _BATCH:
                yield
        for number, article_id in enumerate(changed, 1):
            in_order = sorted(self._by_article[article_id].items(), key=_item_order)
            self._by_article[article_id] = dict(in_order)
            if not number % _BATCH:
                yield
        articles = []
        for number, found in enumerate(self._in_order(), 1):
            articles.append(found)
            if not number % _BATCH:
                yield
        self._articles = articles
        self._cursor = cursor

    def search(self, query: Query) -> Iterator[NoteHit]:
        """Yield the indexed annotations that match a query, grouped by article, in reading order.

        Each article is searched when its first one is asked for. A condition on the placement matches none, as the texts
        are not loaded.
        """
        words = sorted(query.words, key=len, reverse=True)
        for entry, annotations in self._articles:
            found = annotations
            for word in words:
                found = [one for one in found if word in one[1]]
            for word in query.without:
                found = [one for one in found if word not in one[1]]
            for test in query.tests:
                found = [one for one in found if test(one[0], None)]
            for annotation, text in found:
                yield NoteHit(entry, annotation, text)

    def _index(self, record_id: str, article_id: object, annotation: Annotation | None) -> set[str]:
        """Index an annotation instead of its former version, and return the ids of the articles that have changed."""
        changed = set()
        former_id = self._article_ids.pop(record_id, None)
        if former_id is not None:
            del self._by_article[former_id][record_id]
            changed.add(former_id)
        if annotation and isinstance(article_id, str):
            self._article_ids[record_id] = article_id
            group = self._by_article.setdefault(article_id, {})
            group[record_id] = annotation, searchable_text(annotation)
            changed.add(article_id)
        return changed

    def _in_order(self) -> Iterator[tuple[ArticleEntry, Collection[_Indexed]]]:
        """Yield the articles with annotations that are not archived; those whose record is lost come last."""
        registry = self._registry()
        groups: dict[str, list[dict[str, _Indexed]]] = {}
        for article_id, group in self._by_article.items():
            groups.setdefault(registry.id_of(article_id), []).append(group)
        lost = [ArticleEntry(article_id) for article_id in groups if article_id not in registry.by_id]
        for entry in (*registry.by_id.values(), *lost):
            if entry.id in groups and not entry.archived:
                yield entry, _merged(groups[entry.id])


def _merged(groups: Sequence[dict[str, _Indexed]]) -> Collection[_Indexed]:
    """Return the annotations of an article, which are in several groups if it has aliases, in reading order."""
    if len(groups) == 1:
        return groups[0].values()
    return sorted((one for group in groups for one in group.values()), key=lambda one: _reading_order(one[0]))


def _item_order(item: tuple[str, _Indexed]) -> tuple[int, str, str]:
    """Return a sort key for an annotation in a group."""
    return _reading_order(item[1][0])


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
