"""What the bytes of a library file mean, whole or damaged.

Records stand one a line in the last table of the object:

    {"meta":{"1":{"format":"pactreader-library","version":2}},"records":{
    "1":{…},
    "2":{…}
    }}

So what can be read of a damaged file is read line by line.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from itertools import count
from typing import Any, Final, NamedTuple

from pactreader.storage.sync.merge import identity

FORMAT: Final = "pactreader-library"
VERSION: Final = 2
"""The version of the file that this code writes. An earlier one is migrated, a later one is read and not written."""
RECORDS: Final = "records"
"""The table that grows; it stands last in the file."""
META: Final = "meta"
CLOSE: Final = b"\n}}"

_RECORD: Final = re.compile(r'"(\d+)":\s*(?=\{)')
"""Where a record begins; its line, too, unless another program wrote the file in one."""
_VERSION: Final = re.compile(r'"version":\s*(\d{1,9})\b')

encode: Final = json.JSONEncoder(separators=(",", ":")).encode
"""ASCII, as TinyDB reads with the encoding of the locale."""

Tables = dict[str, dict[str, Any]]


class FileState(Enum):
    """What a library file is, before its records are looked at."""

    MISSING = "missing"
    WHOLE = "whole"
    EMPTY = "empty"
    ZEROED = "zeroed"
    """NUL bytes only, as a power cut can leave."""
    DAMAGED = "damaged"
    """No valid JSON, or not in the shape of a library; what can be read of it has been."""
    FOREIGN = "foreign"
    """Something else."""
    LATER = "later"
    """Written by a later version."""


class Contents(NamedTuple):
    """What is in a library file."""

    state: FileState
    version: int
    """Of the file; 0 where it has none."""
    tables: Tables
    """What could be read, with a table of records last; nothing of a foreign file."""


class Line(NamedTuple):
    """What can be read of a line of the file."""

    key: str
    record: Any
    rest: str
    """What stands behind the record: a comma, or nothing; else perhaps the torn beginning of the next."""


def new_tables() -> Tables:
    """An empty library."""
    return {META: {"1": {"format": FORMAT, "version": VERSION}}, RECORDS: {}}


def rendered(tables: Tables) -> bytes:
    """The file's bytes: the records last, one a line."""
    head = ",".join(f"{encode(name)}:{encode(table)}" for name, table in tables.items() if name != RECORDS)
    lines = ",\n".join(f"{encode(key)}:{encode(record)}" for key, record in tables[RECORDS].items())
    return f'{{{head},"{RECORDS}":{{\n{lines}'.rstrip("\n").encode("ascii") + CLOSE


def contents(content: bytes) -> Contents:
    """What the bytes of a file are, and what can be read of them."""
    if not content:
        return Contents(FileState.EMPTY, 0, new_tables())
    if not content.strip(b"\0"):
        return Contents(FileState.ZEROED, 0, new_tables())
    try:
        tables = json.loads(content)
    except (ValueError, RecursionError):
        return _damaged(content)
    return contents_of(tables)


def contents_of(tables: Any, state: FileState = FileState.WHOLE) -> Contents:
    """What valid JSON is: a library, or one in another shape, or something else.

    Args:
        tables: What was read. It is made to be of the shape of a library, if it is one.
        state: What it is if nothing else is found.
    """
    try:
        version = file_version(tables)
    except ValueError:
        return _headless(tables)
    records = tables.get(RECORDS)
    try:
        last_id(records)
    except ValueError:
        tables[RECORDS] = dict(_numbered(_rows(records) or _strays(tables)))
        state = FileState.DAMAGED
    return Contents(FileState.LATER if version > VERSION else state, version, tables)


