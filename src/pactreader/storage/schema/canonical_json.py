"""Canonical JSON: the same text for the same value, whatever the order of its fields and however deep it is nested."""

import json
from collections.abc import Iterator
from typing import Any, Final

_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
"""The encoder of `json`: ASCII, the names of fields in order, no white space."""


def canonical(value: Any) -> str:
    """Return the canonical text of a JSON value: `{"b": 1.0, "a": null}` → `{"a":null,"b":1.0}`.

    Never raises: a value that `json` cannot encode, as it is nested too deep or has an integer of more than 4,300
    digits, is encoded step by step.
    """
    try:
        return _encode(value)
    except (RecursionError, ValueError):
        return "".join(_tokens(value))


def is_same(one: Any, other: Any) -> bool:
    """Return whether two JSON values have the same canonical text.

    Unlike `==`, it tells `1`, `1.0` and `true` apart, finds NaN equal to itself, and is not stopped by deep nesting.
    """
    return one is other or canonical(one) == canonical(other)


def _tokens(value: Any) -> Iterator[str]:
    """Yield the pieces of the canonical text of a value, without recursion."""
    pending: list[tuple[str, Any]] = [("", value)]
    while pending:
        text, item = pending.pop()
        yield text
        if isinstance(item, dict):
            inner = [(f"{_encode(name)}:", item[name]) for name in sorted(item)]
            pending += _enclosed("{", inner, "}")
        elif isinstance(item, list):
            pending += _enclosed("[", [("", one) for one in item], "]")
        elif item is not _NOTHING:
            yield _scalar(item)


_NOTHING: Final = object()
"""The value behind a piece of text that has none."""


def _enclosed(start: str, items: list[tuple[str, Any]], end: str) -> Iterator[tuple[str, Any]]:
    """Yield the items of an object or array with commas and brackets, the last one first."""
    yield end, _NOTHING
    for index in range(len(items) - 1, -1, -1):
        text, item = items[index]
        yield f"{',' if index else ''}{text}", item
    yield start, _NOTHING


def _scalar(value: Any) -> str:
    """Return the text of a value without inner values; in hexadecimal, if it is an integer too long for decimals."""
    try:
        return _encode(value)
    except ValueError:
        return hex(value)
