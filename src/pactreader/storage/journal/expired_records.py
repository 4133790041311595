"""The records that a rewrite of the file leaves out: changes that are too old to be undone."""

import json
from collections.abc import Mapping
from typing import Any

from pactreader.storage.journal.file_format import Records
from pactreader.storage.journal.packed_records import Difference, PackedRecords
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


def omits_only_expired(records: PackedRecords, found: Difference) -> bool:
    """Return whether records of a file omit and edit none of the earlier ones, but for expired changes.

    Args:
        records: The records of the file.
        found: Their difference from the earlier ones.
    """
    if found.edited or not found.gone:
        return not found.edited
    gone = {key: json.loads(line) for key, line in found.gone.items()}
    return gone.keys() <= set(expired_changes({**_changes(records), **gone}))


def _changes(records: Records) -> Mapping[str, Any]:
    """Return the records that may be changes: all, or of packed ones those that name that kind."""
    return dict(records.rows_with(CHANGE)) if isinstance(records, PackedRecords) else records
