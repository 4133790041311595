"""The check of the library on the disk, which changes nothing there."""

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, filterfalse
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import LibraryError
from pactreader.storage.journal.file_contents import (
    FileState,
    read_contents,
    read_line,
    read_rows,
    shadowed_rows,
)
from pactreader.storage.journal.file_format import parse_json
from pactreader.storage.paths import Paths
from pactreader.storage.progress import OnProgress, counted, silent
from pactreader.storage.recovery.backups import Backup, Backups
from pactreader.storage.schema.document_ids import is_document_id
from pactreader.storage.schema.record_identity import KINDS
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
from pactreader.storage.schema.revisions import has_failed_checksum, has_revision_id
from pactreader.storage.sync.conflict_files import find_conflict_files
from pactreader.storage.text_references import hashes_in_record
from pactreader.storage.texts.page_store import is_page_damaged
from pactreader.storage.texts.store_files import is_stored
from pactreader.storage.texts.text_store import StoredTexts, stored_text

_RETRY_SECONDS: Final = 0.2
"""Seconds before a damaged file is read again, as another process may have been writing it."""
_FILE_TOO_OPEN: Final = 0o077
"""The mode bits of a file that give access to others than the owner."""
_DIRECTORY_TOO_OPEN: Final = 0o022
"""The mode bits of a directory that let others write. Others may list it, as they cannot read the files."""

Row = tuple[str, Any]
"""A key of the file and its record."""


class RecordName(NamedTuple):
    """The description of a record for the user. Its texts come from the file, and are not to be trusted."""

    key: str
    """The document id."""
    kind: str
    id: str
    title: str
    """The title of the record's article; empty if it is not known."""


class FormerText(NamedTuple):
    """A text that annotations were made on, and that is not the present one of an article."""

    text_hash: str
    title: str
    """The title of the annotations' article; empty if it is not known."""
    annotations: int
    """The number of annotations that refer to it, those in conflicts included."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings of a check."""

    path: Path
    state: FileState
    version: int = 0
    """The version of the file's format; 0 if it names none."""
    articles: int = 0
    annotations: int = 0
    changes: int = 0
    failed_checksums: tuple[RecordName, ...] = ()
    """Records with a failed checksum, those replaced by later lines included."""
    unreadable: tuple[RecordName, ...] = ()
    """Records of a known kind that cannot be read."""
    unreadable_lines: tuple[int, ...] = ()
    """The numbers, from 1, of the lines of a damaged file that cannot be read to their end."""
    wrong_keys: tuple[str, ...] = ()
    """Keys that are not document ids."""
    shadowed: tuple[RecordName, ...] = ()
    """Records that a later record with the same key shadows."""
    orphans: tuple[RecordName, ...] = ()
    """Annotations whose article has no record."""
    missing_texts: tuple[ArticleEntry, ...] = ()
    """Articles with annotations whose text is not stored."""
    damaged_texts: tuple[ArticleEntry, ...] = ()
    """Articles whose stored text cannot be read, or has another hash."""
    damaged_former_texts: tuple[FormerText, ...] = ()
    """Former texts that are stored and cannot be read, or have another hash."""
    damaged_pages: tuple[ArticleEntry, ...] = ()
    """Articles from the web whose kept page cannot be read, or has another hash."""
    too_open: tuple[Path, ...] = ()
    """Files that others may access, and directories that others may write."""
    backups: tuple[Backup, ...] = ()
    """The backups, the newest first."""
    missing_former_texts: tuple[FormerText, ...] = ()
    """Former texts that are not stored. Harmless."""
    without_text: int = 0
    """The number of articles that have neither annotations nor a stored text. Harmless."""
    protected: int = 0
    """The number of articles whose text is not stored as their files are protected by a password. Harmless."""
    conflicted: int = 0
    """The number of annotations with conflicts. Harmless."""
    damaged_files: tuple[Path, ...] = ()
    """Damaged files that were kept at a recovery. Harmless."""
    conflict_files: tuple[Path, ...] = ()
    """Conflict files beside the library. Harmless."""
    without_checksum: int = 0
    """The number of records without a checksum. Harmless."""
    replaced_lines: int = 0
    """The number of lines that are replaced by a later line of the same record. Harmless."""
    of_unknown_kind: int = 0
    """The number of records of an unknown kind. Harmless."""

    @property
    def is_sound(self) -> bool:
        """True if there is nothing to repair."""
        faults = (
            self.failed_checksums,
            self.unreadable,
            self.unreadable_lines,
            self.wrong_keys,
            self.shadowed,
            self.orphans,
            self.missing_texts,
            self.damaged_texts,
            self.damaged_former_texts,
            self.damaged_pages,
            self.too_open,
        )
        is_gone = self.state is FileState.MISSING and self.backups
        return self.state in {FileState.MISSING, FileState.WHOLE} and not is_gone and not any(faults)


