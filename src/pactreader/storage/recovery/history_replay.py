"""Replay of the undo history: the last state of each annotation, from the records of changes.

A change holds its annotations before and after it, so an annotation can be restored if its own record is damaged.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ANNOTATION, CHANGE, ORIGIN, read_annotation
from pactreader.storage.schema.revisions import Record, content_of, has_failed_checksum, revised, revisions_of
from pactreader.storage.sync.merge import merged


def replayed_annotations(records: Iterable[Any]) -> dict[str, Record]:
    """Return the contents of annotations' records after the last undamaged change to each, by the annotations' ids.

    The changes "note of a: x → y" and "remove b" → `{"a": {"note": "y", …}, "b": {"deleted": True, …}}`.

    Args:
        records: The records of a library. Those that cannot be read are ignored.
    """
    return {id_: content_of(revision) for id_, revision in _replayed_revisions(records).items()}


def _replayed_revisions(records: Iterable[Any]) -> dict[str, Record]:
    """Return these annotations as revisions, whose past is what the changes replaced."""
    found: dict[str, Record] = {}
    for change in sorted(_changes(records), key=lambda change: change["at"]):
        for annotation_id, result, replaced in _results(change):
            identifying = {"kind": ANNOTATION, "id": annotation_id, "article": change["article"]}
            before = found.get(annotation_id)
            if result is None:
                created = before.get("created", "") if before else ""
                origin = {ORIGIN: replaced[ORIGIN]} if replaced and ORIGIN in replaced else {}
                content = {
                    **identifying,
                    "deleted": True,
                    "created": created,
                    "modified": change["at"],
                    **origin,
                }
            else:
                content = content_of({**result, **identifying})
            past = [{**content_of(replaced), **identifying}] if replaced else []
            found[annotation_id] = revised(content, *past, *([before] if before else []))
    return found


def with_replayed_annotations(records: Mapping[str, Any]) -> dict[str, Any]:
    """Return records by key, with the annotations from the undo history whose own record is missing or older.

    An older record is merged with the annotation from the history: what that has not replaced stays as a conflict.
    """
    known = {
        found[1]: (key, one)
        for key, one in records.items()
        if (found := identity(one)) and found[0] == ANNOTATION
    }
    free = free_keys(records)
    completed = dict(records)
    for annotation_id, replayed in _replayed_revisions(records.values()).items():
        key, record = known.get(annotation_id, ("", {}))
        newest = max((str(one.get("modified", "")) for one in revisions_of(record)), default="")
        if newest < str(replayed.get("modified", "")) and (record or not replayed.get("deleted")):
            completed[key or next(free)] = merged(record, replayed) if record else replayed
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


def _results(change: Record) -> Iterator[tuple[str, Record | None, Record | None]]:
    """Yield the ids of the annotations of a change, with the annotations after and before it.

    `None` stands for an annotation that was removed, or not made yet.
    """
    for edit in change["edits"]:
        if not isinstance(edit, dict):
            continue
        before, after = edit.get("before"), edit.get("after")
        result, other = (before, after) if change.get("undone") else (after, before)
        if annotation := read_annotation(other if result is None else result):
            yield annotation.id, result, other if isinstance(other, dict) else None
