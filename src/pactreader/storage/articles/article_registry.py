"""The registry of the articles in a library: their ids and aliases, and searches for one by source, text or name."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from pactreader.core.addresses import is_address
from pactreader.core.article import Article
from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.schema.records import ArticleEntry

_SHORTEST_ID: Final = 4
"""The number of characters from which a text is compared with the beginnings of ids; a shorter one only with titles."""
ID_LENGTH: Final = 8
"""The number of hex digits of a text's hash that are the id of a new article, so that it is the same everywhere."""

_Key = tuple[str, str]
"""A key of an entry: its kind, and an address or a hash."""


class ArticleRegistry:
    """The articles of a library. Entries with the same source or the same text are one article.

    Such entries result from opening an article on two computers. The id of the first one is the article's, and the ids
    of the others are aliases: `{id: "a", source: "/x"}`, `{id: "b", source: "/x"}` → the article "a", `id_of("b")` is
    "a". Entries that the user joined are one article too, and those that the user told apart never are.
    """

    def __init__(self, entries: Iterable[ArticleEntry]) -> None:
        """Create the registry.

        Args:
            entries: The entries in the order in which they were added to the library.
        """
        entries = list(entries)
        self.by_id: dict[str, ArticleEntry] = {}
        """The entry of each article by its id, in the order in which they were added."""
        self.members: dict[str, list[ArticleEntry]] = {}
        """The entries that are one article, by its id, as they are in the file."""
        self._canonical_ids: dict[str, str] = {}
        """The id of the article, by each of its ids and aliases."""
        distinct = _pairs((entry.id, entry.distinct) for entry in entries)
        self._apart = _pairs(
            (entry.id, (*entry.distinct, *entry.other_distinct, *entry.resembles)) for entry in entries
        )
        # What was joined in another copy was perhaps split here since.
        joined = _pairs(
            (entry.id, {*entry.joined, *(set(entry.other_joined) - distinct.get(entry.id, set()))})
            for entry in entries
        )
        self._joined_ids = frozenset(joined)
        """The ids of all entries that are joined with others, whether they exist or not."""
        self._ids_by_key: defaultdict[_Key, list[str]] = defaultdict(list)
        for entry in entries:
            self._add(entry, joined.get(entry.id, ()))
        for entry in self.by_id.values():
            # If damage has changed the id in the entry, the article's notes still have the id made from its first text;
            # and drafts have that of its present one, if a crash came before it was known which article it is.
            # Or that of its file, if its text was not whole then.
            for alias in _hash_aliases(entry):
                self._canonical_ids.setdefault(alias, entry.id)
        self._aliases: defaultdict[str, list[str]] = defaultdict(list)
        """The ids of each article, its aliases included, by its id."""
        for alias, article_id in self._canonical_ids.items():
            self._aliases[article_id].append(alias)

    def update(self, entry: ArticleEntry, former: ArticleEntry | None) -> bool:
        """Add a new entry, or replace one, if that concerns no other article.

        Args:
            entry: The entry.
            former: The entry that it replaces; `None` if it is new.

        Returns:
            False if it may concern others, as it is known by what they are known by, or joined with one. The registry must
            be made anew then.
        """
        return self._add_alone(entry) if former is None else self._replace_alone(entry, former)

    def _add_alone(self, entry: ArticleEntry) -> bool:
        """Add an entry if nothing of it is known, and return whether it was."""
        is_linked = any(_links(entry)) or entry.id in self._joined_ids or entry.id in self._apart
        if is_linked or entry.id in self._canonical_ids or any(map(self._ids_by_key.get, _keys(entry))):
            return False
        self._add(entry, ())
        self._aliases[entry.id].append(entry.id)
        self._add_aliases(entry)
        return True

    def _replace_alone(self, entry: ArticleEntry, former: ArticleEntry) -> bool:
        """Replace an entry that is an article alone, and return whether it was."""
        before, after = _keys(former), _keys(entry)
        gone, new = set(before).difference(after), set(after).difference(before)
        if (
            self.members.get(entry.id) != [former]
            or _links(entry) != _links(former)
            or any(kind != "source" for kind, _ in gone)
            or any(map(self._ids_by_key.get, new))
            or any(self.id_of(alias) not in {alias, entry.id} for alias in _hash_aliases(entry))
        ):
            return False
        self.by_id[entry.id] = entry
        self.members[entry.id] = [entry]
        for key in gone:
            self._ids_by_key[key].remove(entry.id)
        for key in new:
            self._ids_by_key[key].append(entry.id)
        self._add_aliases(entry)
        return True

    def _add_aliases(self, entry: ArticleEntry) -> None:
        """Add those aliases of an article that are the beginnings of hashes."""
        for alias in _hash_aliases(entry):
            if alias not in self._canonical_ids:
                self._canonical_ids[alias] = entry.id
                self._aliases[entry.id].append(alias)

    def _add(self, entry: ArticleEntry, joined: Collection[str]) -> None:
        """Add an entry to the article that it belongs to, or as a new one.

        Args:
            entry: The entry.
            joined: The ids of the entries that it was joined with.
        """
        keys = _keys(entry)
        together = {self._canonical_ids[one] for one in joined if one in self._canonical_ids}
        candidates = [one for one in self.by_id if one in together] if together else []
        for key in keys:
            if key in self._ids_by_key:
                candidates += (known for known in self._ids_by_key[key] if not self._is_apart(entry, known))
        first = candidates[0] if candidates else entry.id
        self._canonical_ids[entry.id] = first
        self.members.setdefault(first, []).append(entry)
        known = self.by_id.get(first)
        self.by_id[first] = _merged(known, entry) if known else entry
        for key in keys:
            ids = self._ids_by_key[key]
            if first not in ids:
                ids.append(first)
        for other in candidates[1 : len(together)]:
            self._absorb(first, other)

    def _absorb(self, article_id: str, other_id: str) -> None:
        """Make all entries of another article part of an article, as an entry was joined with both."""
        members = self.members.pop(other_id)
        del self.by_id[other_id]
        self.members[article_id] += members
        for entry in members:
            self.by_id[article_id] = _merged(self.by_id[article_id], entry)
            self._canonical_ids[entry.id] = article_id
            for key in _keys(entry):
                others = (one for one in self._ids_by_key[key] if one != other_id)
                self._ids_by_key[key] = list(dict.fromkeys((*others, article_id)))

    def _is_apart(self, entry: ArticleEntry, article_id: str) -> bool:
        """Return whether the user told an entry and an article apart, or was asked about them."""
        apart = self._apart.get(entry.id, set())
        return any(one.id in apart for one in self.members[article_id])

    def ids_of(self, entry_id: str) -> list[str]:
        """Return the ids of an article, its aliases included, by any of them."""
        article_id = self.id_of(entry_id)
        return [*self._aliases.get(article_id, (article_id,))]

    def id_of(self, entry_id: str) -> str:
        """Return the id of an article by any of its ids; an unknown id is returned unchanged."""
        return self._canonical_ids.get(entry_id, entry_id)

    def match(self, article: Article) -> ArticleEntry | None:
        """Return the entry that had an article's text or file, else that with its source; `None` if there is none."""
        return self.with_text(article) or self.with_source(article)

    def with_text(self, article: Article) -> ArticleEntry | None:
        """Return the entry that had the text or the file of an article; `None` if there is none."""
        keys = [("file", article.file_hash)] if article.file_hash else []
        if article.text:
            keys.insert(0, ("text", article.text_hash))
        return self._latest(keys, article.source)

    def with_source(self, article: Article) -> ArticleEntry | None:
        """Return the entry with the file that an article's source leads to, else the source; `None` if there is none."""
        return self._latest([("source", source) for source in reversed(sources_of(article))], article.source)

    def ids_at(self, address: str) -> set[str]:
        """Return the ids of the articles that are known by an address."""
        return set(self._ids_by_key.get(("source", address), ()))

    def sharers(self, entry: ArticleEntry) -> set[str]:
        """Return the ids of the articles that are known by anything that an entry is known by."""
        return {one for key in _keys(entry) for one in self._ids_by_key.get(key, ())}

    def _latest(self, keys: Iterable[_Key], source: str) -> ArticleEntry | None:
        """Return the entry that has the first key that any has.

        If the user told several apart, it is the one with a source, and of several the one that was changed last.
        """
        for key in keys:
            if found := [self.by_id[one] for one in self._ids_by_key.get(key, ())]:
                return max(found, key=lambda entry: (_was_read_from(source, entry), entry.modified))
        return None

    def find(self, wanted: str) -> ArticleEntry:
        """Return the entry that matches a text: its id, the beginning of its id, or a part of its title or name.

        Case is ignored. Archived articles are found only by a complete id.

        Raises:
            UsageError: No article matches, or more than one.
        """
        if wanted in self._canonical_ids:
            return self.by_id[self._canonical_ids[wanted]]
        found = self._matching(wanted)
        if not found:
            raise UsageError(
                f"The library knows no article “{printable_line(wanted)}”.",
                "`pactreader library` lists the articles it knows.",
            )
        if len(found) > 1:
            names = ", ".join(f"{entry.id} “{printable_line(entry.display_title)}”" for entry in found)
            raise UsageError(
                f"“{printable_line(wanted)}” could be any of: {names}.", "Name one of them by its id."
            )
        return found[0]

    def _matching(self, wanted: str) -> list[ArticleEntry]:
        """Return the entries that match a text without case; if one has it as its title, that one only."""
        text = wanted.casefold()
        id_prefix = text if len(text) >= _SHORTEST_ID else None
        found = [
            entry
            for entry in self.by_id.values()
            if not entry.archived
            and (text in _searchable(entry) or (id_prefix and entry.id.startswith(id_prefix)))
        ]
        titled = [entry for entry in found if text == entry.display_title.casefold()]
        return titled if len(titled) == 1 else found


