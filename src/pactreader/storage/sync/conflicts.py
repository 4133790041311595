"""The record of an annotation after an edit, with the conflicts that the edit resolves, keeps or creates."""

from collections.abc import Iterator

from pactreader.core.annotation import Annotation, content_of
from pactreader.core.notebooks.changes import Edit
from pactreader.storage.schema.records import (
    annotation_record,
    is_removed,
    read_annotation,
    tombstone,
    with_unknown_fields,
)
from pactreader.storage.schema.revisions import (
    OTHERS,
    Record,
    lineage,
    revised,
    revision_id,
    revisions_of,
    with_past,
    without_others,
)
from pactreader.storage.sync.merge import merged


def edited(known: Record, article_id: str, edit: Edit, *, undone: bool, at: str) -> Record:
    """Return the record of an annotation after an edit.

    With revisions written as `note·id·[past]`, records of several revisions as `first | others`, and an edit of the
    note "a" to "c":

    - `a·1·[]` → `c·3·[1]`;
    - `b·2·[1]` → `c·3·[1] | b·2·[1]`, a conflict, as another process has changed "a" to "b" since the user saw it;
    - `a·1·[] | b·2·[]` → `c·3·[1] | b·2·[]` if the user keeps the conflict;
    - `a·1·[] | b·2·[]` → `c·3·[1, 2]` if the user resolves it.

    Args:
        known: The record in the file; empty if there is none.
        article_id: The id of the article of a new annotation. One in the file stays in its article.
        edit: The annotation before and after the edit.
        undone: Whether the edit is undone.
        at: The time of the edit, UTC, ISO 8601.
    """
    edit = _as_described_in(known, edit)
    base, result = (edit.after, edit.before) if undone else (edit.before, edit.after)
    subject = edit.before or edit.after
    assert subject is not None
    if isinstance(moved_to := known.get("article"), str):
        article_id = moved_to  # which another window may have split from the notebook's article
    record = annotation_record(article_id, result) if result else tombstone(article_id, subject, at)
    if not known:
        seen = [annotation_record(article_id, base)] if base else []
        new = revised(record, *seen)
        return _with_conflicts(new, result, replaced=new, others=[], article_id=article_id, at=at)
    record = with_unknown_fields(known, record)
    was_seen = base is not None or is_removed(known)
    # The record in the file is the one that the user edited.
    if was_seen and _values(read_annotation(known)) == _values(base):
        shown, *others = _shown_first(known)
        return _with_conflicts(record, result, replaced=shown, others=others, article_id=article_id, at=at)
    # Another process has changed the record since the user saw it.
    past = [*_past_from(known, base), *_resolved_ids(known, base, result)]
    return merged(known, with_past(record, past))


def _as_described_in(known: Record, edit: Edit) -> Edit:
    """Return an edit with the anchor in the file, if another window has described that anew since the user saw it.

    An anchor that was made while the text was not whole names no text until it is.
    """
    present = read_annotation(known)
    described = present.anchor if present else None
    if described is None or not described.text_hash:
        return edit

    def as_described(one: Annotation | None) -> Annotation | None:
        if one and one.anchor and (one.anchor.exact, one.anchor.text_hash) == (described.exact, ""):
            return one._replace(anchor=described)
        return one

    return Edit(*map(as_described, edit))


def _shown_first(record: Record) -> list[Record]:
    """Return the revisions of an annotation, with the one that `read_annotation` returns moved to the front."""
    found = revisions_of(record)
    shown = next(
        (index for index, revision in enumerate(found) if read_annotation(without_others(revision))), 0
    )
    return [found.pop(shown), *found]


def _with_conflicts(
    record: Record,
    annotation: Annotation | None,
    *,
    replaced: Record,
    others: list[Record],
    article_id: str,
    at: str,
) -> Record:
    """Return a record of a new revision, with the conflicts of its annotation as `others`.

    Args:
        record: The content of the revision.
        annotation: The annotation in it; `None` if it is removed.
        replaced: The revision that was edited.
        others: The other revisions in the file. Those that are conflicts of the annotation are kept. So are those that
            cannot be read, as the user has not seen them. The rest is resolved: the new revision replaces them.
        article_id: The id of the annotation's article.
        at: The time of the edit, UTC, ISO 8601.
    """
    kept: list[Record] = []
    readable: list[Record] = []
    for other in others:
        is_unreadable = not is_removed(other) and read_annotation(without_others(other)) is None
        (kept if is_unreadable else readable).append(other)
    for conflict in annotation.conflicts if annotation else ():
        index = next((index for index, other in enumerate(readable) if _holds(other, conflict)), None)
        if index is not None:
            kept.append(readable.pop(index))
        else:
            kept.append(_conflict_record(article_id, annotation, conflict, at))
    revision = revised(record, replaced, *readable)
    return {**revision, OTHERS: kept} if kept else revision


def _conflict_record(
    article_id: str, annotation: Annotation | None, conflict: Annotation | None, at: str
) -> Record:
    """Return the record of a conflict of which the file has no revision, as when an undo restores a conflict."""
    if conflict:
        return revised(annotation_record(article_id, conflict))
    assert annotation is not None
    return revised(tombstone(article_id, annotation, at))


def _resolved_ids(known: Record, base: Annotation | None, result: Annotation | None) -> Iterator[str]:
    """Yield the revision ids, pasts included, of the conflicts that an edit resolves.

    Args:
        known: The record in the file.
        base: The annotation before the edit.
        result: The annotation after the edit.
    """
    kept = [_values(conflict) for conflict in result.conflicts] if result else []
    resolved = [one for one in (base.conflicts if base else ()) if _values(one) not in kept]
    for revision in revisions_of(known):
        if any(_holds(revision, one) for one in resolved):
            yield from lineage(revision)


def _past_from(known: Record, base: Annotation | None) -> list[str]:
    """Return the id of the revision that was edited, and the ids of those that it replaced."""
    if base is None:
        return []
    base_id = revision_id(annotation_record(known.get("article", ""), base))
    for revision in revisions_of(known):
        past = list(dict.fromkeys(lineage(revision)))
        if base_id in past:
            return past[past.index(base_id) :]
    return [base_id]


def _holds(record: Record, annotation: Annotation | None) -> bool:
    """Return whether a revision holds an annotation; for `None`, whether it is a tombstone."""
    if annotation is None:
        return is_removed(record)
    return _values(read_annotation(without_others(record))) == _values(annotation)


def _values(annotation: Annotation | None) -> object:
    """Return the fields of an annotation that PactReader knows, for comparison."""
    if annotation is None:
        return None
    return (
        annotation.id,
        content_of(annotation),
        annotation.created,
        annotation.modified,
        tuple(_values(one) for one in annotation.conflicts),
    )
