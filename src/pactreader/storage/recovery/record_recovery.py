"""What a library file holds, with what is missing of it: what a window knows, and what the newest backup has.

A file that another program rewrote without some of it, or that is damaged, is completed by merging. So what was once
on the disk stays, and of what is there the later version.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple

from pactreader.core.wording import pluralise
from pactreader.storage.journal.file_format import (
    RECORDS,
    Contents,
    FileState,
    Tables,
    new_tables,
    restored_at,
)
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.history_replay import with_remembered
from pactreader.storage.schema.revisions import content_of, versions
from pactreader.storage.sync.merge import news

Spare = Callable[[Mapping[str, Any]], Collection[str]]
"""Which records need not be kept, by their keys."""


_REWRITTEN: Final = (
    "Another program had changed the library: what it left out is back, what it changed has both versions."
)


class Recovered(NamedTuple):
    """What a file holds, with what was missing of it."""

    tables: Tables
    is_new: bool
    """Whether that is another content than the file's, so that it has to be written."""
    notice: str = ""
    """What the reader is to be told."""


def completed(found: Contents, known: Tables, backups: Backups, spare: Spare) -> Recovered:
    """What a file of ours holds, with what was missing of it.

    Args:
        found: What could be read of it. What is none of ours is in the place of what is known.
        known: What was in it when it was looked at before; empty if it was not.
        backups: Asked only if it is damaged.
        spare: What was tidied up is not missing.
    """
    if found.state is FileState.LATER:
        return Recovered(found.tables, is_new=False)
    tables = migrated(found.tables, found.version) if found.tables else new_tables()
    if found.state is FileState.WHOLE:
        return _with_what_was_left_out(tables, known, spare)
    return _mended(found.state, tables, known, backups, spare)


def _with_what_was_left_out(tables: Tables, known: Tables, spare: Spare) -> Recovered:
    """What a whole file holds. One that a backup was put in the place of is taken as it is."""
    if not known or restored_at(tables) not in {None, restored_at(known)}:
        return Recovered(tables, is_new=False)
    records = tables[RECORDS]
    missing = _missing_of(records, known[RECORDS], spare)
    was_lost = any(not _is_there(record, records.get(key)) for key, record in missing.items())
    notice = _REWRITTEN if was_lost else ""
    return Recovered({**tables, RECORDS: {**records, **missing}}, bool(missing), notice)


def _mended(state: FileState, tables: Tables, known: Tables, backups: Backups, spare: Spare) -> Recovered:
    """What a damaged file holds, with what the newest backup and memory have of it."""
    records = tables[RECORDS]
    read = pluralise(len(records), "record") if records else "nothing"
    notice = f"The library was damaged: {read} of it could be read."
    if best := backups.best():
        backup, copy = best
        missing = _missing_of(records, migrated(copy.tables, copy.version)[RECORDS], spare)
        records = {**records, **missing}
        if missing:
            at = backup.at.astimezone()
            notice += f" {pluralise(len(missing), 'record')} came from the backup of {at.day} {at:%B %Y}."
    if known:
        missing = _missing_of(records, known[RECORDS], spare)
        records = {**records, **missing}
        if missing:
            notice += f" {pluralise(len(missing), 'record')} came from what this window knew."
    else:
        records = with_remembered(records)
    is_new_library = state is FileState.EMPTY and not records
    return Recovered({**known, **tables, RECORDS: records}, not is_new_library, notice)


def _missing_of(records: Mapping[str, Any], others: Mapping[str, Any], spare: Spare) -> dict[str, Any]:
    """What other records have that these do not: nothing if they were merely tidied up."""
    failed_checksums = {key: record for key, record in others.items() if records.get(key) != record}
    found = news(records, failed_checksums, history=True) if failed_checksums else {}
    if found:
        old = set(spare({**records, **found}))
        found = {key: record for key, record in found.items() if key in records or key not in old}
    return found


def _is_there(record: Any, known: Any) -> bool:
    """Whether a record was there, but for what is said about its versions."""
    if not isinstance(record, dict) or not isinstance(known, dict):
        return bool(record == known)
    return list(map(content_of, versions(record))) == list(map(content_of, versions(known)))
