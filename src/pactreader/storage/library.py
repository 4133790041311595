"""The library: every article known, the annotations of each, and what was done to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final, Self

from pactreader.core.annotation import Annotation, timestamp
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError, UsageError
from pactreader.core.notebook import Change, Notebook, new_id
from pactreader.core.printable import printable_line
from pactreader.storage.kept_texts import keep_text, kept_text
from pactreader.storage.places import Places
from pactreader.storage.records import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    Entry,
    Record,
    annotation_record,
    change_record,
    entry_record,
    read_annotation,
    read_change,
    read_entry,
    renewed,
    revised,
    tombstone,
)
from pactreader.storage.tail_file import TailFile
from pactreader.storage.tail_table import TailTable

_MOST_CHANGES: Final = 1_000
"""Changes that can be undone: what is older is left out when the file is written whole."""
_ID_LENGTH: Final = 8
_SHORTEST_ID: Final = 4
"""Characters of an id that stand for the whole: fewer are a word of a title."""
_NOWHERE: Final = frozenset({"", "-"})
"""Sources that tell nothing of an article: none, and standard input."""


class Library:
    """The one TinyDB file, as articles, annotations and notebooks.

    Everything it gives is the reader's to keep: no part of the file's memory leaves it. One that is used by other
    windows too is up to date whenever it is asked.
    """

    def __init__(
        self,
        places: Places,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = new_id,
    ) -> None:
        """Nothing is read before it is asked for, nor created on the disk before the first `keep` or `save`.

        Args:
            places: Where it is.
            now: The clock.
            new_id: Where ids come from; one that is taken is not used.
        """
        self._texts = places.texts
        self._now = now
        self._new_id = new_id
        self._path = places.library
        self._keys: dict[str, dict[str, str]] = {}
        """The keys of the records, by kind and id."""
        self._generation = -1
        self._arrivals = 0
        """How much of the file the keys know."""
        self._waiting: dict[str, Entry] = {}
        """Entries that are not in the file, or not as they are there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # Articles

    def articles(self) -> list[Entry]:
        """Every article known, in the order in which they came.

        Raises:
            LibraryError: There is a file, but it cannot be read or is no library.
        """
        return list(self._entries().values())

    def find(self, wanted: str) -> Entry:
        """The article with this id, or whose id begins so, or with this in its title, in whatever case.

        Raises:
            UsageError: There is none, or more than one.
            LibraryError: As for `articles`.
        """
        entries = self._entries()
        if wanted in entries:
            return entries[wanted]
        words = wanted.casefold()
        begins = words if len(words) >= _SHORTEST_ID else None
        found = [
            entry
            for entry in entries.values()
            if words in entry.title.casefold() or (begins and entry.id.startswith(begins))
        ]
        whole = [entry for entry in found if words == entry.title.casefold()]
        if len(whole) == 1:
            found = whole
        if not found:
            raise UsageError(
                f"The library knows no article “{printable_line(wanted)}”.",
                "`pactreader library` lists the articles it knows.",
            )
        if len(found) > 1:
            names = ", ".join(f"{entry.id} “{printable_line(entry.title)}”" for entry in found)
            raise UsageError(
                f"“{printable_line(wanted)}” could be any of: {names}.", "Name one of them by its id."
            )
        return found[0]

    def adopt(self, article: Article) -> Entry:
        """The entry of an article: one with its source, else one with its text, else a new one.

        It writes nothing, so that an article can be read where nothing can be written, and its first lines are on
        the screen before any disk has been waited for. `keep` and `save` write what is new.

        Raises:
            LibraryError: As for `articles`.
        """
        entries = self._entries()
        known = _same(entries.values(), article)
        entry = replace(
            known or Entry(self._entry_id(article, entries), added=timestamp(self._now())),
            title=article.title,
            text_hash=article.text_hash,
            language=article.language,
            author=article.author,
            date=article.date,
        )
        if not known or article.source not in _NOWHERE:
            entry = replace(entry, source=article.source)
        if entry != known:
            self._waiting[entry.id] = entry
        return entry

    def keep(self, entry: Entry, article: Article) -> None:
        """Have an article that was opened in the library: its entry, and its text beside the file.

        Raises:
            NotSavedError: It is not; the article can be read nevertheless.
        """
        if entry.id in self._waiting:
            self._put(entry, ())
        try:
            keep_text(self._texts, article)
        except OSError as error:
            raise NotSavedError(
                f"The article's text could not be kept: {error.strerror or error}.",
                f"See that there is room and permission for {self._texts}.",
            ) from error

    def kept_text(self, entry: Entry) -> Article | None:
        """The article as it was read last; `None` if its text was not kept."""
        return kept_text(self._texts, entry.text_hash, entry.source)

    # Annotations

    def notebook(self, entry: Entry, article: Article) -> Notebook:
        """The annotations of an article and what was done to them.

        Raises:
            LibraryError: As for `articles`.
        """
        notebook = self.empty_notebook(article)
        self.load(entry, notebook)
        return notebook

    def empty_notebook(self, article: Article) -> Notebook:
        """A notebook that nothing is in yet. What it will make gets ids that are not taken."""
        return Notebook(article, now=self._now, new_id=self._unused_id)

    def load(self, entry: Entry, notebook: Notebook) -> None:
        """Have a notebook hold what the file holds for its article.

        Raises:
            LibraryError: As for `articles`.
        """
        annotations = filter(None, map(read_annotation, self._records_of(ANNOTATION, entry.id)))
        changes = list(filter(None, map(read_change, self._records_of(CHANGE, entry.id))))
        changes.sort(key=lambda change: change.number)
        notebook.take_in(annotations, changes[-_MOST_CHANGES:])

    def annotations(self, entry_id: str | None = None) -> Iterator[tuple[Entry, Annotation]]:
        """The annotations of an article, or of every one: article by article, each in the order of its text.

        Those of an article whose own record is lost have an entry without a title.

        Raises:
            LibraryError: As for `articles`.
        """
        entries = self._entries()
        found: dict[str, list[Annotation]] = {id_: [] for id_ in entries if entry_id in {None, id_}}
        for record in self._records_of(ANNOTATION, entry_id):
            article_id, annotation = record.get("article"), read_annotation(record)
            if annotation and isinstance(article_id, str):
                found.setdefault(article_id, []).append(annotation)
        for article_id, annotations in found.items():
            entry = entries.get(article_id) or Entry(article_id)
            annotations.sort(key=_reading_order)
            yield from ((entry, annotation) for annotation in annotations)

    def save(self, entry: Entry, change: Change) -> None:
        """Put a change on the disk: its annotations and what undoes it, in one write, synced on return.

        Raises:
            NotSavedError: Nothing of it is in the library.
        """
        records = []
        for before, after in change.edits:
            left, gone = (before, after) if change.undone else (after, before)
            if left:
                records.append(annotation_record(entry.id, left))
            elif gone:
                records.append(tombstone(entry.id, gone, change.at))
        self._put(entry, (*records, change_record(entry.id, change)))

    def close(self) -> None:
        """Leave the file tidy. What was saved is safe without it."""
        if "_file" in self.__dict__:
            self._file.close()

    # How it is done

    @cached_property
    def _file(self) -> TailFile:
        return TailFile(self._path, spare=_old_changes, now=self._now)

    @cached_property
    def _table(self) -> TailTable:
        return TailTable(self._file)

    def _put(self, entry: Entry, records: Iterable[Record]) -> None:
        """Append records, and the entry's own if the file does not have it as it is."""

        def put(table: MutableMapping[int, Any]) -> None:
            self._learn_keys()
            wanted = list(records)
            if entry.id in self._waiting or entry.id not in self._keys[ARTICLE]:
                wanted.insert(0, entry_record(self._waiting.get(entry.id, entry)))
            for free, record in enumerate(wanted, self._file.next_id()):
                key = self._keys[record["kind"]].get(record["id"])
                if key is None:
                    table[free] = revised(record)
                else:
                    replaced = self._file.records[key]
                    table[int(key)] = revised(renewed(replaced, record), replaced)

        self._table.change(put)
        self._waiting.pop(entry.id, None)

    def _learn_keys(self) -> None:
        """Know the keys of the records that have come since the last time."""
        file = self._file
        arrivals: Iterable[str]
        if self._generation != file.generation:
            self._keys = {ARTICLE: {}, ANNOTATION: {}, CHANGE: {}}
            self._generation = file.generation
            arrivals = file.records
        else:
            arrivals = file.arrivals[self._arrivals :]
        self._arrivals = len(file.arrivals)
        records, by_kind = file.records, self._keys
        for key in arrivals:
            record = records[key]
            if type(record) is dict:
                kind, record_id = record.get("kind"), record.get("id")
                if type(kind) is type(record_id) is str and kind in by_kind:
                    by_kind[kind][record_id] = key

    def _records_of(self, kind: str, article_id: str | None) -> list[Record]:
        """The records of a kind that belong to an article, or to any."""
        self._file.read()
        self._learn_keys()
        records = map(self._file.records.__getitem__, self._keys[kind].values())
        return [record for record in records if article_id is None or record.get("article") == article_id]

    def _entries(self) -> dict[str, Entry]:
        entries = filter(None, map(read_entry, self._records_of(ARTICLE, None)))
        return {entry.id: entry for entry in entries} | self._waiting

    def _entry_id(self, article: Article, taken: dict[str, Entry]) -> str:
        """The id of a new entry: from its text, so that two windows and two computers find the same one."""
        digits = article.text_hash
        pieces = (digits[start : start + _ID_LENGTH] for start in range(0, len(digits), _ID_LENGTH))
        return next((piece for piece in pieces if piece not in taken), None) or self._unused_id()

    def _unused_id(self) -> str:
        """An id that no record has, as far as is known without the disk."""
        self._learn_keys()
        while True:
            found = self._new_id()
            if not any(found in keys for keys in self._keys.values()):
                return found


def _same(entries: Iterable[Entry], article: Article) -> Entry | None:
    """The entry that is the same article, by its source or else by its text."""
    by_text = None
    for entry in entries:
        if entry.source == article.source and article.source not in _NOWHERE:
            return entry
        if article.text and entry.text_hash == article.text_hash:
            by_text = entry
    return by_text


def _reading_order(annotation: Annotation) -> tuple[int, str, str]:
    start = annotation.anchor.start if annotation.anchor else -1
    return start, annotation.created, annotation.id


def _old_changes(records: Mapping[str, Any]) -> list[str]:
    """The keys of the changes that are too old to be undone."""
    changes = [
        (record["at"], int(key), key)
        for key, record in records.items()
        if isinstance(record, dict) and record.get("kind") == CHANGE and isinstance(record.get("at"), str)
    ]
    changes.sort()
    return [key for _at, _id, key in changes[:-_MOST_CHANGES]]
