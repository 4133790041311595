"""Merging other copies of the library into it: conflict files of synchronisers, and copies that the user names."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from pactreader.core.annotation import timestamp_after
from pactreader.core.notebooks.changes import Change, Edit
from pactreader.core.printable_text import printable_line
from pactreader.storage.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import ARTICLE, CHANGE, change_record, read_change, read_entry
from pactreader.storage.schema.revisions import revised
from pactreader.storage.sync.conflict_files import find_conflict_files, move_to_backups, read_library_copy
from pactreader.storage.sync.merge import news
from pactreader.storage.sync.merge_report import MergeResult, edits_of
from pactreader.storage.text_store import copy_text


class LibraryMerger:
    """The merging of other copies into one library file."""

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
        """Initialise the merging for a library.

        Args:
            paths: The paths of the library and of its texts.
            file: The library file.
            records: Its records.
            backups: Its backups: one is made before each merge.
            registry: Returns the articles as they are known now.
            now: The clock.
            new_id: Returns an id that no record has.
        """
        self._paths = paths
        self._file = file
        self._records = records
        self._backups = backups
        self._registry = registry
        self._now = now
        self._new_id = new_id

    def conflict_files(self) -> list[Path]:
        """Return the copies that a file synchroniser left beside the library, as it was changed in two places."""
        return find_conflict_files(self._paths.library)

    def merge(self, path: Path) -> MergeResult:
        """Merge another copy of the library into it. No version of any annotation is lost, on either side.

        The merge is one change to each notebook, which the user can undo. A library with the highlight "a", and a
        copy of it in which "a" has a note and "b" is new → the highlights "a" with the note and "b". If "a" had got
        another note here, too → both notes, one of them as a conflict of "a".

        Args:
            path: A library file, or a directory with one.

        Raises:
            UsageError: It is the library itself.
            LibraryError: It cannot be read, or is no library, or of a later version.
            NotSavedError: Nothing of it is in the library.
        """
        copy = read_library_copy(path, self._paths.library)
        with self._file.changing():
            ours = self._file.records
            written = news(ours, copy.records, history=False)
            if not written:
                return MergeResult(copy.notice)
            if self._file.is_writable:
                self._backups.make(self._file.content(), "before-merge")
            title = f"merge {printable_line(copy.path.name)}"
            edits = edits_of(ours, written)
            changes = {id_: self._change(id_, title, of_one) for id_, of_one in edits.items()}
            history = (revised(change_record(id_, change)) for id_, change in changes.items())
            entries = {key: one for key, one in written.items() if (identity(one) or ("",))[0] == ARTICLE}
            added = sum(key not in ours for key in entries)
            self._file.append(written | dict(zip(free_keys(ours, written), history, strict=False)))
        self._copy_texts(entries, copy.path.parent)
        return MergeResult(copy.notice, added, changes)

    def merge_conflict_files(self) -> list[tuple[Path, MergeResult]]:
        """Merge every conflict file, and move each to the backups.

        Raises:
            NotSavedError: One is not merged; it is still there.
            LibraryError: One cannot be read, or is no library, or of a later version.
        """
        done = []
        for path in self.conflict_files():
            done.append((path, self.merge(path)))
            move_to_backups(path, self._backups.directory)
        return done

    def _change(self, article_id: str, title: str, edits: list[Edit]) -> Change:
        """Return the change that a merge is to a notebook, as the last one in its undo history."""
        records = self._records.records(CHANGE, self._registry().ids_of(article_id))
        history = list(filter(None, map(read_change, records)))
        number = max((change.number for change in history), default=0) + 1
        follows = max((change.number for change in history if not change.undone), default=0)
        annotations = (annotation for edit in edits for annotation in edit if annotation)
        at = timestamp_after(self._now(), *(annotation.modified for annotation in annotations))
        return Change(self._new_id(), number, title, at, tuple(edits), follows=follows)

    def _copy_texts(self, entries: Mapping[str, dict[str, object]], directory: Path) -> None:
        """Copy the stored texts of articles from those beside another library."""
        for entry in filter(None, map(read_entry, entries.values())):
            copy_text(directory / self._paths.texts.name, self._paths.texts, entry.text_hash)
