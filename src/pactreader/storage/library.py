"""The library: every article known, the annotations of each, and what was done to them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Self
from weakref import WeakKeyDictionary

from pactreader.core.annotation import Annotation, timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.changes import Change, Edit, new_id
from pactreader.core.errors import NotSavedError
from pactreader.core.labels import LABELS, Labels
from pactreader.core.notebook import Notebook
from pactreader.core.printable_text import printable_line
from pactreader.core.query import Query
from pactreader.storage.article_registry import ID_LENGTH, NOWHERE, ArticleRegistry
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.notes_index import NoteHit, NotesIndex
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import Backups
from pactreader.storage.recovery.record_recovery import recovery_from
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.document_ids import free_keys
from pactreader.storage.schema.record_identity import identity
from pactreader.storage.schema.records import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    ArticleEntry,
    change_record,
    entry_record,
    is_removed,
    read_annotation,
    read_change,
    read_entry,
    renewed,
)
from pactreader.storage.schema.revisions import Record, has_revision, revised, revision_fits, succeeding
from pactreader.storage.schema.undo_history import latest_changes
from pactreader.storage.sync.conflict_files import copies_beside, put_away, read_copy
from pactreader.storage.sync.conflicts import edited
from pactreader.storage.sync.merge import news
from pactreader.storage.sync.merge_report import MergeResult, edits_of
from pactreader.storage.text_store import copy_text, keep_text, kept_text

_PATIENCE: Final = 5.0
"""Seconds to wait for another process that is writing, unless somebody waits at the screen."""


class _TakenError(Exception):
    """An id that was free when it was chosen is another window's by now."""


