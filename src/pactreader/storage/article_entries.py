"""The entries of the articles in a library: those in the file, and those that are new or changed and not yet saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from pactreader.core.annotation import timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError
from pactreader.storage.article_registry import ID_LENGTH, NOWHERE, ArticleRegistry
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ARTICLE, ArticleEntry, entry_record, read_entry, updated
from pactreader.storage.schema.revisions import Record


class ArticleEntries:
    """The entries of the articles in a library file. They write nothing themselves."""

    def __init__(
        self, records: RecordIndex, *, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        """Initialise the entries without one that is to be saved.

        Args:
            records: The records of the file.
            now: The clock.
            new_id: Returns an id that no record has.
        """
        self._records = records
        self._now = now
        self._new_id = new_id
        self._unsaved: dict[str, ArticleEntry] = {}

    def registry(self) -> ArticleRegistry:
        """Return the articles as they are known now, those not yet saved included."""
        read = filter(None, map(read_entry, self._records.records(ARTICLE)))
        return ArticleRegistry(({entry.id: entry for entry in read} | self._unsaved).values())

    def entry_for(self, article: Article) -> ArticleEntry:
        """Return the entry of an article: one with its source, else one with its text, else a new one."""
        articles = self.registry()
        known = articles.like(article)
        entry = replace(
            known or ArticleEntry(self._entry_id(article, articles), added=timestamp(self._now())),
            title=article.title,
            text_hash=article.text_hash,
            language=article.language,
            author=article.author,
            date=article.date,
            archived="",
        )
        if not known or article.source not in NOWHERE:
            entry = replace(entry, source=article.source)
        if known and entry.source in known.other_sources and replace(entry, source=known.source) == known:
            return entry
        if entry != known:
            modified = timestamp_after(self._now(), known.modified) if known else entry.added
            entry = self._unsaved[entry.id] = replace(entry, modified=modified)
        return entry

    def is_unsaved(self, entry: ArticleEntry) -> bool:
        """Return whether an entry is not in the file as it is known here."""
        return entry.id in self._unsaved

    @contextmanager
    def replacing(self, entry: ArticleEntry) -> Iterator[None]:
        """Have an entry saved by the caller in the place of the known one, which stays if a `NotSavedError` is raised."""
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
        """Return the key and the record to write for an entry; none if the file has it as it is.

        The key is empty if the record is new.
        """
        key, known = self._records.find(ARTICLE, entry.id)
        if known and not self.is_unsaved(entry):
            return []
        return [(key, updated(known, entry_record(self._unsaved.get(entry.id, entry))))]

    def mark_saved(self, entry: ArticleEntry) -> None:
        """Take note that the records of `rows_to_save` are in the file."""
        self._unsaved.pop(entry.id, None)

    def _entry_id(self, article: Article, articles: ArticleRegistry) -> str:
        """Return the id of a new entry: digits of its text's hash, so that two computers choose the same one."""
        digits = article.text_hash
        pieces = (digits[start : start + ID_LENGTH] for start in range(0, len(digits), ID_LENGTH))
        return next((piece for piece in pieces if piece not in articles.by_id), None) or self._new_id()
