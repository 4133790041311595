"""The cleaning of the stored texts and pages: deletion of those that nothing refers to, and of the oldest beyond a limit.

A text is kept as long as an annotation, a conflict, a change that can be undone, a bookmark or a draft refers to it,
or a backup or conflict file does; and as the text that was read last in an article with annotations. The texts that
were read last in articles without annotations are kept up to a limit. A page is kept as the text that was read last.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from pactreader.storage.articles.article_registry import ArticleRegistry
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import ArticleEntry
from pactreader.storage.sync.conflict_files import find_conflict_files
from pactreader.storage.text_references import TextReferences, hashes_in_file, hashes_in_record
from pactreader.storage.texts.store_files import StoredFile, remove, stored_files
from pactreader.storage.texts.text_store import StoredTexts

MIN_AGE: Final = 24 * 3600.0
"""Seconds without use after which a text may be deleted. A window that has an article open stores its text again every
minute, which renews its time; a day is for a window that was suspended meanwhile, and for an earlier version, which
does not renew it."""
_SLICE: Final = 0.002
"""Seconds of searching records between two pauses."""

EditEntry = Callable[[str, Callable[[ArticleEntry], ArticleEntry]], ArticleEntry]
"""A function that saves the entry which a function returns for that with an id."""


class TextCleaner:
    """The cleaning of the stored texts of a library: a search in steps, and then the deletion of what it found."""

    def __init__(
        self,
        paths: Paths,
        file: JournalFile,
        registry: Callable[[], ArticleRegistry],
        edit_entry: EditEntry,
        *,
        now: Callable[[], datetime],
    ) -> None:
        """Create the cleaner without touching the disk.

        Args:
            paths: The paths of the library, its texts and its reading state.
            file: The library file.
            registry: Returns the articles after a refresh of the file.
            edit_entry: Saves an edit of an article's entry.
            now: The clock.
        """
        self._paths = paths
        self._file = file
        self._registry = registry
        self._edit_entry = edit_entry
        self._now = now
        self._found: list[StoredFile] = []
        """The files to delete, as of the last search."""
        self._owners: dict[str, str] = {}
        """The ids of articles by the hashes of texts that turned out to be former texts of theirs."""
        self._cursor = Cursor()
        """The position in the library file up to which its records were searched."""

    def find(self, limit: int) -> Iterator[None]:
        """Search for texts to delete, yielding at intervals of a few milliseconds to let keys be handled.

        Args:
            limit: The bytes that the texts of articles without annotations may take.

        Raises:
            LibraryError: The library, or a file that may refer to texts, cannot be read. Nothing is found then.
        """
        self._found, self._owners = [], {}
        registry = self._registry()
        files = list(stored_files(self._paths.texts))
        if not self._file.is_writable or _are_present(files, registry, limit):
            return
        references = TextReferences(registry)
        self._cursor = self._file.cursor
        pause_at = 0.0
        for record in self._file.each_record():
            if time.monotonic() > pause_at:
                yield
                pause_at = time.monotonic() + _SLICE
            references.add_record(record)
        yield from self._add_files(references)
        unused = [one for one in files if references.is_unused(one.hash)]
        owners: dict[str, str] = {}
        texts = StoredTexts(self._paths.texts)
        for one in unused:
            if owner := references.owner_of(texts.get(one.hash, "")):
                owners[one.hash] = owner
            yield
        found = [one for one in unused if one.hash not in owners]
        found += _beyond(limit, [one for one in files if references.is_only_read(one.hash)])
        oldest = self._now().timestamp() - MIN_AGE
        self._found, self._owners = [one for one in found if one.used_at < oldest], owners

    def remove_found(self) -> int:
        """Delete the texts that the last search found, but for those that are in use since.

        Texts that turned out to be former ones of an article are recorded in its entry.

        Returns:
            The number of texts that were deleted.

        Raises:
            NotSavedError: The library is locked or cannot be written.
        """
        if not self._found and not self._owners:
            return 0
        with self._file.changing():
            news = self._file.keys_since(self._cursor)
            if news is None:  # any record may have changed: the next search finds the texts again
                return 0
            in_use = {one for key in news for one in hashes_in_record(self._file.records[key])}
            unchanged = set(stored_files(self._paths.texts))
            removed = sum(
                remove(self._paths.texts, one)
                for one in self._found
                if one in unchanged and one.hash not in in_use
            )
            for text_hash, owner in self._owners.items():
                self._edit_entry(owner, partial(_with_former_text, text_hash))
        self._found, self._owners = [], {}
        return removed

    def _add_files(self, references: TextReferences) -> Iterator[None]:
        """Add what files refer to: those of the reading state, conflict files and backups."""
        paths = self._paths
        for path in paths.state.glob("*/*.json"):
            for hashes in hashes_in_file(path):
                if path.parent in {paths.bookmarks, paths.drafts}:
                    references.add_kept(hashes)
                else:
                    references.add_read(path.name.split(".")[0], hashes)
            yield
        for path in (*find_conflict_files(paths.library), *paths.backups.glob("*.json")):
            for hashes in hashes_in_file(path):
                references.add_kept(hashes)
                yield


def _are_present(files: list[StoredFile], registry: ArticleRegistry, limit: int) -> bool:
    """Return whether all files are of present texts, and take no more than a limit: then there is nothing to delete."""
    entries = registry.by_id.values()
    present = {entry.text_hash for entry in entries} | {entry.page.hash for entry in entries if entry.page}
    return sum(one.size for one in files) <= limit and all(one.hash in present for one in files)


def _beyond(limit: int, files: list[StoredFile]) -> Iterator[StoredFile]:
    """Yield the files that must be deleted for the rest to take no more bytes than a limit: first the longest unused."""
    excess = sum(one.size for one in files) - limit
    for one in sorted(files, key=lambda each: each.used_at):
        if excess <= 0:
            return
        yield one
        excess -= one.size


def _with_former_text(text_hash: str, entry: ArticleEntry) -> ArticleEntry:
    """Return an entry with one more former text: as the first one, as its time is not known."""
    return entry._replace(text_hashes=tuple(dict.fromkeys((text_hash, *entry.text_hashes, entry.text_hash))))
