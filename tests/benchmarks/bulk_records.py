"""Insertion of many records into a library at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from pactreader.storage.library import Library


def insert_records(library: Library, records: Iterable[Mapping[str, Any]]) -> None:
    """Append records to the file of a library under free keys."""
    file = library._file
    with file.changing():
        file.append(dict(zip(file.free_keys(), records, strict=False)))
