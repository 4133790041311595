"""The contents of a library file, whole or damaged: its tables, and every record that can still be read.

Records stand one a line, so a damaged file is read line by line.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from typing import Any, Final, NamedTuple

from pactreader.storage.journal.file_format import (
    FORMAT,
    RECORDS,
    VERSION,
    Tables,
    encode,
    file_version,
    highest_id,
    new_tables,
    numbered,
    parse_json,
    render,
)
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity

_RECORD: Final = re.compile(r'"([0-9]+)":\s*(?=\{)')
"""The beginning of a record, and of its line unless another program wrote the file in one."""
_VERSION: Final = re.compile(r'"version":\s*([0-9]{1,9})\b')


class FileState(Enum):
    """The state of a library file, apart from its records."""

    MISSING = "missing"
    WHOLE = "whole"
    EMPTY = "empty"
    ZEROED = "zeroed"
    """NUL bytes only, as a power cut can leave."""
    DAMAGED = "damaged"
    """No valid JSON, or not in the shape of a library; its contents are what can be read."""
    FOREIGN = "foreign"
    """Something else."""
    LATER = "later"
    """Written by a later version."""


class Contents(NamedTuple):
    """The contents of a library file."""

    state: FileState
    version: int
    """The version of the file's format; 0 if it names none."""
    tables: Tables
    """The tables that could be read, with one of records; none of a foreign file."""


class Line(NamedTuple):
    """The readable beginning of a line of the file."""

    key: str
    record: Any
    rest: str
    """The text behind the record: a comma or nothing; else perhaps the torn beginning of the next record."""


def read_contents(content: bytes) -> Contents:
    """Return the contents of a library file, as far as they can be read."""
    if not content:
        return Contents(FileState.EMPTY, 0, new_tables())
    if not content.strip(b"\0"):
        return Contents(FileState.ZEROED, 0, new_tables())
    try:
        tables = parse_json(content)
    except ValueError:
        return _read_damaged(content)
    return _from_json(tables, FileState.WHOLE)


def read_rows(content: bytes) -> list[tuple[str, Any]]:
    """Return every key and record in a file in its order, repeated keys included."""
    try:
        tables = json.loads(content, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        lines = content.decode("utf-8", "replace").split("\n")
        return [row for line in lines for row in _read_rows_in(line)]
    records = tables.get(RECORDS) if isinstance(tables, dict) else None
    return records.pairs if isinstance(records, _Object) else _rows(records)


def read_line(line: str) -> Line | None:
    """Return the record at the beginning of a line; `None` if none can be read there."""
    found = _RECORD.match(line)
    if not found:
        return None
    try:
        record, end = json.JSONDecoder().raw_decode(line, found.end())
    except (ValueError, RecursionError):
        return None
    return Line(found[1], record, line[end:])


# Shadowed records


def is_shadowing(record: Any, before: Any) -> bool:
    """Return whether a record with the key of an earlier one hides it: whether it is another record, and no edit."""
    return _subject(record) != _subject(before)


def shadowed_rows(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the keys and records whose key a later record has that is no edit of theirs, as after a bit flip in a key."""
    last: dict[str, Any] = {}
    for key, record in rows:
        if key and key in last and is_shadowing(record, last[key]):
            yield key, last[key]
        last[key] = record


def with_shadowed_records(found: Contents, content: bytes) -> tuple[Contents, int]:
    """Give the shadowed records of a file keys of their own.

    A file with the lines `"1":{"kind":"change","id":"a"}` and `"1":{"kind":"change","id":"b"}` has the records
    `{"1": b, "2": a}`, and counts as damaged, as writing it whole would have dropped one. A whole file has no more lines
    than records unless a key is repeated, and is not looked at.

    Args:
        found: The contents of the file.
        content: Its bytes.

    Returns:
        The contents with these records, and how many there are.
    """
    records = found.tables.get(RECORDS, {})
    if found.state not in {FileState.WHOLE, FileState.DAMAGED} or (
        found.state is FileState.WHOLE and content.count(b"\n") <= len(records) + 1
    ):
        return found, 0
    known = set(map(identity, records.values())) - {None}
    shadowed = [record for _key, record in shadowed_rows(read_rows(content)) if identity(record) not in known]
    if not shadowed:
        return found, 0
    rows = zip(free_keys(records), json.loads(encode(shadowed)), strict=False)
    tables = {**found.tables, RECORDS: {**records, **dict(rows)}}
    return Contents(FileState.DAMAGED, found.version, tables), len(shadowed)


def _subject(record: Any) -> object:
    return (record.get("kind"), record.get("id")) if isinstance(record, dict) else record


class _Object(dict[str, Any]):
    """A JSON object with every pair it was read from, where a key is repeated."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs if len(pairs) > len(self) else None

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        return self._pairs or list(self.items())


# Other shapes, and damage


def _from_json(tables: Any, state: FileState) -> Contents:
    """Return the contents of a file of valid JSON; one in the shape of a library has the given state.

    The tables are brought into that shape if they have known records.
    """
    try:
        version = file_version(tables)
    except ValueError:
        return _read_headless(tables)
    try:
        highest_id(tables.get(RECORDS))
    except ValueError:
        tables[RECORDS] = numbered(_rows(tables.get(RECORDS)) or _stray_rows(tables))
        state = FileState.DAMAGED
    return Contents(FileState.LATER if version > VERSION else state, version, tables)


def _read_headless(tables: Any) -> Contents:
    """Return the contents of a library whose table `meta` is gone or wrong; it is foreign without known records."""
    rows = (_rows(tables.get(RECORDS)) or _stray_rows(tables)) if isinstance(tables, dict) else []
    if not any(identity(record) for _key, record in rows):
        return Contents(FileState.FOREIGN, 0, {})
    return Contents(FileState.DAMAGED, 0, new_tables() | {RECORDS: numbered(rows)})


def _rows(records: Any) -> list[tuple[str, Any]]:
    """Return the keys and records in an object or an array; those of an array have no keys."""
    if isinstance(records, dict):
        return list(records.items())
    return [("", record) for record in records] if isinstance(records, list) else []


def _stray_rows(tables: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return known records in tables of other names, as where the name of theirs is damaged."""
    rows = (row for table in tables.values() for row in _rows(table))
    return [row for row in rows if identity(row[1])]


def _read_damaged(content: bytes) -> Contents:
    """Return the contents of a file that is no valid JSON."""
    if render(new_tables()).startswith(content):
        return Contents(FileState.DAMAGED, VERSION, new_tables())
    text = content.decode("utf-8", "replace")
    # A whole object with something behind it: a write that was cut off.
    with suppress(ValueError, RecursionError):
        found = _from_json(json.JSONDecoder().raw_decode(text)[0], FileState.DAMAGED)
        if found.state is not FileState.FOREIGN:
            return found
    head, *lines = text.split("\n")
    rows = [row for line in (head, *lines) for row in _read_rows_in(line)]
    try:
        tables = parse_json(head + "}}")
        version = file_version(tables)
    except ValueError:
        if not any(identity(record) for _key, record in rows) and f'"{FORMAT}"' not in head:
            return Contents(FileState.FOREIGN, 0, {})
        named = _VERSION.search(head)
        tables, version = new_tables(), int(named[1]) if named and FORMAT in head else 0
    tables[RECORDS] = numbered([*_rows(tables.get(RECORDS)), *rows])
    return Contents(FileState.LATER if version > VERSION else FileState.DAMAGED, version, tables)


def _read_rows_in(line: str) -> Iterator[tuple[str, Any]]:
    """Yield the record of a line, and the known records behind it, as where a line feed is gone."""
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
