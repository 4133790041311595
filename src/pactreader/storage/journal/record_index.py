"""Where in the file each record is, by its kind and id, kept up with what comes in."""

from collections.abc import Collection, Iterable
from typing import Any

from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.schema.revisions import Record
from pactreader.storage.sync.merge import KINDS, identity


class RecordIndex:
    """The records of a tail file, found by what they are. Of two with one id, the later one in the file counts."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file
        self._keys: dict[str, dict[str, str]] = {}
        self._learnt = (-1, 0)

    @property
    def position(self) -> tuple[int, int]:
        """How much of the file there is to know: its generation, and the records that arrived since."""
        return self._file.generation, len(self._file.arrivals)

    def since(self, position: tuple[int, int]) -> list[Record] | None:
        """The records that came after a position, each once; `None` if every one may have changed."""
        generation, arrived = position
        if generation != self._file.generation:
            return None
        keys = dict.fromkeys(self._file.arrivals[arrived:])
        return [record for key in keys if identity(record := self._file.records[key])]

    def of(self, kind: str, articles: Collection[str] | None = None) -> list[Record]:
        """The records of a kind that belong to one of some articles, or to any."""
        self._learn()
        records: Iterable[Any] = map(self._file.records.__getitem__, self._keys[kind].values())
        return [record for record in records if articles is None or record.get("article") in articles]

    def any_of(self, kind: str) -> bool:
        """Whether there is a record of a kind."""
        self._learn()
        return bool(self._keys[kind])

    def get(self, kind: str, record_id: str) -> tuple[str, Record]:
        """The key and the record of a kind with an id; nothing if there is none."""
        self._learn()
        key = self._keys[kind].get(record_id)
        return (key, self._file.records[key]) if key is not None else ("", {})

    def has(self, record_id: str) -> bool:
        """Whether a record of any kind has an id."""
        self._learn()
        return any(record_id in keys for keys in self._keys.values())

    def _learn(self) -> None:
        """Know the keys of the records that have come since the last time."""
        file, (generation, arrived) = self._file, self._learnt
        arrivals: Iterable[str]
        if generation != file.generation:
            self._keys = {kind: {} for kind in KINDS}
            arrivals = file.records
        else:
            arrivals = file.arrivals[arrived:]
        self._learnt = self.position
        for key in arrivals:
            if found := identity(file.records[key]):
                kind, record_id = found
                self._keys[kind][record_id] = key
