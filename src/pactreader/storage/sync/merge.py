"""Merging: two copies of a record, or of all records, into one that has lost no version of either.

A version that another one replaced is gone; what is left stays side by side. So merging is commutative, associative and idempotent, and a copy that is merely older changes nothing.
Deleting is a version like another, and what is absent says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, Final

from pactreader.storage.schema.records import ANNOTATION, ARTICLE, CHANGE
from pactreader.storage.schema.revisions import (
    OTHERS,
    PAST,
    REVISION,
    Record,
    canonical,
    content_of,
    past_of,
    revision,
    versions,
    with_past,
)

KINDS: Final = frozenset({ARTICLE, ANNOTATION, CHANGE})
_TIME: Final = "modified"
"""The field that two versions may differ in and still say the same."""

Identity = tuple[str, str]


def identity(record: Any) -> Identity | None:
    """What makes two records copies of one: their kind and id. `None` for what is none of ours."""
    if not isinstance(record, dict):
        return None
    kind, record_id = record.get("kind"), record.get("id")
    return (kind, record_id) if type(kind) is type(record_id) is str and kind in KINDS else None


def merged(one: Record, other: Record) -> Record:
    """Two copies of a record as one. The very record that was given first, if there is nothing new to write.

    What another program changed is new even where it changed the first: it gets a revision of its own.
    """
    if one == other:
        return one
    heads = _heads([*versions(one), *versions(other)])
    first, *others = sorted(heads, key=_order, reverse=True)
    if first.get("kind") == CHANGE:
        first, others = with_past(first, [rev for head in heads for rev in (head[REVISION], *head[PAST])]), []
    result = {**first, OTHERS: others} if others else first
    return one if _says_the_same(one, result) else result


def news(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, history: bool) -> dict[str, Any]:
    """The records to write, by their keys, so that ours has all that theirs has.

    A record of ours keeps its key; a new one gets its own if that is free.

    Args:
        ours: Records by their keys.
        theirs: Those of another copy.
        history: Whether it is a copy in time of the same file. Changes come along then, with those of another file
            "undo" would undo what was done elsewhere; and its keys mean the same.
    """
    known = {found: key for key, record in ours.items() if (found := identity(record))}
    written: dict[str, Any] = {}
    strangers: dict[str, Any] = {}
    free = count(max(map(int, (*ours, *theirs)), default=0) + 1)
    for key, record in theirs.items():
        found = identity(record)
        if key in ours and ours[key] == record:
            continue
        if found is None:
            strangers[key] = record
        elif found in known:
            at = known[found]
            before = written[at] if at in written else ours[at]
            after = merged(before, record)
            if after is not before:
                written[at] = after
        elif found[0] != CHANGE or history:
            at = known[found] = key if key not in ours and key not in written else str(next(free))
            written[at] = record
    for key, record in _strange_news(ours, strangers, same_keys=history):
        written[key if key not in ours and key not in written else str(next(free))] = record
    return written


def _strange_news(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], *, same_keys: bool
) -> Iterator[tuple[str, Any]]:
    """What is none of ours and is not there yet. All that can be compared is what it says, and where it stands."""
    if not theirs:
        return
    there = {key: canonical({"": record}) for key, record in ours.items() if identity(record) is None}
    said = set(there.values())
    for key, record in theirs.items():
        text = canonical({"": record})
        if text not in said and not (same_keys and key in there):
            said.add(text)
            yield key, record


def _heads(found: Iterable[Record]) -> list[Record]:
    """The versions that none of the others replaced, each once, as they say what they are."""
    by_revision: dict[str, Record] = {}
    for version in found:
        rev = revision(version)
        known = by_revision.get(rev)
        past = [*(known[PAST] if known else ()), *past_of(version)]
        by_revision[rev] = with_past(version, past)
    heads = list(by_revision.values())
    return [one for one in heads if not any(_replaces(other, one) for other in heads if other is not one)]


def _replaces(newer: Record, older: Record) -> bool:
    """Whether a version came after another. Each after the other, as in a circle of edits, is decided by their order."""
    if older[REVISION] not in newer[PAST]:
        return False
    return newer[REVISION] not in older[PAST] or _order(newer) > _order(older)


def _order(version: Record) -> tuple[bool, str, str]:
    """Which version is shown: one that is not deleted, then the one modified last, then any, but the same everywhere."""
    time = version.get("at" if version.get("kind") == CHANGE else _TIME)
    return version.get("deleted") is not True, time if isinstance(time, str) else "", version[REVISION]


def _says_the_same(record: Record, other: Record) -> bool:
    """Whether two records have the same versions with the same past, in whatever order that is remembered."""
    ours, theirs = versions(record), versions(other)
    return (
        len(ours) == len(theirs)
        and list(map(content_of, ours)) == list(map(content_of, theirs))
        and all(
            one.get(REVISION) == two[REVISION] and set(past_of(one)) == set(two[PAST])
            for one, two in zip(ours, theirs, strict=True)
        )
    )
