"""The library: the articles, their annotations, and the undo history of each notebook."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from pactreader.core.addresses import is_address
from pactreader.core.annotation import Annotation, timestamp, timestamp_after
from pactreader.core.errors import LockedError
from pactreader.core.labels import LABELS, Labels
from pactreader.core.notebooks.changes import Change, new_id
from pactreader.core.reading_options import ReadingOptions

if TYPE_CHECKING:
    from pactreader.core.article import Article
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
    from pactreader.core.notebooks.redescription import Redescription
    from pactreader.storage.articles.article_entries import ArticleEntries
    from pactreader.storage.articles.article_identity import ArticleIdentity
    from pactreader.storage.articles.article_registry import ArticleRegistry
    from pactreader.storage.articles.remembered_choices import RememberedChoices
    from pactreader.storage.journal.journal_file import JournalFile
    from pactreader.storage.journal.packed_reading import Observe
    from pactreader.storage.journal.record_index import RecordIndex
    from pactreader.storage.kept_articles import KeptArticles
    from pactreader.storage.library_merger import LibraryMerger
    from pactreader.storage.notebook_loader import NotebookLoader
    from pactreader.storage.notes_index import NotesIndex
    from pactreader.storage.paths import Paths
    from pactreader.storage.recovery.backups import Backups
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.storage.state.reading_state import LastReadText
    from pactreader.storage.text_cleaner import TextCleaner
    from pactreader.storage.texts.text_store import StoredTexts


class Library:
    """The articles and annotations in a library file, and the notebooks made of them.

    Other processes may write to the same file; each method reads their records first. Returned objects are copies.
    """

    def __init__(
        self,
        paths: "Paths",
        *,
        labels: Labels = LABELS,
        keeps_protected: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = new_id,
        lock_timeout: float | None = None,
        on_wait: Callable[[str], object] | None = None,
    ) -> None:
        """Create the library without touching the disk.

        The file is read on first use, and created by the first `register` or `save`.

        Args:
            paths: The paths of the library, its backups and its texts.
            labels: The user's labels, for the notebooks.
            keeps_protected: True to store also the texts of files that are protected by a password.
            now: The clock.
            new_id: Returns a random id. It is called again if a record has the id.
            lock_timeout: Seconds to wait for another process that is writing; `None` for the usual time.
            on_wait: Called with a sentence for the user after half a second of waiting.
        """
        self._paths = paths
        self._lock_timeout = lock_timeout
        self._on_wait = on_wait
        self.labels = labels
        """The user's labels."""
        self._keeps_protected = keeps_protected
        self._now = now
        self._new_id = new_id
        self._has_checked_backups = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # Articles

    def articles(self, *, archived: bool = False) -> "list[ArticleEntry]":
        """Return the entries of the articles that are archived or not, in the order in which they were added.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        return [entry for entry in self._registry().by_id.values() if bool(entry.archived) is archived]

    def find(self, wanted: str) -> "ArticleEntry":
        """Return the entry that matches a text: its id, the beginning of its id, or a part of its title or name.

        Case is ignored.

        Raises:
            UsageError: No article matches, or more than one.
            LibraryError: As for `articles`.
        """
        return self._registry().find(wanted)

    def entry_for(self, article: "Article") -> "ArticleEntry":
        """Return the entry of an article: that with its text, else that with its source, else a new one.

        Nothing is written, so the first frame does not wait for the disk, and articles can be read if the disk is
        read-only. `register` and `save` write a new entry.

        Raises:
            LibraryError: As for `articles`.
        """
        self._file.refresh()
        return self._entries.entry_for(article)

    def with_id(self, entry_id: str) -> "ArticleEntry | None":
        """Return the article with an id or alias; `None` if there is none.

        Raises:
            LibraryError: As for `articles`.
        """
        registry = self._registry()
        return registry.by_id.get(registry.id_of(entry_id))

    def ids_of(self, entry_id: str) -> list[str]:
        """Return all ids of an article by any of them.

        Raises:
            LibraryError: As for `articles`.
        """
        return self._registry().ids_of(entry_id)

    def is_other(self, article: "Article", entry: "ArticleEntry") -> bool:
        """Return whether an article, read from the source of an entry, has a text of another article alone."""
        from pactreader.storage.articles.article_registry import texts_of

        registry = self._registry()
        known = registry.with_text(article)
        is_known_apart = known is not None and known.id != registry.id_of(entry.id)
        return is_known_apart and article.text_hash not in texts_of(entry)

    def options_of(self, article: "Article") -> ReadingOptions:
        """Return the choices by which the text or the file of an article was read last; empty ones if it never was.

        Raises:
            LibraryError: As for `articles`.
        """
        known = self._registry().with_text(article)
        return known.options if known else ReadingOptions()

    @property
    def choices(self) -> "RememberedChoices":
        """The user's choices for reading articles, as far as they are known without the library being loaded."""
        from pactreader.storage.articles.remembered_choices import RememberedChoices

        return RememberedChoices(self._paths.library)

    def with_address(self, *addresses: str) -> "ArticleEntry | None":
        """Return the article, not archived, that was ever read from one of these addresses; `None` if there is none.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.storage.articles.article_registry import addresses_of

        wanted = set(filter(is_address, addresses))
        latest = sorted(
            self.articles(), key=lambda entry: (entry.source in wanted, entry.modified), reverse=True
        )
        return next((entry for entry in latest if wanted.intersection(addresses_of(entry))), None)

    def register(self, entry: "ArticleEntry", article: "Article") -> None:
        """Save the entry of an article if it is new or changed, and store its text, if that is kept, and the page that it
        was read from.

        While the text is not whole, it is not stored.

        Raises:
            NotSavedError: The entry or the text is not saved.
        """
        saved = self._saved_entry(entry)
        is_other_file = bool(
            article.file_hash
            and saved
            and (article.file_hash not in saved.file_hashes or article.reader != saved.reader)
        )
        if self._entries.is_unsaved(entry) or (article.rest and saved is None):
            self._put(entry)
        if article.rest:
            return
        self.kept.store(article, anew=is_other_file)

    def rename(self, entry_id: str, name: str) -> "ArticleEntry":
        """Set the user's name for an article. An empty name, or one equal to the title, removes it.

        Raises:
            UsageError: There is no such article.
            NotSavedError: The article has its former name.
        """
        return self._edit_entry(
            entry_id, lambda known: known._replace(name="" if name == known.title else name)
        )

    def archive(self, entry_id: str) -> "ArticleEntry":
        """Archive an article: lists leave it and its notes out until it is opened again. Nothing is deleted.

        Raises:
            UsageError: There is no such article.
            NotSavedError: The article is not archived.
        """
        now = timestamp(self._now())
        return self._edit_entry(entry_id, lambda known: known._replace(archived=now))

    def unarchive(self, entry_id: str) -> "ArticleEntry":
        """Return an archived article to the lists.

        Raises:
            UsageError: There is no such article.
            NotSavedError: The article is still archived.
        """
        return self._edit_entry(entry_id, lambda known: known._replace(archived=""))

    def delete(self, entry_id: str) -> None:
        """Delete an article with its annotations and everything that is kept of it. Its file and the backups stay.

        Raises:
            NotSavedError: Nothing is deleted.
        """
        from pactreader.storage.article_deletion import delete_article

        delete_article(self._paths, self._file, self._registry(), entry_id, at=timestamp(self._now()))

    def saved_text_hash(self, entry: "ArticleEntry") -> str:
        """Return the hash of the article's text in the file, which `register` replaces.

        That of the entry if both were made of the same file, as then another version of the program read it otherwise.
        Empty if it is not saved yet, or was read in another way, as then another text is no change of the article.
        """
        if self.is_reread(entry):
            return entry.text_hash
        saved = self._saved_entry(entry)
        return saved.text_hash if saved and saved.options == entry.options else ""

    def comparison_base(self, entry: "ArticleEntry", last_read: "LastReadText | None") -> str:
        """Return the hash of the text that the changes of an article are counted from; empty if it was not read before.

        Args:
            entry: The article.
            last_read: The text that was last read, as the reading state has it; `None` if that is not known.
        """
        if last_read is None or self.is_reread(entry):
            return self.saved_text_hash(entry)
        return last_read.base

    def is_reread(self, entry: "ArticleEntry") -> bool:
        """Return whether the article has another text than the saved one, but was read from the same file, by the same
        choices: another version of the program read it otherwise.
        """
        saved = self._saved_entry(entry)
        if saved is None or saved.text_hash in {"", entry.text_hash} or saved.options != entry.options:
            return False
        return saved.file_hashes[-1:] == entry.file_hashes[-1:] != ()

    def _saved_entry(self, entry: "ArticleEntry") -> "ArticleEntry | None":
        """Return an entry as it is in the file; `None` if it is not saved yet."""
        from pactreader.storage.schema.records import ARTICLE, read_entry

        _, record = self._records.find(ARTICLE, entry.id)
        return read_entry(record) if record else None

    @cached_property
    def kept(self) -> "KeptArticles":
        """The texts and pages that are kept of the articles."""
        from pactreader.storage.kept_articles import KeptArticles

        return KeptArticles(self._paths.texts, keeps_protected=self._keeps_protected)

    @property
    def texts(self) -> "StoredTexts":
        """The stored texts of all articles by their hashes."""
        from pactreader.storage.texts.text_store import StoredTexts

        return StoredTexts(self._paths.texts)

    # Annotations

    def notebook(self, entry: "ArticleEntry", article: "Article") -> "Notebook":
        """Return the notebook of an article, with all its annotations placed.

        Raises:
            LibraryError: As for `articles`.
        """
        notebook = self.empty_notebook(article)
        self.notebooks.load(entry, notebook)
        notebook.place_pending()
        return notebook

    def empty_notebook(self, article: "Article") -> "Notebook":
        """Return a notebook without annotations that gives new annotations unused ids."""
        from pactreader.core.notebooks.notebook import Notebook

        return Notebook(article, labels=self.labels, now=self._now, new_id=self._unused_id)

    def placed_annotations(self, entry: "ArticleEntry", article: "Article | None") -> "PlacedAnnotations":
        """Return the annotations of an article as its notebook has them, to be read: in a third of the time.

        Args:
            entry: The entry of the article.
            article: The article with the text that they are placed in; `None` if that is not kept.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.core.anchoring.locator import Locator
        from pactreader.core.article import Article
        from pactreader.core.notebooks.placed_annotations import PlacedAnnotations, place
        from pactreader.storage.articles.former_texts import former_texts
        from pactreader.storage.schema.records import ANNOTATION, read_annotation

        records = self._records.each(ANNOTATION, self._registry().ids_of(entry.id))
        annotations = [each for each in map(read_annotation, records) if each]
        if article is None:
            unread = Article.assemble((), title=entry.title, source=entry.source)
            return PlacedAnnotations(unread, self.labels, place(annotations, None))
        hashes = (each.anchor.text_hash for each in annotations if each.anchor)
        texts = former_texts(self._paths.texts, entry, article, hashes)
        locator = Locator(article.text, texts, known_hash=lambda: article.text_hash)
        return PlacedAnnotations(article, self.labels, place(annotations, locator))

    @cached_property
    def notebooks(self) -> "NotebookLoader":
        """The loader of notebooks with the annotations in the file."""
        from pactreader.storage.notebook_loader import NotebookLoader

        return NotebookLoader(self._paths.texts, self._file, self._records, self._registry)

    def annotations(
        self, entry_id: str | None = None, words: Collection[str] = ()
    ) -> "Iterator[tuple[ArticleEntry, Annotation]]":
        """Yield the annotations of one article, or of all that are not archived, grouped by article, in reading order.

        If the record of an article is lost, its entry has only an id.

        Args:
            entry_id: The id of the article; `None` for all.
            words: Folded words. Some annotations without one of them are left out, which saves most of the time.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.storage.notes_index import by_article
        from pactreader.storage.record_words import may_have_words
        from pactreader.storage.schema.records import ANNOTATION, read_annotation

        registry = self._registry()
        ids = None if entry_id is None else registry.ids_of(entry_id)
        parts = " ".join(words).split()
        found = (
            (article_id, annotation)
            for record in self._records.records(ANNOTATION, ids)
            if isinstance(article_id := record.get("article"), str)
            and may_have_words(record, parts)
            and (annotation := read_annotation(record))
        )
        for entry, annotations in by_article(registry, found, key=lambda annotation: annotation):
            if entry_id is not None or not entry.archived:
                yield from ((entry, annotation) for annotation in annotations)

    def annotated(self) -> "list[ArticleEntry]":
        """Return the entries of the articles that have annotations and are not archived, in the order of `annotations`.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.storage.schema.records import ANNOTATION, ArticleEntry, read_annotation

        registry = self._registry()
        found: dict[str, None] = {}
        for each in self._records.article_ids(ANNOTATION):
            article_id = registry.id_of(each)
            if article_id not in found and any(map(read_annotation, self._records.each(ANNOTATION, [each]))):
                found[article_id] = None
        known = (entry for entry in registry.by_id.values() if entry.id in found and not entry.archived)
        lost = (ArticleEntry(article_id) for article_id in found if article_id not in registry.by_id)
        return [*known, *lost]

    def has_annotation(self, annotation_id: str) -> bool:
        """Return whether there is an annotation with an id in any article. The file is not refreshed."""
        from pactreader.storage.schema.records import ANNOTATION, read_annotation

        return read_annotation(self._records.find(ANNOTATION, annotation_id)[1]) is not None

    def is_used(self, annotation_id: str) -> bool:
        """Return whether a record has an id, also that of a removed annotation. The file is not refreshed."""
        return self._records.has_id(annotation_id)

    def origins(self, entry_id: str) -> set[str]:
        """Return the keys of all that was ever taken in from the files of an article, also if it was removed since.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.storage.schema.records import ANNOTATION, ORIGIN
        from pactreader.storage.schema.revisions import revisions_of

        records = self._records.records(ANNOTATION, self._registry().ids_of(entry_id))
        found = (revision.get(ORIGIN) for record in records for revision in revisions_of(record))
        return {origin for origin in found if isinstance(origin, str)}

    def highlight_counts(self) -> Counter[str]:
        """Return the number of highlights of each article by its id.

        Raises:
            LibraryError: As for `articles`.
        """
        id_of = self._registry().id_of
        counts: Counter[str] = Counter()
        for article_id, count in self._records.highlight_counts().items():
            counts[id_of(article_id)] += count
        return counts

    @cached_property
    def notes(self) -> "NotesIndex":
        """The index of all notes and quotes."""
        from pactreader.storage.notes_index import NotesIndex

        return NotesIndex(self._records, self._registry, self._file.refresh)

    def save(self, entry: "ArticleEntry", change: Change) -> Change:
        """Save a change to a notebook in one write: the annotations after it, and the change itself for undo.

        The file is synced on return. If another process has meanwhile changed an annotation, the annotation gets a
        conflict instead of being overwritten.

        Returns:
            The saved change. It has new ids if another process has meanwhile used those of the given one.

        Raises:
            LockedError: It takes in annotations from a file that another process has just taken in, or of which one has an
                id of theirs. It has to be made anew.
            NotSavedError: Nothing of the change is saved.
        """
        from pactreader.storage.sync.change_records import IdTakenError, with_new_ids

        while True:
            try:
                self._put(entry, change)
            except IdTakenError as error:
                if any(edit.after and edit.after.origin for edit in change.edits):
                    raise LockedError("Another window took in the same.", "Try again.") from error
                change = with_new_ids(change, self._unused_id)
            else:
                return change

    def save_redescription(self, redescription: "Redescription") -> None:
        """Save anchors that were made while their text was not whole, as the whole text describes them, in one write.

        Raises:
            NotSavedError: Nothing of it is saved.
        """
        from pactreader.storage.sync.change_records import redescription_rows

        with self._file.changing():
            self._file.append(dict(redescription_rows(self._records, redescription)))

    # Identity

    @cached_property
    def identity(self) -> "ArticleIdentity":
        """The identities of the articles: which addresses and texts are one article."""
        from pactreader.storage.articles.article_identity import ArticleIdentity

        return ArticleIdentity(self._paths, self._file, self._records, self._entries, now=self._now)

    # The file

    @cached_property
    def merger(self) -> "LibraryMerger":
        """The merger of other copies of the library."""
        from pactreader.storage.library_merger import LibraryMerger

        return LibraryMerger(
            self._paths,
            self._file,
            self._records,
            self._backups,
            self._registry,
            now=self._now,
            new_id=self._unused_id,
        )

    @cached_property
    def text_cleaner(self) -> "TextCleaner":
        """The cleaner of the stored texts."""
        from pactreader.storage.text_cleaner import TextCleaner

        return TextCleaner(self._paths, self._file, self._registry, self._edit_entry, now=self._now)

    def back_up_daily(self) -> None:
        """Make a backup if there are annotations, no backup from today, and changes since the last backup.

        Raises:
            NotSavedError: The backup could not be made.
        """
        from pactreader.storage.schema.records import ANNOTATION

        if self._records.has_any(ANNOTATION):
            self._backups.make_daily(self._file)

    def notices(self) -> list[str]:
        """Return new sentences for the user about the file, such as that it was damaged. Each is returned once."""
        if "_file" not in self.__dict__:
            return []
        notices, self._file.notices = self._file.notices, []
        if not self._has_checked_backups and not self._file.records and not self._paths.library.exists():
            newest = self._backups.newest()
            if newest:
                notices.append(
                    f"There is no library, but a backup of {newest.at.astimezone():%Y-%m-%d %H:%M}: "
                    "`pactreader doctor --restore` brings it back."
                )
        self._has_checked_backups = True
        return notices

    def failed_checksums(self, entry: "ArticleEntry") -> Iterator[bool]:
        """Yield for each annotation of an article whether its checksum fails, as another program or damage changed it.

        It is a generator so that the caller can pause, as the checksums of thousands of annotations take a while.
        """
        from pactreader.storage.schema.records import ANNOTATION
        from pactreader.storage.schema.revisions import has_failed_checksum

        for record in self._records.each(ANNOTATION, self._registry().ids_of(entry.id)):
            yield has_failed_checksum(record)

    @property
    def is_gone(self) -> bool:
        """True if there was a library file and it is gone."""
        return self._file.is_gone

    def ensure_saved(self) -> None:
        """Write the file from memory if it is gone, or if its recovery could not be written.

        Raises:
            NotSavedError: The file could not be written.
        """
        self._file.ensure_saved()

    def preload(self) -> None:
        """Import the modules for saving now, as later the process may not be able to open files."""
        self._file.lock.preload()

    @property
    def lock_timeout(self) -> float:
        """Seconds to wait for another process that is writing."""
        return self._file.lock.timeout

    @lock_timeout.setter
    def lock_timeout(self, seconds: float) -> None:
        self._file.lock.timeout = seconds

    def close(self) -> None:
        """Rewrite the file without repeated keys. Saved changes are safe without this."""
        if "_file" in self.__dict__:
            self._file.close()

    # Implementation

    def read_packed(self) -> None:
        """Read the file now, if it is not read yet, so that it takes a tenth of the memory, as for a process that keeps it
        open. Each record is decoded again when it is needed.

        Raises:
            LibraryError: As for `articles`.
        """
        from pactreader.storage.journal.record_index import RecordIndex, RecordKeys

        if "_file" not in self.__dict__:
            keys = RecordKeys()
            self._file = self._open(keys.add)
            self._records = RecordIndex(self._file, keys)

    @cached_property
    def _backups(self) -> "Backups":
        from pactreader.storage.recovery.backups import Backups

        return Backups(self._paths.backups, now=self._now)

    @cached_property
    def _file(self) -> "JournalFile":
        return self._open()

    def _open(self, observe: "Observe | None" = None) -> "JournalFile":
        from pactreader.storage.journal.journal_file import LOCK_TIMEOUT, JournalFile
        from pactreader.storage.recovery.record_recovery import recovery_from

        return JournalFile(
            self._paths.library,
            recover=recovery_from(self._backups),
            back_up=self._backups.make,
            lock_timeout=LOCK_TIMEOUT if self._lock_timeout is None else self._lock_timeout,
            on_wait=self._on_wait,
            now=self._now,
            observe=observe,
        )

    @cached_property
    def _records(self) -> "RecordIndex":
        from pactreader.storage.journal.record_index import RecordIndex

        return RecordIndex(self._file)

    @cached_property
    def _entries(self) -> "ArticleEntries":
        from pactreader.storage.articles.article_entries import ArticleEntries

        return ArticleEntries(self._records, now=self._now, new_id=self._unused_id)

    def _registry(self) -> "ArticleRegistry":
        """Return the articles after a refresh of the file."""
        self._file.refresh()
        return self._entries.registry()

    def _edit_entry(self, entry_id: str, edit: "Callable[[ArticleEntry], ArticleEntry]") -> "ArticleEntry":
        """Save the entry that a function returns for the present one."""
        known = self._registry().find(entry_id)
        edited = edit(known)._replace(modified=timestamp_after(self._now(), known.modified))
        with self._entries.replacing(edited):
            self._put(edited)
        return edited

    def _put(self, entry: "ArticleEntry", change: Change | None = None) -> None:
        """Append the record of an entry if it is new or changed, and the records of a change.

        Raises:
            IdTakenError: Another record has the id of the change, or of an annotation that it creates.
            NotSavedError: Nothing is saved.
        """
        from pactreader.storage.sync.change_records import change_rows

        with self._file.changing():
            rows = self._entries.rows_to_save(entry)
            if change:
                rows += change_rows(self._records, entry.id, change)
            free = self._file.free_keys()
            records = {key or next(free): record for key, record in rows}
            stored = self._file.records
            self._file.append({key: one for key, one in records.items() if stored.get(key) != one})
        self._entries.mark_saved()

    def _unused_id(self) -> str:
        """Return an id that no record in memory has; the file is not refreshed."""
        while True:
            found = self._new_id()
            if not self._records.has_id(found):
                return found
