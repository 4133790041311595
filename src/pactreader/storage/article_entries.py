"""The entries of the articles in a library: those in the file, and new or changed ones that are not yet saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from pactreader.core.annotation import timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError
from pactreader.storage.article_registry import ID_LENGTH, TRANSIENT_SOURCES, ArticleRegistry
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ARTICLE, ArticleEntry, entry_record, read_entry, updated
from pactreader.storage.schema.revisions import Record

_LONGEST_TEXT_HISTORY: Final = 200
"""The number of texts that an entry names, 7 kB. Those that annotations were made on are named by these, so that
none of them is lost; a file that is opened after each of thousands of edits does not make its entry ever longer."""


class ArticleEntries:
    """The entries of the articles in a library file and those not yet saved. The caller writes the file."""

    def __init__(
        self, records: RecordIndex, *, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        """Create the entries, none of them unsaved.

        Args:
            records: The index of the records in the file.
            now: The clock.
            new_id: Returns an unused id.
        """
        self._records = records
        self._now = now
        self._new_id = new_id
        self._unsaved: dict[str, ArticleEntry] = {}
        """The entries that differ from the file, by id."""
        self._registry = ArticleRegistry(())
        self._registry_source: tuple[Cursor, dict[str, ArticleEntry]] = (Cursor(), {})
        """The position in the file and the unsaved entries that `_registry` was made from."""

    def registry(self) -> ArticleRegistry:
        """Return the articles, those not yet saved included."""
        source = self._records.cursor, dict(self._unsaved)
        if source != self._registry_source:
            read = filter(None, map(read_entry, self._records.records(ARTICLE)))
            self._registry = ArticleRegistry(({entry.id: entry for entry in read} | self._unsaved).values())
            self._registry_source = source
        return self._registry

    def entry_for(self, article: Article) -> ArticleEntry:
        """Return the entry of an article: that with its source, else that with its text, else a new one."""
        articles = self.registry()
        known = articles.match(article)
        entry = replace(
            known or ArticleEntry(self._entry_id(article, articles), added=timestamp(self._now())),
            title=article.title,
            text_hash=article.text_hash,
            text_hashes=_text_hashes(known, article.text_hash) if known else (),
            language=article.language,
            author=article.author,
            date=article.date,
            archived="",
        )
        if not known or article.source not in TRANSIENT_SOURCES:
            entry = replace(entry, source=article.source)
        if known and entry.source in known.other_sources and replace(entry, source=known.source) == known:
            return entry
        if entry != known:
            modified = timestamp_after(self._now(), known.modified) if known else entry.added
            entry = self._unsaved[entry.id] = replace(entry, modified=modified)
        return entry

    def is_unsaved(self, entry: ArticleEntry) -> bool:
        """Return whether an entry is new or differs from that in the file."""
        return entry.id in self._unsaved

    @contextmanager
    def replacing(self, entry: ArticleEntry) -> Iterator[None]:
        """Use an entry in place of the present one, which is restored if the `with` block raises a `NotSavedError`."""
        before = self._unsaved.get(entry.id)
        self._unsaved[entry.id] = entry
        try:
            yield
        except NotSavedError:
            del self._unsaved[entry.id]
            if before:
                self._unsaved[entry.id] = before
            raise

    def rows_to_save(self, entry: ArticleEntry) -> list[tuple[str, Record]]:
        """Return the key and the record to write for an entry; an empty list if it is saved already.

        The key of a new record is empty.
        """
        key, known = self._records.find(ARTICLE, entry.id)
        if known and not self.is_unsaved(entry):
            return []
        return [(key, updated(known, entry_record(self._unsaved.get(entry.id, entry))))]

    def mark_saved(self, entry: ArticleEntry) -> None:
        """Remove an entry from the unsaved ones, after its `rows_to_save` were written."""
        self._unsaved.pop(entry.id, None)

    def _entry_id(self, article: Article, articles: ArticleRegistry) -> str:
        """Return the id for a new entry: digits of its text's hash, so that it is the same on every computer."""
        digits = article.text_hash
        pieces = (digits[start : start + ID_LENGTH] for start in range(0, len(digits), ID_LENGTH))
        return next((piece for piece in pieces if piece not in articles.by_id), None) or self._new_id()


def _text_hashes(known: ArticleEntry, text_hash: str) -> tuple[str, ...]:
    """Return the hashes of all texts of an article whose text is now the one with a hash."""
    if text_hash == known.text_hash:
        return known.text_hashes
    hashes = dict.fromkeys(one for one in (*known.text_hashes, known.text_hash) if one and one != text_hash)
    return (*hashes, text_hash)[-_LONGEST_TEXT_HISTORY:]
