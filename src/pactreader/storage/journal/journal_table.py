"""The table of the library file that grows: it hands over only the documents that changed."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from copy import deepcopy
from typing import Any

from tinydb.table import Table

from pactreader.storage.journal.file_format import RECORDS
from pactreader.storage.journal.journal_file import JournalFile


class JournalTable(Table):
    """The table that grows. What changed in it goes to the file in one write; a removal writes the file whole."""

    def __init__(self, file: JournalFile) -> None:
        # TinyDB's cache of queries would not see what another process wrote.
        super().__init__(file, RECORDS, cache_size=0)
        self._file = file

    def change(self, change: Callable[[MutableMapping[int, Any]], None]) -> None:
        """Have a function change the documents, by their ids, as they are now in the file.

        Raises:
            NotSavedError: Nothing was changed.
        """
        with self._file.changing():
            overlay = _Overlay(self._file.records)
            change(overlay)
            if overlay.removed:
                self._file.write({**self._file.read(), RECORDS: {str(key): overlay[key] for key in overlay}})
            else:
                self._file.append(overlay.changed())

    def insert(self, document: Mapping[Any, Any]) -> int:
        """As `Table.insert`, but finding the id and writing under one lock."""
        return self.insert_multiple([document])[0]

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        self.change(updater)  # type: ignore[arg-type] # TinyDB's updaters use what every mutable mapping has

    def _get_next_id(self) -> int:
        free = max(self._next_id or 0, self._file.next_id())
        self._next_id = free + 1  # type: ignore[assignment] # TinyDB declares it by its first value, None
        return free


class _Overlay(MutableMapping[int, Any]):
    """A table's documents by their ids; those that are touched are copied first."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._stored = stored
        self._touched: dict[int, Any] = {}
        self.removed: set[int] = set()

    def changed(self) -> dict[str, Any]:
        """The documents that are not as they were, by their keys."""
        stored = self._stored
        return {
            str(key): document
            for key, document in self._touched.items()
            if str(key) not in stored or stored[str(key)] != document
        }

    def __getitem__(self, key: int) -> Any:
        if key not in self._touched:
            if key in self.removed:
                raise KeyError(key)
            self._touched[key] = deepcopy(self._stored[str(key)])
        return self._touched[key]

    def __setitem__(self, key: int, document: Any) -> None:
        self._touched[key] = document
        self.removed.discard(key)

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched.pop(key, None)
        if str(key) in self._stored:
            self.removed.add(key)

    def clear(self) -> None:
        self._touched.clear()
        self.removed.update(map(int, self._stored))

    def __contains__(self, key: object) -> bool:
        return key in self._touched or (key not in self.removed and str(key) in self._stored)

    def __iter__(self) -> Iterator[int]:
        yield from (key for key in map(int, self._stored) if key not in self.removed)
        yield from [key for key in self._touched if str(key) not in self._stored]

    def __len__(self) -> int:
        return sum(1 for _ in self)
