"""The keys of records: document ids, as TinyDB gives them."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

_MAX_DIGITS: Final = 18
"""Digits of an id that is counted from: ids that this program gives have a few, and longer ones are damage."""
_SAFE_TO_COUNT: Final = 10**15
"""The id from which on new ones fill gaps, so that none grows too long."""


def free_keys(*tables: Iterable[str]) -> Iterator[str]:
    """Yield keys above every one in use, the lowest first: of `{"1": …, "7": …}`, "8", "9" and so on.

    Args:
        tables: The keys in use. Those that are no document ids are passed over.
    """
    ids = {int(key) for keys in tables for key in keys if is_document_id(key)}
    return free_ids(max(ids, default=0), ids)


def free_ids(highest: int, ids: Iterable[int]) -> Iterator[str]:
    """Yield keys above the highest id in use.

    Args:
        highest: The highest id.
        ids: Every id in use. They are looked at only if the highest one is too high to count from.
    """
    if highest < _SAFE_TO_COUNT:
        return map(str, count(highest + 1))
    used = set(ids)
    return (str(id_) for id_ in count(1) if id_ not in used)


def is_document_id(key: str) -> bool:
    """Return whether a key is a document id: decimal digits without leading zeros, not too many to count from."""
    is_number = key.isascii() and key.isdecimal() and len(key) <= _MAX_DIGITS
    return is_number and (key[0] != "0" or key == "0")
