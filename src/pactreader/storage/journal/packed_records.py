"""The records of a library file as its lines, compressed in chunks, of which each is decoded when it is asked for.

A hundred thousand annotations take 12 MB so, 58 MB as lines, and 250 MB decoded.
"""

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    ValuesView,
)
from operator import eq
from typing import Any, Final, NamedTuple

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.storage.journal.json_lines import encode

CHUNK_SIZE: Final = 32_768
"""Bytes of lines in a chunk: to decode one takes a third of a millisecond, to find a record in it a tenth."""
_LEVEL: Final = 1
"""The level of zlib: the fastest, which makes lines of prose a fifth as long."""
_MOST_UNPACKED: Final = 4
"""Chunks that are kept unpacked: a save looks up the same few records more than once."""
_LINE: Final = lazy_pattern(rb'^"([0-9]+)":(.*[^,\n])', re.MULTILINE)
"""The key and the JSON of a record. JSON has no line feed in it, and does not end with a comma."""


class PackedRecords(MutableMapping[str, Any]):
    """Records by key in the order of a file whose keys ascend.

    What is added or edited is kept as lines of its own until `fold` puts it into the chunks.
    """

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        """The compressed lines, without a comma and a line feed at the end."""
        self._first_keys: list[int] = []
        """The first key of each chunk."""
        self._highest = -1
        """The highest key in the chunks."""
        self._length = 0
        self._recent: dict[str, bytes] = {}
        """The JSON of records that were added or edited, by key."""
        self._unpacked: dict[int, bytes] = {}
        """The lines of the chunks that were read last, by index."""

    def add_chunk(self, lines: bytes, keys: Collection[str]) -> None:
        """Add lines at the end.

        Args:
            lines: The lines, without a comma and a line feed at the end.
            keys: Their keys, in ascending order, above all keys so far.
        """
        self._chunks.append(zlib.compress(lines, _LEVEL))
        self._first_keys.append(int(next(iter(keys))))
        self._highest = max(self._highest, *map(int, keys))
        self._length += len(keys)

    @property
    def highest_key(self) -> int:
        """The highest key in use, 0 if there is none."""
        return max(self._highest, 0, *map(int, self._recent)) if self._recent else max(self._highest, 0)

    # One record

    def __getitem__(self, key: str) -> Any:
        line = self._recent.get(key) or self._line(key)
        if line is None:
            raise KeyError(key)
        return json.loads(line)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key in self._recent or self._line(key) is not None)

    def __setitem__(self, key: str, record: Any) -> None:
        self._length += key not in self
        self._recent[key] = encode(record).encode("ascii")

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self.remove([key])

    def _line(self, key: str) -> bytes | None:
        """Return the JSON of a record in the chunks."""
        number = int(key)
        if not self._chunks or not self._first_keys[0] <= number <= self._highest:
            return None
        lines = self._lines_of(self._chunk_of(number))
        mark = b'"%b":' % key.encode("ascii")
        start = 0 if lines.startswith(mark) else lines.find(b"\n" + mark) + 1
        if not start and not lines.startswith(mark):
            return None
        end = lines.find(b"\n", start)
        return lines[start + len(mark) : end - 1 if end >= 0 else None]

    def _chunk_of(self, key: int) -> int:
        return bisect_right(self._first_keys, key) - 1

    def _lines_of(self, chunk: int) -> bytes:
        lines = self._unpacked.get(chunk)
        if lines is None:
            if len(self._unpacked) >= _MOST_UNPACKED:
                self._unpacked = {}
            lines = self._unpacked[chunk] = zlib.decompress(self._chunks[chunk])
        return lines

    # All records

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return (key for key, _line in self.lines())

    def items(self) -> ItemsView[str, Any]:
        """Return a view of the keys and records, which decodes a chunk at a time."""
        return _Items(self)

    def values(self) -> ValuesView[Any]:
        """Return a view of the records, likewise."""
        return _Values(self)

    def rows(self) -> Iterator[tuple[str, Any]]:
        """Yield the keys and records as they are when a chunk is reached; they may be edited meanwhile."""
        for lines in list(self._chunks):
            for key, record in _decoded(zlib.decompress(lines)).items():
                yield key, json.loads(self._recent[key]) if key in self._recent else record
        for key, line in list(self._recent.items()):
            if self._line(key) is None:
                yield key, json.loads(line)

    def rows_with(self, text: str) -> Iterator[tuple[str, Any]]:
        """Yield the keys and records in whose JSON a text occurs."""
        wanted = text.encode("ascii")
        recent = any(wanted in line for line in self._recent.values())
        for key, line in self._lines(lambda lines: recent or wanted in lines):
            if wanted in line:
                yield key, json.loads(line)

    def rows_of(self, keys: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """Yield some keys with their records, if there are any, which decodes a chunk at a time if they are in order."""
        decoded: tuple[int, dict[str, Any]] = -1, {}
        for key in keys:
            if key in self._recent:
                yield key, json.loads(self._recent[key])
                continue
            chunk = self._chunk_of(int(key))
            if decoded[0] != chunk:
                decoded = chunk, _decoded(zlib.decompress(self._chunks[chunk])) if chunk >= 0 else {}
            if key in decoded[1]:
                yield key, decoded[1][key]

    def lines(self) -> Iterator[tuple[str, bytes]]:
        """Yield the keys and the JSON of the records, in the order of the file."""
        return self._lines(lambda _lines: True)

    def _lines(self, is_wanted: Callable[[bytes], bool]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the chunks whose lines are wanted, and of all recent ones."""
        for chunk in self._chunks:
            lines = zlib.decompress(chunk)
            if is_wanted(lines):
                for found in _LINE.finditer(lines):
                    key = found[1].decode("ascii")
                    yield key, self._recent.get(key) or found[2]
        yield from ((key, line) for key, line in self._recent.items() if self._line(key) is None)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedRecords):
            if self._chunks == other._chunks and self._recent == other._recent:
                return True
            if len(self) != len(other):
                return False
            return all(map(eq, self.lines(), other.lines())) or dict(self.lines()) == dict(other.lines())
        return isinstance(other, Mapping) and dict(self.rows()) == dict(other)

    __hash__ = None  # type: ignore[assignment]  # as it can be changed

    # Changing all

    def __or__(self, others: Mapping[str, Any]) -> "PackedRecords":
        """Return a copy with other records added, or in place of those with their keys."""
        copy = self.copy()
        copy.update(others)
        return copy

    def copy(self) -> "PackedRecords":
        """Return a copy, which shares the chunks."""
        copy = PackedRecords()
        vars(copy).update(vars(self))
        copy._chunks, copy._first_keys = self._chunks.copy(), self._first_keys.copy()
        copy._recent, copy._unpacked = self._recent.copy(), {}
        return copy

    def remove(self, keys: Iterable[str]) -> None:
        """Remove the records with these keys, each of which must be there."""
        removed: dict[int, dict[str, None]] = {}
        for key in keys:
            self._length -= 1
            self._recent.pop(key, None)
            if self._line(key) is not None:
                removed.setdefault(self._chunk_of(int(key)), {})[key] = None
        self._edit_chunks(removed)

    def fold(self) -> None:
        """Put what was added or edited into the chunks, as far as its keys ascend."""
        edited: dict[int, dict[str, bytes | None]] = {}
        added: dict[str, bytes] = {}
        highest = self._highest
        for key, line in self._recent.items():
            if self._line(key) is not None:
                edited.setdefault(self._chunk_of(int(key)), {})[key] = line
            elif int(key) > highest:
                highest = int(key)
                added[key] = line
        self._edit_chunks(edited)
        if added:
            self._length -= len(added)
            self.add_chunk(_joined((key.encode("ascii"), line) for key, line in added.items()), added)
        for key in [*added, *(key for lines in edited.values() for key in lines)]:
            del self._recent[key]

    def _edit_chunks(self, edited: Mapping[int, Mapping[str, bytes | None]]) -> None:
        """Edit lines of chunks.

        Args:
            edited: The new JSON by key, or none to remove the record, by the index of the chunk.
        """
        for chunk in sorted(edited, reverse=True):
            lines = {found[1]: found[2] for found in _LINE.finditer(self._lines_of(chunk))}
            edits = {key.encode("ascii"): line for key, line in edited[chunk].items()}
            kept = [(key, line) for key in lines if (line := edits.get(key, lines[key])) is not None]
            if kept:
                self._chunks[chunk] = zlib.compress(_joined(kept), _LEVEL)
            else:
                del self._chunks[chunk], self._first_keys[chunk]
            self._unpacked = {}


class _Items(ItemsView[str, Any]):
    """The keys and records of packed ones."""

    _mapping: PackedRecords

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return self._mapping.rows()


class _Values(ValuesView[Any]):
    """The records of packed ones."""

    _mapping: PackedRecords

    def __iter__(self) -> Iterator[Any]:
        return (record for _key, record in self._mapping.rows())


class Difference(NamedTuple):
    """The difference of later records from earlier ones."""

    edited: list[str]
    """The keys of the records that are in both, and differ."""
    added: list[str]
    """The keys of those that are in the later ones only."""
    gone: dict[str, bytes]
    """The JSON of those that are in the earlier ones only, by key."""


def difference(earlier: PackedRecords, later: PackedRecords) -> Difference:
    """Return what differs in later records, compared by their JSON."""
    gone = dict(earlier.lines())
    edited, added = [], []
    for key, line in later.lines():
        before = gone.pop(key, None)
        if before is None:
            added.append(key)
        elif before != line:
            edited.append(key)
    return Difference(edited, added, gone)


def missing_records(records: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of other records that are not among some, or differ from the one with their key."""
    if isinstance(records, PackedRecords) and isinstance(others, PackedRecords):
        edited, _added, gone = difference(others, records)
        return {key: others[key] for key in edited} | {key: json.loads(line) for key, line in gone.items()}
    return {key: record for key, record in others.items() if records.get(key) != record}


def _joined(rows: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the lines of keys and JSON, as in the file."""
    return b",\n".join(b'"%b":%b' % row for row in rows)


def _decoded(lines: bytes) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(b"{" + lines + b"}")
    return decoded
