"""The records to write for a change to a notebook: its annotations after the change, and the change itself for undo."""

from collections.abc import Callable, Iterator

from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.notebooks.redescription import Redescription
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import (
    ANNOTATION,
    CHANGE,
    annotation_record,
    change_record,
    read_annotation,
    updated,
)
from pactreader.storage.schema.revisions import OTHERS, Record
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


def redescription_rows(records: RecordIndex, redescription: Redescription) -> Iterator[tuple[str, Record]]:
    """Yield the keys and records to write for anchors that are described anew.

    Nothing but the anchors changes, whatever another process has written into the records meanwhile; those that it has
    removed or moved to another passage stay as they are.
    """
    for annotation in redescription.annotations:
        key, known = records.find(ANNOTATION, annotation.id)
        present = None if OTHERS in known else read_annotation(known)
        if (
            present
            and present.anchor
            and annotation.anchor
            and (present.anchor.exact, present.anchor.text_hash) == (annotation.anchor.exact, "")
        ):
            described = present._replace(anchor=annotation.anchor)
            yield key, updated(known, annotation_record(known["article"], described))
    for change in redescription.changes:
        key, known = records.find(CHANGE, change.id)
        if known.get("undone") is change.undone:
            yield key, updated(known, change_record(known["article"], change))


def with_new_ids(change: Change, new_id: Callable[[], str]) -> Change:
    """Return a change with new ids for itself and for the annotations that it creates."""
    edits = tuple(
        Edit(None, edit.after._replace(id=new_id())) if edit.after and not edit.before else edit
        for edit in change.edits
    )
    return change._replace(id=new_id(), edits=edits)
