"""The articles that a library knows: which of them are one, and which one is meant."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pactreader.core.article import Article
from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.schema.records import ArticleEntry

_SHORTEST_ID: Final = 4
"""Characters of an id that stand for the whole: fewer are a word of a title."""
ID_LENGTH: Final = 8
"""Hex digits of a text's hash that are the id of a new article: two windows and two computers find the same one."""
NOWHERE: Final = frozenset({"", "-"})
"""Sources that tell nothing of an article: none, and standard input."""


class ArticleRegistry:
    """Every article once, by its id; the same source or the same text makes two entries one article.

    Two computers that came to know an article by themselves may have given it two ids: the first one is its own.
    """

    def __init__(self, entries: Iterable[ArticleEntry]) -> None:
        """Args:
        entries: In the order in which they came.
        """
        self.by_id: dict[str, ArticleEntry] = {}
        self._first: dict[str, str] = {}
        """For each id that an article goes by, the one it had first."""
        marks: dict[tuple[str, str], str] = {}
        for entry in entries:
            told_by = [("source", source) for source in _sources(entry)]
            told_by += [("text", entry.text_hash)] if entry.text_hash else []
            first = next((marks[mark] for mark in told_by if mark in marks), entry.id)
            self._first[entry.id] = first
            marks.update(dict.fromkeys(told_by, first))
            known = self.by_id.get(first)
            self.by_id[first] = _joined(known, entry) if known else entry
        for entry in self.by_id.values():
            # Where a flipped bit has given it another id, its notes still go by the one that its text had given it.
            if entry.text_hash:
                self._first.setdefault(entry.text_hash[:ID_LENGTH], entry.id)

    def ids_of(self, entry_id: str) -> list[str]:
        """The ids that the article with an id goes by."""
        first = self._first.get(entry_id)
        return [id_ for id_, its_first in self._first.items() if its_first == first] or [entry_id]

    def id_of(self, entry_id: str) -> str:
        """The id that the article with an id had first; that id, if it is not known."""
        return self._first.get(entry_id, entry_id)

    def like(self, article: Article) -> ArticleEntry | None:
        """The entry that is the same article, by its source or else by its text."""
        by_text = None
        for entry in self.by_id.values():
            if article.source in _sources(entry):
                return entry
            if article.text and entry.text_hash == article.text_hash:
                by_text = entry
        return by_text

    def find(self, wanted: str) -> ArticleEntry:
        """The article with this id, or whose id begins so, or with this in its title or name, in whatever case.

        Raises:
            UsageError: There is none, or more than one.
        """
        if wanted in self._first:
            return self.by_id[self._first[wanted]]
        words = wanted.casefold()
        begins = words if len(words) >= _SHORTEST_ID else None
        found = [
            entry
            for entry in self.by_id.values()
            if not entry.forgotten and (words in _called(entry) or (begins and entry.id.startswith(begins)))
        ]
        whole = [entry for entry in found if words == entry.called.casefold()]
        if len(whole) == 1:
            found = whole
        if not found:
            raise UsageError(
                f"The library knows no article “{printable_line(wanted)}”.",
                "`pactreader library` lists the articles it knows.",
            )
        if len(found) > 1:
            names = ", ".join(f"{entry.id} “{printable_line(entry.called)}”" for entry in found)
            raise UsageError(
                f"“{printable_line(wanted)}” could be any of: {names}.", "Name one of them by its id."
            )
        return found[0]


def _called(entry: ArticleEntry) -> str:
    """What an article is called, by its author and by the reader."""
    return f"{entry.name}\n{entry.title}".casefold()


def _sources(entry: ArticleEntry) -> list[str]:
    return [source for source in (entry.source, *entry.other_sources) if source not in NOWHERE]


def _joined(known: ArticleEntry, entry: ArticleEntry) -> ArticleEntry:
    """An entry with the sources of another one of the same article."""
    sources = dict.fromkeys((*known.other_sources, *_sources(entry)))
    return replace(known, other_sources=tuple(source for source in sources if source != known.source))
