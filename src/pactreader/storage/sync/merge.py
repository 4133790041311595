"""Merging: two copies of a record, or of all records, into one that has lost no version of either.

A version that another one replaced is dropped; the versions left stand side by side. So merging is commutative,
associative and idempotent, and a copy that is merely older changes nothing. A deletion is a version like another, and
a record that is absent from a copy was not deleted there. Records may have any shape: merging never raises.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pactreader.storage.schema.canonical_json import canonical, is_same
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import Identity, identity
from pactreader.storage.schema.records import CHANGE, is_readable, is_removed
from pactreader.storage.schema.revisions import (
    OTHERS,
    PAST,
    REVISION,
    Record,
    past_of,
    revision,
    versions,
    with_past,
)


def merged(one: Record, other: Record) -> Record:
    """Merge two copies of a record.

    With versions written as `note·revision·[past]`: `a·1·[]` and `b·2·[1]` → `b·2·[1]`, as "b" replaced "a"; but
    `b·2·[1]` and `c·3·[1]` → `c·3·[1]` with `b·2·[1]` in its `others`, if "c" was modified later.

    What another program changed gets a revision of its own, and so is new. Changes to a notebook have no conflicts:
    the last one stays.

    Returns:
        The merged record; the very object `one`, if `other` has nothing new for it.
    """
    if is_same(one, other):
        return one
    heads = _heads([*versions(one), *versions(other)], identity(one))
    first, *others = heads
    if first.get("kind") == CHANGE:
        first, others = with_past(first, [rev for head in heads for rev in (head[REVISION], *head[PAST])]), []
    result = {**first, OTHERS: others} if others else first
    return one if _has_same_versions(one, result) else result


def news(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, history: bool) -> dict[str, Any]:
    """Return the records to write, by their keys, so that ours hold all that theirs hold.

    A record of ours keeps its key; a new one keeps its own if that is free, or gets the next free one:
    ours `{"1": a}`, theirs `{"1": b, "2": a}` → `{"3": b}`, if "a" is the same in both.

    Args:
        ours: Records by their keys.
        theirs: Those of another copy.
        history: Whether theirs are an older or newer state of the same file, as a backup is. Its undo history is
            merged then, too, and its keys mean the same. The changes of another machine are left out, as "undo"
            would undo here what was done there.
    """
    known = {found: key for key, record in ours.items() if (found := identity(record))}
    written: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    free = free_keys(ours, theirs)

    def key_for(key: str) -> str:
        return next(free) if key in ours or key in written else key

    for key, record in theirs.items():
        found = identity(record)
        if key in ours and _is_copy(ours[key], record):
            continue
        if found is None:
            unknown[key] = record
        elif found in known:
            at = known[found]
            before = written[at] if at in written else ours[at]
            after = merged(before, record)
            if after is not before:
                written[at] = after
        elif found[0] != CHANGE or history:
            at = known[found] = key_for(key)
            written[at] = record
    for key, record in _unknown_news(ours, unknown, same_keys=history):
        written[key_for(key)] = record
    return written


def _is_copy(ours: Any, theirs: Any) -> bool:
    """Return whether two records are surely the same, fast; those that are not sure are compared by their versions."""
    try:
        return repr(ours) == repr(theirs)
    except (RecursionError, ValueError):
        return False


def _unknown_news(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], *, same_keys: bool
) -> Iterator[tuple[str, Any]]:
    """Yield the records of unknown kinds that ours have not, with their keys: they are compared by their content."""
    if not theirs:
        return
    there = {key: canonical(record) for key, record in ours.items() if identity(record) is None}
    seen = set(there.values())
    for key, record in theirs.items():
        text = canonical(record)
        if text not in seen and not (same_keys and key in there):
            seen.add(text)
            yield key, record


def _heads(found: Iterable[Record], wanted: Identity | None) -> list[Record]:
    """Return the versions that none of the others replaced, each once, in the order in which they are shown.

    A version inherits the past of those it replaced, so that the result does not depend on who is merged first.
    In a circle of versions, each of which replaced the next, the first by `_order` replaced the rest: with versions
    written as `note·revision·[past]`, `a·1·[2]` and `b·2·[1]` → `b·2·[1]`, if "b" was modified later.

    Args:
        found: The versions. One with another identity, as only another program leaves it, replaces none and is last.
        wanted: The identity of the record.
    """
    by_revision: dict[str, Record] = {}
    for version in found:
        rev = revision(version)
        known = by_revision.get(rev)
        by_revision[rev] = with_past(version, [*(known[PAST] if known else ()), *past_of(version)])
    pasts = {
        rev: list(_all_replaced(rev, by_revision)) if identity(version) == wanted else []
        for rev, version in by_revision.items()
    }
    ordered = sorted(by_revision.values(), key=lambda version: _order(version, wanted), reverse=True)
    rank = {version[REVISION]: place for place, version in enumerate(ordered)}

    def is_replaced(rev: str) -> bool:
        return any(
            rev in past and (newer not in pasts[rev] or rank[newer] < rank[rev])
            for newer, past in pasts.items()
            if newer != rev
        )

    return [
        with_past(version, [*version[PAST], *pasts[version[REVISION]]])
        for version in ordered
        if not is_replaced(version[REVISION])
    ]


def _all_replaced(rev: str, by_revision: Mapping[str, Record]) -> dict[str, None]:
    """Return the revisions that a version replaced, by itself or through other versions, its own past first."""
    replaced: dict[str, None] = {}
    pending = [rev]
    for one in pending:  # which grows meanwhile
        past = by_revision[one][PAST] if one in by_revision else ()
        pending += (each for each in past if each not in replaced)
        replaced |= dict.fromkeys(past)
    replaced.pop(rev, None)
    return replaced


def _order(version: Record, wanted: Identity | None) -> tuple[bool, bool, bool, str, str]:
    """Return a sort key whose greatest value is shown: of this identity, readable, not removed, modified last.

    The revision comes last, so that every copy chooses the same one.
    """
    removed = is_removed(version)
    time = version.get("at" if version.get("kind") == CHANGE else "modified")
    return (
        identity(version) == wanted,
        is_readable(version) and not removed,
        not removed,
        time if isinstance(time, str) else "",
        version[REVISION],
    )


def _has_same_versions(record: Record, result: Record) -> bool:
    """Return whether a record has the versions of a merged one with the same past, in whatever order that is."""
    ours, theirs = versions(record), versions(result)
    return len(ours) == len(theirs) and all(
        one.get(REVISION) == two[REVISION] == revision(one) and set(past_of(one)) == set(two[PAST])
        for one, two in zip(ours, theirs, strict=True)
    )
