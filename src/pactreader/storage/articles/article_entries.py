"""The entries of the articles in a library: those in the file, and new or changed ones that are not yet saved."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from pactreader.core.addresses import is_address
from pactreader.core.annotation import timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.errors import NotSavedError
from pactreader.storage.articles.article_registry import ID_LENGTH, ArticleRegistry, addresses_of, sources_of
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import (
    ARTICLE,
    ArticleEntry,
    KeptPage,
    entry_record,
    read_entry,
    updated,
)
from pactreader.storage.schema.revisions import Record

_LONGEST_HISTORY: Final = 200
"""The number of hashes of an article's texts, or files, that its entry names: 7 kB. Texts that annotations were made on
are named by these too, so none of them is lost; a file that is opened after each of thousands of edits does not make its
entry ever longer."""

_LINE_BY_LINE: Final = "code"
"""The format in which a text has no title of its own, so that it keeps the one that it had in another."""


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
        self._saved: dict[str, ArticleEntry] = {}
        """The entries in the file, by id."""
        self._cursor = Cursor()
        """The position in the file up to which its entries were read."""
        self._registry = ArticleRegistry(())
        """The registry that was made last."""
        self._registered: dict[str, ArticleEntry] = {}
        """The entries that it has, by id."""
        self._registered_unsaved: list[ArticleEntry] = []
        """Those of them that were not yet saved."""

    def registry(self) -> ArticleRegistry:
        """Return the articles, those not yet saved included. The caller must not change them.

        Only records that were written since the last call are read: a few milliseconds for a new article among ten
        thousand, a fifth of a second where one is joined, split or deleted, or the file was replaced.
        """
        has_read = self._read_records()
        unsaved = list(self._unsaved.values())
        if has_read or unsaved != self._registered_unsaved:
            self._register({**self._saved, **self._unsaved})
            self._registered_unsaved = unsaved
        return self._registry

    def _read_records(self) -> bool:
        """Read the entries that were written since the last call, and return whether there were any."""
        cursor, records = self._records.cursor, self._records.records_since(self._cursor)
        if cursor == self._cursor:
            return False
        self._cursor = cursor
        if records is None:
            self._saved.clear()
            records = self._records.records(ARTICLE)
        written = [record for record in records if record["kind"] == ARTICLE]
        for record in written:
            if entry := read_entry(record):
                self._saved[entry.id] = entry
            else:
                self._saved.pop(record["id"], None)
        return bool(written)

    def _register(self, entries: dict[str, ArticleEntry]) -> None:
        """Let the registry have these entries, by an update if only articles of their own are new or edited."""
        former, self._registered = self._registered, entries
        others = [entry for entry in entries.values() if former.get(entry.id) is not entry]
        news = [entry for entry in others if former.get(entry.id) != entry]
        if list(entries)[: len(former)] != list(former) or not all(
            self._registry.update(entry, former.get(entry.id)) for entry in news
        ):
            self._registry = ArticleRegistry(entries.values())

    def entry_for(self, article: Article) -> ArticleEntry:
        """Return the entry of an article: that with its text, else that with its source, else a new one."""
        return self.taken_as(self.registry().match(article), article)

    def taken_as(self, known: ArticleEntry | None, article: Article) -> ArticleEntry:
        """Return the entry of an article that is known to be one of the library, or is new.

        Its address belongs to it from now on, and to none that the user told apart from it.
        """
        entry = _read_from(known, article) if known else self.new_entry(article)
        for address in sources_of(article):
            for other in self._owners_beside(entry, address):
                self._unsaved[other.id] = self._without_address(other, address)
                entry = entry._replace(distinct=tuple(dict.fromkeys((*entry.distinct, other.id))))
        if known and entry.source in known.other_sources and not _has_news(known, entry, source=known.source):
            return entry
        if known is None or _has_news(known, entry):
            modified = timestamp_after(self._now(), known.modified) if known else entry.added
            entry = self._unsaved[entry.id] = entry._replace(modified=modified)
        return entry

    def new_entry(self, article: Article) -> ArticleEntry:
        """Return a new entry, which becomes known when it is saved."""
        now = timestamp(self._now())
        blank = ArticleEntry(self.unused_id(article.text_hash or article.file_hash), added=now, modified=now)
        return _read_from(blank, article)

    def keep(self, entry: ArticleEntry) -> ArticleEntry:
        """Return an entry after it was made the present one, which is to be saved."""
        self._unsaved[entry.id] = entry
        return entry

    def forget(self, entry: ArticleEntry) -> None:
        """Drop an unsaved entry."""
        self._unsaved.pop(entry.id, None)

    def unused_id(self, text_hash: str) -> str:
        """Return an id for a new entry: digits of a hash, so that it is the same on every computer.

        It is that of its text or, while this is not whole, of its file.
        """
        pieces = (text_hash[start : start + ID_LENGTH] for start in range(0, len(text_hash), ID_LENGTH))
        used = {one.id for members in self.registry().members.values() for one in members}
        return next((piece for piece in pieces if piece not in used), None) or self._new_id()

    def _owners_beside(self, entry: ArticleEntry, address: str) -> list[ArticleEntry]:
        """Return the entries of other articles that are known by an address."""
        registry = self.registry()
        others = registry.ids_at(address) - set(map(registry.id_of, (entry.id, *entry.resembles)))
        return [
            other
            for article_id in sorted(others)
            for other in registry.members[article_id]
            if address in addresses_of(other)
        ]

    def _without_address(self, entry: ArticleEntry, address: str) -> ArticleEntry:
        """Return an entry without an address, where another article is now."""
        addresses = {one: texts for one, texts in entry.addresses.items() if one != address}
        source = next(reversed(addresses), "") if entry.source == address else entry.source
        modified = timestamp_after(self._now(), entry.modified)
        return entry._replace(addresses=addresses, source=source, modified=modified)

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
        """Return the keys and records to write for an entry, and for those that lost an address to it.

        The list is empty if all are saved already. The key of a new record is empty.
        """
        entries = dict(self._unsaved)
        if not self._records.find(ARTICLE, entry.id)[1]:
            entries.setdefault(entry.id, entry)
        return [self.row_of(one) for one in entries.values()]

    def row_of(self, entry: ArticleEntry) -> tuple[str, Record]:
        """Return the key and the record to write for an entry; the key of a new record is empty."""
        key, known = self._records.find(ARTICLE, entry.id)
        return key, updated(known, entry_record(entry))

    def mark_saved(self) -> None:
        """Remove all entries from the unsaved ones, after their `rows_to_save` were written."""
        self._unsaved.clear()


def _read_from(entry: ArticleEntry, article: Article) -> ArticleEntry:
    """Return an entry after an article was read, with its source, its text and its metadata."""
    text_hash = article.text_hash
    entry = _completed(entry)
    addresses = dict(entry.addresses)
    for address in sources_of(article) or filter(None, [article.source]):
        addresses[address] = _with_last(addresses.pop(address, ()), text_hash)
    keeps_source = is_address(entry.source) and not is_address(article.source)
    keeps_title = entry.title and article.options.format == _LINE_BY_LINE
    return entry._replace(
        title=entry.title if keeps_title else article.title,
        source=entry.source if keeps_source else article.source,
        text_hash=text_hash,
        language=article.language,
        author=article.author,
        date=article.date,
        url=article.url or entry.url,
        tags=article.tags,
        reader=article.reader or entry.reader,
        page=_page_of(article) or entry.page,
        is_protected=article.is_protected,
        archived="",
        options=article.options,
        addresses=addresses,
        text_hashes=_with_last(entry.text_hashes, text_hash),
        file_hashes=_with_last(entry.file_hashes, article.file_hash),
    )


def _page_of(article: Article) -> KeptPage | None:
    """Return what the entry of an article says of the page that it was read from; `None` if it was read from none."""
    page = article.page
    return page and KeptPage(article.file_hash, page.url, page.media_type, page.charset, page.fetched_at)


def _completed(entry: ArticleEntry) -> ArticleEntry:
    """Return an entry with the addresses and texts that version 0.1.0 did not write: its only ones."""
    sources, texts = (tuple(filter(None, [one])) for one in (entry.source, entry.text_hash))
    return entry._replace(
        addresses=entry.addresses or dict.fromkeys(sources, texts),
        text_hashes=entry.text_hashes or texts,
    )


def _has_news(known: ArticleEntry, entry: ArticleEntry, **ignored: Any) -> bool:
    """Return whether an entry tells more than the known one, beside some fields and the hash of another file.

    An article that is only opened again is not written, so that copies of the library do not conflict.
    """
    return entry._replace(file_hashes=known.file_hashes, **ignored) != _completed(known)


def _with_last(hashes: Iterable[str], last: str) -> tuple[str, ...]:
    """Return hashes with one of them, or a new one, at the end; unchanged if that is empty."""
    kept = dict.fromkeys((*(one for one in hashes if one != last), *filter(None, [last])))
    return tuple(kept)[-_LONGEST_HISTORY:]
