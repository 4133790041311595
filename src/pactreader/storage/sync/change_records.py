"""The records to write for a change to a notebook: its annotations after the change, and the change itself for undo."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pactreader.core.notebooks.changes import Change, Edit
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, CHANGE, change_record, updated
from pactreader.storage.schema.revisions import Record
from pactreader.storage.sync.conflicts import edited


class IdTakenError(Exception):
    """The error for a new id of a change that a record of another process has meanwhile."""


def change_rows(records: RecordIndex, article_id: str, change: Change) -> Iterator[tuple[str, Record]]:
    """Yield the keys and records to write for a change; the key of a new record is empty.

    Args:
        records: The records in the file.
        article_id: The id of the notebook's article.
        change: The change.

    Raises:
        IdTakenError: Another record has the id of the change, or of an annotation that it creates.
    """
    for edit in change.edits:
        key, known = records.find(ANNOTATION, edit.id)
        is_new = edit.before is None and not change.undone
        if known and is_new and edit.after and known.get("created") != edit.after.created:
            raise IdTakenError
        yield key, edited(known, article_id, edit, undone=change.undone, at=change.at)
    key, known = records.find(CHANGE, change.id)
    if known and known.get("number") != change.number:
        raise IdTakenError
    yield key, updated(known, change_record(article_id, change))


def with_new_ids(change: Change, new_id: Callable[[], str]) -> Change:
    """Return a change with new ids for itself and for the annotations that it creates."""
    edits = tuple(
        Edit(None, replace(edit.after, id=new_id())) if edit.after and not edit.before else edit
        for edit in change.edits
    )
    return replace(change, id=new_id(), edits=edits)
