"""Files of the state directory: one JSON object each, replaced whole, named by the ids of what it belongs to."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.schema.records import is_id

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    _State = TypeVar("_State", bound=DataclassInstance)

_JSON_TYPES: Final[dict[Any, type | tuple[type, ...]]] = {
    str: str,
    int: int,
    bool: bool,
    float: (int, float),
}
"""The types of a JSON value that a field of each type accepts."""


def state_file_name(article_id: str, annotation_id: str = "") -> str:
    """Return the name of the file of an article, or of one of its annotations: `3f2a9c41.k3x9f2.json`.

    Raises:
        ValueError: One of them is no id, and might lead out of the directory.
    """
    ids = [article_id, annotation_id] if annotation_id else [article_id]
    if not all(map(is_id, ids)):
        raise ValueError(f"no ids: {ids}")
    return f"{'.'.join(ids)}.json"


def state_files(directory: Path) -> Iterator[Path]:
    """Yield the paths of the state files in a directory, without those put aside as damaged."""
    return (path for path in directory.glob("*.json") if ".damaged-" not in path.name)


def read_state(kind: "type[_State]", path: Path) -> "_State | None":
    """Return the state in a file; `None` if it cannot be read, or is damaged."""
    try:
        return parse_state(kind, path.read_bytes())
    except OSError:
        return None


def parse_state(kind: "type[_State]", content: bytes) -> "_State | None":
    """Return the state in the content of a file; `None` if it is damaged."""
    try:
        found: Any = json.loads(content)
        values = {field.name: found[field.name] for field in fields(kind)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(values[field.name], _JSON_TYPES[field.type]) for field in fields(kind)):
        return None
    return kind(**values)


def write_state(path: Path, state: "DataclassInstance") -> None:
    """Write a state to its file, whole and synced; the directory is created if need be.

    Raises:
        OSError: It is not written.
    """
    make_directory(path.parent)
    atomic_write(path, json.dumps(asdict(state)).encode("ascii"))
