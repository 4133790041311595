"""The limit of the undo history: the latest changes can be undone, older ones are dropped."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pactreader.core.notebooks.changes import Change
from pactreader.storage.schema.document_ids import is_document_id
from pactreader.storage.schema.records import CHANGE

MAX_CHANGES: Final = 1_000
"""The number of changes that are kept; older ones are dropped when the file is rewritten."""


def latest_changes(changes: Iterable[Change]) -> list[Change]:
    """Return the latest changes to a notebook, which can be undone, in ascending order of their numbers."""
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
