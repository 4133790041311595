"""Parsing of TOML statement by statement, for line numbers and recovery from errors."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

_MAX_LINES: Final = 100
"""The greatest number of lines of a statement. A list or a text that is longer was not closed."""
_MAX_LINE_LENGTH: Final = 2_000
"""The greatest length of a line in characters. `tomllib` takes a second for a line of ten thousand names."""
_MAX_DEPTH: Final = 4
"""The greatest length of a value's path. A table at this depth is a value itself."""
_TOO_DEEP: Final = "a table too deep"
_POSITION: Final = re.compile(r"\s*\(at [^)]*\)$")
"""The position at the end of a message of `tomllib`: `(at line 1, column 7)`."""
_UNFINISHED: Final = "(at end of document)"
_OPENERS: Final = ("[", "{", '"""', "'''")
"""The characters that begin a value of several lines."""


class Statement(NamedTuple):
    """A valid statement: an assignment, or the header of a table with an empty table as its value."""

    line: int
    """The first line of the statement, counted from 1."""
    path: tuple[str, ...]
    """The path of the value, with that of its table."""
    value: Any


class InvalidStatement(NamedTuple):
    """A statement that is not valid, or not supported here."""

    line: int
    reason: str


def statements(text: str) -> Iterator[Statement | InvalidStatement]:
    r"""Parse a TOML file statement by statement, in its order.

    Each is parsed by `tomllib` on its own, which has no line numbers of values and stops at the first error. An invalid
    statement is skipped, and after an invalid header of a table all values of that table.

    Example:
        `"[panel]\nside = 'left'\nwidth =\n"` gives `Statement(1, ("panel",), {})`,
        `Statement(2, ("panel", "side"), "left")` and `InvalidStatement(3, "invalid value")`.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    table: tuple[str, ...] | None = ()
    index = 0
    while index < len(lines):
        number, line = index + 1, lines[index].strip()
        if not line or line.startswith("#"):
            index += 1
            continue
        parsed, line_count = _parse(lines[index : index + _MAX_LINES])
        index += line_count
        is_header = line.startswith("[")
        if isinstance(parsed, str):
            yield InvalidStatement(number, parsed)
            table = None if is_header else table
        elif is_header:
            path, value = next(_values(parsed))
            table = path if value == {} else None
            reason = "a table in double brackets" if line.startswith("[[") else _TOO_DEEP
            yield InvalidStatement(number, reason) if table is None else Statement(number, path, {})
        elif table is not None:
            for path, value in _values(parsed):
                yield Statement(number, table + path, value)


def _parse(lines: Sequence[str]) -> tuple[dict[str, Any] | str, int]:
    """Parse the statement at the beginning of some lines.

    Returns:
        The parsed statement, or the reason why it is invalid; and the number of its lines.
    """
    import tomllib  # takes 3 ms, and a file of comments only does not need it

    reason = ""
    for count in range(1, len(lines) + 1):
        if len(lines[count - 1]) > _MAX_LINE_LENGTH:
            return "a line too long", 1
        chunk = "\n".join(lines[:count])
        try:
            return tomllib.loads(chunk), count
        except RecursionError:
            return _TOO_DEEP, 1
        except ValueError as error:
            reason = reason or _POSITION.sub("", str(error))
            if _UNFINISHED not in str(error) or not any(opener in chunk for opener in _OPENERS):
                break
    return reason[:1].lower() + reason[1:], 1


def _values(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the values in nested tables with their paths."""
    for name, value in table.items():
        if isinstance(value, dict) and value and len(path) + 1 < _MAX_DEPTH:
            yield from _values(value, (*path, name))
        else:
            yield (*path, name), value
