"""The repair of single records: those whose checksum does not fit, that cannot be read, or that are gone.

Each is replaced from the undo history or a backup that has it as it was written, if there is one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from pactreader.storage.recovery.backups import BackupCopy
from pactreader.storage.recovery.history_replay import replayed_annotations, with_replayed_annotations
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import Identity, identity
from pactreader.storage.schema.records import ANNOTATION, ARTICLE, is_readable
from pactreader.storage.schema.revisions import (
    OTHERS,
    REVISION,
    Record,
    has_revision,
    past_of,
    revised,
    revision_fits,
    versions,
    with_past,
)
from pactreader.storage.sync.merge import merged


class RepairedRecords(NamedTuple):
    """The records of a library after a repair."""

    records: dict[str, Any]
    restored: int
    """The number of records that come from the undo history or a backup."""
    accepted: int
    """The number of records that stay as another program, or damage, left them, with a new checksum."""


class _Outcome(Enum):
    """The outcome of the repair of a record."""

    SOUND = "sound"
    RESTORED = "restored"
    ACCEPTED = "accepted"


def repair_records(records: Mapping[str, Any], copies: Iterable[BackupCopy]) -> RepairedRecords:
    """Return records by their keys, each as well as the file, the undo history and the backups have it.

    A record whose checksum does not fit stays beside the one that was written, for the user to choose:
    `{"note": "Who desides?", "rev": 1}` and `{"note": "Who decides?", "rev": 1}` in a backup → an annotation with both
    notes. Where nothing has the latter, the former is accepted: `{"note": "Who desides?", "rev": 2, "past": [1]}`.

    Args:
        records: The records of the file.
        copies: The backups, the newest first. They are asked for only if the undo history does not have a record.
    """
    originals = _Originals(records, copies)
    outcomes: Counter[_Outcome] = Counter()
    repaired: dict[str, Any] = {}
    for key, record in records.items():
        repaired[key], outcome = _repaired(record, originals)
        outcomes[outcome] += 1
    repaired = with_replayed_annotations(repaired)
    lost = [record for found in _lost_articles(repaired) if (record := originals.in_backups(found, _any))]
    repaired.update(zip(free_keys(repaired), lost, strict=False))
    return RepairedRecords(repaired, outcomes[_Outcome.RESTORED] + len(lost), outcomes[_Outcome.ACCEPTED])


class _Originals:
    """The records as they were written, in the undo history and the backups."""

    def __init__(self, records: Mapping[str, Any], copies: Iterable[BackupCopy]) -> None:
        self._records = records
        self._copies = copies

    @cached_property
    def _history(self) -> dict[str, Record]:
        return replayed_annotations(self._records.values())

    @cached_property
    def _backups(self) -> list[dict[Identity, Record]]:
        return [
            {found: record for record in copy.records.values() if (found := identity(record))}
            for copy in self._copies
        ]

    def in_history(self, wanted: Identity) -> Record | None:
        """Return an annotation as the last change to it left it; `None` if no change holds it."""
        content = self._history.get(wanted[1]) if wanted[0] == ANNOTATION else None
        return revised(content) if content else None

    def in_backups(self, wanted: Identity, is_wanted: Callable[[Record], bool]) -> Record | None:
        """Return a record from the newest backup in which it meets a condition; `None` if it is in none."""
        found = (copy[wanted] for copy in self._backups if wanted in copy)
        return next(filter(is_wanted, found), None)

    def of_revision(self, wanted: Identity, rev: object) -> Record | None:
        """Return a record as it was written with a revision; `None` if it is nowhere so."""
        record = self.in_history(wanted)
        if record and record[REVISION] == rev:
            return record
        return self.in_backups(wanted, lambda one: one.get(REVISION) == rev and revision_fits(one))


def _any(_record: Record) -> bool:
    return True


def _repaired(record: Any, originals: _Originals) -> tuple[Any, _Outcome]:
    """Return a record after its repair, and the outcome."""
    found = identity(record)
    if found is None:
        return record, _Outcome.SOUND
    if not is_readable(record):
        readable = originals.in_backups(found, is_readable) or originals.in_history(found)
        return (readable, _Outcome.RESTORED) if readable else (record, _Outcome.SOUND)
    if not has_revision(record):
        return revised(record), _Outcome.SOUND
    if revision_fits(record):
        return record, _Outcome.SOUND
    original = originals.of_revision(found, record.get(REVISION))
    if original is None:
        return _joined(revised(one, one) for one in versions(record)), _Outcome.ACCEPTED
    changed = _joined(with_past(one, past_of(one)) for one in versions(record))
    return merged(original, changed), _Outcome.RESTORED


def _joined(found: Iterable[Record]) -> Record:
    """Return the record with these versions, the first one shown."""
    first, *others = found
    return {**first, OTHERS: others} if others else first


def _lost_articles(records: Mapping[str, Any]) -> list[Identity]:
    """Return the articles that annotations belong to and that have no record."""
    found = {identity(record): record for record in records.values()}
    ids = dict.fromkeys(
        record["article"] for one, record in found.items() if one and isinstance(record.get("article"), str)
    )
    return [(ARTICLE, id_) for id_ in ids if (ARTICLE, id_) not in found]
