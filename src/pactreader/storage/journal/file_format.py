"""The format of a library file: a JSON object of tables whose records stand one a line in its last table.

{"meta":{"1":{"format":"pactreader-library","version":2}},"records":{
"1":{…},
"2":{…}
}}
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from pactreader.storage.schema.document_ids import free_keys, is_document_id

FORMAT: Final = "pactreader-library"
VERSION: Final = 2
"""The version of the format that this program writes. Earlier ones are migrated, later ones are read and not written."""
RECORDS: Final = "records"
"""The table that grows; it stands last in the file."""
META: Final = "meta"
CLOSE: Final = b"\n}}"
"""The bytes behind the last record."""

encode: Final = json.JSONEncoder(separators=(",", ":")).encode
"""The encoder of the file: ASCII, as TinyDB reads with the encoding of the locale."""

_FRAMES_LEFT: Final = 100
"""Calls that JSON must leave room for on the stack when it is parsed, so that whatever handles it later has it too."""

Tables = dict[str, dict[str, Any]]
"""The tables of a file by their names, each with its documents by their keys."""


def new_tables() -> Tables:
    """Return the tables of an empty library."""
    return {META: {"1": {"format": FORMAT, "version": VERSION}}, RECORDS: {}}


def render(tables: Tables) -> bytes:
    """Return the bytes of a file with these tables: the records last, one a line."""
    head = ",".join(f"{encode(name)}:{encode(table)}" for name, table in tables.items() if name != RECORDS)
    lines = ",\n".join(f"{encode(key)}:{encode(record)}" for key, record in tables[RECORDS].items())
    return f'{{{head},"{RECORDS}":{{\n{lines}'.rstrip("\n").encode("ascii") + CLOSE


def parse_json(text: str | bytes) -> Any:
    """Return the value in a JSON text.

    Raises:
        ValueError: It is no valid JSON, or nested too deep to be handled.
    """
    try:
        return _parse_below(text, _FRAMES_LEFT)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _parse_below(text: str | bytes, frames: int) -> Any:
    """Return the value in a JSON text, parsed so many calls further down the stack."""
    return _parse_below(text, frames - 1) if frames else json.loads(text)


def file_version(tables: Any) -> int:
    """Return the version of a library's format.

    Raises:
        ValueError: The tables are none of a library.
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
    """Return when a backup was restored as this file, UTC, ISO 8601; `None` if none was."""
    restored = next((head.get("restored") for head in tables.get(META, {}).values() if is_head(head)), None)
    return restored if isinstance(restored, str) else None


def is_head(document: Any) -> bool:
    """Return whether a document of the table `meta` names the format and version of the file."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def highest_id(records: Any) -> int:
    """Return the highest document id of a table, 0 if it is empty.

    Raises:
        ValueError: It is no table, or a key of it is no document id.
    """
    if not isinstance(records, dict) or not all(map(is_document_id, records)):
        raise ValueError("no table of documents")
    return max(map(int, records), default=0)


def numbered(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return records by document ids: by their own keys if these are some, else by new ones.

    Of two records with one key, the later one counts, as an edit repeats its key: `[("1", a), ("x", b), ("1", c)]` →
    `{"1": c, "2": b}`.
    """
    rows = list(rows)
    free = free_keys(key for key, _record in rows)
    return {key if is_document_id(key) else next(free): record for key, record in rows}
