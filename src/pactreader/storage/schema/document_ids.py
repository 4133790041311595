"""The keys of records in the file: TinyDB's document ids."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

_MAX_DIGITS: Final = 18
"""Digits of the longest key that counts as a document id. PactReader's own have few; longer ones are damage."""
_SAFE_TO_COUNT: Final = 10**15
"""If the highest id is at least this, new ids fill gaps instead, so that no id gets too long."""


def free_keys(*tables: Iterable[str]) -> Iterator[str]:
    """Yield unused keys in ascending order, above every key in use: `{"1": …, "7": …}` → "8", "9", ….

    Args:
        tables: The keys in use. Those that are not document ids are ignored.
    """
    ids = {int(key) for keys in tables for key in keys if is_document_id(key)}
    return free_ids(max(ids, default=0), ids)


def free_ids(highest: int, ids: Iterable[int]) -> Iterator[str]:
    """Yield unused keys in ascending order, above the highest id in use if that is low enough to count from.

    Args:
        highest: The highest id.
        ids: Every id in use. They are read only if the highest id is too high to count from.
    """
    if highest < _SAFE_TO_COUNT:
        return map(str, count(highest + 1))
    used = set(ids)
    return (str(id_) for id_ in count(1) if id_ not in used)


def is_document_id(key: str) -> bool:
    """Return whether a key is a document id: at most 18 decimal digits without leading zeros."""
    is_number = key.isascii() and key.isdecimal() and len(key) <= _MAX_DIGITS
    return is_number and (key[0] != "0" or key == "0")
