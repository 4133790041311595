"""Migrations of tables of earlier format versions to the present one.

Each step is a pure function from the tables of one version to those of the next. Unknown fields and tables are kept.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pactreader.storage.journal.file_format import FORMAT, META, RECORDS, VERSION, Tables, is_head
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.revisions import has_revision_id, revised


def migrated(tables: Tables, version: int) -> Tables:
    """Return tables migrated to the present format version; the given tables are not modified.

    Args:
        tables: The tables of the file.
        version: The format version of the file, at most `VERSION`; 0, for a file without a version, counts as 1.
    """
    for step in _STEPS[max(version, 1) - 1 :]:
        tables = step(tables)
    return {**tables, META: _with_version(tables.get(META, {}))} if version < VERSION else tables


def _checksums(tables: Tables) -> Tables:
    """Migrate tables from version 1 to 2: add a checksum, which is its revision id, to each record."""
    records = {
        key: revised(record) if identity(record) and not has_revision_id(record) else record
        for key, record in tables.get(RECORDS, {}).items()
    }
    return {**tables, RECORDS: records}


def _with_version(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table `meta` with the present format version."""
    heads = {key: {**document, "version": VERSION} for key, document in meta.items() if is_head(document)}
    if not heads:
        heads = {next(free_keys(meta)): {"format": FORMAT, "version": VERSION}}
    return {**meta, **heads}


_STEPS: Final[tuple[Callable[[Tables], Tables], ...]] = (_checksums,)
"""The migration from version 1, from version 2, and so on."""
