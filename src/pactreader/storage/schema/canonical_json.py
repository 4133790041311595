"""Canonical JSON: one text for each JSON value, independent of the order of its fields, at any depth of nesting."""

import json
from collections.abc import Iterator
from typing import Any, Final

_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
"""The encoder of `json`: ASCII, the names of fields in order, no white space."""


def canonical(value: Any) -> str:
    """Return the canonical text of a JSON value: `{"b": 1.0, "a": null}` → `{"a":null,"b":1.0}`.

    Never raises. `json` cannot encode a value that is nested too deep or has an integer of more than 4,300 digits;
    such a value is encoded without recursion.
    """
    try:
        return _encode(value)
    except (RecursionError, ValueError):
        return "".join(_tokens(value))


def is_same(one: Any, other: Any) -> bool:
    """Return whether two JSON values have the same canonical text.

    Unlike with `==`, `1`, `1.0` and `true` differ, NaN equals itself, and deep nesting raises no error.
    """
    return one is other or canonical(one) == canonical(other)


def _tokens(value: Any) -> Iterator[str]:
    """Yield the canonical text of a value in pieces, without recursion."""
    pending: list[tuple[str, Any]] = [("", value)]
    while pending:
        text, item = pending.pop()
        yield text
        if isinstance(item, dict):
            fields = [(f"{_encode(name)}:", item[name]) for name in sorted(item)]
            pending += _reversed_items("{", fields, "}")
        elif isinstance(item, list):
            pending += _reversed_items("[", [("", one) for one in item], "]")
        elif item is not _NOTHING:
            yield _scalar(item)


_NOTHING: Final = object()
"""The value of a pending piece that is text only, as a bracket is."""


def _reversed_items(start: str, items: list[tuple[str, Any]], end: str) -> Iterator[tuple[str, Any]]:
    """Yield the items of an object or array with commas and brackets, the last one first, to push on a stack."""
    yield end, _NOTHING
    for index in range(len(items) - 1, -1, -1):
        text, item = items[index]
        yield f"{',' if index else ''}{text}", item
    yield start, _NOTHING


def _scalar(value: Any) -> str:
    """Return the text of a string, number, boolean or null; an integer too long for decimals in hexadecimal."""
    try:
        return _encode(value)
    except ValueError:
        return hex(value)
