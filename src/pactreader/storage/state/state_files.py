"""The files of the state directory: JSON objects, replaced atomically, named by the ids of articles and annotations."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from pactreader.core.annotation import Anchor

_State = TypeVar("_State", bound=NamedTuple)

_JSON_TYPES: Final[dict[Any, type | tuple[type, ...]]] = {
    str: str,
    int: int,
    bool: bool,
    float: (int, float),
}
"""The types of JSON values that a field of a type accepts."""
_ANCHOR: Final = Anchor | None
"""The type of a field with an anchor, which is a list in JSON."""


def state_file_name(article_id: str, annotation_id: str = "") -> str:
    """Return the name of the file of an article, or of one of its annotations: `3f2a9c41.k3x9f2.json`.

    Raises:
        ValueError: An id is not valid, and could name a file outside the directory.
    """
    from pactreader.storage.schema.records import is_id

    ids = [article_id, annotation_id] if annotation_id else [article_id]
    if not all(map(is_id, ids)):
        raise ValueError(f"no ids: {ids}")
    return f"{'.'.join(ids)}.json"


def state_files(directory: Path) -> Iterator[Path]:
    """Yield the paths of the state files in a directory, without those renamed as damaged."""
    return (path for path in directory.glob("*.json") if ".damaged-" not in path.name)


def read_state(kind: type[_State], path: Path) -> _State | None:
    """Return the state in a file; `None` if the file cannot be read or is damaged."""
    try:
        return parse_state(kind, path.read_bytes())
    except OSError:
        return None


def parse_state(kind: type[_State], content: bytes) -> _State | None:
    """Return the state in the bytes of a file; `None` if they are damaged."""
    try:
        found: Any = json.loads(content)
        return kind(*(_value(kind, name, found) for name in kind._fields))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read_anchor(value: Any) -> Anchor | None:
    """Return the anchor in a list with its fields; `None` if it is none. Version 0.1.0 wrote it without a hash."""
    types = (str, str, str, int, int, str)
    if isinstance(value, list) and len(value) in {5, 6} and all(map(isinstance, value, types)):
        return Anchor(*value)
    return None


def _value(kind: type[NamedTuple], name: str, found: Any) -> Any:
    """Return the value of a field in a JSON object. One with a default may be missing, as in earlier versions.

    Raises:
        KeyError: It is missing.
        TypeError: The value is of another type, or the JSON value is no object.
    """
    is_there = name not in kind._field_defaults or name in found
    value = found[name] if is_there else kind._field_defaults[name]
    type_ = kind.__annotations__[name]
    if type_ == _ANCHOR:
        return value if value is None else read_anchor(value)
    if not isinstance(value, _JSON_TYPES[type_]):
        raise TypeError(name)
    return value


def write_state(path: Path, state: NamedTuple) -> None:
    """Write a state to its file atomically, and create the directory if it is missing.

    Raises:
        OSError: The state is not written.
    """
    from pactreader.storage.journal.atomic_write import atomic_write, make_directory

    make_directory(path.parent)
    atomic_write(path, json.dumps(state._asdict()).encode("ascii"))