def _searchable(entry: ArticleEntry) -> str:
    """Return the name and the title of an entry, with case folded, for searches."""
    return f"{entry.name}\n{entry.title}".casefold()


def sources_of(article: Article) -> list[str]:
    """Return the addresses of an article: its source as typed and, if that is a file, the path it leads to.

    A page of the web has the one by which it is known, the one that was asked for, and the one that that led to.
    """
    if not is_address(article.source):
        return []
    if page := article.page:
        return list(dict.fromkeys(filter(None, (article.source, page.url, page.requested))))
    if not Path(article.source).is_absolute():
        return [article.source]
    return list(dict.fromkeys((article.source, os.path.realpath(article.source))))


def addresses_of(entry: ArticleEntry) -> list[str]:
    """Return the addresses that an article was ever read from, the latest first."""
    sources = (entry.source, *list(entry.addresses)[::-1], *entry.other_sources)
    return list(dict.fromkeys(filter(is_address, sources)))


def _was_read_from(source: str, entry: ArticleEntry) -> bool:
    """Return whether an article was ever read from a source, which may be standard input."""
    return source in entry.addresses or source in addresses_of(entry)


def texts_of(entry: ArticleEntry) -> list[str]:
    """Return the hashes of all texts of an article, the latest first."""
    hashes = (entry.text_hash, *reversed(entry.text_hashes), *entry.other_texts)
    return list(dict.fromkeys(filter(None, hashes)))


