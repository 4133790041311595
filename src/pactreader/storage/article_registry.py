"""The registry of the articles in a library: their ids and aliases, and searches for one by source, text or name."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pactreader.core.article import Article
from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.schema.records import ArticleEntry

_SHORTEST_ID: Final = 4
"""The number of characters from which a text is compared with the beginnings of ids; a shorter one only with titles."""
ID_LENGTH: Final = 8
"""The number of hex digits of a text's hash that are the id of a new article, so that it is the same everywhere."""
TRANSIENT_SOURCES: Final = frozenset({"", "-"})
"""Sources that do not identify an article: none, and standard input."""


class ArticleRegistry:
    """The articles of a library. Entries with the same source or the same text are one article.

    Such entries result from opening an article on two computers. The id of the first one is the article's, and the ids
    of the others are aliases: `{id: "a", source: "/x"}`, `{id: "b", source: "/x"}` → the article "a", `id_of("b")` is
    "a".
    """

    def __init__(self, entries: Iterable[ArticleEntry]) -> None:
        """Create the registry.

        Args:
            entries: The entries in the order in which they were added to the library.
        """
        self.by_id: dict[str, ArticleEntry] = {}
        """The entry of each article by its id, in the order in which they were added."""
        self._canonical_ids: dict[str, str] = {}
        """The id of the article, by each of its ids and aliases."""
        ids_by_key: dict[tuple[str, str], str] = {}
        for entry in entries:
            own_keys = [("source", source) for source in _sources(entry)]
            own_keys += [("text", entry.text_hash)] if entry.text_hash else []
            first = next((ids_by_key[key] for key in own_keys if key in ids_by_key), entry.id)
            self._canonical_ids[entry.id] = first
            ids_by_key.update(dict.fromkeys(own_keys, first))
            known = self.by_id.get(first)
            self.by_id[first] = _joined(known, entry) if known else entry
        for entry in self.by_id.values():
            # If damage has changed the id in the entry, the article's notes still have the id made from its text.
            if entry.text_hash:
                self._canonical_ids.setdefault(entry.text_hash[:ID_LENGTH], entry.id)

    def ids_of(self, entry_id: str) -> list[str]:
        """Return the ids of an article, its aliases included, by any of them."""
        first = self._canonical_ids.get(entry_id)
        return [alias for alias, canonical in self._canonical_ids.items() if canonical == first] or [entry_id]

    def id_of(self, entry_id: str) -> str:
        """Return the id of an article by any of its ids; an unknown id is returned unchanged."""
        return self._canonical_ids.get(entry_id, entry_id)

    def match(self, article: Article) -> ArticleEntry | None:
        """Return the entry with an article's source, else that with its text; `None` if there is neither."""
        by_text = None
        for entry in self.by_id.values():
            if article.source in _sources(entry):
                return entry
            if article.text and entry.text_hash == article.text_hash:
                by_text = entry
        return by_text

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


def _sources(entry: ArticleEntry) -> list[str]:
    """Return the sources that identify the article of an entry."""
    return [source for source in (entry.source, *entry.other_sources) if source not in TRANSIENT_SOURCES]


def texts_of(entry: ArticleEntry) -> list[str]:
    """Return the hashes of all texts of an article, the latest first."""
    hashes = (entry.text_hash, *reversed(entry.text_hashes), *entry.other_texts)
    return list(dict.fromkeys(filter(None, hashes)))


def _joined(known: ArticleEntry, entry: ArticleEntry) -> ArticleEntry:
    """Return an entry with the sources and texts of another entry of the same article."""
    sources = dict.fromkeys((*known.other_sources, *_sources(entry)))
    return replace(
        known,
        other_sources=tuple(source for source in sources if source != known.source),
        other_texts=tuple(dict.fromkeys((*known.other_texts, *texts_of(entry)))),
    )
