"""A check of the library as it is on the disk, which changes nothing there."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import LibraryError
from pactreader.storage.kept_texts import is_kept, kept_text
from pactreader.storage.places import Places
from pactreader.storage.records import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    PAST,
    REVISION,
    Entry,
    is_id,
    read_annotation,
    read_change,
    read_entry,
    revision_fits,
)
from pactreader.storage.tail_file import RECORDS, VERSION, file_version, read_line, salvaged

_A_WRITE_SECONDS: Final = 0.2
"""Another window may be met in the middle of a write; after so long it is over."""
_FILE_TOO_OPEN: Final = 0o077
"""Anything for anybody but the owner."""
_DIRECTORY_TOO_OPEN: Final = 0o022
"""Others may write. That they may list it harms nothing while the files are the owner's alone."""


class FileState(Enum):
    """What the library file is, before its records are looked at."""

    MISSING = "missing"
    WHOLE = "whole"
    EMPTY = "empty"
    ZEROED = "zeroed"
    """NUL bytes only, as a power cut can leave."""
    DAMAGED = "damaged"
    """No valid JSON; what can be read of it has been."""
    FOREIGN = "foreign"
    """No library, or one whose first line is damaged."""
    TABLELESS = "tableless"
    """A library without its table of records."""
    LATER = "later"
    """Written by a later version."""


class RecordName(NamedTuple):
    """Which record it is, as far as it says so itself. Somebody else's text."""

    key: str
    """TinyDB's document id."""
    kind: str
    id: str
    title: str
    """Of its article; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found."""

    path: Path
    state: FileState
    version: int = 0
    """Of the file; 0 where it has none."""
    articles: int = 0
    annotations: int = 0
    changes: int = 0
    unlike: tuple[RecordName, ...] = ()
    """Records that are not as they were when their checksum was written, replaced ones too."""
    unreadable: tuple[RecordName, ...] = ()
    """Records of a known kind that cannot be read as one."""
    unreadable_lines: tuple[int, ...] = ()
    """Lines of a damaged file that cannot be read, or not to their end; from 1."""
    wrong_keys: tuple[str, ...] = ()
    """Keys that are no document ids: the file is refused for one."""
    hidden: tuple[RecordName, ...] = ()
    """Records whose key another record has taken."""
    orphans: tuple[RecordName, ...] = ()
    """Annotations whose article has no record."""
    missing_texts: tuple[Entry, ...] = ()
    """Articles whose text is not kept."""
    damaged_texts: tuple[Entry, ...] = ()
    """Articles whose kept text cannot be read, or is another."""
    too_open: tuple[Path, ...] = ()
    """Files that others may use, and directories that others may write."""
    unchecked: int = 0
    """Records without a checksum. Harmless."""
    repeated: int = 0
    """Lines that a later line of the same record replaces. Harmless."""
    strange: int = 0
    """Records of a kind that is not known here. Harmless."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        troubles = (
            self.unlike,
            self.unreadable,
            self.unreadable_lines,
            self.wrong_keys,
            self.hidden,
            self.orphans,
            self.missing_texts,
            self.damaged_texts,
            self.too_open,
        )
        return self.state in {FileState.MISSING, FileState.WHOLE} and not any(troubles)


def check(places: Places) -> Checkup:
    """Check the library file, the kept texts, and who may read them.

    Raises:
        LibraryError: There is a file, and it cannot be read at all.
    """
    path = places.library
    try:
        contents = _read(path)
    except FileNotFoundError:
        return Checkup(path, FileState.MISSING, too_open=tuple(_too_open(places)))
    except OSError as error:
        raise LibraryError(
            f"The library {path} cannot be read: {error.strerror or error}.",
            "See that it is a file that you may read.",
        ) from error
    return _examined(places, contents)


# What is in the file


class _Object(dict[str, Any]):
    """A JSON object that knows every pair it was read from, where a key stands in it twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs if len(pairs) > len(self) else None

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        return self._pairs or list(self.items())


class _Contents(NamedTuple):
    state: FileState
    version: int = 0
    pairs: list[tuple[str, Any]] = []  # noqa: RUF012 - a tuple's default, never changed
    """Every key and record, in the order of the file."""
    unreadable_lines: tuple[int, ...] = ()


def _read(path: Path) -> _Contents:
    contents = _contents(path.read_bytes())
    if contents.state is FileState.DAMAGED:
        time.sleep(_A_WRITE_SECONDS)
        contents = _contents(path.read_bytes())
    return contents


