"""Parsing of library files, whole or damaged: the tables, and every record that can still be read.

Each record has a line of its own, so a damaged file is read line by line.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from typing import Any, Final, NamedTuple

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.storage.journal.file_format import (
    FORMAT,
    RECORDS,
    VERSION,
    Tables,
    file_version,
    highest_id,
    new_tables,
    numbered,
    parse_json,
    render,
)
from pactreader.storage.journal.json_lines import encode
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity

_RECORD: Final = lazy_pattern(r'"([0-9]+)":\s*(?=\{)')
"""The key of a record and the beginning of its object. Each begins a line, unless another program wrote the file."""
_VERSION: Final = lazy_pattern(r'"version":\s*([0-9]{1,9})\b')


class FileState(Enum):
    """The state of a library file, whatever its records are."""

    MISSING = "missing"
    WHOLE = "whole"
    EMPTY = "empty"
    ZEROED = "zeroed"
    """The file consists of NUL bytes, as after a power cut."""
    DAMAGED = "damaged"
    """The file is invalid JSON, or does not have the tables of a library; a part of it can be read."""
    FOREIGN = "foreign"
    """The file is not a library."""
    LATER = "later"
    """The file was written by a later version of PactReader."""


class Contents(NamedTuple):
    """The contents of a library file."""

    state: FileState
    version: int
    """The version of the file's format; 0 if it names none."""
    tables: Tables
    """The tables that could be read, `records` always among them; empty if the file is foreign."""


class Line(NamedTuple):
    """A line of the file that begins with a readable record."""

    key: str
    record: Any
    rest: str
    """The text after the record: a comma or nothing; in a damaged file perhaps a part of another record."""


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
    """Return the keys and records of a file in their order, with every occurrence of a repeated key."""
    try:
        tables = json.loads(content, object_pairs_hook=_ObjectWithPairs)
    except (ValueError, RecursionError):
        lines = content.decode("utf-8", "replace").split("\n")
        return [row for line in lines for row in _read_rows_in(line)]
    records = tables.get(RECORDS) if isinstance(tables, dict) else None
    return records.pairs if isinstance(records, _ObjectWithPairs) else _rows(records)


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
    """Return whether a record shadows an earlier one with the same key: it is another record, and not an edit of it."""
    return _identity_or_value(record) != _identity_or_value(before)


def shadowed_rows(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the keys and records that a later record with the same key shadows, as after a bit flip in a key."""
    last: dict[str, Any] = {}
    for key, record in rows:
        if key and key in last and is_shadowing(record, last[key]):
            yield key, last[key]
        last[key] = record


def with_shadowed_records(found: Contents, content: bytes) -> tuple[Contents, int]:
    """Return the contents of a file in which each shadowed record has a key of its own.

    The lines `"1":{"kind":"change","id":"a"}` and `"1":{"kind":"change","id":"b"}` → the records `{"1": b, "2": a}`.
    The state of such a file is then `DAMAGED`, so that it is repaired.

    Args:
        found: The contents of the file. If it is whole and no key is repeated, it is returned without a search.
        content: The bytes of the file.

    Returns:
        The contents, and the number of shadowed records.
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


def _identity_or_value(record: Any) -> object:
    return (record.get("kind"), record.get("id")) if isinstance(record, dict) else record


class _ObjectWithPairs(dict[str, Any]):
    """A JSON object that keeps the pairs it was read from if keys are repeated."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs if len(pairs) > len(self) else None

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """Every key and value in the order of the text, repeated keys included."""
        return self._pairs or list(self.items())


# Damaged files


def _from_json(tables: Any, state: FileState) -> Contents:
    """Return the contents of a file whose JSON could be parsed.

    A table `records` of another shape, such as an array, is converted, and the state is then `DAMAGED`.

    Args:
        tables: The parsed JSON.
        state: The state to give it if it has the tables of a library.
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
    """Return the contents of a file without a valid table `meta`; it is foreign if it has no record of a known kind."""
    rows = (_rows(tables.get(RECORDS)) or _stray_rows(tables)) if isinstance(tables, dict) else []
    if not any(identity(record) for _key, record in rows):
        return Contents(FileState.FOREIGN, 0, {})
    return Contents(FileState.DAMAGED, 0, new_tables() | {RECORDS: numbered(rows)})


def _rows(records: Any) -> list[tuple[str, Any]]:
    """Return the keys and records in an object or an array; in an array the keys are empty."""
    if isinstance(records, dict):
        return list(records.items())
    return [("", record) for record in records] if isinstance(records, list) else []


def _stray_rows(tables: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the records of known kinds in all tables, as where the name of the table `records` is damaged."""
    rows = (row for table in tables.values() for row in _rows(table))
    return [row for row in rows if identity(row[1])]


def _read_damaged(content: bytes) -> Contents:
    """Return the contents of a file that is not valid JSON."""
    if render(new_tables()).startswith(content):  # the write of an empty library was interrupted
        return Contents(FileState.DAMAGED, VERSION, new_tables())
    text = content.decode("utf-8", "replace")
    # A complete object with bytes after it, as an interrupted write leaves.
    with suppress(ValueError, RecursionError):
        found = _from_json(json.JSONDecoder().raw_decode(text)[0], FileState.DAMAGED)
        if found.state is not FileState.FOREIGN:
            return found
    return _read_lines(text)


def _read_lines(text: str) -> Contents:
    """Return the contents of a damaged file, read line by line; without any known record or format it is foreign."""
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
    """Yield the record at the start of a line, and those of known kinds after it, as where a line feed is missing."""
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
