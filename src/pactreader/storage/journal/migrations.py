"""Migrations: the tables of a library of an earlier version, brought to this version.

Each is a pure function over the whole file, from one version to the next, and carries along what it does not know.
"""

from collections.abc import Callable
from typing import Any, Final

from pactreader.storage.journal.file_format import FORMAT, META, RECORDS, VERSION, Tables, is_head
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.revisions import has_revision, revised


def migrated(tables: Tables, version: int) -> Tables:
    """Return the tables of a library as this version has them; the ones given stay as they are.

    Args:
        tables: The tables of the file.
        version: Its version, not a later one than this; 0, if the file names none, counts as 1.
    """
    for step in _STEPS[max(version, 1) - 1 :]:
        tables = step(tables)
    return {**tables, META: _with_version(tables.get(META, {}))} if version < VERSION else tables


def _checksums(tables: Tables) -> Tables:
    """Bring tables from version 1 to 2: a record gets the checksum of its content, which is its revision."""
    records = {
        key: revised(record) if identity(record) and not has_revision(record) else record
        for key, record in tables.get(RECORDS, {}).items()
    }
    return {**tables, RECORDS: records}


def _with_version(meta: dict[str, Any]) -> dict[str, Any]:
    """Return the table `meta` with the version that this program writes."""
    heads = {key: {**document, "version": VERSION} for key, document in meta.items() if is_head(document)}
    if not heads:
        heads = {next(free_keys(meta)): {"format": FORMAT, "version": VERSION}}
    return {**meta, **heads}


_STEPS: Final[tuple[Callable[[Tables], Tables], ...]] = (_checksums,)
"""The step from version 1, from version 2, and so on."""
