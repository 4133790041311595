"""Recovery: the records of a library file, with those that are missing of it.

What was once on the disk stays. A file that is damaged, or that another program rewrote without some of its records, is
completed by merging, so that of a record that is in several places the latest version counts. Opening a library and
`pactreader doctor --repair` use the same function; the latter looks at each record besides (`record_repair`), which
takes too long for every start.
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
from pactreader.storage.journal.recovered_tables import Recover, Recovered
from pactreader.storage.recovery.backups import BEFORE_REPAIR, BackupCopy, Backups
from pactreader.storage.recovery.history_replay import with_replayed_annotations
from pactreader.storage.schema.revisions import content_of, has_revision, revision_fits, versions
from pactreader.storage.schema.undo_history import expired_changes
from pactreader.storage.sync.merge import news

_REWRITTEN: Final = (
    "Another program had changed the library: what it left out is back, what it changed has both versions."
)


def recovery_from(backups: Backups) -> Recover:
    """Return the recovery of a journal with these backups. They are read only if its file is damaged."""
    return lambda content, memory: recover(content, memory, backups.copies())


def recover(content: bytes, memory: Tables, copies: Iterable[BackupCopy]) -> Recovered:
    """Return the tables of a library file with what is missing of it. Nothing is read from the disk, nor written.

    A file of another program's, of which the line of record 2 was left out, is completed from memory:
    `{"1": a}` and memory `{"1": a, "2": b}` → `{"1": a, "2": b}`. Of a file cut off behind record 1, record 2 comes
    from the newest backup that has it, or from memory; and where there is no memory, an annotation whose record is
    gone is restored from the undo history, whose changes hold annotations before and after them.

    Args:
        content: The bytes of the file.
        memory: The tables as this process knew them before; empty at first.
        copies: The backups, the newest first. They are asked for only if the file is damaged.
    """
    found, rekeyed = with_shadowed_records(read_contents(content), content)
    is_foreign = found.state is FileState.FOREIGN and not memory.get(RECORDS)
    if is_foreign or found.state is FileState.LATER:
        return Recovered(found.tables, found.state, found.version)
    tables = migrated(found.tables, found.version) if found.tables else new_tables()
    if found.state is FileState.WHOLE:
        return _with_omitted_records(found, tables, memory)
    return _with_lost_records(found, tables, memory, copies)._replace(rekeyed=rekeyed)


def best_copy(copies: Iterable[BackupCopy]) -> BackupCopy | None:
    """Return the newest backup in which every checksum fits; else the newest.

    Those that were made before a repair lack something, and come last.
    """
    with_faults = before_repair = None
    for copy in copies:
        if copy.backup.reason == BEFORE_REPAIR:
            before_repair = before_repair or copy
        elif _has_no_faults(copy):
            return copy
        else:
            with_faults = with_faults or copy
    return with_faults or before_repair


def _has_no_faults(copy: BackupCopy) -> bool:
    """Return whether every checksum in a backup fits."""
    records = [one for one in copy.records.values() if isinstance(one, dict) and has_revision(one)]
    return all(map(revision_fits, records))


def _with_omitted_records(found: Contents, tables: Tables, memory: Tables) -> Recovered:
    """Return the tables of a whole file with the records that another program left out.

    One that a backup was restored as is taken as it is.
    """
    unchanged = Recovered(tables, found.state, found.version)
    if not memory or restored_at(tables) not in {None, restored_at(memory)}:
        return unchanged
    records = tables[RECORDS]
    missing = _missing(records, memory[RECORDS])
    if not missing:
        return unchanged
    was_lost = any(not _has_versions_of(record, records.get(key)) for key, record in missing.items())
    completed = {**tables, RECORDS: {**records, **missing}}
    return unchanged._replace(tables=completed, is_changed=True, notice=_REWRITTEN if was_lost else "")


class _Source(NamedTuple):
    """Records that a damaged file is completed from."""

    records: Mapping[str, Any]
    origin: str
    """The end of the sentence that says how many came from it."""


def _with_lost_records(
    found: Contents, tables: Tables, memory: Tables, copies: Iterable[BackupCopy]
) -> Recovered:
    """Return the tables of a damaged file with the records that the newest backup, memory and history have of it."""
    records = tables[RECORDS]
    read = pluralise(len(records), "record") if records else "nothing"
    notice = f"The library was damaged: {read} of it could be read."
    sources: list[_Source] = []
    copy = best_copy(copies)
    if copy:
        at = copy.backup.at.astimezone()
        sources.append(_Source(copy.records, f"the backup of {at.day} {at:%B %Y}"))
    if memory:
        sources.append(_Source(memory[RECORDS], "what this window knew"))
    restored = 0
    for source in sources:
        missing = _missing(records, source.records)
        records = {**records, **missing}
        if missing:
            notice += f" {pluralise(len(missing), 'record')} came from {source.origin}."
        restored += len(missing)
    if not memory:
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


def _missing(records: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return what other records have that these lack, by their keys; no changes that are too old to be kept."""
    different = {key: record for key, record in others.items() if records.get(key) != record}
    found = news(records, different, history=True) if different else {}
    if found:
        expired = set(expired_changes({**records, **found}))
        found = {key: record for key, record in found.items() if key in records or key not in expired}
    return found


def _has_versions_of(record: Any, known: Any) -> bool:
    """Return whether a record has the versions of one that was known, whatever revisions they replaced."""
    if not isinstance(record, dict) or not isinstance(known, dict):
        return bool(record == known)
    return list(map(content_of, versions(record))) == list(map(content_of, versions(known)))
