"""Editing annotations that may have conflicts: the record of an annotation after an edit, with what it replaced."""

from collections.abc import Iterator

from pactreader.core.annotation import Annotation
from pactreader.core.notebooks.changes import Edit
from pactreader.storage.schema.records import (
    annotation_record,
    is_removed,
    read_annotation,
    renewed,
    tombstone,
)
from pactreader.storage.schema.revisions import (
    OTHERS,
    Record,
    lineage,
    revised,
    revision,
    versions,
    with_past,
)
from pactreader.storage.sync.merge import merged


def edited(known: Record, article_id: str, edit: Edit, *, undone: bool, at: str) -> Record:
    """Return the record of an annotation after an edit.

    With versions written as `note·revision·[past]`, and an edit of the note "a" to "c":

    - `a·1·[]` → `c·3·[1]`: the annotation is as it was when the user edited it;
    - `b·2·[1]` → `c·3·[1]` with `b·2·[1]` in its `others`: it was changed elsewhere since, which is a conflict;
    - `a·1·[]` with `b·2·[]` in its `others`, of which the user saw and kept both → `c·3·[1]` with `b·2·[]`;
    - the same, but the user chose "c" instead of both → `c·3·[1, 2]`.

    Args:
        known: The record in the file; empty if there is none.
        article_id: The id of the annotation's article.
        edit: The annotation before and after the edit.
        undone: Whether the edit is taken back.
        at: The time of the edit, UTC, ISO 8601.
    """
    base, result = (edit.after, edit.before) if undone else (edit.before, edit.after)
    subject = edit.before or edit.after
    assert subject is not None
    record = annotation_record(article_id, result) if result else tombstone(article_id, subject, at)
    if not known:
        seen = [annotation_record(article_id, base)] if base else []
        new = revised(record, *seen)
        return _with_conflicts(new, result, replaced=new, pool=[], article_id=article_id, at=at)
    record = renewed(known, record)
    was_seen = base is not None or is_removed(known)
    if was_seen and _values(read_annotation(known)) == _values(base):
        shown, *pool = _shown_first(known)
        return _with_conflicts(record, result, replaced=shown, pool=pool, article_id=article_id, at=at)
    past = [*_past_from(known, base), *_rejected(known, base, result)]
    return merged(known, with_past(record, past))


def _shown_first(record: Record) -> list[Record]:
    """Return the versions of an annotation, the one that `read_annotation` shows first."""
    found = versions(record)
    shown = next((index for index, version in enumerate(found) if read_annotation(_alone(version))), 0)
    return [found.pop(shown), *found]


def _with_conflicts(
    record: Record,
    annotation: Annotation | None,
    *,
    replaced: Record,
    pool: list[Record],
    article_id: str,
    at: str,
) -> Record:
    """Return a version with the conflicts that its annotation still has in its `others`.

    Args:
        record: The version.
        annotation: The annotation in it; `None` if it is removed.
        replaced: The version it was made of.
        pool: The other versions in the file. Those that cannot be read stay, as the user has not seen them; those
            that the annotation has no longer were rejected, and are replaced by the version.
        article_id: The id of the annotation's article.
        at: The time of the edit, UTC, ISO 8601.
    """
    kept: list[Record] = []
    rest: list[Record] = []
    for other in pool:
        is_unreadable = not is_removed(other) and read_annotation(_alone(other)) is None
        (kept if is_unreadable else rest).append(other)
    for conflict in annotation.conflicts if annotation else ():
        index = next((index for index, other in enumerate(rest) if _is_version(other, conflict)), None)
        if index is not None:
            kept.append(rest.pop(index))
        else:
            kept.append(_conflict_record(article_id, annotation, conflict, at))
    version = revised(record, replaced, *rest)
    return {**version, OTHERS: kept} if kept else version


def _conflict_record(
    article_id: str, annotation: Annotation | None, conflict: Annotation | None, at: str
) -> Record:
    """Return a record of a conflict of an annotation that the file has no version of, as after an undo."""
    if conflict:
        return revised(annotation_record(article_id, conflict))
    assert annotation is not None
    return revised(tombstone(article_id, annotation, at))


def _rejected(known: Record, base: Annotation | None, result: Annotation | None) -> Iterator[str]:
    """Yield the revisions of the conflicts that an annotation had when the user edited it, and has no longer."""
    kept = [_values(conflict) for conflict in result.conflicts] if result else []
    rejected = [one for one in (base.conflicts if base else ()) if _values(one) not in kept]
    for version in versions(known):
        if any(_is_version(version, one) for one in rejected):
            yield from lineage(version)


def _past_from(known: Record, base: Annotation | None) -> list[str]:
    """Return the revisions that led to what an annotation was when the user edited it, that one first."""
    if base is None:
        return []
    base_revision = revision(annotation_record(known.get("article", ""), base))
    for version in versions(known):
        past = list(dict.fromkeys(lineage(version)))
        if base_revision in past:
            return past[past.index(base_revision) :]
    return [base_revision]


def _is_version(record: Record, annotation: Annotation | None) -> bool:
    """Return whether a version holds an annotation; if it is `None`, whether the version is a tombstone."""
    if annotation is None:
        return is_removed(record)
    return _values(read_annotation(_alone(record))) == _values(annotation)


def _alone(version: Record) -> Record:
    """Return a version without the others beside it."""
    return {name: value for name, value in version.items() if name != OTHERS}


def _values(annotation: Annotation | None) -> object:
    """Return what can be edited of an annotation: all but the fields of other programs, which are carried along."""
    return annotation and (
        annotation.id,
        annotation.label,
        annotation.anchor,
        annotation.note,
        annotation.tags,
        annotation.created,
        annotation.modified,
        tuple(map(_values, annotation.conflicts)),
    )
