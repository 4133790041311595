"""The library: every article known, the annotations of each, and what was done to them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Self
from weakref import WeakKeyDictionary

from pactreader.core.annotation import Annotation, timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.labels import LABELS, Labels
from pactreader.core.notebooks.changes import Change, new_id
from pactreader.core.notebooks.notebook import Notebook
from pactreader.storage.article_entries import ArticleEntries
from pactreader.storage.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.library_merger import LibraryMerger
from pactreader.storage.notes_index import NotesIndex, by_article
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.record_recovery import recovery_from
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import (
    ANNOTATION,
    CHANGE,
    ArticleEntry,
    is_removed,
    read_annotation,
    read_change,
)
from pactreader.storage.schema.revisions import has_revision, revision_fits
from pactreader.storage.schema.undo_history import latest_changes
from pactreader.storage.sync.change_records import IdTakenError, change_rows, with_new_ids
from pactreader.storage.text_store import store_text, stored_text

_LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another process that is writing, unless the user waits at the screen."""


class Library:
    """One TinyDB file with its articles, annotations and notebooks.

    What it returns belongs to the caller: no part of the file's memory leaves it. A file that other windows use too is
    refreshed whenever it is asked for something.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        labels: Labels = LABELS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = new_id,
        lock_timeout: float = _LOCK_TIMEOUT,
        on_wait: Callable[[str], object] | None = None,
    ) -> None:
        """Create the library without touching the disk.

        The file is read when it is first needed, and created by the first `register` or `save`.

        Args:
            paths: The paths of the library, its backups and its texts.
            labels: The user's labels, for the notebooks.
            now: The clock.
            new_id: Returns a random id; one that a record has is not used.
            lock_timeout: Seconds to wait for another process that is writing.
            on_wait: Called with a sentence for the user when that takes longer than a moment.
        """
        self._paths = paths
        self._backups = Backups(paths.backups, now=now)
        self._lock_timeout = lock_timeout
        self._on_wait = on_wait
        self.labels = labels
        """The user's labels."""
        self._now = now
        self._new_id = new_id
        self._loaded: WeakKeyDictionary[Notebook, Cursor] = WeakKeyDictionary()
        """The position in the file up to which each notebook is loaded."""
        self._has_checked_backups = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # Articles

    def articles(self, *, archived: bool = False) -> list[ArticleEntry]:
        """Return the entry of every article in the order in which they came; or those of the archived ones.

        Raises:
            LibraryError: There is a file, but it cannot be read or is no library.
        """
        return [entry for entry in self._registry().by_id.values() if bool(entry.archived) is archived]

    def find(self, wanted: str) -> ArticleEntry:
        """Return the entry with an id, with an id that begins so, or with a title or name that contains this.

        Case is ignored.

        Raises:
            UsageError: There is none, or more than one.
            LibraryError: As for `articles`.
        """
        return self._registry().find(wanted)

    def entry_for(self, article: Article) -> ArticleEntry:
        """Return the entry of an article: one with its source, else one with its text, else a new one.

        Nothing is written, so that an article can be read where nothing can be written, and its first lines are on
        the screen before the disk has been waited for. `register` and `save` write a new entry.

        Raises:
            LibraryError: As for `articles`.
        """
        self._file.refresh()
        return self._entries.entry_for(article)

    def register(self, entry: ArticleEntry, article: Article) -> None:
        """Save the entry of an article, if it is new or changed, and store the article's text beside the file.

        Raises:
            NotSavedError: One of them is not saved; the article can be read nevertheless.
        """
        if self._entries.is_unsaved(entry):
            self._put(entry)
        try:
            store_text(self._paths.texts, article)
        except OSError as error:
            raise not_saved("The article's text could not be kept", error, self._paths.texts) from error

    def rename(self, entry_id: str, name: str) -> ArticleEntry:
        """Give an article a name of the user's; none if it is empty or the article's own title.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It has its former name.
        """
        return self._edit_entry(
            entry_id, lambda known: replace(known, name="" if name == known.title else name)
        )

    def archive(self, entry_id: str) -> ArticleEntry:
        """Leave an article and its notes out of every list, until it is opened again. Nothing is deleted.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It is not archived.
        """
        now = timestamp(self._now())
        return self._edit_entry(entry_id, lambda known: replace(known, archived=now))

    def unarchive(self, entry_id: str) -> ArticleEntry:
        """List an archived article again.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It is still archived.
        """
        return self._edit_entry(entry_id, lambda known: replace(known, archived=""))

    def stored_text(self, entry: ArticleEntry) -> Article | None:
        """Return an article as it was read last; `None` if its text is not stored."""
        return stored_text(self._paths.texts, entry.text_hash, entry.source)

    # Annotations

    def notebook(self, entry: ArticleEntry, article: Article) -> Notebook:
        """Return the notebook of an article.

        Raises:
            LibraryError: As for `articles`.
        """
        notebook = self.empty_notebook(article)
        self.load(entry, notebook)
        return notebook

    def empty_notebook(self, article: Article) -> Notebook:
        """Return a notebook without annotations, whose new annotations get ids that no record has."""
        return Notebook(article, labels=self.labels, now=self._now, new_id=self._unused_id)

    def load(self, entry: ArticleEntry, notebook: Notebook) -> None:
        """Load a notebook with the annotations and the undo history of its article.

        Raises:
            LibraryError: As for `articles`.
        """
        articles = self._registry().ids_of(entry.id)
        annotations = filter(None, map(read_annotation, self._records.records(ANNOTATION, articles)))
        changes = filter(None, map(read_change, self._records.records(CHANGE, articles)))
        notebook.load(annotations, latest_changes(changes))
        self._loaded[notebook] = self._records.cursor

    def refresh(self, entry: ArticleEntry, notebook: Notebook) -> int:
        """Bring a loaded notebook up to date with the file: one `stat` if nothing has come.

        Returns:
            The number of annotations that are not as they were.

        Raises:
            LibraryError: As for `articles`.
        """
        self._file.refresh()
        loaded, self._loaded[notebook] = self._loaded[notebook], self._records.cursor
        if loaded == self._records.cursor:
            return 0
        records = self._records.records_since(loaded)
        found: dict[str, Annotation | None] = {}
        if records is None:
            articles = self._registry().ids_of(entry.id)
            records = [*self._records.records(ANNOTATION, articles), *self._records.records(CHANGE, articles)]
            found = dict.fromkeys((annotation.id for annotation in notebook), None)
        elif any(record.get("article") not in (None, entry.id) for record in records):
            articles = self._registry().ids_of(entry.id)
            records = [record for record in records if record.get("article") in articles]
        found |= {one["id"]: read_annotation(one) for one in records if one["kind"] == ANNOTATION}
        changes = (read_change(record) for record in records if record["kind"] == CHANGE)
        return notebook.merge_remote(found, filter(None, changes))

    def annotations(self, entry_id: str | None = None) -> Iterator[tuple[ArticleEntry, Annotation]]:
        """Yield the annotations of one article, or of every one not archived, article by article in reading order.

        Those of an article whose own record is lost have an entry without a title.

        Raises:
            LibraryError: As for `articles`.
        """
        registry = self._registry()
        ids = None if entry_id is None else registry.ids_of(entry_id)
        found = (
            (article_id, annotation)
            for record in self._records.records(ANNOTATION, ids)
            if isinstance(article_id := record.get("article"), str)
            and (annotation := read_annotation(record))
        )
        for entry, annotations in by_article(registry, found, key=lambda annotation: annotation):
            if entry_id is not None or not entry.archived:
                yield from ((entry, annotation) for annotation in annotations)

    def highlight_counts(self) -> Counter[str]:
        """Return the number of highlights of each article, by the articles' ids.

        Raises:
            LibraryError: As for `articles`.
        """
        id_of = self._registry().id_of
        records = self._records.records(ANNOTATION)
        marked = (one.get("article") for one in records if one.get("anchor") and not is_removed(one))
        return Counter(id_of(article) for article in marked if isinstance(article, str))

    @cached_property
    def notes(self) -> NotesIndex:
        """The index of every note and quote, for searches."""
        return NotesIndex(self._records, self._registry, self._file.refresh)

    def save(self, entry: ArticleEntry, change: Change) -> Change:
        """Save a change to a notebook: its annotations and what undoes it, in one write, synced on return.

        An annotation that is not any more what the change was made on gets a conflict, so that nothing is overwritten
        that the user has not seen.

        Returns:
            The change as it was saved: with other ids, if another window has taken those it had.

        Raises:
            NotSavedError: Nothing of it is in the library.
        """
        while True:
            try:
                self._put(entry, change)
            except IdTakenError:
                change = with_new_ids(change, self._unused_id)
            else:
                return change

    # The file

    @cached_property
    def merger(self) -> LibraryMerger:
        """The merging of other copies of the library."""
        return LibraryMerger(
            self._paths,
            self._file,
            self._records,
            self._backups,
            self._registry,
            now=self._now,
            new_id=self._unused_id,
        )

    def back_up_daily(self) -> None:
        """Make a backup, if there are annotations, there is no backup of today and the file is not as in the last one.

        Raises:
            NotSavedError: There is no such backup.
        """
        if self._records.has_any(ANNOTATION):
            self._backups.make_daily(self._file)

    def notices(self) -> list[str]:
        """Return the sentences about the file that the user has not been shown, as that it was damaged; each once."""
        if "_file" not in self.__dict__:
            return []
        notices, self._file.notices = self._file.notices, []
        if not self._has_checked_backups and not self._file.records and not self._paths.library.exists():
            newest = next(iter(self._backups.all()), None)
            if newest:
                notices.append(
                    f"There is no library, but a backup of {newest.at.astimezone():%Y-%m-%d %H:%M}: "
                    "`pactreader doctor --restore` brings it back."
                )
        self._has_checked_backups = True
        return notices

    def failed_checksums(self, entry: ArticleEntry) -> Iterator[bool]:
        """Yield for each annotation of an article whether another program or damage has changed it.

        The caller may pause in between, as checksums take a while where there are thousands.
        """
        for record in self._records.records(ANNOTATION, self._registry().ids_of(entry.id)):
            yield has_revision(record) and not revision_fits(record)

    @property
    def is_gone(self) -> bool:
        """True if the file was there and is not any more."""
        return self._file.is_gone

    def ensure_saved(self) -> None:
        """Write what is known here to the file, if it is gone or could not be completed.

        Raises:
            NotSavedError: It is not written.
        """
        self._file.ensure_saved()

    def preload(self) -> None:
        """Import what saving needs, so that it is there when no more files can be opened."""
        self._file.lock.preload()

    @property
    def lock_timeout(self) -> float:
        """Seconds to wait for another process that is writing."""
        return self._file.lock.timeout

    @lock_timeout.setter
    def lock_timeout(self, seconds: float) -> None:
        self._file.lock.timeout = seconds

    def close(self) -> None:
        """Leave the file tidy. What was saved is safe without it."""
        if "_file" in self.__dict__:
            self._file.close()

    # Implementation

    @cached_property
    def _file(self) -> JournalFile:
        return JournalFile(
            self._paths.library,
            recover=recovery_from(self._backups),
            back_up=self._backups.make,
            lock_timeout=self._lock_timeout,
            on_wait=self._on_wait,
            now=self._now,
        )

    @cached_property
    def _records(self) -> RecordIndex:
        return RecordIndex(self._file)

    @cached_property
    def _entries(self) -> ArticleEntries:
        return ArticleEntries(self._records, now=self._now, new_id=self._unused_id)

    def _registry(self) -> ArticleRegistry:
        """Return the articles as they are now."""
        self._file.refresh()
        return self._entries.registry()

    def _edit_entry(self, entry_id: str, edit: Callable[[ArticleEntry], ArticleEntry]) -> ArticleEntry:
        """Save an entry as an edit leaves it."""
        known = self._registry().find(entry_id)
        edited = replace(edit(known), modified=timestamp_after(self._now(), known.modified))
        with self._entries.replacing(edited):
            self._put(edited)
        return edited

    def _put(self, entry: ArticleEntry, change: Change | None = None) -> None:
        """Append an entry's record, if the file does not have it as it is, and the records of a change.

        Raises:
            IdTakenError: What is new in the change has an id that another record has.
            NotSavedError: Nothing of it is in the library.
        """
        with self._file.changing():
            rows = self._entries.rows_to_save(entry)
            if change:
                rows += change_rows(self._records, entry.id, change)
            free = self._file.free_keys()
            records = {key or next(free): record for key, record in rows}
            stored = self._file.records
            self._file.append({key: one for key, one in records.items() if stored.get(key) != one})
        self._entries.mark_saved(entry)

    def _unused_id(self) -> str:
        """Return an id that no record has, as far as is known without the disk."""
        while True:
            found = self._new_id()
            if not self._records.has_id(found):
                return found
