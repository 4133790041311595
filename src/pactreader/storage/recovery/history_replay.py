"""What the changes in a library remember of its annotations: each is written with what it did.

So an annotation whose own record is damaged is still there as it was last left.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from pactreader.storage.schema.records import ANNOTATION, CHANGE, read_annotation, renewed
from pactreader.storage.schema.revisions import Record, has_revision, revised, revision_fits, succeeding
from pactreader.storage.sync.merge import identity


def remembered(records: Iterable[Any]) -> dict[str, Record]:
    """The annotations as the last change that can be trusted left them, as contents of records, by their ids.

    Args:
        records: Those of a library. What cannot be read is passed over.
    """
    found: dict[str, Record] = {}
    for change in sorted(_changes(records), key=lambda change: change["at"]):
        for annotation_id, side in _outcome(change):
            content = {"kind": ANNOTATION, "id": annotation_id, "article": change["article"]}
            if side is None:
                before = found.get(annotation_id, {})
                times = {"created": before.get("created", ""), "modified": change["at"]}
                found[annotation_id] = {**content, "deleted": True, **times}
            else:
                found[annotation_id] = {**side, **content}
                found[annotation_id].pop("others", None)
    return found


def with_remembered(records: dict[str, Any]) -> dict[str, Any]:
    """Records with those annotations that only changes still remember: whose own record is gone, or is older."""
    known = {
        found[1]: (key, one)
        for key, one in records.items()
        if (found := identity(one)) and found[0] == ANNOTATION
    }
    free = count(max(map(int, records), default=0) + 1)
    completed = dict(records)
    for annotation_id, content in remembered(records.values()).items():
        key, record = known.get(annotation_id, ("", {}))
        if str(record.get("modified", "")) < str(content.get("modified", "")) and (
            record or not content.get("deleted")
        ):
            completed[key or str(next(free))] = _after(record, content)
    return completed


def _after(record: Record, content: Record) -> Record:
    """A version in the place of an older one, whose unknown fields it keeps."""
    if not record:
        return revised(content)
    return succeeding(record, renewed(record, content))


def _changes(records: Iterable[Any]) -> Iterator[Record]:
    for record in records:
        found = identity(record)
        if (
            found
            and found[0] == CHANGE
            and (revision_fits(record) or not has_revision(record))
            and isinstance(record.get("at"), str)
            and isinstance(record.get("article"), str)
            and isinstance(record.get("edits"), list)
        ):
            yield record


def _outcome(change: Record) -> Iterator[tuple[str, Record | None]]:
    """The annotations as a change leaves them, by their ids; `None` for one that it removes."""
    for edit in change["edits"]:
        if not isinstance(edit, dict):
            continue
        before, after = edit.get("before"), edit.get("after")
        left, other = (before, after) if change.get("undone") else (after, before)
        if annotation := read_annotation(other if left is None else left):
            yield annotation.id, left
