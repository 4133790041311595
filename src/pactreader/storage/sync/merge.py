"""Merging of two copies of a record, or of all records, without the loss of any change.

A revision that another one replaced is dropped; the remaining revisions are kept in one record, as conflicts. Merging
is commutative, associative and idempotent, and an older copy changes nothing. A tombstone is a revision like any other;
a record that is absent from a copy does not count as deleted. Merging never raises, whatever the records contain.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pactreader.storage.progress import OnProgress, counted, silent
from pactreader.storage.schema.canonical_json import canonical, is_same
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import Identity, identity
from pactreader.storage.schema.records import CHANGE, is_readable, is_removed
from pactreader.storage.schema.revisions import (
    OTHERS,
    PAST,
    REV,
    Record,
    past_of,
    revision_id,
    revisions_of,
    with_past,
)


def merged(one: Record, other: Record) -> Record:
    """Merge two copies of a record.

    With revisions written as `note·id·[past]`, and records of several revisions as `first | others`:

    - `a·1·[]` and `b·2·[1]` → `b·2·[1]`, as "b" replaced "a";
    - `b·2·[1]` and `c·3·[1]` → `c·3·[1] | b·2·[1]`, a conflict, with "c" first if it was modified later.

    A revision that another program changed counts as new. Changes to a notebook have no conflicts: the latest one
    replaces the rest.

    Returns:
        The merged record; the object `one` itself if `other` adds nothing.
    """
    if is_same(one, other):
        return one
    heads = _heads([*revisions_of(one), *revisions_of(other)], identity(one))
    first, *others = heads
    if first.get("kind") == CHANGE:
        first, others = with_past(first, [rev for head in heads for rev in (head[REV], *head[PAST])]), []
    result = {**first, OTHERS: others} if others else first
    return one if _has_same_revisions(one, result) else result


def updates_from_copy(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], *, on_progress: OnProgress = silent
) -> dict[str, Any]:
    """Return the records to write, by key, to add all records of another copy of the library except its changes.

    The changes are left out, as undo would otherwise revert edits that were made on another computer.

    A record keeps its key. A new one keeps the key it has in the copy if that is unused:
    ours `{"1": a}`, theirs `{"1": b, "2": a}` → `{"3": b}`.

    Args:
        ours: The records in the library, by key.
        theirs: The records in the copy, by key.
        on_progress: Is called as these are compared.
    """
    return _updates(ours, theirs, is_same_file=False, on_progress=on_progress)


def updates_from_same_file(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the records to write, by key, to add all records of another state of the same file, such as a backup.

    Its changes are included. Of two records of unknown kinds with the same key, ours is kept.

    Args:
        ours: The records in the library, by key.
        theirs: The records in the other state, by key.
    """
    return _updates(ours, theirs, is_same_file=True)


def _updates(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    is_same_file: bool,
    on_progress: OnProgress = silent,
) -> dict[str, Any]:
    """Return the records to write, by key, to add their records to ours.

    Args:
        ours: The records in the library, by key.
        theirs: The records to add, by key.
        is_same_file: Whether both are states of one file, so that their changes are added and keys mean the same.
        on_progress: Is called as the records to add are compared.
    """
    own_keys = {id_: key for key, record in ours.items() if (id_ := identity(record))}
    updates: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    free = free_keys(ours, theirs)

    def key_for(key: str) -> str:
        """Return a key itself if it is unused, else the next unused one."""
        return next(free) if key in ours or key in updates else key

    for key, record in counted(theirs.items(), len(theirs), on_progress):
        id_ = identity(record)
        if key in ours and _is_equal(ours[key], record):
            continue
        if id_ is None:
            unknown[key] = record
        elif id_ in own_keys:
            own_key = own_keys[id_]
            before = updates[own_key] if own_key in updates else ours[own_key]
            after = merged(before, record)
            if after is not before:
                updates[own_key] = after
        elif id_[0] != CHANGE or is_same_file:
            own_key = own_keys[id_] = key_for(key)
            updates[own_key] = record
    for key, record in _unknown_updates(ours, unknown, is_same_file=is_same_file):
        updates[key_for(key)] = record
    return updates


