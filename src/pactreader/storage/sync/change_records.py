"""The records of a change to a notebook: its annotations after it, and the change itself, which undoes it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pactreader.core.notebooks.changes import Change, Edit
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, CHANGE, change_record, updated
from pactreader.storage.schema.revisions import Record
from pactreader.storage.sync.conflicts import edited


class IdTakenError(Exception):
    """An id that was free when a change was made belongs to a record of another window now."""


def change_rows(records: RecordIndex, article_id: str, change: Change) -> Iterator[tuple[str, Record]]:
    """Yield the keys and the records to write for a change; the key of a new record is empty.

    Args:
        records: The records in the file.
        article_id: The id of the notebook's article.
        change: The change.

    Raises:
        IdTakenError: What is new in the change has an id that another record has.
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
    """Return a change with other ids for itself and for the annotations that it creates."""
    edits = tuple(
        Edit(None, replace(edit.after, id=new_id())) if edit.after and not edit.before else edit
        for edit in change.edits
    )
    return replace(change, id=new_id(), edits=edits)