def check(paths: Paths, *, on_progress: OnProgress = silent) -> CheckReport:
    """Check the library file, the stored texts, and the modes of files and directories.

    Args:
        paths: The paths of the library.
        on_progress: Is called as records, and then the texts of articles, are checked.

    Raises:
        LibraryError: There is a library file, and it cannot be read.
    """
    path = paths.library
    try:
        found = _read(path)
    except FileNotFoundError:
        backups = tuple(Backups(paths.backups).all())
        return CheckReport(path, FileState.MISSING, too_open=tuple(_too_open(paths)), backups=backups)
    except OSError as error:
        raise LibraryError(
            f"The library {path} cannot be read: {error.strerror or error}.",
            "See that it is a file that you may read.",
        ) from error
    return _report(paths, found, on_progress)


# The file


class _FileRows(NamedTuple):
    """The records of a library file, and the faults of the file itself."""

    state: FileState
    version: int
    rows: list[Row]
    """The keys and records in the order of the file, replaced ones included."""
    unreadable_lines: tuple[int, ...]


def _read(path: Path) -> _FileRows:
    """Read a file, a second time if it is damaged, as another process may have been writing it."""
    found = _parse(path.read_bytes())
    if found.state is FileState.DAMAGED:
        time.sleep(_RETRY_SECONDS)
        found = _parse(path.read_bytes())
    return found


def _parse(content: bytes) -> _FileRows:
    found = read_contents(content)
    is_json = found.state not in {FileState.DAMAGED, FileState.LATER} or _is_json(content)
    rows = read_rows(content) if found.state is not FileState.FOREIGN else []
    return _FileRows(found.state, found.version, rows, () if is_json else _unreadable_lines(content))


def _is_json(content: bytes) -> bool:
    try:
        parse_json(content)
    except ValueError:
        return False
    return True


def _unreadable_lines(content: bytes) -> tuple[int, ...]:
    """Return the numbers, from 1, of the lines of a damaged file that cannot be read to their end."""
    _head, *lines = content.decode("utf-8", "replace").split("\n")
    read = ((number, line, read_line(line)) for number, line in enumerate(lines, 2))
    return tuple(
        number
        for number, line, found in read
        if (found.rest if found else line).strip() not in {"", ",", "}}"}
    )


# The records


def _report(paths: Paths, found: _FileRows, on_progress: OnProgress) -> CheckReport:
    """Return the report on the records of a file, the stored texts, the backups and the files beside the library."""
    records = _CheckedRecords(found.rows, on_progress)
    entries = list(records.entries.values())
    without_text = [
        entry
        for entry in entries
        if not is_stored(paths.texts, entry.text_hash)
        # One that was closed before its text was whole gets it when it is opened again.
        and (entry.text_hash or entry.id not in records.annotated)
    ]
    withheld = [entry for entry in without_text if entry.is_protected]
    missing = tuple(
        entry for entry in without_text if entry.id in records.annotated and not entry.is_protected
    )
    texts = StoredTexts(paths.texts)
    unreadable = [one for one in records.former_texts if one.text_hash not in texts]
    return CheckReport(
        paths.library,
        found.state,
        found.version,
        articles=len(entries),
        annotations=len({record["id"] for _key, record in records.living}),
        changes=len(
            {
                record["id"]
                for _key, record in records.readable
                if record["kind"] == CHANGE and not is_removed(record)
            }
        ),
        failed_checksums=records.names(records.failed),
        unreadable=records.names(records.unreadable),
        unreadable_lines=found.unreadable_lines,
        wrong_keys=tuple(filterfalse(is_document_id, records.last)),
        shadowed=records.names(records.shadowed),
        orphans=records.names(records.orphans),
        missing_texts=missing,
        damaged_texts=tuple(
            entry
            for entry in counted(entries, len(entries), on_progress)
            if is_stored(paths.texts, entry.text_hash)
            and stored_text(paths.texts, entry.text_hash, entry.source) is None
        ),
        damaged_former_texts=tuple(one for one in unreadable if is_stored(paths.texts, one.text_hash)),
        damaged_pages=tuple(
            entry for entry in entries if entry.page and is_page_damaged(paths.texts, entry.page.hash)
        ),
        missing_former_texts=tuple(one for one in unreadable if not is_stored(paths.texts, one.text_hash)),
        without_text=len(without_text) - len(missing) - len(withheld),
        protected=len(withheld),
        too_open=tuple(_too_open(paths)),
        backups=tuple(Backups(paths.backups).all()),
        conflicted=sum(map(_is_conflicted, records.living)),
        damaged_files=tuple(sorted(paths.data.glob("library.damaged-*"))),
        conflict_files=tuple(find_conflict_files(paths.library)),
        without_checksum=sum(not has_revision_id(record) for _key, record in records.known),
        replaced_lines=len(found.rows) - len(records.last) - len(records.shadowed),
        of_unknown_kind=len(records.last) - len(records.known),
    )


