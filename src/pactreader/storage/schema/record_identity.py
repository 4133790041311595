"""The identity of records: the kind and id, which are equal in every copy of a record."""

from typing import Any, Final

from pactreader.storage.schema.records import ANNOTATION, ARTICLE, CHANGE

KINDS: Final = frozenset({ARTICLE, ANNOTATION, CHANGE})
"""The kinds of records that PactReader writes."""

Identity = tuple[str, str]
"""The kind and the id of a record."""


def identity(record: Any) -> Identity | None:
    """Return the kind and id of a record; `None` for one of an unknown kind or shape."""
    if not isinstance(record, dict):
        return None
    kind, record_id = record.get("kind"), record.get("id")
    return (kind, record_id) if type(kind) is type(record_id) is str and kind in KINDS else None
