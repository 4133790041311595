"""Revisions of records: their ids, which are checksums, and the ids of the revisions that each replaced.

A record holds one revision or several that conflict, as a multi-value register does (Shapiro and others, "A
comprehensive study of Convergent and Commutative Replicated Data Types", https://inria.hal.science/inria-00555588,
section 3.2.2). The first revision is the record itself; `others` holds those that were written in other copies at the
same time, until the user chooses one:

    {"kind": "annotation", "id": "k3x9f2", "note": "b", "rev": "<id>", "past": ["<replaced id>"],
     "others": [{"kind": "annotation", "id": "k3x9f2", "note": "c", "rev": "<id>", "past": ["<replaced id>"]}]}
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.storage.schema.canonical_json import canonical

Record = dict[str, Any]

REV: Final = "rev"
PAST: Final = "past"
OTHERS: Final = "others"
REVISION_FIELDS: Final = frozenset({REV, PAST, OTHERS})
"""The fields of a record that are not its content."""

_ID_BYTES: Final = 6
"""48 bits: with a million revisions of one record, the chance that two have the same id is 1 in 500."""
_ID: Final = lazy_pattern(r"[0-9a-f]{12}")
_LONGEST_PAST: Final = 200
"""The number of ids of replaced revisions that are kept, 3 kB. If a copy is older than these, its revision looks like a
conflict: both are kept, and nothing is lost."""


def content_of(record: Mapping[str, Any]) -> Record:
    """Return the content of a revision: every field but `rev`, `past` and `others`."""
    return {name: value for name, value in record.items() if name not in REVISION_FIELDS}


def revision_id(record: Mapping[str, Any]) -> str:
    """Return the id of a revision: the checksum of its content, as BLAKE2s of its canonical JSON in 12 hex digits.

    The content is every field but `rev`, `past` and `others`. BLAKE2s: https://www.rfc-editor.org/rfc/rfc7693.
    """
    from hashlib import blake2s  # not for reading a library

    return blake2s(canonical(content_of(record)).encode("ascii"), digest_size=_ID_BYTES).hexdigest()


def revised(record: Mapping[str, Any], *replaced: Mapping[str, Any]) -> Record:
    """Return a revision with its id, and as its past the ids of the revisions that it replaces, newest first.

    With revisions written as `note·id·[past]`: the content "b", which replaces `a·1·[0]` → `b·2·[1, 0]`.
    """
    return with_past(record, (one for revision in replaced for one in lineage(revision)))


def with_past(record: Mapping[str, Any], past: Iterable[str]) -> Record:
    """Return a revision with its id and a past, without repeated ids, cut to the 200 newest."""
    rev = revision_id(record)
    known = dict.fromkeys(one for one in past if one != rev)
    return {**content_of(record), REV: rev, PAST: list(known)[:_LONGEST_PAST]}


def replacing_first(replaced: Record, record: Mapping[str, Any]) -> Record:
    """Return a record whose first revision replaces that of a former record; the `others` of that one are kept.

    Args:
        replaced: The former record.
        record: The content of the new revision.
    """
    others = revisions_of(replaced)[1:]
    revision = revised(record, replaced)
    return {**revision, OTHERS: others} if others else revision


def lineage(revision: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids for the past of a revision's successor: its checksum, the `rev` written in it, its past."""
    if revision:
        yield revision_id(revision)
    yield from filter(is_revision_id, (revision.get(REV), *_past(revision)))


def past_of(revision: Mapping[str, Any]) -> list[str]:
    """Return the ids of the revisions that a revision replaced.

    If its `rev` is not its checksum, another program or damage changed it. The id in `rev` is then not included: the
    changed revision conflicts with the one that was written, and the user chooses.
    """
    own = revision_id(revision)
    return [one for one in dict.fromkeys(filter(is_revision_id, _past(revision))) if one != own]


def revisions_of(record: Record) -> list[Record]:
    """Return a record's revisions: the record itself, then those in its `others`, nested ones included.

    Values that are not objects are ignored:
    `{"note": "a", "others": [{"note": "b", "others": [{"note": "c"}]}, 7]}` → the revisions "a", "b" and "c".
    """
    found = [record]
    for revision in found:  # the loop appends to the list
        others = revision.get(OTHERS)
        if isinstance(others, list):
            found += (other for other in others if isinstance(other, dict))
    return [record, *map(without_others, found[1:])]


def without_others(revision: Record) -> Record:
    """Return a revision without its field `others`."""
    if OTHERS not in revision:
        return revision
    return {name: value for name, value in revision.items() if name != OTHERS}


def has_revision_id(record: Mapping[str, Any]) -> bool:
    """Return whether a record was written with a revision id: `rev` and `past` are always written together."""
    return REV in record or PAST in record


def checksums_match(record: Record) -> bool:
    """Return whether the checksum of every revision in a record is its `rev`."""
    others = record.get(OTHERS, [])
    return isinstance(others, list) and all(
        isinstance(revision, dict)
        and revision.get(REV) == revision_id(revision)
        and isinstance(revision.get(PAST, []), list)
        and all(map(is_revision_id, revision.get(PAST, [])))
        for revision in (record, *others)
    )


def has_failed_checksum(record: Record) -> bool:
    """Return whether a record has a checksum that does not match: another program or damage has changed it."""
    return has_revision_id(record) and not checksums_match(record)


def is_revision_id(value: object) -> bool:
    """Return whether a value has the form of a revision id: twelve hex digits."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _past(revision: Mapping[str, Any]) -> list[Any]:
    past = revision.get(PAST)
    return past if type(past) is list else []