class _CheckedRecords:
    """The records of a file, grouped by the results of their check."""

    def __init__(self, rows: list[Row], on_progress: OnProgress) -> None:
        self._rows = rows
        self._on_progress = on_progress
        self.last = dict(rows)
        """The last record of each key, by key."""
        self.known = [(key, record) for key, record in self.last.items() if _kind(record)]
        """The records of a known kind."""
        self.readable = [(key, record) for key, record in self.known if is_readable(record)]
        """The records of a known kind that can be read."""
        self.living = [
            (key, record)
            for key, record in self.readable
            if record["kind"] == ANNOTATION and not is_removed(record)
        ]
        """The annotations that are not removed."""
        self.shadowed = list(shadowed_rows(rows))
        """The records that a later record with the same key shadows."""

    @cached_property
    def entries(self) -> dict[str, ArticleEntry]:
        """The articles by their ids."""
        found = (read_entry(record) for _key, record in self.readable if record["kind"] == ARTICLE)
        return {entry.id: entry for entry in found if entry}

    @cached_property
    def annotated(self) -> set[str]:
        """The ids of the articles that have annotations."""
        return {str(record.get("article")) for _key, record in self.living}

    @cached_property
    def former_texts(self) -> list[FormerText]:
        """The texts that annotations were made on, and that are not the present ones of articles."""
        present = {entry.text_hash for entry in self.entries.values()}
        found = Counter(
            (text_hash, str(record.get("article")))
            for _key, record in self.living
            for text_hash in set(hashes_in_record(record)) - present
        )
        titles = {entry.id: entry.title for entry in self.entries.values()}
        return [FormerText(text_hash, titles.get(id_, ""), n) for (text_hash, id_), n in found.items()]

    @property
    def unreadable(self) -> list[Row]:
        """The records of a known kind that cannot be read."""
        return [row for row in self.known if not is_readable(row[1])]

    @property
    def orphans(self) -> list[Row]:
        """The annotations whose article has no record."""
        return [row for row in self.living if str(row[1].get("article")) not in self.entries]

    @property
    def failed(self) -> list[Row]:
        """The records with a failed checksum, replaced ones included."""
        rows = counted(self._rows, len(self._rows), self._on_progress)
        return [row for row in rows if isinstance(row[1], dict) and has_failed_checksum(row[1])]

    def names(self, rows: Iterable[Row]) -> tuple[RecordName, ...]:
        """Return the descriptions of records for the user."""
        return tuple(self._name(key, record) for key, record in rows)

    def _name(self, key: str, record: Any) -> RecordName:
        fields = record if isinstance(record, dict) else {}
        kind, record_id = str(fields.get("kind", "")), str(fields.get("id", ""))
        entry = self.entries.get(record_id if kind == ARTICLE else str(fields.get("article", "")))
        return RecordName(key, kind, record_id, entry.title if entry else "")


def _kind(record: Any) -> str:
    """Return the kind of a record; empty if it is unknown."""
    kind = record.get("kind") if isinstance(record, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else ""


def _is_conflicted(row: Row) -> bool:
    annotation = read_annotation(row[1])
    return annotation is not None and bool(annotation.conflicts)


# The files


def _too_open(paths: Paths) -> Iterator[Path]:
    """Yield the directories that others may write, and the files that others may access."""
    if os.name == "nt":  # modes have no meaning on Windows
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
