"""The identity of articles: which addresses and texts are one article, as found by likeness and told by the user."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pactreader.core.addresses import STANDARD_INPUT
from pactreader.core.annotation import timestamp, timestamp_after
from pactreader.core.article import Article
from pactreader.core.errors import UsageError
from pactreader.storage.articles.article_entries import ArticleEntries
from pactreader.storage.articles.article_parts import (
    ArticlePart,
    may_have_parts,
    parts_of,
    with_part,
    without_part,
)
from pactreader.storage.articles.article_registry import ArticleRegistry, addresses_of, texts_of
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.paths import Paths
from pactreader.storage.schema.records import ANNOTATION, ARTICLE, ArticleEntry, is_removed, updated
from pactreader.storage.schema.revisions import Record, content_of

if TYPE_CHECKING:
    from pactreader.storage.articles.article_comparison import ArticleComparison, Finding


class Identification(NamedTuple):
    """An article of the library, or a new one, as which an opened article is taken."""

    entry: ArticleEntry
    is_certain: bool
    """True if the article had this text. Else the article has to be compared with those of the library, once its text is
    whole."""


class ArticleIdentity:
    """The identities of the articles in a library file."""

    def __init__(
        self,
        paths: Paths,
        file: JournalFile,
        records: RecordIndex,
        entries: ArticleEntries,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._paths = paths
        self._file = file
        self._records = records
        self._entries = entries
        self._now = now

    # Opening

    def identify(self, article: Article, chosen: ArticleEntry | None = None) -> Identification:
        """Return the article that an opened one is taken as for now. Nothing is written, and no text is read.

        Args:
            article: The opened article.
            chosen: The article that the user chose in the library; `None` if a source was opened.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._file.refresh()
        registry = self._entries.registry()
        known = registry.with_text(article)
        if chosen and (own := registry.by_id.get(registry.id_of(chosen.id))):
            known = own if article.text_hash in texts_of(own) else known
        if article.rest:
            taken = known or registry.with_source(article) or self._entries.new_entry(article)
            return Identification(taken, is_certain=_had_text(known))
        if known:
            return Identification(self._entries.taken_as(known, article), is_certain=_had_text(known))
        owner = registry.with_source(article)
        return Identification(owner or self._entries.new_entry(article), is_certain=False)

    def identify_whole(self, article: Article, entry: ArticleEntry) -> Identification:
        """Return the article that an open one is taken as now that its text is whole.

        Annotations that were made on its beginning go with it, if they name the text already.

        Args:
            article: The open article.
            entry: The entry that it was taken as while its text was not whole, from `identify`.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
            NotSavedError: Annotations could not be moved; the entry is that of before.
        """
        registry = self._registry()
        own = self._present(entry)
        known = registry.with_text(article)
        is_own = known is None or known.id == registry.id_of(own.id)
        if not _had_text(own):  # it is no article of the library yet
            if known and not is_own and _had_text(known):
                return Identification(self._take_as(known, article, instead_of=own), is_certain=True)
            return Identification(self._entries.taken_as(own, article), is_certain=False)
        if known is None:
            return Identification(own, is_certain=article.file_hash in own.file_hashes)
        if not is_own and (moved := self._moved(registry.ids_of(own.id), {article.text_hash}, known.id)):
            self._save([known], moved)
            known = self._present(known)
        return Identification(self._entries.taken_as(known, article), is_certain=True)

    def comparison(self, article: Article, entry: ArticleEntry) -> "ArticleComparison":
        """Return the comparison of an article whose identity is not certain, to be run in any thread.

        Args:
            article: The opened article.
            entry: The entry that it is taken as for now, from `identify`.
        """
        from pactreader.storage.articles.article_comparison import (
            ArticleComparison,  # not before the first frame
        )

        entries = self._entries.registry().by_id.values()
        if article.text_hash not in texts_of(entry):
            return ArticleComparison(article, entry, tuple(entries), self._paths)
        others = tuple(one for one in entries if one.id != entry.id)
        return ArticleComparison(article, None, others, self._paths)

    def settle(self, found: "Finding", article: Article, entry: ArticleEntry) -> ArticleEntry:
        """Return the entry of an article after its comparison. `register` and `save` write it.

        If the user has to be asked, it is another article until then. Annotations that were meanwhile made on its text
        go with it.

        Args:
            found: The result of the comparison.
            article: The opened article.
            entry: The entry that it was taken as for now, from `identify`.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
            NotSavedError: Annotations could not be moved; the entry is that of before.
        """
        registry = self._registry()
        entry = self._present(entry)
        if found.entry is None:
            return self._entries.keep(entry)
        if found.is_same:
            return self._take_as(found.entry, article, instead_of=entry)
        if article.text_hash in texts_of(entry):
            if found.entry.id in entry.distinct:  # the user has said so in another window
                return self._entries.keep(entry)
            return self._entries.keep(entry._replace(resembles=(found.entry.id,)))
        # Another text stands at the address of a known article.
        resembles = tuple(dict.fromkeys((found.entry.id, entry.id)))
        new = self._entries.new_entry(article)._replace(resembles=resembles)
        moved = self._moved(registry.ids_of(entry.id), {article.text_hash}, new.id)
        if moved:
            self._save([new], moved)
        return self._entries.keep(new)

    def article_of(self, entry: ArticleEntry, article: Article) -> ArticleEntry:
        """Return the article that an open one is part of now, as another window may have joined or split it.

        Nothing is written.
        """
        registry = self._entries.registry()
        own = registry.by_id.get(registry.id_of(entry.id), entry)
        known = registry.with_text(article) or own
        is_elsewhere = article.source in {*addresses_of(known)} - {*addresses_of(own)}
        return own if article.text_hash in texts_of(own) and not is_elsewhere else known

    def is_version(self, article: Article, entry: ArticleEntry, *, is_edited: bool) -> bool:
        """Return whether an article that was read again is a version of an open one.

        It is not if its text, or its address, is known to be that of another article.

        Args:
            article: The article that was read.
            entry: The entry of the open article.
            is_edited: Whether its text is likely to be an edited version of the open one.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._file.refresh()
        registry = self._entries.registry()
        own = registry.by_id.get(registry.id_of(entry.id), entry)
        if article.text_hash in texts_of(own):
            return True
        known = registry.match(article)
        return is_edited and (known is None or known.id == own.id)

    def read_again(self, article: Article, entry: ArticleEntry) -> ArticleEntry:
        """Return the entry of an open article with another version of its text. `register` and `save` write it.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._file.refresh()
        registry = self._entries.registry()
        return self._entries.taken_as(registry.by_id.get(registry.id_of(entry.id), entry), article)

    def resembled(self, entry: ArticleEntry) -> ArticleEntry | None:
        """Return the article of which the user has not said whether it is the same; `None` if there is none."""
        registry = self._entries.registry()
        own = registry.id_of(entry.id)
        found = (registry.by_id.get(registry.id_of(one)) for one in entry.resembles)
        return next((one for one in found if one and one.id != own), None)

    def answer(
        self, entry: ArticleEntry, other: ArticleEntry, article: Article, *, is_same: bool
    ) -> ArticleEntry:
        """Return the entry of the opened article after the user's answer. `register` writes it.

        Args:
            entry: The entry of the opened article.
            other: The article that it resembles.
            article: The opened article.
            is_same: The answer.

        Raises:
            NotSavedError: The articles are not joined.
        """
        self._file.refresh()
        entry = self._present(entry)
        if is_same:
            return self._take_as(other, article, instead_of=entry._replace(resembles=()))
        open_questions = tuple(one for one in entry.resembles if one != other.id)
        apart = entry._replace(resembles=open_questions, distinct=_with(entry.distinct, other.id))
        return self._entries.taken_as(self._entries.keep(apart), article)

    def _take_as(self, known: ArticleEntry, article: Article, *, instead_of: ArticleEntry) -> ArticleEntry:
        """Return the entry of an article that is a known one; join them if it was saved as another.

        Args:
            known: The known article.
            article: The opened article.
            instead_of: The entry that it was taken as until now.
        """
        registry = self._entries.registry()
        if registry.id_of(known.id) not in registry.by_id:  # another window has deleted it
            return self._entries.keep(self._entries.taken_as(instead_of, article))
        if registry.id_of(instead_of.id) != registry.id_of(known.id):
            if self._is_saved(instead_of):
                self.join(known.id, instead_of.id)
            else:
                self._entries.forget(instead_of)
            registry = self._entries.registry()
        return self._entries.taken_as(registry.by_id[registry.id_of(known.id)], article)

    # Joining and splitting

    def join(self, one_id: str, other_id: str) -> list[ArticleEntry]:
        """Join two articles: the notebook of the one added first has the annotations of both.

        Returns:
            The changed entries as they were, for `restore`.

        Raises:
            UsageError: They are one article already, or one of them is unknown.
            NotSavedError: They are not joined.
        """
        registry = self._registry()
        one, other = (registry.members.get(registry.id_of(each), []) for each in (one_id, other_id))
        if not one or not other or one is other:
            raise UsageError("These are one article already.", "Choose two articles to join.")
        ids = {entry.id for entry in (*one, *other)}
        first, second = sorted((one, other), key=lambda members: list(registry.by_id).index(members[0].id))
        head = first[0]._replace(joined=_with(first[0].joined, second[0].id))
        before = [*first, *second]
        after = [_without_question(entry, ids) for entry in (head, *first[1:], *second)]
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        self._save(new for _, new in changed)
        return [old for old, _ in changed]

    def can_split(self, entry_id: str) -> bool:
        """Return whether an article has parts that can be split from it, without reading a text."""
        registry = self._registry()
        members = registry.members.get(registry.id_of(entry_id), [])
        return may_have_parts(members)

    def parts(self, entry_id: str) -> list[ArticlePart]:
        """Return the parts that can be split from an article: joined entries, files, texts; none if it is one whole."""
        registry = self._registry()
        members = registry.members.get(registry.id_of(entry_id), [])
        return parts_of(members, self._paths.texts) if members else []

    def split(self, entry_id: str, part: ArticlePart) -> list[ArticleEntry]:
        """Make a part of an article another article, with the annotations that were made on its texts.

        Returns:
            Entries with which `restore` makes them one article again.

        Raises:
            NotSavedError: Nothing is changed.
        """
        registry = self._registry()
        members = registry.members[registry.id_of(entry_id)]
        head = members[0]
        ids = tuple(entry.id for entry in members if entry.id != part.entry_id)
        if part.entry_id:
            former = next(entry for entry in members if entry.id == part.entry_id)
            new = with_part(former, part, self._paths.texts)._replace(joined=())
            before = [*(entry for entry in members if entry.id != new.id), former]
        else:
            new = with_part(self._new_entry(part, head), part, self._paths.texts)
            before = [head._replace(joined=_with(head.joined, new.id)), new]
        apart = sorted(registry.sharers(new) - {head.id})
        new = new._replace(distinct=_with(new.distinct, *ids, *apart))
        left = [
            without_part(entry, part, self._paths.texts)._replace(
                joined=tuple(one for one in entry.joined if one != new.id),
            )
            for entry in members
            if entry.id in ids
        ]
        # Those that were joined through the part stay together.
        left[0] = left[0]._replace(joined=_with(left[0].joined, *(entry.id for entry in left[1:])))
        own_texts = set(part.text_hashes).difference(*(texts_of(entry) for entry in left))
        self._save([*left, new], self._moved(ids, own_texts, new.id))
        return [entry._replace(distinct=()) if entry.id == new.id else entry for entry in before]

    def restore(self, entries: Sequence[ArticleEntry]) -> None:
        """Save entries as they were before `join` or `split`, with the annotations that were meanwhile made on their texts.

        Raises:
            NotSavedError: They are not saved.
        """
        registry = self._registry()
        restored = {entry.id: entry for entry in entries}
        articles = dict.fromkeys(registry.id_of(entry.id) for entry in entries)
        members = [
            restored.get(entry.id, entry) for one in articles for entry in registry.members.get(one, ())
        ]
        rows = []
        for entry in members:
            others = [one for one in members if one.id != entry.id]
            own_texts = set(texts_of(entry)).difference(*map(texts_of, others))
            rows += self._moved([one.id for one in others], own_texts, entry.id)
        self._save(entries, rows)

    def _new_entry(self, part: ArticlePart, head: ArticleEntry) -> ArticleEntry:
        """Return a new entry for addresses and texts of an article."""
        text_hash = part.text_hashes[-1] if part.text_hashes else head.text_hash
        now = timestamp(self._now())
        source = part.addresses[0] if part.addresses else STANDARD_INPUT
        return ArticleEntry(
            self._entries.unused_id(text_hash), title=head.title, source=source, added=now, modified=now
        )

    # The file

    def _registry(self) -> ArticleRegistry:
        self._file.refresh()
        return self._entries.registry()

    def _present(self, entry: ArticleEntry) -> ArticleEntry:
        """Return an entry as it is now, as another window may have changed it; itself if it is not saved."""
        registry = self._entries.registry()
        members = registry.members.get(registry.id_of(entry.id), ())
        return next((one for one in members if one.id == entry.id), entry)

    def _is_saved(self, entry: ArticleEntry) -> bool:
        record = self._records.find(ARTICLE, entry.id)[1]
        return bool(record) and not is_removed(record)

    def _moved(
        self, ids: Collection[str], text_hashes: Collection[str], new_id: str
    ) -> list[tuple[str, Record]]:
        """Return the keys and records of the annotations that were made on texts, after their move to an article."""
        found = (
            (self._records.find(ANNOTATION, record["id"])[0], record)
            for record in self._records.records(ANNOTATION, ids)
            if not is_removed(record) and record.get("text_hash") in set(text_hashes)
        )
        return [(key, updated(record, {**content_of(record), "article": new_id})) for key, record in found]

    def _save(self, entries: Iterable[ArticleEntry], rows: Iterable[tuple[str, Record]] = ()) -> None:
        """Write entries, with the present time, and other records in one write."""
        now = self._now()
        with self._file.changing():
            changed = [entry._replace(modified=timestamp_after(now, entry.modified)) for entry in entries]
            all_rows = [*map(self._entries.row_of, changed), *rows]
            free = self._file.free_keys()
            self._file.append({key or next(free): record for key, record in all_rows})
        for entry in changed:
            self._entries.forget(entry)


def _had_text(entry: ArticleEntry | None) -> bool:
    """Return whether an article ever had a whole text, so that it is known what it is."""
    return entry is not None and bool(texts_of(entry))


def _with(ids: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, *more)))


def _without_question(entry: ArticleEntry, ids: Collection[str]) -> ArticleEntry:
    """Return an entry that is neither told apart from these entries nor asked about."""
    return entry._replace(
        distinct=tuple(one for one in entry.distinct if one not in ids),
        resembles=tuple(one for one in entry.resembles if one not in ids),
    )
