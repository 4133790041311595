"""Recovery of a library file: adding the records that it lacks, from backups, from memory and from the undo history.

A file lacks records if it is damaged, or if another program rewrote it without them. They are added by merging, so that
the latest revision of each counts. Opening a library and `pactreader doctor --repair` use the same function; the latter
also repairs each record (`record_repair`), which takes too long on every start.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pactreader.core.wording import pluralise
from pactreader.storage.journal.file_contents import (
    Contents,
    FileState,
    read_contents,
    with_shadowed_records,
)
from pactreader.storage.journal.file_format import RECORDS, Tables, new_tables, restored_at
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.journal.packed_records import missing_records
from pactreader.storage.journal.recovered_tables import Recover, Recovered
from pactreader.storage.recovery.backups import BEFORE_REPAIR, Backups, ReadableBackup
from pactreader.storage.schema.revisions import content_of, has_failed_checksum, revisions_of
from pactreader.storage.schema.undo_history import expired_changes

_REWRITTEN: Final = (
    "Another program had changed the library: what it left out is back, what it changed has both versions."
)


def recovery_from(backups: Backups) -> Recover:
    """Return a recovery that uses these backups, and reads them only if the file is damaged."""
    return lambda content, memory: recover(content, memory, backups.readable())


def recover(content: bytes, memory: Tables, backups: Iterable[ReadableBackup]) -> Recovered:
    """Return the tables of a library file with the records that it lacks. The file is not written.

    - A whole file that another program rewrote: `{"1": a}` and memory `{"1": a, "2": b}` → `{"1": a, "2": b}`.
    - A damaged file: missing records come from a backup and from memory. When the file is opened and memory is empty,
      annotations are restored from the undo history too.

    Args:
        content: The bytes of the file.
        memory: The tables as they were last in memory; empty when the file is read for the first time.
        backups: The backups, the newest first. They are read only if the file is damaged.
    """
    found, rekeyed = with_shadowed_records(read_contents(content), content)
    is_foreign = found.state is FileState.FOREIGN and not memory.get(RECORDS)
    if is_foreign or found.state is FileState.LATER:
        return Recovered(found.tables, found.state, found.version)
    tables = migrated(found.tables, found.version) if found.tables else new_tables()
    if found.state is FileState.WHOLE:
        return _with_omitted_records(found, tables, memory)
    return _with_lost_records(found, tables, memory, backups)._replace(rekeyed=rekeyed)


def best_backup(backups: Iterable[ReadableBackup]) -> ReadableBackup | None:
    """Return the newest backup in which no checksum fails; if there is none, the newest.

    One that was made before a repair is returned only if there is no other, as it may lack records.
    """
    with_faults = before_repair = None
    for candidate in backups:
        if candidate.backup.reason == BEFORE_REPAIR:
            before_repair = before_repair or candidate
        elif not _has_faults(candidate):
            return candidate
        else:
            with_faults = with_faults or candidate
    return with_faults or before_repair


def _has_faults(backup: ReadableBackup) -> bool:
    """Return whether a checksum in a backup fails."""
    return any(isinstance(one, dict) and has_failed_checksum(one) for one in backup.records.values())


def _with_omitted_records(found: Contents, tables: Tables, memory: Tables) -> Recovered:
    """Return the tables of a whole file with the records that another program left out.

    If the file has been restored from a backup since, nothing is added.
    """
    unchanged = Recovered(tables, found.state, found.version)
    if not memory or restored_at(tables) not in {None, restored_at(memory)}:
        return unchanged
    records = tables[RECORDS]
    missing = _missing_records(records, memory[RECORDS])
    if not missing:
        return unchanged
    was_lost = any(not _has_same_contents(record, records.get(key)) for key, record in missing.items())
    completed = {**tables, RECORDS: {**records, **missing}}
    return unchanged._replace(tables=completed, is_changed=True, notice=_REWRITTEN if was_lost else "")


class _Source(NamedTuple):
    """A source of records that a damaged file lacks."""

    records: Mapping[str, Any]
    origin: str
    """The end of the sentence for the user with the number of records from this source."""


def _with_lost_records(
    found: Contents, tables: Tables, memory: Tables, backups: Iterable[ReadableBackup]
) -> Recovered:
    """Return the tables of a damaged file with the records it lacks, from a backup, memory and the undo history."""
    records = tables[RECORDS]
    read = pluralise(len(records), "record") if records else "nothing"
    notice = f"The library was damaged: {read} of it could be read."
    sources: list[_Source] = []
    best = best_backup(backups)
    if best:
        at = best.backup.at.astimezone()
        sources.append(_Source(best.records, f"the backup of {at.day} {at:%B %Y}"))
    if memory:
        sources.append(_Source(memory[RECORDS], "what this window knew"))
    restored = 0
    for source in sources:
        missing = _missing_records(records, source.records)
        records = {**records, **missing}
        if missing:
            notice += f" {pluralise(len(missing), 'record')} came from {source.origin}."
        restored += len(missing)
    if not memory:
        from pactreader.storage.recovery.history_replay import with_replayed_annotations  # for damage alone

        records = with_replayed_annotations(records)
    is_new_library = found.state is FileState.EMPTY and not records
    return Recovered(
        {**memory, **tables, RECORDS: records},
        found.state,
        found.version,
        is_changed=not is_new_library,
        notice=notice,
        restored=restored,
    )


def _missing_records(records: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return the updates to records from another state of the file, by key, without expired changes."""
    different = missing_records(records, others)
    if not different:
        return {}
    from pactreader.storage.sync.merge import updates_from_same_file  # a whole file lacks none

    found = updates_from_same_file(records, different)
    if found:
        expired = set(expired_changes({**records, **found}))
        found = {key: record for key, record in found.items() if key in records or key not in expired}
    return found


def _has_same_contents(record: Any, known: Any) -> bool:
    """Return whether the revisions of two records have the same contents, whatever their pasts."""
    if not isinstance(record, dict) or not isinstance(known, dict):
        return bool(record == known)
    return list(map(content_of, revisions_of(record))) == list(map(content_of, revisions_of(known)))
