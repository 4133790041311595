"""Repair of single records: those with a failed checksum, unreadable ones, and missing articles.

Their originals come from the undo history or a backup, where they have them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from pactreader.storage.recovery.backups import ReadableBackup
from pactreader.storage.recovery.history_replay import replayed_annotations, with_replayed_annotations
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import Identity, identity
from pactreader.storage.schema.records import ANNOTATION, ARTICLE, is_readable
from pactreader.storage.schema.revisions import (
    OTHERS,
    REV,
    Record,
    checksums_match,
    has_revision_id,
    past_of,
    revised,
    revisions_of,
    with_past,
)
from pactreader.storage.sync.merge import merged


class RepairedRecords(NamedTuple):
    """The records of a library after a repair."""

    records: dict[str, Any]
    restored: int
    """The number of records restored from the undo history or a backup."""
    accepted: int
    """The number of records with a failed checksum and no original, which got a new checksum."""


class _Outcome(Enum):
    """The outcome of the repair of one record."""

    SOUND = "sound"
    RESTORED = "restored"
    ACCEPTED = "accepted"


def repair_records(records: Mapping[str, Any], backups: Iterable[ReadableBackup]) -> RepairedRecords:
    """Return repaired records by key.

    A record with a failed checksum becomes a conflict with its original, if that is found:
    `{"note": "Who desides?", "rev": 1}`, and `{"note": "Who decides?", "rev": 1}` in a backup → an annotation with both
    notes. Without an original it gets a new checksum: `{"note": "Who desides?", "rev": 2, "past": [1]}`.

    Args:
        records: The records of the file by key.
        backups: The backups, the newest first. They are read only if the undo history does not have a record.
    """
    originals = _Originals(records, backups)
    outcomes: Counter[_Outcome] = Counter()
    repaired: dict[str, Any] = {}
    for key, record in records.items():
        repaired[key], outcome = _repaired(record, originals)
        outcomes[outcome] += 1
    repaired = with_replayed_annotations(repaired)
    lost = [record for found in _lost_articles(repaired) if (record := originals.in_backups(found))]
    repaired.update(zip(free_keys(repaired), lost, strict=False))
    return RepairedRecords(repaired, outcomes[_Outcome.RESTORED] + len(lost), outcomes[_Outcome.ACCEPTED])


class _Originals:
    """The records in the undo history and the backups, from which damaged ones are restored."""

    def __init__(self, records: Mapping[str, Any], backups: Iterable[ReadableBackup]) -> None:
        self._records = records
        self._backups = backups

    @cached_property
    def _history(self) -> dict[str, Record]:
        return replayed_annotations(self._records.values())

    @cached_property
    def _records_in_backups(self) -> list[dict[Identity, Record]]:
        return [
            {found: record for record in backup.records.values() if (found := identity(record))}
            for backup in self._backups
        ]

    def in_history(self, wanted: Identity) -> Record | None:
        """Return the record of an annotation after the last change to it; `None` if no change has it."""
        content = self._history.get(wanted[1]) if wanted[0] == ANNOTATION else None
        return revised(content) if content else None

    def in_backups(
        self, wanted: Identity, is_wanted: Callable[[Record], bool] = lambda _record: True
    ) -> Record | None:
        """Return a record from the newest backup in which it meets a condition; `None` if there is none."""
        found = (records[wanted] for records in self._records_in_backups if wanted in records)
        return next(filter(is_wanted, found), None)

    def with_revision_id(self, wanted: Identity, rev: object) -> Record | None:
        """Return a record whose first revision has an id; `None` if there is none."""
        record = self.in_history(wanted)
        if record and record[REV] == rev:
            return record
        return self.in_backups(wanted, lambda one: one.get(REV) == rev and checksums_match(one))


def _repaired(record: Any, originals: _Originals) -> tuple[Any, _Outcome]:
    """Return the repaired record and the outcome."""
    found = identity(record)
    if found is None:
        return record, _Outcome.SOUND
    if not is_readable(record):
        readable = originals.in_backups(found, is_readable) or originals.in_history(found)
        return (readable, _Outcome.RESTORED) if readable else (record, _Outcome.SOUND)
    if not has_revision_id(record):
        return revised(record), _Outcome.SOUND
    if checksums_match(record):
        return record, _Outcome.SOUND
    original = originals.with_revision_id(found, record.get(REV))
    if original is None:
        return _record_of(revised(one, one) for one in revisions_of(record)), _Outcome.ACCEPTED
    changed = _record_of(with_past(one, past_of(one)) for one in revisions_of(record))
    return merged(original, changed), _Outcome.RESTORED


def _record_of(found: Iterable[Record]) -> Record:
    """Return the record with these revisions."""
    first, *others = found
    return {**first, OTHERS: others} if others else first


def _lost_articles(records: Mapping[str, Any]) -> list[Identity]:
    """Return the identities of the articles that have annotations but no record."""
    found = {identity(record): record for record in records.values()}
    ids = dict.fromkeys(
        record["article"] for one, record in found.items() if one and isinstance(record.get("article"), str)
    )
    return [(ARTICLE, id_) for id_ in ids if (ARTICLE, id_) not in found]
