"""A check of the library as it is on the disk, which changes nothing there."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import LibraryError
from pactreader.storage.journal.file_format import FileState, contents, every_row, hidden_rows, read_line
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import Backup, Backups
from pactreader.storage.schema.records import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    ArticleEntry,
    is_readable,
    is_removed,
    read_annotation,
    read_entry,
)
from pactreader.storage.schema.revisions import has_revision, revision_fits
from pactreader.storage.sync.conflict_files import copies_beside
from pactreader.storage.sync.merge import KINDS
from pactreader.storage.text_store import is_kept, kept_text

_A_WRITE_SECONDS: Final = 0.2
"""Another window may be met in the middle of a write; after so long it is over."""
_FILE_TOO_OPEN: Final = 0o077
"""Anything for anybody but the owner."""
_DIRECTORY_TOO_OPEN: Final = 0o022
"""Others may write. That they may list it harms nothing while the files are the owner's alone."""


class RecordName(NamedTuple):
    """Which record it is, as far as it says so itself. Somebody else's text."""

    key: str
    """TinyDB's document id."""
    kind: str
    id: str
    title: str
    """Of its article; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found."""

    path: Path
    state: FileState
    version: int = 0
    """Of the file; 0 where it has none."""
    articles: int = 0
    annotations: int = 0
    changes: int = 0
    failed_checksums: tuple[RecordName, ...] = ()
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
    missing_texts: tuple[ArticleEntry, ...] = ()
    """Articles whose text is not kept."""
    damaged_texts: tuple[ArticleEntry, ...] = ()
    """Articles whose kept text cannot be read, or is another."""
    too_open: tuple[Path, ...] = ()
    """Files that others may use, and directories that others may write."""
    backups: tuple[Backup, ...] = ()
    """The newest first."""
    conflicted: int = 0
    """Annotations with versions between which the reader has not chosen. Harmless."""
    kept_aside: tuple[Path, ...] = ()
    """Damaged files that were put aside when they were mended. Harmless."""
    copies: tuple[Path, ...] = ()
    """Copies that a file synchroniser has put beside the library: they can be merged. Harmless."""
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
            self.failed_checksums,
            self.unreadable,
            self.unreadable_lines,
            self.wrong_keys,
            self.hidden,
            self.orphans,
            self.missing_texts,
            self.damaged_texts,
            self.too_open,
        )
        is_gone = self.state is FileState.MISSING and self.backups
        return self.state in {FileState.MISSING, FileState.WHOLE} and not is_gone and not any(troubles)


def check(paths: Paths) -> CheckReport:
    """Check the library file, the kept texts, and who may read them.

    Raises:
        LibraryError: There is a file, and it cannot be read at all.
    """
    path = paths.library
    try:
        held = _read(path)
    except FileNotFoundError:
        backups = tuple(Backups(paths.backups).all())
        return CheckReport(path, FileState.MISSING, too_open=tuple(_too_open(paths)), backups=backups)
    except OSError as error:
        raise LibraryError(
            f"The library {path} cannot be read: {error.strerror or error}.",
            "See that it is a file that you may read.",
        ) from error
    return _examined(paths, held)


# What is in the file


class _Contents(NamedTuple):
    state: FileState
    version: int = 0
    pairs: list[tuple[str, Any]] = []  # noqa: RUF012 - a tuple's default, never changed
    """Every key and record, in the order of the file."""
    unreadable_lines: tuple[int, ...] = ()


def _read(path: Path) -> _Contents:
    held = _contents(path.read_bytes())
    if held.state is FileState.DAMAGED:
        time.sleep(_A_WRITE_SECONDS)
        held = _contents(path.read_bytes())
    return held


def _contents(content: bytes) -> _Contents:
    found = contents(content)
    is_json = found.state not in {FileState.DAMAGED, FileState.LATER} or _is_json(content)
    rows = every_row(content) if found.state is not FileState.FOREIGN else []
    return _Contents(found.state, found.version, rows, () if is_json else _unreadable_lines(content))


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _unreadable_lines(content: bytes) -> tuple[int, ...]:
    """The lines of a damaged file that cannot be read, or not to their end."""
    _head, *lines = content.decode("utf-8", "replace").split("\n")
    read = ((number, line, read_line(line)) for number, line in enumerate(lines, 2))
    return tuple(
        number
        for number, line, found in read
        if (found.rest if found else line).strip() not in {"", ",", "}}"}
    )


