"""Reading of library files that PactReader wrote, a chunk of lines at a time, into packed records."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.storage.journal.file_contents import is_shadowing
from pactreader.storage.journal.file_format import CLOSE, RECORDS, VERSION, Tables, file_version, parse_json
from pactreader.storage.journal.packed_records import CHUNK_SIZE, PackedRecords

Observe = Callable[[Mapping[str, Any]], object]
"""A function that gets the records of a file by key in chunks, in the order of the file, while they are decoded."""

_KEY: Final = lazy_pattern(rb'^"(0|[1-9][0-9]{0,17})":', re.MULTILINE)
"""The key at the beginning of a line: a document id."""
_ANY_KEY: Final = lazy_pattern(rb'"[0-9]+"\s*:')
"""Such a key anywhere. In a string, a backslash stands before its second quotation mark."""


def read_packed(content: bytes, observe: Observe) -> Tables | None:
    """Return the tables of a whole file of the present version, with packed records.

    Every record is decoded once, so that damage is noticed.

    Args:
        content: The bytes of the file.
        observe: Gets the records. An edit comes after the record that it replaces.

    Returns:
        The tables; `None` if the file is damaged, or any other program or version wrote it: then it has to be read
        completely, whatever was observed.
    """
    content = content.rstrip()
    if not content.endswith(CLOSE) or not content.isascii():
        return None
    start, end = content.find(b"\n") + 1, len(content) - len(CLOSE)
    try:
        tables: Tables = parse_json(content[:start] + b"}}")
        if file_version(tables) != VERSION or next(reversed(tables)) != RECORDS or tables[RECORDS]:
            return None
        records = PackedRecords()
        while start < end:
            stop = content.find(b"\n", min(start + CHUNK_SIZE, end), end)
            stop = end if stop < 0 else stop
            lines = content[start:stop].removesuffix(b"," if stop < end else b"")
            if not _take_lines(records, lines, observe):
                return None
            start = stop + 1
    except ValueError:
        return None
    return {**tables, RECORDS: records}


def _take_lines(records: PackedRecords, lines: bytes, observe: Observe) -> bool:
    """Add lines of a file, and return whether they are lines that PactReader writes.

    Raises:
        ValueError: A line is not valid JSON.
    """
    keys = [key.decode("ascii") for key in _KEY.findall(lines)]
    line_feeds = lines.count(b"\n")
    # Nothing stands between a comma and its line feed, and no second record on a line.
    if not len(keys) == len(_ANY_KEY.findall(lines)) == line_feeds + 1 or lines.count(b",\n") != line_feeds:
        return False
    if not _is_ascending(records.highest_key, keys):
        return _take_edits(records, lines, observe)
    decoded = parse_json(b"{" + lines + b"}")
    if list(decoded) != keys:
        return False
    records.add_chunk(lines, keys)
    observe(decoded)
    return True


def _take_edits(records: PackedRecords, lines: bytes, observe: Observe) -> bool:
    """Add lines of which some are edits of earlier records, likewise."""
    for line in lines.split(b",\n"):
        row = parse_json(b"{" + line + b"}")
        if len(row) != 1:
            return False
        ((key, record),) = row.items()
        if key in records:
            if is_shadowing(record, records[key]):
                return False
            records[key] = record
        elif int(key) > records.highest_key:
            records.add_chunk(line, [key])
        else:
            return False
        observe(row)
    return True


def _is_ascending(highest: int, keys: Sequence[str]) -> bool:
    numbers = [highest, *map(int, keys)]
    return all(one < other for one, other in pairwise(numbers))
