"""Migrations: a library of an earlier version as one of this version.

Each is a pure function over the whole file, from one version to the next; what it does not know, it carries along.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pactreader.storage.journal.file_format import FORMAT, META, RECORDS, VERSION, Tables
from pactreader.storage.schema.revisions import has_revision, revised
from pactreader.storage.sync.merge import identity


def migrated(tables: Tables, version: int) -> Tables:
    """The tables of a library as this version has them.

    Args:
        tables: Those of the file, which stay as they are.
        version: Of the file, not a later one than this; 0 if it says none, as the oldest did not differ in this.
    """
    for step in _STEPS[max(version, 1) - 1 :]:
        tables = step(tables)
    return {**tables, META: dict(_with_version(tables.get(META, {})))} if version < VERSION else tables


def _checksums(tables: Tables) -> Tables:
    """From 1 to 2: every record of ours carries the checksum of its content, which is its revision."""
    records = {
        key: revised(record) if identity(record) and not has_revision(record) else record
        for key, record in tables.get(RECORDS, {}).items()
    }
    return {**tables, RECORDS: records}


def _with_version(meta: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The table `meta` with this version in it."""
    said = [
        (key, {**document, "version": VERSION}) if _is_ours(document) else (key, document)
        for key, document in meta.items()
    ]
    return said if any(_is_ours(document) for _key, document in said) else [*said, _new_row(meta)]


def _new_row(meta: Mapping[str, Any]) -> tuple[str, Any]:
    free = max((int(key) for key in meta if key.isdecimal()), default=0) + 1
    return str(free), {"format": FORMAT, "version": VERSION}


def _is_ours(document: Any) -> bool:
    return isinstance(document, dict) and document.get("format") == FORMAT


_STEPS: Final[tuple[Callable[[Tables], Tables], ...]] = (_checksums,)
"""The step from version 1, from version 2, and so on."""
