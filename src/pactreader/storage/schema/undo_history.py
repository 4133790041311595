"""The length of the undo history: how many changes are kept, and which are too old."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pactreader.core.notebooks.changes import Change
from pactreader.storage.schema.document_ids import is_document_id
from pactreader.storage.schema.records import CHANGE

MAX_CHANGES: Final = 1_000
"""Changes that can be undone; older ones are left out when the file is written whole."""


def latest_changes(changes: Iterable[Change]) -> list[Change]:
    """Return the changes to a notebook that can be undone, in their order."""
    return sorted(changes, key=lambda change: change.number)[-MAX_CHANGES:]


def expired_changes(records: Mapping[str, Any]) -> list[str]:
    """Return the keys of the changes that are too old to be undone."""
    changes = [
        (record["at"], int(key), key)
        for key, record in records.items()
        if isinstance(record, dict)
        and record.get("kind") == CHANGE
        and isinstance(record.get("at"), str)
        and is_document_id(key)
    ]
    changes.sort()
    return [key for _at, _id, key in changes[:-MAX_CHANGES]]
