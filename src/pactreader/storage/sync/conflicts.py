"""What becomes of an annotation's record when the annotation is changed: its versions, and what each replaced."""

from collections.abc import Iterator
from dataclasses import replace

from pactreader.core.annotation import Annotation
from pactreader.core.changes import Edit
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
    """The record of an annotation after an edit.

    Args:
        known: The record in the file; empty if there is none.
        article_id: The id of the annotation's article.
        edit: What was done.
        undone: Whether that is taken back.
        at: When, UTC, ISO 8601.
    """
    base, left = (edit.after, edit.before) if undone else (edit.before, edit.after)
    gone = edit.before or edit.after
    assert gone is not None
    record = annotation_record(article_id, left) if left else tombstone(article_id, gone, at)
    if not known:
        seen = [annotation_record(article_id, base)] if base else []
        return _with_others(revised(record, *seen), left, known, article_id, at)
    record = renewed(known, record)
    if _but_extra(_read(known)) == _but_extra(base):
        return _with_others(record, left, known, article_id, at)
    # It was changed elsewhere since it was read: what is made of it here is made of what it was then.
    past = [*_past_from(known, base), *_let_go(known, base, left)]
    return merged(known, with_past(record, past))


def _read(record: Record) -> Annotation | None:
    return None if is_removed(record) else read_annotation(record)


def _but_extra(annotation: Annotation | None) -> Annotation | None:
    """An annotation without the fields that another program gave it: they are carried along whatever is done."""
    return replace(annotation, extra={}) if annotation and annotation.extra else annotation


def _with_others(
    record: Record, annotation: Annotation | None, known: Record, article_id: str, at: str
) -> Record:
    """A version with the others that the annotation has beside it; those it has no longer are replaced by it."""
    pool = versions(known)[1:] if known else []
    unreadable = [other for other in pool if not is_removed(other) and read_annotation(other) is None]
    kept = list(unreadable)
    for other in annotation.conflicts if annotation else ():
        found = next((one for one in pool if one not in kept and _read(one) == other), None)
        assert annotation is not None
        new = annotation_record(article_id, other) if other else tombstone(article_id, annotation, at)
        kept.append(found or revised(new))
    replaced = [known, *(other for other in pool if other not in kept)] if known else [record]
    version = revised(record, *replaced)
    return {**version, OTHERS: kept} if kept else version


def _let_go(known: Record, base: Annotation | None, left: Annotation | None) -> Iterator[str]:
    """The revisions of the other versions that were there when an annotation was read, and are chosen against."""
    gone = [other for other in (base.conflicts if base else ()) if not left or other not in left.conflicts]
    for version in versions(known) if gone else ():
        if _read(version) in gone and (is_removed(version) or _read(version)):
            yield from lineage(version)


def _past_from(known: Record, base: Annotation | None) -> list[str]:
    """The revisions that led to what an annotation was when it was read, that one first."""
    if base is None:
        return []
    revision_then = revision(annotation_record(known.get("article", ""), base))
    for version in versions(known):
        past = list(dict.fromkeys(lineage(version)))
        if revision_then in past:
            return past[past.index(revision_then) :]
    return [revision_then]
