"""The articles of a library: the ids that each goes by, and the one that the user names."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pactreader.core.article import Article
from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.schema.records import ArticleEntry

_SHORTEST_ID: Final = 4
"""Characters of an id from which on they stand for the whole: fewer are a word of a title."""
ID_LENGTH: Final = 8
"""Hex digits of a text's hash that are the id of a new article: two computers choose the same one."""
NOWHERE: Final = frozenset({"", "-"})
"""Sources by which an article cannot be found again: none, and standard input."""


class ArticleRegistry:
    """Every article once; the same source or the same text makes two entries one article.

    Two computers that opened an article independently may have given it two ids. It is known by the first one, and the
    other is an alias of it: the entries `{id: "a", source: "/x"}` and `{id: "b", source: "/x"}` are the article "a",
    and `id_of("b")` is "a".
    """

    def __init__(self, entries: Iterable[ArticleEntry]) -> None:
        """Initialise the registry.

        Args:
            entries: The entries in the order in which they came.
        """
        self.by_id: dict[str, ArticleEntry] = {}
        """The entry of each article, by its first id."""
        self._canonical_ids: dict[str, str] = {}
        """The first id of an article, by every id that it goes by."""
        marks: dict[tuple[str, str], str] = {}
        for entry in entries:
            own_marks = [("source", source) for source in _sources(entry)]
            own_marks += [("text", entry.text_hash)] if entry.text_hash else []
            first = next((marks[mark] for mark in own_marks if mark in marks), entry.id)
            self._canonical_ids[entry.id] = first
            marks.update(dict.fromkeys(own_marks, first))
            known = self.by_id.get(first)
            self.by_id[first] = _joined(known, entry) if known else entry
        for entry in self.by_id.values():
            # If a flipped bit has changed its id, its notes still have the one made of its text.
            if entry.text_hash:
                self._canonical_ids.setdefault(entry.text_hash[:ID_LENGTH], entry.id)

    def ids_of(self, entry_id: str) -> list[str]:
        """Return every id of the article with an id."""
        first = self._canonical_ids.get(entry_id)
        return [alias for alias, canonical in self._canonical_ids.items() if canonical == first] or [entry_id]

    def id_of(self, entry_id: str) -> str:
        """Return the first id of the article with an id; that id itself, if it is not known."""
        return self._canonical_ids.get(entry_id, entry_id)

    def like(self, article: Article) -> ArticleEntry | None:
        """Return the entry of an article, by its source or else by its text; `None` if there is none."""
        by_text = None
        for entry in self.by_id.values():
            if article.source in _sources(entry):
                return entry
            if article.text and entry.text_hash == article.text_hash:
                by_text = entry
        return by_text

    def find(self, wanted: str) -> ArticleEntry:
        """Return the entry with an id, with an id that begins so, or with a title or name that contains this.

        Case is ignored. Archived articles are found by their whole id only.

        Raises:
            UsageError: There is none, or more than one.
        """
        if wanted in self._canonical_ids:
            return self.by_id[self._canonical_ids[wanted]]
        words = wanted.casefold()
        begins = words if len(words) >= _SHORTEST_ID else None
        found = [
            entry
            for entry in self.by_id.values()
            if not entry.archived and (words in _searched(entry) or (begins and entry.id.startswith(begins)))
        ]
        whole = [entry for entry in found if words == entry.display_title.casefold()]
        if len(whole) == 1:
            found = whole
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


def _searched(entry: ArticleEntry) -> str:
    """Return the text of an entry that is searched: the user's name and the title, without case."""
    return f"{entry.name}\n{entry.title}".casefold()


def _sources(entry: ArticleEntry) -> list[str]:
    return [source for source in (entry.source, *entry.other_sources) if source not in NOWHERE]


def _joined(known: ArticleEntry, entry: ArticleEntry) -> ArticleEntry:
    """Return an entry with the sources of another one of the same article."""
    sources = dict.fromkeys((*known.other_sources, *_sources(entry)))
    return replace(known, other_sources=tuple(source for source in sources if source != known.source))
