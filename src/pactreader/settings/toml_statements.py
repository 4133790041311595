"""A TOML file, statement by statement: each with its line, and what is no TOML told apart from the rest."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

_MOST_LINES: Final = 100
"""Lines of one statement: a list or a text that goes on for longer was not closed."""
_LONGEST: Final = 2_000
"""Characters of a line: `tomllib` takes a second for one of ten thousand names."""
_DEEPEST: Final = 4
"""Names that lead to a value: what is deeper stays a table."""
_TOO_DEEP: Final = "a table too deep"
_AT_END: Final = "(at end of document)"
_GOES_ON: Final = ("[", "{", '"""', "'''")
"""What lets a statement go on after its line."""
_POSITION: Final = re.compile(r"\s*\(at [^)]*\)$")


class Statement(NamedTuple):
    """A value, or the head of a table: then the value is an empty table."""

    line: int
    """Where it begins, from 1."""
    path: tuple[str, ...]
    """The names that lead to the value, the table's first."""
    value: Any


class Broken(NamedTuple):
    """A line that is no TOML."""

    line: int
    why: str


def statements(text: str) -> Iterator[Statement | Broken]:
    """What a TOML file says, in its order. A broken line costs itself, a broken head of a table the table.

    Each statement goes through `tomllib` by itself, which says of none where it stood.

    Args:
        text: The file, its lines ended by LF or CRLF.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    table: tuple[str, ...] | None = ()
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if not line or line.startswith("#"):
            at += 1
            continue
        found, count = _parsed(lines, at)
        is_head = line.startswith("[")
        at += count
        number = at - count + 1
        if isinstance(found, str):
            yield Broken(number, found)
            table = None if is_head else table
        elif is_head:
            path, value = next(_values(found))
            table = path if value == {} else None
            why = "a table in double brackets" if line.startswith("[[") else _TOO_DEEP
            yield Broken(number, why) if table is None else Statement(number, path, {})
        elif table is not None:
            for path, value in _values(found):
                yield Statement(number, table + path, value)


def _parsed(lines: list[str], at: int) -> tuple[dict[str, Any] | str, int]:
    """The statement that begins on a line, or why it is none; and how many lines it takes."""
    import tomllib

    why = ""
    for count in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        if len(lines[at + count - 1]) > _LONGEST:
            return "a line too long", 1
        chunk = "\n".join(lines[at : at + count])
        try:
            return tomllib.loads(chunk), count
        except RecursionError:
            return _TOO_DEEP, 1
        except ValueError as error:
            why = why or _POSITION.sub("", str(error))
            if _AT_END not in str(error) or not any(sign in chunk for sign in _GOES_ON):
                break
    return why[:1].lower() + why[1:], 1


def _values(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values in nested tables, with the names that lead there."""
    for name, value in table.items():
        if isinstance(value, dict) and value and len(path) + 1 < _DEEPEST:
            yield from _values(value, (*path, name))
        else:
            yield (*path, name), value
