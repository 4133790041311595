"""The index of the records of a library file by kind, id and article, updated as records are appended."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.schema.record_identity import KINDS, identity
from pactreader.storage.schema.records import is_removed
from pactreader.storage.schema.revisions import Record


class RecordIndex:
    """The records of a file by kind, id and article. If two records have the same id, the later one in the file counts."""

    def __init__(self, file: JournalFile, keys: "RecordKeys | None" = None) -> None:
        """Create the index of a file.

        Args:
            file: The file.
            keys: The keys of its records, from all chunks of a packed file; `None` if they are still to be indexed.
        """
        self._file = file
        self._keys = RecordKeys()
        self._cursor = Cursor()
        if keys and file.is_packed:
            self._keys, self._cursor = keys, file.cursor

    @property
    def cursor(self) -> Cursor:
        """The position after the last record, for `records_since`."""
        return self._file.cursor

    def records_since(self, cursor: Cursor) -> list[Record] | None:
        """Return the records after a cursor, each once; `None` if any record may have changed."""
        keys = self._file.keys_since(cursor)
        if keys is None:
            return None
        return [record for key in keys if identity(record := self._file.records[key])]

    def records(self, kind: str, article_ids: Collection[str] | None = None) -> list[Record]:
        """Return the records of a kind, in the order of their first appearance.

        Args:
            kind: The kind.
            article_ids: The ids of the articles whose records are returned, article by article; `None` for all.
        """
        return list(self.each(kind, article_ids))

    def each(self, kind: str, article_ids: Collection[str] | None = None) -> Iterator[Record]:
        """Yield the same one at a time, as all together may take much memory. Records may be edited meanwhile."""
        self._update()
        of_kind = self._keys.of_kind[kind]
        keys = of_kind.keys() if article_ids is None else of_kind.keys_of(article_ids)
        return (record for _key, record in self._file.rows(keys))

    def article_ids(self, kind: str) -> list[str]:
        """Return the ids of the articles that records of a kind name or named, in the order of their first appearance."""
        self._update()
        return self._keys.of_kind[kind].article_ids()

    def highlight_counts(self) -> Counter[str]:
        """Return the number of annotations with an anchor, by the id of the article in their records."""
        self._update()
        return self._keys.highlight_counts()

    def has_any(self, kind: str) -> bool:
        """Return whether there is a record of a kind."""
        self._update()
        return bool(self._keys.of_kind[kind].numbers)

    def find(self, kind: str, record_id: str) -> tuple[str, Record]:
        """Return the key and the record of a kind with an id; `("", {})` if there is none."""
        self._update()
        key = self._keys.of_kind[kind].key_of(record_id)
        record = self._file.records.get(key) if key else None
        return ("", {}) if record is None else (key, record)

    def has_id(self, record_id: str) -> bool:
        """Return whether a record of any kind has an id."""
        self._update()
        return any(record_id in each.numbers for each in self._keys.of_kind.values())

    def _update(self) -> None:
        """Index the records that were appended since the last update."""
        if self._cursor == self._file.cursor:
            return
        keys = self._file.keys_since(self._cursor)
        if keys is None:
            self._keys = RecordKeys()
            self._keys.add(self._file.records)
        else:
            self._keys.add({key: self._file.records[key] for key in keys})
        self._cursor = self._file.cursor


class RecordKeys:
    """The keys of records by kind, id and article."""

    def __init__(self) -> None:
        self.of_kind = {kind: _KeysOfKind() for kind in KINDS}
        """The keys of each kind."""
        self._names: dict[str, str] = {}
        """One string for each article, as a hundred thousand records may name the same one."""

    def add(self, records: Mapping[str, Any]) -> None:
        """Add the keys of records. A record that has the kind and id of an earlier one replaces it."""
        for key, record in records.items():
            if found := identity(record):
                kind, record_id = found
                article = record.get("article")
                # Another program may have written a list as `article`, which raises an error in a lookup.
                name = self._names.setdefault(article, article) if isinstance(article, str) else ""
                is_marked = bool(record.get("anchor")) and not is_removed(record)
                self.of_kind[kind].add(record_id, int(key), name, is_marked=is_marked)

    def highlight_counts(self) -> Counter[str]:
        """Return the number of records with an anchor by article."""
        counts = sum((each.marked_articles() for each in self.of_kind.values()), Counter[str]())
        del counts[""]
        return counts


class _KeysOfKind:
    """The keys of the records of one kind. Records are numbered in the order of their first appearance."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        """The numbers of the records by their ids."""
        self._keys = array("q")
        """The keys by number; they are document ids, of at most 18 digits."""
        self._articles: list[str] = []
        """The ids of the articles by number; empty for none."""
        self._marked = bytearray()
        """By number, 1 for a record with an anchor."""
        self._members: dict[str, array[int]] = {}
        """The numbers of the records that each article has, or had."""

    def add(self, record_id: str, key: int, article: str, *, is_marked: bool) -> None:
        """Add a record, or replace the one with its id."""
        number = self.numbers.setdefault(record_id, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
            self._articles.append(article)
            self._marked.append(is_marked)
        else:
            former = self._articles[number]
            self._keys[number], self._articles[number], self._marked[number] = key, article, is_marked
            if former == article:
                return
        self._members.setdefault(article, array("L")).append(number)

    def keys(self) -> Iterator[str]:
        """Yield all keys."""
        return map(str, self._keys)

    def keys_of(self, articles: Iterable[str]) -> Iterator[str]:
        """Yield the keys of the records of articles, article by article."""
        for article in articles:
            if article:
                found = [each for each in self._members.get(article, ()) if self._articles[each] == article]
                yield from (str(self._keys[each]) for each in sorted(dict.fromkeys(found)))

    def article_ids(self) -> list[str]:
        """Return the ids of the articles that have records, or had some."""
        return [article for article in self._members if article]

    def key_of(self, record_id: str) -> str:
        """Return the key of the record with an id; empty if there is none."""
        number = self.numbers.get(record_id)
        return "" if number is None else str(self._keys[number])

    def marked_articles(self) -> Counter[str]:
        """Return the number of records with an anchor by article."""
        return Counter(
            article for article, marked in zip(self._articles, self._marked, strict=True) if marked
        )