# What is to be said of it


def _examined(paths: Paths, held: _Contents) -> CheckReport:
    pairs = held.pairs
    last = dict(pairs)
    objects = [(key, record) for key, record in pairs if isinstance(record, dict)]
    known = [(key, record) for key, record in last.items() if _kind(record)]
    readable = [(key, record) for key, record in known if is_readable(record)]
    read = (read_entry(record) for _key, record in readable if _kind(record) == ARTICLE)
    entries = {entry.id: entry for entry in read if entry}
    living = [
        (key, record) for key, record in readable if _kind(record) == ANNOTATION and not is_removed(record)
    ]
    hidden = list(hidden_rows(pairs))
    kept = {id_: is_kept(paths.texts, entry.text_hash) for id_, entry in entries.items()}

    def names(chosen: Iterable[tuple[str, Any]]) -> tuple[RecordName, ...]:
        return tuple(_name(key, record, entries) for key, record in chosen)

    return CheckReport(
        paths.library,
        held.state,
        held.version,
        articles=len(entries),
        annotations=len({record["id"] for _key, record in living}),
        changes=len({record["id"] for _key, record in readable if _kind(record) == CHANGE}),
        failed_checksums=names(
            pair for pair in objects if has_revision(pair[1]) and not revision_fits(pair[1])
        ),
        unreadable=names(pair for pair in known if not is_readable(pair[1])),
        unreadable_lines=held.unreadable_lines,
        wrong_keys=tuple(key for key in last if not _is_document_id(key)),
        hidden=names(hidden),
        orphans=names(pair for pair in living if str(pair[1].get("article")) not in entries),
        missing_texts=tuple(entry for id_, entry in entries.items() if not kept[id_]),
        damaged_texts=tuple(
            entry
            for id_, entry in entries.items()
            if kept[id_] and kept_text(paths.texts, entry.text_hash, entry.source) is None
        ),
        too_open=tuple(_too_open(paths)),
        backups=tuple(Backups(paths.backups).all()),
        conflicted=sum(bool((one := read_annotation(record)) and one.conflicts) for _key, record in living),
        kept_aside=tuple(sorted(paths.data.glob("library.damaged-*"))),
        copies=tuple(copies_beside(paths.library)),
        unchecked=sum(not has_revision(record) for _key, record in known),
        repeated=len(pairs) - len(last) - len(hidden),
        strange=len(last) - len(known),
    )


def _kind(record: Any) -> str:
    """The kind of a record, if it is one that is known here; else nothing."""
    kind = record.get("kind") if isinstance(record, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else ""


def _name(key: str, record: Any, entries: dict[str, ArticleEntry]) -> RecordName:
    fields = record if isinstance(record, dict) else {}
    kind, record_id = str(fields.get("kind", "")), str(fields.get("id", ""))
    entry = entries.get(record_id if kind == ARTICLE else str(fields.get("article", "")))
    return RecordName(key, kind, record_id, entry.title if entry else "")


def _is_document_id(key: str) -> bool:
    return key.isascii() and key.isdecimal()


def _too_open(paths: Paths) -> Iterator[Path]:
    if os.name == "nt":  # modes say nothing there
        return
    directories = [path for path in (paths.data, paths.texts, paths.backups, paths.state) if path.is_dir()]
    for directory in dict.fromkeys(directories):
        if directory.stat().st_mode & _DIRECTORY_TOO_OPEN:
            yield directory
    beside = (
        paths.data.glob("library.damaged-*"),
        paths.texts.glob("*"),
        paths.backups.glob("*"),
        paths.drafts.glob("*"),
    )
    for file in [paths.library, *sorted(chain.from_iterable(beside))]:
        if file.is_file() and file.stat().st_mode & _FILE_TOO_OPEN:
            yield file