def _keys(entry: ArticleEntry) -> list[_Key]:
    """Return what an entry is known by."""
    return [
        *[("source", source) for source in addresses_of(entry)],
        *[("text", text) for text in texts_of(entry)],
        *[("file", file) for file in entry.file_hashes],
    ]


def _links(entry: ArticleEntry) -> tuple[tuple[str, ...], ...]:
    """Return the ids of other entries that an entry names."""
    return entry.joined, entry.other_joined, entry.distinct, entry.other_distinct, entry.resembles


def _hash_aliases(entry: ArticleEntry) -> Iterator[str]:
    """Yield the ids that an article can have had by the hashes of its texts and files."""
    return (hash_[:ID_LENGTH] for hash_ in (*texts_of(entry), *entry.file_hashes))


def _pairs(rows: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Return symmetric pairs of ids as a mapping: `("a", ["b"])` → `{"a": {"b"}, "b": {"a"}}`."""
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for one, others in rows:
        for other in others:
            pairs[one].add(other)
            pairs[other].add(one)
    return dict(pairs)


def _merged(known: ArticleEntry, entry: ArticleEntry) -> ArticleEntry:
    """Return an entry with what another entry of the same article is known by."""
    others = dict.fromkeys((*known.other_sources, *addresses_of(entry)))
    texts = dict.fromkeys((*known.other_texts, *texts_of(entry)))
    return known._replace(
        other_sources=tuple(source for source in others if source != known.source),
        other_texts=tuple(text for text in texts if text != known.text_hash),
        file_hashes=_union(known.file_hashes, entry.file_hashes),
        distinct=_union(known.distinct, entry.distinct),
        resembles=_union(known.resembles, entry.resembles),
    )


def _union(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