def _contents(content: bytes) -> _Contents:
    if not content:
        return _Contents(FileState.EMPTY)
    if not content.strip(b"\0"):
        return _Contents(FileState.ZEROED)
    try:
        tables = json.loads(content, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return _damaged_contents(content)
    try:
        version = file_version(tables)
    except ValueError:
        return _Contents(FileState.FOREIGN)
    if RECORDS not in tables:
        return _Contents(FileState.TABLELESS, version)
    state = FileState.LATER if version > VERSION else FileState.WHOLE
    return _Contents(state, version, tables[RECORDS].pairs)


def _damaged_contents(content: bytes) -> _Contents:
    tables = salvaged(content)
    if tables is None:
        return _Contents(FileState.FOREIGN)
    pairs, unreadable = [], []
    _head, *lines = content.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, 2):
        found = read_line(line)
        if found:
            pairs.append((found.key, found.record))
        if (found.rest if found else line).strip() not in {"", ",", "}}"}:
            unreadable.append(number)
    return _Contents(
        FileState.DAMAGED,
        file_version(tables),
        pairs or list(tables.get(RECORDS, {}).items()),
        tuple(unreadable),
    )


# What is to be said of it


def _examined(places: Places, contents: _Contents) -> Checkup:
    pairs = contents.pairs
    last = dict(pairs)
    objects = [(key, record) for key, record in pairs if isinstance(record, dict)]
    known = [(key, record) for key, record in last.items() if _kind(record)]
    readable = [(key, record) for key, record in known if _is_readable(record)]
    read = (read_entry(record) for _key, record in readable if _kind(record) == ARTICLE)
    entries = {entry.id: entry for entry in read if entry}
    living = [
        (key, record) for key, record in readable if _kind(record) == ANNOTATION and not _is_removed(record)
    ]
    hidden = list(_hidden(pairs))
    kept = {id_: is_kept(places.texts, entry.text_hash) for id_, entry in entries.items()}

    def names(chosen: Iterable[tuple[str, Any]]) -> tuple[RecordName, ...]:
        return tuple(_name(key, record, entries) for key, record in chosen)

    return Checkup(
        places.library,
        contents.state,
        contents.version,
        articles=len(entries),
        annotations=len({record["id"] for _key, record in living}),
        changes=len({record["id"] for _key, record in readable if _kind(record) == CHANGE}),
        unlike=names(pair for pair in objects if _has_checksum(pair[1]) and not revision_fits(pair[1])),
        unreadable=names(pair for pair in known if not _is_readable(pair[1])),
        unreadable_lines=contents.unreadable_lines,
        wrong_keys=tuple(key for key in last if not _is_document_id(key)),
        hidden=names(hidden),
        orphans=names(pair for pair in living if str(pair[1].get("article")) not in entries),
        missing_texts=tuple(entry for id_, entry in entries.items() if not kept[id_]),
        damaged_texts=tuple(
            entry
            for id_, entry in entries.items()
            if kept[id_] and kept_text(places.texts, entry.text_hash, entry.source) is None
        ),
        too_open=tuple(_too_open(places)),
        unchecked=sum(not _has_checksum(record) for _key, record in known),
        repeated=len(pairs) - len(last) - len(hidden),
        strange=len(last) - len(known),
    )


_READERS: Final = {ARTICLE: read_entry, ANNOTATION: read_annotation, CHANGE: read_change}


def _kind(record: Any) -> str:
    """The kind of a record, if it is one that is known here; else nothing."""
    kind = record.get("kind") if isinstance(record, dict) else None
    return kind if isinstance(kind, str) and kind in _READERS else ""


def _is_removed(record: dict[str, Any]) -> bool:
    return record.get("deleted") is True and is_id(record.get("id"))


def _is_readable(record: dict[str, Any]) -> bool:
    kind = _kind(record)
    return (kind == ANNOTATION and _is_removed(record)) or _READERS[kind](record) is not None


def _name(key: str, record: Any, entries: dict[str, Entry]) -> RecordName:
    fields = record if isinstance(record, dict) else {}
    kind, record_id = str(fields.get("kind", "")), str(fields.get("id", ""))
    entry = entries.get(record_id if kind == ARTICLE else str(fields.get("article", "")))
    return RecordName(key, kind, record_id, entry.title if entry else "")


def _has_checksum(record: dict[str, Any]) -> bool:
    """Whether a checksum was written with a record: both fields are written together."""
    return REVISION in record or PAST in record


def _hidden(pairs: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The records whose key a later record took that is no edit of theirs."""
    before: dict[str, Any] = {}
    for key, record in pairs:
        if key in before and _identity(before[key]) != _identity(record):
            yield key, before[key]
        before[key] = record


def _identity(record: Any) -> object:
    return (record.get("kind"), record.get("id")) if isinstance(record, dict) else record


def _is_document_id(key: str) -> bool:
    return key.isascii() and key.isdecimal()


def _too_open(places: Places) -> Iterator[Path]:
    if os.name == "nt":  # modes say nothing there
        return
    directories = [path for path in (places.data, places.texts, places.state) if path.is_dir()]
    for directory in dict.fromkeys(directories):
        if directory.stat().st_mode & _DIRECTORY_TOO_OPEN:
            yield directory
    beside = (places.data.glob("library.damaged-*"), places.texts.glob("*"), places.drafts.glob("*"))
    for file in [places.library, *sorted(chain.from_iterable(beside))]:
        if file.is_file() and file.stat().st_mode & _FILE_TOO_OPEN:
            yield file
