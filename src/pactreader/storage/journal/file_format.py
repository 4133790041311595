"""The format of a library file: a JSON object of tables, of which `records` is the last, with one record on each line.

{"meta":{"1":{"format":"pactreader-library","version":2}},"records":{
"1":{…},
"2":{…}
}}
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from pactreader.storage.journal.json_lines import encode
from pactreader.storage.journal.packed_records import PackedRecords
from pactreader.storage.schema.document_ids import free_keys, is_document_id

FORMAT: Final = "pactreader-library"
VERSION: Final = 2
"""The version of the format that is written. Files of earlier versions are migrated, those of later ones read-only."""
RECORDS: Final = "records"
"""The name of the last table in the file, to which records are appended."""
META: Final = "meta"
"""The name of the table with the format and version of the file."""
CLOSE: Final = b"\n}}"
"""The bytes after the last record."""

_FRAMES_LEFT: Final = 100
"""The number of stack frames that must be free when JSON is parsed, so that later recursions into it have room."""

Records = dict[str, Any] | PackedRecords
"""The documents of a table by key."""
Tables = dict[str, Records]
"""The tables of a file by name."""


def new_tables() -> Tables:
    """Return the tables of an empty library."""
    return {META: {"1": {"format": FORMAT, "version": VERSION}}, RECORDS: {}}


def render(tables: Tables) -> bytes:
    """Return the bytes of a file with these tables: the records last, one on each line."""
    head = ",".join(f"{encode(name)}:{encode(table)}" for name, table in tables.items() if name != RECORDS)
    records = tables[RECORDS]
    if isinstance(records, PackedRecords):
        rows: Iterable[tuple[str, str]] = ((key, line.decode("ascii")) for key, line in records.lines())
    else:
        rows = ((key, encode(record)) for key, record in records.items())
    lines = ",\n".join(f"{encode(key)}:{line}" for key, line in rows)
    return f'{{{head},"{RECORDS}":{{\n{lines}'.rstrip("\n").encode("ascii") + CLOSE


def parse_json(text: str | bytes) -> Any:
    """Return the value in a JSON text.

    Raises:
        ValueError: It is invalid JSON, or nested too deep.
    """
    try:
        return _parse_below(text, _FRAMES_LEFT)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _parse_below(text: str | bytes, frames: int) -> Any:
    """Return the value in a JSON text, parsed with a number of extra frames on the stack."""
    return _parse_below(text, frames - 1) if frames else json.loads(text)


def file_version(tables: Any) -> int:
    """Return the version of a library's format.

    Raises:
        ValueError: These are not the tables of a library.
    """
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ValueError("no tables")
    for document in tables.get(META, {}).values():
        if is_head(document):
            version = document.get("version")
            if type(version) is int and version > 0:
                return version
    raise ValueError("no version")


def restored_at(tables: Tables) -> str | None:
    """Return the time when the file was restored from a backup, UTC, ISO 8601; `None` if it was not."""
    restored = next((head.get("restored") for head in tables.get(META, {}).values() if is_head(head)), None)
    return restored if isinstance(restored, str) else None


def is_head(document: Any) -> bool:
    """Return whether a document of the table `meta` names the format and version of the file."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def highest_id(records: Any) -> int:
    """Return the highest document id of a table, 0 if it is empty.

    Raises:
        ValueError: It is not a table, or one of its keys is not a document id.
    """
    if isinstance(records, PackedRecords):
        return records.highest_key
    if not isinstance(records, dict) or not all(map(is_document_id, records)):
        raise ValueError("no table of documents")
    return max(map(int, records), default=0)


def numbered(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return records by document ids; a key that is not a document id is replaced by a new one.

    An edit repeats its key, so the last record with a key counts: `[("1", a), ("x", b), ("1", c)]` →
    `{"1": c, "2": b}`.
    """
    rows = list(rows)
    free = free_keys(key for key, _record in rows)
    return {key if is_document_id(key) else next(free): record for key, record in rows}
