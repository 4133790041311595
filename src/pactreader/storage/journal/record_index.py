"""The index of the records of a library file by kind and id, updated as records are appended."""

from collections.abc import Collection, Iterable
from typing import Any

from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.schema.record_identity import KINDS, identity
from pactreader.storage.schema.revisions import Record


class RecordIndex:
    """The records of a file by kind and id. If two records have the same, the later one in the file counts."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file
        self._keys: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        self._cursor = Cursor()
        self._by_article: dict[str, dict[str, list[Record]]] = {}
        """By kind, the records of each article, for the kinds that were asked for since the last update."""

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
        self._update()
        records: Iterable[Any] = map(self._file.records.__getitem__, self._keys[kind].values())
        if article_ids is None:
            return list(records)
        if kind not in self._by_article:
            groups = self._by_article[kind] = {}
            for one in records:
                # Another program may have written a list as `article`, which raises an error in a lookup.
                if isinstance(article := one.get("article"), str):
                    groups.setdefault(article, []).append(one)
        return [one for id_ in article_ids for one in self._by_article[kind].get(id_, ())]

    def has_any(self, kind: str) -> bool:
        """Return whether there is a record of a kind."""
        self._update()
        return bool(self._keys[kind])

    def find(self, kind: str, record_id: str) -> tuple[str, Record]:
        """Return the key and the record of a kind with an id; `("", {})` if there is none."""
        self._update()
        key = self._keys[kind].get(record_id)
        return (key, self._file.records[key]) if key is not None else ("", {})

    def has_id(self, record_id: str) -> bool:
        """Return whether a record of any kind has an id."""
        self._update()
        return any(record_id in keys for keys in self._keys.values())

    def _update(self) -> None:
        """Index the records that were appended since the last update."""
        keys: Iterable[str] | None = self._file.keys_since(self._cursor)
        if keys is None:
            self._keys = {kind: {} for kind in KINDS}
            keys = self._file.records
        if self._cursor != self._file.cursor:
            self._by_article.clear()
        self._cursor = self._file.cursor
        for key in keys:
            if found := identity(self._file.records[key]):
                kind, record_id = found
                self._keys[kind][record_id] = key
