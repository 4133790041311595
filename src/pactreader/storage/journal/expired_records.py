"""The records that a rewrite of the file leaves out: changes that are too old to be undone."""

from collections.abc import Mapping
from typing import Any

from pactreader.storage.journal.file_format import Records
from pactreader.storage.journal.packed_records import PackedRecords, missing_records
from pactreader.storage.schema.records import CHANGE
from pactreader.storage.schema.undo_history import expired_changes


def without_expired(records: Records) -> Records:
    """Return records without expired changes; those in `records` stay."""
    expired = set(expired_changes(_changes(records)))
    if not isinstance(records, PackedRecords):
        return {key: record for key, record in records.items() if key not in expired}
    kept = records.copy()
    kept.remove(expired)
    kept.fold()
    return kept


def has_all(records: Records, known: Records) -> bool:
    """Return whether all known records are among those of a file as they are, but for expired changes."""
    missing = missing_records(records, known)
    if not missing:
        return True
    if any(key in records for key in missing):
        return False
    return missing.keys() <= set(expired_changes({**_changes(records), **missing}))


def _changes(records: Records) -> Mapping[str, Any]:
    """Return the records that may be changes: all, or of packed ones those that name that kind."""
    return dict(records.rows_with(CHANGE)) if isinstance(records, PackedRecords) else records
