"""The keys of records: document ids, as TinyDB gives them."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

_MOST_DIGITS: Final = 18
"""Digits of an id that is counted from: ids that this program gives have a few, and longer ones are damage."""


def free_keys(*tables: Iterable[str]) -> Iterator[str]:
    """Yield keys above every one in use, the lowest first: of `{"1": …, "7": …}`, "8", "9" and so on.

    Args:
        tables: The keys in use. One that is no document id, or of more than 18 digits, is passed over.
    """
    ids = (int(key) for keys in tables for key in keys if is_document_id(key))
    return map(str, count(max(ids, default=0) + 1))


def is_document_id(key: str) -> bool:
    """Return whether a key is a document id: decimal digits, and not too many to count from."""
    return key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