def every_row(content: bytes) -> list[tuple[str, Any]]:
    """Every key and record in a file, in its order, also where a key stands in it twice."""
    try:
        tables = json.loads(content, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        lines = content.decode("utf-8", "replace").split("\n")
        return [row for line in lines for row in _rows_in(line)]
    records = tables.get(RECORDS) if isinstance(tables, dict) else None
    return records.pairs if isinstance(records, _Object) else _rows(records)


def unhidden(found: Contents, content: bytes) -> Contents:
    """The contents of a file with the records that another one took the key of, as a flipped bit has it.

    They get keys of their own, and the file counts as damaged: what is written next would be without them. A file in
    which no key stands twice has no more lines than records, and is not looked at.
    """
    records = found.tables.get(RECORDS, {})
    if found.state is not FileState.WHOLE or content.count(b"\n") <= len(records) + 1:
        return found
    known = set(map(identity, records.values())) - {None}
    hidden = [
        encode(record) for _key, record in hidden_rows(every_row(content)) if identity(record) not in known
    ]
    if not hidden:
        return found
    every = dict(_numbered([*records.items(), *(("", json.loads(record)) for record in hidden)]))
    return Contents(FileState.DAMAGED, found.version, {**found.tables, RECORDS: every})


def hidden_rows(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The records whose key a later record took that is no edit of theirs."""
    before: dict[str, Any] = {}
    for key, record in rows:
        if key in before and _sameness(before[key]) != _sameness(record):
            yield key, before[key]
        before[key] = record


def _sameness(record: Any) -> object:
    return (record.get("kind"), record.get("id")) if isinstance(record, dict) else record


class _Object(dict[str, Any]):
    """A JSON object that knows every pair it was read from, where a key stands in it twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs if len(pairs) > len(self) else None

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        return self._pairs or list(self.items())


def file_version(tables: Any) -> int:
    """The version of a file of ours.

    Raises:
        ValueError: It is none of ours.
    """
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ValueError("no tables")
    for document in tables.get(META, {}).values():
        if isinstance(document, dict) and document.get("format") == FORMAT:
            version = document.get("version")
            if type(version) is int and version > 0:
                return version
    raise ValueError("no version")


def restored_at(tables: Tables) -> str | None:
    """When a backup was put in the library's place last, if ever: what was known before is not put back then."""
    for document in tables.get(META, {}).values():
        if isinstance(document, dict) and document.get("format") == FORMAT:
            restored = document.get("restored")
            return restored if isinstance(restored, str) else None
    return None


def last_id(records: Any) -> int:
    """The highest key of a table, 0 if it is empty.

    Raises:
        ValueError: It is no table: TinyDB's keys are integers.
    """
    if not isinstance(records, dict):
        raise ValueError("no table")  # noqa: TRY004 - the caller expects what `int` raises for a key
    return max(map(int, records), default=0)


def read_line(line: str) -> Line | None:
    """The record on a line of the file; `None` if none can be read there."""
    found = _RECORD.match(line)
    if not found:
        return None
    try:
        record, end = json.JSONDecoder().raw_decode(line, found.end())
    except (ValueError, RecursionError):
        return None
    return Line(found[1], record, line[end:])


def _rows_in(line: str) -> Iterator[tuple[str, Any]]:
    """The record of a line; and what are surely records behind it, as where a line feed is gone."""
    position = 0
    if found := read_line(line):
        yield found.key, found.record
        position = len(line) - len(found.rest)
    decoder = json.JSONDecoder()
    while begin := _RECORD.search(line, position):
        position = begin.end()
        with suppress(ValueError, RecursionError):
            record, end = decoder.raw_decode(line, position)
            if identity(record):
                yield begin[1], record
                position = end


def _headless(tables: Any) -> Contents:
    """A library whose table `meta` is gone or no longer says so, if there are records of ours."""
    rows = (_rows(tables.get(RECORDS)) or _strays(tables)) if isinstance(tables, dict) else []
    if not any(identity(record) for _key, record in rows):
        return Contents(FileState.FOREIGN, 0, {})
    return Contents(FileState.DAMAGED, 0, new_tables() | {RECORDS: dict(_numbered(rows))})


def _rows(records: Any) -> list[tuple[str, Any]]:
    """Keys and records, of whatever stands in their table's place."""
    if isinstance(records, dict):
        return list(records.items())
    return [("", record) for record in records] if isinstance(records, list) else []


def _strays(tables: dict[str, Any]) -> list[tuple[str, Any]]:
    """Records of ours in tables of other names, as where the name of theirs is damaged."""
    rows = (row for table in tables.values() for row in _rows(table))
    return [row for row in rows if identity(row[1])]


def _numbered(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The same with numbers as keys: their own, where they have one."""
    rows = list(rows)
    taken = {int(key) for key, _record in rows if key.isascii() and key.isdecimal()}
    free = count(max(taken, default=0) + 1)
    for key, record in rows:
        is_number = key.isascii() and key.isdecimal()
        yield str(int(key) if is_number else next(free)), record


def _damaged(content: bytes) -> Contents:
    """What can be read of what is no valid JSON."""
    if rendered(new_tables()).startswith(content):
        return Contents(FileState.DAMAGED, VERSION, new_tables())
    text = content.decode("utf-8", "replace")
    # A whole object with something behind it: a change that never came to be.
    with suppress(ValueError, RecursionError):
        found = contents_of(json.JSONDecoder().raw_decode(text)[0], FileState.DAMAGED)
        if found.state is not FileState.FOREIGN:
            return found
    head, *lines = text.split("\n")
    rows = [row for line in (head, *lines) for row in _rows_in(line)]
    try:
        tables = json.loads(head + "}}")
        version = file_version(tables)
    except (ValueError, RecursionError):
        if not any(identity(record) for _key, record in rows) and f'"{FORMAT}"' not in head:
            return Contents(FileState.FOREIGN, 0, {})
        said = _VERSION.search(head)
        tables, version = new_tables(), int(said[1]) if said and FORMAT in head else 0
    tables.setdefault(RECORDS, {}).update(rows)
    return Contents(FileState.LATER if version > VERSION else FileState.DAMAGED, version, tables)
