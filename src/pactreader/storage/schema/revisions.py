"""Revisions: the checksum of a record, which names one version of it, and the versions that it replaced.

A record is a register of versions (a multi-value register: Shapiro and others, "A comprehensive study of Convergent
and Commutative Replicated Data Types", https://inria.hal.science/inria-00555588, section 3.2.2). One version is the
record itself; `others` holds those written elsewhere at the same time, between which the user has not chosen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2s
from typing import Any, Final

from pactreader.storage.schema.canonical_json import canonical

Record = dict[str, Any]

REVISION: Final = "rev"
PAST: Final = "past"
OTHERS: Final = "others"
VERSIONING: Final = frozenset({REVISION, PAST, OTHERS})
"""The fields that are no part of a record's content, but about it."""

_REVISION_BYTES: Final = 6
"""48 bits: of a million versions of one record, two share a revision once in 500 times."""
_REVISION: Final = re.compile(r"[0-9a-f]{12}")
_LONGEST_PAST: Final = 200
"""Revisions that a version remembers, 3 kB. Of two copies that are further apart, neither is known to be the older:
then both stay, and nothing is lost."""


def content_of(record: Mapping[str, Any]) -> Record:
    """Return the content of a version: every field but `rev`, `past` and `others`."""
    return {name: value for name, value in record.items() if name not in VERSIONING}


def revision(record: Mapping[str, Any]) -> str:
    """Return the checksum of a record's content: the first 6 bytes of BLAKE2s over its canonical JSON, in hex digits.

    The content is every field but `rev`, `past` and `others`. BLAKE2s: https://www.rfc-editor.org/rfc/rfc7693.
    """
    return blake2s(canonical(content_of(record)).encode("ascii"), digest_size=_REVISION_BYTES).hexdigest()


def revised(record: Mapping[str, Any], *replaced: Mapping[str, Any]) -> Record:
    """Return a version with its revision and its past: the lineages of the versions that it replaces, newest first.

    With versions written as `note·revision·[past]`: `b`, which replaces `a·1·[0]` → `b·2·[1, 0]`.
    """
    return with_past(record, (one for version in replaced for one in lineage(version)))


def with_past(record: Mapping[str, Any], past: Iterable[str]) -> Record:
    """Return a version with its revision and a past, without repetitions and not longer than is remembered."""
    rev = revision(record)
    known = dict.fromkeys(one for one in past if one != rev)
    return {**content_of(record), REVISION: rev, PAST: list(known)[:_LONGEST_PAST]}


def succeeding(replaced: Record, record: Mapping[str, Any]) -> Record:
    """Return a record in which a version replaces the first one of another record; its `others` stay."""
    others = versions(replaced)[1:]
    version = revised(record, replaced)
    return {**version, OTHERS: others} if others else version


def lineage(version: Mapping[str, Any]) -> Iterator[str]:
    """Yield the revisions that a successor of a version replaces: its checksum, the `rev` written in it, its past."""
    if version:
        yield revision(version)
    yield from filter(is_revision, (version.get(REVISION), *_past(version)))


def past_of(version: Mapping[str, Any]) -> list[str]:
    """Return the revisions that a version certainly replaced.

    The `rev` written in a version with another checksum is not one of them: another program or damage changed that
    version, and the user decides between the two.
    """
    own = revision(version)
    return [one for one in dict.fromkeys(filter(is_revision, _past(version))) if one != own]


def versions(record: Record) -> list[Record]:
    """Return a record's versions, the record itself first, then those in its `others` and in theirs in turn.

    What is no object is no version:
    `{"note": "a", "others": [{"note": "b", "others": [{"note": "c"}]}, 7]}` → the versions "a", "b" and "c".
    """
    found = [record]
    for version in found:  # which grows meanwhile
        others = version.get(OTHERS)
        if isinstance(others, list):
            found += (other for other in others if isinstance(other, dict))
    return [record, *map(_without_others, found[1:])]


def _without_others(version: Record) -> Record:
    if OTHERS not in version:
        return version
    return {name: value for name, value in version.items() if name != OTHERS}


def has_revision(record: Mapping[str, Any]) -> bool:
    """Return whether a record was written with a revision: `rev` and `past` are written together."""
    return REVISION in record or PAST in record


def revision_fits(record: Record) -> bool:
    """Return whether every version in a record has the checksum that is written in it as `rev`."""
    others = record.get(OTHERS, [])
    return isinstance(others, list) and all(
        isinstance(version, dict)
        and version.get(REVISION) == revision(version)
        and isinstance(version.get(PAST, []), list)
        and all(map(is_revision, version.get(PAST, [])))
        for version in (record, *others)
    )


def is_revision(value: object) -> bool:
    """Return whether a value has the shape of a revision: twelve hex digits."""
    return isinstance(value, str) and _REVISION.fullmatch(value) is not None


def _past(version: Mapping[str, Any]) -> list[Any]:
    past = version.get(PAST)
    return past if type(past) is list else []
