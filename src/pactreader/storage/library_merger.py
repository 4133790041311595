"""Merging of other copies of the library: conflict files of synchronisers, and copies that the user names."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pactreader.core.annotation import timestamp_after
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.printable_text import printable_line
from pactreader.storage.articles.article_registry import ArticleRegistry, texts_of
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.paths import Paths
from pactreader.storage.progress import OnProgress, silent
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ARTICLE, CHANGE, change_record, read_change, read_entry
from pactreader.storage.schema.revisions import revised
from pactreader.storage.sync.conflict_files import (
    LibraryCopy,
    find_conflict_files,
    move_to_backups,
    read_library_copy,
)
from pactreader.storage.sync.merge import updates_from_copy
from pactreader.storage.sync.merge_report import MergeResult, edits_of
from pactreader.storage.text_references import hashes_in_record
from pactreader.storage.texts.page_store import copy_page
from pactreader.storage.texts.text_store import copy_text


class LibraryState(NamedTuple):
    """The state of a library at a moment."""

    records: Mapping[str, Any]
    """Its records by key."""
    cursor: Cursor
    """The position after the last of them."""


class PreparedMerge(NamedTuple):
    """A copy of the library with what is new in it, to be saved."""

    copy: LibraryCopy
    updates: dict[str, Any]
    """The records to write by key."""
    cursor: Cursor
    """The position in the library that it was compared with."""


class LibraryMerger:
    """The merger of other copies into a library file."""

    def __init__(
        self,
        paths: Paths,
        file: JournalFile,
        records: RecordIndex,
        backups: Backups,
        registry: Callable[[], ArticleRegistry],
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        """Create the merger of a library.

        Args:
            paths: The paths of the library and its texts.
            file: The library file.
            records: The index of its records.
            backups: The backups; one is made before each merge.
            registry: Returns the articles after a refresh of the file.
            now: The clock.
            new_id: Returns an unused id.
        """
        self._paths = paths
        self._file = file
        self._records = records
        self._backups = backups
        self._registry = registry
        self._now = now
        self._new_id = new_id

    def conflict_files(self) -> list[Path]:
        """Return the conflict files that a synchroniser left beside the library, sorted by name."""
        return find_conflict_files(self._paths.library)

    def merge(self, path: Path, *, on_progress: OnProgress = silent) -> MergeResult:
        """Merge another copy of the library into it. The user can undo the merge as one change to each notebook.

        A highlight "a" in the library; in the copy a note on "a", and a new highlight "b" → "a" with the note, and
        "b". If "a" has another note in the library → one note on "a", and the other as its conflict.

        Args:
            path: A library file, or a directory that contains one.
            on_progress: Is called as the records of the copy are compared, before any of them is saved.

        Raises:
            UsageError: The path is that of the library itself.
            LibraryError: The copy cannot be read, is not a library, or has a later format version.
            NotSavedError: Nothing of the copy is saved.
        """
        return self.save(self.prepare(path, self.state(), on_progress=on_progress))

    def state(self) -> LibraryState:
        """Return the present state of the library, to compare copies with in another thread.

        Raises:
            LibraryError: The library file cannot be read, or is not a library.
        """
        self._file.refresh()
        return LibraryState(self._file.records_copy(), self._file.cursor)

    def prepare(self, path: Path, state: LibraryState, *, on_progress: OnProgress = silent) -> PreparedMerge:
        """Read a copy, compare it with the library, and make a backup if it has anything new. Nothing of it is saved.

        It may run in any thread. An error that `on_progress` raises ends it.

        Args:
            path: As for `merge`.
            state: The state of the library.
            on_progress: As for `merge`.

        Raises:
            UsageError: As for `merge`.
            LibraryError: As for `merge`.
            NotSavedError: The backup could not be made.
        """
        copy = read_library_copy(path, self._paths.library)
        self._copy_texts(copy)
        updates = updates_from_copy(state.records, copy.records, on_progress=on_progress)
        if updates and self._file.is_writable:
            try:
                self._backups.make(self._file.content(), "before-merge")
            except OSError as error:
                raise not_saved(
                    "The library could not be backed up", error, self._backups.directory
                ) from error
        return PreparedMerge(copy, updates, state.cursor)

    def save(self, prepared: PreparedMerge) -> MergeResult:
        """Save a merge that was prepared. If the library was changed since, the copy is compared anew.

        Raises:
            NotSavedError: Nothing of the copy is saved.
        """
        copy = prepared.copy
        with self._file.changing():
            ours, written = self._file.records, prepared.updates
            if prepared.cursor != self._file.cursor:
                written = updates_from_copy(ours, copy.records)
            if not written:
                return MergeResult(copy.notice)
            title = f"merge {printable_line(copy.path.name)}"
            edits = edits_of(ours, written)
            changes = {id_: self._change(id_, title, own_edits) for id_, own_edits in edits.items()}
            change_records = (revised(change_record(id_, change)) for id_, change in changes.items())
            entries = {key: one for key, one in written.items() if (identity(one) or ("",))[0] == ARTICLE}
            added = sum(key not in ours for key in entries)
            self._file.append(written | dict(zip(free_keys(ours, written), change_records, strict=False)))
        return MergeResult(copy.notice, added, changes)

    def save_conflict_file(self, prepared: PreparedMerge) -> MergeResult:
        """Save the merge of a conflict file, and move that to the directory of the backups.

        Raises:
            NotSavedError: Nothing of it is saved, and it is not moved.
        """
        merged = self.save(prepared)
        move_to_backups(prepared.copy.path, self._backups.directory)
        return merged

    def merge_conflict_files(self, *, on_progress: OnProgress = silent) -> Iterator[tuple[Path, MergeResult]]:
        """Merge the conflict files, and move each to the directory of the backups.

        Args:
            on_progress: As for `merge`.

        Yields:
            The former paths of the conflict files, with the results of their merges.

        Raises:
            NotSavedError: A file was not merged; it was not moved.
            LibraryError: A file cannot be read, is not a library, or has a later format version.
        """
        for path in self.conflict_files():
            yield path, self.save_conflict_file(self.prepare(path, self.state(), on_progress=on_progress))

    def _change(self, article_id: str, title: str, edits: list[Edit]) -> Change:
        """Return a merge as a change to a notebook, with the next number in its undo history."""
        records = self._records.records(CHANGE, self._registry().ids_of(article_id))
        history = list(filter(None, map(read_change, records)))
        number = max((change.number for change in history), default=0) + 1
        follows = max((change.number for change in history if not change.undone), default=0)
        annotations = (annotation for edit in edits for annotation in edit if annotation)
        at = timestamp_after(self._now(), *(annotation.modified for annotation in annotations))
        return Change(self._new_id(), number, title, at, tuple(edits), follows=follows)

    def _copy_texts(self, copy: LibraryCopy) -> None:
        """Copy what is stored beside another copy: the texts of its articles and anchors, also former ones, and pages."""
        records = copy.records.values()
        hashes = {one for record in records for one in hashes_in_record(record)}
        entries = (one for one in records if (identity(one) or ("",))[0] == ARTICLE)
        for entry in filter(None, map(read_entry, entries)):
            hashes.update(texts_of(entry))
        directory = copy.path.parent / self._paths.texts.name
        for hash_ in hashes:
            copy_text(directory, self._paths.texts, hash_)
            copy_page(directory, self._paths.texts, hash_)