def _is_equal(ours: Any, theirs: Any) -> bool:
    """Return whether two records are equal, by a fast comparison that may miss some that are."""
    try:
        return repr(ours) == repr(theirs)
    except (RecursionError, ValueError):
        return False


def _unknown_updates(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], *, is_same_file: bool
) -> Iterator[tuple[str, Any]]:
    """Yield the keys and records of unknown kinds whose content ours do not have."""
    if not theirs:
        return
    own_contents = {key: canonical(record) for key, record in ours.items() if identity(record) is None}
    seen = set(own_contents.values())
    for key, record in theirs.items():
        content = canonical(record)
        if content not in seen and not (is_same_file and key in own_contents):
            seen.add(content)
            yield key, record


def _heads(found: Iterable[Record], wanted: Identity | None) -> list[Record]:
    """Return the revisions that none of the others replaced, each once, sorted by `_order`.

    A revision inherits the past of those that it replaced, so that the result does not depend on the order of merges.
    If revisions replaced each other, the first by `_order` replaces the rest. With revisions written as
    `note·id·[past]`: `a·1·[2]` and `b·2·[1]` → `b·2·[1]`, if "b" was modified later.

    Args:
        found: The revisions. A revision with another identity, which only another program can write, replaces none.
        wanted: The identity of the record.
    """
    by_revision: dict[str, Record] = {}
    for revision in found:
        rev = revision_id(revision)
        known = by_revision.get(rev)
        by_revision[rev] = with_past(revision, [*(known[PAST] if known else ()), *past_of(revision)])
    pasts = {
        rev: list(_all_replaced(rev, by_revision)) if identity(revision) == wanted else []
        for rev, revision in by_revision.items()
    }
    ordered = sorted(by_revision.values(), key=lambda revision: _order(revision, wanted), reverse=True)
    rank = {revision[REV]: index for index, revision in enumerate(ordered)}

    def is_replaced(rev: str) -> bool:
        """Return whether another revision replaced this one; if each replaced the other, whether that ranks first."""
        return any(
            rev in past and (newer not in pasts[rev] or rank[newer] < rank[rev])
            for newer, past in pasts.items()
            if newer != rev
        )

    return [
        with_past(revision, [*revision[PAST], *pasts[revision[REV]]])
        for revision in ordered
        if not is_replaced(revision[REV])
    ]


def _all_replaced(rev: str, by_revision: Mapping[str, Record]) -> dict[str, None]:
    """Return the ids of the revisions that a revision replaced, directly (first) or through other revisions."""
    replaced: dict[str, None] = {}
    pending = [rev]
    for one in pending:  # the loop appends to the list
        past = by_revision[one][PAST] if one in by_revision else ()
        pending += (each for each in past if each not in replaced)
        replaced |= dict.fromkeys(past)
    replaced.pop(rev, None)
    return replaced


def _order(revision: Record, wanted: Identity | None) -> tuple[bool, bool, bool, str, str]:
    """Return a sort key; the revision with the greatest one is the first in a record.

    It compares in this order: identity as wanted, readable, not removed, time of modification. The revision id comes
    last, so that every copy has the same order.
    """
    removed = is_removed(revision)
    time = revision.get("at" if revision.get("kind") == CHANGE else "modified")
    return (
        identity(revision) == wanted,
        is_readable(revision) and not removed,
        not removed,
        time if isinstance(time, str) else "",
        revision[REV],
    )


def _has_same_revisions(record: Record, result: Record) -> bool:
    """Return whether a record has the same revisions as a merged one, with equal pasts in any order."""
    ours, theirs = revisions_of(record), revisions_of(result)
    return len(ours) == len(theirs) and all(
        one.get(REV) == two[REV] == revision_id(one) and set(past_of(one)) == set(two[PAST])
        for one, two in zip(ours, theirs, strict=True)
    )