class Library:
    """The one TinyDB file, as articles, annotations and notebooks.

    Everything it gives is the reader's to keep: no part of the file's memory leaves it. One that is used by other
    windows too is up to date whenever it is asked.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        labels: Labels = LABELS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = new_id,
        patience: float = _PATIENCE,
        on_wait: Callable[[str], object] | None = None,
    ) -> None:
        """Nothing is read before it is asked for, nor created on the disk before the first `keep` or `save`.

        Args:
            paths: Where it is.
            labels: Those of the reader, for the notebooks.
            now: The clock.
            new_id: Where ids come from; one that is taken is not used.
            patience: Seconds to wait for another process that is writing.
            on_wait: Is told, in a sentence, when that takes longer than a moment.
        """
        self._texts = paths.texts
        self._backups = Backups(paths.backups, now=now)
        self._patience = patience
        self._on_wait = on_wait
        self.labels = labels
        """Those of the reader."""
        self._now = now
        self._new_id = new_id
        self._path = paths.library
        self._waiting: dict[str, ArticleEntry] = {}
        """Entries that are not in the file, or not as they are there."""
        self._shown: WeakKeyDictionary[Notebook, Cursor] = WeakKeyDictionary()
        """How much of the file each notebook knows."""
        self._told_of_backups = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # Articles

    def articles(self, *, forgotten: bool = False) -> list[ArticleEntry]:
        """Every article known, in the order in which they came; or those that the reader had forgotten.

        Raises:
            LibraryError: There is a file, but it cannot be read or is no library.
        """
        return [entry for entry in self._known().by_id.values() if bool(entry.forgotten) is forgotten]

    def find(self, wanted: str) -> ArticleEntry:
        """The article with this id, or whose id begins so, or with this in its title or name, in whatever case.

        Raises:
            UsageError: There is none, or more than one.
            LibraryError: As for `articles`.
        """
        return self._known().find(wanted)

    def entry_for(self, article: Article) -> ArticleEntry:
        """The entry of an article: one with its source, else one with its text, else a new one.

        It writes nothing, so that an article can be read where nothing can be written, and its first lines are on
        the screen before any disk has been waited for. `keep` and `save` write what is new.

        Raises:
            LibraryError: As for `articles`.
        """
        articles = self._known()
        known = articles.like(article)
        entry = replace(
            known or ArticleEntry(self._entry_id(article, articles.by_id), added=timestamp(self._now())),
            title=article.title,
            text_hash=article.text_hash,
            language=article.language,
            author=article.author,
            date=article.date,
            forgotten="",
        )
        if not known or article.source not in NOWHERE:
            entry = replace(entry, source=article.source)
        if known and entry.source in known.other_sources and replace(entry, source=known.source) == known:
            return entry
        if entry != known:
            modified = timestamp_after(self._now(), known.modified) if known else entry.added
            entry = self._waiting[entry.id] = replace(entry, modified=modified)
        return entry

    def keep(self, entry: ArticleEntry, article: Article) -> None:
        """Have an article that was opened in the library: its entry, and its text beside the file.

        Raises:
            NotSavedError: It is not; the article can be read nevertheless.
        """
        if entry.id in self._waiting:
            self._put(entry)
        try:
            keep_text(self._texts, article)
        except OSError as error:
            raise not_saved("The article's text could not be kept", error, self._texts) from error

    def rename(self, entry_id: str, name: str) -> ArticleEntry:
        """Have an article called something else; by its own title, if that is the name, or nothing is.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It is called as before.
        """
        return self._edit_entry(
            entry_id, lambda known: replace(known, name="" if name == known.title else name)
        )

    def archive(self, entry_id: str) -> ArticleEntry:
        """Show an article and its notes no more. Nothing of it is deleted: it is back when it is opened again.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It is not forgotten.
        """
        now = timestamp(self._now())
        return self._edit_entry(entry_id, lambda known: replace(known, forgotten=now))

    def unarchive(self, entry_id: str) -> ArticleEntry:
        """Show a forgotten article again.

        Raises:
            UsageError: There is no such article.
            NotSavedError: It is still forgotten.
        """
        return self._edit_entry(entry_id, lambda known: replace(known, forgotten=""))

    def kept_text(self, entry: ArticleEntry) -> Article | None:
        """The article as it was read last; `None` if its text was not kept."""
        return kept_text(self._texts, entry.text_hash, entry.source)

    # Annotations

    def notebook(self, entry: ArticleEntry, article: Article) -> Notebook:
        """The annotations of an article and what was done to them.

        Raises:
            LibraryError: As for `articles`.
        """
        notebook = self.empty_notebook(article)
        self.load(entry, notebook)
        return notebook

    def empty_notebook(self, article: Article) -> Notebook:
        """A notebook that nothing is in yet. What it will make gets ids that are not taken."""
        return Notebook(article, labels=self.labels, now=self._now, new_id=self._unused_id)

    def load(self, entry: ArticleEntry, notebook: Notebook) -> None:
        """Have a notebook hold what the file holds for its article.

        Raises:
            LibraryError: As for `articles`.
        """
        articles = self._known().ids_of(entry.id)
        annotations = filter(None, map(read_annotation, self._records.records(ANNOTATION, articles)))
        changes = filter(None, map(read_change, self._records.records(CHANGE, articles)))
        notebook.load(annotations, latest_changes(changes))
        self._shown[notebook] = self._records.cursor

    def refresh(self, entry: ArticleEntry, notebook: Notebook) -> int:
        """Have a notebook that was loaded hold what has come into the file since: one `stat` if nothing has.

        Returns:
            How many of its annotations are not as they were.

        Raises:
            LibraryError: As for `articles`.
        """
        self._file.refresh()
        shown, self._shown[notebook] = self._shown[notebook], self._records.cursor
        if shown == self._records.cursor:
            return 0
        records = self._records.records_since(shown)
        found: dict[str, Annotation | None] = {}
        if records is None:
            articles = self._known().ids_of(entry.id)
            records = [*self._records.records(ANNOTATION, articles), *self._records.records(CHANGE, articles)]
            found = dict.fromkeys((annotation.id for annotation in notebook), None)
        elif any(record.get("article") not in (None, entry.id) for record in records):
            articles = self._known().ids_of(entry.id)
            records = [record for record in records if record.get("article") in articles]
        found |= {one["id"]: read_annotation(one) for one in records if one["kind"] == ANNOTATION}
        changes = (read_change(record) for record in records if record["kind"] == CHANGE)
        return notebook.merge_remote(found, filter(None, changes))

    def annotations(self, entry_id: str | None = None) -> Iterator[tuple[ArticleEntry, Annotation]]:
        """The annotations of an article, or of every one shown: article by article, each in the order of its text.

        Those of an article whose own record is lost have an entry without a title.

        Raises:
            LibraryError: As for `articles`.
        """
        known = self._known()
        articles = None if entry_id is None else known.ids_of(entry_id)
        found: dict[str, list[Annotation]] = {
            id_: [] for id_ in known.by_id if articles is None or id_ in articles
        }
        for record in self._records.records(ANNOTATION, articles):
            article_id, annotation = record.get("article"), read_annotation(record)
            if annotation and isinstance(article_id, str):
                found.setdefault(known.id_of(article_id), []).append(annotation)
        for article_id, annotations in found.items():
            entry = known.by_id.get(article_id) or ArticleEntry(article_id)
            if entry.forgotten and entry_id is None:
                continue
            annotations.sort(key=_reading_order)
            yield from ((entry, annotation) for annotation in annotations)

    def highlight_counts(self) -> Counter[str]:
        """How many highlights each article has, by the articles' ids.

        Raises:
            LibraryError: As for `articles`.
        """
        id_of = self._known().id_of
        records = self._records.records(ANNOTATION)
        marked = (one.get("article") for one in records if one.get("anchor") and not is_removed(one))
        return Counter(id_of(article) for article in marked if isinstance(article, str))

    def index_notes(self) -> Iterator[None]:
        """Have every note and quote ready to be searched, pausing again and again; soon done, if little is new.

        Raises:
            LibraryError: As for `articles`.
        """
        self._file.refresh()
        yield from self._notes.learn()

    def search_notes(self, query: Query) -> Sequence[NoteHit]:
        """The annotations, of those that are learnt, that a query finds: article by article, in the order of the text."""
        return self._notes.search(query)

    def save(self, entry: ArticleEntry, change: Change) -> Change:
        """Put a change on the disk: its annotations and what undoes it, in one write, synced on return.

        An annotation that is not any more what the change was made on keeps both versions, so that nothing is
        overwritten that the reader has not seen.

        Returns:
            The change as it was saved: with other ids, if those it had were taken in another window meanwhile.

        Raises:
            NotSavedError: Nothing of it is in the library.
        """
        while True:
            try:
                self._put(entry, change)
            except _TakenError:
                change = self._renamed(change)
            else:
                return change

    # Copies

    def back_up_daily(self) -> None:
        """Keep a copy of the file, if anything is in it, there is none of today and it is another than the last one.

        Raises:
            NotSavedError: There is no such copy.
        """
        if self._records.has_any(ANNOTATION):
            self._backups.make_daily(self._file)

    def copies(self) -> list[Path]:
        """Copies of the library that a file synchroniser has put beside it, as it was changed in two places."""
        return copies_beside(self._path)

    def merge(self, path: Path) -> MergeResult:
        """Bring another copy of the library into this one. No version of any annotation is lost, on either side.

        Args:
            path: A library file, or a directory with one.

        Raises:
            UsageError: It is the library itself.
            LibraryError: It cannot be read, or is no library, or of a later version.
            NotSavedError: Nothing of it is in the library.
        """
        copy = read_copy(path, self._path)
        with self._file.changing():
            ours = self._file.records
            written = news(ours, copy.records, history=False)
            if not written:
                return MergeResult(copy.notice)
            if self._file.is_writable:
                self._backups.make(self._file.content(), "before-merge")
            title = f"merge {printable_line(copy.path.name)}"
            edits = edits_of(ours, written)
            changes = {id_: self._merge_change(id_, title, of_one) for id_, of_one in edits.items()}
            entries = {key: one for key, one in written.items() if (identity(one) or ("",))[0] == ARTICLE}
            articles = sum(key not in ours for key in entries)
            history = (revised(change_record(id_, change)) for id_, change in changes.items())
            self._file.append(written | dict(zip(free_keys(ours, written), history, strict=False)))
        for entry in filter(None, map(read_entry, entries.values())):
            copy_text(copy.path.parent / self._texts.name, self._texts, entry.text_hash)
        return MergeResult(copy.notice, articles, changes)

    def merge_copies(self) -> list[tuple[Path, MergeResult]]:
        """Merge every copy that `copies` finds, and put each away among the backups.

        Raises:
            NotSavedError: One is not merged; it is still there.
            LibraryError: As above.
        """
        done = []
        for path in self.copies():
            done.append((path, self.merge(path)))
            put_away(path, self._backups.directory)
        return done

    # What else there is

    def notices(self) -> list[str]:
        """What the reader is to be told of the library, each once: that it was damaged, or cannot be changed."""
        if "_file" not in self.__dict__:
            return []
        told, self._file.notices = self._file.notices, []
        if not self._told_of_backups and not self._file.records and not self._path.exists():
            newest = next(iter(self._backups.all()), None)
            if newest:
                told.append(
                    f"There is no library, but a backup of {newest.at.astimezone():%Y-%m-%d %H:%M}: "
                    "`pactreader doctor --restore` brings it back."
                )
        self._told_of_backups = True
        return told

    def failed_checksums(self, entry: ArticleEntry) -> Iterator[bool]:
        """For each annotation of an article, whether it is not as it was written: another program or damage changed it.

        One at a time, as a checksum takes a while where there are thousands.
        """
        for record in self._records.records(ANNOTATION, self._known().ids_of(entry.id)):
            yield has_revision(record) and not revision_fits(record)

    @property
    def is_gone(self) -> bool:
        """Whether the file is not there any more."""
        return self._file.is_gone

    def ensure_saved(self) -> None:
        """Have the file hold what is known here, if it is gone, or could not be completed.

        Raises:
            NotSavedError: It does not.
        """
        self._file.ensure_saved()

    def preload(self) -> None:
        """Load what saving needs, so that it is there when no more files can be opened."""
        self._file.lock.preload()

    @property
    def patience(self) -> float:
        """Seconds to wait for another process that is writing."""
        return self._file.lock.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._file.lock.patience = seconds

    def close(self) -> None:
        """Leave the file tidy. What was saved is safe without it."""
        if "_file" in self.__dict__:
            self._file.close()

    # How it is done

    def _edit_entry(self, entry_id: str, edit: Callable[[ArticleEntry], ArticleEntry]) -> ArticleEntry:
        known = self._known().find(entry_id)
        edited = replace(edit(known), modified=timestamp_after(self._now(), known.modified))
        before = self._waiting.get(known.id)
        self._waiting[known.id] = edited
        try:
            self._put(edited)
        except NotSavedError:
            del self._waiting[known.id]
            if before:
                self._waiting[known.id] = before
            raise
        return edited

    @cached_property
    def _file(self) -> JournalFile:
        return JournalFile(
            self._path,
            recover=recovery_from(self._backups),
            back_up=self._backups.make,
            patience=self._patience,
            on_wait=self._on_wait,
            now=self._now,
        )

    @cached_property
    def _notes(self) -> NotesIndex:
        return NotesIndex(self._records, self._known)

    @cached_property
    def _records(self) -> RecordIndex:
        return RecordIndex(self._file)

    def _put(self, entry: ArticleEntry, change: Change | None = None) -> None:
        """Append a change's records, and the entry's own if the file does not have it as it is.

        Raises:
            _TakenError: What is new in the change has an id that something else has by now.
        """
        with self._file.changing():
            rows: list[tuple[str, Record]] = []
            key, known = self._records.find(ARTICLE, entry.id)
            if entry.id in self._waiting or not known:
                record = entry_record(self._waiting.get(entry.id, entry))
                rows.append((key, succeeding(known, renewed(known, record)) if known else revised(record)))
            if change:
                rows += self._records_after(entry, change)
            free = self._file.free_keys()
            records = {key or next(free): record for key, record in rows}
            stored = self._file.records
            self._file.append({key: one for key, one in records.items() if stored.get(key) != one})
        self._waiting.pop(entry.id, None)

    def _records_after(self, entry: ArticleEntry, change: Change) -> Iterator[tuple[str, Record]]:
        """The records of a change, with their keys if they have any yet.

        Raises:
            _TakenError: As above.
        """
        for edit in change.edits:
            key, known = self._records.find(ANNOTATION, edit.id)
            is_new = edit.before is None and not change.undone
            if known and is_new and edit.after and known.get("created") != edit.after.created:
                raise _TakenError
            yield key, edited(known, entry.id, edit, undone=change.undone, at=change.at)
        key, known = self._records.find(CHANGE, change.id)
        if known and known.get("number") != change.number:
            raise _TakenError
        record = change_record(entry.id, change)
        yield key, succeeding(known, renewed(known, record)) if known else revised(record)

    def _renamed(self, change: Change) -> Change:
        """A change with new ids for what is new in it."""
        edits = tuple(
            Edit(None, replace(edit.after, id=self._unused_id())) if edit.after and not edit.before else edit
            for edit in change.edits
        )
        return replace(change, id=self._unused_id(), edits=edits)

    def _merge_change(self, article_id: str, title: str, edits: list[Edit]) -> Change:
        """What undoes a merge in one article, as the last change to its notebook."""
        history = list(
            filter(None, map(read_change, self._records.records(CHANGE, self._known().ids_of(article_id))))
        )
        number = max((change.number for change in history), default=0) + 1
        follows = max((change.number for change in history if not change.undone), default=0)
        annotations = (annotation for edit in edits for annotation in edit if annotation)
        at = timestamp_after(self._now(), *(annotation.modified for annotation in annotations))
        return Change(self._unused_id(), number, title, at, tuple(edits), follows=follows)

    def _known(self) -> ArticleRegistry:
        """The articles as they are now."""
        self._file.refresh()
        read = filter(None, map(read_entry, self._records.records(ARTICLE)))
        return ArticleRegistry(({entry.id: entry for entry in read} | self._waiting).values())

    def _entry_id(self, article: Article, taken: dict[str, ArticleEntry]) -> str:
        """The id of a new entry: from its text, so that two windows and two computers find the same one."""
        digits = article.text_hash
        pieces = (digits[start : start + ID_LENGTH] for start in range(0, len(digits), ID_LENGTH))
        return next((piece for piece in pieces if piece not in taken), None) or self._unused_id()

    def _unused_id(self) -> str:
        """An id that no record has, as far as is known without the disk."""
        while True:
            found = self._new_id()
            if not self._records.has_id(found):
                return found


def _reading_order(annotation: Annotation) -> tuple[int, str, str]:
    start = annotation.anchor.start if annotation.anchor else -1
    return start, annotation.created, annotation.id
