"""Revisions: a record's checksum, which names one version of it, and the versions that it replaced.

A record is a register of versions (a multi-value register: Shapiro and others, "A comprehensive study of Convergent
and Commutative Replicated Data Types", https://inria.hal.science/inria-00555588, section 3.2.2). One version is the
record itself; `others` holds those written elsewhere at the same time, between which the reader has not chosen.
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
"""The fields that are about a record's content and no part of it."""

_REVISION_BYTES: Final = 6
"""48 bits: of a million versions of one record, two share a revision once in 500 times."""
_REVISION: Final = re.compile(r"[0-9a-f]{12}")
_LONGEST_PAST: Final = 200
"""Revisions that a version remembers, 3 kB. Of two copies that are further apart, neither is known to be the older:
then both stay, and nothing is lost."""


def content_of(record: Mapping[str, Any]) -> Record:
    """What a version says, without what is said about it."""
    return {name: value for name, value in record.items() if name not in VERSIONING}


def revision(record: Mapping[str, Any]) -> str:
    """The checksum of a record's content: the first 6 bytes of BLAKE2s over its canonical JSON, in hex digits.

    The content is every field but `rev`, `past` and `others`. BLAKE2s: https://www.rfc-editor.org/rfc/rfc7693.
    """
    return blake2s(canonical(content_of(record)).encode("ascii"), digest_size=_REVISION_BYTES).hexdigest()


def revised(record: Mapping[str, Any], *replaced: Mapping[str, Any]) -> Record:
    """A version with its revision, and with those of the versions whose place it takes, the newest first."""
    return with_past(record, (one for version in replaced for one in lineage(version)))


def with_past(record: Mapping[str, Any], past: Iterable[str]) -> Record:
    """A version with its revision, after a past that is given."""
    rev = revision(record)
    known = dict.fromkeys(one for one in past if one != rev)
    return {**content_of(record), REVISION: rev, PAST: list(known)[:_LONGEST_PAST]}


def succeeding(replaced: Record, record: Mapping[str, Any]) -> Record:
    """A version in the place of the one that a record shows; the others stay beside it."""
    others = versions(replaced)[1:]
    version = revised(record, replaced)
    return {**version, OTHERS: others} if others else version


def lineage(version: Mapping[str, Any]) -> Iterator[str]:
    """The revisions that whatever takes a version's place replaces: what it is, what it says that it is, what it was."""
    if version:
        yield revision(version)
    yield from filter(is_revision, (version.get(REVISION), *_past(version)))


def past_of(version: Mapping[str, Any]) -> list[str]:
    """The revisions that a version surely replaced.

    One whose content is not what its revision says was changed by another program, or is damaged: whether it replaced
    that revision is for the reader to say.
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
    """Whether a revision was written with a record: both fields are written together."""
    return REVISION in record or PAST in record


def revision_fits(record: Record) -> bool:
    """Whether a record is as it was when its revision was written; the same of every other version in it."""
    others = record.get(OTHERS, [])
    return isinstance(others, list) and all(
        isinstance(version, dict)
        and version.get(REVISION) == revision(version)
        and isinstance(version.get(PAST, []), list)
        and all(map(is_revision, version.get(PAST, [])))
        for version in (record, *others)
    )


def is_revision(value: object) -> bool:
    """Whether it can be a revision: twelve hex digits."""
    return isinstance(value, str) and _REVISION.fullmatch(value) is not None


def _past(version: Mapping[str, Any]) -> list[Any]:
    past = version.get(PAST)
    return past if type(past) is list else []
