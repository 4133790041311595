"""Replay of the undo history: the last state of each annotation, from the records of changes.

A change holds its annotations before and after it, so an annotation can be restored if its own record is damaged.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ANNOTATION, CHANGE, read_annotation, updated
from pactreader.storage.schema.revisions import OTHERS, Record, has_failed_checksum


def replayed_annotations(records: Iterable[Any]) -> dict[str, Record]:
    """Return the contents of annotations' records after the last undamaged change to each, by the annotations' ids.

    The changes "note of a: x → y" and "remove b" → `{"a": {"note": "y", …}, "b": {"deleted": True, …}}`.

    Args:
        records: The records of a library. Those that cannot be read are ignored.
    """
    found: dict[str, Record] = {}
    for change in sorted(_changes(records), key=lambda change: change["at"]):
        for annotation_id, side in _results(change):
            content = {"kind": ANNOTATION, "id": annotation_id, "article": change["article"]}
            if side is None:
                before = found.get(annotation_id, {})
                times = {"created": before.get("created", ""), "modified": change["at"]}
                found[annotation_id] = {**content, "deleted": True, **times}
            else:
                found[annotation_id] = {**side, **content}
                found[annotation_id].pop(OTHERS, None)
    return found


def with_replayed_annotations(records: Mapping[str, Any]) -> dict[str, Any]:
    """Return records by key, with the annotations from the undo history whose own record is missing or older."""
    known = {
        found[1]: (key, one)
        for key, one in records.items()
        if (found := identity(one)) and found[0] == ANNOTATION
    }
    free = free_keys(records)
    completed = dict(records)
    for annotation_id, content in replayed_annotations(records.values()).items():
        key, record = known.get(annotation_id, ("", {}))
        is_newer = str(record.get("modified", "")) < str(content.get("modified", ""))
        if is_newer and (record or not content.get("deleted")):
            completed[key or next(free)] = updated(record, content)
    return completed


def _changes(records: Iterable[Any]) -> Iterator[Record]:
    """Yield the records of changes that no other program or damage has changed."""
    for record in records:
        found = identity(record)
        if (
            found
            and found[0] == CHANGE
            and not has_failed_checksum(record)
            and isinstance(record.get("at"), str)
            and isinstance(record.get("article"), str)
            and isinstance(record.get("edits"), list)
        ):
            yield record


def _results(change: Record) -> Iterator[tuple[str, Record | None]]:
    """Yield the ids of the annotations of a change, with the annotations after it; `None` for a removed one."""
    for edit in change["edits"]:
        if not isinstance(edit, dict):
            continue
        before, after = edit.get("before"), edit.get("after")
        result, other = (before, after) if change.get("undone") else (after, before)
        if annotation := read_annotation(other if result is None else result):
            yield annotation.id, result
