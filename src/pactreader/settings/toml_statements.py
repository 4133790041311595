"""A TOML file split into its statements, so that each has its line and an invalid one costs only itself."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

_MOST_LINES: Final = 100
"""Lines of one statement: a list or a text that goes on for longer was not closed."""
_LONGEST_LINE: Final = 2_000
"""Characters: `tomllib` takes a second for a line of ten thousand names."""
_DEEPEST: Final = 4
"""Names that lead to a value: what is deeper stays a table."""
_TOO_DEEP: Final = "a table too deep"
_POSITION: Final = re.compile(r"\s*\(at [^)]*\)$")
"""The end of a message of `tomllib`: `(at line 1, column 7)`."""
_UNFINISHED: Final = "(at end of document)"
_OPENERS: Final = ("[", "{", '"""', "'''")
"""The characters that let a statement go on behind the end of its line."""


class Statement(NamedTuple):
    """A value; or the header of a table, whose value is an empty table."""

    line: int
    """The line on which it begins, from 1."""
    path: tuple[str, ...]
    """The names that lead to the value, with those of its table."""
    value: Any


class InvalidStatement(NamedTuple):
    """A line that is no TOML."""

    line: int
    reason: str


def statements(text: str) -> Iterator[Statement | InvalidStatement]:
    r"""Parse a TOML file statement by statement, in its order.

    Each goes through `tomllib` by itself, as that tells no lines of values and gives up at the first error. An
    invalid line costs itself, an invalid header of a table the values below it.

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
        parsed, line_count = _parse(lines[index : index + _MOST_LINES])
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
    """Parse the statement that the lines begin with.

    Returns:
        The statement, or the reason why it is invalid, and the number of its lines.
    """
    import tomllib  # costs 3 ms of the start, and a file that is all comments does without

    reason = ""
    for count in range(1, len(lines) + 1):
        if len(lines[count - 1]) > _LONGEST_LINE:
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
    """Yield the values in nested tables, each with the names that lead to it."""
    for name, value in table.items():
        if isinstance(value, dict) and value and len(path) + 1 < _DEEPEST:
            yield from _values(value, (*path, name))
        else:
            yield (*path, name), value
